use super::*;
use zhengming_terms::register::Register;

const REGISTER: &str = r#"
    as_of = "2025-12-02"
    [[standard]]
    number = "DB3310/T 91"
    [[standard.edition]]
    edition = "2022"
    status = "current"
    [[standard]]
    number = "DB33/T 2350"
    [[standard.edition]]
    edition = "2021"
    status = "superseded"
    [[standard]]
    number = "数字社会定义集"
    [[standard.edition]]
    edition = "6.0版"
    status = "current"
"#;

fn read(text: &str) -> Vec<Citation> {
    let register = Register::from_toml(REGISTER).unwrap();
    citations(text, Some(&register))
}

fn normals(text: &str) -> Vec<String> {
    read(text).into_iter().map(|citation| citation.normal).collect()
}

#[test]
fn every_written_form_of_a_standard_has_one_canonical_form() {
    for (text, normal) in [
        ("GB/T 1.1—2020", "GB/T 1.1—2020"),
        ("GB/T1.1一2020", "GB/T 1.1—2020"),
        ("GB/T 1.1–2020", "GB/T 1.1—2020"),
        ("GB/T1.6--1997", "GB/T 1.6—1997"),
        ("GB∕T 37231-2018", "GB/T 37231—2018"),
        ("GB／T　1. 1—\n2020", "GB/T 1.1—2020"),
        ("ＧＢ／Ｔ １．１－２０２０", "GB/T 1.1—2020"),
        ("GBT 38664.2-2020", "GB/T 38664.2—2020"),
        ("GBT352732020", "GB/T 35273—2020"),
        ("DB3310T91-2022", "DB3310/T 91—2022"),
        ("DB3310/T 912022", "DB3310/T 91—2022"),
        ("DB33-T 1361-2024", "DB33/T 1361—2024"),
        ("GB T 20001.1-2001", "GB/T 20001.1—2001"),
        ("DB 61/T 1479—2021", "DB61/T 1479—2021"),
        ("DB33/T 23502021", "DB33/T 2350—2021"),
        ("DB33/T 2350 2021", "DB33/T 2350—2021"),
        ("BDB33/T 24742022", "DB33/T 2474—2022"),
        ("DB12/T 123120231政务", "DB12/T 1231—2023"),
        ("GB/T 20001.12001", "GB/T 20001.1—2001"),
        ("GB/丁1.2--1996", "GB/T 1.2—1996"),
        ("GB/T 7714-87", "GB/T 7714—1987"),
        ("T/TAF 269—2025", "T/TAF 269—2025"),
        ("ISO/IEC 11179-3:2013", "ISO/IEC 11179-3:2013"),
        ("ISO 704：2009", "ISO 704:2009"),
        ("GM/T 0100—2020", "GM/T 0100—2020"),
        ("GA 1277.1—2020", "GA 1277.1—2020"),
        ("GB 12021.2", "GB 12021.2"),
        ("GB/T 22240信息安全技术", "GB/T 22240"),
        ("DB32/T 4608. 1公共数据", "DB32/T 4608.1"),
        ("GB/T 22239（2019年版）", "GB/T 22239—2019"),
    ] {
        assert_eq!(normals(text), [normal], "{text}");
    }
}

#[test]
fn documents_decrees_and_titles_are_read() {
    for (text, normal) in [
        ("根据国发〔2018〕43号", "国发〔2018〕43号"),
        ("（苏政办发（2023） 36号）", "苏政办发〔2023〕36号"),
        ("烟数〔2025〕4 号", "烟数〔2025〕4号"),
        ("按照国发﹝2018﹞27号", "国发〔2018〕27号"),
        ("工业和信息化部令第24号", "工业和信息化部令第24号"),
        ("中华人民共和国国务院令\n第 809 号", "中华人民共和国国务院令第809号"),
        ("《中\n华人民共和国数据安全法》", "《中华人民共和国数据安全法》"),
        ("[3]中华人民共和国网络安全法", "中华人民共和国网络安全法"),
        ("《数字社会定义集（5.0版）》", "《数字社会定义集(5.0版)》"),
        ("在数字社会定义集（5.0版）基础上", "《数字社会定义集(5.0版)》"),
    ] {
        assert_eq!(normals(text), [normal], "{text}");
    }
}

#[test]
fn two_numbers_in_a_row_are_two() {
    assert_eq!(normals("国发〔2018〕43号和浙政发〔2020〕1号"), ["国发〔2018〕43号", "浙政发〔2020〕1号"]);
    assert_eq!(
        normals("GB/T 1.1—2020、GB/T 20001.1—2024和GB/T 1.2"),
        ["GB/T 1.1—2020", "GB/T 20001.1—2024", "GB/T 1.2"]
    );
}

