//! Patterns of paths, written as in `.gitignore`, relative to the folder of their configuration file.

use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use zhengming::Text;

/// Patterns of one list.
#[derive(Debug, Clone)]
pub(crate) struct Patterns {
    folder: PathBuf,
    matcher: Gitignore,
}

impl Patterns {
    /// The patterns of `list`, relative to `folder`; else the number of the one that is none, and why.
    pub(crate) fn new(folder: &Path, list: &[String]) -> Result<Self, (usize, Text)> {
        let mut builder = GitignoreBuilder::new(folder);
        for (index, pattern) in list.iter().enumerate() {
            // `./drafts` is meant as it is in a shell.
            let pattern =
                pattern.strip_prefix("./").map_or_else(|| pattern.clone(), |rest| format!("/{rest}"));
            builder.add_line(None, &pattern).map_err(|error| (index, not_a_pattern(&pattern, &error)))?;
        }
        let matcher = builder.build().map_err(|error| (0, not_a_pattern("", &error)))?;
        Ok(Self { folder: folder.to_owned(), matcher })
    }

    /// No pattern at all.
    pub(crate) fn none(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), matcher: Gitignore::empty() }
    }

    /// Whether the path, or a folder that it is in, is meant. Paths outside the folder never are.
    pub(crate) fn matches(&self, path: &Path, is_folder: bool) -> bool {
        match path.strip_prefix(&self.folder) {
            Ok(inside) if !inside.as_os_str().is_empty() => {
                self.matcher.matched_path_or_any_parents(inside, is_folder).is_ignore()
            }
            _ => false,
        }
    }

    /// Whether there is no pattern.
    pub(crate) fn is_empty(&self) -> bool {
        self.matcher.is_empty()
    }
}

fn not_a_pattern(pattern: &str, error: &ignore::Error) -> Text {
    let english = error.to_string();
    let reasons = [
        ("unclosed alternate", "缺少“}”"),
        ("unopened alternate", "缺少“{”"),
        ("unclosed character class", "缺少“]”"),
        ("invalid character range", "方括号里的范围前后颠倒"),
        ("invalid range", "方括号里的范围前后颠倒"),
        ("dangling", "末尾多了一个反斜线"),
    ];
    let known = reasons.iter().find(|(part, _)| english.contains(part)).map(|(_, zh)| *zh);
    let reason = known.unwrap_or(&english);
    Text::new(
        format!("“{pattern}”不是路径模式：{reason}"),
        format!("`{pattern}` is no pattern of paths: {error}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_those_of_gitignore() {
        let list = ["archive/**", "*.bak.md", "/top.md", "./here.md", "drafts/", "!archive/keep.md"];
        let patterns = Patterns::new(Path::new("/p"), &list.map(str::to_owned)).unwrap();
        for (path, expected) in [
            ("/p/archive/a.md", true),
            ("/p/archive/b/c.md", true),
            ("/p/x/y.bak.md", true),
            ("/p/top.md", true),
            ("/p/x/top.md", false),
            ("/p/here.md", true),
            ("/p/drafts/a.md", true),
            ("/p/x/drafts/a.md", true),
            ("/p/archive/keep.md", false),
            ("/p/plan.md", false),
            ("/q/archive/a.md", false),
        ] {
            assert_eq!(patterns.matches(Path::new(path), false), expected, "{path}");
        }
    }

    #[test]
    fn a_pattern_that_is_none_is_named() {
        let (index, why) = Patterns::new(Path::new("/p"), &["a".to_owned(), "b{".to_owned()]).unwrap_err();
        assert_eq!(index, 1);
        assert!(why.zh.starts_with("“b{”不是路径模式"), "{}", why.zh);
    }
}
