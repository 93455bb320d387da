//! Dictionaries as workbooks: the sheet 术语 has one concept a row, the sheet 变体 one variant a row.

use zhengming_terms::dictionary::Dictionary;
use zhengming_workbook::{Cell, Column, Sheet, workbook};

use super::table::{COLUMNS, row};
use crate::interchange::join_words;
use crate::wire::word;

const VARIANT_COLUMNS: [(&str, u32); 6] =
    [("变体", 28), ("规范用语", 28), ("类型", 14), ("处理", 10), ("除非", 24), ("标识", 24)];

/// The dictionary as a workbook that spreadsheet programs open. What has no column is left out: relations,
/// the header, remarks on designations.
pub fn to_xlsx(dictionary: &Dictionary) -> Vec<u8> {
    let mut terms = sheet("术语", &COLUMNS);
    let mut variants = sheet("变体", &VARIANT_COLUMNS);
    for concept in dictionary.concepts() {
        terms.push(row(concept).into_iter().map(Cell::Text).collect());
        for variant in &concept.variants {
            variants.push(vec![
                variant.surface.as_str().into(),
                concept.preferred().into(),
                word(variant.kind).into(),
                word(variant.fix).into(),
                join_words(&variant.unless).into(),
                concept.id.as_str().into(),
            ]);
        }
    }
    workbook("zhengming", vec![terms, variants])
}

fn sheet(name: &str, columns: &[(&str, u32)]) -> Sheet {
    let columns: Vec<Column> = columns.iter().map(|&(heading, width)| Column::new(heading, width)).collect();
    Sheet::new(name, &columns)
}
