//! Workbooks as offices keep them.

use zhengming_text::document::BlockKind;

use crate::hostile::{document, fixture, notes, package, parts, placed};

#[test]
fn every_cell_is_a_block_with_its_name() {
    let document = document("任务.xlsx", fixture!("tasks.xlsx"));
    assert_eq!(
        placed(&document),
        [
            ("任务表!A1", "云溪市数字化改革重点任务清单"),
            ("任务表!A2", "序号"),
            ("任务表!B2", "任务"),
            ("任务表!C2", "牵头单位"),
            ("任务表!D2", "完成时限"),
            ("任务表!B3（任务）", "推广浙政盯移动办公"),
            ("任务表!C3（牵头单位）", "市大数据局"),
            ("任务表!D3（完成时限）", "2024年5月20日"),
            ("任务表!B4（任务）", "视连网延伸到村"),
            ("任务表!C4（牵头单位）", "市大数据局"),
            ("任务表!B5（任务）", "建设多跨场景\u{2028}应用，开放公共数据"),
            ("任务表!C5（牵头单位）", "高铁新城管委会"),
            ("任务表!B12（任务）", "两图两单&清单"),
            ("任务表!C12（牵头单位）", "管理驾驶仓"),
            ("任务表 工作表名称", "任务表"),
            ("底稿!A1", "隐藏的通用组建"),
            ("底稿 工作表名称", "底稿"),
        ]
    );
    assert_eq!(document.block(2).kind(), BlockKind::Caption);
    let place = document.block(12).place().unwrap();
    assert_eq!(place.part.as_deref(), Some("任务表"));
    assert_eq!(place.cell.map(|cell| (cell.table, cell.row, cell.column)), Some((1, 12, 2)));
    assert_eq!(notes(&document), ["工作表“底稿”是隐藏的，也一并检查"]);
    assert_eq!(document.ledger().text().zh, "读到 2 个部分、108 字：全部");
}

#[test]
fn cells_without_a_value_are_noted() {
    let mut files = parts(fixture!("tasks.xlsx"));
    let sheet = files.iter_mut().find(|(name, _)| name == "xl/worksheets/sheet1.xml").unwrap();
    sheet.1 = String::from_utf8(sheet.1.clone()).unwrap().replace("<v>5</v>", "<v>999</v>").into_bytes();
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, content)| (name.as_str(), &content[..])).collect();
    let document = document("a.xlsx", &package(&files));
    assert_eq!(notes(&document)[0], "任务表!B3（任务）：引用的字符串不存在，按空单元格处理");
}
