//! The words that folder reports are made of, in both languages.

use zhengming_terms::register::Standing;
use zhengming_text::diagnostic::Severity;
use zhengming_text::message::Lang;

use super::Day;
use super::model::{About, CitationRow, Model};

/// `zh` or `en`.
pub(super) fn say(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// What a report says first: the folders, and the day by which terms and standards are judged.
pub(super) fn about(lang: Lang, model: &Model) -> Vec<(&'static str, String)> {
    let Some(About { folders, day }) = &model.about else { return Vec::new() };
    let undated = model.documents.iter().filter(|row| row.error.is_none() && row.date.is_none()).count();
    let day = match (day, lang) {
        (Day::All(day), Lang::Zh) => format!("{}（全部文稿）", day.in_chinese()),
        (Day::All(day), Lang::En) => format!("{day}, for all documents"),
        (Day::Own(Some(today)), Lang::Zh) if undated > 0 => {
            format!("各文稿自己的日期；没有日期的 {undated} 份按{}", today.in_chinese())
        }
        (Day::Own(Some(today)), Lang::En) if undated > 0 => {
            format!("the date of each document; {undated} without one as of {today}")
        }
        (Day::Own(_), Lang::Zh) => "各文稿自己的日期".to_owned(),
        (Day::Own(_), Lang::En) => "the date of each document".to_owned(),
    };
    vec![
        (say(lang, "检查范围", "Folders"), folders.join(say(lang, "、", ", "))),
        (say(lang, "术语和标准的状态按", "Terms and standards as of"), day),
    ]
}

pub(super) fn severity(lang: Lang, severity: Severity) -> &'static str {
    match severity {
        Severity::Error => say(lang, "错误", "error"),
        Severity::Warning => say(lang, "警告", "warning"),
        Severity::Info => say(lang, "提示", "info"),
    }
}

/// How a spelling stands.
pub(super) fn spelling(lang: Lang, standing: &str) -> &'static str {
    match standing {
        "preferred" => say(lang, "规范", "preferred"),
        "admitted" => say(lang, "可用", "admitted"),
        "deprecated" => say(lang, "不宜用", "deprecated"),
        "superseded" => say(lang, "旧称", "superseded"),
        _ => say(lang, "不规范", "variant"),
    }
}

/// How the edition that a citation names stands.
pub(super) fn edition(lang: Lang, row: &CitationRow) -> &'static str {
    match row.standing {
        None if row.edition.is_none() => say(lang, "未注版次", "no edition named"),
        None | Some(Standing::Unknown) => say(lang, "未收录", "not known"),
        Some(Standing::Draft) => say(lang, "征求意见稿", "draft"),
        Some(Standing::Pending) => say(lang, "尚未实施", "pending"),
        Some(Standing::Current) => say(lang, "现行", "in force"),
        Some(Standing::Superseded) => say(lang, "被代替", "superseded"),
        Some(Standing::Withdrawn) => say(lang, "废止", "withdrawn"),
        Some(Standing::Nonexistent) => say(lang, "查无此版", "does not exist"),
    }
}
