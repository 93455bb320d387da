//! Where the parts are cut, and what is put in there.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use super::Note;
use super::parts::{CHANGES, CUT_FORMATTING, next_id, word_prefix};
use super::splice::{Splice, escaped, preserving, renamed, splice};
use crate::docx::AUTHOR;
use crate::docx::map::{Map, Piece, Run};
use crate::docx::story::Story;

/// Collects what is put into the parts.
pub(super) struct Cuts<'a> {
    map: &'a Map,
    sources: &'a HashMap<String, String>,
    /// The part in which comments are allowed.
    main: usize,
    next_comment: u32,
    next_revision: u32,
    next_formatting: u32,
    comments: Vec<Anchored>,
    /// Ranges of text to be deleted, not overlapping, with what replaces them.
    changes: BTreeMap<usize, Change>,
    /// The comment's id for each note, if it could be placed.
    pub(super) written: Vec<Option<u32>>,
    pub(super) exact: usize,
    pub(super) elsewhere: usize,
    pub(super) tracked: usize,
}

struct Anchored {
    id: u32,
    place: Anchor,
}

enum Anchor {
    /// A range of the text.
    Text(Range<usize>),
    /// A run as a whole.
    Run(usize),
    /// A range at the beginning of the text, for what stands in another part.
    Beginning(Range<usize>),
}

struct Change {
    end: usize,
    text: String,
}

/// Where a part is cut. Marks of one place stand in the order of their variants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Order {
    EndDeletion,
    Insertion,
    /// Inner comments end first.
    EndComment(std::cmp::Reverse<usize>),
    /// Outer comments start first.
    StartComment(std::cmp::Reverse<usize>),
    StartDeletion,
}

/// A place between two characters, in the bytes of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Spot {
    /// Between runs.
    Outside(usize),
    /// Between two elements of a run.
    Between(usize, usize),
    /// Inside the `w:t` of a run.
    Inside { at: usize, run: usize, element: usize, offset: usize },
}

impl Spot {
    fn at(self) -> usize {
        match self {
            Self::Outside(at) | Self::Between(at, _) | Self::Inside { at, .. } => at,
        }
    }
}

type Marks = BTreeMap<(usize, Spot), Vec<(Order, String)>>;

impl<'a> Cuts<'a> {
    pub(super) fn new(
        story: &'a Story,
        main: &str,
        sources: &'a HashMap<String, String>,
        next_comment: u32,
    ) -> Self {
        let map = &story.map;
        Self {
            map,
            sources,
            main: map.parts.iter().position(|part| part == main).unwrap_or(0),
            next_comment,
            next_revision: next_id(sources.values(), &CHANGES),
            next_formatting: next_id(sources.values(), &CUT_FORMATTING),
            comments: Vec::new(),
            changes: BTreeMap::new(),
            written: Vec::new(),
            exact: 0,
            elsewhere: 0,
            tracked: 0,
        }
    }

    /// Adds a comment, and the changes of the note if they can be tracked.
    pub(super) fn note(&mut self, note: &Note) {
        let Some(place) = self.anchor(note.span.range()) else {
            self.written.push(None);
            return;
        };
        match place {
            Anchor::Text(_) => self.exact += 1,
            Anchor::Run(_) | Anchor::Beginning(_) => self.elsewhere += 1,
        }
        self.comments.push(Anchored { id: self.next_comment, place });
        self.written.push(Some(self.next_comment));
        self.next_comment += 1;
        let free = note.edits.iter().all(|edit| self.is_trackable(&edit.span.range()));
        if free && !note.edits.is_empty() {
            for edit in &note.edits {
                let change = Change { end: edit.span.end, text: edit.text.clone() };
                self.changes.insert(edit.span.start, change);
            }
            self.tracked += 1;
        }
    }

