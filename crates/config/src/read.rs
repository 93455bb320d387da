//! From the text of a configuration file to its keys, with the line of each.

use std::collections::HashMap;

use serde_json::{Map, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use zhengming::Text;
use zhengming_rules::options::{self, Mismatch, Problem, Step};
use zhengming_text::line_index::LineIndex;
use zhengming_text::message::reason_zh;

use crate::error::ConfigError;
use crate::file::ConfigFile;
use crate::schema::schema;

/// A configuration file that was read.
#[derive(Debug)]
pub(crate) struct Parsed {
    pub(crate) config: ConfigFile,
    pub(crate) lines: Lines,
}

/// The line of every key and item.
#[derive(Debug, Default)]
pub(crate) struct Lines(HashMap<Vec<Step>, usize>);

impl Lines {
    /// The line of the value that `path` leads to, or of what it is in.
    pub(crate) fn of(&self, path: &[Step]) -> Option<usize> {
        (0..=path.len()).rev().find_map(|length| self.0.get(&path[..length]).copied())
    }
}

/// `key`, and the item `index` in it.
pub(crate) fn item(key: &[&str], index: usize) -> Vec<Step> {
    keys(key).into_iter().chain([Step::Item(index)]).collect()
}

pub(crate) fn keys(path: &[&str]) -> Vec<Step> {
    path.iter().map(|&key| Step::Key(key.to_owned())).collect()
}

/// Reads the text of the configuration file `name`.
pub(crate) fn parse(name: &str, text: &str) -> Result<Parsed, ConfigError> {
    let error = |line, message| ConfigError::new(name, line, message);
    let index = LineIndex::new(text);
    let table = DeTable::parse(text).map_err(|cause| {
        let line = cause.span().map(|span| index.position(text, span.start.min(text.len())).line);
        let what = cause.message();
        error(line, Text::new(format!("TOML 有误：{}", reason_zh(what)), format!("not TOML: {what}")))
    })?;
    let mut reader = Reader { text, index: &index, lines: Lines::default(), path: Vec::new() };
    let value = reader.table(table.get_ref());
    let lines = reader.lines;
    let mismatches = options::check_all(&value, &schema());
    let errors = mismatches.iter().map(|one| error(lines.of(&one.path), message(one))).collect();
    if let Some(error) = ConfigError::together(errors) {
        return Err(error);
    }
    let config = serde_json::from_value(value)
        .map_err(|cause| error(None, Text::new(reason_zh(&cause.to_string()), cause.to_string())))?;
    Ok(Parsed { config, lines })
}

/// What does not agree with the schema, in the words of a configuration.
fn message(mismatch: &Mismatch) -> Text {
    match (&mismatch.problem, mismatch.path.as_slice()) {
        (Problem::UnknownKey(known), [.., Step::Key(rules), Step::Key(rule)]) if rules == "rules" => {
            options::unknown(("规则", "rule"), rule, known)
        }
        (Problem::UnknownKey(known), [.., Step::Key(rules), Step::Key(rule), Step::Key(option)])
            if rules == "rules" =>
        {
            options::unknown((&format!("规则 {rule} 的选项"), &format!("option of {rule}")), option, known)
        }
        (Problem::UnknownKey(_), [Step::Key(_), .., Step::Key(key)]) if is_top_level(key) => Text::new(
            format!("“{key}”是顶层的键，应写在第一个 [表] 之前"),
            format!("`{key}` belongs at the top, before the first [table]"),
        ),
        (Problem::Unexpected { found, expected, .. }, [Step::Key(key)])
            if found.starts_with('{') && expected.zh == "列表" =>
        {
            Text::new(
                format!("“[{key}]”应写作“[[{key}]]”：可以有几项，每项各起一行"),
                format!("write `[[{key}]]` in place of `[{key}]`: there may be several of them"),
            )
        }
        _ => mismatch.text(),
    }
}

/// Whether the key is one of the file itself: written below a table, it is taken for one of the table.
fn is_top_level(key: &str) -> bool {
    schema()["properties"].get(key).is_some()
}

/// Turns TOML into the form that schemas speak of, and remembers the lines.
struct Reader<'a> {
    text: &'a str,
    index: &'a LineIndex,
    lines: Lines,
    path: Vec<Step>,
}

