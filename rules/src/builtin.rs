//! The dictionaries and the lexicon that are compiled into the program.

use std::sync::{Arc, OnceLock};

use zhengming_reading::jargon::{Jargon, Sources};
use zhengming_reading::knowledge::Background;
use zhengming_terms::dictionary::{Concept, Dictionary, Header};
use zhengming_terms::lexicon::Lexicon;
use zhengming_terms::pinyin::Pinyin;
use zhengming_terms::register::Register;
use zhengming_text::confusion::Confusions;

use crate::jargon::clipped_cues;
use crate::variant::naming_cues;

/// The dictionaries of `dictionaries/*.toml`, in the order of layering, as `cargo xtask compile` wrote
/// them: reading TOML would take half the start-up of the program.
static DICTIONARIES: &[u8] = include_bytes!("../dictionaries/builtin.bin");

/// The files of the built-in dictionaries, in the order of layering.
pub const BUILTIN_FILES: [&str; 5] = [
    "db33t-2350-2021.toml",
    "shuzi-shehui-6.0.toml",
    "zhejiang-overlay.toml",
    "zhejiang-departments.toml",
    "central-bodies.toml",
];

/// The compiled form of dictionaries: file, header and concepts of each.
pub type Compiled = Vec<(String, Header, Vec<Concept>)>;

static PINYIN: &str = include_str!("../lexicon/pinyin.txt");
static SHAPES: &str = include_str!("../lexicon/shapes.txt");
/// Words in use: what fills most of the program, so a small build may be given it afterwards.
#[derive(Debug, Clone, Copy)]
struct Words {
    words: &'static [u8],
    compounds: &'static [u8],
    phrases: &'static [u8],
    background: &'static [u8],
}

#[cfg(feature = "words")]
fn words() -> Option<Words> {
    static WORDS: Words = Words {
        words: include_bytes!("../lexicon/words.fst"),
        compounds: include_bytes!("../lexicon/compounds.fst"),
        phrases: include_bytes!("../lexicon/phrases.fst"),
        background: include_bytes!("../lexicon/background.fst"),
    };
    Some(WORDS)
}

#[cfg(not(feature = "words"))]
static GIVEN: OnceLock<Words> = OnceLock::new();

#[cfg(not(feature = "words"))]
fn words() -> Option<Words> {
    GIVEN.get().copied()
}

/// Gives a build without the feature `words` the words in use: the four maps of `lexicon/`, in the order of
/// [`WORD_FILES`], each after its length as four bytes, the lowest first. Says whether it was that, and the first.
#[cfg(not(feature = "words"))]
pub fn give_words(packed: &'static [u8]) -> bool {
    let mut rest = packed;
    let mut next = || {
        let (length, after) = rest.split_first_chunk::<4>()?;
        let (map, after) = after.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        rest = after;
        Some(map)
    };
    let [Some(words), Some(compounds), Some(phrases), Some(background)] = [next(), next(), next(), next()]
    else {
        return false;
    };
    // Tried before it is relied on.
    Lexicon::new(words, compounds).is_ok()
        && GIVEN.set(Words { words, compounds, phrases, background }).is_ok()
}

/// The files of `lexicon/` with the words in use, in the order in which [`give_words`](crate) takes them.
pub const WORD_FILES: [&str; 4] = ["words.fst", "compounds.fst", "phrases.fst", "background.fst"];

static JARGON: Sources = Sources {
    families: include_str!("../jargon/families.toml"),
    weights: include_str!("../jargon/weights.toml"),
    formulas: include_str!("../jargon/formulas.txt"),
    specialist: include_str!("../jargon/specialist.txt"),
    familiar: include_str!("../jargon/familiar.txt"),
    letters: include_str!("../jargon/letters.txt"),
    background: &[],
};
static PAIRS: &[u8] = include_bytes!("../lexicon/pairs.bin");
static SYNONYMS: &str = include_str!("../lexicon/synonyms.txt");
static BEGINNINGS: &[u8] = include_bytes!("../lexicon/beginnings.bin");

