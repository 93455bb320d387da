//! Glyphs and drawn lines of the pages of a PDF. The only place that knows the library for PDF, whose
//! interface changes with every release.

use hayro_interpret::font::{Glyph as FontGlyph, GlyphRun};
use hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro_interpret::hayro_syntax::object::{Dict, Object, String as PdfString};
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, RenderContent, SoftMask, TransformExt, interpret_page,
};
use zhengming_text::message::Text;

use super::work::{Excess, Work};
use super::{annotations, limits, strings};
use crate::ReadError;
use crate::page::{Drawn, Extracted, Glyph, Rule, Sheet, Turn};

/// PDF files with more pages are refused.
const MAX_PAGES: usize = 20_000;
/// Characters on all pages: some thousand pages of print.
const MAX_GLYPHS: usize = 5_000_000;
/// Characters on one page. A newspaper has some 20,000.
const MAX_GLYPHS_OF_PAGE: usize = 200_000;
/// Borders on one page; a drawing with more is no table.
const MAX_RULES: usize = 20_001;
/// Bytes of a text that stands for what is drawn; such texts are words or lines.
const MAX_SPOKEN: usize = 4 << 10;
/// Thinner shapes are lines.
const THIN: f64 = 2.5;

pub(super) fn extract(bytes: &[u8]) -> Result<Extracted, ReadError> {
    limits::check_streams(bytes)?;
    let pdf = Pdf::new(bytes.to_vec()).map_err(unreadable)?;
    if limits::is_encrypted(bytes) {
        let mut budget = limits::Budget::default();
        for object in pdf.objects() {
            if let Object::Stream(stream) = object {
                budget.inflate(&stream.raw_data(), limits::MAX_STREAM)?;
            }
        }
    }
    let pages = pdf.pages();
    if pages.len() > MAX_PAGES {
        return Err(limits::too_much(&format!("{MAX_PAGES} 页"), &format!("{MAX_PAGES} pages")));
    }
    let cache = InterpreterCache::new();
    let settings =
        InterpreterSettings { render_content: RenderContent::all(), ..InterpreterSettings::default() };
    let mut work = Work::default();
    let mut found = Extracted::default();
    let mut given_up = GivenUp::default();
    let mut all = 0;
    for (index, page) in pages.iter().enumerate() {
        if let Err(excess) = work.page(page) {
            given_up.add(index + 1, excess);
            found.count += 1;
            continue;
        }
        let (width, height) = page.render_dimensions();
        let shape = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let upright = page.initial_transform(true).to_kurbo();
        let mut context = Context::new(upright, shape, &cache, pdf.xref(), settings.clone());
        let room = MAX_GLYPHS_OF_PAGE.min(MAX_GLYPHS - all);
        let mut device = Extractor { room, ..Extractor::default() };
        interpret_page(page, &mut context, &mut device);
        if device.overflows {
            given_up.add(index + 1, Excess::Characters);
            found.count += 1;
            continue;
        }
        all += device.glyphs.len();
        found.unmapped += device.unmapped;
        found.slanted += device.slanted;
        if device.images > 0 && device.glyphs.is_empty() {
            found.scanned.push(index + 1);
        }
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        found.beside.extend(annotations::texts(page).into_iter().map(|text| (number, text)));
        found.push(Sheet { number, width, height, glyphs: device.glyphs, rules: device.rules });
    }
    given_up.told(&mut found)?;
    Ok(found)
}

/// Pages that were not read, and why.
#[derive(Default)]
struct GivenUp(Vec<(Excess, usize)>);

impl GivenUp {
    /// Pages that a note names.
    const NAMED: usize = 10;

    fn add(&mut self, number: usize, excess: Excess) {
        self.0.push((excess, number));
    }

