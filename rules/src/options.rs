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

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use zhengming_core::message::Text;

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
            Problem::Other(error) => Text::new(format!("{key}：{error}"), format!("{key}: {error}")),
        }
    }
}

/// The message about a name of some kind (Chinese, English) that is not among those known.
pub fn unknown(kind: (&str, &str), name: &str, known: &[String]) -> Text {
    match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => Text::new(
            format!("没有{}“{name}”：是不是“{near}”？", kind.0),
            format!("unknown {} `{name}`: did you mean `{near}`?", kind.1),
        ),
        None if known.is_empty() => {
            Text::new(format!("没有{}“{name}”", kind.0), format!("unknown {} `{name}`", kind.1))
        }
        None => Text::new(
            format!("没有{}“{name}”；可用：{}", kind.0, known.join("、")),
            format!("unknown {} `{name}`; known: {}", kind.1, known.join(", ")),
        ),
    }
}

/// The known name that was probably meant: one with a slip, or one of which only a part was written.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_lowercase().replace('_', "-");
    let known: Vec<&str> = known.into_iter().collect();
    let part = |other: &&str| name.len() >= 4 && (other.contains(&name) || name.contains(other));
    zhengming_core::nearest::nearest(&name, known.iter().copied())
        .or_else(|| known.iter().copied().filter(|other| other.len() >= 4).find(part))
}

/// Checks a value against a schema made by schemars: types, known keys, listed values, bounds.
///
/// # Errors
/// The first place where they do not agree.
pub fn check(value: &Value, root: &Value) -> Result<(), Mismatch> {
    let mut path = Vec::new();
    Checker { root }.check(value, root, &mut path).map_err(|problem| Mismatch { path, problem })
}

struct Checker<'a> {
    root: &'a Value,
}

impl<'a> Checker<'a> {
    fn check(&self, value: &Value, schema: &'a Value, path: &mut Vec<Step>) -> Result<(), Problem> {
        let schema = self.resolve(schema);
        let branches = self.branches(schema);
        let fitting: Vec<&Value> =
            branches.iter().copied().filter(|branch| self.fits(value, branch)).collect();
        match fitting.as_slice() {
            [] => Err(self.unexpected(value, &branches)),
            [only] => self.inside(value, only, path),
            several => {
                // Of several forms of one type, any will do.
                let start = path.len();
                let mut last = Ok(());
                for branch in several {
                    path.truncate(start);
                    last = self.inside(value, branch, path);
                    if last.is_ok() {
                        return Ok(());
                    }
                }
                last
            }
        }
    }

