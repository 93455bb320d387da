//! Definitions in every form, and what only looks like one.

use proptest::prelude::*;

use super::*;
use zhengming_text::document::{BlockBuilder, BlockKind};
use zhengming_text::span::Span;

/// A document of one block a line; `# ` makes a heading, `| ` cells on one line.
fn document(text: &str) -> Document {
    let mut document = Document::new("t", "text", text.to_owned());
    let mut at = 0;
    for line in text.split('\n') {
        let kind = match line.chars().next() {
            Some('#') => BlockKind::Heading(2),
            Some('|') => BlockKind::TableCell,
            _ if line.starts_with('注') => BlockKind::Note,
            _ => BlockKind::Paragraph,
        };
        let skip = if matches!(kind, BlockKind::Heading(_) | BlockKind::TableCell) { 2 } else { 0 };
        let mut from = at + skip.min(line.len());
        for cell in text[from..at + line.len()].split('|') {
            let mut block = BlockBuilder::new(kind);
            block.verbatim(text, Span::new(from, from + cell.len()));
            if let Some(block) = block.finish() {
                document.push(block);
            }
            from += cell.len() + 1;
        }
        at += line.len() + 1;
    }
    document
}

fn read(text: &str) -> Vec<(String, String, Pattern)> {
    let document = document(text);
    let found = definitions(&document);
    found.iter().map(|one| (one.text.clone(), one.body_text(&document), one.pattern)).collect()
}

/// The same of a text that is one block.
fn read_block(text: &str) -> Vec<(String, String, Pattern)> {
    let mut document = Document::new("t", "text", text.to_owned());
    let mut block = BlockBuilder::new(BlockKind::Paragraph);
    block.verbatim(text, Span::new(0, text.len()));
    document.push(block.finish().unwrap());
    let found = definitions(&document);
    found.iter().map(|one| (one.text.clone(), one.body_text(&document), one.pattern)).collect()
}

#[test]
fn every_pattern_gives_its_term_and_body() {
    for (text, term, body, pattern) in [
        (
            "本办法所称政务数据，是指政府部门收集的数据。它很多。",
            "政务数据",
            "政府部门收集的数据。",
            Pattern::SoCalled,
        ),
        ("数据归集是指汇聚数据的活动。", "数据归集", "汇聚数据的活动。", Pattern::Is),
        ("1.数据产权，是指权利人的权利。", "数据产权", "权利人的权利。", Pattern::Is),
        ("第三条 （一）电子签名，是指数据电文中的数据；", "电子签名", "数据电文中的数据；", Pattern::Is),
        (
            "“四横”是指：基础设施、数据资源；“四纵”是指：政策制度、标准。",
            "四横",
            "基础设施、数据资源",
            Pattern::Is,
        ),
        (
            "本办法所称集成应用，指针对领域的应用综合体。",
            "集成应用",
            "针对领域的应用综合体。",
            Pattern::SoCalled,
        ),
        ("本文件中的术语“一表通”是指统一填报的应用。", "一表通", "统一填报的应用。", Pattern::Is),
        ("名词“一表通”，即统一填报的应用。", "一表通", "统一填报的应用。", Pattern::Namely),
        ("概念验证是指验证成果可行的活动。", "概念验证", "验证成果可行的活动。", Pattern::Is),
        ("教育“一张图”是指汇聚资源的应用。", "教育“一张图”", "汇聚资源的应用。", Pattern::Is),
        ("政务云指统一提供计算的平台。", "政务云", "统一提供计算的平台。", Pattern::Means),
        ("政务云，即提供计算的平台。", "政务云", "提供计算的平台。", Pattern::Namely),
        ("构建“1+5”架构，即1个平台和5个系统。", "1+5", "1个平台和5个系统。", Pattern::Namely),
        (
            "注3：视联网是互联网的更高级形态，是实时网络。",
            "视联网",
            "互联网的更高级形态，是实时网络。",
            Pattern::Note,
        ),
        ("两单两图是清单和图谱的简称。", "两单两图", "清单和图谱", Pattern::ShortFor),
        (
            "提升“三多三全”：一是多元主体；二是多源数据。",
            "三多三全",
            "一是多元主体；二是多源数据。",
            Pattern::Slogan,
        ),
        (
            "形成甲清单、乙清单、丙清单等“N 张清单”为标志的成果。",
            "N张清单",
            "形成甲清单、乙清单、丙清单等“N 张清单”为标志的成果",
            Pattern::Slogan,
        ),
        ("国家平台（以下简称一体化在线平台）", "一体化在线平台", "一体化在线平台", Pattern::ShortForm),
        ("提供者（以下统称“服务提供者”）", "服务提供者", "“服务提供者”", Pattern::ShortForm),
        ("城市信息模型（CIM）", "CIM", "城市信息模型", Pattern::Gloss),
        ("一体化在线政务服务平台（“浙里办”）", "浙里办", "一体化在线政务服务平台", Pattern::Gloss),
        (
            "# （二）定义内涵\n数字化改革是围绕建设的过程。",
            "数字化改革",
            "围绕建设的过程。",
            Pattern::Heading,
        ),
    ] {
        let found = read(text);
        let one = found.iter().find(|one| one.0 == term).unwrap_or_else(|| panic!("{text}: {found:?}"));
        assert_eq!((one.1.as_str(), one.2), (body, pattern), "{text}");
    }
}