    /// Says in `found` which pages they are; a file of which nothing is left is refused.
    fn told(mut self, found: &mut Extracted) -> Result<(), ReadError> {
        let all = self.0.len() == found.count;
        self.0.sort();
        for pages in self.0.chunk_by(|(one, _), (other, _)| one == other) {
            let reason = pages[0].0.reason();
            if all {
                return Err(limits::too_much(&reason.zh, &reason.en));
            }
            let numbers: Vec<String> =
                pages.iter().take(Self::NAMED).map(|(_, number)| number.to_string()).collect();
            let more = if pages.len() > Self::NAMED { "…" } else { "" };
            let count = pages.len();
            found.missed.push(Text::new(
                format!("{count} 页没有读（{}）：第 {}{more} 页", reason.zh, numbers.join("、")),
                format!("{count} pages were not read ({}): {}{more}", reason.en, numbers.join(", ")),
            ));
        }
        Ok(())
    }
}

fn unreadable(error: LoadPdfError) -> ReadError {
    ReadError::Unreadable(match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Text::new(
            "PDF 已用密码加密，请先解除密码再检查",
            "the PDF is encrypted with a password: remove the password first",
        ),
        LoadPdfError::Decryption(_) => Text::new(
            "PDF 的加密方式无法识别，请先解除加密再检查",
            "the PDF is encrypted in an unknown way: remove the encryption first",
        ),
        LoadPdfError::Invalid => Text::new("PDF 已损坏或不完整", "the PDF is damaged or truncated"),
    })
}

/// Collects what is drawn on one page.
#[derive(Default)]
struct Extractor {
    /// How many characters may still be taken.
    room: usize,
    /// Whether there were more.
    overflows: bool,
    glyphs: Vec<Drawn>,
    rules: Vec<Rule>,
    unmapped: usize,
    slanted: usize,
    images: usize,
    /// The open stretches of marked content, and what the file says that they read.
    marked: Vec<Option<Spoken>>,
}

/// Text that stands for what is drawn (`ActualText`).
struct Spoken {
    text: String,
    /// The first glyph drawn in it.
    from: usize,
}

impl Extractor {
    /// Keeps a character; what is beyond the limit is never stored.
    fn keep(&mut self, glyph: Glyph, turn: Turn) {
        if self.glyphs.len() >= self.room {
            self.overflows = true;
            return;
        }
        self.glyphs.push(Drawn { glyph, turn });
    }

    /// Puts the text that the file gives in the place of the glyphs that were drawn for it.
    fn speak(&mut self, spoken: &Spoken) {
        let drawn = self.glyphs.get(spoken.from..).unwrap_or_default();
        let (Some(first), Some(last)) = (drawn.first().copied(), drawn.last().copied()) else { return };
        let count = spoken.text.chars().count();
        let is_same_line =
            drawn.iter().all(|it| it.turn == first.turn && (it.glyph.y - first.glyph.y).abs() < 1.0);
        // Of text over several lines, or one that says nothing, what is drawn is better.
        if count == 0 || !is_same_line || spoken.text.chars().any(char::is_control) {
            return;
        }
        let width = (last.glyph.x + last.glyph.width - first.glyph.x).max(0.0) / count as f32;
        self.glyphs.truncate(spoken.from);
        for (index, c) in spoken.text.chars().enumerate() {
            let x = first.glyph.x + width * index as f32;
            self.keep(Glyph { c, x, width, ..first.glyph }, first.turn);
        }
    }

