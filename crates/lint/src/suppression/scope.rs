//! Where each directive acts.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use zhengming_text::diagnostic::Diagnostic;
use zhengming_text::document::Document;
use zhengming_text::nearest::nearest;
use zhengming_text::span::Span;

use super::reach::Reach;
use super::{KnownRule, KnownRules};
use zhengming_text::directive::{Action, Directive, Target};

/// One target of one directive.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) directive: usize,
    pub(super) target: Target,
    pub(super) selector: Selector,
    /// The number of the term, if it is about one.
    pub(super) term: Option<usize>,
    pub(super) used: bool,
}

/// Which rules are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Selector {
    All,
    Family(&'static str),
    Rule(&'static str),
}

impl Selector {
    /// What a name stands for; nothing for all. An error is the nearest known name.
    pub(super) fn of(name: Option<&str>, known: &KnownRules) -> Result<Self, Option<&'static str>> {
        let Some(name) = name else { return Ok(Self::All) };
        if let Some(rule) = known.rules.iter().find(|rule| rule.id == name) {
            return Ok(Self::Rule(rule.id));
        }
        if let Some(rule) = known.rules.iter().find(|rule| rule.family == name) {
            return Ok(Self::Family(rule.family));
        }
        let names = known.rules.iter().flat_map(|rule| [rule.id, rule.family]);
        Err(nearest(name, names))
    }

    /// Whether this run can tell that it selects nothing: what it selects ran.
    pub(super) fn is_judged(self, known: &KnownRules) -> bool {
        let mut rules = known.rules.iter();
        match self {
            Self::All => !known.narrowed,
            Self::Family(family) => !known.narrowed && rules.any(|rule| rule.family == family && rule.runs),
            Self::Rule(id) => rules.any(|rule| rule.id == id && rule.runs),
        }
    }

    /// Whether a finding selected by one could be selected by the other, too.
    fn meets(self, other: Self, families: &HashMap<&'static str, &'static str>) -> bool {
        let family = |selector| match selector {
            Self::All => None,
            Self::Family(family) => Some(family),
            Self::Rule(id) => families.get(id).copied(),
        };
        match (self, other) {
            (Self::All, _) | (_, Self::All) => true,
            (Self::Rule(one), Self::Rule(two)) => one == two,
            (one, two) => family(one) == family(two),
        }
    }
}

/// Where the items of a document act.
#[derive(Debug, Default)]
pub(super) struct Scopes {
    /// What is switched off or on from a place onwards, in order.
    switches: Vec<Switch>,
    /// What is switched off for a stretch, by kind.
    stretches: HashMap<Kind, Stretches>,
    idle_enables: Vec<usize>,
}

#[derive(Debug, Clone, Copy)]
struct Switch {
    at: usize,
    selector: Selector,
    term: Option<usize>,
    /// The item that switches off; nothing if it switches on.
    off: Option<usize>,
}

/// Which findings are meant: by rule, and by term if it is about one.
type Kind = (Selector, Option<usize>);

/// Stretches of one kind, each with its item, by where they begin.
#[derive(Debug, Default)]
struct Stretches {
    list: Vec<(Span, usize)>,
    reach: Reach,
}

impl Scopes {
    pub(super) fn of(
        document: &Document,
        known: &[KnownRule],
        directives: &[Directive],
        items: &[Item],
    ) -> Self {
        let families = known.iter().map(|rule| (rule.id, rule.family)).collect();
        let mut scopes = Self::default();
        let mut lines = NextLines::new(document, directives);
        // The last first, so that what was found out of the lines below serves those above.
        for (number, item) in items.iter().enumerate().rev() {
            let directive = &directives[item.directive];
            let span = match directive.action {
                Action::Disable if directive.is_remark => lines.remarked(directive.span),
                Action::DisableLine => lines.of(directive.span),
                Action::DisableNextLine => lines.after(directive.span),
                Action::Disable | Action::Enable => {
                    let off = (directive.action == Action::Disable).then_some(number);
                    let at = if off.is_some() { directive.span.end } else { directive.span.start };
                    scopes.switches.push(Switch { at, selector: item.selector, term: item.term, off });
                    continue;
                }
            };
            scopes.stretches.entry((item.selector, item.term)).or_default().list.push((span, number));
        }
        scopes.switches.reverse();
        for stretches in scopes.stretches.values_mut() {
            stretches.list.sort_by_key(|(span, _)| *span);
            stretches.reach = Reach::new(stretches.list.iter().map(|(span, _)| span.end));
        }
        scopes.find_idle_enables(&families, directives, items);
        scopes
    }

    /// The directives that switch on what is not switched off.
    pub(super) fn idle_enables(&self) -> Vec<usize> {
        self.idle_enables.clone()
    }

    fn find_idle_enables(
        &mut self,
        families: &HashMap<&'static str, &'static str>,
        directives: &[Directive],
        items: &[Item],
    ) {
        // By what they select, of which there is little, the terms of which there may be many.
        let mut open: HashMap<Selector, HashSet<Option<usize>>> = HashMap::new();
        let mut idle: Vec<usize> = Vec::new();
        for item in items {
            let directive = &directives[item.directive];
            match directive.action {
                Action::Disable if !directive.is_remark => {
                    open.entry(item.selector).or_default().insert(item.term);
                }
                Action::Enable => {
                    let meets = |(&selector, terms): (&Selector, &HashSet<Option<usize>>)| {
                        item.selector.meets(selector, families)
                            && (item.term.is_none() || terms.contains(&None) || terms.contains(&item.term))
                    };
                    if !open.iter().any(meets) && idle.last() != Some(&item.directive) {
                        idle.push(item.directive);
                    }
                    // What is wider than this stays open in part.
                    open.retain(|&selector, terms| {
                        let covered = item.selector == Selector::All
                            || item.selector == selector
                            || (matches!(item.selector, Selector::Family(_))
                                && selector != Selector::All
                                && item.selector.meets(selector, families));
                        if covered && item.term.is_some() {
                            terms.remove(&item.term);
                        }
                        !(covered && item.term.is_none() || terms.is_empty())
                    });
                }
                _ => {}
            }
        }
        self.idle_enables = idle;
    }