#[test]
fn what_is_said_in_passing_gives_a_term_too() {
    use Pattern::{Composition, Gloss, Includes, Is, Kind, Means, Named, ShortForm, Slogan, SoCalled};
    for (text, term, pattern) in [
        ("一体化在线平台由国家平台、部门平台和地区平台组成。", "一体化在线平台", Composition),
        ("数联网主要由接入终端、流通网络、服务平台构成，按期建成。", "数联网", Composition),
        (
            "建立由缝制设备、人工智能技术等构成的智能协\n同缝制系统。推广设备。",
            "智能协同缝制系统",
            Composition,
        ),
        ("提升省一体化平台（含省“一网通办”系统）基础能力。", "省一体化平台", Includes),
        ("强化“省长信箱”（含人民网留言板）重点诉求督办。", "省长信箱", Includes),
        ("“三张清单”包括需求清单、场景清单和改革清单。", "三张清单", Includes),
        ("本办法所称法定身份证件，包括居民身份证、护照等。", "法定身份证件", Includes),
        ("本方案所称的元数据，是关于数据的数据。", "元数据", SoCalled),
        ("可信数据空间是联结多方主体、共享数据资源的新型基础设施。", "可信数据空间", Kind),
        ("元数据是一类描述其他数据的基础数据。", "元数据", Kind),
        ("货物从境外进入特区免于申报，即“一线放开”。", "一线放开", Named),
        ("这种免于申报进入特区的做法称为“一线放开”。", "一线放开", Named),
        ("搭建MaaS（模型\n即服务）平台。", "MaaS", Gloss),
        ("建设ＣＩＭ（城市信息模型）平台。", "ＣＩＭ", Gloss),
        ("推动人工智能（AI）赋能。", "人工智能", Gloss),
        ("完善地理信息公共服务（天地图河南）等平台建设。", "天地图河南", Gloss),
        ("各单位（包括事业单位，以下统称用数部门）应当登记。", "用数部门", ShortForm),
        ("各单位（以下统称“用数部门”，包括事业单位）应当登记。", "用数部门", ShortForm),
        ("确定的部门（以下称区（市）主管部门）负责。", "区（市）主管部门", ShortForm),
        ("（一）首次登记：是指数据资源首次进行登记。", "首次登记", Is),
        ("生物识别信息，也称生物特征识别信息，是指对特征处理得到的信息。", "生物特征识别信息", Is),
        ("以郑州为核心，洛阳为增长极，各地多点配套发展的“一核四极多点”布局。", "一核四极多点", Slogan),
        ("构建“一核四极多点”布局，以郑州为核心，四市为增长极，各地多点配套。", "一核四极多点", Slogan),
        ("布局企业、行业、城市三类可信数据空间建设和应用。", "三类可信数据空间", Slogan),
        ("和科技、产业、治理等6大重点领域广泛融合。", "6大重点领域", Slogan),
        ("数据基础设施在省里统筹下，由区域、行业、企业等设施共同构成。", "数据基础设施", Composition),
        ("本条例所称传输网，由发射台、转播台等构成。", "传输网", Composition),
        ("区块链是分布式网络、加密技术集成的新型数据库软件，具有多种特性。", "区块链", Kind),
        ("第九条【运营机构】运营机构是根据授权开展工作的法人机构。", "运营机构", Kind),
        ("电子病历是病历的一种记录形式，指在医疗活动中生成的文字。", "电子病历", Means),
        ("1.1标的数据：指在本次交易中提供的数据。", "标的数据", Means),
        ("一是托管业务场景，指为客户提供机房的业务模式。", "托管业务场景", Means),
        ("第十三条受奖人员及其亲属（指配偶、子女和父母）。", "受奖人员及其亲属", Means),
        ("本专项资金是指由市级财政安排的资金。", "专项资金", Is),
        ("本细则中所述“申报材料”是指申报时提供的材料。", "申报材料", Is),
        ("本办法所提野生动物，均系指受保护的动物。", "野生动物", Is),
        ("工信部门、通信管理局统称主管部门，负责监督。", "主管部门", ShortForm),
        ("前两款规定的部门统称为主管部门。", "主管部门", ShortForm),
        ("（基金会的基金和奖励基金以下统称专项基金）。", "专项基金", ShortForm),
        ("乡镇和村的合作社（以下分别简称乡联社、村合作社）", "村合作社", ShortForm),
        ("上海自贸试验区及临港新片区（以⏎下简称新片区）实际，制定本办法。", "新片区", ShortForm),
        ("本 方 案 所 称 “ 公 共 资 产 ” ， 是 指 各 级 机 关 持 有 的 资 产 。", "公共资产", SoCalled),
        ("本⽂件所称⽤户，是指使⽤系统的⼈。", "用户", SoCalled),
        ("实施“两步走”路径。2025—2028年，打造示范。2029—2035年，全面推广。", "两步走", Slogan),
    ] {
        let found = read_block(&text.replace('⏎', "\n"));
        assert!(found.iter().any(|one| one.0 == term && one.2 == pattern), "{text}: {found:?}");
    }
}

