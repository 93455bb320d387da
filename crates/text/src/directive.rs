//! The words of a directive: `zhengming-disable-next-line rule: 术语 -- 理由`, `正名：停用 规则：术语`.

use std::sync::Arc;

use crate::nearest::nearest;
use crate::span::Span;

/// A comment that switches rules off or on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive {
    /// Where the comment stands, or the text that the remark is about.
    pub span: Span,
    /// What it says.
    pub text: Arc<str>,
    /// Whether it is a remark about the text at `span`.
    pub is_remark: bool,
    /// What it does.
    pub action: Action,
    /// What it is about; never empty.
    pub targets: Vec<Target>,
    /// Why, in the words of the author.
    pub reason: Option<String>,
}

/// What a directive does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Switches off from here on; a remark only for the text that it is about.
    Disable,
    /// Switches on again from here on.
    Enable,
    /// Switches off for the lines on which the comment stands.
    DisableLine,
    /// Switches off for the next line that holds text.
    DisableNextLine,
}

/// What is switched off or on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Target {
    /// A rule or a family; nothing for all rules.
    pub rule: Option<String>,
    /// Only findings about this term.
    pub term: Option<String>,
}

/// What a comment turned out to be.
#[derive(Debug, PartialEq, Eq)]
pub enum Parsed {
    /// A directive.
    Directive {
        /// What it does.
        action: Action,
        /// The rules it names, and the terms; none means every rule.
        targets: Vec<Target>,
        /// What its author says why.
        reason: Option<String>,
    },
    /// It begins like a directive, with a word that is none.
    UnknownAction {
        /// The word.
        written: String,
        /// The action whose name is nearest to it, if any is near.
        nearest: Option<&'static str>,
    },
    /// It names more than [`MAX_TARGETS`].
    TooMany,
    /// No directive.
    Other,
}

/// Longer words first, because the first that fits is taken.
const ENGLISH: [(&str, Action); 4] = [
    ("disable-next-line", Action::DisableNextLine),
    ("disable-line", Action::DisableLine),
    ("disable", Action::Disable),
    ("enable", Action::Enable),
];

const CHINESE: [(&str, Action); 10] = [
    ("停用下一行", Action::DisableNextLine),
    ("忽略下一行", Action::DisableNextLine),
    ("停用本行", Action::DisableLine),
    ("忽略本行", Action::DisableLine),
    ("停用", Action::Disable),
    ("忽略", Action::Disable),
    ("关闭", Action::Disable),
    ("启用", Action::Enable),
    ("恢复", Action::Enable),
    ("开启", Action::Enable),
];

const WRITTEN_IN_CHINESE: [&str; 10] = [
    "正名：停用下一行",
    "正名：忽略下一行",
    "正名：停用本行",
    "正名：忽略本行",
    "正名：停用",
    "正名：忽略",
    "正名：关闭",
    "正名：启用",
    "正名：恢复",
    "正名：开启",
];

/// Stretches of text that no directive acts on, each with the directive that comes nearest.
const OTHER_SCOPES: [(&str, &str); 19] = [
    ("下一段", "正名：忽略下一行"),
    ("下段", "正名：忽略下一行"),
    ("下行", "正名：忽略下一行"),
    ("上一行", "正名：忽略本行"),
    ("本段", "正名：忽略本行"),
    ("这一行", "正名：忽略本行"),
    ("这行", "正名：忽略本行"),
    ("此行", "正名：忽略本行"),
    ("该行", "正名：忽略本行"),
    ("此处", "正名：忽略本行"),
    ("本句", "正名：忽略本行"),
    ("本节", "正名：忽略"),
    ("本章", "正名：忽略"),
    ("本页", "正名：忽略"),
    ("本文", "正名：忽略"),
    ("本文件", "正名：忽略"),
    ("全文", "正名：忽略"),
    ("全篇", "正名：忽略"),
    ("以下", "正名：忽略"),
];

/// Longest word after 正名： that may be meant as a directive, in characters.
const LONGEST_WORD: usize = 8;