    /// Looks at findings in the order of the text.
    pub(super) fn sweep(&self) -> Sweep<'_> {
        Sweep { scopes: self, next: 0, latest: HashMap::new(), unused: HashMap::new() }
    }
}

/// The state of the switches at a place that moves forward.
pub(super) struct Sweep<'s> {
    scopes: &'s Scopes,
    next: usize,
    /// The number of the last switch of each kind.
    latest: HashMap<Kind, usize>,
    /// The stretches of each kind that suppressed nothing so far.
    unused: HashMap<Kind, Reach>,
}

impl Sweep<'_> {
    /// The items that suppress `diagnostic`, which is about `terms`: the one that decides first, then those that
    /// suppress it, too, and were not given before. Only those that name its rule or family, if it `must_be_named`.
    pub(super) fn suppressing(
        &mut self,
        diagnostic: &Diagnostic,
        terms: &[usize],
        must_be_named: bool,
    ) -> Vec<usize> {
        let span = diagnostic.span;
        while let Some(switch) = self.scopes.switches.get(self.next).filter(|it| it.at <= span.start) {
            self.latest.insert((switch.selector, switch.term), self.next);
            self.next += 1;
        }
        let selectors = [Selector::All, Selector::Family(diagnostic.family), Selector::Rule(diagnostic.rule)];
        let selectors = &selectors[usize::from(must_be_named)..];
        let terms_or_none = || std::iter::once(None).chain(terms.iter().copied().map(Some));
        let kinds =
            || selectors.iter().flat_map(|&selector| terms_or_none().map(move |term| (selector, term)));
        let mut switches: Vec<usize> = kinds().filter_map(|kind| self.latest.get(&kind).copied()).collect();
        switches.sort_unstable();
        // Of all switches that concern the finding, the last one decides; those off since then agree.
        let off = switches.iter().rev().map_while(|&switch| self.scopes.switches[switch].off);
        let mut items: Vec<usize> = off.collect();
        let before = span.end.max(span.start + 1);
        let mut nearest: Option<(Span, Reverse<usize>)> = None;
        let mut others = Vec::new();
        for kind in kinds() {
            let Some(stretches) = self.scopes.stretches.get(&kind) else { continue };
            let count = stretches.list.partition_point(|(stretch, _)| stretch.start < before);
            let Some(last) = stretches.reach.last(count, span.start) else { continue };
            let (stretch, item) = stretches.list[last];
            nearest = nearest.max(Some((stretch, Reverse(item))));
            // Each is of use once it suppressed something, and is not told of a second time.
            let unused = self.unused.entry(kind).or_insert_with(|| stretches.reach.clone());
            while let Some(index) = unused.last(count, span.start) {
                unused.remove(index);
                others.push(stretches.list[index].1);
            }
        }
        items.extend(nearest.map(|(_, Reverse(item))| item));
        items.extend(others);
        items
    }
}

/// Finds the lines that directives act on.
struct NextLines<'d> {
    document: &'d Document,
    /// Where each comment that begins at a place ends.
    comments: HashMap<usize, usize>,
    /// The next line with text, for the lines that were looked at.
    known: HashMap<usize, usize>,
}

impl<'d> NextLines<'d> {
    fn new(document: &'d Document, directives: &[Directive]) -> Self {
        let comments = directives.iter().filter(|directive| !directive.is_remark);
        let comments = comments.map(|directive| (directive.span.start, directive.span.end)).collect();
        Self { document, comments, known: HashMap::new() }
    }

    /// The text of a remark; the line, if it stands at a point.
    fn remarked(&self, span: Span) -> Span {
        if span.is_empty() { self.of(span) } else { span }
    }

    /// The lines on which `span` stands.
    fn of(&self, span: Span) -> Span {
        let lines = self.document.lines();
        let first = lines.line_range(lines.line(span.start));
        let last = lines.line_range(lines.line(span.end.max(span.start + 1) - 1));
        Span::new(first.start, last.end.max(first.start))
    }

    /// The first line below `span` that holds more than white space and directives.
    fn after(&mut self, span: Span) -> Span {
        let lines = self.document.lines();
        let first = lines.line(span.end.max(span.start + 1) - 1) + 1;
        let mut line = first;
        let found = loop {
            if let Some(&known) = self.known.get(&line) {
                break known;
            }
            if line > lines.lines() || self.holds_text(line) {
                break line;
            }
            line += 1;
        };
        self.known.extend((first..=line).map(|line| (line, found)));
        lines.line_range(found).into()
    }

    fn holds_text(&self, line: usize) -> bool {
        let source = self.document.source();
        let range = self.document.lines().line_range(line);
        let mut at = range.start;
        while at < range.end {
            if let Some(&end) = self.comments.get(&at) {
                at = end;
                continue;
            }
            let Some(c) = source[at..range.end].chars().next() else { break };
            // The mark of a quotation in Markdown stands on empty lines as well.
            if !c.is_whitespace() && c != '>' {
                return true;
            }
            at += c.len_utf8();
        }
        false
    }
}
