//! Directives for the linter in plain text: a comment as in HTML, or a line of its own.

use memchr::memmem;
use zhengming_text::directive::is_directive;
use zhengming_text::span::Span;

use super::lines;

/// The comments of a text and the lines that are directives, in order.
pub(super) fn comments(source: &str) -> Vec<Span> {
    let mut found = lines::comments(source);
    let marks = ["zhengming-", "正名：", "正名:"];
    if !marks.iter().any(|mark| memmem::find(source.as_bytes(), mark.as_bytes()).is_some()) {
        return found;
    }
    let inside = found.clone();
    let mut start = 0;
    for line in source.split_inclusive(['\n', '\r']) {
        let text = line.trim();
        if marks.iter().any(|mark| text.starts_with(mark)) && is_directive(text) {
            let at = start + line.len() - line.trim_start().len();
            let next = inside.partition_point(|comment| comment.end <= at);
            if inside.get(next).is_none_or(|comment| comment.start >= at + text.len()) {
                found.push(Span::new(at, at + text.len()));
            }
        }
        start += line.len();
    }
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use crate::{Format, read_str};

    #[test]
    fn a_directive_is_a_line_of_its_own_and_the_paragraph_goes_on_below_it() {
        let text = [
            "各部门的业务协作事项应当",
            "zhengming-disable-next-line variant：浙政盯",
            "逐项明确牵头单位。",
            "",
            "　　正名：忽略 浙政盯 —— 引文",
            "<!-- zhengming-enable -->",
            "正文。",
        ]
        .join("\r\n");
        let document = read_str("a.txt", text, Format::PlainText);
        let blocks: Vec<_> = document.blocks().map(|block| block.text().to_owned()).collect();
        assert_eq!(blocks, ["各部门的业务协作事项应当\r\n逐项明确牵头单位。", "正文。"]);
        let found: Vec<_> = document.annotations().iter().map(|it| it.text.as_str()).collect();
        assert_eq!(
            found,
            ["zhengming-disable-next-line variant：浙政盯", "正名：忽略 浙政盯 —— 引文", "zhengming-enable"]
        );
        assert!(document.annotations().iter().all(|it| !it.is_remark(document.source())));
    }

    #[test]
    fn prose_about_the_program_stays_prose() {
        let text = "正名：古已有之。\n必也正名乎。\n<!--\nzhengming-disable\n-->\n";
        let document = read_str("a.txt", text.to_owned(), Format::PlainText);
        assert_eq!(document.blocks().len(), 2);
        assert_eq!(document.annotations().len(), 1);
    }
}
