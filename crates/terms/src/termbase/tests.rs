//! Layers of dictionaries: which of them decides what.

use super::*;

const OFFICIAL: &str = r#"
    [dictionary]
    id = "official"
    title = "官方词典"
    [[concept]]
    term = "数据高铁"
    clause = "3.2.2.7"
    definition = "一种数据归集模式。"
    [[concept]]
    id = "zhezhengding"
    term = "浙政钉"
    variants = [{ surface = "浙政盯", kind = "homophone", fix = "safe" }]
"#;

fn join(layers: &[&str]) -> Result<TermBase, String> {
    let mut dictionaries = Vec::new();
    for (number, text) in layers.iter().enumerate() {
        let dictionary = Dictionary::from_toml(&format!("{number}.toml"), text);
        dictionaries.push(Arc::new(dictionary.map_err(|error| error.to_string())?));
    }
    TermBase::new(dictionaries).map_err(|error| error.to_string())
}

fn status_of(base: &TermBase, text: &str) -> (String, Role) {
    let spelling = &base.lookup(text)[0];
    (base.concept(spelling.concept).preferred.clone(), spelling.role.clone())
}

#[test]
fn a_house_dictionary_may_deprecate_an_official_term() {
    let house = r#"
        [dictionary]
        id = "house"
        title = "本单位"
        layer = "overlay"
        [[concept]]
        term = "数据归集"
        deprecated = ["数据高铁"]
    "#;
    let base = join(&[OFFICIAL, house]).unwrap();
    let (preferred, role) = status_of(&base, "数据高铁");
    assert_eq!(preferred, "数据归集");
    assert!(!role.is_allowed());
}

#[test]
fn an_overlay_finds_the_concept_by_its_term() {
    let overlay = r#"
        [dictionary]
        id = "overlay"
        title = "变体"
        layer = "overlay"
        [[concept]]
        term = "浙政钉"
        variants = [{ surface = "浙正钉", kind = "homophone", fix = "safe" }]
    "#;
    let base = join(&[OFFICIAL, overlay]).unwrap();
    assert_eq!(base.lookup("浙正钉")[0].concept, base.lookup("浙政盯")[0].concept);
    assert_eq!(base.concept(base.concept_named("浙政钉").unwrap()).id, "zhezhengding");
}

#[test]
fn the_day_decides_which_name_is_preferred() {
    let text = r#"
        [dictionary]
        id = "d"
        title = "t"
        [[concept]]
        term = "党建统领整体智治"
        superseded = [{ text = "党政机关整体智治", since = "2022-01-01" }]
    "#;
    let base = join(&[text]).unwrap();
    let id = base.concept_named("党建统领整体智治").unwrap();
    assert_eq!(base.preferred_on(id, Date::new(2021, 7, 8)), "党政机关整体智治");
    assert_eq!(base.preferred_on(id, Date::new(2022, 1, 1)), "党建统领整体智治");
    assert_eq!(base.preferred_on(id, None), "党建统领整体智治");
}

#[test]
fn a_variant_may_not_shadow_a_term_unless_the_two_are_confusable() {
    let overlay = |relations: &str| {
        format!(
            "[dictionary]\nid = \"overlay\"\ntitle = \"变体\"\n[[concept]]\nterm = \"数据归集\"\n\
             variants = [\n{{ surface = \"数据高铁\", kind = \"synonym\", fix = \"none\" }}]\n{relations}"
        )
    };
    let error = join(&[OFFICIAL, &overlay("")]).unwrap_err();
    assert!(error.starts_with("1.toml:7: variant `数据高铁` of `数据归集`"), "{error}");
    let related = overlay(r#"relations = [{ kind = "confusable", target = "数据高铁", note = "种属" }]"#);
    assert!(join(&[OFFICIAL, &related]).is_ok());
}

#[test]
fn a_relation_to_nowhere_is_an_error_with_its_line() {
    let overlay = "[dictionary]\nid = \"o\"\ntitle = \"t\"\n[[concept]]\nterm = \"甲乙\"\n\
                   relations = [{ kind = \"broader\", target = \"丙丁\" }]";
    let error = join(&[OFFICIAL, overlay]).unwrap_err();
    assert!(error.starts_with("1.toml:6: relation to `丙丁`"), "{error}");
}

#[test]
fn a_listed_spelling_is_never_a_stop_compound() {
    let overlay = "[dictionary]\nid = \"o\"\ntitle = \"t\"\nstop_compounds = [\"浙政盯\", \"浙政钉子\"]";
    let base = join(&[OFFICIAL, overlay]).unwrap();
    assert_eq!(base.lookup("浙政盯").len(), 1);
    assert!(base.key_of("浙政钉子").is_some());
}

#[test]
fn a_table_forgets_no_words_in_whose_company_a_variant_means_something_else() {
    let overlay = r#"
        [dictionary]
        id = "overlay"
        title = "变体"
        layer = "overlay"
        [[concept]]
        term = "数据高铁"
        variants = [{ surface = "高铁", kind = "truncation", fix = "suggest", unless = ["铁路"] }]
    "#;
    let table = "variant\tpreferred\tkind\n高铁\t数据高铁\ttruncation\n";
    let mut dictionaries: Vec<_> =
        [OFFICIAL, overlay].iter().map(|text| Dictionary::from_toml("d.toml", text).unwrap()).collect();
    dictionaries.push(Dictionary::from_table("t.tsv", table).unwrap());
    let base = TermBase::new(dictionaries.into_iter().map(Arc::new).collect()).unwrap();
    let spelling = &base.lookup("高铁")[0];
    assert_eq!(spelling.dictionary, 2);
    assert!(matches!(&spelling.role, Role::Variant { unless, .. } if *unless == ["铁路"]));
}