#[test]
fn look_alikes_of_what_is_said_in_passing() {
    for text in [
        "成立由市长任组长的领导小组。",
        "平台由我国自主建成。",
        "费用（含税）由企业承担，建设周期（含试运行）不超过两年。",
        "建设卫星数据产业园（海阳市），印发工作方案（征求意见稿）。",
        "推进数字政府建设是一项长期的系统工程。",
        "数字政府是一个复杂的巨系统，要统筹推进建设的各项工作。",
        "各单位称为“用数部门”。",
        "各部门（含直属单位）按照流程办理，敏感数据（包括个人数据、重要数据）另行规定。",
        "评估应是一个持续改进的过程，定期开展评估并及时调整。",
        "数据产业是构建现代化体系的重要内容，也是发展的基础。",
        "共性类标准是以标准工作支撑落实框架的重要保障。",
        "落实“直达快享”“免申即享”机制，依托平台提升服务。",
        "编制“一业一策”推进方案，行业协会提出对策，政策落地。",
        "根据“一府两院”的要求，可以调整，政府和法院报送报告，院长列席。",
        "数据、算力是生产资源的统称，应当用好。",
        "由代收人签名或者捺指印，拒绝签名和捺指印的，应当注明。",
        "频段频率（MHz）和质量体系（ISO20000）认证。",
        "采用口令、密码等两种或两种以上组合的鉴别技术。",
        "本办法所称以上，包括本数的一切情形均按此执行吗",
        "开展三项工作，推进五类场景建设。",
        "实施“两步走”战略，加快推进。",
        "推行GDP（现价）统计，上线APP（浙里办）。",
        "完善“一核四极”布局的政策，支持企业发展。",
    ] {
        let found: Vec<_> = read(text).into_iter().filter(|one| one.0 != "以上").collect();
        assert_eq!(found, [], "{text}");
    }
}

