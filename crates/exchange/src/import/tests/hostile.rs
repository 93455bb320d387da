//! Texts that no honest document has: nothing panics, and reading comes to an end.

use proptest::prelude::*;

use super::*;

fn survives(text: &str) {
    for layout in Layout::ALL.into_iter().map(Some).chain([None]) {
        let _ = import("a.txt", text, &ImportOptions { layout, ..ImportOptions::default() });
    }
}

#[test]
fn too_large_a_text_is_refused() {
    let text = "桶".repeat(MAX_BYTES / 3 + 1);
    let error = import("a.txt", &text, &ImportOptions::default()).unwrap_err();
    assert_eq!(error, ImportError::TooLarge { bytes: text.len() });
    let lines = "\n".repeat(MAX_LINES + 1);
    assert!(matches!(import("a.txt", &lines, &ImportOptions::default()), Err(ImportError::TooLarge { .. })));
}

#[test]
fn long_repetitions_are_survived() {
    let lead = "3 术语和定义\n下列术语和定义适用于本文件。\n3.1\n桶 drum\n";
    for unit in [
        "桶",
        "(",
        "（",
        "[来源",
        "［",
        "<",
        "<!--",
        "<script>",
        "<a ",
        "&",
        "3.1 ",
        "1.",
        "3",
        "注",
        "注：",
        "。注",
        "。3.1桶",
        "**",
        "$",
        "$ ^{",
        "\\",
        "|",
        "\t",
        "+",
        "；a",
        "本条例所称",
        "本条例所称桶，是指桶。",
        "GB",
        "DB33/T 1—2020、",
        "“",
        "一",
        "—般",
        "是指",
        "〈",
        "· · ",
        "a b ",
        "术语和定义 ",
        "\n3.",
        "\n注",
        "\n桶 a",
        "\n术语和定义",
        "\n3 术语和定义\n3.1\n桶",
        "\n1.桶，是指桶。",
        "\n|术语|定义|",
        "\n第一条 本法所称桶，是指桶。",
    ] {
        let count = (24_000 / unit.len()).min(MAX_LINES / 4);
        survives(&unit.repeat(count));
        survives(&format!("{lead}{}", unit.repeat(count)));
    }
}

fn fragment() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "3 术语和定义",
            "\n",
            "\n\n",
            "3.1",
            "3.",
            "1",
            ".1",
            "桶 drum",
            "油桶",
            "容器。",
            "注1：",
            "示例：",
            "[来源：GB/T 1.1—2020，3.1]",
            "〈包装〉",
            "（",
            "）",
            "附录A",
            "4 要求",
            "DB33/T 2350—2021",
            "\t",
            "|",
            "序号\t名词\t定义\n",
            "甲乙+丙丁",
            "<p>",
            "</td><td>",
            "<table><tr>",
            "第一条 ",
            "本条例所称",
            "，是指",
            "下列用语的含义：",
            "（一）",
            "1.",
            "**",
            "【",
            "】",
            "—般",
            "⽹",
            "术语、定义和缩略语",
            "缩略语",
            "适用于本文件。",
            "：",
            " ",
            "😀",
            "\r\n",
            "\u{feff}",
            "$ ^{1} $",
            "许用术语：",
            "第三条",
            "数 据 共 享 的 规 范",
            "&#x4e00;",
            "# ",
            "\u{0}",
            "\u{2029}",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn no_text_makes_it_panic(fragments in prop::collection::vec(fragment(), 0..60), html in any::<bool>()) {
        let text = fragments.concat();
        let name = if html { "a.html" } else { "a.txt" };
        for layout in Layout::ALL.into_iter().map(Some).chain([None]) {
            match import(name, &text, &ImportOptions { layout, ..ImportOptions::default() }) {
                Ok(import) => {
                    prop_assert_eq!(import.spans.len(), import.dictionary.concepts().len());
                    for span in &import.spans {
                        prop_assert!(text.get(span.range()).is_some());
                    }
                    let _ = to_json(&import, zhengming_text::message::Lang::Zh);
                }
                Err(error) => prop_assert!(!matches!(error, ImportError::Invalid(_)), "{}", error),
            }
        }
    }
}