#[test]
fn what_only_looks_like_a_citation_is_none() {
    for text in [
        "浙政钉2.0平台",
        "2021—2025年",
        "楷体_GB2312",
        "5G网络和500GB存储",
        "内存8 GB 3块",
        "GMT+8",
        "ISO/TC 37",
        "charset=gb2312",
        "幸福小区（2021）5号楼",
        "PM2.5",
        "中华人民共和国成立",
        "命令第一",
        "A/B 测试",
        "T/3",
    ] {
        assert_eq!(normals(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn clauses_belong_to_the_number_before_them() {
    for (text, clause) in [
        ("［来源：GB/T 37932-2019,定义 3. 2,有修改］", Some("3.2")),
        ("[来源：DB33/T 2350—2021，3.1.3.20]", Some("3.1.3.20")),
        ("GB/T 33745—2017,定 义2.5.6", Some("2.5.6")),
        ("GB/T 22239—2019第3章", Some("第3章")),
        ("GB/T 22239—2019中的5.6", Some("5.6")),
        ("GB/T 22239—2019（见5.6）", Some("5.6")),
        ("GB/T 1.1—2020《导则》第5.2条", Some("5.2")),
        ("GB/T 22239—2019，附录A", Some("附录A")),
        ("参照DB33/T 2350-2021 3.1.1.3 制定", Some("3.1.1.3")),
        ("《浙江省公共数据条例》第三条第二款", Some("第三条第二款")),
        ("GB/T 22239—2019，3个系统", None),
        ("GB/T 22239—2019，2.0版", None),
        ("GB/T 22239—2019、GB/T 22240—2020", None),
    ] {
        assert_eq!(read(text)[0].clause.as_deref(), clause, "{text}");
    }
}

#[test]
fn history_is_told_from_reliance() {
    for (text, role) in [
        ("本文件代替GB/T 22239—2008《基本要求》", Role::History),
        ("与GB/T 22239—2008相比，主要变化如下", Role::History),
        ("在《数字社会定义集（5.0版）》的基础上新增", Role::History),
        ("《浙江省信息化促进条例》同时废止", Role::History),
        ("本文件按照GB/T 22239—2008的规定起草", Role::Reference),
        ("根据国办函〔2021〕105号精神，工信部联信软〔2021〕53号同时废止", Role::Reference),
        ("［来源：GB/T 37932-2019,定义3.2］", Role::Source),
    ] {
        assert_eq!(read(text)[0].role, role, "{text}");
    }
    assert_eq!(read("本文件代替GB/T 1—2009，按照GB/T 1.1—2009起草")[1].role, Role::Reference);
}

#[test]
fn what_was_mended_is_told() {
    let one = |text: &str| read(text).remove(0).repaired;
    assert_eq!(one("GB/T 1.1—2020"), None);
    assert_eq!(one("GB/T 1.1-2020").unwrap().defects, [Defect::Dash]);
    assert!(!one("DB33/T 23502021").unwrap().guessed);
    assert!(one("DB34/T 46292023").unwrap().guessed);
    assert_eq!(one("DB33∕T 2474-2022").unwrap().defects, [Defect::Dash, Defect::Slash]);
}

#[test]
fn the_time_grows_with_the_text_and_not_faster() {
    for part in ["GB/T ", "《", "〔2021〕", "1.", "A", "中华人民共和国", "GB/T 1. ", "来源：GB/T 1.1—2020"]
    {
        citations(&part.repeat(200_000 / part.len()), None);
    }
}

#[test]
fn issuers_are_read_through_layout_and_begin_where_their_names_do() {
    for (text, normal) in [
        ("黑 政 办 规 〔 2025〕 1 号", "黑政办规〔2025〕1号"),
        ("厦府办规 〔 20 25 〕 10 号", "厦府办规〔2025〕10号"),
        ("《意见》（中\n办发〔2024〕67号）", "中办发〔2024〕67号"),
        ("《办法》（威财资\n环〔2022〕2 号）", "威财资环〔2022〕2号"),
        ("有关工作的通知\n国办发〔2025〕3号", "国办发〔2025〕3号"),
        ("2019年4月3日国务院令第711号公布", "国务院令第711号"),
        ("二〇一九年四月三日国务院令第711号公布", "国务院令第711号"),
        ("2021年2月1日国务院办公厅〔2021〕3号", "国务院办公厅〔2021〕3号"),
        ("经国务院令第711号公布", "国务院令第711号"),
    ] {
        assert!(normals(text).contains(&normal.to_owned()), "{text}: {:?}", normals(text));
    }
}

#[test]
fn series_of_other_bodies_are_read() {
    for (text, normal) in [
        ("符合TC260-PG-20211A的要求", "TC260-PG-20211A"),
        ("按照TC260-003执行", "TC260-003"),
        ("NIST SP 800-53的要求", "NIST SP 800-53"),
        ("RFC 8446", "RFC 8446"),
        ("ITU-T X.509证书", "ITU-T X.509"),
        ("T/31SBJ 001—2022", "T/31SBJ 001—2022"),
        ("T/ABC 001-1—2021", "T/ABC 001-1—2021"),
        ("T/CESA 1101.2—2020", "T/CESA 1101.2—2020"),
    ] {
        assert_eq!(normals(text), [normal], "{text}");
    }
    for text in ["SAC/TC 260归口", "TC260委员会", "IEEE会议", "RFC流程"] {
        assert!(normals(text).is_empty(), "{text}");
    }
}

#[test]
fn papers_are_no_citations_and_spaced_laws_are() {
    for text in
        ["持有《排污许可证》", "签订《用户服务协议》", "填写《项目申报表（试行）》", "同意《隐私政策》"]
    {
        assert!(normals(text).is_empty(), "{text}");
    }
    assert_eq!(normals("按照《数据提供合同（示范文本）》执行").len(), 1);
    assert_eq!(
        normals("根据 中 华 人 民 共 和 国 网 络 安 全 法 第 二 十 一 条"),
        ["中华人民共和国网络安全法"]
    );
}