const WRITTEN: [&str; 4] =
    ["zhengming-disable", "zhengming-enable", "zhengming-disable-line", "zhengming-disable-next-line"];

/// Most targets of one directive: every one of its rules with every one of its terms.
pub const MAX_TARGETS: usize = 256;
/// Most bytes that the targets of one directive may hold.
const MAX_TARGET_BYTES: usize = 32 << 10;

const COLONS: [char; 2] = [':', '：'];
const COMMAS: [char; 3] = [',', '，', '、'];
const SEMICOLONS: [char; 2] = [';', '；'];

/// Whether a comment with this text is meant for the linter, well formed or not.
pub fn is_directive(text: &str) -> bool {
    // What is unlike every directive may as well be a sentence.
    match parse(text) {
        Parsed::Other => false,
        Parsed::UnknownAction { written, nearest } => nearest.is_some() || written.starts_with("zhengming-"),
        Parsed::Directive { .. } | Parsed::TooMany => true,
    }
}

/// Reads the text of a comment, without the marks that make it one.
pub fn parse(text: &str) -> Parsed {
    let text = text.trim();
    let Some((action, rest)) = action(text) else {
        let word = text.split(|c: char| c.is_whitespace() || COLONS.contains(&c)).next().unwrap_or("");
        return if word.starts_with("zhengming-") {
            Parsed::UnknownAction { written: word.to_owned(), nearest: nearest(word, WRITTEN) }
        } else {
            unknown_in_chinese(text).unwrap_or(Parsed::Other)
        };
    };
    if let Some((written, nearest)) = other_scope(text, rest) {
        return Parsed::UnknownAction { written, nearest: Some(nearest) };
    }
    let (what, reason) = match ["--", "——"].iter().filter_map(|mark| rest.find(mark)).min() {
        Some(at) => (&rest[..at], rest[at..].trim_start_matches(['-', '—']).trim()),
        None => (rest, ""),
    };
    let Some(mut targets) = targets(what) else { return Parsed::TooMany };
    if targets.is_empty() {
        targets.push(Target::default());
    }
    Parsed::Directive { action, targets, reason: (!reason.is_empty()).then(|| reason.to_owned()) }
}

/// `正名：停止`, a directive by its beginning alone.
fn unknown_in_chinese(text: &str) -> Option<Parsed> {
    let rest = text.strip_prefix("正名")?.trim_start();
    let inner = rest.strip_prefix(COLONS)?.trim_start();
    let word = first_word(inner);
    let length = word.chars().count();
    if length == 0 || length > LONGEST_WORD {
        return None;
    }
    let written = text[..text.len() - inner.len() + word.len()].to_owned();
    Some(Parsed::UnknownAction { nearest: nearest(&format!("正名：{word}"), WRITTEN_IN_CHINESE), written })
}

/// `正名：忽略本段`, which would be read as about a term 本段: what is written, and what comes nearest. `rest` is what
/// follows the action.
fn other_scope(text: &str, rest: &str) -> Option<(String, &'static str)> {
    if text.starts_with("zhengming-") {
        return None;
    }
    let scope = first_word(rest.trim_start());
    let (_, nearest) = OTHER_SCOPES.iter().find(|(other, _)| *other == scope)?;
    let end = text.len() - rest.trim_start().len() + scope.len();
    Some((text[..end].to_owned(), nearest))
}

/// The text up to the first gap or mark.
fn first_word(text: &str) -> &str {
    let is_end = |c: char| {
        c.is_whitespace()
            || COLONS.contains(&c)
            || COMMAS.contains(&c)
            || SEMICOLONS.contains(&c)
            || matches!(c, '-' | '—' | '。' | '（' | '(')
    };
    text.split(is_end).next().unwrap_or_default()
}

