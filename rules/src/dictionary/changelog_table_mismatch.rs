//! Compares what an issuing notice says was changed with the entries themselves.

use zhengming_lint::finding::Finding;
use zhengming_lint::rule::RuleMeta;
use zhengming_terms::dictionary::Dictionary;
use zhengming_terms::diff::{EditionDiff, compare};
use zhengming_text::diagnostic::Severity;
use zhengming_text::fold;
use zhengming_text::message::Text;

use super::finding::AtEntry;
use super::notice::{Action, Announcement, announcements};
use super::{DictionaryContext, DictionaryRule, DictionarySink, Entry, EntryPlace};

/// Names and numbers of a notice that the dictionary does not bear out.
#[derive(Debug, Default)]
pub struct ChangelogTableMismatch;

impl ChangelogTableMismatch {
    /// What is the same for every dictionary.
    pub const META: RuleMeta = RuleMeta {
        id: "changelog-table-mismatch",
        name: ("通知与条目不符", "Notice and entries disagree"),
        family: "dictionary",
        severity: Severity::Error,
        also: None,
        default: true,
        fix: None,
        summary: ("印发通知所说的增删改与条目不符", "an issuing notice that its entries do not bear out"),
        page: (include_str!("changelog_table_mismatch.md"), include_str!("changelog_table_mismatch.en.md")),
    };
}

impl DictionaryRule for ChangelogTableMismatch {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &DictionaryContext<'_>, sink: &mut DictionarySink<'_>) {
        let announced = announcements(cx.notice().unwrap_or_default());
        let Some(number) = issued(cx, &announced) else { return };
        let entries: Vec<&Entry<'_>> = cx.entries_of(number).collect();
        let dictionary = &cx.dictionaries()[number];
        let earlier = earlier_edition(cx, number).map(|old| compare(old, dictionary));
        let notice = Notice { announced: &announced, entries, earlier: earlier.as_ref() };
        for announcement in &announced {
            notice.check_names(announcement, sink);
            notice.check_count(announcement, sink);
        }
    }
}

/// The dictionary that the notice is about: the one that has most of the names.
fn issued(cx: &DictionaryContext<'_>, announced: &[Announcement]) -> Option<usize> {
    let kept = announced.iter().filter(|announcement| announcement.action != Action::Removed);
    let names: Vec<&String> = kept.flat_map(|announcement| &announcement.names).collect();
    let known = |number: usize| {
        names.iter().filter(|name| cx.entries_of(number).any(|entry| is_called(entry, name))).count()
    };
    // The last of equals: a later edition has the entries of the earlier one too.
    let best = cx.official().map(|number| (known(number), number)).max()?;
    (!announced.is_empty() && cx.entries_of(best.1).next().is_some()).then_some(best.1)
}

/// The edition before, if it is loaded too.
fn earlier_edition<'d>(cx: &DictionaryContext<'d>, number: usize) -> Option<&'d Dictionary> {
    let header = cx.dictionaries()[number].header();
    let mut before = cx.official().map(|other| &*cx.dictionaries()[other]).take(number);
    before.find(|other| header.series.is_some() && other.header().series == header.series)
}

fn is_called(entry: &Entry<'_>, name: &str) -> bool {
    let key = fold::key(name);
    let designations = entry.concept.designations.iter().map(|name| name.text.as_str());
    designations.chain(entry.concept.heading.as_deref()).any(|text| fold::key(text) == key)
}

struct Notice<'n> {
    announced: &'n [Announcement],
    entries: Vec<&'n Entry<'n>>,
    earlier: Option<&'n EditionDiff>,
}

