//! What an issuing notice says of a dictionary: 新增了“体育大脑”、“智慧健身”等3个定义解释.

/// One announcement of changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Announcement {
    /// What was done.
    pub(super) action: Action,
    /// The verb, as the notice writes it.
    pub(super) verb: &'static str,
    /// The names between quotation marks.
    pub(super) names: Vec<String>,
    /// How many there are said to be.
    pub(super) count: Option<usize>,
}

/// What a notice says was done with entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    Added,
    Changed,
    Removed,
}

/// The longer first where one begins another.
const VERBS: [(&str, Action); 14] = [
    ("新增", Action::Added),
    ("增加", Action::Added),
    ("增补", Action::Added),
    ("增设", Action::Added),
    ("迭代", Action::Changed),
    ("更新", Action::Changed),
    ("修订", Action::Changed),
    ("修改", Action::Changed),
    ("调整", Action::Changed),
    ("完善", Action::Changed),
    ("删除", Action::Removed),
    ("删去", Action::Removed),
    ("取消", Action::Removed),
    ("废止", Action::Removed),
];
use zhengming_text::zh::numeral;

/// Words that may stand between a verb and the first name.
const BETWEEN: [&str; 7] = ["了", "升级", "以下", "术语", "定义", "名词", "："];

/// The announcements in `notice`, in order. A verb counts only if names in quotation marks follow it.
pub(super) fn announcements(notice: &str) -> Vec<Announcement> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some((start, verb, action)) = next_verb(notice, at) {
        at = start + verb.len();
        let (names, rest) = names(skip(&notice[at..]));
        if names.is_empty() {
            continue;
        }
        at = notice.len() - rest.len();
        found.push(Announcement { action, verb, names, count: count(rest) });
    }
    found
}

fn next_verb(notice: &str, from: usize) -> Option<(usize, &'static str, Action)> {
    let verbs = VERBS.into_iter();
    verbs
        .filter_map(|(verb, action)| Some((from + notice[from..].find(verb)?, verb, action)))
        .min_by_key(|&(at, ..)| at)
}

fn skip(mut text: &str) -> &str {
    loop {
        text = text.trim_start();
        match BETWEEN.into_iter().find_map(|word| text.strip_prefix(word)) {
            Some(rest) => text = rest,
            None => return text,
        }
    }
}

/// The names between quotation marks at the start of `text`, and what follows them.
fn names(mut text: &str) -> (Vec<String>, &str) {
    let mut names = Vec::new();
    while let Some((name, rest)) = quoted(text) {
        names.push(name.to_owned());
        text = rest.trim_start();
        for between in ["、", "，", ",", "和", "及", "与", "以及"] {
            if let Some(after) = text.strip_prefix(between).map(str::trim_start)
                && (after.starts_with('“') || between == "，")
            {
                text = after;
                break;
            }
        }
    }
    (names, text)
}

/// The text between the quotation marks that `text` begins with; names may have marks of their own.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('“')?;
    let mut depth = 1;
    for (at, c) in inner.char_indices() {
        match c {
            '“' => depth += 1,
            '”' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((&inner[..at], &inner[at + c.len_utf8()..]));
        }
    }
    None
}

/// `3` in 等3个定义解释, 共三条 or 3项.
fn count(text: &str) -> Option<usize> {
    let text = text.trim_start_matches(['等', '共', '计', '，', ' ']);
    let (number, unit) = text.split_at(numeral::leading(text));
    if !unit.trim_start().starts_with(['个', '条', '项', '类', '处']) {
        return None;
    }
    numeral::value(number.trim()).and_then(|count| usize::try_from(count).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_counts_are_read_as_notices_write_them() {
        for (notice, verb, names, count) in [
            (
                "新增了“体育大脑”、“智慧健身”、“智慧健身场馆”，等3个定义解释",
                "新增",
                &["体育大脑", "智慧健身", "智慧健身场馆"][..],
                Some(3),
            ),
            ("迭代了“救助大脑”“教育大脑”等2个定义解释", "迭代", &["救助大脑", "教育大脑"], Some(2)),
            ("更新“教育“一张图””和“浙里办”共十二条", "更新", &["教育“一张图”", "浙里办"], Some(12)),
            ("删除“未来医疗”。", "删除", &["未来医疗"], None),
        ] {
            let read = announcements(notice);
            assert_eq!(read.len(), 1, "{notice}");
            assert_eq!(
                (read[0].verb, &read[0].names[..], read[0].count),
                (verb, &names.iter().map(|&n| n.to_owned()).collect::<Vec<_>>()[..], count)
            );
        }
    }

    #[test]
    fn ordinary_sentences_announce_nothing() {
        assert_eq!(announcements("不断完善工作机制，更新观念，在“5.0版”的基础上修订。"), []);
    }
}
