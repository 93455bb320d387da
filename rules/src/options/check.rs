//! Values checked against a schema made by schemars.

use serde_json::{Map, Value};
use zhengming_text::message::Text;

use super::{Mismatch, Problem, Step, intended};

/// Checks a value against a schema made by schemars: types, known keys, listed values, bounds.
///
/// # Errors
/// The first place where they do not agree.
pub fn check(value: &Value, root: &Value) -> Result<(), Mismatch> {
    check_all(value, root).into_iter().next().map_or(Ok(()), Err)
}

/// Every place where a value does not agree with a schema, in the order of the value.
pub fn check_all(value: &Value, root: &Value) -> Vec<Mismatch> {
    let mut found = Vec::new();
    Checker { root }.check(value, root, &mut Vec::new(), &mut found);
    found
}

struct Checker<'a> {
    root: &'a Value,
}

impl<'a> Checker<'a> {
    fn check(&self, value: &Value, schema: &'a Value, path: &mut Vec<Step>, found: &mut Vec<Mismatch>) {
        let schema = self.resolve(schema);
        let branches = self.branches(schema);
        let fitting: Vec<&Value> =
            branches.iter().copied().filter(|branch| self.fits(value, branch)).collect();
        if fitting.is_empty() {
            return found.push(mismatch(path, self.unexpected(value, &branches)));
        }
        // Of several forms of one type, any will do; else the last one says what is wrong.
        let mut wrong = Vec::new();
        for branch in fitting {
            wrong.clear();
            self.inside(value, branch, path, &mut wrong);
            if wrong.is_empty() {
                return;
            }
        }
        found.append(&mut wrong);
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

    fn inside(&self, value: &Value, schema: &'a Value, path: &mut Vec<Step>, found: &mut Vec<Mismatch>) {
        match value {
            Value::Object(table) => self.table(table, schema, path, found),
            Value::Array(items) => {
                let Some(of_items) = schema.get("items") else { return };
                for (index, item) in items.iter().enumerate() {
                    path.push(Step::Item(index));
                    self.check(item, of_items, path, found);
                    path.pop();
                }
            }
            _ => {}
        }
    }

    fn table(
        &self,
        table: &Map<String, Value>,
        schema: &'a Value,
        path: &mut Vec<Step>,
        found: &mut Vec<Mismatch>,
    ) {
        let properties = schema.get("properties").and_then(Value::as_object);
        for (key, value) in table {
            path.push(Step::Key(key.clone()));
            let of_value = properties.and_then(|known| known.get(key));
            match (of_value, schema.get("additionalProperties")) {
                (Some(schema), _) | (None, Some(schema @ Value::Object(_))) => {
                    self.check(value, schema, path, found);
                }
                (None, Some(Value::Bool(false))) => {
                    let known = properties.into_iter().flatten().map(|(key, _)| key.clone());
                    found.push(mismatch(path, Problem::UnknownKey(known.collect())));
                }
                _ => {}
            }
            path.pop();
        }
        let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
        for missing in required.filter_map(Value::as_str).filter(|&key| !table.contains_key(key)) {
            let problem = Problem::Missing(missing.to_owned());
            found.push(mismatch(path, problem));
        }
    }

    fn unexpected(&self, value: &Value, branches: &[&Value]) -> Problem {
        let listed: Vec<&str> = branches.iter().flat_map(|branch| listed(branch)).collect();
        let near = value
            .as_str()
            .and_then(|word| language(word, &listed).or_else(|| intended(word, listed.iter().copied())));
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

fn mismatch(path: &[Step], problem: Problem) -> Mismatch {
    Mismatch { path: path.to_vec(), problem }
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

/// The language among `listed` words that `word` names in another way, as locales or people do.
fn language<'l>(word: &str, listed: &[&'l str]) -> Option<&'l str> {
    let word = word.to_lowercase();
    let begins = |names: &[&str]| names.iter().any(|name| word.starts_with(name));
    let name = match () {
        () if begins(&["zh", "cn", "ch", "中", "汉", "简", "普"]) => "zh",
        () if begins(&["en", "us", "uk", "英"]) => "en",
        () => return None,
    };
    listed.iter().copied().find(|one| *one == name)
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
    let text = written(value);
    match text.char_indices().nth(40) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text,
    }
}

/// A value as TOML has it on one line.
fn written(value: &Value) -> String {
    match value {
        Value::Object(table) if !table.is_empty() => {
            let pairs: Vec<_> =
                table.iter().map(|(key, value)| format!("{key} = {}", written(value))).collect();
            format!("{{ {} }}", pairs.join(", "))
        }
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(written).collect();
            format!("[{}]", items.join(", "))
        }
        other => other.to_string(),
    }
}
