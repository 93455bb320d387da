//! Writes a new rule: its file, its pages and the lines that register it.
//!
//! What it writes is `rules/templates/new_rule.*` under another name. The tests of the rules compile that template, run its
//! tests and the examples of its pages, so what comes out of it passes as well.

use std::fs;
use std::path::{Path, PathBuf};

const RULE: &str = include_str!("../../rules/templates/new_rule.rs");
const PAGE: &str = include_str!("../../rules/templates/new_rule.md");
const PAGE_EN: &str = include_str!("../../rules/templates/new_rule.en.md");

/// Families whose rules look at one document, each a module of the crate of rules.
const FAMILIES: [&str; 5] = ["variant", "consistency", "edition", "definition", "jargon"];

/// A new rule, under the names that it has in files and code.
struct NewRule<'a> {
    family: &'a str,
    /// `doubled-word`
    id: &'a str,
    /// `doubled_word`
    module: String,
    /// `DoubledWord`
    name: String,
}

/// Writes the rule `family/name` below the root of the repository.
pub(crate) fn write(name: &str) -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let files = files(&root, name)?;
    for (path, text) in &files {
        fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))?;
        eprintln!("wrote {}", path.display());
    }
    eprintln!("next: cargo fmt, cargo test -p zhengming-rules; then say what the rule flags");
    Ok(())
}

