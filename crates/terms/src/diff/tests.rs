use super::*;

/// 3.1.1.3 of DB33/T 2350—2021 and what became of it: the 2022 edition renamed and rewrote it.
const OLD: &str = r#"
    [dictionary]
    id = "d-2021"
    title = "术语"
    edition = "2021"
    citation = "DB33/T 1—2021"
    [[concept]]
    term = "整体智治"
    clause = "3.1.1"
    definition = "通过广泛运用数字技术，推动治理主体之间的有效协调，实现精准性和智慧化的公共治理。"
    [[concept]]
    id = "dangzheng"
    term = "党政机关整体智治"
    clause = "3.1.2"
    definition = "以加强党的全面领导为主线，运用数字化工具，对党政机关进行数字赋能、流程再造的一项数字化改革。"
    [[concept]]
    term = "数字政府"
    clause = "3.1.3"
    definition = "依托公共数据平台，形成新的行政管理形式和政府运行模式。"
    notes = ["立足市场有效、政府有为。"]
    [[concept]]
    term = "旧词"
    clause = "3.1.4"
    definition = "不再使用的术语。"
"#;

const NEW: &str = r#"
    [dictionary]
    id = "d-2022"
    title = "术语"
    edition = "2022"
    citation = "DB33/T 1—2022"
    effective = "2022-08-01"
    [[concept]]
    term = "整体智治"
    clause = "3.1.1"
    definition = "通过广泛运用数字技术，推动治理主体之间的有效协调，实现精准性和智慧化的公共治理。"
    [[concept]]
    term = "党建统领整体智治"
    clause = "3.1.2"
    definition = "以加强党的全面领导为统领，运用数字化工具，对党政机关进行数字赋能、流程再造的一项改革。"
    [[concept]]
    term = "数字政府"
    clause = "3.1.4"
    definition = "以数字技术推动职能转变、打造整体高效的服务型政府的过程。"
    [[concept]]
    term = "数字文化"
    clause = "3.1.5"
    definition = "文化领域的数字化应用体系。"
"#;

fn read(text: &str) -> Dictionary {
    Dictionary::from_toml("d.toml", text).unwrap()
}

fn terms(entries: &[Entry]) -> Vec<&str> {
    entries.iter().map(|entry| entry.term.as_str()).collect()
}

/// `[-removed-]{+added+}`
fn marked(changes: &[Change]) -> String {
    let mark = |change: &Change| match change {
        Change::Same(text) => text.clone(),
        Change::Removed(text) => format!("[-{text}-]"),
        Change::Added(text) => format!("{{+{text}+}}"),
    };
    changes.iter().map(mark).collect()
}

#[test]
fn entries_are_added_removed_renamed_renumbered_redefined_or_left() {
    let diff = compare(&read(OLD), &read(NEW));
    assert_eq!(terms(&diff.added), ["数字文化"]);
    assert_eq!(terms(&diff.removed), ["旧词"]);
    let renamed: Vec<_> = diff.renamed().map(|kept| (&*kept.old.term, &*kept.new.term)).collect();
    assert_eq!(renamed, [("党政机关整体智治", "党建统领整体智治")]);
    let moved: Vec<_> = diff.renumbered().map(|kept| kept.new.citation.as_str()).collect();
    assert_eq!(moved, ["DB33/T 1—2022，3.1.4"]);
    let degrees: Vec<_> = diff.redefined().map(|kept| kept.definition.as_ref().unwrap().degree()).collect();
    assert_eq!(degrees, [Degree::Adapted, Degree::Replaced]);
    assert_eq!(diff.unchanged(), 1);
    assert_eq!(diff.kept[2].fields[0].field, Field::Notes);
}

#[test]
fn an_edition_does_not_differ_from_itself() {
    let diff = compare(&read(OLD), &read(OLD));
    assert!(diff.is_empty());
    assert_eq!(diff.unchanged(), 4);
}

