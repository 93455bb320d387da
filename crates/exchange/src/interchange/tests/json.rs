//! JSON: the contract's form and ours.

use super::{lines, notices};
use crate::interchange::{from_json, from_json_all};

const CONTRACT: &str = r#"{"dictionaries":[{"id":"a","title":"甲集","edition":"2021","concepts":[
 {"id":"jia","clause":"3.1","terms":[{"text":"甲","status":"preferred","lang":"zh"},
  {"text":"first","status":"preferred","lang":"en"},{"text":"甲等","status":"admitted","lang":"zh"}],
  "definition":"第一。","notes":[],"examples":[],"source":null,"span":{"start":{"byte":3}},"weight":3}]}]}"#;

#[test]
fn the_contract_form_is_read() {
    assert_eq!(lines(from_json("a.json", CONTRACT)), ["jia 3.1 甲|+甲等=first: 第一。"]);
    assert_eq!(notices(from_json("a.json", CONTRACT)), ["`甲`: the key `weight` is not known and left out"]);
}

#[test]
fn a_dictionary_may_stand_alone() {
    let text = r#"{"id":"a","concepts":[{"terms":[{"text":"甲","status":"preferred"}]}]}"#;
    assert_eq!(lines(from_json("a.json", text)), ["甲 _ 甲=: _"]);
}

#[test]
fn defects_are_named_with_their_place() {
    for (text, expected) in [
        ("{\n\"dictionaries\":[}", "a.json: line 2: malformed JSON: expected value at line 2 column 17"),
        (r#"{"dictionaries":[]}"#, "a.json: the file has 0 dictionaries, expected exactly one"),
        (
            r#"{"id":"a","concepts":[{"terms":[{"text":" ","status":"preferred"}]}]}"#,
            "a.json: `term` must not be empty",
        ),
        (
            r#"{"id":"a","concepts":[{"terms":[{"text":"甲","status":"best"}]}]}"#,
            "a.json: line 1: malformed JSON: unknown variant `best`, expected one of `preferred`, `admitted`, \
             `deprecated`, `superseded` at line 1 column 61",
        ),
    ] {
        assert_eq!(from_json("a.json", text).unwrap_err().text().en, expected);
    }
    let two = r#"{"dictionaries":[{"id":"a","concepts":[]},{"id":"b","concepts":[]}]}"#;
    assert_eq!(from_json_all("a.json", two).unwrap().0.len(), 2);
    assert_eq!(from_json("a.json", two).unwrap_err().text().zh, "a.json: 含 2 部词典，应恰为一部");
}
