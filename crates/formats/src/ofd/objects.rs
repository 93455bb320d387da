//! The objects on a page of an OFD: text, lines and images, in groups and in units that pages share.

use std::collections::HashMap;

use super::{POINTS, box_shape};
use crate::page::{Drawn, Glyph, Rule, Turn};
use crate::part_error::{PartError, PartPlace};
use crate::xml::{Node, Tag, Xml};

/// Characters in one document.
const MAX_GLYPHS: usize = 20_000_000;
/// Borders on one page; a drawing with more is no table.
const MAX_RULES: usize = 20_001;
/// Units may hold units.
const MAX_DEPTH: usize = 4;

/// What a page says of itself before its content.
#[derive(Default)]
pub(super) struct About {
    pub(super) templates: Vec<String>,
    pub(super) shape: Option<(f32, f32)>,
}

pub(super) fn about(text: &str, part: &str) -> Result<About, PartError> {
    let mut xml = Xml::in_part(text, part);
    let mut about = About::default();
    while let Some(node) = xml.node()? {
        let Node::Open(tag) = node else { continue };
        match tag.local() {
            "Template" => about.templates.extend(tag.attribute("TemplateID")),
            "PhysicalBox" => about.shape = box_shape(&xml.element(&tag)?.text()),
            _ => {}
        }
    }
    Ok(about)
}

/// What was read of the page so far.
#[derive(Default)]
pub(super) struct Objects {
    pub(super) glyphs: Vec<Drawn>,
    pub(super) rules: Vec<Rule>,
    pub(super) unmapped: usize,
    pub(super) slanted: usize,
    images: usize,
    all: usize,
    /// The XML of the units that pages refer to.
    units: HashMap<String, String>,
}

/// What stands on every page that uses a template.
#[derive(Default)]
pub(super) struct Template {
    glyphs: Vec<Drawn>,
    rules: Vec<Rule>,
    unmapped: usize,
    slanted: usize,
    images: usize,
}

/// Where a page began.
pub(super) struct Start {
    images: usize,
    slanted: usize,
}

/// A linear map and a shift: `x' = a·x + c·y + e`, `y' = b·x + d·y + f`.
#[derive(Clone, Copy)]
struct Matrix([f32; 6]);

impl Matrix {
    const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    fn point(self, x: f32, y: f32) -> (f32, f32) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// First `inner`, then this.
    fn after(self, inner: Self) -> Self {
        let [a, b, c, d, ..] = self.0;
        let [p, q, r, s, t, u] = inner.0;
        let (e, f) = self.point(t, u);
        Self([a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, e, f])
    }

    /// The matrix of an object: its own, moved to its boundary.
    fn of(tag: &Tag<'_>) -> Self {
        let own = tag.attribute("CTM").map(|text| numbers(&text));
        let own = own.and_then(|it| <[f32; 6]>::try_from(it).ok()).map_or(Self::IDENTITY, Self);
        let boundary = tag.attribute("Boundary").map(|text| numbers(&text)).unwrap_or_default();
        match boundary[..] {
            [x, y, ..] => Self([1.0, 0.0, 0.0, 1.0, x, y]).after(own),
            _ => own,
        }
    }
}

fn numbers(text: &str) -> Vec<f32> {
    text.split_whitespace().take(16).filter_map(|number| number.parse().ok()).collect()
}

impl Objects {
    pub(super) fn start(&self) -> Start {
        Start { images: self.images, slanted: self.slanted }
    }

    /// Whether the page holds images and no text.
    pub(super) fn is_scan(&self, start: &Start) -> bool {
        self.glyphs.is_empty() && self.images > start.images && self.slanted == start.slanted
    }

    /// Remembers the units of a part with resources.
    pub(super) fn read_units(&mut self, text: &str, part: &str) -> Result<(), PartError> {
        let mut xml = Xml::in_part(text, part);
        while let Some(node) = xml.node()? {
            let Some(tag) = node.open("CompositeGraphicUnit") else { continue };
            let id = tag.attribute("ID").unwrap_or_default();
            let start = xml.offset();
            xml.skip()?;
            if let Some(unit) = text.get(start..xml.began()) {
                self.units.insert(id, unit.to_owned());
            }
        }
        Ok(())
    }

