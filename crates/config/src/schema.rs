//! The JSON Schema of `zhengming.toml`, made from the types and the rules.

use schemars::SchemaGenerator;
use serde_json::{Map, Value, json};
use zhengming_lint::rule::RuleMeta;
use zhengming_rules::registry;

use crate::file::ConfigFile;

/// What stands between the two halves of a text.
const BETWEEN: &str = " || ";

/// What the schema is called by those that refer to it: where it stands in the repository.
const ID: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/raw/main/zhengming.schema.json");

/// The schema, for editors and for the checks of this crate.
pub fn schema() -> Value {
    let mut schema = SchemaGenerator::default().into_root_schema_for::<ConfigFile>().to_value();
    let rules = json!({
        "type": "object",
        "additionalProperties": false,
        "properties": rules(&mut schema),
    });
    schema["$defs"]["Rules"] = rules;
    for pointer in ["/properties/rules", "/$defs/Override/properties/rules"] {
        let property = schema.pointer_mut(pointer).expect("a field of the type");
        let description = property["description"].take();
        let default = property["default"].take();
        *property = json!({ "description": description, "default": default, "$ref": "#/$defs/Rules" });
    }
    schema["$defs"].as_object_mut().expect("a table").retain(|name, _| name != "RuleSetting");
    schema["$id"] = json!(ID);
    describe(&mut schema);
    schema
}

/// One property per rule: its severity, or a table of severity and options.
fn rules(root: &mut Value) -> Map<String, Value> {
    let mut properties = Map::new();
    for (meta, mut options) in registry::configurable() {
        if let Some(Value::Object(defs)) = options.get_mut("$defs").map(Value::take) {
            root["$defs"].as_object_mut().expect("a table").extend(defs);
        }
        let mut known = options.get_mut("properties").map_or(json!({}), Value::take);
        known["severity"] = json!({ "$ref": "#/$defs/Level" });
        let table = json!({ "type": "object", "additionalProperties": false, "properties": known });
        let (zh, en) = meta.summary;
        properties.insert(
            meta.id.to_owned(),
            json!({ "description": format!("{zh}{BETWEEN}{en}"), "anyOf": [{ "$ref": "#/$defs/Level" }, table] }),
        );
    }
    properties
}

/// Writes the two languages of every description below each other, as editors show them.
fn describe(schema: &mut Value) {
    match schema {
        Value::Object(table) => {
            for (key, value) in table.iter_mut() {
                match value {
                    Value::String(text) if key == "description" => *text = text.replace(BETWEEN, "\n"),
                    value => describe(value),
                }
            }
            // No default is none of the values.
            table.retain(|key, value| key != "default" || !value.is_null());
        }
        Value::Array(items) => items.iter_mut().for_each(describe),
        _ => {}
    }
}

/// The names that `select` and `ignore` may hold: rules and families.
pub fn known_names() -> Vec<String> {
    let metas: Vec<&RuleMeta> = registry::configurable().map(|(meta, _)| meta).collect();
    let mut names: Vec<String> = metas.iter().map(|meta| meta.id.to_owned()).collect();
    for meta in metas {
        if !names.iter().any(|name| name == meta.family) {
            names.push(meta.family.to_owned());
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every description of the types, before the languages are written below each other.
    #[test]
    fn every_key_is_explained_in_both_languages() {
        fn walk(schema: &Value, path: &str, bad: &mut Vec<String>) {
            let Some(properties) = schema.get("properties").and_then(Value::as_object) else { return };
            for (key, property) in properties {
                let text = property["description"].as_str().unwrap_or_default();
                if !text.contains('\n') && key != "severity" {
                    bad.push(format!("{path}.{key}: {text}"));
                }
                for form in property["anyOf"].as_array().into_iter().flatten() {
                    walk(form, &format!("{path}.{key}"), bad);
                }
            }
        }
        let schema = schema();
        let mut bad = Vec::new();
        walk(&schema, "", &mut bad);
        for (name, definition) in schema["$defs"].as_object().unwrap() {
            walk(definition, name, &mut bad);
        }
        assert!(bad.is_empty(), "{bad:#?}");
    }

    #[test]
    fn the_shipped_schema_is_that_of_the_types() {
        let shipped = concat!(env!("CARGO_MANIFEST_DIR"), "/../../zhengming.schema.json");
        let shipped: Value = serde_json::from_slice(&std::fs::read(shipped).unwrap()).unwrap();
        assert!(shipped == schema(), "run `cargo xtask schema`");
    }
}
