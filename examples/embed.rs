//! The linter in a program of your own: `cargo run --example embed`.

#![allow(clippy::print_stdout, reason = "an example speaks to its reader")]

use zhengming::{Dictionary, Document, Linter};

const HOUSE: &str = r#"
    [dictionary]
    id = "house"
    title = "云溪市数据局用语"
    layer = "overlay"
    [[concept]]
    term = "溪事速办"
    variants = [{ surface = "溪事快办", kind = "synonym", fix = "suggest" }]
"#;

const DRAFT: &str = "\
# 2024年工作要点

会议通知统一通过浙政盯发送，高频事项接入“溪事快办”，
依托公共
数据平台归集数据。
";

fn main() -> Result<(), zhengming::DictionaryError> {
    let linter = Linter::builder().dictionary(Dictionary::from_toml("house.toml", HOUSE)?).build()?;
    let document = Document::markdown(DRAFT);
    for finding in linter.lint(&document) {
        let place = finding.start;
        println!("{}:{} {} → {}", place.line, place.column, finding.message.zh, finding.label.zh);
    }
    Ok(())
}
