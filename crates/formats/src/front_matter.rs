//! YAML front matter: only the title and the date are of interest.
//!
//! It is split off by hand because it may follow blank lines, and because a Markdown parser with this
//! option on takes text between any two rules for metadata.

use zhengming_text::date::Date;
use zhengming_text::document::Metadata;

/// Front matter and the offset at which the text after it begins.
pub(crate) struct FrontMatter<'t> {
    yaml: &'t str,
    pub(crate) end: usize,
}

/// The front matter of `text`, if it begins with one.
pub(crate) fn split(text: &str) -> Option<FrontMatter<'_>> {
    let mut at = 0;
    let mut start = None;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end();
        at += line.len();
        match start {
            None if content.is_empty() => {}
            None if content == "---" => start = Some(at),
            None => return None,
            Some(start) if content == "---" || content == "..." => {
                let yaml = &text[start..at - line.len()];
                return yaml.lines().next().is_some_and(is_entry).then_some(FrontMatter { yaml, end: at });
            }
            Some(start) if at - line.len() == start && !is_entry(content) => return None,
            Some(_) => {}
        }
    }
    None
}

fn is_entry(line: &str) -> bool {
    line.starts_with('#')
        || line.split_once(':').is_some_and(|(key, _)| !key.is_empty() && !key.contains(['。', '，']))
}

impl FrontMatter<'_> {
    /// The title and the date that it states.
    pub(crate) fn metadata(&self) -> Metadata {
        Metadata {
            title: self.value("title").filter(|title| !title.is_empty()),
            date: self.value("date").and_then(|date| Date::find(&date)),
        }
    }

    fn value(&self, key: &str) -> Option<String> {
        self.yaml
            .lines()
            .find_map(|line| line.strip_prefix(key)?.trim_start().strip_prefix(':'))
            .map(|value| unquoted(value.trim()))
    }
}

fn unquoted(value: &str) -> String {
    if let Some(inner) = value.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
        return inner.replace("''", "'");
    }
    if let Some(inner) = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        return inner.replace("\\\"", "\"");
    }
    value.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn title_and_date_are_read_after_blank_lines() {
        let text = "\n\n---\ntitle: '云溪市工作要点  第二批'\ndate: Thu, 08 Jul 2021 13:01:39 GMT\n---\n正文";
        let front = split(text).unwrap();
        let metadata = front.metadata();
        assert_eq!(metadata.title.as_deref(), Some("云溪市工作要点  第二批"));
        assert_eq!(metadata.date.unwrap().to_string(), "2021-07-08");
        assert_eq!(&text[front.end..], "正文");
    }

    #[test]
    fn rules_around_prose_are_not_front_matter() {
        assert!(split("---\n数据归集是指：汇聚数据。\n\n---\n").is_none());
        assert!(split("---\n\n数据归集。\n---\n").is_none());
        assert!(split("正文\n---\ntitle: 甲\n---\n").is_none());
        assert!(split("---\ntitle: 甲\n").is_none());
    }
}
