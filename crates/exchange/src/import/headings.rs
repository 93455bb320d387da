//! Headings: those of terms clauses and lists of abbreviations, and what follows the clauses.

use zhengming_text::fold;

use super::characters;

/// Words of which the headings of terms clauses are made.
const HEADING_WORDS: [&str; 24] = [
    "术语",
    "名词",
    "定义",
    "缩略语",
    "缩略词",
    "缩写",
    "略语",
    "符号",
    "代号",
    "解释",
    "以及",
    "和",
    "与",
    "及",
    "、",
    "，",
    "专业",
    "基本",
    "通用",
    "常用",
    "主要",
    "有关",
    "简称",
    "的",
];

fn heading_words(text: &str) -> Option<Vec<&'static str>> {
    let text =
        text.trim_end_matches(|c: char| c.is_ascii_alphabetic() || matches!(c, ' ' | ',' | '：' | ':' | '.'));
    if text.is_empty() || text.len() > 90 {
        return None;
    }
    let mut rest = text;
    let mut words = Vec::new();
    while !rest.is_empty() {
        let word = HEADING_WORDS.iter().find(|word| rest.starts_with(**word))?;
        words.push(*word);
        rest = &rest[word.len()..];
    }
    Some(words)
}

/// 术语和定义, 术语、定义和缩略语, 名词解释 …
pub(super) fn is_terms_heading(text: &str) -> bool {
    // 术语和定乂: the last character is misread.
    let is_misread = text.starts_with("术语和定") && text.chars().count() == 5;
    is_misread
        || heading_words(text)
            .is_some_and(|words| words.iter().any(|word| matches!(*word, "术语" | "名词" | "定义")))
}

/// 缩略语, 符号和缩略语 …
pub(super) fn is_abbreviations_heading(text: &str) -> bool {
    heading_words(text).is_some_and(|words| {
        words.iter().any(|word| matches!(*word, "缩略语" | "缩略词" | "缩写" | "略语" | "符号" | "代号"))
            && !words.iter().any(|word| matches!(*word, "术语" | "名词" | "定义"))
    })
}

/// Whether the text can be the heading of a clause.
pub(super) fn is_heading_text(text: &str) -> bool {
    // 5 个, 2021 年, 3 日: figures, not headings.
    let is_figure = text.starts_with(['年', '月'])
        || (text.starts_with('个') && !text.starts_with("个人"))
        || (text.starts_with('日') && !text.starts_with("日常") && !text.starts_with("日志"));
    (2..=32).contains(&text.chars().count())
        && text.starts_with(fold::is_han)
        && !text.contains(['，', '。', '；', '：', '！', '？', ':', ';', '[', '［'])
        && !is_figure
}

/// What follows the clauses: annexes, bibliography, index.
pub(super) fn is_back_matter(text: &str) -> bool {
    let text = text.trim_end_matches(['：', ':']);
    let is_annex = text.strip_prefix("附录").is_some_and(|after| {
        let after = after.trim_start();
        after.is_empty()
            || (after.starts_with(|c: char| c.is_ascii_uppercase())
                && after.len() < 90
                && !characters::has_sentence_mark(after))
    });
    is_annex
        || matches!(
            text,
            "参考文献"
                | "索引"
                | "中文索引"
                | "英文索引"
                | "汉语拼音索引"
                | "英文对应词索引"
                | "条文说明"
                | "附件"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_clauses_have_many_headings() {
        for heading in [
            "术语和定义",
            "术语、定义和缩略语",
            "术语与定义",
            "术语",
            "术语和缩略语",
            "名词解释",
            "术语和定义Terms and definitions",
            "术语和定乂",
        ] {
            assert!(is_terms_heading(heading), "{heading}");
        }
        for other in ["缩略语", "术语表示方法", "总则", "", "术语和定义的起草"] {
            assert!(!is_terms_heading(other), "{other}");
        }
        assert!(is_abbreviations_heading("符号和缩略语"));
        assert!(!is_abbreviations_heading("术语和缩略语"));
    }

    #[test]
    fn headings_are_no_figures_and_no_sentences() {
        assert!(is_heading_text("个人信息保护"));
        assert!(is_heading_text("日志管理"));
        assert!(!is_heading_text("个方面"));
        assert!(!is_heading_text("年底前完成"));
        assert!(!is_heading_text("桶应有盖。"));
    }

    #[test]
    fn annexes_and_indexes_follow_the_clauses() {
        for text in ["附录A", "附录 B（资料性）桶的图", "参考文献", "索引"] {
            assert!(is_back_matter(text), "{text}");
        }
        assert!(!is_back_matter("附录A规定的桶，应有盖。"));
    }
}
