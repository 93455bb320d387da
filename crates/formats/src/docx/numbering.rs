//! Automatic numbers. Standards written with the official template hold hardly a number as text: clauses,
//! terms and notes are numbered by lists that styles refer to.

use std::collections::HashMap;

use crate::part_error::PartError;
use crate::xml::{Node, Tag, Xml};

const LEVELS: usize = 9;
const LONGEST_LABEL: usize = 64;
/// Word allows 4,079 styles and 2,046 outlines.
const MAX_DEFINITIONS: usize = 10_000;

#[derive(Default)]
/// Styles and lists of a document, and how far each list has been counted.
pub struct Numbering {
    styles: HashMap<String, Style>,
    outlines: HashMap<String, Outline>,
    lists: HashMap<String, List>,
    /// The last number of each level, by outline.
    counters: HashMap<String, [Option<u32>; LEVELS]>,
    /// Lists whose numbers have begun, so that they do not begin anew.
    begun: HashMap<(String, usize), ()>,
}

#[derive(Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    list: Option<String>,
    level: Option<usize>,
}

#[derive(Default)]
struct Outline {
    levels: [Level; LEVELS],
    /// The style whose list this outline stands for.
    style_link: Option<String>,
    /// The style whose list has the levels that this outline lacks.
    num_style_link: Option<String>,
}

#[derive(Default, Clone)]
struct Level {
    start: Option<u32>,
    format: String,
    text: String,
    style: Option<String>,
    no_space: bool,
    decimal: bool,
}

#[derive(Default)]
struct List {
    outline: String,
    starts: HashMap<usize, u32>,
}

/// A value or an id. Word allows 255 characters; longer ones would be copied for every paragraph.
fn short(tag: &Tag<'_>, attribute: &str) -> Option<String> {
    tag.attribute(attribute).filter(|value| value.len() <= 1_000)
}

fn value(tag: &Tag<'_>) -> Option<String> {
    short(tag, "val")
}

impl Numbering {
    /// Takes the styles of the part `styles.xml`.
    ///
    /// # Errors
    /// Malformed XML.
    pub fn read_styles(&mut self, text: &str, part: &str) -> Result<(), PartError> {
        let mut xml = Xml::in_part(text, part);
        let mut id = String::new();
        while let Some(node) = xml.node()? {
            let Node::Open(tag) = node else { continue };
            if tag.local() == "style" {
                id = short(&tag, "styleId").unwrap_or_default();
                continue;
            }
            if !matches!(tag.local(), "name" | "basedOn" | "numId" | "ilvl") {
                continue;
            }
            if self.styles.len() >= MAX_DEFINITIONS {
                break;
            }
            let style = self.styles.entry(id.clone()).or_default();
            match tag.local() {
                "name" => style.name = value(&tag).unwrap_or_default(),
                "basedOn" => style.based_on = value(&tag),
                "numId" => style.list = value(&tag),
                _ => style.level = value(&tag).and_then(|level| level.parse().ok()),
            }
        }
        Ok(())
    }

