//! The changes that fixes make, as a unified diff that `patch` and `git apply` read.

use std::fmt::Write as _;

use similar::udiff::UnifiedHunkHeader;
use similar::{Algorithm, ChangeTag, capture_diff_slices, group_diff_ops};

const CONTEXT: usize = 3;

/// The unified diff from `old` to `new`, headed `a/path` and `b/path`; empty if nothing changed.
pub fn unified_diff(path: &str, old: &str, new: &str) -> String {
    // Only `\n` ends a line of a patch. `similar` itself would also split at a lone `\r`.
    let old: Vec<&str> = old.split_inclusive('\n').collect();
    let new: Vec<&str> = new.split_inclusive('\n').collect();
    let operations = capture_diff_slices(Algorithm::Myers, &old, &new);

    let mut out = String::new();
    for hunk in group_diff_ops(operations, CONTEXT) {
        if out.is_empty() {
            // Like git: without the tab, GNU patch takes a name to end at its first space.
            let end = if path.contains(char::is_whitespace) { "\t" } else { "" };
            writeln!(out, "--- a/{path}{end}\n+++ b/{path}{end}").expect("a string takes all text");
        }
        writeln!(out, "{}", UnifiedHunkHeader::new(&hunk)).expect("a string takes all text");
        for change in hunk.iter().flat_map(|operation| operation.iter_changes(&old, &new)) {
            out.push(match change.tag() {
                ChangeTag::Equal => ' ',
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
            });
            out.push_str(change.value());
            if !change.value().ends_with('\n') {
                out.push_str("\n\\ No newline at end of file\n");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hunks_have_three_lines_of_context() {
        let old = "一\n二\n三\n四\n浙政盯\n六\n七\n八\n九\n";
        let expected = "\
--- a/drafts/a.md
+++ b/drafts/a.md
@@ -2,7 +2,7 @@
 二
 三
 四
-浙政盯
+浙政钉
 六
 七
 八
";
        assert_eq!(unified_diff("drafts/a.md", old, &old.replace('盯', "钉")), expected);
    }

    #[test]
    fn a_missing_newline_at_the_end_is_told() {
        let expected = "\
--- a/a
+++ b/a
@@ -1,2 +1,2 @@
 甲
-乙
\\ No newline at end of file
+丙
\\ No newline at end of file
";
        assert_eq!(unified_diff("a", "甲\n乙", "甲\n丙"), expected);
        assert!(unified_diff("a", "甲", "甲\n").ends_with("-甲\n\\ No newline at end of file\n+甲\n"));
    }

    #[test]
    fn carriage_returns_stay_in_their_lines() {
        assert_eq!(
            unified_diff("a", "甲\r\n乙\r丙\r\n", "甲\r\n乙\r丁\r\n"),
            "--- a/a\n+++ b/a\n@@ -1,2 +1,2 @@\n 甲\r\n-乙\r丙\r\n+乙\r丁\r\n"
        );
    }

    #[test]
    fn a_name_with_a_space_ends_with_a_tab() {
        assert!(
            unified_diff("公 文.md", "甲\n", "乙\n").starts_with("--- a/公 文.md\t\n+++ b/公 文.md\t\n@@")
        );
    }

    #[test]
    fn equal_texts_have_no_diff() {
        assert_eq!(unified_diff("a", "甲\n", "甲\n"), "");
    }
}
