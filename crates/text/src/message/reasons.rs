//! What the system and libraries say in English, in Chinese: the usual reasons why something cannot be read.

use std::fmt;
use std::io;

use super::Text;

/// A refusal of the program's own that travels as an [`io::Error`], with its words.
#[derive(Debug)]
struct Refusal(Text);

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.en)
    }
}

impl std::error::Error for Refusal {}

/// An error of this kind of which `why` is said.
pub fn io_refusal(kind: io::ErrorKind, why: Text) -> io::Error {
    io::Error::new(kind, Refusal(why))
}

/// Why the system refuses, in Chinese.
pub fn io_reason_zh(error: &io::Error) -> String {
    if let Some(Refusal(why)) = error.get_ref().and_then(|inner| inner.downcast_ref()) {
        return why.zh.clone();
    }
    use io::ErrorKind as Kind;
    let reason = match error.kind() {
        Kind::NotFound => "没有这个文件或文件夹",
        Kind::PermissionDenied => "没有权限",
        Kind::IsADirectory => "这是文件夹",
        Kind::NotADirectory => "路径中有一段不是文件夹",
        Kind::AlreadyExists => "已经存在",
        Kind::InvalidFilename => "文件名太长或不合法",
        Kind::ReadOnlyFilesystem => "文件系统只读",
        Kind::StorageFull => "磁盘已满",
        Kind::QuotaExceeded => "磁盘配额已用完",
        Kind::FileTooLarge => "文件太大",
        Kind::OutOfMemory => "内存不足",
        Kind::TimedOut => "超时",
        Kind::UnexpectedEof => "内容不完整",
        Kind::ResourceBusy | Kind::ExecutableFileBusy => "正被别的程序使用",
        Kind::InvalidData if error.to_string().contains("UTF-8") => "不是 UTF-8 文本",
        _ => return format!("系统报告“{error}”"),
    };
    reason.to_owned()
}

/// Phrases that stand for themselves; what a message begins with decides.
const PHRASES: [(&str, &str); 34] = [
    ("invalid digit found in string", "应为整数"),
    ("cannot parse integer from empty string", "应为整数"),
    ("number too large", "数太大"),
    ("number too small", "数太小"),
    ("invalid float literal", "应为数"),
    ("duplicate key", "键重复"),
    ("duplicate field", "键重复"),
    ("cannot extend", "表或数组已经定义过，不能再加"),
    ("unclosed table", "表名没有写完"),
    ("unclosed array", "数组没有写完"),
    ("unclosed inline table", "表没有写完"),
    ("invalid basic string", "字符串没有写完"),
    ("invalid literal string", "字符串没有写完"),
    ("invalid multi-line", "字符串没有写完"),
    ("unquoted keys cannot be empty", "缺少键"),
    ("unquoted string", "字符串应加引号"),
    ("string values must be quoted", "字符串应加引号"),
    ("invalid unquoted key", "键应加引号"),
    ("key with no value", "键后面没有值"),
    ("missing value", "缺少值"),
    ("missing key", "缺少键"),
    ("missing assignment", "缺少等号"),
    ("missing opening quote", "缺少引号"),
    ("unexpected key or value", "多余的内容"),
    ("missing escaped value", "反斜线后面的字符不对"),
    ("invalid escape", "反斜线后面的字符不对"),
    ("invalid date", "日期不对"),
    ("invalid time", "时间不对"),
    ("EOF while parsing", "没有写完"),
    ("trailing characters", "后面有多余的内容"),
    ("trailing comma", "多了一个逗号"),
    ("expected value", "此处应有一个值"),
    ("expected ident", "此处应有一个值"),
    ("key must be a string", "键应加引号"),
];

/// Why a library cannot read something, in Chinese where the reason is usual; else its own words.
pub fn reason_zh(english: &str) -> String {
    let (english, place) = without_place(english.trim());
    of_fields(english)
        .or_else(|| of_types(english))
        .or_else(|| of_syntax(english))
        .map_or_else(|| format!("{english}{place}"), |reason| format!("{reason}{place}"))
}

/// `… at line 3 column 7`, as JSON has it.
fn without_place(english: &str) -> (&str, String) {
    let parts = english.rsplit_once(" at line ").and_then(|(message, place)| {
        let (line, column) = place.split_once(" column ")?;
        let (line, column): (usize, usize) = (line.parse().ok()?, column.parse().ok()?);
        Some((message, format!("（第 {line} 行第 {column} 列）")))
    });
    parts.unwrap_or((english, String::new()))
}

/// unknown field `a`, expected one of `b`, `c`
fn of_fields(english: &str) -> Option<String> {
    for (start, zh) in [
        ("unknown field `", "没有键“"),
        ("unknown variant `", "不认识“"),
        ("missing field `", "缺少键“"),
        ("duplicate field `", "键重复：“"),
    ] {
        let Some((name, rest)) = english.strip_prefix(start).and_then(|rest| rest.split_once('`')) else {
            continue;
        };
        let known: Vec<&str> = rest.split('`').skip(1).step_by(2).collect();
        let known =
            if known.is_empty() { String::new() } else { format!("，可用：{}", known.join("、")) };
        return Some(format!("{zh}{name}”{known}"));
    }
    None
}