/// The action at the beginning of a comment, and what follows it.
fn action(text: &str) -> Option<(Action, &str)> {
    let is_gap = |c: char| c.is_whitespace() || COLONS.contains(&c);
    if let Some(rest) = text.strip_prefix("zhengming-") {
        return strip(&ENGLISH, rest).filter(|(_, rest)| rest.is_empty() || rest.starts_with(is_gap));
    }
    let rest = text.strip_prefix("zhengming").or_else(|| text.strip_prefix("正名"))?;
    let inner = rest.trim_start_matches(is_gap);
    if inner.len() == rest.len() {
        return None;
    }
    // 正名：忽略数据高铁 is meant for the linter, 正名 停用的设备 hardly.
    let with_colon = rest.trim_start().starts_with(COLONS);
    let ends = |(_, rest): &(Action, &str)| {
        rest.is_empty() || rest.starts_with(is_gap) || rest.starts_with(['-', '—'])
    };
    strip(&ENGLISH, inner)
        .filter(|found| ends(found))
        .or_else(|| strip(&CHINESE, inner).filter(|found| with_colon || ends(found)))
}

fn strip<'t>(words: &[(&str, Action)], text: &'t str) -> Option<(Action, &'t str)> {
    words.iter().find_map(|&(word, action)| text.strip_prefix(word).map(|rest| (action, rest)))
}

/// `rule-a, rule-b: 术语一、术语二; rule-c`: each rule with each of its terms. Nothing, if they are too many.
fn targets(text: &str) -> Option<Vec<Target>> {
    let mut targets = Vec::new();
    let mut bytes = 0;
    let mut add = |rule: Option<&str>, term: Option<&str>| {
        bytes += rule.map_or(0, str::len) + term.map_or(0, str::len);
        if targets.len() == MAX_TARGETS || bytes > MAX_TARGET_BYTES {
            return None;
        }
        targets.push(Target { rule: rule.map(str::to_owned), term: term.map(str::to_owned) });
        Some(())
    };
    for group in text.trim_start_matches(|c: char| c.is_whitespace() || COLONS.contains(&c)).split(SEMICOLONS)
    {
        let mut rules: Vec<&str> = Vec::new();
        let mut has_terms = false;
        for piece in group.split(COMMAS).map(str::trim).filter(|piece| !piece.is_empty()) {
            let (names, term) = match piece.split_once(COLONS) {
                Some((names, term)) if !has_terms || is_name(names.trim()) => (names, term.trim()),
                _ if has_terms => ("", piece),
                _ => names_and_term(piece),
            };
            if has_terms && !names.is_empty() {
                // `a: 甲, b: 乙` begins a new list of rules.
                rules.clear();
            }
            rules.extend(names.split_whitespace());
            if term.is_empty() {
                continue;
            }
            has_terms = true;
            if rules.is_empty() {
                add(None, Some(term))?;
            }
            for &rule in &rules {
                add(Some(rule), Some(term))?;
            }
        }
        if !has_terms {
            for rule in rules {
                add(Some(rule), None)?;
            }
        }
    }
    Some(targets)
}

