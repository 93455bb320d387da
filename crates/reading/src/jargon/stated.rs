//! Sentences that say what an expression is or consists of: 即…, 包括甲、乙, …称为X, X：… in a glossary.

use zhengming_text::document::{BlockKind, Document};
use zhengming_text::fold::{self, is_han};
use zhengming_text::line_index::floor_boundary;
use zhengming_text::zh::cue;
use zhengming_text::zh::numeral;

/// Bytes of a sentence that are looked at.
const REACH: usize = 600;
/// Blocks above an entry in which the heading of its glossary is looked for.
const ABOVE: usize = 400;
/// Longest word between an expression and what is said of it, in characters: “三张清单”制度，包括….
const LONGEST_CLASS: usize = 4;
/// Shortest explanation, in characters.
const SHORTEST: usize = 4;
/// Shortest statement of what something is, in characters.
const SAID: usize = 6;
/// Shortest description before a name that is given to it, in characters.
const DESCRIBED: usize = 8;

/// Of these, what may begin a sentence.
const LINKS_BACK: [char; 2] = ['是', '即'];
/// What headings of glossaries hold.
const GLOSSARY: [&str; 6] = ["名词", "术语", "词语", "缩略语", "概念", "释义"];

/// Whether the text around `start..end` says what the expression there means.
pub(super) fn is_stated(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].trim_end_matches(|c| fold::is_quote(c) || fold::is_space(c));
    let after = &text[end..floor_boundary(text, (end + REACH).min(text.len())).max(end)];
    let quoted = after.starts_with(fold::is_quote);
    let after = after.trim_start_matches(|c| fold::is_quote(c) || fold::is_space(c));
    // “一址多照”改革，即…: what is said of it comes after its class.
    let class: usize = after.chars().take_while(|&c| is_han(c)).take(LONGEST_CLASS).map(char::len_utf8).sum();
    let later = after[class..].starts_with(['，', ',']) && is_namely(&after[class..], false);
    is_named(before)
        || is_namely(after, quoted)
        || (quoted && later)
        || is_listed(after)
        || is_said_to_be(before, after)
}

/// Whether `before` describes something and ends with the words that name it: 货物免于申报，即.
fn is_named(before: &str) -> bool {
    let from = floor_boundary(before, before.len().saturating_sub(REACH));
    let before = &before[from..];
    let namely = || {
        let head = before.strip_suffix('即')?;
        head.ends_with(['，', '（', '。', '；', ',', '(']).then_some(head)
    };
    let Some(head) = cue::NAMING.iter().find_map(|name| before.strip_suffix(name)).or_else(namely) else {
        return false;
    };
    // 这就是“X”。 names what the sentence before describes.
    let ends = ['。', '！', '？', '\n'];
    let mut sentences = head.trim_end_matches(ends).rsplit(ends);
    let described = sentences.next().unwrap_or_default();
    let is_own = !head.ends_with(ends) || before.ends_with(LINKS_BACK);
    is_own && described.chars().filter(|&c| is_han(c)).count() >= DESCRIBED
}

/// Whether `after` goes on with 即… or 指….
fn is_namely(after: &str, quoted: bool) -> bool {
    let bare = after.trim_start_matches(['，', ',']);
    let apart = quoted || bare.len() < after.len();
    let body = match bare.strip_prefix('即') {
        Some(body) if apart && !cue::is_soon(body) => body,
        _ => cue::MEANS_CERTAINLY.iter().find_map(|cue| bare.strip_prefix(cue)).unwrap_or_default(),
    };
    han_in_sentence(body) >= SHORTEST
}

/// Whether `after` goes on with the list of the parts: 包括甲、乙和丙.
fn is_listed(after: &str) -> bool {
    let class: usize = after.chars().take_while(|&c| is_han(c)).take(LONGEST_CLASS).map(char::len_utf8).sum();
    // Right after the expression, or after its class and a comma.
    let later = after[class..].strip_prefix(['，', ',']);
    let mut places = [Some(after), after.strip_prefix(['，', ',']), later].into_iter().flatten();
    let list = places.find_map(|place| cue::LISTS.iter().find_map(|cue| place.strip_prefix(cue)));
    list.is_some_and(|list| {
        let sentence = sentence(list);
        sentence.contains(['、', '；']) && han_in_sentence(list) >= SHORTEST
    })
}

/// Whether a sentence begins with the expression and says what kind of thing it is: X是一种…的….
fn is_said_to_be(before: &str, after: &str) -> bool {
    let Some(body) = after.trim_start_matches(['，', ',']).strip_prefix('是') else { return false };
    if ["所称", "所称的", "所谓", "所谓的"].iter().any(|lead| before.ends_with(lead)) {
        return han_in_sentence(body) >= SHORTEST;
    }
    let opens = before.is_empty() || before.ends_with(['。', '；', '！', '？', '\n']) || is_marker(before);
    opens
        && sentence(body).contains('的')
        && han_in_sentence(body) >= SAID
        && (cue::KINDS.iter().any(|kind| body.starts_with(kind)) || ends_with_a_kind(body))
}

