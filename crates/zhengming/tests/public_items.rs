//! The public face of the crate is `public-items.txt`: what is added to it is promised, what leaves it is a break.
//!
//! The list is read from the source, which rustfmt keeps in one shape: `pub use` in `lib.rs` gives the names, the
//! definitions give documentation, methods, fields and variants. After a change that is meant, run
//! `UPDATE_PUBLIC_ITEMS=1 cargo test -p zhengming --test public_items` and review the difference.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What HOUSE asks of the root: types, functions and methods that an embedder can reach.
const MOST_ITEMS: usize = 150;

/// A public item and the lines of documentation in front of it.
struct Item {
    /// As it is listed: `struct Finding`, `Finding::safe_fix()`, `Finding.rule`.
    name: String,
    documentation: Vec<String>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(fs::read_to_string(path).unwrap());
        }
    }
}

/// The folder of the crate that a path of `lib.rs` begins with.
fn folder_of(path: &str) -> PathBuf {
    match path.split("::").next().unwrap() {
        "zhengming_rules" => root().join("rules/src"),
        name => {
            root().join("crates").join(name.strip_prefix("zhengming_").unwrap_or("zhengming")).join("src")
        }
    }
}

/// The names that `lib.rs` exports, each with the path that it comes from and the documentation written there.
fn exports() -> Vec<(String, String, Vec<String>)> {
    let text = fs::read_to_string(root().join("crates/zhengming/src/lib.rs")).unwrap();
    let mut exports = Vec::new();
    let mut before: Vec<String> = Vec::new();
    for line in text.lines() {
        if let Some(used) = line.strip_prefix("pub use ") {
            let used = used.strip_suffix(';').expect("an export on one line");
            let (path, names) = match used.split_once("::{") {
                Some((path, names)) => (path, names.strip_suffix('}').unwrap()),
                None => used.rsplit_once("::").unwrap(),
            };
            for name in names.split(", ") {
                exports.push((name.to_owned(), path.to_owned(), before.clone()));
            }
        }
        let is_public = line.starts_with("pub ") && !line.starts_with("pub use ");
        let is_hidden = before.iter().any(|line| line == "#[doc(hidden)]");
        assert!(!is_public || is_hidden, "an item in lib.rs that this test does not see: {line}");
        if line.starts_with("///") || line.starts_with("#[") {
            before.push(line.to_owned());
        } else {
            before.clear();
        }
    }
    exports
}

/// The attributes and documentation right above line `at`.
fn above(lines: &[&str], at: usize) -> Vec<String> {
    let is_above = |line: &&&str| line.trim_start().starts_with("///") || line.trim_start().starts_with("#[");
    lines[..at].iter().rev().take_while(is_above).map(|line| line.trim().to_owned()).collect()
}

/// The name with which `line` defines something public, e.g. `struct Finding`.
fn defined(line: &str) -> Option<(&str, &str)> {
    let mut words =
        line.strip_prefix("pub ")?.split(' ').filter(|word| *word != "const" || line.contains(": "));
    let kind = words.next()?;
    let name = words.next()?;
    let end = name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len());
    matches!(kind, "struct" | "enum" | "fn" | "trait" | "type" | "static").then_some((kind, &name[..end]))
}

/// Whether the block that `line` opens holds methods of `name`.
fn is_impl_of(line: &str, name: &str) -> bool {
    let Some(rest) = line.strip_prefix("impl") else { return false };
    let rest = match rest.strip_prefix('<') {
        Some(generic) => generic.split_once("> ").map_or("", |(_, rest)| rest),
        None => rest.trim_start(),
    };
    rest.strip_prefix(name).is_some_and(|rest| rest.starts_with(' ') || rest.starts_with('<'))
        && !rest.contains(" for ")
}

/// The lines of the block that line `at` opens.
fn block(lines: &[&str], at: usize) -> std::ops::Range<usize> {
    if !lines[at].ends_with('{') {
        return at..at;
    }
    let end = lines[at..].iter().position(|line| line.starts_with('}')).unwrap();
    at + 1..at + end
}

