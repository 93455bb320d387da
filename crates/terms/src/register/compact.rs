//! The compact form of a large register: one line a standard, sorted by its key, looked up where it lies and read only
//! when it is asked for.
//!
//! ```text
//! KEY⇥number⇥title⇥edition⇥edition…      edition: year|standing|basis|what replaces it|own title|in force from
//!
//! A number that is its own key is left out.
//! ```

use std::sync::OnceLock;

use super::{Edition, Standard, Standing, key};

/// A register in its compact form.
#[derive(Debug, Clone, Default)]
pub(super) struct Compact {
    text: &'static str,
    lines: OnceLock<Vec<Line>>,
}

#[derive(Debug, Clone)]
struct Line {
    text: &'static str,
    read: OnceLock<Option<Box<Standard>>>,
}

impl Compact {
    pub(super) fn new(text: &'static str) -> Self {
        Self { text, lines: OnceLock::new() }
    }

    fn lines(&self) -> &[Line] {
        self.lines.get_or_init(|| {
            let lines = self.text.lines().filter(|line| !line.starts_with('#'));
            lines.map(|text| Line { text, read: OnceLock::new() }).collect()
        })
    }

    /// The standard with this key.
    pub(super) fn standard(&self, key: &str) -> Option<&Standard> {
        let lines = self.lines();
        let at = lines.binary_search_by(|line| line.key().cmp(key)).ok()?;
        lines[at].standard()
    }

    /// All of its standards.
    pub(super) fn standards(&self) -> impl Iterator<Item = &Standard> {
        self.lines().iter().filter_map(Line::standard)
    }
}

impl Line {
    fn key(&self) -> &'static str {
        let end = memchr::memchr(b'\t', self.text.as_bytes());
        &self.text[..end.unwrap_or(self.text.len())]
    }

    fn standard(&self) -> Option<&Standard> {
        self.read.get_or_init(|| read(self.text).map(Box::new)).as_deref()
    }
}

/// One line; nothing if it is not one, which a test holds of those that are shipped.
fn read(line: &str) -> Option<Standard> {
    let mut fields = line.split('\t');
    let own = fields.next()?;
    let number = fields.next().map(|number| if number.is_empty() { own } else { number })?.to_owned();
    let title = fields.next().filter(|title| !title.is_empty());
    // A title that only one citation gives may be a slip of whoever cited it.
    let attested = title.is_none_or(|title| !title.starts_with('?'));
    let title = title.map(|title| title.trim_start_matches('?').to_owned());
    let editions = fields.map(edition).collect::<Option<Vec<_>>>()?;
    Some(Standard { number, title, note: None, editions, is_mined: true, is_attested: attested })
}

fn edition(field: &str) -> Option<Edition> {
    let mut parts = field.split('|');
    let year = parts.next()?.to_owned();
    let (status, inferred) = match parts.next()? {
        "c" => (Standing::Current, false),
        "C" => (Standing::Current, true),
        "s" => (Standing::Superseded, false),
        "S" => (Standing::Superseded, true),
        "w" => (Standing::Withdrawn, false),
        "u" => (Standing::Unknown, true),
        _ => return None,
    };
    let mut text = || parts.next().filter(|part| !part.is_empty()).map(str::to_owned);
    let (source, superseded_by, title) = (text(), text(), text());
    let effective = text().and_then(|day| day.parse().ok());
    Some(Edition {
        edition: year,
        status,
        inferred,
        superseded_by,
        title,
        published: None,
        effective,
        withdrawn: None,
        source,
        note: None,
    })
}

/// The compact form of `standards`, with `remark` at its head; of an edition the source is kept as its basis.
pub(super) fn write(standards: &[Standard], remark: &str) -> String {
    let clean = |text: &str| text.replace(['\t', '|', '\n'], " ");
    let mut lines: Vec<String> = standards
        .iter()
        .map(|standard| {
            let doubt = if standard.is_attested { "" } else { "?" };
            let title = standard.title.as_deref().map(|title| format!("{doubt}{}", clean(title)));
            let key = key(&standard.number);
            let number = if key == standard.number { "" } else { &standard.number };
            let mut line = format!("{key}\t{number}\t{}", title.unwrap_or_default());
            for edition in &standard.editions {
                let standing = match (edition.status, edition.inferred) {
                    (Standing::Current, false) => "c",
                    (Standing::Current, true) => "C",
                    (Standing::Superseded, false) => "s",
                    (Standing::Superseded, true) => "S",
                    (Standing::Withdrawn, _) => "w",
                    _ => "u",
                };
                let text = |field: &Option<String>| field.as_deref().map(clean).unwrap_or_default();
                let parts = [
                    clean(&edition.edition),
                    standing.to_owned(),
                    text(&edition.source),
                    text(&edition.superseded_by),
                    text(&edition.title),
                    edition.effective.map(|day| day.to_string()).unwrap_or_default(),
                ];
                line += &format!("\t{}", parts.join("|").trim_end_matches('|'));
            }
            line
        })
        .collect();
    lines.sort_unstable();
    let remark: String = remark.lines().map(|line| format!("# {line}\n")).collect();
    format!("{remark}{}\n", lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let key = key("GB/T 12");
        let text = format!(
            "# 说明\n{key}\tGB/T 12\t?甲\t2001|S|推定|GB/T 12—2020|乙\t2020|u|引用\n公司法\t\t\t2018-10-26|c|||\u{4e59}|2018-10-26\n"
        );
        let compact = Compact::new(Box::leak(text.clone().into_boxed_str()));
        let standard = compact.standard(&key).unwrap();
        assert_eq!(standard.editions[0].superseded_by.as_deref(), Some("GB/T 12—2020"));
        assert!(!standard.is_attested && standard.editions[0].inferred);
        assert!(compact.standard("公司法").unwrap().editions[0].effective.is_some());
        assert_eq!(compact.standard("GB/T1"), None);
        let all: Vec<Standard> = compact.standards().cloned().collect();
        assert_eq!(write(&all, "说明"), text);
    }
}
