//! Advice that several rules give to those who run the program. Authors never see it.

use zhengming_text::message::Text;

/// The text is about another day than the one it is judged for.
pub(crate) fn other_day() -> Text {
    Text::new(
        "讲的是当时的，用 --as-of 给出文稿日期",
        "If the text is about an earlier time, give its day with --as-of",
    )
}

/// Everybody who reads the documents knows the expression.
pub(crate) fn well_known() -> Text {
    Text::new("大家都懂的，列入 [terms] allow", "If everybody knows it, add it to [terms] allow")
}
