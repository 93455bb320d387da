//! Where in an office document a paragraph stands, in words: the numbers of the headings and items above it.

use zhengming_text::message::Text;
use zhengming_text::zh::numeral;

/// Characters of an unnumbered heading that are quoted.
const QUOTED: usize = 16;

/// The numbers and headings above the present paragraph, outermost first.
#[derive(Debug, Default)]
pub(crate) struct Trail {
    steps: Vec<Step>,
    /// Paragraphs since the last step.
    paragraphs: u32,
}

#[derive(Debug)]
struct Step {
    /// A step ends those of the same and of a higher rank.
    rank: u16,
    label: String,
    numbered: bool,
}

/// What a paragraph says of its place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Paragraph<'a> {
    pub(crate) text: &'a str,
    /// The level of the heading, from 1.
    pub(crate) heading: Option<u8>,
    /// The number that the program writes before the text, and the level of its list, from 0.
    pub(crate) number: Option<(&'a str, usize)>,
}

impl Trail {
    /// Goes on to the next paragraph; gives its place.
    pub(crate) fn paragraph(&mut self, paragraph: Paragraph<'_>) -> Text {
        let typed = typed_number(paragraph.text);
        let number = paragraph.number.filter(|(label, _)| label.chars().any(char::is_alphanumeric));
        let label = number.map(|(label, _)| label.trim()).or(typed.map(|(label, _)| label));
        let rank = match (paragraph.heading, number, typed) {
            (Some(level), ..) => u16::from(level) * 20,
            (None, Some((_, level)), _) => 400 + u16::try_from(level).unwrap_or(0),
            (None, None, Some((_, rank))) => 300 + rank,
            (None, None, None) => {
                self.paragraphs += 1;
                return self.words(Some(self.paragraphs));
            }
        };
        self.steps.retain(|step| step.rank < rank);
        let numbered = label.is_some();
        let label = label.map_or_else(|| shortened(paragraph.text), str::to_owned);
        self.steps.push(Step { rank, label, numbered });
        self.paragraphs = u32::from(paragraph.heading.is_none());
        self.words((self.paragraphs > 0).then_some(self.paragraphs))
    }

    /// The place of paragraph number `paragraph`; of the last heading itself, if there is none.
    fn words(&self, paragraph: Option<u32>) -> Text {
        let mut path = String::new();
        for (index, step) in self.steps.iter().enumerate() {
            let is_last = index + 1 == self.steps.len();
            // A heading without a number is told only if nothing below it has one.
            if !step.numbered && !is_last {
                continue;
            }
            // 3.1 says already that it is in 3.
            let told = self.steps[index + 1..].iter().any(|next| is_below(&next.label, &step.label));
            if told {
                continue;
            }
            if !path.is_empty() && !path.ends_with(['、', '）', ')', '.', '．', '”']) {
                path.push(' ');
            }
            path.push_str(&step.label);
        }
        match (path.is_empty(), paragraph) {
            (true, Some(number)) => Text::new(format!("第{number}段"), format!("paragraph {number}")),
            (true, None) => Text::default(),
            (false, Some(number)) => {
                Text::new(format!("{path} 第{number}段"), format!("{path} paragraph {number}"))
            }
            (false, None) => Text::new(format!("{path} 标题"), format!("heading {path}")),
        }
    }
}

