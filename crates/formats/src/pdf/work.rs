//! What drawing the pages would cost, found out before it is done: the library that interprets the file draws forms
//! that draw forms as often as they say, and makes tables as wide as fonts say.

use std::collections::HashMap;

use hayro_interpret::hayro_syntax::content::TypedIter;
use hayro_interpret::hayro_syntax::content::ops::TypedInstruction;
use hayro_interpret::hayro_syntax::object::{
    Array, Dict, MaybeRef, Name, Number, Object, ObjectIdentifier, Stream,
};
use hayro_interpret::hayro_syntax::page::{Page, Resources};
use zhengming_text::message::Text;

/// The bytes of operations on one page, forms counted as often as they are drawn: some tens of times what a
/// full page of text takes.
const MAX_PAGE: u64 = 48 << 20;
/// The same on all pages: some seconds of work.
const MAX_ALL: u64 = 256 << 20;
/// Forms in forms.
const MAX_DEPTH: u32 = 20;
/// What an image or a form costs besides its bytes, in bytes of operations.
const DRAWN: u64 = 512;
/// The same for what is looked up by name: colours, patterns, states.
const NAMED: u64 = 64;
/// Widths that one font may give by ranges; there are 65,536 characters in one, and few are given twice.
const MAX_WIDTHS: u64 = 1 << 18;
/// The largest code of a character in a simple font that is not absurd.
const MAX_CODE: i64 = 1 << 16;

/// Why a page is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Excess {
    /// There is too much on it.
    Page,
    /// The pages before it took what all may take.
    All,
    /// A font on it describes more characters than there are.
    Font,
    /// There are more characters on it, or on all pages, than documents have.
    Characters,
}

impl Excess {
    /// What is said of the pages, after which they are.
    pub(super) fn reason(self) -> Text {
        match self {
            Self::Page => Text::new("页面内容过多", "too much on the page"),
            Self::All => {
                Text::new("前面各页已达处理上限", "the pages before it took all that may be spent on a file")
            }
            Self::Font => {
                Text::new("字体的宽度表超出范围", "a font gives widths of more characters than there are")
            }
            Self::Characters => Text::new("字符过多", "too many characters"),
        }
    }
}

/// The work that the pages have cost so far.
#[derive(Default)]
pub(super) struct Work {
    /// What forms weigh, by their object; nothing if one must not be drawn.
    forms: HashMap<ObjectIdentifier, Option<u64>>,
    /// The sizes of streams of content.
    contents: HashMap<ObjectIdentifier, u64>,
    /// Fonts that were looked at, by where they stand in the file: whether they are sound.
    fonts: HashMap<usize, bool>,
    done: u64,
}

impl Work {
    /// Whether the page may be drawn, too.
    pub(super) fn page(&mut self, page: &Page<'_>) -> Result<(), Excess> {
        if self.done > MAX_ALL {
            return Err(Excess::All);
        }
        let own = self.content(page)?;
        let inside = self.operations(page.typed_operations(), page.resources(), own, 0)?;
        let annotations = self.annotations(page, own + inside)?;
        let weight = own + inside + annotations;
        self.done += weight;
        Ok(())
    }