/// DB33/T 2350—2021, 数字社会定义集（6.0版）, the project's overlay of variants and relations, the names of
/// Zhejiang's departments and of central bodies, in the order of layering.
///
/// # Panics
/// Never in a build that passed its tests, which read every one of them.
pub fn builtin_dictionaries() -> Vec<Arc<Dictionary>> {
    let compiled: Compiled = postcard::from_bytes(DICTIONARIES).expect("compared with its sources by a test");
    let dictionaries = compiled.into_iter();
    dictionaries
        .map(|(file, header, concepts)| Arc::new(Dictionary::unchecked(&file, header, concepts)))
        .collect()
}

/// Ordinary words with their frequency, from the dictionary of jieba (MIT) and a supplement. Without the words in use
/// it knows none.
///
/// # Panics
/// Never in a build that passed its tests.
pub fn builtin_lexicon() -> Arc<Lexicon> {
    static LEXICON: OnceLock<Arc<Lexicon>> = OnceLock::new();
    match words() {
        Some(words) => Arc::clone(LEXICON.get_or_init(|| lexicon(words))),
        // The words may still be given, so that is not kept.
        None => Arc::new(Lexicon::empty()),
    }
}

fn lexicon(words: Words) -> Arc<Lexicon> {
    Arc::new(
        Lexicon::new(words.words, words.compounds)
            .expect("checked by tests")
            .with_pairs(PAIRS)
            .with_beginnings(BEGINNINGS)
            .with_phrases(words.phrases)
            .with_synonyms(SYNONYMS),
    )
}

/// The readings of characters (pypinyin, MIT).
pub fn builtin_pinyin() -> Pinyin {
    Pinyin::new(PINYIN)
}

static STANDARDS: &str = include_str!("../dictionaries/standards.toml");
static EDITIONS: &str = include_str!("../dictionaries/standards.txt");
static LAWS: &str = include_str!("../dictionaries/laws.txt");

/// Standards and documents with their editions.
///
/// # Panics
/// Never in a build that passed its tests.
pub fn builtin_register() -> Register {
    looked_up_register().with_compact(EDITIONS).with_laws(LAWS)
}

/// Of the register, what was looked up by hand.
///
/// # Panics
/// Never in a build that passed its tests.
pub fn looked_up_register() -> Register {
    Register::from_toml(STANDARDS).expect("checked by tests")
}

/// What is known of ordinary Chinese: the lexicon, and characters that sound (pypinyin, MIT) or look alike. Without
/// the words in use there is no lexicon, and jargon is not looked for.
///
/// # Panics
/// Never in a build that passed its tests.
pub fn builtin_background() -> Background {
    let confusions = Confusions::new(PINYIN, SHAPES);
    let words = words();
    let lexicon = words.map(|_| builtin_lexicon());
    let jargon = words.zip(lexicon.clone()).map(|(words, lexicon)| {
        let sources = Sources { background: words.background, ..JARGON };
        Arc::new(Jargon::new(lexicon, sources).expect("checked by tests"))
    });
    Background {
        lexicon,
        confusions: Some(Arc::new(confusions)),
        register: Some(Arc::new(builtin_register())),
        jargon,
        cues: naming_cues().chain(clipped_cues()).collect(),
    }
}

