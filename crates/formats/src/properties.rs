//! What must hold for every reader, whatever it is given.

use proptest::prelude::*;
use zhengming_text::document::{BlockKind, Document};
use zhengming_text::span::TextRange;

use crate::{Format, read, read_str};

/// Kind and text of every block.
pub(crate) fn blocks(text: &str, format: Format) -> Vec<(BlockKind, String)> {
    let document = read_str("a", text.to_owned(), format);
    check(&document);
    document.blocks().map(|block| (block.kind(), block.text().to_owned())).collect()
}

/// The text of every block.
pub(crate) fn texts(text: &str, format: Format) -> Vec<String> {
    blocks(text, format).into_iter().map(|(_, text)| text).collect()
}

/// Positions lead back to the same bytes, and blocks stand in the order of their source.
pub(crate) fn check(document: &Document) {
    let mut last = 0;
    for block in document.blocks() {
        let text = block.text();
        assert!(!text.trim().is_empty());
        assert!(block.source_span().start >= last, "{text:?} stands before an earlier block");
        last = block.source_span().start;
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        for pair in ends.windows(2) {
            let range = TextRange::new(pair[0], pair[1]);
            let source =
                document.source().get(block.span(range).range()).expect("spans lie between characters");
            if block.editable(range) {
                assert_eq!(source, &text[range.range()]);
            }
        }
        // Longer ranges, from a few places.
        for (from, to) in [(0, ends.len() - 1), (ends.len() / 3, ends.len() / 2), (0, ends.len() / 2)] {
            let range = TextRange::new(ends[from], ends[to]);
            if block.editable(range) {
                assert_eq!(&document.source()[block.span(range).range()], &text[range.range()]);
            }
        }
    }
    for annotation in document.annotations() {
        assert!(document.source().get(annotation.span.range()).is_some());
    }
}

/// Pieces from which texts with structure are put together.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "\n",
            "\n\n",
            "\r\n",
            "\r",
            "　　",
            "  ",
            "\t",
            "# ",
            "## ",
            "> ",
            "- ",
            "1. ",
            "```\n",
            "`",
            "**",
            "~",
            "~~",
            "|",
            "|-|-|\n",
            "[^1]",
            "[^1]: ",
            "![",
            "](a)",
            "<p>",
            "</p>",
            "<td>",
            "<table>",
            "<br>",
            "<li>",
            "<code>",
            "</code>",
            "<pre>",
            "<!--",
            "-->",
            "<script>",
            "<title>",
            "</title>",
            "<img alt=\"图\">",
            "<img alt=图 >",
            "&amp;",
            "&nbsp;",
            "&#x4e01;",
            "&",
            ";",
            "<",
            ">",
            "\\",
            "$",
            "---\n",
            "title: 甲\n",
            "3.1.1\n",
            "3.1 ",
            "1 范围\n",
            "第一条 ",
            "一、",
            "（一）",
            "a) ",
            "注：",
            "注 1：",
            "——",
            "DB33/T 2350—2021\n",
            "5\n",
            "II\n",
            "……………… 3\n",
            "2024年5月20日\n",
            "数据归集",
            "应当及时",
            "。",
            "，",
            "”",
            "《",
            "𠮷",
            "😀",
            "\u{200b}",
            "\u{0}",
            "\u{feff}",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,6}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn any_text_can_be_read(pieces in prop::collection::vec(piece(), 0..60)) {
        let text = pieces.concat();
        for format in Format::ALL {
            check(&read_str("a", text.clone(), format));
        }
    }

    #[test]
    fn any_bytes_can_be_read(bytes in prop::collection::vec(any::<u8>(), 0..300), name in "a(\\.md|\\.html|\\.txt)?") {
        if let Ok(document) = read(&name, &bytes) {
            check(&document);
        }
    }
}

/// Texts on which a careless reader takes quadratic time or overflows its stack.
fn hostile() -> Vec<String> {
    let many = |piece: &str, times: usize| piece.repeat(times);
    vec![
        many(">", 10_000) + "引文",
        many("- ", 5_000) + "项",
        many("<", 100_000),
        many("<div>", 30_000) + "文",
        many("<blockquote>", 30_000) + &many("</li>", 30_000),
        many("<ul><li>", 20_000) + &many("<li></li>", 20_000),
        many("<!--", 30_000),
        many("&", 100_000),
        many("&a", 50_000),
        many("[", 50_000),
        many("![", 20_000),
        many("`", 50_000) + "a",
        many("*甲", 30_000),
        many("\r", 100_000),
        many("\n", 100_000),
        many("甲\r", 50_000),
        many("数据归集", 90_000),
        many("数据归集\n", 30_000),
        many("1.", 100_000),
        many("甲\t", 50_000),
        many("5\n", 50_000),
        many(".", 300_000),
        many("第", 100_000),
        many("甲\n\n\n5\n\n", 20_000),
        many("甲`", 50_000),
        many("```\n", 30_001),
        many("<p", 30_000),
        many("<a b='", 30_000),
        many("---\n", 30_000),
        many("| 甲 ", 30_000) + "\n" + &many("|-", 30_000),
    ]
}

#[test]
fn hostile_texts_are_read_to_their_end() {
    for text in hostile() {
        for format in Format::ALL {
            let document = read_str("a", text.clone(), format);
            assert!(document.blocks().len() <= text.len());
        }
    }
}
