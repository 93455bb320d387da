//! What speaks for and against an expression being opaque to a reader of another province.

use serde::Deserialize;
use zhengming_text::zh::numeral;

use zhengming_text::fold::{self, is_han};
use zhengming_text::message::Text;

use super::Family;
use super::knowledge::Jargon;
use super::slogan;

/// A kind of evidence. The weights file names each of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Feature {
    /// It stands in quotation marks.
    Quoted,
    /// It is used more than once.
    Repeated,
    /// It is said to be a 模式, 机制, 平台.
    ClassWord,
    /// What stands before it says whose it is: 省委“1310”, 我市“两区”.
    Local,
    /// It is one of a row of quotations.
    Row,
    /// It stands in a heading or at the head of an item, which the text below explains.
    Heading,
    /// No second province uses it.
    NoBackground,
    /// Two provinces or more use it: it is known.
    Known,
    /// Words that fifteen provinces use make all of it up.
    Transparent,
    /// They make up half of it or more.
    Half,
    /// They make up less than half of it.
    Bare,
    /// The lexicon has it.
    KnownWord,
    /// General dictionaries and school books have it.
    Familiar,
    /// It is a slogan that says literally what it means.
    Literal,
    /// It counts one of each: 一图统览.
    One,
    /// It adds names up: 医疗+旅游.
    Sum,
    /// It is long for a slogan or a name.
    Long,
    /// What follows says what it is: “浙里养”智慧养老服务系统.
    InformativeClass,
    /// It is a phrase or sentence rather than a name.
    Sentence,
    /// It is the name of an organisation or place.
    Organisation,
    /// It has the name of a province in it.
    PlaceName,
    /// The document is a law or regulation, whose words are chosen in another way.
    Normative,
    /// The document is full of letter words, and so are its readers.
    Technical,
    /// It is the name or number of a product.
    Product,
    /// It has two letters, as numbers of rows and grades have.
    Brief,
}

impl Feature {
    /// All kinds.
    pub const ALL: [Self; 25] = [
        Self::Quoted,
        Self::Repeated,
        Self::ClassWord,
        Self::Local,
        Self::Row,
        Self::Heading,
        Self::NoBackground,
        Self::Known,
        Self::Transparent,
        Self::Half,
        Self::Bare,
        Self::KnownWord,
        Self::Familiar,
        Self::Literal,
        Self::One,
        Self::Sum,
        Self::Long,
        Self::InformativeClass,
        Self::Sentence,
        Self::Organisation,
        Self::PlaceName,
        Self::Normative,
        Self::Technical,
        Self::Product,
        Self::Brief,
    ];

    /// The feature as one word, as in the weights file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Quoted => "quoted",
            Self::Repeated => "repeated",
            Self::ClassWord => "class-word",
            Self::Local => "local",
            Self::Row => "row",
            Self::Heading => "heading",
            Self::NoBackground => "no-background",
            Self::Known => "known",
            Self::Transparent => "transparent",
            Self::Half => "half",
            Self::Bare => "bare",
            Self::KnownWord => "known-word",
            Self::Familiar => "familiar",
            Self::Literal => "literal",
            Self::One => "one",
            Self::Sum => "sum",
            Self::Long => "long",
            Self::InformativeClass => "informative-class",
            Self::Sentence => "sentence",
            Self::Organisation => "organisation",
            Self::PlaceName => "place-name",
            Self::Normative => "normative",
            Self::Technical => "technical",
            Self::Product => "product",
            Self::Brief => "brief",
        }
    }
}

/// A piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// What kind.
    pub feature: Feature,
    /// How many uses or provinces, where that is what counts.
    pub count: u64,
    /// The word that shows it, where one does.
    pub word: Option<String>,
}

impl Evidence {
    pub(super) fn of(feature: Feature) -> Self {
        Self { feature, count: 0, word: None }
    }

    fn counted(feature: Feature, count: u64) -> Self {
        Self { feature, count, word: None }
    }

    fn shown(feature: Feature, word: &str) -> Self {
        Self { feature, count: 0, word: Some(word.to_owned()) }
    }