/// invalid type: integer `1`, expected a string
fn of_types(english: &str) -> Option<String> {
    let rest = ["invalid type: ", "invalid value: "].iter().find_map(|start| english.strip_prefix(start))?;
    let (found, expected) = rest.split_once(", expected ")?;
    Some(format!("值是{}，应为{}", kind(found), kind(expected)))
}

fn kind(english: &str) -> String {
    let (word, value) = match english.split_once(['`', '"']) {
        Some((word, value)) => (word.trim(), format!(" {}", value.trim_end_matches(['`', '"']))),
        None => (english.trim(), String::new()),
    };
    let zh = match word.trim_start_matches("a ").trim_start_matches("an ") {
        "string" | "borrowed string" => "字符串",
        "integer" | "u8" | "u16" | "u32" | "u64" | "usize" | "i64" => "整数",
        "floating point" | "f64" => "小数",
        "boolean" => "布尔值",
        "sequence" | "array" => "数组",
        "map" => "表",
        "null" => "空值",
        "unit" => "空值",
        other if other.starts_with("struct ") => "表",
        _ => return format!(" {english}"),
    };
    format!("{zh}{value}")
}

/// unclosed table, expected `]`
fn of_syntax(english: &str) -> Option<String> {
    if let Some(mark) = english.strip_prefix("expected `") {
        return Some(format!("应有 {}", mark.replace("` or `", " 或 ").trim_end_matches('`')));
    }
    let expected = english.rsplit_once(", expected ").map(|(_, expected)| expected);
    let known = PHRASES.iter().find(|(start, _)| english.starts_with(start)).map(|(_, zh)| *zh);
    let zh = known.or(expected.filter(|mark| mark.starts_with('`')).map(|_| "写法不对"))?.to_owned();
    Some(match expected {
        Some(mark) if mark.starts_with('`') && mark.ends_with('`') => {
            format!("{zh}，应有 {}", mark.replace("`, `", "、").trim_matches('`'))
        }
        _ => zh,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_reasons_are_told_in_chinese() {
        for (english, expected) in [
            ("unknown field `foo`, expected one of `id`, `term`", "没有键“foo”，可用：id、term"),
            ("missing field `id` at line 1 column 9", "缺少键“id”（第 1 行第 9 列）"),
            ("invalid type: integer `1`, expected a string", "值是整数 1，应为字符串"),
            ("invalid type: string \"a\", expected a boolean", "值是字符串 a，应为布尔值"),
            ("invalid type: map, expected a sequence", "值是表，应为数组"),
            ("unclosed table, expected `]`", "表名没有写完，应有 ]"),
            ("invalid basic string, expected `\"`", "字符串没有写完，应有 \""),
            ("EOF while parsing a value at line 1 column 5", "没有写完（第 1 行第 5 列）"),
            ("invalid digit found in string", "应为整数"),
            ("something rare happened", "something rare happened"),
        ] {
            assert_eq!(reason_zh(english), expected, "{english}");
        }
    }

    fn has_words(text: &str) -> bool {
        text.split(|c: char| !c.is_ascii_alphabetic()).any(|word| word.len() > 1)
    }

    #[test]
    fn what_toml_and_json_say_is_known() {
        for text in [
            "lang = \"zh",
            "a = [1",
            "[a",
            "a = 1\na = 2",
            "a",
            "= 1",
            "a = ",
            "a = 2024-13-01",
            "a = zh",
            "a = 'x",
            "a = \"\\q\"",
            "a = { b = 1",
            "a b = 1",
            "a = 1 2",
            "[a]\n[a]",
            "a = \"\"\"x",
        ] {
            let error = text.parse::<toml::Table>().unwrap_err();
            let zh = reason_zh(error.message());
            assert!(!has_words(&zh), "{text}: {zh} ({})", error.message());
        }
        for error in [
            "EOF while parsing a value at line 1 column 0",
            "EOF while parsing an object at line 1 column 1",
            "expected `:` at line 1 column 6",
            "expected `,` or `}` at line 1 column 6",
            "trailing comma at line 1 column 4",
            "trailing characters at line 1 column 4",
            "key must be a string at line 1 column 2",
            "expected ident at line 1 column 3",
        ] {
            let zh = reason_zh(error);
            assert!(!has_words(&zh), "{zh} ({error})");
        }
    }

    #[test]
    fn the_system_is_told_in_chinese() {
        for kind in [io::ErrorKind::NotFound, io::ErrorKind::PermissionDenied, io::ErrorKind::NotADirectory] {
            assert!(!io_reason_zh(&kind.into()).contains(|c: char| c.is_ascii()));
        }
    }
}
