//! The parts of the search that need no lexicon, and the search over a small one.

use std::sync::Arc;

use super::view::View;
use super::*;
use zhengming_terms::lexicon::Lexicon;
use zhengming_text::document::{BlockBuilder, BlockKind, Document};
use zhengming_text::signs::Signs;
use zhengming_text::span::Span;

#[test]
fn codes_are_read_whole_and_sums_are_not() {
    let code = |text: &str| {
        text.match_indices('+')
            .find_map(|(at, _)| slogan::code(text, at))
            .map(|(start, end)| text[start..end].to_owned())
    };
    assert_eq!(code("按1+5+2架构").as_deref(), Some("1+5+2"));
    assert_eq!(code("建立3+X机制").as_deref(), Some("3+X"));
    assert_eq!(code("形成一+四体系").as_deref(), Some("一+四"));
    for text in ["x+1", "3+5=8", "a=1+2", "1.5+2.5", "+86", "互联网+", "C+1", "12345+1"] {
        assert_eq!(code(text), None, "{text}");
    }
}

#[test]
fn frameworks_and_unions_are_told_from_numbers() {
    let axes = |text: &str| text.find(['横', '纵']).and_then(|at| slogan::axes(text, at)).is_some();
    assert!(axes("五横四纵") && axes("三纵六横"));
    assert!(!axes("纵横四海") && !axes("四横"));
    let union = |text: &str, word: &str| {
        text.find(word).and_then(|at| slogan::union(text, at)).map(|from| text[from..].to_owned())
    };
    assert_eq!(union("推进三医联动", "联动").as_deref(), Some("三医联动"));
    assert_eq!(union("第三方联动", "联动"), None);
    assert_eq!(union("三级联动", "联动"), None);
    assert!(slogan::is_number("双随机、一公开") && slogan::is_number("七个关键"));
    assert!(!slogan::is_number("三月五日") && !slogan::is_number("二十"));
    assert!(slogan::is_pairwise("一楼一档") && !slogan::is_pairwise("一老两小"));
}

#[test]
fn a_view_leads_back_to_the_text_it_was_made_from() {
    let view = |raw| View::new(raw, Signs::of(raw));
    let raw = "五横\n四纵、ＣＩＭ 平台、⽹络";
    let seen = view(raw);
    assert_eq!(seen.text, "五横四纵、CIM平台、网络");
    for (part, wanted) in [("五横四纵", "五横\n四纵"), ("CIM", "ＣＩＭ"), ("网", "⽹")] {
        let at = seen.text.find(part).unwrap();
        assert_eq!(&raw[seen.raw(at, at + part.len()).range()], wanted);
    }
    assert_eq!(view("the old mill 与 B2B").text, "the old mill与B2B");
    assert!(matches!(view("数字，政府").text, std::borrow::Cow::Borrowed(_)));
}

const FAMILIES: &str = r#"
    brand-prefixes = ["浙里"]
    brand-ends = ["办", "通"]
    bodies = "政银企社"
    body-pairs = ["政银"]
    unions = ["联动"]
    coined = ["数智-", "-画像", "入表"]
    classes = ["机制", "平台"]
    literal = ["通办"]
    borders = ["建设"]
    sentence = "不"
    places = ["浙江"]
    organisations = ["局"]
    [heads]
    "大脑" = ["左大脑"]
"#;

const WEIGHTS: &str = r"
    [thresholds]
    likely = 0.5
    confident = 0.8
    [families]
    code = 2.0
    number = 1.2
    brand = 1.8
    metaphor = 1.0
    clipped = 1.6
    specialist = 1.6
    coined = 0.6
    quoted = -1.0
    letters = 1.5
    [features]
    quoted = 0.6
    known = -3.0
    familiar = -1.2
";

