//! How a report is known again when it lies among the documents that it is about.

use crate::generator::{GENERATOR, comment, generator};

/// Bytes of a file that [`is_report`] needs.
pub const REPORT_START: usize = 4096;

/// Whether a file that begins with these bytes is a report that this program wrote: on a folder in any format, or
/// findings for people ([`OutputFormat::Pretty`](crate::OutputFormat), `Concise`).
pub fn is_report(start: &[u8]) -> bool {
    let start = &start[..start.len().min(REPORT_START)];
    if start.starts_with(b"PK") {
        let mark = format!("<Application>{GENERATOR}</Application>");
        return start.windows(mark.len()).any(|bytes| bytes == mark.as_bytes());
    }
    if !begins_like_one(start) {
        return false;
    }
    let text = match std::str::from_utf8(start) {
        Ok(text) => text,
        // The last character may be cut.
        Err(error) => std::str::from_utf8(&start[..error.valid_up_to()]).unwrap_or_default(),
    };
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    text.starts_with(&comment())
        || (text.starts_with("<!doctype html>") && text.contains(&generator()))
        || crate::folder::is_table(text)
        || is_concise(text)
        || is_pretty(text)
}

/// Whether the first line is no ordinary Chinese one: hardly a document has to be looked at further.
fn begins_like_one(start: &[u8]) -> bool {
    let line = start.split(|&byte| byte == b'\n').next().unwrap_or_default();
    // A table has commas, a finding a colon; what else a report begins with is one of these or a rule, whose id stands
    // in brackets at the end.
    let begins = ["\u{FEFF}", "<", "共检查 ", "  × "];
    line.is_ascii()
        || line.contains(&b',')
        || line.ends_with(b"]")
        || line.windows(2).any(|pair| pair == b": ")
        || begins.iter().any(|begin| line.starts_with(begin.as_bytes()))
}

/// `path:1:2: warning[rule] message`
fn is_concise(text: &str) -> bool {
    let Some(line) = text.lines().find(|line| !line.contains(": error: ")) else { return false };
    let names_rule = |rest: &str| rest.split_once("] ").is_some_and(|(rule, _)| is_rule(rule));
    let marks = [": error[", ": warning[", ": info["];
    marks.iter().any(|mark| line.split_once(mark).is_some_and(|(_, rest)| names_rule(rest)))
}

/// The rule (before 0.2 only its id) and an empty line, then the mark of the severity; or only the summary.
fn is_pretty(text: &str) -> bool {
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    let id = first.strip_suffix(']').and_then(|first| first.rsplit_once(" [")).map_or(first, |(_, id)| id);
    if is_rule(id) && lines.next() == Some("") {
        return lines
            .next()
            .is_some_and(|line| ["  ×", "  ⚠", "  ☞"].iter().any(|mark| line.starts_with(mark)));
    }
    let is_summary = |line: &str| {
        (line.starts_with("共检查 ") && line.contains(" 个文件，"))
            || (line.starts_with("checked ") && line.contains(" file"))
    };
    let is_error = |line: &str| line.starts_with("  × ");
    text.lines().all(|line| line.is_empty() || is_error(line) || is_summary(line))
        && text.lines().last().is_some_and(is_summary)
}

fn is_rule(name: &str) -> bool {
    name.contains('-') && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::is_report;

    #[test]
    fn what_only_looks_like_a_report_is_a_document() {
        let documents = [
            "",
            "# 术语检查报告\n\n共检查 3 份文稿。\n",
            "共检查 3 个文件，发现问题如下。\n\n一、用语不规范。\n",
            "文稿,行,列\n方案,1,2\n",
            "<!doctype html>\n<meta name=\"generator\" content=\"Hugo\">\n",
            "编译输出：main.rs:3: warning[unused] 变量没有用到\n",
            "data-element\n\n数据元是指……\n",
            "PK\u{3}\u{4}<Application>Microsoft Excel</Application>",
        ];
        for document in documents {
            assert!(!is_report(document.as_bytes()), "{document}");
        }
        // A character that is cut, and bytes of no encoding.
        assert!(!is_report(&"数据".as_bytes()[..4]));
        assert!(!is_report(&[0xFF, 0xFE, 0x00, 0xD8]));
    }

    #[test]
    fn findings_in_a_file_are_known_again() {
        let reports = [
            "a.md:3:9: warning[confusable-term] “数据高铁”易与“数据归集”相混\n",
            "坏.docx: error: 无法读取\na.docx: 第1段: error[nonstandard-variant] 浙政盯\n",
            "易混用语 [confusable-term]\n\n  ⚠ 警告：“数据高铁”易与“数据归集”相混\n",
            "共检查 2 个文件，未发现问题\n",
            "checked 2 files, no problems found\n",
        ];
        for report in reports {
            assert!(is_report(report.as_bytes()), "{report}");
        }
    }
}