    fn glyph(&mut self, glyph: &FontGlyph<'_>, transform: Affine, mode: WritingMode) {
        let text = match glyph.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(text)) => text,
            None => String::new(),
        };
        let is_known = !text.is_empty()
            && !text
                .contains(|c: char| c == char::REPLACEMENT_CHARACTER || c.is_control() && !c.is_whitespace());
        let advance = match glyph {
            FontGlyph::Outline(outline) => {
                let advance = outline.advance_width();
                // A blank; a wide one may be a character of a font that is missing.
                if !is_known
                    && advance.is_some_and(|it| it <= 500.0)
                    && outline.outline().elements().is_empty()
                {
                    return;
                }
                advance
            }
            FontGlyph::Type3(drawn) => drawn.advance_width().map(f32::abs),
        };
        let origin = transform * Point::ZERO;
        let along = transform * Point::new(1000.0, 0.0) - origin;
        let up = transform * Point::new(0.0, 1000.0) - origin;
        let size = up.hypot() as f32;
        let Some(turn) = Turn::of(along.x as f32, along.y as f32) else {
            self.slanted += usize::from(!text.trim().is_empty());
            return;
        };
        let turn = match mode {
            WritingMode::Vertical if turn == Turn::Upright => Turn::Vertical,
            _ => turn,
        };
        let along = along / 1000.0;
        self.unmapped += usize::from(!is_known);
        let text = if is_known { text.as_str() } else { "\u{FFFD}" };
        let count = text.chars().count();
        for (index, c) in text.chars().enumerate() {
            let wide = if c.is_ascii() { 500.0 } else { 1000.0 };
            let advance = advance.filter(|advance| *advance > 0.0).unwrap_or(wide);
            let step = along * f64::from(advance) / count as f64;
            let place = origin + step * index as f64;
            let (x, y, width) = (place.x as f32, place.y as f32, step.hypot() as f32);
            self.keep(Glyph { c, x, y, width, size }, turn);
        }
    }

    fn rule(&mut self, from: Point, to: Point) {
        let (width, height) = ((to.x - from.x).abs(), (to.y - from.y).abs());
        if width.min(height) <= THIN && width.max(height) > THIN && self.rules.len() < MAX_RULES {
            let point = |point: Point| (point.x as f32, point.y as f32);
            self.rules.push(Rule { from: point(from), to: point(to) });
        }
    }

    /// Filled shapes that are as thin as lines.
    fn filled(&mut self, path: &BezPath, transform: Affine) {
        let mut bounds: Option<Rect> = None;
        for element in path.elements() {
            if matches!(element, PathEl::MoveTo(_)) {
                self.thin(bounds.take());
            }
            if let Some(point) = element.end_point() {
                let point = transform * point;
                bounds = Some(bounds.map_or(Rect::from_points(point, point), |it| it.union_pt(point)));
            }
        }
        self.thin(bounds);
    }

    fn thin(&mut self, bounds: Option<Rect>) {
        let Some(bounds) = bounds else { return };
        let middle = bounds.center();
        if bounds.height() <= bounds.width() {
            self.rule(Point::new(bounds.x0, middle.y), Point::new(bounds.x1, middle.y));
        } else {
            self.rule(Point::new(middle.x, bounds.y0), Point::new(middle.x, bounds.y1));
        }
    }

    fn stroked(&mut self, path: &BezPath, transform: Affine) {
        let (mut start, mut at) = (Point::ZERO, Point::ZERO);
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(point) => start = transform * point,
                PathEl::LineTo(point) => self.rule(at, transform * point),
                PathEl::ClosePath => self.rule(at, start),
                PathEl::QuadTo(..) | PathEl::CurveTo(..) => {}
            }
            at = element.end_point().map_or(start, |point| transform * point);
        }
    }
}

impl Device<'_> for Extractor {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'_>, mode: &DrawMode) {
        match mode {
            DrawMode::Fill(_) => self.filled(path, props.transform),
            DrawMode::Stroke(_) | DrawMode::FillAndStroke(..) => self.stroked(path, props.transform),
            DrawMode::Invisible => {}
        }
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        for glyph in run.glyphs() {
            if self.overflows {
                break;
            }
            self.glyph(glyph, props.transform * glyph.transform(), run.writing_mode());
        }
    }

    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {
        self.images += 1;
    }

    fn begin_marked_content(&mut self, _: &[u8], properties: Option<&Dict<'_>>) {
        let spoken = properties.and_then(|it| it.get::<PdfString<'_>>(b"ActualText"));
        let from = self.glyphs.len();
        let spoken = spoken.filter(|text| text.as_bytes().len() <= MAX_SPOKEN);
        self.marked.push(spoken.map(|text| Spoken { text: strings::decoded(text.as_bytes()), from }));
    }

    fn end_marked_content(&mut self) {
        if let Some(Some(spoken)) = self.marked.pop() {
            self.speak(&spoken);
        }
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_beyond_the_limit_are_not_stored() {
        let mut extractor = Extractor { room: 3, ..Extractor::default() };
        for turn in [Turn::Upright, Turn::Vertical].into_iter().cycle().take(10) {
            extractor.keep(Glyph { c: '甲', x: 0.0, y: 0.0, width: 1.0, size: 1.0 }, turn);
        }
        assert_eq!((extractor.glyphs.len(), extractor.overflows), (3, true));
    }
}