#[test]
fn a_name_that_stays_is_stronger_than_an_id_or_a_like_definition() {
    // The name moved on to another concept, and the id with the definition to another name.
    let old = "[dictionary]\nid = \"o\"\ntitle = \"t\"\n[[concept]]\nid = \"c1\"\nterm = \"数据仓\"\n\
               definition = \"各类公共数据资源按主题汇聚而成的集合。\"";
    let new = "[dictionary]\nid = \"n\"\ntitle = \"t\"\n[[concept]]\nid = \"c1\"\nterm = \"数据湖\"\n\
               definition = \"各类公共数据资源按主题汇聚而成的集合。\"\n[[concept]]\nid = \"c2\"\nterm = \"数据仓\"";
    let diff = compare(&read(old), &read(new));
    assert_eq!(terms(&diff.added), ["数据湖"]);
    assert_eq!(diff.kept[0].matched, Matched::Name);
}

#[test]
fn a_running_number_is_no_id() {
    let edition = |term: &str, definition: &str| {
        read(&format!(
            "[dictionary]\nid = \"o\"\ntitle = \"t\"\n[[concept]]\nid = \"c1\"\nterm = \"{term}\"\n\
             definition = \"{definition}\""
        ))
    };
    let diff =
        compare(&edition("政务云", "统一提供计算服务的平台。"), &edition("链", "覆盖全生命周期的应用。"));
    assert_eq!((terms(&diff.added), terms(&diff.removed)), (vec!["链"], vec!["政务云"]));
}

#[test]
fn an_old_name_that_the_new_edition_lists_leads_to_its_entry() {
    let new =
        "[dictionary]\nid = \"n\"\ntitle = \"t\"\n[[concept]]\nterm = \"新词\"\nsuperseded = [\"旧词\"]";
    let old = "[dictionary]\nid = \"o\"\ntitle = \"t\"\n[[concept]]\nterm = \"旧词\"";
    let diff = compare(&read(old), &read(new));
    assert_eq!(diff.kept[0].matched, Matched::OtherName);
}

#[test]
fn homonyms_find_their_own_domain() {
    let edition = |first: &str, second: &str| {
        read(&format!(
            "[dictionary]\nid = \"o\"\ntitle = \"t\"\n\
             [[concept]]\nid = \"{first}\"\nterm = \"链\"\ndomain = \"{first}\"\n\
             [[concept]]\nid = \"{second}\"\nterm = \"链\"\ndomain = \"{second}\""
        ))
    };
    let diff = compare(&edition("应用名称", "机械"), &edition("机械", "应用名称"));
    assert_eq!(diff.unchanged(), 2);
}

#[test]
fn the_overlay_can_be_loaded_and_holds_names_and_clauses() {
    let text = supersedes_toml(&compare(&read(OLD), &read(NEW)));
    let overlay = Dictionary::from_toml("s.toml", &text).unwrap();
    let renamed = &overlay.concepts()[1];
    assert_eq!(renamed.preferred(), "党建统领整体智治");
    assert_eq!(renamed.designations[1].text, "党政机关整体智治");
    assert_eq!(renamed.designations[1].since, Date::new(2022, 8, 1));
    assert!(renamed.designations[1].note.as_deref().unwrap().contains("推定"));
    let map: Vec<_> = clause_map(&overlay).into_iter().map(|moved| (moved.from, moved.to)).collect();
    assert_eq!(
        map,
        [
            ("DB33/T 1—2021，3.1.1", "3.1.1"),
            ("DB33/T 1—2021，3.1.2", "3.1.2"),
            ("DB33/T 1—2021，3.1.3", "3.1.4")
        ]
        .map(|(from, to)| (from.to_owned(), to.to_owned()))
    );
    assert!(text.contains("# 新版已删去：\n#   旧词（DB33/T 1—2021，3.1.4）\n"), "{text}");
    assert!(clause_map(&read(NEW)).is_empty());
}

