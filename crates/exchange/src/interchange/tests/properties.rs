//! Any dictionary survives the forms that keep everything, and the tables as far as they have columns.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use zhengming_terms::dictionary::{
    Authority, Concept, ConfusableWhen, Designation, Dictionary, EditionStatus, Header, Layer, Matching,
    Relation, RelationKind, Status, Subject, Variant, VariantFix, VariantKind,
};
use zhengming_text::date::Date;

use super::{bare, built_in};
use crate::export;
use crate::interchange::{from_csv, from_json, from_tbx, from_xlsx, read};

/// Text of a field: what people write, and what trips up readers.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[一-龥a-zA-Z0-9“”\"'<>&；;、，。（）〈〉\\[\\]\\\\_# \u{3000}\u{A0}]{0,10}",
        2 => "[一-龥 \n\t\r\u{3000}&<]{0,8}",
        1 => select(vec![
            "注1：见下。", "注：注：", "条目编号：3.1", "变体：{}", "词典：", "]]>", "_x000D_", "&#10;", "<p>甲</p>",
            "\n\n", "[\"甲\"]", "= 1", "数据；", "　缩进", "- 甲", "1. 甲", "<!-- 甲 -->", "\u{1F600}𠮷", "'''", "\"\"\"",
        ])
        .prop_map(str::to_owned),
    ]
}

fn any_of<T: Copy + std::fmt::Debug + 'static>(values: &[T]) -> impl Strategy<Value = T> + use<T> {
    select(values.to_vec())
}

fn date() -> impl Strategy<Value = Date> {
    (1900_u16..2100, 1_u8..13, 1_u8..29).prop_map(|(year, month, day)| Date::new(year, month, day).unwrap())
}

prop_compose! {
    fn header()(
        title in text(),
        optional in vec(option::of(text()), 6),
        layer in any_of(&[Layer::Official, Layer::Overlay]),
        subject in any_of(&[Subject::Terms, Subject::Organizations]),
        authority in option::of(any_of(&[Authority::Law, Authority::NationalStandard, Authority::House])),
        status in option::of(any_of(&[EditionStatus::Draft, EditionStatus::Current, EditionStatus::Withdrawn])),
        dates in vec(option::of(date()), 3),
        imports in vec(text(), 0..3),
        stop_compounds in vec(text(), 0..3),
    ) -> Header {
        let mut optional = optional.into_iter();
        let mut next = || optional.next().flatten();
        Header {
            id: "id".to_owned(),
            title: format!("{title}集"),
            layer,
            subject,
            series: next(),
            edition: next(),
            citation: next(),
            issuer: next(),
            authority,
            status,
            published: dates[0],
            effective: dates[1],
            withdrawn: dates[2],
            superseded_by: next(),
            note: next(),
            imports,
            stop_compounds,
        }
    }
}

prop_compose! {
    fn designation()(
        text in text(),
        status in any_of(&[Status::Admitted, Status::Deprecated, Status::Superseded]),
        usage in option::of(prop_oneof![text(), select(vec!["全称", "简称", "缩略语"]).prop_map(str::to_owned)]),
        since in option::of(date()),
        note in option::of(text()),
    ) -> Designation {
        Designation { text, status, usage, since, note }
    }
}

prop_compose! {
    fn variant()(
        surface in "[一-龥a-z“”<>&；;\" ]{0,6}",
        kind in any_of(&[VariantKind::Order, VariantKind::Homophone, VariantKind::OldName, VariantKind::Other]),
        fix in any_of(&[VariantFix::Safe, VariantFix::Suggest, VariantFix::None]),
        unless in vec(text(), 0..3),
    ) -> Variant {
        Variant { surface, kind, fix, unless, line: 0 }
    }
}

