//! The arrows between crates that ARCHITECTURE.md promises.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Our own crates that the crate in `folder` depends on, tests included or not.
fn arrows(folder: &str) -> Vec<String> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join("Cargo.toml");
    let text = fs::read_to_string(&manifest).unwrap();
    let normal = text.split("[dev-dependencies]").next().unwrap();
    let mut names: Vec<String> = normal
        .split("[dependencies]")
        .nth(1)
        .unwrap()
        .lines()
        .filter_map(|line| line.split(['.', ' ']).next().filter(|name| name.starts_with("zhengming")))
        .map(str::to_owned)
        .collect();
    names.sort();
    names
}

#[test]
fn nothing_points_back() {
    for (folder, expected) in [
        ("crates/text", &[][..]),
        ("crates/terms", &["zhengming-text"]),
        ("crates/reading", &["zhengming-terms", "zhengming-text"]),
        ("crates/lint", &["zhengming-reading", "zhengming-terms", "zhengming-text"]),
        ("crates/formats", &["zhengming-text"]),
        (
            "crates/report",
            &[
                "zhengming",
                "zhengming-formats",
                "zhengming-lint",
                "zhengming-reading",
                "zhengming-rules",
                "zhengming-terms",
                "zhengming-text",
                "zhengming-workbook",
            ],
        ),
        ("crates/workbook", &[]),
        (
            "crates/exchange",
            &[
                "zhengming-formats",
                "zhengming-reading",
                "zhengming-terms",
                "zhengming-text",
                "zhengming-workbook",
            ],
        ),
        (
            "crates/lsp",
            &[
                "zhengming",
                "zhengming-config",
                "zhengming-formats",
                "zhengming-reading",
                "zhengming-rules",
                "zhengming-terms",
                "zhengming-text",
            ],
        ),
        (
            "crates/config",
            &[
                "zhengming",
                "zhengming-exchange",
                "zhengming-formats",
                "zhengming-lint",
                "zhengming-reading",
                "zhengming-rules",
                "zhengming-terms",
                "zhengming-text",
            ],
        ),
        ("rules", &["zhengming-lint", "zhengming-reading", "zhengming-terms", "zhengming-text"]),
        (
            "crates/zhengming",
            &[
                "zhengming-formats",
                "zhengming-lint",
                "zhengming-reading",
                "zhengming-rules",
                "zhengming-terms",
                "zhengming-text",
            ],
        ),
    ] {
        assert_eq!(arrows(folder), expected, "{folder}");
    }
}

#[test]
fn what_is_known_and_read_asks_no_file_and_no_clock() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pure = ["crates/text/src", "crates/terms/src", "crates/reading/src", "crates/lint/src"];
    let mut folders: Vec<_> = pure.iter().map(|folder| root.join(folder)).collect();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let Ok(text) = fs::read_to_string(&path) else { continue };
            for forbidden in ["std::fs", "std::env", "SystemTime", "Instant::now", "std::net"] {
                assert!(!text.contains(forbidden), "{} uses {forbidden}", path.display());
            }
        }
    }
}

#[test]
fn the_vocabulary_of_the_language_stands_in_one_place() {
    // Lists of numerals, of marks that end clauses, of brackets: three of a kind side by side are a second list.
    let numerals = ["一二三", "二三四", "三四五", "四五六", "五六七", "六七八", "七八九", "八九十", "十百千"];
    let mut second = Vec::new();
    for folder in ["crates", "rules/src"] {
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let name = path.display().to_string();
                if !name.ends_with(".rs") || name.contains("/zh/") || name.contains("test") {
                    continue;
                }
                let Ok(text) = fs::read_to_string(&path) else { continue };
                let code = text.split("#[cfg(test)]").next().unwrap_or_default();
                let listed = code.lines().filter(|line| !line.trim_start().starts_with("//"));
                let listed = listed.filter(|line| numerals.iter().any(|run| line.contains(run)));
                second.extend(listed.map(|line| format!("{name}: {}", line.trim())));
            }
        }
    }
    assert_eq!(second, [] as [String; 0], "ask zhengming_text::zh::numeral");
}

