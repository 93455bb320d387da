//! The words that folder reports are made of, in both languages.

use zhengming_core::diagnostic::Severity;
use zhengming_core::message::Lang;
use zhengming_core::register::Standing;

use super::model::CitationRow;

/// `zh` or `en`.
pub(super) fn say(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
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
