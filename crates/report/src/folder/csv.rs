//! The findings as a table that spreadsheet programs open.

use zhengming_text::leaving::Leaving;
use zhengming_text::message::Lang;

use super::model::Model;
use super::words::{say, severity};

/// One line a finding. A byte order mark tells spreadsheet programs that it is UTF-8.
pub(super) fn render(model: &Model, lang: Lang) -> String {
    let mut out = String::from("\u{FEFF}");
    line(&mut out, &headings(lang));
    for row in &model.findings {
        let text = |index: usize| model.texts.get(index);
        line(
            &mut out,
            &[
                &model.documents[row.document].path,
                &row.line.to_string(),
                &row.column.to_string(),
                severity(lang, row.severity),
                model.rules[row.rule].id,
                &model.rules[row.rule].name,
                text(row.message),
                text(row.label),
                row.help.map_or("", text),
                &row.text,
                &format!("{}{}{}", row.before, row.text, row.after),
                model.place(row).unwrap_or_default(),
            ],
        );
    }
    for document in &model.documents {
        let (kind, why) = match (&document.error, &document.missed) {
            (Some(error), _) => (say(lang, "未能读取", "unreadable"), error),
            (None, Some(missed)) => (say(lang, "没有全部读到", "not read in full"), missed),
            (None, None) => continue,
        };
        line(&mut out, &[&document.path, "", "", kind, "", "", why, "", "", "", "", ""]);
    }
    out
}

fn headings(lang: Lang) -> [&'static str; 12] {
    match lang {
        Lang::Zh => [
            "文稿",
            "行",
            "列",
            "级别",
            "规则",
            "名称",
            "问题",
            "应为",
            "依据和办法",
            "原文",
            "上下文",
            "位置",
        ],
        Lang::En => [
            "path", "line", "column", "severity", "rule", "name", "message", "label", "help", "text",
            "context", "place",
        ],
    }
}

/// Whether a text begins with the headings of this table.
pub(crate) fn is_table(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    [Lang::Zh, Lang::En].iter().any(|&lang| first == headings(lang).join(","))
}

fn line(out: &mut String, cells: &[&str]) {
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        // What a document says must not be run as a formula.
        let cell = Leaving(cell).shown();
        let cell = Leaving(&cell).cell();
        if cell.contains([',', '"', '\n', '\r']) {
            out.push_str(&format!("\"{}\"", cell.replace('"', "\"\"")));
        } else {
            out.push_str(&cell);
        }
    }
    out.push_str("\r\n");
}
