//! Where a name begins that ends at a place, and where one ends that begins there.

use zhengming_terms::boundary;
use zhengming_terms::lexicon::Lexicon;
use zhengming_text::fold;
use zhengming_text::span::TextRange;
use zhengming_text::zh::{cue, mark, marker, numeral};

/// Longest name without marks, in characters.
const LONGEST: usize = 30;
/// Fewest characters that are left of a name when what leads to it is taken off.
const SHORTEST: usize = 3;
/// Nouns with which a name is complete before 和 and another one.
const WHOLE: [&str; 8] = ["系统", "平台", "软件", "模型", "终端", "网络", "中心", "小程序"];
/// What a number before it counts, and is part of the name then: 5个工程, 3大平台.
const COUNTED: [char; 10] = ['大', '类', '种', '项', '个', '张', '条', '方', '级', '年'];
/// Characters before 等 with which it is part of a word: 高等, 同等.
const BEFORE_AND_SO_ON: &str = "高平同中初不相对头优劣上下";

/// The name that ends at `end`: what stands between its marks, or the words back to what leads to them. Where ordinary
/// words are known, it begins after the verb that governs it, too.
pub(super) fn before(text: &str, end: usize, lexicon: Option<&Lexicon>) -> Option<TextRange> {
    let before = text[..end].trim_end_matches(fold::is_space);
    let last = before.chars().next_back()?;
    if let Some(at) = mark::CLOSE_QUOTES.iter().position(|&close| close == last) {
        let open = before.rfind(mark::OPEN_QUOTES[at])?;
        let start = open + mark::OPEN_QUOTES[at].len_utf8();
        let range = TextRange::new(start, before.len() - last.len_utf8());
        return (!range.is_empty() && text[range.range()].chars().count() <= LONGEST).then_some(range);
    }
    // Layout may stand between any two characters, so the words are looked for without it.
    let mut places: Vec<usize> = Vec::new();
    let mut flat = String::new();
    for (at, c) in before.char_indices().rev() {
        if fold::is_space(c) || fold::is_zero_width(c) {
            continue;
        }
        if !fold::is_han(c) && !c.is_ascii_alphanumeric() && !matches!(c, '-' | '+' | '·') {
            break;
        }
        places.push(at);
        flat.insert(0, c);
        if places.len() >= LONGEST {
            break;
        }
    }
    places.reverse();
    let skipped = flat.len() - without_leads(&flat).len();
    let skipped = flat[..skipped].chars().count();
    let start = *places.get(skipped)?;
    let name = TextRange::new(start, before.len());
    Some(lexicon.map_or(name, |lexicon| boundary::after_verbs(lexicon, text, name)))
}

/// `words` without what leads to the name with which they end.
fn without_leads(words: &str) -> &str {
    let mut name = words;
    let fits = |rest: &str| rest.chars().count() >= SHORTEST;
    // 第十三条见义勇为人员: the number of the article.
    name = Some(marker::strip(name)).filter(|rest| fits(rest)).unwrap_or(name);
    for lead in cue::LEADS {
        if let Some(at) = name.rfind(lead).map(|at| at + lead.len()).filter(|&at| fits(&name[at..])) {
            name = &name[at..];
        }
    }
    if let Some(at) = name.rfind('的').map(|at| at + '的'.len_utf8()).filter(|&at| fits(&name[at..])) {
        name = &name[at..];
    }
    if let Some((head, rest)) = name.rsplit_once('等')
        && fits(rest)
        && !rest.starts_with(['级', '次', '于', '离'])
        && !head.ends_with(|c| BEFORE_AND_SO_ON.contains(c) || numeral::is_numeral(c))
    {
        name = rest;
    }
    // 甲系统和乙系统（ABC）: two names; 公共管理和服务机构 and 计划与排程系统 are one.
    for joint in mark::JOINTS {
        if let Some((head, rest)) = name.rsplit_once(joint)
            && fits(rest)
            && (head.is_empty() || cue::ends_with_any(head, &WHOLE).is_some())
        {
            name = rest;
        }
    }
    // 19模型即服务: the number of a row or item.
    let unnumbered = name.trim_start_matches(|c: char| c.is_ascii_digit());
    if unnumbered.starts_with(fold::is_han) && !unnumbered.starts_with(COUNTED) && fits(unnumbered) {
        name = unnumbered;
    }
    while let Some(rest) =
        cue::OPENERS.iter().find_map(|word| name.strip_prefix(word)).filter(|rest| fits(rest))
        && !rest.starts_with("程序")
    {
        name = rest;
    }
    name.strip_prefix(['为', '对', '以', '在', '与', '和', '及', '或', '将'])
        .filter(|rest| fits(rest))
        .unwrap_or(name)
}