    /// The bytes of the page's own content. Of several streams the sizes are looked at before they are put together.
    fn content(&mut self, page: &Page<'_>) -> Result<u64, Excess> {
        if let Some(list) = page.raw().get::<Array<'_>>(b"Contents") {
            let mut sum = 0;
            for item in list.iter::<Object<'_>>() {
                let Some(stream) = item.into_stream() else { continue };
                sum += self.size(&stream);
                if sum > MAX_PAGE {
                    return Err(Excess::Page);
                }
            }
        }
        let size = page.page_stream().map_or(0, <[u8]>::len) as u64;
        if size > MAX_PAGE { Err(Excess::Page) } else { Ok(size) }
    }

    fn size(&mut self, stream: &Stream<'_>) -> u64 {
        *self
            .contents
            .entry(stream.obj_id())
            .or_insert_with(|| stream.decoded_data().map_or(0, |data| data.len() as u64))
    }

    /// The bytes of operations in all forms that `operations` draw, as often as they are drawn. `spent` is what the
    /// page, and the forms that lead here, weigh so far.
    fn operations(
        &mut self,
        mut operations: TypedIter<'_>,
        resources: &Resources<'_>,
        spent: u64,
        depth: u32,
    ) -> Result<u64, Excess> {
        let mut sum: u64 = 0;
        while let Some(operation) = operations.next() {
            sum += match operation {
                TypedInstruction::XObject(name) => match resources.get_x_object(name.0) {
                    Some(object) => DRAWN + self.form(&object, resources, spent + sum, depth)?,
                    None => 0,
                },
                TypedInstruction::TextFont(font) => {
                    resources.get_font(font.0).map_or(Ok(0), |font| self.font(&font))?
                }
                TypedInstruction::SetGraphicsState(state) => {
                    let state = resources.get_ext_g_state(state.0);
                    let font = state.and_then(|state| state.get::<Array<'_>>(b"Font"));
                    let font = font.and_then(|list| list.iter::<Object<'_>>().next()?.into_dict());
                    NAMED + font.map_or(Ok(0), |font| self.font(&font))?
                }
                TypedInstruction::ColorSpaceStroke(_)
                | TypedInstruction::ColorSpaceNonStroke(_)
                | TypedInstruction::StrokeColorNamed(_)
                | TypedInstruction::NonStrokeColorNamed(_)
                | TypedInstruction::Shading(_) => NAMED,
                _ => 0,
            };
            if spent + sum > MAX_PAGE {
                return Err(Excess::Page);
            }
        }
        Ok(sum)
    }

    /// What an object weighs that is drawn, if it is a form.
    fn form(
        &mut self,
        object: &Stream<'_>,
        resources: &Resources<'_>,
        spent: u64,
        depth: u32,
    ) -> Result<u64, Excess> {
        if object.dict().get::<Name<'_>>(b"Subtype").as_deref() != Some(b"Form") {
            return Ok(0);
        }
        let id = object.obj_id();
        if let Some(&known) = self.forms.get(&id) {
            return known.ok_or(Excess::Page);
        }
        // One that draws itself is drawn without end.
        self.forms.insert(id, None);
        if depth >= MAX_DEPTH {
            return Err(Excess::Page);
        }
        let Ok(decoded) = object.decoded_data() else {
            self.forms.insert(id, Some(0));
            return Ok(0);
        };
        let size = decoded.len() as u64;
        if spent + size > MAX_PAGE {
            return Err(Excess::Page);
        }
        let own = object.dict().get(b"Resources").map(Resources::new);
        let operations = TypedIter::new(&decoded);
        let inside =
            self.operations(operations, own.as_ref().unwrap_or(resources), spent + size, depth + 1)?;
        self.forms.insert(id, Some(size + inside));
        Ok(size + inside)
    }

    /// What the appearances of the annotations weigh, which are drawn like forms.
    fn annotations(&mut self, page: &Page<'_>, spent: u64) -> Result<u64, Excess> {
        let Some(list) = page.raw().get::<Array<'_>>(b"Annots") else { return Ok(0) };
        let mut sum = 0;
        for annotation in list.iter::<Dict<'_>>() {
            let Some(normal) = annotation.get::<Dict<'_>>(b"AP").and_then(|it| it.get::<Object<'_>>(b"N"))
            else {
                continue;
            };
            let streams: Vec<Stream<'_>> = match normal {
                Object::Stream(stream) => vec![stream],
                Object::Dict(states) => {
                    let of = |(name, _): (Name<'_>, MaybeRef<Object<'_>>)| states.get::<Stream<'_>>(name);
                    states.entries().filter_map(of).collect()
                }
                _ => Vec::new(),
            };
            for stream in streams {
                sum += DRAWN + self.appearance(&stream, page.resources(), spent + sum)?;
            }
        }
        Ok(sum)
    }

    /// The same as [`form`](Self::form), also of streams that do not say that they are forms.
    fn appearance(
        &mut self,
        stream: &Stream<'_>,
        resources: &Resources<'_>,
        spent: u64,
    ) -> Result<u64, Excess> {
        let Ok(decoded) = stream.decoded_data() else { return Ok(0) };
        let size = decoded.len() as u64;
        if spent + size > MAX_PAGE {
            return Err(Excess::Page);
        }
        let own = stream.dict().get(b"Resources").map(Resources::new);
        let operations = TypedIter::new(&decoded);
        Ok(size + self.operations(operations, own.as_ref().unwrap_or(resources), spent + size, 1)?)
    }

    /// Whether the font gives no more widths than it can have characters.
    fn font(&mut self, font: &Dict<'_>) -> Result<u64, Excess> {
        let place = font.data().as_ptr().addr();
        let sound = *self.fonts.entry(place).or_insert_with(|| is_sound(font));
        if sound { Ok(0) } else { Err(Excess::Font) }
    }
}

fn is_sound(font: &Dict<'_>) -> bool {
    if font.get::<Number>(b"FirstChar").is_some_and(|code| code.as_i64() > MAX_CODE) {
        return false;
    }
    let descendant = font.get::<Array<'_>>(b"DescendantFonts");
    let Some(descendant) = descendant.and_then(|list| list.iter::<Dict<'_>>().next()) else { return true };
    // In a range `first last width`, of vertical ones three numbers; where a list follows the first number, there are as
    // many widths as numbers.
    [(b"W".as_slice(), 1), (b"W2".as_slice(), 3)].into_iter().all(|(key, numbers)| {
        let list = descendant.get::<Array<'_>>(key);
        list.is_none_or(|list| ranged(&list, numbers) <= MAX_WIDTHS)
    })
}

/// How many widths the ranges of a list give, each with so many `numbers`.
fn ranged(list: &Array<'_>, numbers: usize) -> u64 {
    let mut sum: u64 = 0;
    let mut range: Vec<i64> = Vec::new();
    for item in list.iter::<Object<'_>>() {
        match item {
            Object::Number(number) => range.push(number.as_i64()),
            _ => range.clear(),
        }
        if let [first, last, ..] = range[..]
            && range.len() == 2 + numbers
        {
            let wide = last.saturating_sub(first).saturating_add(1);
            sum = sum.saturating_add(u64::try_from(wide).unwrap_or(0));
            range.clear();
        }
    }
    sum
}