    fn anchor(&self, text: Range<usize>) -> Option<Anchor> {
        // A finding without text stands at the next character, one beside all runs at the next run.
        let wide = text.start..text.end.max(text.start + 1);
        let pieces = match self.map.pieces_of(&wide) {
            [] => {
                let next = self.map.pieces.partition_point(|piece| piece.text.end <= text.start);
                let next = next.min(self.map.pieces.len().checked_sub(1)?);
                &self.map.pieces[next..=next]
            }
            pieces => pieces,
        };
        let (first, last) = (pieces.first()?, pieces.last()?);
        let is_open = |piece: &Piece| {
            let run = &self.map.runs[piece.run];
            run.part == self.main && run.outer.is_none() && run.reference.is_none()
        };
        if is_open(first) && is_open(last) {
            // What stands beside all runs, as formulas do, has its comment at the next character.
            let start = if first.text.contains(&text.start) { text.start } else { first.text.start };
            let end = if text.is_empty() || text.end <= start {
                start + self.length_at(first, start)
            } else {
                text.end.min(last.text.end)
            };
            return Some(Anchor::Text(start..end));
        }
        let mut run = first.run;
        for _ in 0..4 {
            let Run { outer, reference, .. } = &self.map.runs[run];
            match outer.or(*reference) {
                Some(around) => run = around,
                None => break,
            }
        }
        if self.map.runs[run].part != self.main {
            // The first character of the body: a whole run would be a shorter one once other comments cut it.
            let piece = self.map.pieces.iter().find(|piece| is_open(piece))?;
            let length = self.length_at(piece, piece.text.start);
            return Some(Anchor::Beginning(piece.text.start..piece.text.start + length));
        }
        Some(Anchor::Run(run))
    }

    /// The bytes of the character of a piece that begins at `start`; all that follow, if it cannot be cut.
    fn length_at(&self, piece: &Piece, start: usize) -> usize {
        let source = &self.sources[&self.map.parts[self.map.runs[piece.run].part]];
        let at = piece.raw.start + (start - piece.text.start);
        let character = source.get(at..piece.raw.end).and_then(|raw| raw.chars().next());
        character.filter(|_| piece.is_verbatim()).map_or(piece.text.end - start, char::len_utf8)
    }