    /// Reads a template by itself; nothing of it is added to the page.
    pub(super) fn template(&mut self, text: &str, part: &str) -> Result<Template, PartError> {
        let page = self.swap(Template::default());
        self.read(text, part)?;
        Ok(self.swap(page))
    }

    /// Exchanges what was read so far for `other`.
    fn swap(&mut self, other: Template) -> Template {
        Template {
            glyphs: std::mem::replace(&mut self.glyphs, other.glyphs),
            rules: std::mem::replace(&mut self.rules, other.rules),
            unmapped: std::mem::replace(&mut self.unmapped, other.unmapped),
            slanted: std::mem::replace(&mut self.slanted, other.slanted),
            images: std::mem::replace(&mut self.images, other.images),
        }
    }

    /// Adds what stands on a template to the page.
    pub(super) fn lay(&mut self, template: &Template, part: &str) -> Result<(), PartError> {
        self.count(template.glyphs.len() + template.rules.len() + 1, part)?;
        self.glyphs.extend_from_slice(&template.glyphs);
        let room = MAX_RULES.saturating_sub(self.rules.len());
        self.rules.extend_from_slice(&template.rules[..template.rules.len().min(room)]);
        self.unmapped += template.unmapped;
        self.slanted += template.slanted;
        self.images += template.images;
        Ok(())
    }

    /// Reads the objects of a page or template.
    pub(super) fn read(&mut self, text: &str, part: &str) -> Result<(), PartError> {
        self.objects(&mut Xml::in_part(text, part), part, Matrix::IDENTITY, 0)
    }