    /// The evidence in a few words.
    pub fn text(&self) -> Text {
        let word = self.word.as_deref().unwrap_or_default();
        let count = self.count;
        match self.feature {
            Feature::Quoted => Text::new("带引号", "in quotation marks"),
            Feature::Repeated => Text::new(format!("出现{count}次"), format!("used {count} times")),
            Feature::ClassWord => Text::new(format!("称为“{word}”"), format!("called a `{word}`")),
            Feature::Local => Text::new(format!("前面写明“{word}”"), format!("said to be of `{word}`")),
            Feature::Row => Text::new("与别的引语并列", "one of a row of quotations"),
            Feature::Heading => Text::new("见于标题", "in a heading"),
            Feature::NoBackground => Text::new(
                "31个省份的三万份公开文件中没有第二个省份用过",
                "no second province uses it in 30,000 public documents of 31",
            ),
            Feature::Known => Text::new(
                format!("31个省份中至少{count}个用过"),
                format!("used in {count} or more of 31 provinces"),
            ),
            Feature::Transparent => Text::new("字面可解", "made of common words"),
            Feature::Half => Text::new("只有一部分是常用词", "only part of it is common words"),
            Feature::Bare => Text::new("不是由常用词组成", "not made of common words"),
            Feature::KnownWord => Text::new("常用词表有此词", "in the word list"),
            Feature::Familiar => Text::new("通用词典和课本里有", "in general dictionaries and school books"),
            Feature::Literal => Text::new("直白的口号", "a literal slogan"),
            Feature::One => Text::new("每样只数一个", "counts one of each"),
            Feature::Sum => Text::new("几项相加", "a sum of names"),
            Feature::Long => Text::new("较长", "long"),
            Feature::InformativeClass => Text::new("后文说明是什么", "what follows says what it is"),
            Feature::Sentence => Text::new("引语是一句话", "a phrase rather than a name"),
            Feature::Organisation => Text::new("机构或地点名称", "the name of an organisation or place"),
            Feature::PlaceName => Text::new("含地名", "has a place name in it"),
            Feature::Normative => Text::new("用在法规里", "in a law or regulation"),
            Feature::Technical => Text::new("全文字母词很多", "among many letter words"),
            Feature::Brief => Text::new("只有两个字母", "only two letters"),
            Feature::Product => Text::new("产品名或型号", "the name of a product"),
        }
    }
}

/// Characters that make a quotation a phrase wherever they stand.
const NEVER_IN_NAMES: &str = "不没了吗呢吧我你他她它们";
/// Longest slogan or name that is short, in characters: of the opaque ones that were labelled, one in nine is longer.
const SHORT: usize = 5;
/// Class words that tell what a brand is.
const TELLING: [&str; 4] = ["应用", "服务", "专区", "政策"];
/// What a letter word is the name or number of.
const PRODUCTS: [&str; 16] = [
    "型",
    "系列",
    "芯片",
    "显卡",
    "大模型",
    "公司",
    "集团",
    "软件",
    "浏览器",
    "操作系统",
    "品牌",
    "文件",
    "格式",
    "语言",
    "协议",
    "字体",
];

/// What the places of an expression show, as the scanner saw it.
#[derive(Debug, Default)]
pub(super) struct Use {
    pub(super) quoted: bool,
    pub(super) class: Option<String>,
    pub(super) informative: bool,
    /// Whose it is.
    pub(super) owner: Option<&'static str>,
    pub(super) in_row: bool,
    pub(super) in_heading: bool,
    /// What follows it, as far as its first few characters.
    pub(super) after: String,
}

/// What kind of document an expression stands in.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Setting {
    /// A law or regulation.
    pub(super) normative: bool,
    /// A text full of letter words.
    pub(super) technical: bool,
}