#[test]
fn names_with_quotes_survive_in_the_overlay() {
    let edition = |id: &str, term: &str| {
        format!("[dictionary]\nid = \"{id}\"\ntitle = \"t\"\n[[concept]]\nid = \"x\"\nterm = '{term}'")
    };
    let diff = compare(&read(&edition("a", r#"教育"一张图"\旧"#)), &read(&edition("b", "教育“一张图”")));
    let overlay = Dictionary::from_toml("s.toml", &supersedes_toml(&diff)).unwrap();
    assert_eq!(overlay.concepts()[0].designations[1].text, r#"教育"一张图"\旧"#);
}

#[test]
fn similarity_has_the_measured_figures() {
    // The definition in the 2021 standard and that in 浙江省公共数据条例, third article.
    let standard = "国家机关、法律法规规章授权的具有管理公共事务职能的组织，在依法履行职责和提供公共服务过程中，\
                    所获取的数据资源以及法律、法规规定纳入公共数据管理范围的其他数据资源。";
    let statute = "本省国家机关、法律法规规章授权的具有管理公共事务职能的组织以及供水、供电、供气、公共交通等\
                   公共服务运营单位，在依法履行职责或者提供公共服务过程中收集、产生的数据。";
    let same_lineage = similarity(standard, statute);
    assert!((0.5..0.65).contains(&same_lineage), "{same_lineage}");
    assert!(similarity(standard, &standard.replace("过程中，", "过程中")) > SAME);
    let government = "依托一体化智能化公共数据平台，形成新的行政管理形式和政府运行模式。";
    assert!(similarity(standard, government) < UNRELATED);
}

#[test]
fn similarity_overlooks_width_space_and_the_shape_of_marks() {
    assert!((similarity("数据 治理（５G）", "数据治理(5G)") - 1.0).abs() < f64::EPSILON);
    assert!((similarity("“甲”、乙。", "「甲」﹑乙．") - 1.0).abs() < f64::EPSILON);
    assert!((similarity("码", "码") - 1.0).abs() < f64::EPSILON);
    assert!(similarity("码", "链") < f64::EPSILON);
    assert!(similarity("", "甲乙") < f64::EPSILON);
}

#[test]
fn changes_are_shown_in_stretches() {
    for (old, new, expected) in [
        ("", "", ""),
        ("数据共享", "数据共享", "数据共享"),
        ("", "新增", "{+新增+}"),
        ("实施2021年版", "实施2022年版", "实施[-2021-]{+2022+}年版"),
        ("过程中收集的数据", "过程中获取的数据", "过程中[-收集-]{+获取+}的数据"),
        ("提高速度，准确度", "提高准确度", "提高[-速度，-]准确度"),
        // 的 recurs by chance.
        ("优质的服务平台", "开放的数据集合", "[-优质的服务平台-]{+开放的数据集合+}"),
        ("甲，乙", "丙，丁", "[-甲-]{+丙+}，[-乙-]{+丁+}"),
    ] {
        let changes = word_diff(old, new);
        let shown: String = marked(&changes);
        assert_eq!(shown.replace("[--]", "").replace("{++}", ""), expected);
    }
}

#[test]
fn both_texts_can_be_read_from_the_changes() {
    let (old, new) = ("以驾驶舱的形式，直观地监测APP 2.0运行情况。", "以图表形式，监测App 3.0的运行状况！");
    let changes = word_diff(old, new);
    let side = |added: bool| -> String {
        let of = |change: &Change| match change {
            Change::Same(text) => text.clone(),
            Change::Removed(text) if !added => text.clone(),
            Change::Added(text) if added => text.clone(),
            _ => String::new(),
        };
        changes.iter().map(of).collect()
    };
    assert_eq!((side(false).as_str(), side(true).as_str()), (old, new));
}

#[test]
fn very_long_texts_are_compared_by_clauses() {
    let long: String = (0..1500).map(|n| format!("第{n}项内容，")).collect();
    let changes = word_diff(&format!("甲{long}乙"), &format!("丙{}丁", long.replace("第700项", "第二项")));
    assert!(marked(&changes).contains("[-第700项内容，-]{+第二项内容，+}"));
}