/// The name that begins at `start`: up to a mark, and no further than the noun that says what it names, unless the name
/// goes on with another one.
pub(super) fn after(text: &str, start: usize) -> TextRange {
    let mut end = start;
    let mut flat = String::new();
    let mut ends: Vec<usize> = Vec::new();
    for (at, c) in text[start..].char_indices() {
        if fold::is_space(c) || fold::is_zero_width(c) {
            continue;
        }
        if !fold::is_han(c) && !c.is_ascii_alphanumeric() || ends.len() >= LONGEST {
            break;
        }
        end = start + at + c.len_utf8();
        flat.push(c);
        ends.push(end);
    }
    // 五类可信数据空间建设和应用推广 names 五类可信数据空间.
    let class = cue::CLASSES.iter().filter_map(|class| {
        let at = flat.find(class).filter(|&at| flat[..at].chars().count() >= 2)?;
        Some(at + class.len())
    });
    if let Some(at) = class.min() {
        let mut at = at;
        while let Some(more) = cue::CLASSES.iter().find(|class| flat[at..].starts_with(**class)) {
            at += more.len();
        }
        // 产业园, 产业链: one more character makes another class of it.
        at += flat[at..].chars().next().filter(|c| "园链群带库网港圈".contains(*c)).map_or(0, char::len_utf8);
        end = ends[flat[..at].chars().count() - 1];
    }
    TextRange::new(start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_begins_after_what_leads_to_it() {
        for (text, name) in [
            ("打造符合医药质⏎量管理规范体系", "医药质⏎量管理规范体系"),
            ("推行企业首席数据官", "企业首席数据官"),
            ("应用高级计划与排程系统", "高级计划与排程系统"),
            ("通过应用程序接口", "应用程序接口"),
            ("图像识别以及大模型等人工智能", "人工智能"),
            ("集成的供应链管理系统", "供应链管理系统"),
            ("生产管理系统和生产执行系统", "生产执行系统"),
            ("加强公共管理和服务机构", "公共管理和服务机构"),
            ("部 署 实 验 室 信 息 管 理 系 统", "实 验 室 信 息 管 理 系 统"),
            ("建设“一表通”", "一表通"),
            ("开展高等教育学籍管理", "高等教育学籍管理"),
            ("数字中国建设峰会", "数字中国建设峰会"),
        ] {
            let text = text.replace('⏎', "\n");
            let found = before(&text, text.len(), None).map(|range| text[range.range()].to_owned());
            assert_eq!(found, Some(name.replace('⏎', "\n")), "{text}");
        }
        assert_eq!(before("，", "，".len(), None), None);
    }

    #[test]
    fn a_name_ends_with_its_class() {
        for (text, name) in [
            ("五类可信数据空间建设和应用推广", "五类可信数据空间"),
            ("智能协同缝制系统。推广", "智能协同缝制系统"),
            ("6大重点领域广泛深度融合", "6大重点领域"),
            ("数据服务平台体系", "数据服务平台体系"),
            ("一表通，", "一表通"),
        ] {
            assert_eq!(&text[after(text, 0).range()], name, "{text}");
        }
    }
}
