//! One finding for one concept in one block of text: a reader told once looks for the rest.

use std::collections::HashMap;

use crate::diagnostic::{Applicability, Diagnostic, Related};
use crate::message::{Text, quoted};

/// What makes two findings one: rule, concept, block, and the fix that each offers.
type Group = (&'static str, String, usize, Option<(Applicability, String)>);

/// Leaves the first finding of each group; the other places become related ones, and its fix mends them
/// as well.
pub(super) fn gather(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut first: HashMap<Group, usize> = HashMap::new();
    let mut kept: Vec<Diagnostic> = Vec::with_capacity(found.len());
    for diagnostic in found {
        let Some(group) = group(&diagnostic) else {
            kept.push(diagnostic);
            continue;
        };
        match first.get(&group) {
            Some(&index) => absorb(&mut kept[index], diagnostic),
            None => {
                first.insert(group, kept.len());
                kept.push(diagnostic);
            }
        }
    }
    kept
}

fn group(diagnostic: &Diagnostic) -> Option<Group> {
    let concept = diagnostic.concept.as_ref()?;
    let fix = diagnostic.fixes.first().map(|fix| (fix.applicability, fix.title.zh.clone()));
    Some((diagnostic.rule, concept.id.clone(), diagnostic.block, fix))
}

fn absorb(first: &mut Diagnostic, other: Diagnostic) {
    let message = Text::new(
        format!(
            "同一段还有一处：应为{}",
            quoted(&first.concept.as_ref().map_or(String::new(), |it| it.preferred.clone()))
        ),
        "the same once more in this paragraph",
    );
    first.related.push(Related { span: other.span, message, elsewhere: None });
    first.related.extend(other.related);
    for (mine, theirs) in first.fixes.iter_mut().zip(other.fixes) {
        mine.edits.extend(theirs.edits);
    }
}