/// The modules at the root of a crate, each with those that it uses by name. Tests do not count.
fn modules(folder: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let mut used: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if !["lib", "main"].contains(&&*name) {
            read_uses(&path, used.entry(name).or_default());
        }
    }
    let names: BTreeSet<String> = used.keys().cloned().collect();
    for (name, uses) in &mut used {
        uses.retain(|other| other != name && names.contains(other));
    }
    used
}

/// The names that stand behind `crate::` in a file or in all files of a folder.
fn read_uses(path: &Path, uses: &mut BTreeSet<String>) {
    if path.file_stem().is_some_and(|name| name == "tests") {
        return;
    }
    if path.is_dir() {
        fs::read_dir(path).unwrap().for_each(|entry| read_uses(&entry.unwrap().path(), uses));
        return;
    }
    let text = fs::read_to_string(path).unwrap_or_default();
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code: String = lines.flat_map(|line| [line, "\n"]).collect();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(group) => uses.extend(outermost(group)),
            None => uses.extend([identifier(rest)]),
        }
    }
}

fn identifier(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// The names with which the members of a `use` group begin, groups within them left out.
fn outermost(group: &str) -> impl Iterator<Item = String> {
    let mut depth = 0;
    let mut members = vec![String::new()];
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => members.push(String::new()),
            c => members.last_mut().expect("never empty").push(c),
        }
    }
    members.into_iter().map(|member| identifier(&member))
}

/// The modules that use one another in a round, or lie between two rounds.
fn circle(used: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let mut left = used.clone();
    // What uses nothing that is left is in no circle, and neither is what nothing left uses.
    loop {
        let before = left.len();
        let names: BTreeSet<String> = left.keys().cloned().collect();
        let asked: BTreeSet<String> = left.values().flatten().cloned().collect();
        left.retain(|name, uses| asked.contains(name) && uses.iter().any(|other| names.contains(other)));
        let names: BTreeSet<String> = left.keys().cloned().collect();
        left.values_mut().for_each(|uses| uses.retain(|other| names.contains(other)));
        if left.len() == before {
            return names.into_iter().collect();
        }
    }
}

#[test]
fn no_module_leads_back_to_itself() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in [
        "crates/text/src",
        "crates/terms/src",
        "crates/reading/src",
        "crates/lint/src",
        "crates/lsp/src",
        "crates/cli",
    ] {
        assert_eq!(circle(&modules(&root.join(folder))), [""; 0], "modules of {folder} that use one another");
    }
}

#[test]
fn a_circle_is_seen() {
    let used = |pairs: &[(&str, &[&str])]| {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        pairs.iter().map(|(name, uses)| ((*name).to_owned(), owned(uses))).collect()
    };
    let round = used(&[("a", &["b"]), ("b", &["c"]), ("c", &["b", "d"]), ("d", &[])]);
    assert_eq!(circle(&round), ["b", "c"]);
    let straight = used(&[("a", &["b", "c"]), ("b", &["c"]), ("c", &[])]);
    assert_eq!(circle(&straight), [""; 0]);
    assert_eq!(outermost("fold::{self, Spare}, span};").collect::<Vec<_>>(), ["fold", "span"]);
}

/// Names that Windows keeps for devices, whatever follows a full stop.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let numbered =
        stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt")).is_some_and(|rest| rest.len() == 1);
    numbered || ["con", "prn", "aux", "nul"].contains(&stem.as_str())
}

#[test]
fn every_fixture_can_be_checked_out_on_windows() {
    assert!(is_device("nul.txt") && is_device("COM1") && !is_device("null.txt"));
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            let forbidden =
                name.contains(['<', '>', ':', '"', '|', '?', '*', '\\']) || name.ends_with(['.', ' ']);
            assert!(!forbidden && !is_device(name), "{}", path.display());
            if path.is_dir() {
                folders.push(path);
            }
        }
    }
}
