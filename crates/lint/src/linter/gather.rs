//! Findings that are one for a reader: a reader told once looks for the rest.
//!
//! Rules report every place by itself, so that a comment in the text acts on each alone. What is left is
//! gathered here: places of one concept in one block, and what has one key in the whole document.

use std::collections::HashMap;

use zhengming_text::diagnostic::{Applicability, Diagnostic, Fix, Related};
use zhengming_text::message::{Text, quoted};

/// What makes two findings one.
#[derive(PartialEq, Eq, Hash)]
enum Group {
    /// Rule, concept, block, and the fix that each offers.
    Concept(&'static str, String, usize, Option<(Applicability, String)>),
    /// Rule and what it says, anywhere in the document.
    Key(&'static str, String),
}

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
    if let Some(key) = &diagnostic.key {
        return Some(Group::Key(diagnostic.rule, key.clone()));
    }
    let concept = diagnostic.concept.as_ref()?;
    let fix = diagnostic.fixes.first().map(|fix| (fix.applicability, fix.title.zh.clone()));
    Some(Group::Concept(diagnostic.rule, concept.id.clone(), diagnostic.block, fix))
}

fn absorb(first: &mut Diagnostic, other: Diagnostic) {
    let message = match &first.concept {
        Some(concept) => Text::new(
            format!("同一段还有一处：应为{}", quoted(&concept.preferred)),
            "the same once more in this paragraph",
        ),
        None => Text::new("这里也是", "here as well"),
    };
    first.related.push(Related { span: other.span, message, elsewhere: None });
    // What both refer to is named once.
    for related in other.related {
        if !first.related.contains(&related) {
            first.related.push(related);
        }
    }
    if let Some(theirs) = other.fixes.into_iter().next() {
        join(&mut first.fixes, theirs);
    }
}

/// Adds the edits of another place. Where only some places may be mended without asking, such as those
/// outside of quotations, the fix is about these.
fn join(fixes: &mut Vec<Fix>, theirs: Fix) {
    match fixes.first_mut() {
        None => fixes.push(theirs),
        Some(mine) if mine.applicability == theirs.applicability && mine.title == theirs.title => {
            mine.edits.extend(theirs.edits);
        }
        Some(mine)
            if mine.applicability != Applicability::Safe && theirs.applicability == Applicability::Safe =>
        {
            *mine = theirs;
        }
        Some(_) => {}
    }
}