/// Everything for and against `text`, used `count` times.
pub(super) fn weigh(
    text: &str,
    family: Family,
    seen: &Use,
    count: u64,
    setting: Setting,
    jargon: &Jargon,
) -> Vec<Evidence> {
    let mut evidence = Vec::new();
    let mut add = |holds: bool, feature: Feature| {
        if holds {
            evidence.push(Evidence::of(feature));
        }
    };
    // A code is seen without marks; what else stands in them is set apart by its author.
    add(seen.quoted && family != Family::Code, Feature::Quoted);
    add(seen.in_row, Feature::Row);
    add(seen.in_heading, Feature::Heading);
    // “豫事办”应用 says what the brand is, “辽企通”平台 does not.
    let is_told =
        family == Family::Brand && seen.class.as_deref().is_some_and(|class| TELLING.contains(&class));
    // A class says nothing of what a code counts: 415X产业集群.
    let counts = matches!(family, Family::Code | Family::Number);
    add((seen.informative && !counts) || is_told, Feature::InformativeClass);
    add(setting.normative, Feature::Normative);
    if count > 1 {
        evidence.push(Evidence::counted(Feature::Repeated, count));
    }
    // A term of a trade is listed whatever it is called: 建筑标准 says nothing of 超低能耗建筑.
    if let Some(class) = &seen.class
        && (family != Family::Specialist || seen.quoted)
        && !is_told
    {
        evidence.push(Evidence::shown(Feature::ClassWord, class));
    }
    if let Some(owner) = seen.owner {
        evidence.push(Evidence::shown(Feature::Local, owner));
    }
    evidence.push(match provinces(text, family, jargon) {
        0 => Evidence::of(Feature::NoBackground),
        provinces => Evidence::counted(Feature::Known, provinces),
    });
    match family {
        Family::Letters => of_letters(text, seen, setting, jargon, &mut evidence),
        Family::Code => {}
        _ => of_words(text, family, jargon, &mut evidence),
    }
    evidence
}

/// How many provinces use the expression: the whole, or a counted part of it that says enough, as 四个革命 does of
/// 四个革命、一个合作.
fn provinces(text: &str, family: Family, jargon: &Jargon) -> u64 {
    let parts =
        if family == Family::Number && text.contains('、') { slogan::parts(text) } else { Vec::new() };
    let telling = parts.into_iter().filter(|part| part.chars().count() >= 4);
    telling.map(|part| jargon.provinces(part)).fold(jargon.provinces(text), u64::max)
}

fn of_letters(text: &str, seen: &Use, setting: Setting, jargon: &Jargon, evidence: &mut Vec<Evidence>) {
    if jargon.data().familiar.contains(&fold::key(text)) {
        evidence.push(Evidence::of(Feature::Familiar));
    }
    if setting.technical {
        evidence.push(Evidence::of(Feature::Technical));
    }
    if text.len() == 2 {
        evidence.push(Evidence::of(Feature::Brief));
    }
    // DeepSeek and RTX4090 are names; a word such as CKZD is spelt in capitals alone.
    let is_name = text.contains(|c: char| c.is_ascii_digit() || c.is_ascii_lowercase());
    if is_name || PRODUCTS.iter().any(|class| seen.after.starts_with(class)) {
        evidence.push(Evidence::of(Feature::Product));
    }
}

fn of_words(text: &str, family: Family, jargon: &Jargon, evidence: &mut Vec<Evidence>) {
    let families = &jargon.data().families;
    let mut add = |holds: bool, feature: Feature| {
        if holds {
            evidence.push(Evidence::of(feature));
        }
    };
    let is_literal = families.literal.iter().any(|part| text.contains(part.as_str()));
    let is_slogan = slogan::is_pairwise(text) || slogan::is_exhaustive(text);
    add(is_slogan || (is_literal && family != Family::Metaphor), Feature::Literal);
    // 一图统览, but not 一核两带.
    add(text.starts_with('一') && !text.contains(counts_more), Feature::One);
    add(slogan::is_sum(text), Feature::Sum);
    add(text.chars().count() > SHORT, Feature::Long);
    if matches!(family, Family::Quoted | Family::Brand | Family::Clipped) {
        let cuts = jargon.lexicon.cuts(text);
        let is_phrase = text.contains(|c| NEVER_IN_NAMES.contains(c))
            || cuts.windows(2).any(|pair| families.sentence.contains(&text[pair[0]..pair[1]]));
        add(is_phrase && family != Family::Brand, Feature::Sentence);
        let is_organisation = families.organisations.iter().any(|end| text.ends_with(end.as_str()));
        add(is_organisation, Feature::Organisation);
    }
    let is_word = text.chars().all(is_han) && jargon.lexicon.frequency(text).is_some();
    add(is_word, Feature::KnownWord);
    let (covered, all) = jargon.covered(text);
    add(covered == all, Feature::Transparent);
    add(covered < all && 2 * covered >= all, Feature::Half);
    add(2 * covered < all, Feature::Bare);
    if let Some(place) = families.places.iter().find(|place| text.contains(place.as_str())) {
        evidence.push(Evidence::shown(Feature::PlaceName, place));
    }
}
/// Whether a numeral counts more than one.
fn counts_more(c: char) -> bool {
    c == '双' || (c != '一' && numeral::is_han(c))
}