#[test]
fn a_list_that_is_announced_is_read_to_its_end() {
    let names = |text: &str| read(text).into_iter().map(|one| (one.0, one.1)).collect::<Vec<_>>();
    let own = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(term, body)| ((*term).to_owned(), (*body).to_owned())).collect::<Vec<_>>()
    };
    assert_eq!(
        names(
            "第三条　所谓一表通，指基层减负报表系统。第四条　下列用语的含义：（二）数据桥，即两地互通的通道。"
        ),
        own(&[("一表通", "基层减负报表系统。"), ("数据桥", "两地互通的通道。")])
    );
    assert_eq!(
        names(
            "第八条 本条例下列用语的含义：\n（一）油桶，是指盛装油料的容器；\n（二）桶箍：加固桶身的环。\n桶盖，包括平盖和凸盖。\n第九条 油桶：应当登记。"
        ),
        own(&[("油桶", "盛装油料的容器；"), ("桶箍", "加固桶身的环。"), ("桶盖", "包括平盖和凸盖。")])
    );
    assert_eq!(names("本法下列用语的含义：\n军事网络的安全保护，由有关机关另行规定。"), []);
    assert_eq!(names("规范用语的使用。\n（一）油桶：由各县登记。"), []);
}

#[test]
fn rows_of_a_table_that_lost_its_cells_are_read() {
    let text =
        "序号 指标名称 单位 指标解释\n1 掌上办公比例 % 通过平台办理的公文占全部公文的比例\n2 上线率 90";
    let found = read_block(text);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].0.as_str(), found[0].2), ("掌上办公比例", Pattern::Table));
    assert_eq!(read_block("序号 名称 数量\n1 掌上办公比例 通过平台办理的公文占全部公文的比例"), []);
}

#[test]
fn a_table_that_lost_its_lines_gives_the_cell() {
    let found = read_block("例如对于原数据：采用归零算法后\n5 归零 归零是指对数据清空并置为0的处理。");
    assert_eq!(found[0].0, "归零");
    let wrapped = read_block("本文件提到的公共\n数据是指公共机构的数据。");
    assert!(wrapped.iter().all(|one| one.0 != "数据"));
}

#[test]
fn look_alikes_define_nothing() {
    for text in [
        "完善指标体系，编制指南。",
        "数字政府建设是数字化改革的必然要求。",
        "公共数据包括政务数据和公共服务数据。",
        "平台（包括移动端）建设",
        "指出问题，指导工作，指定单位，指派人员。",
        "所指的内容如下。",
        "国务院关于印发（试行）的通知",
        "立即整改，随即上报，符合条件即可办理。",
        "中国（浙江）自由贸易试验区",
    ] {
        assert_eq!(read(text), [], "{text}");
    }
}

#[test]
fn terms_clauses_are_read_entry_by_entry() {
    let text = "# 3 术语和定义\n下列术语和定义适用于本文件。\n# 3. 1\n# 数据产品data product\n对数据加工形成的产品。\n\
                注：产品很多。\n# 3.2 数据供方 data supplier\n提供数据的组织。\n# 4 原则\n4.1 公开透明";
    let found = read(text);
    let expected = [("数据产品", "对数据加工形成的产品。"), ("数据供方", "提供数据的组织。")];
    let terms: Vec<_> = found.iter().map(|(term, body, _)| (term.as_str(), body.as_str())).collect();
    assert_eq!(terms, expected);
    let glued = "X界定的以及下列术语和定义适用于本标准。3.1 机关事务 保障运行的管理。3.2 集成应用 针对领域的应用综合体。来源：甲,3.1";
    let found = read(glued);
    assert_eq!((found[0].0.as_str(), found[1].1.as_str()), ("机关事务", "针对领域的应用综合体。"));
}