/// Whether a sentence says what kind of thing something is, and not what it is worth: 整合计算资源的新型基础设施, not
/// 推动转型的重要抓手.
fn ends_with_a_kind(body: &str) -> bool {
    let said = sentence(body).split('；').next().unwrap_or_default();
    let Some((description, kind)) = said.rsplit_once('的') else { return false };
    let is_name = (2..=12).contains(&kind.chars().count()) && kind.chars().all(is_han);
    let is_told = description.chars().filter(|&c| is_han(c)).count() >= DESCRIBED;
    is_name && is_told && !cue::WORTHS.iter().any(|worth| kind.contains(worth))
}

/// Whether block number `index` is an entry of a glossary whose head is `start..end`: 元数据：描述数据的数据.
pub(super) fn is_glossary_entry(
    document: &Document,
    index: usize,
    text: &str,
    start: usize,
    end: usize,
) -> bool {
    let is_outer = |c: char| fold::is_quote(c) || fold::is_space(c) || "【】[]［］*".contains(c);
    let before = text[..start].trim_end_matches(is_outer);
    if !before.is_empty() && !is_marker(before) {
        return false;
    }
    let after = text[end..].trim_start_matches(is_outer);
    let after = match after.strip_prefix(['（', '(']) {
        Some(inner) => inner.split_once(['）', ')']).map_or("", |(_, rest)| rest),
        None => after,
    };
    let body = ["：", ":", "——", "。", "是"].iter().find_map(|cue| after.strip_prefix(cue));
    body.is_some_and(|body| han_in_sentence(body) >= SHORTEST) && is_in_glossary(document, index)
}

/// Whether a block is a footnote, or its nearest heading is that of a glossary.
fn is_in_glossary(document: &Document, index: usize) -> bool {
    if document.block(index).kind() == BlockKind::Note {
        return true;
    }
    let mut above = (index.saturating_sub(ABOVE)..index).rev().map(|at| document.block(at));
    let heading = above.find(|block| matches!(block.kind(), BlockKind::Heading(_)));
    heading.is_some_and(|heading| GLOSSARY.iter().any(|word| heading.text().contains(word)))
}

/// The number or bullet of an item: 1., （一）, ——.
fn is_marker(before: &str) -> bool {
    before.len() <= 16 && !before.contains(|c: char| is_han(c) && !numeral::is_han(c))
}

fn sentence(text: &str) -> &str {
    let near = &text[..floor_boundary(text, REACH.min(text.len()))];
    near.split(['。', '\n']).next().unwrap_or(near)
}

fn han_in_sentence(text: &str) -> usize {
    sentence(text).chars().filter(|&c| is_han(c)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(marked: &str) -> bool {
        let start = marked.find('«').unwrap();
        let end = marked.find('»').unwrap() - '«'.len_utf8();
        is_stated(&marked.replace(['«', '»'], ""), start, end)
    }

    #[test]
    fn sentences_that_say_what_a_thing_is_are_told_from_those_that_use_it() {
        for marked in [
            "货物从境外进入免于申报，即“«一线放开»”",
            "货物从境外进入免于申报。这就是“«一线放开»”",
            "这一免于申报进入特区的做法称为«一线放开»",
            "“«三张清单»”包括需求清单、场景清单和改革清单",
            "“«三张清单»”制度，包括需求清单、场景清单和改革清单",
            "“«七个关键»”分别是甲关、乙关、丙关",
            "落实“«双百行动»”，即一百个项目、一百家企业",
            "推行“«一址多照»”改革，即同一地址登记多个市场主体",
            "“«四个一批»”是指谋划一批、启动一批",
            "本方案所称的«元数据»，是关于数据的数据",
            "«元数据»是描述其他数据的一类基础数据。",
            "«算力网»是整合多地计算、存储和网络资源的新型数字基础设施。",
        ] {
            assert!(stated(marked), "{marked}");
        }
        for marked in [
            "推行«揭榜挂帅»，即将启动",
            "推行“«揭榜挂帅»”机制，即时公布结果",
            "推行“«揭榜挂帅»”，加强监督，即发现问题就整改",
            "随即«揭榜挂帅»",
            "“«三张清单»”包括在内",
            "“«三张清单»”即可完成",
            "完善«数据要素»指标体系",
            "«元数据»是重要的基础资源",
            "«算力网»是推动各行各业数字化转型的重要抓手。",
            "推进«元数据»是一项长期的艰苦的基础工作",
            "各单位称为“«揭榜挂帅»”",
            "建设“«三张清单»”，推进改革，包括甲、乙",
        ] {
            assert!(!stated(marked), "{marked}");
        }
    }
}