    /// Whether the text can be replaced by a tracked change: text of runs only, in one paragraph outside
    /// of text boxes, and not changed already.
    fn is_trackable(&self, text: &Range<usize>) -> bool {
        let pieces = self.map.pieces_of(text);
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return false };
        let whole = pieces.iter().all(|piece| {
            let inside = piece.text.start >= text.start && piece.text.end <= text.end;
            piece.element.is_some()
                && (piece.is_verbatim() || inside)
                && self.map.runs[piece.run].outer.is_none()
        });
        let joined = pieces.windows(2).all(|pair| pair[0].text.end == pair[1].text.start);
        let covered = first.text.start <= text.start && last.text.end >= text.end;
        let before = self.changes.range(..=text.start).next_back();
        let after = self.changes.range(text.start..).next();
        !text.is_empty()
            && whole
            && joined
            && covered
            && before.is_none_or(|(_, change)| change.end <= text.start)
            && after.is_none_or(|(&start, _)| start >= text.end)
    }

    /// The changed parts.
    pub(super) fn apply(mut self) -> BTreeMap<String, String> {
        let mut marks = Marks::new();
        let mut offsets = BTreeSet::new();
        for comment in &self.comments {
            if let Anchor::Text(text) | Anchor::Beginning(text) = &comment.place {
                offsets.extend([text.start, text.end]);
            }
        }
        let changes = std::mem::take(&mut self.changes);
        for (&start, change) in &changes {
            offsets.extend([start, change.end]);
        }
        for comment in std::mem::take(&mut self.comments) {
            self.mark_comment(&comment, &mut marks);
        }
        for (&start, change) in &changes {
            self.mark_change(start, change, &offsets, &mut marks);
        }
        let is_deleted = |offset: usize| {
            changes.range(..=offset).next_back().is_some_and(|(_, change)| offset < change.end)
        };
        self.splices(marks, &is_deleted)
    }

    fn mark_comment(&self, comment: &Anchored, marks: &mut Marks) {
        let part = self.main;
        let w = self.prefix(part);
        let id = comment.id;
        let start = format!("<{w}commentRangeStart {w}id=\"{id}\"/>");
        let end =
            format!("<{w}commentRangeEnd {w}id=\"{id}\"/><{w}r><{w}commentReference {w}id=\"{id}\"/></{w}r>");
        let (from, to, length) = match &comment.place {
            Anchor::Text(text) | Anchor::Beginning(text) => {
                (self.before(text.start), self.after(text.end), text.clone())
            }
            Anchor::Run(run) => {
                let raw = &self.map.runs[*run].raw;
                (Spot::Outside(raw.start), Spot::Outside(raw.end), 0..usize::MAX)
            }
        };
        let order = Order::StartComment(std::cmp::Reverse(length.end));
        marks.entry((part, from)).or_default().push((order, start));
        let order = Order::EndComment(std::cmp::Reverse(length.start));
        marks.entry((part, to)).or_default().push((order, end));
    }

    /// Deletes the text run by run, and puts in the new one behind.
    fn mark_change(&mut self, start: usize, change: &Change, offsets: &BTreeSet<usize>, marks: &mut Marks) {
        let pieces = self.map.pieces_of(&(start..change.end));
        let Some(first) = pieces.first() else { return };
        let part = self.map.runs[first.run].part;
        let w = self.prefix(part);
        let mut bounds: BTreeSet<usize> = offsets.range(start..=change.end).copied().collect();
        bounds.extend(pieces.windows(2).filter(|it| it[0].run != it[1].run).map(|it| it[1].text.start));
        let bounds: Vec<usize> = bounds.into_iter().collect();
        for pair in bounds.windows(2) {
            let id = self.revision();
            let open = format!("<{w}del {w}id=\"{id}\" {w}author=\"{AUTHOR}\">");
            let (from, to) = (self.before(pair[0]), self.after(pair[1]));
            marks.entry((part, from)).or_default().push((Order::StartDeletion, open));
            marks.entry((part, to)).or_default().push((Order::EndDeletion, format!("</{w}del>")));
        }
        if change.text.is_empty() {
            return;
        }
        let id = self.revision();
        let properties = self.formatting(first.run);
        let text = escaped(&change.text);
        let insertion = format!(
            "<{w}ins {w}id=\"{id}\" {w}author=\"{AUTHOR}\"><{w}r>{properties}<{w}t xml:space=\"preserve\">{text}</{w}t></{w}r></{w}ins>"
        );
        let to = self.after(change.end);
        marks.entry((part, to)).or_default().push((Order::Insertion, insertion));
    }

    fn splices(&mut self, marks: Marks, is_deleted: &dyn Fn(usize) -> bool) -> BTreeMap<String, String> {
        let mut splices: BTreeMap<usize, Vec<Splice>> = BTreeMap::new();
        let mut touched = BTreeSet::new();
        for ((part, spot), mut inside) in marks {
            inside.sort_by_key(|(order, _)| *order);
            let mark: String = inside.into_iter().map(|(_, text)| text).collect();
            let text = match spot {
                Spot::Outside(_) => mark,
                Spot::Between(_, run) => {
                    let (close, open) = self.run_tags(run);
                    format!("{close}{mark}{open}")
                }
                Spot::Inside { run, element, offset, .. } => {
                    touched.insert(element);
                    let (close, open) = self.run_tags(run);
                    let (end, start) = self.text_tags(part, element);
                    let delete = |tag: &str, deleted: bool| match deleted {
                        true => renamed(tag, "t", "delText"),
                        false => tag.to_owned(),
                    };
                    let end = delete(&end, offset > 0 && is_deleted(offset - 1));
                    let start = delete(&start, is_deleted(offset));
                    format!("{end}{close}{mark}{open}{start}")
                }
            };
            splices.entry(part).or_default().push(Splice { at: spot.at()..spot.at(), text });
        }
        self.rewrite_text_tags(&touched, is_deleted, &mut splices);
        let source = |part: usize| &self.sources[&self.map.parts[part]];
        splices
            .into_iter()
            .map(|(part, splices)| (self.map.parts[part].clone(), splice(source(part), splices)))
            .collect()
    }

    /// The tags of `w:t` elements that were cut or are deleted.
    fn rewrite_text_tags(
        &self,
        touched: &BTreeSet<usize>,
        is_deleted: &dyn Fn(usize) -> bool,
        splices: &mut BTreeMap<usize, Vec<Splice>>,
    ) {
        for pieces in self.map.pieces.chunk_by(|a, b| a.element == b.element && a.run == b.run) {
            let [first, .., last] = [&pieces[0], &pieces[pieces.len() - 1]];
            let Some(index) = first.element else { continue };
            let part = self.map.runs[first.run].part;
            let (starts, ends) = (is_deleted(first.text.start), is_deleted(last.text.end - 1));
            if !touched.contains(&index) && !starts && !ends {
                continue;
            }
            let source = &self.sources[&self.map.parts[part]];
            let element = &self.map.texts[index];
            let mut open = preserving(&source[element.open.clone()]);
            if starts {
                open = renamed(&open, "t", "delText");
            }
            let mut put = |at: &Range<usize>, text: String| {
                if source[at.clone()] != text {
                    splices.entry(part).or_default().push(Splice { at: at.clone(), text });
                }
            };
            put(&element.open, open);
            if ends {
                put(&element.close, renamed(&source[element.close.clone()], "t", "delText"));
            }
        }
    }

    /// The place before the character at `offset`.
    fn before(&self, offset: usize) -> Spot {
        let index = self.map.pieces.partition_point(|piece| piece.text.end <= offset);
        let piece = &self.map.pieces[index.min(self.map.pieces.len() - 1)];
        if offset > piece.text.start && piece.is_verbatim() {
            return self.inside(piece, offset);
        }
        match index.checked_sub(1).map(|before| &self.map.pieces[before]) {
            Some(before) if before.run == piece.run => match piece.element {
                Some(element) if before.element == piece.element => {
                    Spot::Inside { at: piece.raw.start, run: piece.run, element, offset }
                }
                Some(element) => Spot::Between(self.map.texts[element].open.start, piece.run),
                None => Spot::Between(piece.raw.start, piece.run),
            },
            _ => Spot::Outside(self.map.runs[piece.run].raw.start),
        }
    }

    /// The place behind the character that ends at `offset`.
    fn after(&self, offset: usize) -> Spot {
        let index = self.map.pieces.partition_point(|piece| piece.text.end < offset);
        let index = index.min(self.map.pieces.len() - 1);
        let piece = &self.map.pieces[index];
        if offset < piece.text.end && piece.is_verbatim() && offset > piece.text.start {
            return self.inside(piece, offset);
        }
        match self.map.pieces.get(index + 1) {
            Some(after) if after.run == piece.run => match piece.element {
                Some(element) if after.element == piece.element => {
                    Spot::Inside { at: piece.raw.end, run: piece.run, element, offset }
                }
                Some(element) => Spot::Between(self.map.texts[element].close.end, piece.run),
                None => Spot::Between(piece.raw.end, piece.run),
            },
            _ => Spot::Outside(self.map.runs[piece.run].raw.end),
        }
    }

    fn inside(&self, piece: &Piece, offset: usize) -> Spot {
        let at = piece.raw.start + (offset - piece.text.start);
        match piece.element {
            Some(element) => Spot::Inside { at, run: piece.run, element, offset },
            None => Spot::Between(at, piece.run),
        }
    }

    /// The end tag of a run, and the start of another one like it.
    fn run_tags(&mut self, run: usize) -> (String, String) {
        let properties = self.properties(run);
        let Run { part, tag, .. } = &self.map.runs[run];
        let tag = &self.sources[&self.map.parts[*part]][tag.clone()];
        let name: String = tag[1..].chars().take_while(|c| !c.is_ascii_whitespace() && *c != '>').collect();
        (format!("</{name}>"), format!("{tag}{properties}"))
    }

    /// The formatting of a run for a new one, without the history that only the old one has.
    fn formatting(&self, run: usize) -> String {
        let Run { part, properties, .. } = &self.map.runs[run];
        let text = &self.sources[&self.map.parts[*part]][properties.clone()];
        let start = text.find("rPrChange").and_then(|at| text[..at].rfind('<'));
        let end = text.rfind("rPrChange>").map(|at| at + "rPrChange>".len());
        match (start, end) {
            (Some(start), Some(end)) if start < end => format!("{}{}", &text[..start], &text[end..]),
            _ => text.to_owned(),
        }
    }

    /// The properties of a run for another one. A tracked change of formatting in them gets an id of its own.
    fn properties(&mut self, run: usize) -> String {
        let Run { part, properties, .. } = &self.map.runs[run];
        let text = self.sources[&self.map.parts[*part]][properties.clone()].to_owned();
        if !text.contains("rPrChange") {
            return text;
        }
        let id = self.next_formatting;
        self.next_formatting += 1;
        let Some(start) = text.find(":id=\"").map(|at| at + 5) else { return text };
        let length = text[start..].find('"').unwrap_or(0);
        format!("{}{id}{}", &text[..start], &text[start + length..])
    }

    /// The end tag of a `w:t`, and the start tag of another one.
    fn text_tags(&self, part: usize, element: usize) -> (String, String) {
        let source = &self.sources[&self.map.parts[part]];
        let element = &self.map.texts[element];
        (source[element.close.clone()].to_owned(), preserving(&source[element.open.clone()]))
    }

    fn prefix(&self, part: usize) -> &'a str {
        word_prefix(&self.sources[&self.map.parts[part]]).unwrap_or("w:")
    }

    fn revision(&mut self) -> u32 {
        self.next_revision += 1;
        self.next_revision - 1
    }
}
