//! Definitions held against an edition that another one, not loaded, took the place of.

use zhengming_lint::rule::Context;
use zhengming_reading::definition::Pattern;
use zhengming_reading::restatement::Verdict;
use zhengming_terms::register::Standing;
use zhengming_text::fold::canonical;
use zhengming_text::message::Text;

use super::restatement::{Restatement, is_said_elsewhere, older};

/// The edition that takes the place of one whose text is loaded.
pub(super) struct Successor<'r> {
    citation: &'r str,
    inferred: bool,
    /// How the edition is cited whose place it takes.
    replaced: &'r str,
}

/// What takes the place of the edition that governs `restatement`, on the day of the document, if something
/// does: the text of the newer one is not loaded, or it would govern.
pub(super) fn replaced_by<'r>(cx: &Context<'r>, restatement: &Restatement<'r>) -> Option<Successor<'r>> {
    let register = cx.register()?;
    let replaced = restatement.entry.dictionary.header().citation.as_deref()?;
    let (_, edition) = register.cited(replaced)?;
    let stale = register.standing_on(edition, cx.as_of()) == Standing::Superseded;
    let (citation, _) = register.successor(edition).filter(|_| stale)?;
    Some(Successor { citation, inferred: edition.inferred, replaced })
}

/// What a finding about `this` adds because a newer edition, whose text is not loaded, took the place of the
/// one quoted. A reader is told once: by stale-edition where the document cites the edition, else by the first
/// finding.
pub(super) fn notice(cx: &Context<'_>, all: &[Restatement<'_>], this: &Restatement<'_>) -> Text {
    let Some(successor) = replaced_by(cx, this) else { return Text::default() };
    let told = |one: &&Restatement<'_>| is_reported(one) && replaced_by(cx, one).is_some();
    let is_first = all.iter().find(told).is_none_or(|first| std::ptr::eq(first.definition, this.definition));
    let is_cited = cx.citations().iter().any(|cited| {
        cited.citation.role.is_relied_on()
            && canonical(&cited.citation.normal) == canonical(successor.replaced)
    });
    if !is_first || is_cited {
        return Text::default();
    }
    let Successor { citation, inferred, .. } = successor;
    let (probably, probably_en) = if inferred { ("可能", "probably ") } else { ("", "") };
    Text::new(
        format!("该版{probably}已被 {citation} 代替，新版文字未收录；"),
        format!("{probably_en}replaced by {citation}, whose text is not loaded; "),
    )
}

fn is_reported(restatement: &Restatement<'_>) -> bool {
    is_altered(restatement) || is_conflicting(restatement)
}

/// Whether the definition is the entry's with changes that nothing owns up to.
pub(super) fn is_altered(restatement: &Restatement<'_>) -> bool {
    let sourcing = &restatement.sourcing;
    // With a source named, whether the change is marked is the question of another rule.
    let judged = sourcing.here.is_some() || sourcing.elsewhere || sourcing.is_marked;
    matches!(restatement.entry.verdict, Verdict::Altered | Verdict::Unclear)
        && !judged
        && older(restatement).is_none()
        && !is_said_elsewhere(restatement)
}

/// Whether the definition gives the entry's name to another concept.
pub(super) fn is_conflicting(restatement: &Restatement<'_>) -> bool {
    // 即 explains in passing, and a source elsewhere says whose concept it is.
    restatement.entry.verdict == Verdict::Conflicting
        && restatement.definition.pattern != Pattern::Namely
        && !restatement.sourcing.elsewhere
        && older(restatement).is_none()
        && !is_said_elsewhere(restatement)
}
