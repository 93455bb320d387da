//! Options of rules: the fields of a rule's struct.
//!
//! ```
//! #[derive(Debug, serde::Deserialize, schemars::JsonSchema)]
//! #[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
//! pub struct NearMissTerm {
//!     /// 最多差几个字 || How many characters may differ
//!     #[schemars(range(min = 1, max = 2))]
//!     pub max_distance: u8,
//! }
//!
//! impl Default for NearMissTerm {
//!     fn default() -> Self {
//!         Self { max_distance: 2 }
//!     }
//! }
//! # use zhengming_rules::options;
//! # let table = serde_json::json!({ "max-distance": 1 });
//! # assert_eq!(options::read::<NearMissTerm>(&table).unwrap().max_distance, 1);
//! # let error = options::read::<NearMissTerm>(&serde_json::json!({ "max-distence": 1 })).unwrap_err();
//! # assert_eq!(error.text().en, "unknown key `max-distence`: did you mean `max-distance`?");
//! # let error = options::read::<NearMissTerm>(&serde_json::json!({ "max-distance": 3 })).unwrap_err();
//! # assert_eq!(error.text().en, "`max-distance` is 3, expected an integer from 1 to 2");
//! ```
//!
//! The schema of the struct says what its options are, what they may be and what they mean, in both
//! languages; values are checked against it ([`check`]), so that an error names key and value.

mod check;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use zhengming_text::message::Text;
use zhengming_text::nearest::nearest;

pub use check::{check, check_all};

/// A struct whose fields are options.
pub trait Options: DeserializeOwned + JsonSchema {}

impl<T: DeserializeOwned + JsonSchema> Options for T {}

/// Makes a rule from the table of its options.
///
/// # Errors
/// If there is no such option, or its value is not what is expected.
pub fn read<T: Options>(options: &Value) -> Result<T, Mismatch> {
    let schema = schema::<T>();
    check(options, &schema)?;
    serde_json::from_value(options.clone())
        .map_err(|error| Mismatch { path: Vec::new(), problem: Problem::Other(error.to_string()) })
}

/// The schema of a rule's options.
pub fn schema<T: JsonSchema>() -> Value {
    let schema: Schema = SchemaGenerator::default().into_root_schema_for::<T>();
    schema.to_value()
}

/// The schema of a rule without options.
pub fn none() -> Value {
    json!({ "type": "object", "properties": {}, "additionalProperties": false })
}

/// A value that its schema does not allow.
#[derive(Debug, Clone, PartialEq)]
pub struct Mismatch {
    /// Keys (and numbers of items) that lead to the value at fault.
    pub path: Vec<Step>,
    /// What is wrong with it.
    pub problem: Problem,
}

/// One step on the way to a value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Step {
    /// Into a table.
    Key(String),
    /// Into a list, from 0.
    Item(usize),
}

/// What can be wrong with a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Problem {
    /// A key that is not known: the last step of the path. The keys known instead.
    UnknownKey(Vec<String>),
    /// A value that is not what is expected.
    Unexpected {
        /// The value as written.
        found: String,
        /// What is expected: in words, both languages.
        expected: Text,
        /// The known value that is nearest to it.
        nearest: Option<String>,
    },
    /// A key that a table must have and has not.
    Missing(String),
    /// What the deserializer says.
    Other(String),
}

impl Mismatch {
    /// The message, in both languages.
    pub fn text(&self) -> Text {
        let last = self.path.iter().rev().find_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Item(_) => None,
        });
        let key = last.unwrap_or("");
        match &self.problem {
            Problem::UnknownKey(known) => unknown(("键", "key"), key, known),
            Problem::Unexpected { found, expected, nearest } => {
                let (zh, en) = match nearest {
                    Some(near) => (format!("；是不是“{near}”？"), format!("; did you mean `{near}`?")),
                    None => Default::default(),
                };
                Text::new(
                    format!("{key} 的值是 {found}，应为{}{}{zh}", spaced(&expected.zh), expected.zh),
                    format!("`{key}` is {found}, expected {}{en}", expected.en),
                )
            }
            Problem::Missing(missing) => {
                Text::new(format!("{key} 缺少键“{missing}”"), format!("`{key}` lacks the key `{missing}`"))
            }
            Problem::Other(error) => Text::new(format!("{key}：{error}"), format!("{key}: {error}")),
        }
    }
}

