//! What speaks for and against an expression being jargon.

use serde::Deserialize;

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
    /// It holds characters that no word of the lexicon joins.
    UnknownWord,
    /// No document of the background has it.
    NoBackground,
    /// Some documents of the background have it.
    Background,
    /// Many documents of the background have it.
    Common,
    /// The lexicon has it.
    KnownWord,
    /// Texts of national standing use it.
    Familiar,
    /// It is made of common words and means what they say.
    Transparent,
    /// It is a slogan that says literally what it means.
    Literal,
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
}

impl Feature {
    /// The feature as one word, as in the weights file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Quoted => "quoted",
            Self::Repeated => "repeated",
            Self::ClassWord => "class-word",
            Self::UnknownWord => "unknown-word",
            Self::NoBackground => "no-background",
            Self::Background => "background",
            Self::Common => "common",
            Self::KnownWord => "known-word",
            Self::Familiar => "familiar",
            Self::Transparent => "transparent",
            Self::Literal => "literal",
            Self::InformativeClass => "informative-class",
            Self::Sentence => "sentence",
            Self::Organisation => "organisation",
            Self::PlaceName => "place-name",
            Self::Normative => "normative",
        }
    }
}

/// A piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// What kind.
    pub feature: Feature,
    /// How many uses or documents, where that is what counts.
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
            Feature::UnknownWord => Text::new("词典无此条", "in no word list"),
            Feature::NoBackground if count > 0 => Text::new(
                format!("现有法规语料中只有{count}件用过"),
                format!("used in only {count} of the collected laws and regulations"),
            ),
            Feature::NoBackground => {
                Text::new("现有法规语料中没有出现过", "not found in the collected laws and regulations")
            }
            Feature::Background | Feature::Common => Text::new(
                format!("现有法规语料中{count}件用过"),
                format!("used in {count} of the collected laws"),
            ),
            Feature::KnownWord => Text::new("常用词表有此词", "in the word list"),
            Feature::Familiar => Text::new("通用词典和课本里有", "in general dictionaries and school books"),
            Feature::Transparent => Text::new("字面可解", "made of common words"),
            Feature::Literal => Text::new("直白的口号", "a literal slogan"),
            Feature::InformativeClass => Text::new("后文说明是什么", "what follows says what it is"),
            Feature::Sentence => Text::new("引语是一句话", "a phrase rather than a name"),
            Feature::Organisation => Text::new("机构或地点名称", "the name of an organisation or place"),
            Feature::PlaceName => Text::new("含地名", "has a place name in it"),
            Feature::Normative => Text::new("用在法规里", "in a law or regulation"),
        }
    }
}

/// Documents of the background from which on an expression is in use.
const SOME: u64 = 3;
/// Documents of the background from which on an expression is common.
const MANY: u64 = 15;
/// Documents of the background from which on every reader knows a word.
const PLAIN: u64 = 12;

/// Characters that make a quotation a phrase wherever they stand.
const NEVER_IN_NAMES: &str = "不没了吗呢吧我你他她它们";

/// What the places of an expression show, as the scanner saw it.
#[derive(Debug, Default)]
pub(super) struct Use {
    pub(super) quoted: bool,
    pub(super) class: Option<String>,
    pub(super) informative: bool,
}

/// Everything for and against `text`, used `count` times, in a law or regulation if that is `normative`.
pub(super) fn weigh(
    text: &str,
    family: Family,
    seen: &Use,
    count: u64,
    normative: bool,
    jargon: &Jargon,
) -> Vec<Evidence> {
    // Marks, repetition and the kind of document make nothing else of what the reader has met.
    if family == Family::Letters && jargon.data().familiar.contains(&fold::key(text)) {
        return vec![Evidence::of(Feature::Familiar)];
    }
    let mut evidence = of_expression(text, family, seen, count, jargon);
    if normative {
        evidence.push(Evidence::of(Feature::Normative));
    }
    evidence
}

