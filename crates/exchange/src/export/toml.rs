//! Dictionaries as TOML, laid out like the built-in ones: one key a line, one variant a line.

use zhengming_terms::dictionary::{Concept, Dictionary, Status, fields};

use crate::wire::{Node, Table, said, word};

/// The dictionary as TOML. Reading it back gives an equal dictionary, except that the form has no place for
/// remarks on a preferred designation and lists the others by status.
pub fn to_toml(dictionary: &Dictionary) -> String {
    let mut out = String::from("[dictionary]\n");
    for (key, node) in said(dictionary.header(), &["id", "title"]) {
        field(&mut out, &key, node);
    }
    for concept in dictionary.concepts() {
        out.push_str("\n[[concept]]\n");
        write_concept(&mut out, concept);
    }
    out
}

fn write_concept(out: &mut String, concept: &Concept) {
    let preferred = concept.preferred();
    let mut table = said(concept, &[]);
    let names = table.iter().position(|(key, _)| key == "designations").map(|at| table.remove(at).1);
    table.retain(|(key, node)| !(key == "id" && *node == preferred.into()));
    table.insert(usize::from(concept.id != preferred), ("term".to_owned(), preferred.into()));
    // The other names stand before what is said of the concept itself.
    let rank = |key: &str| fields::<Concept>().iter().position(|field| *field == key).unwrap_or(0);
    let body = table.split_off(table.iter().take_while(|(key, _)| rank(key) < rank("match")).count());
    table.extend(by_status(names.unwrap_or(Node::Null)));
    for (key, node) in table.into_iter().chain(body) {
        field(out, &key, node);
    }
}

/// The names that are not preferred, under their status.
fn by_status(names: Node) -> Table {
    let Node::List(names) = names else { return Table::new() };
    let mut lists = Table::new();
    for status in [Status::Admitted, Status::Deprecated, Status::Superseded] {
        let status = ("status".to_owned(), Node::Text(word(status)));
        let named = names.iter().filter_map(|name| match name {
            Node::Table(table) if table.contains(&status) => {
                let rest: Table = table.iter().filter(|entry| **entry != status).cloned().collect();
                Some(if let [(_, text)] = &rest[..] { text.clone() } else { Node::Table(rest) })
            }
            _ => None,
        });
        let named: Vec<Node> = named.collect();
        if let Node::Text(key) = status.1
            && !named.is_empty()
        {
            lists.push((key, Node::List(named)));
        }
    }
    lists
}

fn field(out: &mut String, key: &str, node: Node) {
    match node {
        Node::List(items) => {
            let tables = items.iter().any(|item| matches!(item, Node::Table(_)));
            array(out, key, items.iter().map(inline).collect(), tables);
        }
        node => line(out, key, &inline(&node)),
    }
}

/// A value on one line: `{ key = "value" }`, `["value"]`.
fn inline(node: &Node) -> String {
    match node {
        Node::Null => quoted(""),
        Node::Bool(value) => value.to_string(),
        Node::Number(value) => value.to_string(),
        Node::Text(text) => quoted(text),
        Node::List(items) => {
            format!("[{}]", items.iter().map(inline).collect::<Vec<_>>().join(", "))
        }
        Node::Table(table) => {
            let entries = table.iter().map(|(key, node)| format!("{key} = {}", inline(node)));
            format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

fn line(out: &mut String, key: &str, value: &str) {
    out.push_str(key);
    out.push_str(" = ");
    out.push_str(value);
    out.push('\n');
}

/// An array, one item a line unless it has only one and that is a string.
fn array(out: &mut String, key: &str, items: Vec<String>, tables: bool) {
    match items.as_slice() {
        [] => {}
        [only] if !tables => line(out, key, &format!("[{only}]")),
        _ => {
            out.push_str(key);
            out.push_str(" = [\n");
            for item in items {
                out.push_str("  ");
                out.push_str(&item);
                out.push_str(",\n");
            }
            out.push_str("]\n");
        }
    }
}

/// A basic string of TOML, always on one line.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0'..='\u{1F}' | '\u{7F}' => out.push_str(&format!("\\u{:04X}", u32::from(character))),
            _ => out.push(character),
        }
    }
    out.push('"');
    out
}
