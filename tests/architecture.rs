//! The arrows between crates that ARCHITECTURE.md promises.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use zhengming_text::zh::mark;

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
        ("crates/workbook", &["zhengming-text"]),
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
            "crates/mcp",
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

/// Files whose sets of marks are still their own.
const OWN_MARKS: [&str; 4] =
    ["facts/statement.rs", "facts/abbreviation.rs", "facts/correction.rs", "jargon/stated.rs"];

/// The characters of each list in a line, be it an array or a pattern: `['。', '；']`, `'。' | '；'`.
fn listed_characters(line: &str) -> Vec<Vec<char>> {
    let mut lists = vec![Vec::new()];
    let mut rest = line;
    while let Some(at) = rest.find('\'') {
        let between = &rest[..at];
        if !matches!(between.trim(), "," | "|") {
            lists.push(Vec::new());
        }
        let mut chars = rest[at + 1..].chars();
        match (chars.next(), chars.next()) {
            (Some(c), Some('\'')) => {
                lists.last_mut().expect("never empty").push(c);
                rest = chars.as_str();
            }
            _ => {
                lists.push(Vec::new());
                rest = &rest[at + 1..];
            }
        }
    }
    lists
}

#[test]
fn the_vocabulary_of_the_language_stands_in_one_place() {
    // Lists of numerals, of marks that end clauses, of brackets: three of a kind side by side are a second list.
    let brackets = [&mark::OPEN_BRACKETS[..], &mark::CLOSE_BRACKETS];
    let is_second = |list: &Vec<char>| {
        let of = |marks: &[char]| list.iter().all(|c| marks.contains(c));
        let ends = list.contains(&'。') && of(&mark::PART_ENDS);
        // With 、 and no comma it is about lists, for which no set stands in the vocabulary.
        let is_clause = ends && list.contains(&'、') <= list.contains(&'，');
        list.len() >= 3 && (is_clause || brackets.iter().any(|marks| of(marks)))
    };
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
                let owns_marks = OWN_MARKS.iter().any(|owner| name.ends_with(owner));
                let listed = listed.filter(|line| {
                    numerals.iter().any(|run| line.contains(run))
                        || !owns_marks && listed_characters(line).iter().any(is_second)
                });
                second.extend(listed.map(|line| format!("{name}: {}", line.trim())));
            }
        }
    }
    assert_eq!(second, [] as [String; 0], "ask zhengming_text::zh");
}

/// A module by the names that lead to it from the root of its crate.
type Module = Vec<String>;

/// The modules of a crate, each with the paths that its code names. Tests do not count.
fn modules(folder: &Path) -> BTreeMap<Module, BTreeSet<Module>> {
    let mut named = BTreeMap::new();
    let mut pending = vec![(folder.to_owned(), Module::new())];
    while let Some((folder, above)) = pending.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let mut module = above.clone();
            if !["lib", "main"].contains(&&*name) {
                module.push(name.clone());
            }
            if name == "tests" {
                continue;
            }
            if path.is_dir() {
                pending.push((path, module));
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let paths = named_in(&fs::read_to_string(path).unwrap(), &module);
                named.entry(module).or_insert_with(BTreeSet::new).extend(paths);
            }
        }
    }
    named
}

/// The paths behind `crate::`, `super::` and `self::` in the code of `module`.
fn named_in(text: &str, module: &[String]) -> BTreeSet<Module> {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code: String = lines.flat_map(|line| [line, "\n"]).collect();
    let mut paths = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        add_paths(&[], &code[at + "crate::".len()..], &mut paths);
    }
    for (at, _) in code.match_indices("self::") {
        add_paths(module, &code[at + "self::".len()..], &mut paths);
    }
    for (at, _) in code.match_indices("super::") {
        if code[..at].ends_with("super::") {
            continue;
        }
        let rest = code[at..].trim_start_matches("super::");
        let up = (code[at..].len() - rest.len()) / "super::".len();
        add_paths(&module[..module.len().saturating_sub(up)], rest, &mut paths);
    }
    paths
}

/// Adds the paths that `rest` goes on with below `base`: one, or those of a `use` group.
fn add_paths(base: &[String], rest: &str, paths: &mut BTreeSet<Module>) {
    if let Some(group) = rest.strip_prefix('{') {
        members(group).iter().for_each(|member| add_paths(base, member.trim_start(), paths));
        return;
    }
    let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    let mut path = base.to_vec();
    if !name.is_empty() && name != "self" {
        path.push(name.clone());
    }
    match rest[name.len()..].strip_prefix("::") {
        Some(rest) if name != "self" => add_paths(&path, rest, paths),
        _ => paths.extend([path]),
    }
}

/// The members of a `use` group, groups within them whole.
fn members(group: &str) -> Vec<String> {
    let mut depth = 0;
    let mut members = vec![String::new()];
    for c in group.chars() {
        match c {
            '}' if depth == 0 => break,
            ',' if depth == 0 => {
                members.push(String::new());
                continue;
            }
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        members.last_mut().expect("never empty").push(c);
    }
    members
}

/// The rounds of modules in a crate, at its root and within each module.
fn circles(folder: &Path) -> Vec<Vec<String>> {
    let named = modules(folder);
    let parents: BTreeSet<&[String]> =
        named.keys().filter_map(|module| Some(module.split_last()?.1)).collect();
    let mut rounds = Vec::new();
    for parent in parents {
        let below = |path: &Module| path.strip_prefix(parent).and_then(|rest| rest.first()).cloned();
        let mut used: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (module, paths) in &named {
            let Some(name) = below(module) else { continue };
            used.entry(name).or_default().extend(paths.iter().filter_map(below));
        }
        let names: BTreeSet<String> = used.keys().cloned().collect();
        for (name, uses) in &mut used {
            uses.retain(|other| other != name && names.contains(other));
        }
        let round = circle(&used);
        rounds.extend((!round.is_empty()).then_some(round));
    }
    rounds
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

const CRATES: [&str; 13] = [
    "crates/cli",
    "crates/config/src",
    "crates/exchange/src",
    "crates/formats/src",
    "crates/lint/src",
    "crates/lsp/src",
    "crates/mcp/src",
    "crates/reading/src",
    "crates/report/src",
    "crates/terms/src",
    "crates/text/src",
    "crates/zhengming/src",
    "rules/src",
];

#[test]
fn no_module_leads_back_to_itself() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in CRATES {
        assert_eq!(circles(&root.join(folder)), [[""; 0]; 0], "modules of {folder} that use one another");
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
    let code = "use super::super::{b::{C, d::E}, f};\nuse crate::g;\n// crate::h\nlet _ = super::i::J;";
    let named = named_in(code, &["x".into(), "y".into()]);
    let named: Vec<String> = named.iter().map(|path| path.join("::")).collect();
    assert_eq!(named, ["b::C", "b::d::E", "f", "g", "x::i::J"]);
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
