//! The rules over dictionaries as a whole: their list, the examples on their pages, and what they find in
//! the official dictionaries. Rules are tested through their pages; a case that no reader of a page
//! needs is below.

use std::collections::{BTreeSet, HashSet};

use zhengming_terms::diff::similarity;
use zhengming_text::diagnostic::Severity;

use super::*;
use crate::builtin_dictionaries;

/// The dictionaries of an example: several are separated by `---`; `[dictionary]` may be left out.
fn read(example: &str) -> Vec<Arc<Dictionary>> {
    let parts = example.split("\n---\n").enumerate();
    parts
        .map(|(number, part)| {
            let header = format!("[dictionary]\nid = \"d{number}\"\ntitle = \"词典\"\n");
            let text = if part.contains("[dictionary]") { part.to_owned() } else { header + part };
            let dictionary = Dictionary::from_toml_unchecked(&format!("{number}.toml"), &text);
            Arc::new(dictionary.unwrap_or_else(|error| panic!("{error}\n{text}")))
        })
        .collect()
}

fn line<'t>(example: &'t str, label: &str) -> Option<&'t str> {
    example.lines().find_map(|line| line.strip_prefix(label))
}

fn run(rule: &str, example: &str) -> Vec<DictionaryDiagnostic> {
    let mut findings = check_dictionaries(&read(example), line(example, "# 通知："));
    findings.retain(|finding| finding.rule == rule);
    findings
}

fn terms<'f>(findings: impl IntoIterator<Item = &'f DictionaryDiagnostic>) -> Vec<&'f str> {
    findings.into_iter().map(|finding| finding.place.term.as_str()).collect()
}

/// The terms at which `rule` reports something in `example`.
#[track_caller]
fn check(rule: &str, example: &str, expected: &[&str]) {
    let findings = run(rule, example);
    assert_eq!(terms(&findings), expected, "{rule}: {findings:#?}");
}

#[test]
fn every_rule_has_one_id_and_full_pages() {
    let mut ids = HashSet::new();
    for DictionaryRegistration { meta, .. } in DICTIONARY_RULES {
        assert!(ids.insert(meta.id), "{} is listed twice", meta.id);
        assert_eq!(meta.family, "dictionary", "{}", meta.id);
        for (page, headings) in [
            (meta.page.0, ["## 为什么", "## 示例", "## 自动修改", "## 怎么办"]),
            (meta.page.1, ["## Why", "## Examples", "## Fix", "## Ways out"]),
        ] {
            assert!(page.starts_with(&format!("# {}\n", meta.id)), "{} has another title", meta.id);
            for heading in headings {
                assert!(page.contains(heading), "{} lacks `{heading}`", meta.id);
            }
        }
    }
}

#[test]
fn registered_rules_make_themselves() {
    for registration in DICTIONARY_RULES {
        assert_eq!(registration.make().meta().id, registration.meta.id);
    }
}

/// A `fail` block may name the terms in its first line, `# 报告：`; a line `# 通知：` holds the notice.
#[test]
fn the_examples_on_every_page_hold() {
    for DictionaryRegistration { meta, .. } in DICTIONARY_RULES {
        let mut given = BTreeSet::new();
        for page in [meta.page.0, meta.page.1] {
            let mut kinds = HashSet::new();
            let mut parts = page.split("\n```");
            while let (Some(_), Some(example)) = (parts.next(), parts.next()) {
                let (kind, example) = example.split_once('\n').expect("a block has a first line");
                kinds.insert(kind);
                let findings = run(meta.id, example);
                given.extend(findings.iter().map(|finding| finding.severity));
                match (kind, line(example, "# 报告：")) {
                    ("pass", _) => assert!(findings.is_empty(), "{findings:#?}\n{example}"),
                    ("fail", None) => assert!(!findings.is_empty(), "{}: {example}", meta.id),
                    ("fail", Some(expected)) => {
                        let expected: Vec<&str> = expected.split('、').collect();
                        assert_eq!(terms(&findings), expected, "{}: {findings:#?}", meta.id);
                    }
                    (other, _) => panic!("{}: example of unknown kind `{other}`", meta.id),
                }
            }
            assert_eq!(kinds, HashSet::from(["fail", "pass"]), "{}", meta.id);
        }
        // The pages show each severity that the rule tells of, and no other.
        assert_eq!(given, meta.severities().collect(), "{}", meta.id);
    }
}

