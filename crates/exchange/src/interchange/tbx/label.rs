//! Labels of TBX notes. TBX-Basic knows one untyped kind of note; what a dictionary holds beyond its
//! categories stands in notes that begin with a label, so that people and other tools can read it too.

/// What a note holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Label {
    Note,
    Example,
    Clause,
    Id,
    Heading,
    Responsible,
    Matching,
    Variant,
    Relation,
    Usage,
    Since,
    Remark,
    Dictionary,
}

impl Label {
    const ALL: [(Self, &'static str); 13] = [
        (Self::Note, "注"),
        (Self::Example, "示例"),
        (Self::Clause, "条目编号"),
        (Self::Id, "概念标识"),
        (Self::Heading, "原标题"),
        (Self::Responsible, "解释单位"),
        (Self::Matching, "匹配方式"),
        (Self::Variant, "变体"),
        (Self::Relation, "关系"),
        (Self::Usage, "名称类别"),
        (Self::Since, "起始日期"),
        (Self::Remark, "名称说明"),
        (Self::Dictionary, "词典"),
    ];

    /// `text` under this label.
    pub(crate) fn before(self, text: &str) -> String {
        let name = Self::ALL.iter().find(|(label, _)| *label == self).map_or("", |(_, name)| name);
        format!("{name}：{text}")
    }

    /// `text` as a note; without label if it cannot be mistaken for something else.
    pub(crate) fn plain_note(text: &str) -> String {
        if split(text).is_some() { Self::Note.before(text) } else { text.to_owned() }
    }
}

/// The label and what follows it. Notes and examples may be numbered: 注1：
pub(super) fn split(text: &str) -> Option<(Label, &str)> {
    for (label, name) in Label::ALL {
        let Some(rest) = text.strip_prefix(name) else { continue };
        let rest = match label {
            Label::Note | Label::Example => {
                rest.trim_start_matches(' ').trim_start_matches(|c: char| c.is_ascii_digit())
            }
            _ => rest,
        };
        let colon = if matches!(label, Label::Note | Label::Example) { &['：', ':'][..] } else { &['：'] };
        if let Some(rest) = rest.strip_prefix(colon) {
            return Some((label, rest));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_that_looks_labelled_is_labelled_itself() {
        assert_eq!(Label::plain_note("包括四横四纵。"), "包括四横四纵。");
        assert_eq!(Label::plain_note("注1：见下。"), "注：注1：见下。");
        assert_eq!(split("注：注1：见下。"), Some((Label::Note, "注1：见下。")));
        assert_eq!(split("注 2：见下。"), Some((Label::Note, "见下。")));
        assert_eq!(split("注意事项：略"), None);
    }
}