    /// Takes the lists of the part `numbering.xml`.
    ///
    /// # Errors
    /// Malformed XML.
    pub fn read_lists(&mut self, text: &str, part: &str) -> Result<(), PartError> {
        let mut xml = Xml::in_part(text, part);
        let (mut outline, mut list, mut level) = (String::new(), String::new(), 0);
        let mut in_list = false;
        while let Some(node) = xml.node()? {
            let Node::Open(tag) = node else { continue };
            if self.outlines.len() + self.lists.len() >= MAX_DEFINITIONS {
                break;
            }
            match tag.local() {
                "abstractNum" => {
                    outline = short(&tag, "abstractNumId").unwrap_or_default();
                    in_list = false;
                }
                "num" => {
                    list = short(&tag, "numId").unwrap_or_default();
                    in_list = true;
                }
                "abstractNumId" if in_list => {
                    self.lists.entry(list.clone()).or_default().outline = value(&tag).unwrap_or_default();
                }
                "lvl" | "lvlOverride" => {
                    level = tag
                        .attribute("ilvl")
                        .and_then(|level| level.parse().ok())
                        .unwrap_or(0)
                        .min(LEVELS - 1);
                }
                "startOverride" if in_list => {
                    let start = value(&tag).and_then(|start| start.parse().ok()).unwrap_or(1);
                    self.lists.entry(list.clone()).or_default().starts.insert(level, start);
                }
                "styleLink" => self.outlines.entry(outline.clone()).or_default().style_link = value(&tag),
                "numStyleLink" => {
                    self.outlines.entry(outline.clone()).or_default().num_style_link = value(&tag);
                }
                "start" | "numFmt" | "lvlText" | "suff" | "pStyle" | "isLgl" if !in_list => {
                    let level = &mut self.outlines.entry(outline.clone()).or_default().levels[level];
                    match tag.local() {
                        "start" => level.start = value(&tag).and_then(|start| start.parse().ok()),
                        "numFmt" => level.format = value(&tag).unwrap_or_default(),
                        "lvlText" => level.text = value(&tag).unwrap_or_default(),
                        "suff" => level.no_space = value(&tag).is_some_and(|suffix| suffix == "nothing"),
                        "pStyle" => level.style = value(&tag),
                        _ => level.decimal = true,
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Whether a paragraph of this style is a line of the table of contents.
    pub fn is_contents(&self, style: Option<&str>) -> bool {
        let name = style.and_then(|style| self.styles.get(style)).map_or("", |style| style.name.as_str());
        name.to_ascii_lowercase().starts_with("toc ") || name.starts_with("目录")
    }

    /// Counts a paragraph, and gives the number that stands before its text.
    pub fn label(&mut self, style: Option<&str>, list: Option<&str>, level: Option<usize>) -> Option<String> {
        let (list, level) = self.place(style, list, level)?;
        let start_anew = {
            let start = self.lists.get(&list)?.starts.get(&level).copied();
            start.filter(|_| self.begun.insert((list.clone(), level), ()).is_none())
        };
        let id = self.resolve(&self.lists.get(&list)?.outline)?;
        let outline = self.outlines.get(&id)?;
        let counters = self.counters.entry(id).or_default();
        let first = |level: usize| outline.levels[level].start.unwrap_or(1);
        counters[level] = Some(match (start_anew, counters[level]) {
            (Some(start), _) => start,
            (None, Some(last)) => last.saturating_add(1),
            (None, None) => first(level),
        });
        for (upper, counter) in counters.iter_mut().enumerate().take(level) {
            counter.get_or_insert(first(upper));
        }
        counters[level + 1..].fill(None);
        let shown = &outline.levels[level];
        let mut label = String::new();
        let mut characters = shown.text.chars().take(LONGEST_LABEL).peekable();
        while let Some(character) = characters.next() {
            let number = (character == '%').then(|| characters.peek().and_then(|c| c.to_digit(10))).flatten();
            match number {
                Some(digit @ 1..=9) => {
                    characters.next();
                    let at = digit as usize - 1;
                    let format = if shown.decimal { "decimal" } else { outline.levels[at].format.as_str() };
                    label.push_str(&write_number(counters[at].unwrap_or(1), format));
                }
                // Bullets of symbol fonts.
                _ if matches!(character, '\u{E000}'..='\u{F8FF}') => label.push('•'),
                _ => label.push(character),
            }
        }
        if !label.is_empty() && !shown.no_space {
            label.push(' ');
        }
        Some(label)
    }

    /// The list and level of a paragraph: its own, or that of its style or of the styles it is based on.
    fn place(
        &self,
        style: Option<&str>,
        list: Option<&str>,
        level: Option<usize>,
    ) -> Option<(String, usize)> {
        let mut found = list.map(str::to_owned);
        let mut level = level;
        let mut next = style.map(str::to_owned);
        // Styles may be based on each other in a circle.
        for _ in 0..20 {
            let Some(id) = next.take().filter(|_| found.is_none() || level.is_none()) else { break };
            let Some(style) = self.styles.get(&id) else { break };
            if found.is_none() && style.list.is_some() {
                found.clone_from(&style.list);
                level = level.or(style.level).or_else(|| self.level_of_style(found.as_deref()?, &id));
            }
            next.clone_from(&style.based_on);
        }
        // List 0 takes the number away that the style gives.
        let list = found.filter(|list| list != "0")?;
        Some((list, level.unwrap_or(0).min(LEVELS - 1)))
    }

    fn level_of_style(&self, list: &str, style: &str) -> Option<usize> {
        let id = self.resolve(&self.lists.get(list)?.outline)?;
        let levels = &self.outlines.get(&id)?.levels;
        levels.iter().position(|level| level.style.as_deref() == Some(style))
    }

    fn resolve(&self, outline: &str) -> Option<String> {
        let link = self.outlines.get(outline)?.num_style_link.as_ref();
        let Some(link) = link else { return Some(outline.to_owned()) };
        let mut outlines = self.outlines.iter();
        outlines.find(|(_, other)| other.style_link.as_ref() == Some(link)).map(|(id, _)| id.clone())
    }
}

fn write_number(number: u32, format: &str) -> String {
    match format {
        "none" => String::new(),
        "decimalZero" => format!("{number:02}"),
        "upperLetter" => letters(number, b'A'),
        "lowerLetter" => letters(number, b'a'),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "ideographDigital" => chinese(number),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if (1..=20).contains(&number) => {
            char::from_u32(0x245F + number).into_iter().collect()
        }
        _ => number.to_string(),
    }
}

/// a, b … z, aa, bb: Word repeats the letter.
fn letters(number: u32, first: u8) -> String {
    let index = number.saturating_sub(1);
    let letter = char::from(first + u8::try_from(index % 26).unwrap_or(0));
    std::iter::repeat_n(letter, (index / 26 + 1).min(8) as usize).collect()
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = number.min(3999);
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            out.push_str(sign);
            rest -= value;
        }
    }
    out
}

fn chinese(number: u32) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match (number / 10, number % 10) {
        (0, 0) => "〇".to_owned(),
        (0, ones) => DIGITS[ones as usize].to_owned(),
        (1, ones) => format!("十{}", DIGITS[ones as usize]),
        (tens @ 2..=9, ones) => format!("{}十{}", DIGITS[tens as usize], DIGITS[ones as usize]),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_their_format() {
        for (number, format, written) in [
            (3, "decimal", "3"),
            (4, "upperRoman", "IV"),
            (28, "lowerLetter", "bb"),
            (21, "chineseCounting", "二十一"),
            (10, "chineseCountingThousand", "十"),
            (2, "decimalEnclosedCircle", "②"),
        ] {
            assert_eq!(write_number(number, format), written);
        }
    }
}