prop_compose! {
    fn relation()(
        kind in any_of(&[
            RelationKind::Broader, RelationKind::PartOf, RelationKind::Confusable, RelationKind::Related,
            RelationKind::SupersededBy, RelationKind::AbbreviationOf,
        ]),
        target in text(),
        note in text(),
        when in any_of(&[ConfusableWhen::Mixed, ConfusableWhen::Undefined]),
        words in vec(vec(text(), 0..2), 3),
    ) -> Relation {
        Relation {
            kind,
            target,
            note: (kind == RelationKind::Confusable).then(|| format!("{note}别")),
            when,
            generic_after: words[0].clone(),
            specific_before: words[1].clone(),
            specific_after: words[2].clone(),
            line: 0,
        }
    }
}

prop_compose! {
    fn concept()(
        id in "[一-龥a-z0-9 +<&]{0,6}",
        term in text(),
        others in vec(designation(), 0..4),
        optional in vec(option::of(text()), 6),
        english in vec(text(), 0..3),
        notes in vec(text(), 0..4),
        examples in vec(text(), 0..3),
        matching in any_of(&[Matching::Literal, Matching::Off, Matching::Pattern]),
        variants in vec(variant(), 0..3),
        relations in vec(relation(), 0..3),
    ) -> Concept {
        let preferred =
            Designation { text: term, status: Status::Preferred, usage: None, since: None, note: None };
        let mut designations = vec![preferred];
        designations.extend(others);
        // TOML lists them by status.
        designations.sort_by_key(|designation| designation.status as u8);
        let mut optional = optional.into_iter();
        let mut next = || optional.next().flatten();
        Concept {
            id, designations, clause: next(), heading: next(), domain: next(), responsible: next(), english,
            definition: next(), notes, examples, source: next(), matching, variants, relations, line: 0,
        }
    }
}

prop_compose! {
    /// A valid dictionary: spellings and ids are kept apart by numbers, relations lead only forward.
    fn dictionary()(header in header(), mut concepts in vec(concept(), 0..5), back in any::<bool>()) -> Dictionary {
        let mut number = 0;
        for (index, concept) in concepts.iter_mut().enumerate() {
            concept.id = format!("{}{index}", concept.id);
            for designation in &mut concept.designations {
                number += 1;
                designation.text = format!("{}·{number}", designation.text);
            }
            for variant in &mut concept.variants {
                number += 1;
                variant.surface = format!("{}·{number}", variant.surface.trim_start());
            }
        }
        let terms: Vec<String> = concepts.iter().map(|concept| concept.preferred().to_owned()).collect();
        for (index, concept) in concepts.iter_mut().enumerate() {
            for (offset, relation) in concept.relations.iter_mut().enumerate() {
                if let Some(target) = terms.get(index + 1 + offset).filter(|_| back) {
                    relation.target.clone_from(target);
                }
            }
        }
        Dictionary::new("生成", header, concepts).unwrap()
    }
}

