//! The organ that issued a document and the number that it issued it under.

use zhengming_text::document::Document;
use zhengming_text::fold;

use super::place::{FOOT, HEAD, ORGANS, bare, short_line};
use zhengming_text::zh::mark;

/// Longest name of an organ, in characters.
const LONGEST: usize = 30;

/// The number of the document that stands on a line of the head: 浙政办发〔2023〕5号, 发文字号：国办发〔2024〕3号.
pub(super) fn number(document: &Document) -> Option<String> {
    document.blocks().take(HEAD).find_map(|block| {
        let line = short_line(block)?;
        let at = line.find(mark::OPEN_SQUARE)?;
        let close = at + line[at..].find(mark::CLOSE_SQUARE)?;
        let end = close + line[close..].find('号')? + '号'.len_utf8();
        let begins = |c: char| !fold::is_han(c);
        let start = line[..at]
            .rfind(begins)
            .map_or(0, |mark| mark + line[mark..].chars().next().map_or(1, char::len_utf8));
        let is_year = line[at..close].chars().filter(char::is_ascii_digit).count() == 4;
        let is_end = line[end..].chars().all(|c| "）)".contains(c));
        (is_year && is_end && start < at).then(|| line[start..end].to_owned())
    })
}

/// The organ of the letterhead, of the title, or of the signature.
pub(super) fn issuer(document: &Document, title: Option<&str>) -> Option<String> {
    letterhead(document).or_else(|| title.and_then(of_title)).or_else(|| signature(document))
}

/// 浙江省人民政府办公厅文件.
fn letterhead(document: &Document) -> Option<String> {
    document.blocks().take(HEAD).find_map(|block| {
        let line = short_line(block)?;
        let organ = line.strip_suffix("文件")?;
        is_organ(organ).then(|| organ.to_owned())
    })
}

/// What a title says before 关于: 国务院办公厅关于….
fn of_title(title: &str) -> Option<String> {
    let title = bare(title);
    let (organ, _) = title.split_once("关于")?;
    is_organ(organ).then(|| organ.to_owned())
}

/// The organ above the date at the foot, or on its line.
fn signature(document: &Document) -> Option<String> {
    let count = document.blocks().len();
    let foot = (count.saturating_sub(FOOT).max(HEAD.min(count))..count).rev();
    foot.map(|index| document.block(index)).find_map(|block| {
        let line = short_line(block)?;
        let organ = line.find(|c: char| c.is_ascii_digit()).map_or(line.as_str(), |at| &line[..at]);
        is_organ(organ).then(|| organ.to_owned())
    })
}

/// Whether a text is the name of an organ and nothing else.
fn is_organ(text: &str) -> bool {
    let ends = ["国务院", "全国人民代表大会常务委员会", "人民代表大会", "部", "总局", "中共中央"];
    let is_name =
        (3..=LONGEST).contains(&text.chars().count()) && text.chars().all(|c| fold::is_han(c) || c == '、');
    is_name && (ORGANS.iter().any(|end| text.ends_with(end)) || ends.iter().any(|end| text.ends_with(end)))
}
