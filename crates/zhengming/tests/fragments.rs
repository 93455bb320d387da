//! Every rule over texts that are too short or too odd to mean anything: rules look around a place, and there may be
//! nothing around it.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::select;
use zhengming::{Document, Linter, Options};
use zhengming_rules::RULES;

static LINTER: LazyLock<Linter> = LazyLock::new(|| {
    // Rules that are off by default run when they are named.
    let options =
        Options { select: RULES.iter().map(|rule| rule.meta.id.to_owned()).collect(), ..Options::default() };
    Linter::builder().options(options).build().unwrap()
});

/// Marks and words at which some rule begins to look around.
const PIECES: [&str; 40] = [
    "",
    "（",
    "）",
    "《",
    "》",
    "“",
    "”",
    "、",
    "，",
    "。",
    "：",
    "；",
    "\n",
    "\n\n",
    "# ",
    "| ",
    "1",
    "一",
    "十二",
    "A",
    "CIM",
    "是指",
    "以下简称",
    "GB/T 1.1—2020",
    "DB33/T 2350",
    "，3.1.3.9",
    "第三条",
    "数据分级分类",
    "数据高铁",
    "公共数据平台",
    "浙政盯",
    "“四横四纵”",
    "一是",
    "三个",
    "省人社保厅",
    "2024年",
    "关于印发",
    "的通知",
    "X大脑",
    "\u{200b}",
];

/// Says nothing unreasonable: every finding stands in the text.
fn check(text: &str) {
    for document in [Document::markdown(text), Document::plain_text(text)] {
        for found in LINTER.lint(&document) {
            assert!(
                found.start.byte <= found.end.byte && found.end.byte <= text.len(),
                "{text:?}: {found:?}"
            );
        }
    }
}

#[test]
fn every_piece_and_every_pair_of_pieces() {
    for one in PIECES {
        for other in PIECES {
            check(&format!("{one}{other}"));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn pieces_in_any_order(pieces in prop::collection::vec(select(&PIECES[..]), 0..12)) {
        check(&pieces.concat());
    }
}