/// The message about a name of some kind (Chinese, English) that is not among those known.
pub fn unknown(kind: (&str, &str), name: &str, known: &[String]) -> Text {
    // Of many names that have it as a part, none was meant rather than another.
    let is_part = known.len() > MOST_LISTED && known.iter().filter(|other| other.contains(name)).count() > 1;
    match intended(name, known.iter().map(String::as_str)).filter(|_| !is_part) {
        Some(near) => Text::new(
            format!("没有{}“{name}”：是不是“{near}”？", kind.0),
            format!("unknown {} `{name}`: did you mean `{near}`?", kind.1),
        ),
        None if known.is_empty() => {
            Text::new(format!("没有{}“{name}”", kind.0), format!("unknown {} `{name}`", kind.1))
        }
        None if known.len() <= MOST_LISTED => Text::new(
            format!("没有{}“{name}”；可用：{}", kind.0, known.join("、")),
            format!("unknown {} `{name}`; known: {}", kind.1, known.join(", ")),
        ),
        None => {
            let near = akin(name, known);
            let (mut zh, mut en) = <_>::default();
            if !near.is_empty() {
                zh = format!("；相近的有 {}", near.join("、"));
                en = format!("; the nearest are {}", near.join(", "));
            }
            Text::new(
                format!("没有{}“{name}”{zh}；全部见 zhengming rules", kind.0),
                format!("unknown {} `{name}`{en}; `zhengming rules` lists them all", kind.1),
            )
        }
    }
}

/// Known names that a message lists; only rules are more.
const MOST_LISTED: usize = 20;
/// Names that a message calls near.
const MOST_NEAR: usize = 3;

/// The names that have a word with `name` in common, or one that begins like it; families before rules, as
/// they are shorter.
fn akin<'k>(name: &str, known: &'k [String]) -> Vec<&'k str> {
    let name = name.to_lowercase();
    let words: Vec<&str> = name.split(['-', '_', ' ']).filter(|word| word.len() >= 3).collect();
    let is_akin = |other: &&str| {
        other.split('-').any(|part| {
            let alike = |word: &&str| {
                nearest(word, [part]).is_some() || part.starts_with(word) || word.starts_with(part)
            };
            part.len() >= 3 && words.iter().any(alike)
        })
    };
    let mut found: Vec<&str> = known.iter().map(String::as_str).filter(is_akin).collect();
    found.sort_by_key(|other| other.len());
    found.truncate(MOST_NEAR);
    found
}

/// The known name that was probably meant: one with a slip, or one of which only a part was written.
pub fn intended<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_lowercase().replace('_', "-");
    let known: Vec<&str> = known.into_iter().collect();
    let part = |other: &&str| name.len() >= 4 && (other.contains(&name) || name.contains(other));
    nearest(&name, known.iter().copied())
        .or_else(|| known.iter().copied().filter(|other| other.len() >= 4).find(part))
}

/// A blank before a letter, digit or mark of the configuration's language.
fn spaced(text: &str) -> &'static str {
    if text.starts_with(|c: char| c.is_ascii()) { " " } else { "" }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Default, Deserialize, JsonSchema)]
    #[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
    struct Sample {
        limit: Option<u8>,
        words: Vec<String>,
        mode: Mode,
        rate: f64,
    }

    #[derive(Debug, Default, Deserialize, JsonSchema, PartialEq)]
    #[serde(rename_all = "kebab-case")]
    enum Mode {
        #[default]
        FirstOnly,
        /// 都查 || All
        All,
    }

    #[track_caller]
    fn fails(options: Value, zh: &str) {
        let error = read::<Sample>(&options).unwrap_err();
        assert_eq!(error.text().zh, zh);
    }

    #[test]
    fn options_have_the_types_of_their_fields() {
        let sample: Sample = read(&json!({ "limit": 3, "words": ["甲"], "mode": "all", "rate": 1 })).unwrap();
        assert_eq!((sample.limit, sample.mode, sample.rate), (Some(3), Mode::All, 1.0));
        assert_eq!(sample.words, ["甲"]);
        assert!(read::<Sample>(&json!({})).is_ok());
    }

    #[test]
    fn errors_name_key_value_and_what_is_expected() {
        fails(json!({ "limit": "3" }), "limit 的值是 \"3\"，应为 0 到 255 的整数");
        fails(json!({ "limit": 300 }), "limit 的值是 300，应为 0 到 255 的整数");
        fails(json!({ "words": "甲" }), "words 的值是 \"甲\"，应为列表");
        fails(json!({ "words": ["甲", 2] }), "words 的值是 2，应为字符串");
        fails(json!({ "mode": "al" }), "mode 的值是 \"al\"，应为 \"first-only\"、\"all\"；是不是“all”？");
        fails(json!({ "word": [] }), "没有键“word”：是不是“words”？");
        fails(json!({ "zzz": [] }), "没有键“zzz”；可用：limit、mode、rate、words");
    }

    #[test]
    fn the_place_at_fault_is_known() {
        let error = read::<Sample>(&json!({ "words": ["甲", 2] })).unwrap_err();
        assert_eq!(error.path, [Step::Key("words".to_owned()), Step::Item(1)]);
    }

    #[test]
    fn names_that_were_hardly_meant_are_not_proposed() {
        let known = ["near-miss-term", "term-quotation", "stale-edition"];
        assert_eq!(intended("near_mis_term", known), Some("near-miss-term"));
        assert_eq!(intended("quotation", known), Some("term-quotation"));
        assert_eq!(intended("spelling", known), None);
        assert_eq!(intended("", known), None);
    }
}