/// All of them were read and judged right; a change of this list is a change to be judged.
#[test]
fn the_official_dictionaries_have_these_defects() {
    let notice = "我们在《数字社会定义集（5.0版）》的基础上，新增了“体育大脑”、“智慧健身”、“智慧健身场馆”，等3个定义解释，\
                  迭代了“救助大脑”、“教育大脑”等2个定义解释。";
    let findings = check_dictionaries(&builtin_dictionaries()[..2], Some(notice));
    let of = |rule: &str| -> Vec<&str> {
        let mut found = terms(findings.iter().filter(|finding| finding.rule == rule));
        found.sort_unstable();
        found
    };
    let expected: &[(&str, &[&str])] = &[
        // 党政机关整体智治主要领域 ↔ 整体智治专题门户, 救助大脑 ↔ 智慧救助
        ("circular-definition", &["党政机关整体智治主要领域", "救助大脑"]),
        ("self-referential-definition", &["公共数据", "智慧就业", "智慧救助"]),
        // 数字化改革, 数据资源, 数据归集, 公共管理和服务机构; 数字孪生
        (
            "undefined-term-in-definition",
            &["党政机关整体智治", "数字经济", "数据共享", "数据协同", "未来学校"],
        ),
        // One for 3.1.3.1, one for the house style of the definition set.
        ("definition-restates-term", &["数字化改革门户", "数字社会"]),
        ("requirement-in-definition", &[]),
        ("multi-concept-entry", &["养老大脑", "就业大脑", "旅游大脑", "浙里民生“关键小事智能速办”"]),
        (
            "term-definiendum-mismatch",
            &["动态监管城镇房屋安全", "教育“一张图”", "浙里家", "浙里民生“关键小事智能速办”"],
        ),
        ("duplicate-entry", &[]),
        ("conflicting-entry", &["多跨场景"]),
        ("near-duplicate-definition", &["救助大脑"]),
        ("entry-number-gap", &[]),
        ("missing-equivalent", &["整体智治"]),
        ("changelog-table-mismatch", &["智慧体育场馆"]),
        ("pattern-entry", &[]),
        ("ambiguous-variant", &[]),
        ("variant-shadows-term", &[]),
        ("dead-variant", &[]),
        ("relation-cycle", &[]),
    ];
    for (rule, terms) in expected {
        assert_eq!(of(rule), *terms, "{rule}");
    }
    assert_eq!(expected.len(), DICTIONARY_RULES.len());
}

