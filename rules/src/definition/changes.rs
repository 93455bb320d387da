//! What was changed in a restated definition, in words that can be read aloud.

use zhengming_terms::diff::{Change, word_diff};
use zhengming_text::message::{Text, quoted};

/// Changes that a message names; the rest is in the help.
const NAMED: usize = 3;
/// Longest stretch that is quoted in full, in characters.
const LONGEST: usize = 24;

/// The changes that lead from the official text to the document's: “甲”改为“乙”，删去“丙”.
pub(super) fn summary(official: &str, words: &str) -> Text {
    let changes = word_diff(official, words);
    let mut zh = Vec::new();
    let mut en = Vec::new();
    let mut at = 0;
    while at < changes.len() {
        match (&changes[at], changes.get(at + 1)) {
            (Change::Removed(old), Some(Change::Added(new))) => {
                zh.push(format!("{}改成了{}", quoted(&short(old)), quoted(&short(new))));
                en.push(format!("`{}` became `{}`", short(old), short(new)));
                at += 1;
            }
            (Change::Removed(old), _) => {
                zh.push(format!("少了{}", quoted(&short(old))));
                en.push(format!("`{}` is missing", short(old)));
            }
            (Change::Added(new), _) => {
                zh.push(format!("多了{}", quoted(&short(new))));
                en.push(format!("`{}` was added", short(new)));
            }
            (Change::Same(_), _) => {}
        }
        at += 1;
    }
    let rest = zh.len().saturating_sub(NAMED);
    zh.truncate(NAMED);
    en.truncate(NAMED);
    let more = |text: String, more: String| if rest > 0 { text + &more } else { text };
    Text::new(
        more(zh.join("，"), format!("，另有{rest}处")),
        more(en.join(", "), format!(", and {rest} more")),
    )
}

/// The whole text with what was taken out in ［－…－］ and what was put in in ｛＋…＋｝.
pub(crate) fn marked(official: &str, words: &str) -> String {
    let mark = |change: &Change| match change {
        Change::Same(text) => text.clone(),
        Change::Removed(text) => format!("［-{text}-］"),
        Change::Added(text) => format!("｛+{text}+｝"),
    };
    word_diff(official, words).iter().map(mark).collect()
}

fn short(text: &str) -> String {
    let count = text.chars().count();
    if count <= LONGEST {
        return text.to_owned();
    }
    let head: String = text.chars().take(LONGEST / 2).collect();
    let tail: String = text.chars().skip(count - LONGEST / 3).collect();
    format!("{head}…{tail}")
}