/// Whether the words in use are there, compiled in or given.
pub fn has_words() -> bool {
    words().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;
    use zhengming_terms::boundary;
    use zhengming_terms::dictionary::{Matching, VariantFix, VariantKind};
    use zhengming_terms::termbase::{Role, TermBase};
    use zhengming_text::span::TextRange;

    #[test]
    fn jargon_lists_are_disjoint_without_repeats_and_sorted() {
        let entries =
            |list: &'static str| list.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let mut seen = HashSet::new();
        for entry in entries(JARGON.formulas).chain(entries(JARGON.specialist)) {
            assert!(seen.insert(entry), "{entry} is listed twice");
            // Metaphors and coined words have lists of their own.
            let quoted = format!("\"{entry}\"");
            let heads = JARGON.families.lines().filter(|line| line.starts_with(&quoted));
            assert_eq!(heads.count(), 0, "{entry} is a head already");
        }
        for entry in entries(JARGON.familiar) {
            let is_known = entries(JARGON.letters).any(|letters| letters == entry);
            assert!(entry.is_ascii() && !is_known, "{entry} is no letter word that asks for a hint");
        }
        for section in JARGON.specialist.split("# Source: ").skip(1) {
            let terms: Vec<_> = section.lines().skip(1).filter(|line| !line.starts_with('#')).collect();
            assert!(!terms.is_empty() && terms.is_sorted(), "{section}");
        }
    }

    #[test]
    fn the_standard_has_59_entries_and_the_definition_set_48_terms_in_45_rows() {
        let dictionaries = builtin_dictionaries();
        let (standard, set) = (&dictionaries[0], &dictionaries[1]);
        assert_eq!(standard.concepts().len(), 59);
        assert_eq!(set.concepts().len(), 48);
        let rows: HashSet<_> =
            set.concepts().iter().filter_map(|concept| concept.clause.as_deref()).collect();
        assert_eq!(rows.len(), 45);
        assert!(standard.concepts().iter().chain(set.concepts()).all(|concept| concept.definition.is_some()));
    }

    #[test]
    fn ordinary_words_and_affixes_are_known_but_not_matched() {
        let base = TermBase::new(builtin_dictionaries()).unwrap();
        let unmatched: Vec<_> = base
            .concepts()
            .filter(|(_, concept)| concept.matching != Matching::Literal)
            .map(|(_, concept)| concept.preferred.as_str())
            .collect();
        assert_eq!(unmatched, ["应用", "系统", "平台", "链", "码", "在线", "模块", "组件"]);
    }

    #[test]
    fn the_overlay_has_at_least_300_variants_of_six_kinds() {
        let base = TermBase::new(builtin_dictionaries()).unwrap();
        let mut kinds = HashSet::new();
        let mut count = 0;
        for spelling in base.all_spellings() {
            if let Role::Variant { kind, fix, .. } = spelling.role {
                kinds.insert(kind);
                count += 1;
                let safe = fix == VariantFix::Safe;
                assert!(!safe || kind != VariantKind::Synonym, "{} is no misspelling", spelling.text);
            }
        }
        assert!(count >= 300, "{count} variants");
        for kind in [
            VariantKind::Order,
            VariantKind::Truncation,
            VariantKind::Homophone,
            VariantKind::Shape,
            VariantKind::OldName,
            VariantKind::Synonym,
        ] {
            assert!(kinds.contains(&kind), "{kind:?}");
        }
    }

    #[test]
    fn definitions_are_verbatim_and_apart_from_notes_and_sources() {
        let dictionaries = builtin_dictionaries();
        let find = |term: &str| {
            let mut concepts = dictionaries.iter().flat_map(|dictionary| dictionary.concepts());
            concepts.find(|concept| concept.preferred() == term).unwrap()
        };
        let governance = find("数据治理");
        assert_eq!(governance.clause.as_deref(), Some("3.2.2.2"));
        assert_eq!(
            governance.definition.as_deref(),
            Some("基于数据生命周期,进行数据全面质量管理、资产管理﹑风险管理等统筹与协调管控的过程。")
        );
        assert_eq!(governance.notes.len(), 2);
        assert_eq!(governance.source.as_deref(), Some("GB/T 37043—2018,定义2.3.1"));
        let health = find("数字健康新服务").definition.as_deref().unwrap();
        assert!(health.contains("面向老年婴幼儿等重点人群"), "row 12 runs over a page");
    }

    #[test]
    fn the_lexicon_tells_ordinary_compounds_from_variants() {
        let lexicon = builtin_lexicon();
        for (text, part, whole) in [
            ("健全数字化社会治理体制", "数字化社会", false),
            ("加快数字化社会系统建设", "数字化社会", true),
            ("供应链金融平台应当建立大数据链条款审核机制", "数据链条", false),
            ("依托数据链条实现", "数据链条", true),
            ("推广应用集成电路设计", "应用集成", false),
            ("提高数据公开水平", "数据公开", true),
        ] {
            let start = text.find(part).unwrap();
            assert_eq!(lexicon.stands_alone(text, start, start + part.len()), whole, "{text}");
        }
    }

    #[test]
    fn phrases_that_go_on_after_a_variant_are_told_from_what_follows_the_term_too() {
        let lexicon = builtin_lexicon();
        for (text, variant, meant, expected) in [
            ("健全数字化社会治理体制", "数字化社会", "数字社会", true),
            ("完善数字化经济运行监测", "数字化经济", "数字经济", true),
            ("加快数字化社会系统建设", "数字化社会", "数字社会", false),
            ("推动数字化经济发展", "数字化经济", "数字经济", false),
            ("开展公用数据资源登记", "公用数据", "公共数据", false),
            ("规范公共数据平台型企业", "公共数据平台", "一体化智能化公共数据平台", true),
        ] {
            let start = text.find(variant).unwrap();
            assert_eq!(lexicon.goes_on(text, start, start + variant.len(), meant), expected, "{text}");
        }
    }

    #[test]
    fn a_piece_is_told_from_the_expression_it_belongs_to() {
        let lexicon = builtin_lexicon();
        for (text, part, expected) in [
            ("推进长三角协同", "三角协同", "长三角协同"),
            ("支持数商上市融资", "数商上市", "数商上市融资"),
            ("建设政企银大脑", "银大脑", "政企银大脑"),
            ("打造“一湾引领、四极辐射、山海互济”格局", "四极辐射", "一湾引领、四极辐射、山海互济"),
            ("建设城市大脑", "城市大脑", "城市大脑"),
            ("开通数据高铁建设专线", "数据高铁", "数据高铁"),
        ] {
            let start = text.find(part).unwrap();
            let range = TextRange::new(start, start + part.len());
            let found = boundary::whole(&lexicon, text, range).map(|range| &text[range.range()]);
            assert_eq!(found, Some(expected), "{text}");
        }
        for (text, expected) in [
            ("推行企业首席数据官", "企业首席数据官"),
            ("建设公共数据授权运营平台", "公共数据授权运营平台"),
            ("依托城市信息模型", "城市信息模型"),
        ] {
            let found = boundary::name_before(&lexicon, text, text.len()).map(|range| &text[range.range()]);
            assert_eq!(found, Some(expected), "{text}");
        }
    }

    /// jieba is the reference for where words end. It knows rarer words than our lexicon keeps, and not
    /// those of the supplement, so agreement is asked for, not identity.
    #[test]
    fn the_segmenter_cuts_as_jieba_does() {
        let lexicon = builtin_lexicon();
        let jieba = jieba_rs::Jieba::new();
        let (mut common, mut ours, mut theirs) = (0, 0, 0);
        for dictionary in builtin_dictionaries() {
            for concept in dictionary.concepts() {
                let definition = concept.definition.as_deref().unwrap_or_default();
                for clause in definition.split(|c: char| !zhengming_text::fold::is_han(c)) {
                    let mut at = 0;
                    let mut expected = vec![0];
                    for word in jieba.cut(clause, false) {
                        at += word.word.len();
                        expected.push(at);
                    }
                    let cuts = lexicon.cuts(clause);
                    common += cuts.iter().filter(|cut| expected.contains(cut)).count();
                    ours += cuts.len();
                    theirs += expected.len();
                }
            }
        }
        let agreement = 2.0 * common as f64 / (ours + theirs) as f64;
        assert!(agreement > 0.97, "only {agreement:.3} of the cuts agree");
    }
}