/// What a table keeps of a concept. Its cells have no white space at their ends.
fn columns(concept: &Concept) -> Concept {
    let cell = |field: &Option<String>| {
        field.as_ref().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    let designation = |designation: &Designation| Designation {
        usage: None,
        since: None,
        note: None,
        ..designation.clone()
    };
    Concept {
        id: concept.id.trim().to_owned(),
        designations: concept.designations.iter().map(designation).collect(),
        clause: cell(&concept.clause),
        domain: cell(&concept.domain),
        responsible: cell(&concept.responsible),
        english: concept.english.clone(),
        definition: cell(&concept.definition),
        notes: concept.notes.clone(),
        examples: concept.examples.clone(),
        source: cell(&concept.source),
        variants: concept.variants.clone(),
        ..Concept::default()
    }
}

proptest! {
    #[test]
    fn any_dictionary_survives_toml(dictionary in dictionary()) {
        let text = export::to_toml(&dictionary);
        let read = Dictionary::from_toml("生成", &text).unwrap();
        prop_assert_eq!(bare(&read), bare(&dictionary), "{}", text);
    }

    #[test]
    fn any_dictionary_survives_json(dictionary in dictionary()) {
        let text = export::to_json(&dictionary);
        let (read, notices) = from_json("生成", &text).unwrap();
        prop_assert_eq!(bare(&read), bare(&dictionary), "{}", text);
        prop_assert_eq!(notices, vec![]);
    }

    #[test]
    fn any_dictionary_survives_tbx(dictionary in dictionary()) {
        let text = export::to_tbx(&dictionary);
        let (read, notices) = from_tbx("生成", &text).unwrap();
        prop_assert_eq!(bare(&read), bare(&dictionary), "{}", text);
        prop_assert_eq!(notices, vec![]);
    }

    #[test]
    fn any_dictionary_survives_csv_as_far_as_it_has_columns(dictionary in dictionary()) {
        let text = export::to_csv(&dictionary);
        let (read, notices) = from_csv("生成", &text).unwrap();
        let mut expected: Vec<Concept> = bare(&dictionary).1.iter().map(columns).collect();
        for variant in expected.iter_mut().flat_map(|concept| &mut concept.variants) {
            (variant.kind, variant.fix, variant.unless) = (VariantKind::Other, VariantFix::Suggest, Vec::new());
        }
        prop_assert_eq!(bare(&read).1, expected, "{}", text);
        prop_assert_eq!(notices, vec![]);
    }

    #[test]
    fn any_dictionary_survives_xlsx_as_far_as_it_has_columns(dictionary in dictionary()) {
        let bytes = export::to_xlsx(&dictionary);
        let (read, notices) = from_xlsx("生成", &bytes).unwrap();
        let expected: Vec<Concept> = bare(&dictionary).1.iter().map(columns).collect();
        prop_assert_eq!(bare(&read).1, expected);
        prop_assert_eq!(notices, vec![]);
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn reading_exports_is_told_by_their_content(dictionary in dictionary()) {
        let expected = bare(&dictionary);
        for bytes in [
            export::to_toml(&dictionary).into_bytes(),
            export::to_json(&dictionary).into_bytes(),
            export::to_tbx(&dictionary).into_bytes(),
        ] {
            prop_assert_eq!(bare(&read("文件", &bytes).unwrap().0), expected.clone());
        }
        prop_assert_eq!(read("文件", &export::to_xlsx(&dictionary)).unwrap().0.concepts().len(), expected.1.len());
    }

    #[test]
    fn pages_hold_no_markup_of_their_content(dictionary in dictionary()) {
        let html = export::to_html(&dictionary);
        prop_assert_eq!(html.matches("<article").count(), dictionary.concepts().len());
        prop_assert_eq!(html.matches("<p>").count(), 0);
        export::to_markdown(&dictionary);
    }

    #[test]
    fn preferred_designations_may_have_remarks_in_json_and_tbx(
        dictionary in dictionary(), usage in text(), note in text(), since in date(),
    ) {
        let (header, mut concepts) = bare(&dictionary);
        for concept in &mut concepts {
            concept.designations.reverse();
            for designation in &mut concept.designations {
                designation.usage = Some(usage.clone());
                designation.note = Some(note.clone());
                designation.since = Some(since);
            }
        }
        let dictionary = Dictionary::new("生成", header, concepts).unwrap();
        prop_assert_eq!(bare(&from_json("生成", &export::to_json(&dictionary)).unwrap().0), bare(&dictionary));
        prop_assert_eq!(bare(&from_tbx("生成", &export::to_tbx(&dictionary)).unwrap().0), bare(&dictionary));
    }
}

#[test]
fn the_built_in_dictionaries_survive_every_form() {
    for dictionary in built_in() {
        let expected = bare(&dictionary);
        assert_eq!(bare(&Dictionary::from_toml("", &export::to_toml(&dictionary)).unwrap()), expected);
        assert_eq!(bare(&from_json("", &export::to_json(&dictionary)).unwrap().0), expected);
        assert_eq!(bare(&from_tbx("", &export::to_tbx(&dictionary)).unwrap().0), expected);
        let concepts: Vec<Concept> = expected.1.iter().map(columns).collect();
        let (read, notices) = from_xlsx("", &export::to_xlsx(&dictionary)).unwrap();
        if notices.is_empty() {
            assert_eq!(bare(&read).1, concepts);
        } else {
            // Relations allow a variant that is a confusable concept's term; a table has no relations.
            assert!(notices.iter().all(|notice| notice.text().en.contains("the variant")), "{notices:?}");
        }
    }
}