impl Reader<'_> {
    fn note(&mut self, start: usize) {
        let line = self.index.position(self.text, start.min(self.text.len())).line;
        self.lines.0.insert(self.path.clone(), line);
    }

    fn table(&mut self, table: &DeTable<'_>) -> Value {
        let mut out = Map::new();
        for (key, value) in table.iter() {
            let name = key.get_ref().to_string();
            self.path.push(Step::Key(name.clone()));
            self.note(key.span().start);
            let value = self.value(value);
            self.path.pop();
            out.insert(name, value);
        }
        Value::Object(out)
    }

    fn value(&mut self, value: &Spanned<DeValue<'_>>) -> Value {
        match value.get_ref() {
            DeValue::String(text) => Value::String(text.to_string()),
            DeValue::Boolean(truth) => Value::Bool(*truth),
            DeValue::Integer(number) => {
                let digits = number.as_str().replace('_', "");
                i64::from_str_radix(&digits, number.radix()).map_or(Value::Null, Value::from)
            }
            DeValue::Float(number) => {
                number.as_str().replace('_', "").parse::<f64>().map_or(Value::Null, Value::from)
            }
            // A date without quotation marks is as good.
            DeValue::Datetime(date) => Value::String(date.to_string()),
            DeValue::Table(table) => self.table(table),
            DeValue::Array(items) => {
                let mut out = Vec::new();
                for (index, item) in items.iter().enumerate() {
                    self.path.push(Step::Item(index));
                    self.note(item.span().start);
                    out.push(self.value(item));
                    self.path.pop();
                }
                Value::Array(out)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn fails(text: &str, line: usize, zh: &str, en: &str) {
        let error = parse("zhengming.toml", text).unwrap_err();
        assert_eq!((error.line, error.message.zh.as_str()), (Some(line), zh));
        assert_eq!(error.message.en, en);
    }

    #[test]
    fn unknown_keys_are_named_with_the_nearest_known_one() {
        fails(
            "lang = \"zh\"\nexlude = []",
            2,
            "没有键“exlude”：是不是“exclude”？",
            "unknown key `exlude`: did you mean `exclude`?",
        );
        fails(
            "[rules]\n\nnear-mis-term = \"off\"",
            3,
            "没有规则“near-mis-term”：是不是“near-miss-term”？",
            "unknown rule `near-mis-term`: did you mean `near-miss-term`?",
        );
        fails(
            "[rules]\nnear-miss-term = { max-distence = 1 }",
            2,
            "没有规则 near-miss-term 的选项“max-distence”：是不是“max-distance”？",
            "unknown option of near-miss-term `max-distence`: did you mean `max-distance`?",
        );
        fails(
            "[[overrides]]\npaths = [\"a/**\"]\nrule = {}",
            3,
            "没有键“rule”：是不是“rules”？",
            "unknown key `rule`: did you mean `rules`?",
        );
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        let text = "fail-on = \"warn\"\nexlude = []\n[rules]\nnear-miss-term = { max-distance = 3, x = 1 }\nno-such = \"off\"";
        let error = parse("zhengming.toml", text).unwrap_err();
        let lines: Vec<_> = error.others.iter().map(|other| other.line).collect();
        assert_eq!((error.line, lines), (Some(1), vec![Some(2), Some(4), Some(4), Some(5)]));
        let told = error.text().zh;
        assert_eq!(told.lines().count(), 5, "{told}");
        assert!(told.lines().all(|line| line.starts_with("zhengming.toml:")), "{told}");
    }

    #[test]
    fn keys_below_a_table_are_put_right() {
        fails(
            "[terms]\nallow = []\nexclude = []",
            3,
            "“exclude”是顶层的键，应写在第一个 [表] 之前",
            "`exclude` belongs at the top, before the first [table]",
        );
    }

    #[test]
    fn values_of_the_wrong_kind_are_named_with_what_is_expected() {
        fails(
            "[rules.near-miss-term]\nseverity = \"warning\"\nmax-distance = 3",
            3,
            "max-distance 的值是 3，应为 1 到 2 的整数",
            "`max-distance` is 3, expected an integer from 1 to 2",
        );
        fails(
            "fail-on = \"warn\"",
            1,
            "fail-on 的值是 \"warn\"，应为 \"info\"、\"warning\"、\"error\"；是不是“warning”？",
            "`fail-on` is \"warn\", expected \"info\", \"warning\", \"error\"; did you mean `warning`?",
        );
        fails(
            "exclude = [\n  \"a\",\n  1,\n]",
            3,
            "exclude 的值是 1，应为字符串",
            "`exclude` is 1, expected a string",
        );
        fails("[[overrides]]\nrules = {}", 1, "overrides 缺少键“paths”", "`overrides` lacks the key `paths`");
        fails(
            "[overrides]\npaths = [\"a/**\"]",
            1,
            "“[overrides]”应写作“[[overrides]]”：可以有几项，每项各起一行",
            "write `[[overrides]]` in place of `[overrides]`: there may be several of them",
        );
        for (lang, meant) in
            [("cn", "zh"), ("zh-CN", "zh"), ("中文", "zh"), ("en_US", "en"), ("English", "en")]
        {
            let error = parse("zhengming.toml", &format!("lang = \"{lang}\"")).unwrap_err();
            assert!(error.message.zh.ends_with(&format!("；是不是“{meant}”？")), "{}", error.message.zh);
        }
    }

    #[test]
    fn broken_toml_is_reported_with_its_line() {
        let error = parse("zhengming.toml", "lang = \"zh\"\nexclude = [").unwrap_err();
        assert_eq!(error.line, Some(2));
        assert!(error.text().zh.starts_with("zhengming.toml:2: TOML 有误："), "{}", error.text().zh);
    }

    #[test]
    fn severities_and_options_are_read_in_every_form() {
        let text = "extends = \"base.toml\"\nas-of = 2026-01-31\n[rules]\nstale-edition = \"error\"\n\
                    near-miss-term = { severity = \"info\", max-distance = 1 }\nterm-quotation.first-mention = false";
        let config = parse("zhengming.toml", text).unwrap().config;
        assert_eq!(config.extends.iter().collect::<Vec<_>>(), ["base.toml"]);
        assert_eq!(config.as_of.as_deref(), Some("2026-01-31"));
        let level = |id: &str| config.rules[id].level().map(crate::Level::name);
        assert_eq!(level("stale-edition"), Some("error"));
        assert_eq!(level("near-miss-term"), Some("info"));
        assert_eq!(level("term-quotation"), None);
        assert_eq!(config.rules["term-quotation"].options().count(), 1);
    }

    #[test]
    fn any_text_is_read_or_refused() {
        for text in [
            "\u{feff}lang = \"zh\"",
            "a = 1e999",
            "= 1",
            "[[[",
            "x = 99999999999999999999",
            "\0",
            "[rules]\nx={}",
        ] {
            let _ = parse("zhengming.toml", text);
        }
        assert!(parse("zhengming.toml", "").is_ok());
    }
}
