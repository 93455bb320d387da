//! ODT files with every feature.

use zhengming_text::document::BlockKind;

use crate::hostile::{document, fixture, package, placed, refusal};

#[test]
fn the_text_is_that_with_all_changes_accepted() {
    let document = document("a.odt", fixture!("features.odt"));
    assert_eq!(
        placed(&document),
        [
            ("“云溪市应用推广工作方案” 标题", "云溪市应用推广工作方案"),
            ("一、 标题", "一、总体要求"),
            ("一、 第1段", "各单位应当使用浙政盯，按照多跨\u{2028}场景应用的清单和视连网的进度推进。"),
            ("一、 第2段", "两图两单另行印发。"),
            ("一、 第3段", "见图所示&说明。"),
            ("文本框1", "图中的数字法制系统"),
            ("表1 第1行第1列", "序号"),
            ("表1 第1行第2列", "任务"),
            ("表1 第2行第1列", "1"),
            ("表1 第2行第2列", "公共数据\u{2028}高铁新城管委会"),
            ("表1 第3行第2列", "上架   通用组建"),
            ("页眉", "云溪市浙政盯推广专班"),
            ("页脚", "— 1 —"),
        ]
    );
    assert_eq!(document.block(1).kind(), BlockKind::Heading(2));
    assert_eq!(document.block(6).kind(), BlockKind::TableCell);
    assert_eq!(document.metadata().title.as_deref(), Some("云溪市应用推广工作方案"));
}

#[test]
fn comments_stand_where_their_text_is() {
    let document = document("a.odt", fixture!("features.odt"));
    let found: Vec<_> = document
        .annotations()
        .iter()
        .map(|it| (&document.source()[it.span.range()], it.text.as_str()))
        .collect();
    assert_eq!(found, [("两图两单", "正名：忽略 两图两单 —— 引用原文")]);
}

#[test]
fn notes_and_lists_have_their_kinds() {
    let document = document("a.odt", fixture!("plan.odt"));
    let kinds = |kind| document.blocks().filter(move |block| block.kind() == kind).count();
    assert_eq!(kinds(BlockKind::Note), 1);
    assert_eq!(kinds(BlockKind::ListItem), 7);
    assert_eq!(kinds(BlockKind::TableCell), 24);
    let note = document.blocks().find(|block| block.kind() == BlockKind::Note).unwrap();
    assert_eq!(note.place().unwrap().words.zh, "注1");
    assert!(note.text().starts_with("“溪企码”，是指"));
    assert_eq!(document.date().map(|date| date.to_string()).as_deref(), Some("2022-03-18"));
}

#[test]
fn encrypted_files_are_said_to_be_so() {
    let manifest = b"<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let parts: [(&str, &[u8]); 3] = [
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", b"<a/>"),
        ("META-INF/manifest.xml", manifest),
    ];
    assert_eq!(refusal("a.odt", &package(&parts)), "ODT 已用密码加密，请先解除密码再检查");
}