#[test]
fn tables_with_a_column_of_definitions_are_read() {
    let found = read(
        "| 序号|名词名称|定义|解释单位\n| 1|“总对总”服务|按照需要统一的办理模式。|省厅\n| 2|城市大脑|以数据为基础的系统。|省局",
    );
    assert_eq!((found[0].0.as_str(), found[0].1.as_str()), ("“总对总”服务", "按照需要统一的办理模式。"));
    assert_eq!(found[1].0, "城市大脑");
}

#[test]
fn the_letters_of_a_standard_are_read_with_their_words() {
    let text = "# 4 缩略语\n下列缩略语适用于本文件。\nERP：企业资源计划（Enterprise Resource Planning）\nAPI  应用程序编程接口 \
                (Application Programming Interface)\n4.3 IPv6 互联网协议第六版\n# 5 要求\nUPS：应当配备两台。";
    let found: Vec<_> = read(text).into_iter().map(|one| (one.0, one.1)).collect();
    let expected = [("ERP", "企业资源计划"), ("API", "应用程序编程接口"), ("IPv6", "互联网协议第六版")];
    assert_eq!(found, expected.map(|(term, body)| (term.to_owned(), body.to_owned())));
    assert_eq!(read("常用缩略语见附录。\nERP：企业资源计划"), []);
}

#[test]
fn a_place_with_nothing_but_white_space_defines_nothing() {
    for text in
        ["# 3 术语和定义\n3.1 \u{3000}", "# 3 术语和定义\n3.1 \u{3000}\n\u{3000}", "平台（以下简称 ）"]
    {
        assert_eq!(read(text), [], "{text}");
    }
}

#[test]
fn a_definition_goes_on_after_a_page_break() {
    let found = read("注：政务云指运用云计算\n2、技术的平台。其他。");
    assert_eq!((found[0].0.as_str(), found[0].1.as_str()), ("政务云", "运用云计算技术的平台。"));
}

#[test]
fn a_title_declared_short_is_the_term() {
    let found = read("印发《浙江省建设方案（2021-2025年）》（以下简称《方案》）。");
    assert_eq!((found[0].0.as_str(), found[0].1.as_str()), ("《浙江省建设方案（2021-2025年）》", "《方案》"));
}

#[test]
fn the_time_grows_with_the_text_and_not_faster() {
    for part in ["指", "数据是指", "“一", "（以下简称", "注：", "即，", "简称", "（A"] {
        definitions(&document(&part.repeat(200_000 / part.len())));
    }
}

#[test]
fn a_quotation_that_opens_after_the_last_one_closed_names_nothing() {
    assert_eq!(read("建设“1+5+2”平台（“即一个平台"), []);
}

proptest! {
    /// Marks that open and never close, cues in the midst of others: what is found is text, or nothing is.
    #[test]
    fn marks_in_any_order_are_survived(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "“", "”", "（", "）", "《", "》", "即", "，", "。", "：", "是指", "指", "所称", "简称", "的简称", "以下简称",
                "注", "一是", "1+5", "平台", "数据归集", "A", "\n", "　",
            ]),
            0..16,
        ),
    ) {
        let text = pieces.concat();
        let document = document(&text);
        for one in definitions(&document) {
            prop_assert!(document.block(one.block).text().get(one.term.range()).is_some());
            let is_text = |&(block, range): &(usize, TextRange)| {
                document.block(block).text().get(range.range()).is_some()
            };
            prop_assert!(one.body.iter().all(is_text));
        }
    }
}
