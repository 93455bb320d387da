//! A resolved configuration as TOML, each value with where it comes from.

use std::fmt::Display;
use std::fmt::Write;

use serde_json::Value;
use zhengming::Lang;
use zhengming_rules::registry;

use crate::dictionaries::DictionarySource;
use crate::settings::{Origin, Settings, Sourced};

/// The settings as a `zhengming.toml` that gives them, the origin of each value beside it.
pub fn dump(settings: &Settings) -> String {
    let mut out = String::new();
    let lang = settings.lang.as_ref().map(|one| Sourced {
        value: if one.value == Lang::Zh { "zh" } else { "en" },
        origin: one.origin.clone(),
    });
    single(&mut out, "lang", lang.as_ref());
    list(&mut out, "dictionaries", &settings.dictionaries, DictionarySource::name);
    list(&mut out, "definitions", &settings.definitions, |path| path.display().to_string());
    list(&mut out, "select", &settings.select, Clone::clone);
    list(&mut out, "ignore", &settings.ignore, Clone::clone);
    let severity =
        |one: &Sourced<zhengming::Severity>| Sourced { value: one.value.name(), origin: one.origin.clone() };
    single(&mut out, "min-severity", settings.min_severity.as_ref().map(severity).as_ref());
    single(&mut out, "fail-on", settings.fail_on.as_ref().map(severity).as_ref());
    single(&mut out, "as-of", settings.as_of.as_ref());
    single(&mut out, "rule-pages", settings.rule_pages.as_ref());
    out += "\n[rules]\n";
    for (meta, schema) in registry::configurable() {
        let configured = settings.rules.get(meta.id);
        let own = if meta.default { meta.severity.name() } else { "off" };
        let level = configured.and_then(|rule| rule.level.as_ref());
        let mut parts = vec![format!("severity = {}", quoted(level.map_or(own, |level| level.value.name())))];
        let mut origins: Vec<&Origin> = level.map(|level| &level.origin).into_iter().collect();
        for (key, property) in schema["properties"].as_object().into_iter().flatten() {
            let set = configured.and_then(|rule| rule.options.get(key));
            let value = set.map_or(&property["default"], |set| &set.value);
            if !value.is_null() {
                parts.push(format!("{key} = {}", toml_value(value)));
            }
            origins.extend(set.map(|set| &set.origin));
        }
        let mut comment = comment(&origins);
        if let Some(also) = meta.also.filter(|_| meta.default && level.is_none()) {
            comment += &format!("  # some: {}", also.name());
        }
        let _ = writeln!(out, "{} = {{ {} }}{comment}", meta.id, parts.join(", "));
    }
    if !settings.allow.is_empty() {
        out += "\n[terms]\n";
        list(&mut out, "allow", &settings.allow, Clone::clone);
    }
    out
}

fn single<T: Display>(out: &mut String, key: &str, value: Option<&Sourced<T>>) {
    if let Some(one) = value {
        let _ = writeln!(out, "{key} = {}{}", quoted(&one.value.to_string()), comment(&[&one.origin]));
    }
}

fn list<T>(out: &mut String, key: &str, items: &[Sourced<T>], name: impl Fn(&T) -> String) {
    if items.is_empty() {
        return;
    }
    let _ = writeln!(out, "{key} = [");
    for one in items {
        let _ = writeln!(out, "  {},{}", quoted(&name(&one.value)), comment(&[&one.origin]));
    }
    *out += "]\n";
}

/// The places, each once.
fn comment(origins: &[&Origin]) -> String {
    let mut places: Vec<String> = Vec::new();
    for place in origins.iter().map(ToString::to_string) {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    if places.is_empty() { String::new() } else { format!("  # {}", places.join(", ")) }
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn toml_value(value: &Value) -> String {
    toml::Value::try_from(value).map_or_else(|_| value.to_string(), |value| value.to_string())
}
