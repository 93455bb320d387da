//! Documents of several places, judged by a dictionary of Zhejiang.

use crate::testing::check;
use crate::variant::{NonstandardVariant, OrganizationNameVariant};

const DICTIONARY: &str = r#"
    [dictionary]
    id = "d"
    title = "数字化改革术语定义"
    series = "DB33/T 2350"
    citation = "DB33/T 2350—2021"
    issuer = "浙江省市场监督管理局"
    [[concept]]
    term = "一体化智能化公共数据平台"
    definition = "省域治理的基础平台。"
    variants = [{ surface = "公共数据平台", kind = "truncation", fix = "suggest" }]
    [[concept]]
    term = "浙政钉"
    variants = [{ surface = "浙政盯", kind = "homophone", fix = "safe" }]
"#;

fn is_silent(text: &str) -> bool {
    check::<NonstandardVariant>(DICTIONARY).lint(&format!("{text}\n\n建设公共数据平台。")).is_empty()
}

#[test]
fn the_head_says_that_a_document_is_of_another_province() {
    for head in [
        "# 江苏省人民政府办公厅关于推进数字政府建设的通知",
        "# 烟台市数据工作要点",
        "# 苏州市人民政府办公室关于推进数字政府建设的通知",
        "# 关于印发《安徽省数据工作要点》的通知",
        "江苏省人民政府办公厅文件\n\n# 关于推进数字政府建设的通知",
        "江苏省人民政府办公厅\n\n# 关于推进数字政府建设的通知",
        "# 关于推进数字政府建设的通知\n\n苏政办发〔2023〕5号\n\n学习浙江经验。",
        "# 新疆维吾尔自治区数据工作要点\n\n新政发〔2023〕5号",
        "# 上海市数据工作要点",
        "# 数据规范\n\nDB32/T 1176—2025",
        "# 工作要点\n\n我省要加快推进。\n\n江苏数字政府建设走在前列。",
    ] {
        assert!(is_silent(head), "{head}");
    }
    let signed = "# 工作要点\n\n".to_owned() + &"按期完成。\n\n".repeat(20);
    let foot = "建设公共数据平台。\n\n江苏省人民政府办公厅\n\n2023年5月6日";
    check::<NonstandardVariant>(DICTIONARY).pass(&format!("{signed}{foot}"));
}

#[test]
fn documents_of_zhejiang_and_silent_ones_are_judged() {
    for head in [
        "# 浙江省人民政府办公厅关于推进数字政府建设的通知",
        "# 杭州市数据工作要点",
        "# 义乌市人民政府办公室关于推进数字政府建设的通知",
        "# 云溪市人民政府办公室关于推进数字政府建设的通知",
        "# 依托省市两级平台的工作要点",
        "# 关于推进数字政府建设的通知\n\n浙政办发〔2023〕5号\n\n学习江苏经验。",
        "# 新昌县人民政府办公室关于推进数字政府建设的通知\n\n新政办发〔2023〕5号",
        "# 关于推进数字政府建设的通知\n\n青政发〔2023〕5号",
        "# 杭州市数据工作要点\n\nDB32/T 1176—2025\n\nDB33/T 1234—2020",
        "# 数据工作要点\n\nDB32/T 1176—2025\n\nDB33/T 1234—2020",
        "# 数据工作要点\n\n江苏省大数据管理局\n\n安徽省数据资源管理局",
        "# 数据工作要点\n\n江苏省大数据管理局\n\n浙江省数据局",
        "# 北京大学杭州创新研究院工作要点",
        "# 上海路街道工作要点",
        "# 广东省与浙江省数据合作协议",
        "# 工作要点",
        "# 工作要点\n\n我省要加快推进，学习江苏经验。",
        "# 工作要点\n\n我省要加快推进，推广浙里办。江苏也在推进。",
        "# 工作要点\n\n我省要加快推进。江苏、安徽也在推进。",
        "# 推进市域治理工作要点",
        "# 支持上市公司发展的意见",
        "# 工作要点\n\n按照苏政办发〔2023〕5号和江苏省人民政府办公厅的要求执行。",
    ] {
        assert!(!is_silent(head), "{head}");
    }
}

#[test]
fn a_slip_and_a_standard_that_is_cited_count_everywhere() {
    let jiangsu = "# 江苏省人民政府办公厅关于推进数字政府建设的通知\n\n";
    check::<NonstandardVariant>(DICTIONARY)
        .fail(&format!("{jiangsu}学习«浙政盯»经验，建设公共数据平台。"))
        .fail(&format!("{jiangsu}按照DB33/T 2350—2021，建设«公共数据平台»。"));
}

#[test]
fn departments_of_another_province_are_its_own() {
    let dictionary = "[dictionary]\nid = \"d\"\ntitle = \"浙江省级机构名称表\"\nlayer = \"overlay\"\n\
        subject = \"organizations\"\n[[concept]]\nterm = \"浙江省人力资源和社会保障厅\"\n\
        variants = [{ surface = \"省人社厅\", kind = \"truncation\", fix = \"suggest\" }]";
    check::<OrganizationNameVariant>(dictionary)
        .pass("# 通知\n\n苏政办发〔2023〕5号\n\n学习浙江经验。\n\n由省人社厅牵头。")
        .fail("# 通知\n\n浙政办发〔2023〕5号\n\n浙江各地由«省人社厅»指导。");
}