fn of_expression(text: &str, family: Family, seen: &Use, count: u64, jargon: &Jargon) -> Vec<Evidence> {
    let data = jargon.data();
    let mut evidence = Vec::new();
    if seen.quoted {
        evidence.push(Evidence::of(Feature::Quoted));
    }
    if count > 1 {
        evidence.push(Evidence::counted(Feature::Repeated, count));
    }
    // A term of a trade is listed whatever it is called: 建筑标准 says nothing of 超低能耗建筑.
    if let Some(class) = &seen.class
        && (family != Family::Specialist || seen.quoted)
    {
        evidence.push(Evidence::shown(Feature::ClassWord, class));
    }
    if seen.informative && !matches!(family, Family::Code | Family::Number | Family::Specialist) {
        evidence.push(Evidence::of(Feature::InformativeClass));
    }
    // Terms of trades are listed because their parts do not give them away.
    let documents = jargon.documents(text);
    if family == Family::Specialist {
        if documents >= MANY {
            evidence.push(Evidence::counted(Feature::Common, documents));
        }
        return evidence;
    }
    evidence.push(match documents {
        0 => Evidence::of(Feature::NoBackground),
        1..MANY => Evidence::counted(
            if documents < SOME { Feature::NoBackground } else { Feature::Background },
            documents,
        ),
        _ => Evidence::counted(Feature::Common, documents),
    });
    if matches!(family, Family::Letters | Family::Code) {
        return evidence;
    }
    let is_literal = data.families.literal.iter().any(|part| text.contains(part.as_str()));
    if slogan::is_pairwise(text) || slogan::is_exhaustive(text) || (is_literal && family != Family::Metaphor)
    {
        evidence.push(Evidence::of(Feature::Literal));
    }
    if let Some(place) = data.families.places.iter().find(|place| text.contains(place.as_str())) {
        evidence.push(Evidence::shown(Feature::PlaceName, place));
    }
    if matches!(family, Family::Quoted | Family::Brand) {
        let cuts = jargon.lexicon.cuts(text);
        let is_phrase = text.contains(|c| NEVER_IN_NAMES.contains(c))
            || cuts.windows(2).any(|pair| data.families.sentence.contains(&text[pair[0]..pair[1]]));
        if is_phrase && family == Family::Quoted {
            evidence.push(Evidence::of(Feature::Sentence));
        }
        if data.families.organisations.iter().any(|end| text.ends_with(end.as_str())) {
            evidence.push(Evidence::of(Feature::Organisation));
        }
    }
    if jargon.lexicon.frequency(text).is_some() {
        evidence.push(Evidence::of(Feature::KnownWord));
    } else if family != Family::Brand {
        composition(text, family, jargon, &mut evidence);
    }
    evidence
}

/// Whether the words that `text` is made of give its meaning away.
fn composition(text: &str, family: Family, jargon: &Jargon, evidence: &mut Vec<Evidence>) {
    if !text.chars().all(is_han) {
        evidence.push(Evidence::of(Feature::UnknownWord));
        return;
    }
    let cuts = jargon.lexicon.cuts(text);
    let words: Vec<&str> = cuts.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect();
    let is_single = |word: &&str| word.chars().nth(1).is_none();
    let unknown = words.windows(2).any(|pair| is_single(&pair[0]) && is_single(&pair[1]));
    let plain = |word: &&str| {
        if is_single(word) {
            "化型性式率网云".contains(*word)
        } else {
            jargon.documents(word) >= PLAIN
        }
    };
    // 七个关键 hides what it counts, 五大历史使命 does not.
    let telling = family == Family::Quoted || (family == Family::Number && text.chars().count() > 4);
    if unknown {
        evidence.push(Evidence::of(Feature::UnknownWord));
    } else if words.len() > 1 && words.iter().all(plain) && telling {
        evidence.push(Evidence::of(Feature::Transparent));
    }
}