/// Names of rules are ASCII; what is not, is a term, with or without a colon before it.
fn names_and_term(piece: &str) -> (&str, &str) {
    let Some(first) = piece.find(|c: char| !c.is_ascii()) else { return (piece, "") };
    let at = piece[..first].rfind(char::is_whitespace).map_or(0, |space| space + 1);
    (&piece[..at], &piece[at..])
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The action, then each target as `rule:term`, then the reason.
    fn read(text: &str) -> String {
        match parse(text) {
            Parsed::Other => "-".to_owned(),
            Parsed::TooMany => "too many".to_owned(),
            Parsed::UnknownAction { written, nearest } => format!("? {written} {}", nearest.unwrap_or("-")),
            Parsed::Directive { action, targets, reason } => {
                let target = |target: &Target| {
                    let rule = target.rule.as_deref().unwrap_or("*");
                    target.term.as_ref().map_or(rule.to_owned(), |term| format!("{rule}:{term}"))
                };
                let targets: Vec<String> = targets.iter().map(target).collect();
                let reason = reason.map_or(String::new(), |reason| format!(" -- {reason}"));
                format!("{action:?} {}{reason}", targets.join(" "))
            }
        }
    }

    #[test]
    fn rules_terms_and_reasons_are_told_apart() {
        for (text, expected) in [
            ("zhengming-disable", "Disable *"),
            ("zhengming-enable rule-a，rule-b", "Enable rule-a rule-b"),
            ("zhengming-disable-line rule-a rule-b", "DisableLine rule-a rule-b"),
            (
                "zhengming-disable-next-line rule: 数据高铁 -- 引用原文",
                "DisableNextLine rule:数据高铁 -- 引用原文",
            ),
            ("zhengming-disable a, b：甲、乙 —— 理由", "Disable a:甲 b:甲 a:乙 b:乙 -- 理由"),
            ("zhengming-disable a: 甲; b", "Disable a:甲 b"),
            ("zhengming-disable a: 甲，b: 乙；c", "Disable a:甲 b:乙 c"),
            ("zhengming-disable : 甲", "Disable *:甲"),
            ("zhengming-disable 甲", "Disable *:甲"),
            ("zhengming-disable a 甲", "Disable a:甲"),
            ("zhengming-disable a: APP、V 字模型", "Disable a:APP a:V 字模型"),
            ("zhengming-disable\n  a,\n  b\n-- 两行\n", "Disable a b -- 两行"),
            ("zhengming-disable -- 全部", "Disable * -- 全部"),
            ("zhengming-disable a:", "Disable a"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn chinese_words_do_the_same() {
        for (text, expected) in [
            ("正名：停用 nonstandard-variant", "Disable nonstandard-variant"),
            ("正名: 忽略 variant：数据高铁 —— 引文", "Disable variant:数据高铁 -- 引文"),
            ("正名 disable variant", "Disable variant"),
            ("正名：忽略数据高铁", "Disable *:数据高铁"),
            ("正名：忽略本行", "DisableLine *"),
            ("正名：停用下一行：variant", "DisableNextLine variant"),
            ("正名：恢复", "Enable *"),
            ("正名 停用", "Disable *"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn a_directive_names_no_more_than_it_may() {
        let list = |word: &str, count: usize| {
            (0..count).map(|number| format!("{word}{number}")).collect::<Vec<_>>().join("、")
        };
        for (text, fits) in [
            (format!("zhengming-disable {}：{}", list("a", 16), list("甲", 16)), true),
            (format!("zhengming-disable {}：{}", list("a", 16), list("甲", 17)), false),
            (format!("zhengming-disable {}", list("a", 20_000)), false),
            (format!("zhengming-disable {}：{}", list("a", 16), "甲".repeat(1_000)), false),
        ] {
            match parse(&text) {
                Parsed::Directive { targets, .. } => assert!(fits && targets.len() == MAX_TARGETS),
                parsed => assert!(!fits && parsed == Parsed::TooMany),
            }
        }
    }

    #[test]
    fn other_comments_are_left_alone_and_slips_are_named() {
        for text in ["", "待定", "正名 停用的设备另行登记", "正名办公室：请核对", "zhengming 说明", "正名"]
        {
            assert_eq!(read(text), "-", "{text}");
        }
        assert_eq!(read("zhengming-disabel rule"), "? zhengming-disabel zhengming-disable");
        assert_eq!(
            read("zhengming-disable-nextline"),
            "? zhengming-disable-nextline zhengming-disable-next-line"
        );
        assert_eq!(read("zhengming-xyzzy"), "? zhengming-xyzzy -");
        for (text, expected) in [
            ("正名：停止", "? 正名：停止 正名：停用"),
            ("正名：忽咯本行", "? 正名：忽咯本行 正名：忽略本行"),
            ("正名: 忽咯 variant", "? 正名: 忽咯 正名：忽略"),
            ("正名：放过它 -- 引文", "? 正名：放过它 -"),
            ("正名：忽略本段", "? 正名：忽略本段 正名：忽略本行"),
            ("正名：停用 全文 -- 引文", "? 正名：停用 全文 正名：忽略"),
            ("正名：忽略本段落管理系统", "Disable *:本段落管理系统"),
            ("zhengming-disable 本段", "Disable *:本段"),
            ("正名：请张三核对第三段的机构名称", "-"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
        assert!(is_directive("正名：停止") && !is_directive("正名：必也正名乎"));
    }
}
