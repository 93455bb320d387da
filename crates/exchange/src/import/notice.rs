//! The notices, each written once.

use zhengming_text::message::Text;

use super::Notice;

fn at(line: usize, zh: impl Into<String>, en: impl Into<String>) -> Notice {
    Notice { line, message: Text::new(zh, en) }
}

/// The beginning of a text that is quoted in a notice.
fn quote(text: &str) -> String {
    const LONGEST: usize = 40;
    match text.char_indices().nth(LONGEST) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

pub(super) fn no_entries() -> Notice {
    at(1, "这份文件没有自己的术语条目", "the document has no entries of its own")
}

pub(super) fn page_artefact(line: usize, text: &str) -> Notice {
    let text = quote(text);
    at(
        line,
        format!("条目中的页眉、页码“{text}”已去除"),
        format!("removed a page header or number from the entry: `{text}`"),
    )
}

pub(super) fn picture(line: usize) -> Notice {
    at(line, "条目中有图，图没有导入", "the entry holds a picture, which was not imported")
}

pub(super) fn compatibility(line: usize, count: usize) -> Notice {
    at(
        line,
        format!("部首或兼容汉字已改为通用汉字，全文共 {count} 处，自本行起"),
        format!("replaced {count} radicals or compatibility characters by the usual ones, from this line on"),
    )
}

pub(super) fn spaced(line: usize, count: usize) -> Notice {
    at(
        line,
        format!("汉字之间的空格已去除，全文共 {count} 行，自本行起"),
        format!("removed spaces between Chinese characters in {count} lines, from this line on"),
    )
}

pub(super) fn dash_for_one(line: usize) -> Notice {
    at(line, "“—”按“一”读取", "read a dash as the character 一")
}

pub(super) fn one_for_dash(line: usize) -> Notice {
    at(line, "标准号中的“一”按“—”读取", "read the character 一 in a standard number as a dash")
}

pub(super) fn split_number(line: usize, number: &str) -> Notice {
    at(
        line,
        format!("条目编号断开或夹有空格，按“{number}”读取"),
        format!("the entry number is broken up; read as `{number}`"),
    )
}

pub(super) fn glued(line: usize, term: &str) -> Notice {
    at(
        line,
        format!("术语与英文连写，按“{term}”断开"),
        format!("term and English stand without a space; separated after `{term}`"),
    )
}

pub(super) fn damaged_english(line: usize, english: &str) -> Notice {
    let english = quote(english);
    at(
        line,
        format!("英文对应词疑似识别有误，照录：{english}"),
        format!("the English equivalent looks damaged and is kept as it stands: `{english}`"),
    )
}

pub(super) fn gap(line: usize, expected: &str, found: &str) -> Notice {
    at(
        line,
        format!("条目编号不连续：应为 {expected}，实为 {found}"),
        format!("entry numbers are not contiguous: expected {expected}, found {found}"),
    )
}

pub(super) fn doubled_number(line: usize, number: &str) -> Notice {
    at(
        line,
        format!("条目编号 {number} 重复或倒序"),
        format!("entry number {number} is doubled or out of order"),
    )
}

pub(super) fn doubled_entry(line: usize, term: &str, first: usize, kept: bool) -> Notice {
    if kept {
        at(
            line,
            format!("“{term}”在第 {first} 行已有条目，定义不同；两条都保留，以专业领域区分"),
            format!(
                "`{term}` has an entry in line {first} with another definition; both are kept and told apart by domain"
            ),
        )
    } else {
        at(
            line,
            format!("“{term}”与第 {first} 行的条目重复，只保留前一条"),
            format!("`{term}` repeats the entry in line {first}; only the first is kept"),
        )
    }
}

pub(super) fn shared_designation(line: usize, text: &str, owner: &str) -> Notice {
    at(
        line,
        format!("“{text}”已是“{owner}”的术语，此处不再列为许用术语"),
        format!("`{text}` already designates `{owner}` and is not listed here again"),
    )
}

pub(super) fn two_terms(line: usize, cell: &str) -> Notice {
    at(
        line,
        format!("“{cell}”一条有两个术语，拆为两个概念"),
        format!("`{cell}` holds two terms; split into two concepts"),
    )
}

pub(super) fn two_terms_one_definition(line: usize, cell: &str) -> Notice {
    at(
        line,
        format!("“{cell}”一条有两个术语，拆为两个概念，定义无法拆开，两者共用"),
        format!("`{cell}` holds two terms; split into two concepts, which share the definition"),
    )
}

pub(super) fn continued_row(line: usize) -> Notice {
    at(line, "跨页断开的行已接续到上一条", "joined a row that was broken over pages to the one before")
}

pub(super) fn repeated_header(line: usize) -> Notice {
    at(line, "重复的表头已略去", "left out a repeated header row")
}

pub(super) fn no_definition(line: usize, term: &str) -> Notice {
    at(line, format!("“{term}”没有定义"), format!("`{term}` has no definition"))
}

pub(super) fn no_term(line: usize, text: &str) -> Notice {
    let text = quote(text);
    at(line, format!("没有读出术语：“{text}”"), format!("could not read a term: `{text}`"))
}

pub(super) fn not_read(line: usize, text: &str) -> Notice {
    let text = quote(text);
    at(line, format!("没有归入任何条目：“{text}”"), format!("belongs to no entry: `{text}`"))
}

pub(super) fn term_before_number(line: usize, term: &str) -> Notice {
    at(
        line,
        format!("术语“{term}”排在编号之前，已归入后一条目"),
        format!("the term `{term}` stands before its number; moved to the entry that follows"),
    )
}

pub(super) fn admitted(line: usize, text: &str) -> Notice {
    at(
        line,
        format!("定义前的“{text}”按许用术语读取"),
        format!("read `{text}`, which stands before the definition, as an admitted term"),
    )
}

pub(super) fn group(line: usize, number: &str, title: &str) -> Notice {
    at(
        line,
        format!("{number} {title}：是分组标题，不是条目"),
        format!("{number} {title}: a heading of a group, no entry"),
    )
}

pub(super) fn abbreviations(line: usize) -> Notice {
    at(line, "缩略语一节没有导入", "the list of abbreviations was not imported")
}

pub(super) fn after_definition(line: usize, text: &str) -> Notice {
    let text = quote(text);
    at(
        line,
        format!("定义之后的句子没有导入：“{text}”"),
        format!("the sentence after the definition was not imported: `{text}`"),
    )
}

pub(super) fn unfolded(line: usize) -> Notice {
    at(
        line,
        "整页文字连成一行，已按编号断开",
        "the text of a page stands in one line; it was broken up at the clause numbers",
    )
}

pub(super) fn row_unread(line: usize, text: &str) -> Notice {
    let text = quote(text);
    at(
        line,
        format!("表中这一行没有读出：“{text}”"),
        format!("could not read this row of the table: `{text}`"),
    )
}