/// What belongs to the type `name` in one file: itself, its fields or variants, its methods.
fn collect(text: &str, name: &str, items: &mut Vec<Item>) {
    let lines: Vec<&str> = text.lines().collect();
    for (at, line) in lines.iter().enumerate() {
        let Some((kind, _)) = defined(line).filter(|(_, found)| *found == name) else {
            if is_impl_of(line, name) {
                methods(&lines, block(&lines, at), name, items);
            }
            continue;
        };
        items.push(Item { name: format!("{kind} {name}"), documentation: above(&lines, at) });
        for inner in block(&lines, at) {
            let Some(line) = lines[inner].strip_prefix("    ").filter(|line| !line.starts_with(' ')) else {
                continue;
            };
            let member = match (kind, line.strip_prefix("pub ")) {
                ("struct", Some(field)) => field.split(':').next().map(|field| format!("{name}.{field}")),
                ("enum", _) if line.starts_with(char::is_uppercase) => {
                    let end = line.find(|c: char| !c.is_alphanumeric()).unwrap_or(line.len());
                    Some(format!("{name}::{}", &line[..end]))
                }
                _ => None,
            };
            items.extend(member.map(|name| Item { name, documentation: above(&lines, inner) }));
        }
    }
}

fn methods(lines: &[&str], block: std::ops::Range<usize>, name: &str, items: &mut Vec<Item>) {
    for at in block {
        let Some(line) = lines[at].strip_prefix("    ") else { continue };
        let Some(("fn", method)) = defined(line) else { continue };
        let documentation = above(lines, at);
        if !documentation.iter().any(|line| line == "#[doc(hidden)]") {
            items.push(Item { name: format!("{name}::{method}()"), documentation });
        }
    }
}

/// Every public item by the name under which `lib.rs` exports it.
fn public_items() -> BTreeMap<String, Vec<Item>> {
    let mut found = BTreeMap::new();
    for (name, path, documentation) in exports() {
        let mut files = Vec::new();
        sources(&folder_of(&path), &mut files);
        let mut items = Vec::new();
        files.iter().for_each(|text| collect(text, &name, &mut items));
        items.sort_by_key(|item| !item.name.contains(' '));
        let definitions = items.iter().filter(|item| item.name.contains(' ')).count();
        assert_eq!(definitions, 1, "{path}::{name} is defined {definitions} times");
        items[0].documentation.extend(documentation);
        found.insert(name, items);
    }
    found
}

#[test]
fn the_list_of_public_items_is_the_one_that_was_reviewed() {
    let mut list = String::new();
    for items in public_items().values() {
        list += &items[0].name;
        list.push('\n');
        let mut members: Vec<&str> = items[1..].iter().map(|item| &*item.name).collect();
        members.sort_unstable();
        members.iter().for_each(|member| list += &format!("    {member}\n"));
    }
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("public-items.txt");
    if std::env::var_os("UPDATE_PUBLIC_ITEMS").is_some() {
        fs::write(&committed, &list).unwrap();
    }
    assert_eq!(fs::read_to_string(&committed).unwrap(), list, "see the head of this test");
}

#[test]
fn the_public_face_stays_small() {
    let items = public_items();
    let count = items.values().flatten().filter(|item| item.name.contains([' ', '('])).count();
    assert!(count <= MOST_ITEMS, "{count} types, functions and methods, expected at most {MOST_ITEMS}");
}

#[test]
fn every_public_item_is_documented_and_every_type_shown_at_work() {
    for (name, items) in public_items() {
        for item in &items {
            assert!(
                item.documentation.iter().any(|line| line.starts_with("/// ")),
                "{} says nothing",
                item.name
            );
        }
        let is_shown =
            items.iter().flat_map(|item| &item.documentation).any(|line| line.starts_with("/// ```"));
        assert!(is_shown, "neither {name} nor what belongs to it has an example");
    }
}