    fn resolve(&self, schema: &'a Value) -> &'a Value {
        match schema.get("$ref").and_then(Value::as_str).and_then(|link| link.strip_prefix('#')) {
            Some(pointer) => self.root.pointer(pointer).unwrap_or(schema),
            None => schema,
        }
    }

    /// The forms that a value may have; null only stands for “left out”.
    fn branches(&self, schema: &'a Value) -> Vec<&'a Value> {
        let several = ["anyOf", "oneOf"].iter().find_map(|key| schema.get(key)).and_then(Value::as_array);
        match several {
            Some(several) => several
                .iter()
                .flat_map(|branch| self.branches(self.resolve(branch)))
                .filter(|branch| branch.get("type").is_none_or(|kind| kind != "null"))
                .collect(),
            None => vec![schema],
        }
    }

    /// Whether the value has the type that the schema asks for, and is among the values it lists.
    fn fits(&self, value: &Value, schema: &Value) -> bool {
        let kind_fits = match schema.get("type") {
            None => true,
            Some(Value::String(kind)) => is_kind(value, kind),
            Some(Value::Array(kinds)) => {
                kinds.iter().filter_map(Value::as_str).any(|kind| is_kind(value, kind))
            }
            Some(_) => false,
        };
        let listed = schema.get("enum").and_then(Value::as_array).is_none_or(|known| known.contains(value))
            && schema.get("const").is_none_or(|only| only == value);
        let bound = |key| schema.get(key).and_then(Value::as_f64);
        let number = value.as_f64();
        let in_bounds = number.is_none_or(|number| {
            bound("minimum").is_none_or(|least| number >= least)
                && bound("maximum").is_none_or(|most| number <= most)
        });
        kind_fits && listed && in_bounds
    }

    fn inside(&self, value: &Value, schema: &'a Value, path: &mut Vec<Step>) -> Result<(), Problem> {
        match value {
            Value::Object(table) => self.table(table, schema, path),
            Value::Array(items) => {
                let Some(of_items) = schema.get("items") else { return Ok(()) };
                for (index, item) in items.iter().enumerate() {
                    path.push(Step::Item(index));
                    self.check(item, of_items, path)?;
                    path.pop();
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn table(
        &self,
        table: &Map<String, Value>,
        schema: &'a Value,
        path: &mut Vec<Step>,
    ) -> Result<(), Problem> {
        let properties = schema.get("properties").and_then(Value::as_object);
        for (key, value) in table {
            path.push(Step::Key(key.clone()));
            let of_value = properties.and_then(|known| known.get(key));
            match (of_value, schema.get("additionalProperties")) {
                (Some(schema), _) | (None, Some(schema @ Value::Object(_))) => {
                    self.check(value, schema, path)?;
                }
                (None, Some(Value::Bool(false))) => {
                    let known = properties.into_iter().flatten().map(|(key, _)| key.clone());
                    return Err(Problem::UnknownKey(known.collect()));
                }
                _ => {}
            }
            path.pop();
        }
        let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
        match required.filter_map(Value::as_str).find(|&key| !table.contains_key(key)) {
            None => Ok(()),
            Some(missing) => Err(Problem::Unexpected {
                found: shown(&Value::Object(table.clone())),
                expected: Text::new(
                    format!("有“{missing}”的表"),
                    format!("a table with the key `{missing}`"),
                ),
                nearest: None,
            }),
        }
    }

    fn unexpected(&self, value: &Value, branches: &[&Value]) -> Problem {
        let listed: Vec<&str> = branches.iter().flat_map(|branch| listed(branch)).collect();
        let near = value.as_str().and_then(|word| nearest(word, listed.iter().copied()));
        let others = branches.iter().filter(|branch| self::listed(branch).is_empty());
        let words: Vec<String> = listed.iter().map(|word| format!("\"{word}\"")).collect();
        let words = (!words.is_empty()).then(|| Text::new(words.join("、"), words.join(", ")));
        let expected: Vec<Text> = words.into_iter().chain(others.map(|branch| expected(branch))).collect();
        let join =
            |half: fn(&Text) -> &str, word: &str| expected.iter().map(half).collect::<Vec<_>>().join(word);
        Problem::Unexpected {
            found: shown(value),
            expected: Text::new(join(|text| &text.zh, "，或"), join(|text| &text.en, " or ")),
            nearest: near.map(str::to_owned),
        }
    }
}

/// A blank before a letter, digit or mark of the configuration's language.
fn spaced(text: &str) -> &'static str {
    if text.starts_with(|c: char| c.is_ascii()) { " " } else { "" }
}

fn is_kind(value: &Value, kind: &str) -> bool {
    match kind {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    }
}

/// The words that a schema lists.
fn listed(schema: &Value) -> Vec<&str> {
    let several = schema.get("enum").and_then(Value::as_array).into_iter().flatten();
    several.chain(schema.get("const")).filter_map(Value::as_str).collect()
}

/// What a schema that lists no words expects.
fn expected(schema: &Value) -> Text {
    let bounds = (schema.get("minimum"), schema.get("maximum"));
    let kind = match schema.get("type") {
        Some(Value::Array(kinds)) => kinds.first().and_then(Value::as_str),
        kind => kind.and_then(Value::as_str),
    };
    let (zh, en) = match kind.unwrap_or_default() {
        "string" if schema.get("format").is_some_and(|format| format == "date") => {
            ("日期（如 2026-01-31）", "a date (as 2026-01-31)")
        }
        "string" => ("字符串", "a string"),
        "integer" => ("整数", "an integer"),
        "number" => ("数", "a number"),
        "boolean" => ("true 或 false", "true or false"),
        "array" => ("列表", "a list"),
        "object" => ("表", "a table"),
        _ => ("另一种值", "another value"),
    };
    match bounds {
        (Some(least), Some(most)) => {
            Text::new(format!("{least} 到 {most} 的{zh}"), format!("{en} from {least} to {most}"))
        }
        (Some(least), None) => Text::new(format!("不小于 {least} 的{zh}"), format!("{en} from {least}")),
        (None, Some(most)) => Text::new(format!("不大于 {most} 的{zh}"), format!("{en} up to {most}")),
        (None, None) => Text::new(zh, en),
    }
}

/// A value as it is written in a configuration, cut where it grows long.
fn shown(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(40) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text,
    }
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
        assert_eq!(nearest("near_mis_term", known), Some("near-miss-term"));
        assert_eq!(nearest("quotation", known), Some("term-quotation"));
        assert_eq!(nearest("spelling", known), None);
        assert_eq!(nearest("", known), None);
    }
}
