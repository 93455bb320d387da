//! The words around the entries of a difference, in both languages.

use zhengming_terms::diff::{Degree, Field, Redefinition};
use zhengming_text::message::Lang;

/// The words around the entries, in one language.
pub(super) struct Words {
    lang: Lang,
    pub(super) added: &'static str,
    pub(super) removed: &'static str,
    pub(super) changed: &'static str,
    pub(super) definition: &'static str,
}

static ZH: Words =
    Words { lang: Lang::Zh, added: "新增", removed: "删去", changed: "有改动", definition: "定义" };
static EN: Words = Words {
    lang: Lang::En,
    added: "Added",
    removed: "Removed",
    changed: "Changed",
    definition: "definition",
};

impl Words {
    pub(super) fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::Zh => &ZH,
            Lang::En => &EN,
        }
    }

    fn pick(&self, zh: &'static str, en: &'static str) -> &'static str {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    pub(super) fn counted(&self, title: &str, count: usize) -> String {
        match self.lang {
            Lang::Zh => format!("{title}（{count}）"),
            Lang::En => format!("{title} ({count})"),
        }
    }

    pub(super) fn labelled(&self, label: &str, remark: &str) -> String {
        match (self.lang, remark) {
            (Lang::Zh, "") => format!("{label}："),
            (Lang::Zh, remark) => format!("{label}（{remark}）："),
            (Lang::En, "") => format!("{label}: "),
            (Lang::En, remark) => format!("{label} ({remark}): "),
        }
    }

    pub(super) fn inferred(&self, similarity: f64) -> String {
        match self.lang {
            Lang::Zh => format!("（推定为同一概念：定义相似度 {similarity:.2}）"),
            Lang::En => format!(" (taken for one concept: similarity of definitions {similarity:.2})"),
        }
    }

    pub(super) fn degree(&self, definition: &Redefinition) -> String {
        let degree = match definition.degree() {
            Degree::Editorial => self.pick("文字微调", "trivial edits"),
            Degree::Adapted => self.pick("改写", "adapted"),
            Degree::Unclear => self.pick("出入较大", "much changed"),
            Degree::Replaced => self.pick("重新定义", "defined anew"),
        };
        let similarity = definition.similarity;
        match self.lang {
            Lang::Zh => format!("{degree}，相似度 {similarity:.2}"),
            Lang::En => format!("{degree}, similarity {similarity:.2}"),
        }
    }

    pub(super) fn field(&self, field: Field) -> &'static str {
        match field {
            Field::OtherNames => self.pick("其他名称", "other names"),
            Field::English => self.pick("英文对应词", "English"),
            Field::Domain => self.pick("专业领域", "domain"),
            Field::Notes => self.pick("注", "notes"),
            Field::Examples => self.pick("示例", "examples"),
            Field::Source => self.pick("来源", "source"),
            Field::Responsible => self.pick("解释单位", "responsible"),
        }
    }
}