/// The files to write and what they hold, those that exist with the new lines.
fn files(root: &Path, name: &str) -> Result<Vec<(PathBuf, String)>, String> {
    let rule = NewRule::parse(name)?;
    let source = root.join("rules/src");
    let folder = source.join(rule.family);
    let file = |ending: &str| folder.join(format!("{}{ending}", rule.module));
    if file(".rs").exists() {
        return Err(format!("{name}: there is such a rule already"));
    }
    let family = source.join(format!("{}.rs", rule.family));
    let registry = source.join("registry.rs");
    Ok(vec![
        (file(".rs"), rule.filled(RULE)),
        (file(".md"), rule.filled(PAGE)),
        (file(".en.md"), rule.filled(PAGE_EN)),
        (family.clone(), rule.in_family(&read(&family)?)?),
        (registry.clone(), rule.in_registry(&read(&registry)?)?),
    ])
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

impl<'a> NewRule<'a> {
    fn parse(name: &'a str) -> Result<Self, String> {
        let (family, id) = name
            .split_once('/')
            .ok_or_else(|| format!("{name}: expected family/name, e.g. variant/doubled-word"))?;
        if !FAMILIES.contains(&family) {
            return Err(format!("{family}: no such family, expected one of {}", FAMILIES.join(", ")));
        }
        let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
        if !id.contains('-') || !id.split('-').all(is_word) {
            return Err(format!("{id}: expected lower case words joined by hyphens, e.g. doubled-word"));
        }
        let capital = |word: &str| word[..1].to_ascii_uppercase() + &word[1..];
        Ok(Self { family, id, module: id.replace('-', "_"), name: id.split('-').map(capital).collect() })
    }

    /// The template under the names of the rule.
    fn filled(&self, template: &str) -> String {
        template
            .replace("family: \"template\"", &format!("family: {:?}", self.family))
            .replace("new-rule", self.id)
            .replace("new_rule", &self.module)
            .replace("NewRule", &self.name)
    }

    /// The module of the family with the rule, each of its two lists in alphabetical order.
    fn in_family(&self, text: &str) -> Result<String, String> {
        let module = format!("mod {};", self.module);
        let export = format!("pub use {}::{};", self.module, self.name);
        let text =
            with_line(text, "mod ", &module).ok_or_else(|| format!("{}.rs lists no module", self.family))?;
        with_line(&text, "pub use ", &export).ok_or_else(|| format!("{}.rs exports no rule", self.family))
    }

    /// The registry with the rule: among the names that it uses, and last of its family in the list.
    fn in_registry(&self, text: &str) -> Result<String, String> {
        let start = format!("use crate::{}::", self.family);
        let missing = || format!("registry.rs uses nothing of {}", self.family);
        let (before, rest) = text.split_once(&start).ok_or_else(missing)?;
        let (used, after) = rest.split_once(';').ok_or_else(missing)?;
        let used = used.trim_matches(['{', '}']);
        let mut names: Vec<&str> = used.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
        let is_of_family = |line: &str| names.iter().any(|name| line.contains(&format!("::<{name}>(")));
        let last =
            after.lines().rfind(|line| line.trim_start().starts_with("Registration::") && is_of_family(line));
        let last = last.ok_or_else(|| format!("registry.rs lists no rule of {}", self.family))?;
        let own = format!("    Registration::of::<{0}>(&{0}::META),", self.name);
        let after = after.replacen(last, &format!("{last}\n{own}"), 1);
        names.push(&self.name);
        names.sort_unstable();
        Ok(format!("{before}{start}{{{}}};{after}", names.join(", ")))
    }
}

/// The text with `line` among the lines that begin with `start`, before the first that comes later in the alphabet.
fn with_line(text: &str, start: &str, line: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    let listed = |at: &usize| lines[*at].starts_with(start) && lines[*at].ends_with(';');
    let later = (0..lines.len()).filter(listed).find(|&at| lines[at] > line);
    let at = later.or_else(|| (0..lines.len()).rfind(|at| listed(at)).map(|at| at + 1))?;
    let mut all = lines;
    all.insert(at, line);
    Some(all.join("\n") + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
    }

    #[test]
    fn every_family_takes_a_new_rule_and_lists_it_once() {
        for family in FAMILIES {
            let files = files(&root(), &format!("{family}/aardvark-word")).unwrap();
            let text = |ending: &str| &files.iter().find(|(path, _)| path.ends_with(ending)).unwrap().1;
            let rule = text(&format!("{family}/aardvark_word.rs"));
            assert!(rule.contains("id: \"aardvark-word\",\n        name: (\"示例词\""), "{rule}");
            assert!(rule.contains(&format!("        family: \"{family}\",")), "{rule}");
            assert!(rule.contains("include_str!(\"aardvark_word.md\")"));
            assert!(!rule.to_lowercase().contains("new_rule") && !rule.contains("NewRule"));
            assert!(text("aardvark_word.en.md").starts_with("# aardvark-word\n"));
            let module = text(&format!("src/{family}.rs"));
            assert_eq!(module.matches("\nmod aardvark_word;\n").count(), 1, "{module}");
            assert_eq!(module.matches("\npub use aardvark_word::AardvarkWord;\n").count(), 1, "{module}");
            let registry = text("registry.rs");
            assert_eq!(registry.matches("Registration::of::<AardvarkWord>(&AardvarkWord::META),").count(), 1);
            assert!(registry.contains(&format!("use crate::{family}::{{AardvarkWord, ")), "{registry}");
        }
    }

    #[test]
    fn nothing_else_changes() {
        for (path, text) in files(&root(), "edition/zebra-word").unwrap() {
            let Ok(before) = fs::read_to_string(&path) else { continue };
            let words =
                |text: &str| text.split([' ', '\n', ',', '{', '}']).filter(|word| !word.is_empty()).count();
            // `mod`, its name, `pub use`, the path; or the name and the line of the list.
            assert!((1..=5).contains(&(words(&text) - words(&before))), "{}", path.display());
            assert!(before.lines().filter(|line| line.len() > 60).all(|line| text.contains(line.trim())));
        }
    }

    #[test]
    fn names_that_no_rule_can_have_are_refused() {
        for (name, told) in [
            ("doubled-word", "expected family/name"),
            ("folder/doubled-word", "expected one of variant"),
            ("variant/doubled", "expected lower case words"),
            ("variant/Doubled-word", "expected lower case words"),
            ("variant/nonstandard-variant", "there is such a rule already"),
        ] {
            let error = files(&root(), name).unwrap_err();
            assert!(error.contains(told), "{error}");
        }
    }
}