impl Notice<'_> {
    fn check_names(&self, announcement: &Announcement, sink: &mut DictionarySink<'_>) {
        let verb = announcement.verb;
        for name in &announcement.names {
            let entry = self.entries.iter().find(|entry| is_called(entry, name));
            match (announcement.action, entry) {
                (Action::Removed, Some(entry)) => sink.report(error(
                    entry,
                    format!("通知说{verb}“{name}”，词典里还有这一条"),
                    format!("the notice says that `{name}` was removed, but the dictionary still has it"),
                )),
                (Action::Added | Action::Changed, None) => sink.report(self.missing(announcement, name)),
                (Action::Added, Some(entry)) if self.was_there(name) => sink.report(error(
                    entry,
                    format!("通知说{verb}“{name}”，上一版已有这一条"),
                    format!(
                        "the notice says that `{name}` was added, but the earlier edition has it already"
                    ),
                )),
                (Action::Changed, Some(entry)) if self.is_untouched(name) => sink.report(error(
                    entry,
                    format!("通知说{verb}“{name}”，条目与上一版完全相同"),
                    format!("the notice says that `{name}` was changed, but it is as in the earlier edition"),
                )),
                _ => {}
            }
        }
    }

    /// 等N个 may name only some of them, so that fewer names than N are no fault.
    fn check_count(&self, announcement: &Announcement, sink: &mut DictionarySink<'_>) {
        let Announcement { verb, names, count: Some(count), action } = announcement else { return };
        let first = self.entries[0];
        if names.len() > *count {
            sink.report(error(
                first,
                format!("通知说{verb}{count}个，列出的有{}个", names.len()),
                format!("the notice says {count} but names {}", names.len()),
            ));
        }
        let Some(diff) = self.earlier else { return };
        let found = match action {
            Action::Added => diff.added.len(),
            Action::Removed => diff.removed.len(),
            Action::Changed => {
                diff.renamed().chain(diff.redefined().filter(|kept| !kept.is_renamed())).count()
            }
        };
        if found != *count {
            let (old, new) = (&diff.old.citation, &diff.new.citation);
            sink.report(error(
                first,
                format!("通知说{verb}{count}个，与{old}相比，{new}实际{verb}{found}个"),
                format!("the notice says {count}; compared with {old}, {new} has {found}"),
            ));
        }
    }

    fn missing(&self, announcement: &Announcement, name: &str) -> Finding<EntryPlace> {
        let verb = announcement.verb;
        let nearest = self.nearest(name);
        let entry = nearest.unwrap_or(self.entries[0]);
        let finding = error(
            entry,
            format!("通知说{verb}“{name}”，词典里没有这一条"),
            format!("the notice names `{name}`, but the dictionary has no such entry"),
        );
        match nearest {
            None => finding,
            Some(near) => {
                let (term, cite) = (near.term(), near.cite());
                finding.help(Text::new(
                    format!("最接近的是“{term}”（{cite}）；请核对通知和词典，改成同一名称"),
                    format!("the nearest is `{term}` ({cite}); make notice and dictionary agree on one name"),
                ))
            }
        }
    }

    /// The entry whose name has most characters in common with `name`, if half of them, other than those
    /// that the notice names itself.
    fn nearest(&self, name: &str) -> Option<&Entry<'_>> {
        let key = fold::key(name);
        let named = |entry: &Entry<'_>| {
            self.announced.iter().flat_map(|one| &one.names).any(|name| is_called(entry, name))
        };
        let shared = |entry: &Entry<'_>| {
            let term = fold::key(entry.term());
            let both = key.chars().filter(|&c| term.contains(c)).count();
            let all = key.chars().count() + term.chars().count();
            200 * both / all.max(1)
        };
        let others = self.entries.iter().copied().filter(|entry| !named(entry));
        let best = others.map(|entry| (shared(entry), entry)).reduce(|a, b| if b.0 > a.0 { b } else { a })?;
        (best.0 >= 50).then_some(best.1)
    }

    fn was_there(&self, name: &str) -> bool {
        let key = fold::key(name);
        self.earlier.is_some_and(|diff| diff.kept.iter().any(|kept| fold::key(&kept.old.term) == key))
    }

    fn is_untouched(&self, name: &str) -> bool {
        let key = fold::key(name);
        let untouched = |diff: &EditionDiff| {
            diff.kept.iter().any(|kept| {
                fold::key(&kept.new.term) == key
                    && kept.definition.is_none()
                    && !kept.is_renamed()
                    && kept.fields.is_empty()
            })
        };
        self.earlier.is_some_and(untouched)
    }
}

fn error(entry: &Entry<'_>, zh: String, en: String) -> Finding<EntryPlace> {
    Finding::at_entry(entry, Text::new(zh, en)).help(Text::new(
        "请核对通知和词典，以改正有误的一方",
        "compare notice and dictionary, and correct the one at fault",
    ))
}