fn jargon(weights: &'static str) -> Jargon {
    let map = |words: &[(&str, u64)]| -> &'static [u8] {
        let mut words = words.to_vec();
        words.sort_unstable();
        fst::Map::from_iter(words).unwrap().as_fst().as_bytes().to_vec().leak()
    };
    let words = map(&[
        ("", 100_000),
        ("建设", 900),
        ("大脑", 100),
        ("用能", 1),
        ("监管", 300),
        ("企业", 800),
        ("社会", 900),
    ]);
    let sources = Sources {
        families: FAMILIES,
        weights,
        formulas: "# 口号\n十四五\n互联网+\n",
        specialist: "联邦学习\n数字孪生\n",
        familiar: "API\n",
        letters: "GPS\n",
        background: map(&[("监管大脑", 40)]),
    };
    Jargon::new(Arc::new(Lexicon::new(words, &[]).unwrap()), sources).unwrap()
}

fn found(text: &str) -> Vec<(String, Family, Confidence)> {
    let mut document = Document::new("t", "text", text.to_owned());
    let mut block = BlockBuilder::new(BlockKind::Paragraph);
    block.verbatim(text, Span::new(0, text.len()));
    document.push(block.finish().unwrap());
    let signs = |_| Signs::ALL;
    let around = Surroundings { signs: &signs, known: &[], definitions: &|| &[] };
    let candidates = candidates(&document, &jargon(WEIGHTS), &around);
    candidates.into_iter().map(|one| (one.text, one.family, one.confidence)).collect()
}

#[test]
fn each_family_is_found_and_weighed() {
    for (text, term, family) in [
        ("按1+5架构", "1+5", Family::Code),
        ("完善五横四纵布局", "五横四纵", Family::Number),
        ("建设用能大脑", "用能大脑", Family::Metaphor),
        ("接入浙里办", "浙里办", Family::Brand),
        ("政银企对接", "政银企", Family::Clipped),
        ("采用联邦学习", "联邦学习", Family::Specialist),
        ("数据入表", "入表", Family::Coined),
        ("配备VSAT终端", "VSAT", Family::Letters),
    ] {
        let all = found(text);
        assert!(all.iter().any(|(found, of, _)| found == term && *of == family), "{text}: {all:?}");
    }
    assert_eq!(found("“十四五”时期“互联网+旅游”，GPS定位"), []);
    // A body that belongs to the word after it is no body: 政银企｜社会.
    assert_eq!(found("政银企社会")[0].0, "政银企");
    assert_eq!(found("监管大脑")[0].2, Confidence::Doubtful);
}

#[test]
fn a_familiar_letter_word_is_a_hint_whatever_else_speaks_for_it() {
    let confidence = |text: &str| found(text).iter().map(|one| one.2).collect::<Vec<_>>();
    assert_eq!(confidence("开放API平台，API接口"), [Confidence::Likely]);
    assert_eq!(confidence("开放VSAT平台，VSAT接口"), [Confidence::Confident]);
}

#[test]
fn codes_with_a_letter_are_read_whole() {
    let codes = |text: &str| {
        slogan::lettered_codes(text).map(|(start, end)| text[start..end].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(codes("“415X”集群，51020N企业"), ["415X", "51020N"]);
    assert_eq!(codes("DS415X、415X2、415X-1、4X、202X年"), Vec::<String>::new());
}

#[test]
fn common_words_cover_a_text_and_marks_do_not_count() {
    let jargon = jargon(WEIGHTS);
    assert_eq!(jargon.covered("监管大脑"), (4, 4));
    assert_eq!(jargon.covered("监管大脑+GPS、溪码"), (5, 7));
    assert_eq!((jargon.provinces("监管大脑"), jargon.provinces("大脑")), (40, 0));
}

#[test]
fn a_term_inside_a_longer_expression_is_not_told_again() {
    assert_eq!(found("推进“联邦学习×”行动"), []);
    let apart = found("推进“联邦学习×”行动，采用联邦学习");
    assert_eq!(apart.len(), 1, "{apart:?}");
}

#[test]
fn data_that_cannot_be_read_is_an_error_and_finds_nothing() {
    let broken = jargon("[families]\nslogan = 1.0");
    assert!(broken.check().unwrap_err().to_string().contains("slogan"));
    assert_eq!(jargon(WEIGHTS).check().err().map(|error| error.to_string()), None);
}
