use super::*;
use zhengming_text::date::Date;

fn toml_error(body: &str) -> String {
    let text = format!("[dictionary]\nid = \"d\"\ntitle = \"t\"\n{body}");
    Dictionary::from_toml("d.toml", &text).unwrap_err().to_string()
}

fn table_error(text: &str) -> String {
    Dictionary::from_table("v.tsv", text).unwrap_err().to_string()
}

#[test]
fn every_defect_names_file_line_and_value() {
    for (body, expected) in [
        ("[[concept]]\nterm = \"甲\"\nclasue = \"1\"", "d.toml:6: malformed: unknown field `clasue`"),
        ("[[concept]]\nterm = \" \"", "d.toml:4: `term` must not be empty"),
        ("[[concept]]\nterm = \"甲\"\n[[concept]]\nterm = \"甲\"", "d.toml:6: concept id `甲` is used twice"),
        (
            "[[concept]]\nterm = \"甲\"\n[[concept]]\nid = \"x\"\nterm = \"甲\"",
            "d.toml:6: `甲` belongs to two concepts",
        ),
        (
            "[[concept]]\nterm = \"甲\"\nvariants = [{ surface = \"甲\", kind = \"shape\", fix = \"safe\" }]",
            "d.toml:6: variant `甲` is its own preferred term",
        ),
        (
            "[[concept]]\nterm = \"甲\"\nrelations = [{ kind = \"confusable\", target = \"乙\" }]",
            "d.toml:6: the `confusable` relation to `乙` has no note",
        ),
        (
            "[[concept]]\nterm = \"甲\"\nvariants = [{ surface = \"乙\", kind = \"typo\", fix = \"safe\" }]",
            "d.toml:6: malformed: unknown variant `typo`",
        ),
    ] {
        let error = toml_error(body);
        assert!(error.starts_with(expected), "{error}");
    }
}

#[test]
fn relations_that_lead_back_are_shown_as_a_path() {
    let error = toml_error(
        "[[concept]]\nterm = \"甲\"\nrelations = [{ kind = \"broader\", target = \"乙\" }]\n\
         [[concept]]\nterm = \"乙\"\nrelations = [{ kind = \"broader\", target = \"甲\" }]",
    );
    assert_eq!(error, "d.toml:9: relations form a cycle: 甲 → 乙 → 甲");
}

#[test]
fn domains_tell_homonyms_apart() {
    let text = "[dictionary]\nid = \"d\"\ntitle = \"t\"\n[[concept]]\nterm = \"链\"\ndomain = \"应用名称\"\n\
                [[concept]]\nid = \"chain\"\nterm = \"链\"\ndomain = \"机械\"";
    assert_eq!(Dictionary::from_toml("d.toml", text).unwrap().concepts().len(), 2);
}

#[test]
fn a_variant_table_needs_two_columns_and_ignores_the_rest() {
    let table =
        "entry\tvariant\tpreferred\tkind\n1\t浙政盯\t浙政钉\thomophone\n2\t驾驶舱\t管理驾驶舱\tshort_form\n";
    let dictionary = Dictionary::from_table("v.tsv", table).unwrap();
    let fixes: Vec<_> = dictionary.concepts().iter().map(|concept| concept.variants[0].fix).collect();
    assert_eq!(fixes, [VariantFix::Safe, VariantFix::Suggest]);
    assert_eq!(
        table_error("variant,wrong\n甲,乙\n"),
        "v.tsv:1: the header row has no column `preferred`; a variant table needs `variant` and `preferred`"
    );
}

#[test]
fn rows_are_counted_as_an_editor_counts_them() {
    for text in ["variant\tpreferred\r\n甲\t甲子\r\n\t乙\r\n", "variant\tpreferred\n甲\t甲子\n\t乙\n"]
    {
        assert_eq!(table_error(text), "v.tsv:3: `variant` must not be empty");
    }
    let twice = "variant,preferred\n甲,甲子\n甲,乙丑\n";
    assert_eq!(
        table_error(twice),
        "v.tsv:3: `甲` belongs to two concepts, `甲子` and `乙丑`; remove one, or tell them apart by `domain`"
    );
}

#[test]
fn citations_name_the_edition_and_the_clause() {
    let text = "[dictionary]\nid = \"d\"\ntitle = \"定义集\"\ncitation = \"DB33/T 2350—2021\"";
    let dictionary = Dictionary::from_toml("d.toml", text).unwrap();
    assert_eq!(dictionary.cite(Some("3.1.3.9")), "DB33/T 2350—2021，3.1.3.9");
    assert_eq!(dictionary.cite(Some("第三条第一项")), "DB33/T 2350—2021第三条第一项");
    assert_eq!(dictionary.cite(Some("23")), "DB33/T 2350—2021第23项");
}

#[test]
fn a_standard_without_a_day_holds_after_the_year_in_its_number() {
    let header = |series: &str, edition: &str| Header {
        series: Some(series.to_owned()),
        edition: Some(edition.to_owned()),
        ..Header::default()
    };
    let day = |year, month, day| Date::new(year, month, day).unwrap();
    let standard = header("GB/T 37932", "2019");
    assert!(!standard.is_in_force_on(day(2019, 12, 31)) && standard.is_in_force_on(day(2020, 1, 1)));
    // A list of one's own is in force when it is loaded.
    assert!(header("本局用语表", "2026").is_in_force_on(day(2026, 3, 1)));
    assert!(Header::default().is_in_force_on(day(1999, 1, 1)));
    let dated = Header { effective: Date::new(2019, 6, 1), ..standard };
    assert!(dated.is_in_force_on(day(2019, 6, 1)) && !dated.is_in_force_on(day(2019, 5, 31)));
}
