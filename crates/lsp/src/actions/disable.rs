//! The comment that switches a rule off where a finding stands.

use zhengming::Text;
use zhengming::internal::Checked;
use zhengming_text::diagnostic::{Diagnostic, Edit};
use zhengming_text::document::BlockKind;
use zhengming_text::span::Span;

/// Why an author leaves a spelling as it is. They read well in the comment, and can be changed there.
pub(super) fn reasons() -> [Text; 2] {
    [Text::new("引用原文", "quoted as it stands"), Text::new("另有所指", "means something else")]
}

/// Puts the comment at the end of the line, where it breaks no paragraph in two; in a row of a table, where the
/// end belongs to no cell, at the end of the finding's cell.
pub(super) fn comment(checked: &Checked, diagnostic: &Diagnostic, reason: &str) -> Edit {
    let document = checked.document().inner();
    let source = document.source();
    let lines = document.lines();
    let line = lines.line_range(lines.line(diagnostic.span.start));
    let end = line.start + source[line.clone()].trim_end().len();
    let block = document.block(diagnostic.block);
    let at = match block.kind() {
        BlockKind::TableCell => block.source_span().end.clamp(line.start, end),
        _ => end,
    };
    let words = source[diagnostic.span.range()].to_owned();
    // What cannot stand in a comment as one word is left out: the rule alone says enough.
    let separates = |c: char| matches!(c, '\n' | '\r' | '<' | '>') || ",，、;；:：".contains(c);
    let is_plain = !words.contains(separates) && !words.contains("--") && !words.contains("——");
    let target = if is_plain { format!("{}: {words}", diagnostic.rule) } else { diagnostic.rule.to_owned() };
    let text = format!(" <!-- zhengming-disable-line {target} -- {reason} -->");
    Edit { span: Span::new(at, at), text }
}