    fn objects(
        &mut self,
        xml: &mut Xml<'_>,
        part: &str,
        outer: Matrix,
        depth: usize,
    ) -> Result<(), PartError> {
        while let Some(node) = xml.node()? {
            let Node::Open(tag) = node else { continue };
            let is_hidden = tag.attribute("Visible").is_some_and(|value| value == "false" || value == "0");
            match tag.local() {
                "TextObject" if is_hidden => xml.skip()?,
                "TextObject" => self.text(xml, &tag, part, outer)?,
                "PathObject" => self.path(xml, &tag, outer)?,
                "ImageObject" => self.images += 1,
                "CompositeObject" if !is_hidden => {
                    let unit = tag.attribute("ResourceID").and_then(|id| self.units.get(&id).cloned());
                    if let Some(unit) = unit.filter(|_| depth < MAX_DEPTH) {
                        // Units that hold each other many times over are no documents.
                        self.count(unit.len() / 4 + 1, part)?;
                        let inner = outer.after(Matrix::of(&tag));
                        self.objects(&mut Xml::new(&unit), part, inner, depth + 1)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn count(&mut self, glyphs: usize, part: &str) -> Result<(), PartError> {
        self.all = self.all.saturating_add(glyphs);
        if self.all > MAX_GLYPHS {
            let (zh, en) =
                (format!("超过 {MAX_GLYPHS} 个字符"), format!("more than {MAX_GLYPHS} characters"));
            return Err(PartError::limit(PartPlace::part(part), zh, en));
        }
        Ok(())
    }

    fn text<'a>(
        &mut self,
        xml: &mut Xml<'a>,
        tag: &Tag<'a>,
        part: &str,
        outer: Matrix,
    ) -> Result<(), PartError> {
        let matrix = outer.after(Matrix::of(tag));
        let size: f32 = tag.attribute("Size").and_then(|size| size.parse().ok()).unwrap_or(4.0);
        let stretch = tag.attribute("HScale").and_then(|scale| scale.parse().ok()).unwrap_or(1.0);
        let object = xml.element(tag)?;
        let has_glyphs = object.elements().any(|inner| inner.name == "CGTransform");
        let (mut x, mut y) = (0.0, 0.0);
        for code in object.elements().filter(|inner| inner.name == "TextCode") {
            let number = |name: &str| code.attribute(name).and_then(|value| value.trim().parse().ok());
            (x, y) = (number("X").unwrap_or(x), number("Y").unwrap_or(y));
            let text = code.characters();
            let count = text.chars().count();
            self.count(count, part)?;
            let across = deltas(code.attribute("DeltaX").unwrap_or(""), count);
            let down = deltas(code.attribute("DeltaY").unwrap_or(""), count);
            for (index, c) in text.chars().enumerate() {
                let wide: f32 = if c.is_ascii() { size * stretch / 2.0 } else { size * stretch };
                // The mark for a glyph without a character.
                let is_unmapped = c == char::REPLACEMENT_CHARACTER || has_glyphs && c == '¤';
                self.unmapped += usize::from(is_unmapped);
                let c = if is_unmapped { char::REPLACEMENT_CHARACTER } else { c };
                let step = across.get(index).copied();
                // On a grid of squares a digit takes as much room as a character.
                let taken = step.map_or(wide, |step: f32| wide.max(step.min(1.2 * size)));
                self.glyph(c, (x, y), taken, size, matrix);
                x += step.unwrap_or(if down.is_empty() { wide } else { 0.0 });
                y += down.get(index).copied().unwrap_or(0.0);
            }
        }
        Ok(())
    }

    fn glyph(&mut self, c: char, (x, y): (f32, f32), width: f32, size: f32, matrix: Matrix) {
        let [a, b, c_, d, ..] = matrix.0;
        let Some(turn) = Turn::of(a, b) else {
            self.slanted += usize::from(!c.is_whitespace());
            return;
        };
        let (x, y) = matrix.point(x, y);
        let tall = c_.hypot(d);
        if !c.is_control() {
            let glyph = Glyph {
                c,
                x: x * POINTS,
                y: y * POINTS,
                width: width * a.hypot(b) * POINTS,
                size: size * tall * POINTS,
            };
            self.glyphs.push(Drawn { glyph, turn });
        }
    }

    /// The straight lines of a path, as the borders of tables are.
    fn path<'a>(&mut self, xml: &mut Xml<'a>, tag: &Tag<'a>, outer: Matrix) -> Result<(), PartError> {
        let matrix = outer.after(Matrix::of(tag));
        let object = xml.element(tag)?;
        let Some(data) = object.elements().find(|inner| inner.name == "AbbreviatedData") else {
            return Ok(());
        };
        let text = data.text();
        let mut words = text.split_whitespace();
        let (mut start, mut at) = ((0.0, 0.0), (0.0, 0.0));
        while let Some(word) = words.next() {
            let mut point = || -> Option<(f32, f32)> {
                let (x, y) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
                let (x, y) = matrix.point(x, y);
                Some((x * POINTS, y * POINTS))
            };
            match word {
                "M" | "S" => {
                    at = point().unwrap_or(at);
                    start = at;
                }
                "L" => {
                    let to = point().unwrap_or(at);
                    self.rule(at, to);
                    at = to;
                }
                "C" => {
                    self.rule(at, start);
                    at = start;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn rule(&mut self, from: (f32, f32), to: (f32, f32)) {
        let (width, height) = ((to.0 - from.0).abs(), (to.1 - from.1).abs());
        if width.min(height) < 2.5 && self.rules.len() < MAX_RULES {
            self.rules.push(Rule { from, to });
        }
    }
}

/// Distances from character to character: numbers, and `g 3 5.6` for three times 5.6.
fn deltas(text: &str, count: usize) -> Vec<f32> {
    let mut found = Vec::new();
    let mut words = text.split_whitespace();
    while let Some(word) = words.next() {
        if found.len() >= count {
            break;
        }
        if word == "g" {
            let times: usize = words.next().and_then(|times| times.parse().ok()).unwrap_or(0);
            let value: f32 = words.next().and_then(|value| value.parse().ok()).unwrap_or(0.0);
            found.extend(std::iter::repeat_n(value, times.min(count - found.len())));
        } else {
            found.push(word.parse().unwrap_or(0.0));
        }
    }
    found
}
