//! The arrows between crates that ARCHITECTURE.md promises.

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
                "zhengming-lint",
                "zhengming-reading",
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
