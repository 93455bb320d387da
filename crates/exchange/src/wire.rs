//! The fields of a dictionary as text formats write them. What they are called and which there are is said once, at the
//! model; here they become an ordered tree without what says nothing, which the forms lay out.

use std::fmt;

use serde::de::{DeserializeOwned, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Deserializer, Serialize};
use zhengming_terms::dictionary::{ConfusableWhen, Layer, Matching, Subject};

/// How an enumeration value is written, e.g. `old-name`.
pub(crate) fn word<T: Serialize>(value: T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// The value that is written so.
pub(crate) fn from_word<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}

/// A value as text formats hold it; the keys of a table stay in their order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    Null,
    Bool(bool),
    Number(u64),
    Text(String),
    List(Vec<Node>),
    Table(Table),
}

/// Keys and values.
pub(crate) type Table = Vec<(String, Node)>;

/// What a header, a concept or a part of one says, with the keys of `always` even where there is nothing under them.
pub(crate) fn said<T: Serialize>(value: &T, always: &[&str]) -> Table {
    let text = serde_json::to_string(value).expect("strings and lists always have a JSON form");
    match serde_json::from_str(&text) {
        Ok(Node::Table(table)) => trimmed(table, always),
        _ => Table::new(),
    }
}

/// Without what is missing or goes without saying, and without the lines in the file that it was read from.
fn trimmed(table: Table, always: &[&str]) -> Table {
    let kept = table.into_iter().filter(|(key, node)| {
        key != "line" && (always.contains(&key.as_str()) || !goes_without_saying(key, node))
    });
    kept.map(|(key, node)| {
        let node = match node {
            Node::List(items) => Node::List(items.into_iter().map(inner).collect()),
            node => node,
        };
        (key, node)
    })
    .collect()
}

fn inner(node: Node) -> Node {
    match node {
        Node::Table(table) => Node::Table(trimmed(table, &[])),
        node => node,
    }
}

fn goes_without_saying(key: &str, node: &Node) -> bool {
    let default = match key {
        "layer" => word(Layer::default()),
        "subject" => word(Subject::default()),
        "match" => word(Matching::default()),
        "when" => word(ConfusableWhen::default()),
        _ => return *node == Node::Null || *node == Node::List(Vec::new()),
    };
    *node == Node::Text(default)
}

impl From<&str> for Node {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(value) => serializer.serialize_u64(*value),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => serializer.collect_seq(items),
            Self::Table(table) => {
                let mut map = serializer.serialize_map(Some(table.len()))?;
                for (key, node) in table {
                    map.serialize_entry(key, node)?;
                }
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of a dictionary")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Number(value))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = sequence.next_element()? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut table = Table::new();
        while let Some(entry) = map.next_entry()? {
            table.push(entry);
        }
        Ok(Node::Table(table))
    }
}
