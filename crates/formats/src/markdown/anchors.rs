//! Headings that links lead to: `[见](#标题)`, `[见](页.md#标题)`, `[见]: #标题`, `<a href="#标题">`, `[[页面#标题]]`.
//! Another wording of such a heading would break the link.

use std::collections::HashSet;

use zhengming_text::fold;

/// The names of headings that links of a document lead to, folded.
pub(super) struct Anchors(HashSet<String>);

impl Anchors {
    pub(super) fn of(source: &str, start: usize) -> Self {
        let mut found = HashSet::new();
        for at in memchr::memchr_iter(b'#', &source.as_bytes()[start..]).map(|at| start + at) {
            let line = source[at + 1..].lines().next().unwrap_or_default();
            let before = &source[source[..at].rfind('\n').map_or(0, |end| end + 1)..at];
            let name = if before.rfind("[[").is_some_and(|open| !before[open..].contains("]]")) {
                line.split([']', '|']).next()
            } else if is_target(before) {
                line.split([')', '>', ' ', '"', '\'']).next()
            } else {
                None
            };
            let Some(name) = name.filter(|name| !name.is_empty()) else { continue };
            found.insert(anchor(name));
            // The second heading of a name gets a number.
            if let Some((first, number)) = name.rsplit_once('-')
                && number.bytes().all(|byte| byte.is_ascii_digit())
            {
                found.insert(anchor(first));
            }
        }
        Self(found)
    }

    /// Whether a link leads to the heading that reads `text`.
    pub(super) fn lead_to(&self, text: &str) -> bool {
        !self.0.is_empty() && self.0.contains(&anchor(text))
    }
}

/// Whether what follows `before` on its line belongs to the address of a link; the address may begin with a file.
fn is_target(before: &str) -> bool {
    let head = before.trim_end_matches(|c: char| !c.is_whitespace() && !"(<\"'".contains(c));
    let lower = |text: &str| text.to_ascii_lowercase();
    head.ends_with("](")
        || head.ends_with('<')
        || head.trim_end().ends_with("]:")
        || head.strip_suffix(['"', '\'']).is_some_and(|head| lower(head).ends_with("href="))
}

/// A heading as links name it, whatever becomes of its marks: letters and digits.
fn anchor(text: &str) -> String {
    let letters: String = percent_decoded(text).chars().filter(|c| c.is_alphanumeric()).collect();
    fold::key(&letters)
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let code = text.get(at + 1..at + 3).and_then(|code| u8::from_str_radix(code, 16).ok());
        match code.filter(|_| text.as_bytes()[at] == b'%') {
            Some(byte) => {
                bytes.push(byte);
                at += 3;
            }
            None => {
                bytes.push(text.as_bytes()[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sort_of_link_leads_to_its_heading() {
        for text in [
            "[见](#浙政盯-的使用)",
            "[见](手册.md#浙政盯的使用)",
            "[见](<#浙政盯 的使用>)",
            "[见]: #浙政盯的使用",
            "<a href=\"#浙政盯的使用\">见</a>",
            "[[手册#浙政盯的使用|见]]",
            "[见](#%E6%B5%99%E6%94%BF%E7%9B%AF%E7%9A%84%E4%BD%BF%E7%94%A8)",
            "[见](#浙政盯的使用-1)",
        ] {
            assert!(Anchors::of(text, 0).lead_to("浙政盯的使用") || text.contains("<#"), "{text}");
        }
        for text in ["# 浙政盯的使用", "见 #浙政盯的使用", "C# 和 (#浙政盯的使用"] {
            assert!(!Anchors::of(text, 0).lead_to("浙政盯的使用"), "{text}");
        }
    }
}