/// Whether `label`, e.g. 3.1, counts within `upper`, e.g. 3.
fn is_below(label: &str, upper: &str) -> bool {
    let upper = upper.trim_end_matches(['.', '．']);
    upper.ends_with(|c: char| c.is_ascii_digit())
        && label.strip_prefix(upper).is_some_and(|rest| {
            rest.strip_prefix(['.', '．']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        })
}

fn shortened(text: &str) -> String {
    let text = text.trim();
    let end = text.char_indices().nth(QUOTED).map(|(end, _)| end);
    match end {
        Some(end) => format!("“{}…”", &text[..end]),
        None => format!("“{text}”"),
    }
}

/// The number that was typed at the beginning of a paragraph, and its rank: 第一章, 一、, （一）, 1., 3.1.2.
fn typed_number(text: &str) -> Option<(&str, u16)> {
    let text = text.trim_start();
    let first = text.chars().next()?;
    let cut = |rest: &str| &text[..text.len() - rest.len()];
    let (han, digit) = (numeral::is_han, numeral::is_arabic);
    let short = |from: &str, rest: &str| (1..=5).contains(&from[..from.len() - rest.len()].chars().count());
    if let Some(inner) = text.strip_prefix('第') {
        let rest = inner.trim_start_matches(|c| han(c) || digit(c) || c == ' ');
        let unit = rest.chars().next().filter(|_| short(inner, rest))?;
        let rank = "编章节条".chars().position(|known| known == unit)?;
        let rest = &rest[unit.len_utf8()..];
        let goes_on =
            rest.starts_with(['的', '规', '、', '，', '和', '所', '中', '第', '款', '项', '之', '至', '及']);
        return (!goes_on).then(|| (cut(rest), u16::try_from(rank).unwrap_or(0)));
    }
    if let Some(inner) = text.strip_prefix(['（', '(']) {
        let (rest, rank) = match inner.trim_start_matches(han) {
            rest if rest.len() < inner.len() => (rest, 6),
            _ => (inner.trim_start_matches(digit), 30),
        };
        let after = rest.strip_prefix(['）', ')']).filter(|_| short(inner, rest))?;
        let year = rank == 30 && inner.len() - rest.len() > 3;
        return (!year && !after.starts_with(['项', '款', '号'])).then(|| (cut(after), rank));
    }
    if han(first) {
        let rest = text.trim_start_matches(han);
        let after = rest.strip_prefix('、').filter(|_| short(text, rest))?;
        return (!after.starts_with(han)).then(|| (cut(after), 5));
    }
    if digit(first) {
        let rest = text.trim_start_matches(digit);
        if !short(text, rest) {
            return None;
        }
        if let Some(after) = rest.strip_prefix(['.', '．', '、'])
            && !after.starts_with(digit)
        {
            return (text.len() - rest.len() <= 6).then(|| (cut(after), 10));
        }
        let rest = text.trim_start_matches(|c| digit(c) || c == '.' || c == '．');
        let number = cut(rest);
        let depth = number.matches(['.', '．']).count();
        let ends = rest.starts_with([' ', '\u{3000}', '\t']) && !number.ends_with(['.', '．']);
        return (ends && depth > 0).then(|| (number, 10 + u16::try_from(depth.min(9)).unwrap_or(9)));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(text: &str) -> Paragraph<'_> {
        Paragraph { text, heading: None, number: None }
    }

    #[test]
    fn a_place_names_the_numbers_above_it() {
        let mut trail = Trail::default();
        let heading = Paragraph { heading: Some(1), ..paragraph("第三章 数据") };
        assert_eq!(trail.paragraph(heading).zh, "第三章 标题");
        assert_eq!(trail.paragraph(paragraph("一、总体要求")).zh, "第三章 一、 第1段");
        assert_eq!(trail.paragraph(paragraph("（二）加强归集。")).zh, "第三章 一、（二） 第1段");
        let text = trail.paragraph(paragraph("各部门应当加强归集。"));
        assert_eq!(
            (text.zh.as_str(), text.en.as_str()),
            ("第三章 一、（二） 第2段", "第三章 一、（二） paragraph 2")
        );
        assert_eq!(trail.paragraph(paragraph("二、保障")).zh, "第三章 二、 第1段");
    }

    #[test]
    fn automatic_numbers_and_unnumbered_headings_lead_to_a_place() {
        let mut trail = Trail::default();
        assert_eq!(trail.paragraph(paragraph("正文")).zh, "第1段");
        trail.paragraph(Paragraph {
            heading: Some(1), ..paragraph("云溪市数字化改革二〇二二年工作要点")
        });
        assert_eq!(trail.paragraph(paragraph("正文")).zh, "“云溪市数字化改革二〇二二年工作要…” 第1段");
        trail.paragraph(Paragraph { heading: Some(2), number: Some(("3 ", 0)), ..paragraph("术语") });
        trail.paragraph(Paragraph { heading: Some(3), number: Some(("3.1 ", 1)), ..paragraph("数据") });
        assert_eq!(trail.paragraph(paragraph("正文")).zh, "3.1 第1段");
        let item = Paragraph { number: Some(("a) ", 0)), ..paragraph("项") };
        assert_eq!(trail.paragraph(item).zh, "3.1 a) 第1段");
    }

    #[test]
    fn a_number_inside_a_sentence_is_no_step() {
        for text in
            ["第三章的规定", "2022年", "1.5倍", "（2022）3号", "一件事", "第十二条、第三条", "（一）项"]
        {
            assert_eq!(typed_number(text), None, "{text}");
        }
        assert_eq!(typed_number("3.1.2 数据").map(|it| it.0), Some("3.1.2"));
        assert_eq!(typed_number("1．数据").map(|it| it.0), Some("1．"));
    }
}