#[test]
fn the_overlays_are_clean() {
    let dictionaries = builtin_dictionaries();
    let findings = check_dictionaries(&dictionaries, None);
    let overlays: Vec<_> = dictionaries[2..].iter().map(|dictionary| dictionary.file()).collect();
    let found: Vec<_> = findings.iter().filter(|finding| overlays.contains(&&*finding.place.file)).collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn affixes_and_ordinary_words_of_the_standard_are_found_if_nobody_marked_them() {
    let marked = include_str!("../../dictionaries/db33t-2350-2021.toml");
    let text = marked.replace("match = \"off\"\n", "").replace("match = \"pattern\"\n", "");
    let dictionary = Dictionary::from_toml("d.toml", &text).unwrap();
    let findings = check_dictionaries(&[Arc::new(dictionary)], None);
    let found = terms(findings.iter().filter(|finding| finding.rule == "pattern-entry"));
    assert_eq!(found, ["应用", "系统", "平台", "链", "码", "在线", "模块", "组件"]);
}

/// The figures by which definitions are called the same, adapted or unrelated.
#[test]
fn unrelated_definitions_are_hardly_alike() {
    let dictionaries = builtin_dictionaries();
    let concepts = dictionaries[..2].iter().flat_map(|dictionary| dictionary.concepts());
    let definitions: Vec<&str> = concepts
        .filter_map(|concept| concept.definition.as_deref())
        .filter(|definition| definition.chars().count() > 30)
        .collect();
    let mut figures = Vec::new();
    for (index, first) in definitions.iter().enumerate() {
        figures.extend(
            definitions[..index].iter().filter(|other| *other != first).map(|it| similarity(first, it)),
        );
    }
    figures.sort_by(f64::total_cmp);
    let at = |share: f64| figures[(figures.len() as f64 * share) as usize];
    assert!((0.035..0.05).contains(&at(0.5)), "median {}", at(0.5));
    assert!((0.19..0.21).contains(&at(0.99)), "99th percentile {}", at(0.99));
}

#[test]
fn findings_tell_file_line_clause_and_both_languages() {
    let findings = run(
        "duplicate-entry",
        "[[concept]]\nterm = \"甲乙\"\n\n[[concept]]\nterm = \"甲乙\"\nclause = \"3.2\"",
    );
    let [finding] = &findings[..] else { panic!("{findings:#?}") };
    assert_eq!(
        (finding.place.file.as_str(), finding.place.line, finding.place.clause.as_deref()),
        ("0.toml", 7, Some("3.2"))
    );
    assert_eq!(finding.severity, Severity::Error);
    assert_eq!(finding.message.zh, "“甲乙”已有条目（第4行），定义相同");
    assert_eq!(finding.message.en, "`甲乙` already has an entry (line 4), with the same definition");
    assert_eq!(finding.related[0].line, 4);
}

#[test]
fn doubled_ids_and_names_of_two_concepts_are_found_in_what_loading_refuses() {
    check(
        "duplicate-entry",
        "[[concept]]\nid = \"x\"\nterm = \"甲乙\"\n[[concept]]\nid = \"x\"\nterm = \"丙丁\"",
        &["丙丁"],
    );
    check(
        "ambiguous-variant",
        "[[concept]]\nterm = \"甲乙\"\nadmitted = [\"子丑\"]\n[[concept]]\nterm = \"丙丁\"\nadmitted = [\"子丑\"]",
        &["丙丁"],
    );
    check(
        "variant-shadows-term",
        "[[concept]]\nterm = \"甲乙\"\n[[concept]]\nterm = \"丙丁\"\ndeprecated = [\"甲乙\"]",
        &["丙丁"],
    );
}

#[test]
fn a_later_dictionary_may_decide_otherwise() {
    let layers = "[[concept]]\nterm = \"数据高铁\"\n---\n[[concept]]\nterm = \"数据归集\"\ndeprecated = [\"数据高铁\"]";
    check("variant-shadows-term", layers, &[]);
    let layers = "[[concept]]\nterm = \"甲乙\"\nvariants = [{ surface = \"子丑\", kind = \"other\", fix = \"none\" }]\n---\n\
                  [[concept]]\nterm = \"丙丁\"\nvariants = [{ surface = \"子丑\", kind = \"other\", fix = \"none\" }]";
    let findings = run("ambiguous-variant", layers);
    assert_eq!(findings[0].severity, Severity::Info);
}

#[test]
fn variants_that_a_name_takes_the_place_of_are_dead() {
    for (example, dead) in [
        ("variants = [{ surface = \"子\", kind = \"other\", fix = \"none\" }]", true),
        ("match = \"off\"\nvariants = [{ surface = \"子丑\", kind = \"other\", fix = \"none\" }]", true),
        (
            "admitted = [\"子丑\"]\nvariants = [{ surface = \"子丑\", kind = \"other\", fix = \"none\" }]",
            true,
        ),
        ("variants = [{ surface = \"甲 乙\", kind = \"other\", fix = \"none\" }]", true),
        ("variants = [{ surface = \"“”\", kind = \"other\", fix = \"none\" }]", true),
        ("variants = [{ surface = \"子丑\", kind = \"other\", fix = \"none\" }]", false),
    ] {
        let expected: &[&str] = if dead { &["甲乙"] } else { &[] };
        check("dead-variant", &format!("[[concept]]\nterm = \"甲乙\"\n{example}"), expected);
    }
}

#[test]
fn cycles_over_several_dictionaries_and_of_one_are_found() {
    let broader = |term: &str, target: &str| {
        format!(
            "[[concept]]\nterm = \"{term}\"\nrelations = [{{ kind = \"broader\", target = \"{target}\" }}]"
        )
    };
    check("relation-cycle", &[broader("甲乙", "丙丁"), broader("丙丁", "甲乙")].join("\n---\n"), &["甲乙"]);
    check("relation-cycle", &broader("甲乙", "甲乙"), &["甲乙"]);
    let narrower = broader("丙丁", "甲乙").replace("broader", "narrower");
    check("relation-cycle", &[broader("甲乙", "丙丁"), narrower].join("\n"), &[]);
}

#[test]
fn a_notice_is_compared_with_the_edition_before_if_it_is_loaded() {
    let header = |edition: &str| {
        format!("[dictionary]\nid = \"d{edition}\"\ntitle = \"定义集（{edition}）\"\nseries = \"定义集\"\n")
    };
    let entry = |term: &str, definition: &str| {
        format!("[[concept]]\nterm = \"{term}\"\ndefinition = \"{definition}\"\n")
    };
    let old = header("5") + &entry("救助大脑", "旧的定义。") + &entry("体育大脑", "体育平台。");
    let new = header("6")
        + &entry("救助大脑", "新写的定义。")
        + &entry("体育大脑", "体育平台。")
        + &entry("智慧健身", "运动方式。");
    let check = |notice: &str, messages: &[&str]| {
        let findings = run("changelog-table-mismatch", &format!("# 通知：{notice}\n{old}\n---\n{new}"));
        let found: Vec<_> = findings.iter().map(|finding| finding.message.zh.as_str()).collect();
        assert_eq!(found, messages);
    };
    check("新增“智慧健身”1个，迭代“救助大脑”1个。", &[]);
    check(
        "新增“体育大脑”、“智慧健身”等2个。",
        &[
            "通知说新增2个，与定义集（5）相比，定义集（6）实际新增1个",
            "通知说新增“体育大脑”，上一版已有这一条",
        ],
    );
    check("迭代了“体育大脑”。", &["通知说迭代“体育大脑”，条目与上一版完全相同"]);
    check("删除了“救助大脑”。", &["通知说删除“救助大脑”，词典里还有这一条"]);
    check(
        "新增“智慧健身”“救助大脑”等1个。",
        &["通知说新增“救助大脑”，上一版已有这一条", "通知说新增1个，列出的有2个"],
    );
}

#[test]
fn nothing_is_compared_with_a_notice_that_names_nothing() {
    check(
        "changelog-table-mismatch",
        "# 通知：请认真贯彻执行，不断更新。\n[[concept]]\nterm = \"甲乙\"",
        &[],
    );
    assert!(check_dictionaries(&[], Some("新增“甲乙”1个")).is_empty());
}
