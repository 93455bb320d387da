//! A session gives what a full lint gives, whatever was typed.

use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use proptest::sample::select;
use zhengming::{Document, Format, Linter, Session};
use zhengming_formats::read_str;
use zhengming_text::line_index::floor_boundary;

static LINTER: LazyLock<Arc<Linter>> = LazyLock::new(|| Arc::new(Linter::builder().build().unwrap()));

/// What authors type and paste: terms, halves of terms, layout, and what changes the meaning of all that follows.
const PIECES: [&str; 30] = [
    "浙政盯",
    "浙",
    "盯",
    "公共数据平台",
    "一体化智能化",
    "数据高铁",
    "数据归集",
    "城市大脑",
    "都市大脑",
    "数据\n高铁",
    "（以下简称“平台”）",
    "本办法所称数据归集，是指数据的汇聚。",
    "DB33/T 2350—2016",
    "3.1.3.9",
    "。",
    "，",
    "\n\n",
    "\r\n",
    "\n# ",
    "\n- ",
    "\n> ",
    "\n| 甲 | 乙 |\n|---|---|\n",
    "`",
    "\n```\n",
    "<!-- ",
    " -->",
    "&amp;",
    "**",
    "😀",
    "𠮷",
];

#[derive(Debug, Clone)]
struct Typed {
    at: usize,
    length: usize,
    text: &'static str,
}

fn typed() -> impl Strategy<Value = Typed> {
    let length = prop_oneof![3 => Just(0_usize), 2 => 1_usize..20];
    let text = prop_oneof![4 => select(&PIECES[..]), 1 => Just("")];
    (0_usize..400, length, text).prop_map(|(at, length, text)| Typed { at, length, text })
}

fn format() -> impl Strategy<Value = Format> {
    select(&[Format::Markdown, Format::PlainText, Format::Html][..])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_edit_gives_what_a_full_lint_gives(
        format in format(),
        start in prop::collection::vec(select(&PIECES[..]), 0..25),
        edits in prop::collection::vec(typed(), 1..12),
    ) {
        let mut text = start.concat();
        let mut session = Session::new(Arc::clone(&LINTER), "a", text.clone(), format);
        for edit in edits {
            let from = floor_boundary(&text, edit.at);
            let to = floor_boundary(&text, from + edit.length).max(from);
            text.replace_range(from..to, edit.text);
            let before = session.findings();
            let changes = session.edit(from..to, edit.text);
            prop_assert_eq!(session.text(), &text);

            let whole = LINTER.lint(&Document::from(read_str("a", text.clone(), format)));
            prop_assert_eq!(session.findings(), &whole[..]);

            // What came and what went account for the difference in number, and each was there.
            prop_assert_eq!(before.len() + changes.added.len(), whole.len() + changes.removed.len());
            prop_assert!(changes.added.iter().all(|one| whole.contains(one)));
            prop_assert!(changes.removed.iter().all(|one| before.contains(one)));
        }
    }
}
