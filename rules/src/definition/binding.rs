//! Whether a dictionary binds a document: a statute is above a standard, a province does not bind another.

use zhengming_core::date::Date;
use zhengming_core::dictionary::{Authority, Dictionary, Layer};
use zhengming_core::document::BlockKind;
use zhengming_core::fold;
use zhengming_core::rule::Context;

/// Provinces, by the code of their local standards.
const PROVINCES: [(&str, &str); 31] = [
    ("11", "北京"),
    ("12", "天津"),
    ("13", "河北"),
    ("14", "山西"),
    ("15", "内蒙古"),
    ("21", "辽宁"),
    ("22", "吉林"),
    ("23", "黑龙江"),
    ("31", "上海"),
    ("32", "江苏"),
    ("33", "浙江"),
    ("34", "安徽"),
    ("35", "福建"),
    ("36", "江西"),
    ("37", "山东"),
    ("41", "河南"),
    ("42", "湖北"),
    ("43", "湖南"),
    ("44", "广东"),
    ("45", "广西"),
    ("46", "海南"),
    ("50", "重庆"),
    ("51", "四川"),
    ("52", "贵州"),
    ("53", "云南"),
    ("54", "西藏"),
    ("61", "陕西"),
    ("62", "甘肃"),
    ("63", "青海"),
    ("64", "宁夏"),
    ("65", "新疆"),
];

/// Cities of Zhejiang, whose documents its local standards bind.
const CITIES: [&str; 31] = [
    "杭州", "宁波", "温州", "嘉兴", "湖州", "绍兴", "金华", "衢州", "舟山", "台州", "丽水", "余姚", "慈溪",
    "瑞安", "乐清", "龙港", "海宁", "平湖", "桐乡", "诸暨", "嵊州", "兰溪", "义乌", "东阳", "永康", "江山",
    "临海", "温岭", "玉环", "龙泉", "建德",
];
/// What titles of the state's documents begin with.
const STATE: [&str; 7] = ["国务院", "国家", "全国", "中共中央", "中央", "中华人民共和国", "工业和信息化部"];

/// Blocks at the beginning that may name the issuer.
const HEAD: usize = 12;

/// What a document is, as far as its head tells.
pub(super) struct Standing<'a> {
    authority: Option<Authority>,
    /// Code of the province that it is of.
    province: Option<&'static str>,
    numbers: &'a [String],
    titles: Vec<String>,
}

impl<'a> Standing<'a> {
    pub(super) fn of(cx: &Context<'a>) -> Self {
        let numbers = cx.own_numbers();
        let titles = titles(cx);
        let authority = numbers.iter().find_map(|number| of_number(number)).or_else(|| of_titles(&titles));
        let local = numbers.iter().find_map(|number| number.strip_prefix("DB")?.get(..2));
        let province = match local {
            Some(code) => PROVINCES.iter().find(|(known, _)| *known == code),
            None => PROVINCES.iter().find(|(_, name)| titles.iter().any(|title| title.starts_with(name))),
        };
        let province = province.map(|(code, _)| *code).or_else(|| elsewhere(&titles));
        Self { authority, province, numbers, titles }
    }

    /// Whether what `dictionary` says holds for the document, given its day.
    pub(super) fn is_bound_by(&self, cx: &Context<'_>, dictionary: &Dictionary) -> bool {
        let header = dictionary.header();
        if cx.as_of().is_some_and(|day| !header.is_in_force_on(day)) {
            return false;
        }
        if self.is_text_of(dictionary) {
            return false;
        }
        let cites = |series: &str| {
            let key = zhengming_core::citation::canonical(series);
            cx.citations()
                .iter()
                .any(|cited| zhengming_core::citation::canonical(&cited.citation.series) == key)
        };
        if header.series.as_deref().is_some_and(cites) {
            return true;
        }
        let above = matches!((self.authority, header.authority), (Some(own), Some(theirs)) if own < theirs);
        let theirs = province_of(dictionary);
        let elsewhere = matches!((self.province, theirs), (Some(own), Some(theirs)) if own != theirs);
        !above && !elsewhere
    }

    /// Whether the document is the source that the dictionary was made from, or another edition of it.
    pub(super) fn is_text_of(&self, dictionary: &Dictionary) -> bool {
        let header = dictionary.header();
        let title = fold::key(&header.title);
        let series = header.series.as_deref().unwrap_or(&header.title);
        header.layer == Layer::Official
            && (self.titles.iter().any(|own| fold::key(own) == title)
                || self.numbers.iter().any(|number| number.split('—').next() == Some(series))
                || self.titles.iter().any(|own| own.contains(series) && own.contains("印发")))
    }

    /// Whether the document is a standard.
    pub(super) fn is_standard(&self) -> bool {
        !self.numbers.is_empty()
    }
}

/// A city that is none of Zhejiang's, or the state, as the first word of a title.
fn elsewhere(titles: &[String]) -> Option<&'static str> {
    let is_other_city = |title: &str| {
        let name: String = title.chars().take_while(|&c| c != '市').collect();
        let length = name.chars().count();
        let is_city = (2..=3).contains(&length)
            && title.len() > name.len()
            && !name.ends_with(['城', '都', '超', '股', '门']);
        is_city && !CITIES.contains(&name.as_str())
    };
    let found =
        titles.iter().any(|title| is_other_city(title) || STATE.iter().any(|word| title.starts_with(word)));
    found.then_some("00")
}

fn province_of(dictionary: &Dictionary) -> Option<&'static str> {
    let header = dictionary.header();
    let code = header.series.as_deref().and_then(|series| series.strip_prefix("DB")?.get(..2));
    let issuer = header.issuer.as_deref().unwrap_or_default();
    let found = PROVINCES.iter().find(|(known, name)| code == Some(*known) || issuer.starts_with(name));
    found.map(|(code, _)| *code)
}

fn titles(cx: &Context<'_>) -> Vec<String> {
    let headings = cx.blocks().take(HEAD).filter(|block| matches!(block.kind(), BlockKind::Heading(1)));
    let names = headings.map(|block| block.text().trim().to_owned());
    let spaced = cx.metadata().title.iter().map(|title| title.trim().to_owned()).chain(names);
    spaced.map(|title| title.chars().filter(|c| !c.is_whitespace()).collect()).collect()
}

fn of_number(number: &str) -> Option<Authority> {
    let code = number.split([' ', '/']).next()?;
    Some(match code {
        "GB" | "GBZ" => Authority::NationalStandard,
        _ if code.starts_with("DB") => Authority::LocalStandard,
        // Associations and enterprises bind themselves.
        "T" | "Q" => Authority::Policy,
        _ => Authority::IndustryStandard,
    })
}

fn of_titles(titles: &[String]) -> Option<Authority> {
    titles.iter().find_map(|title| {
        let title = title.trim_end_matches(|c| "）)".contains(c));
        let local =
            PROVINCES.iter().any(|(_, name)| title.starts_with(name)) || title.contains(['省', '市', '州']);
        if title.ends_with("条例") || title.ends_with('法') && title.starts_with("中华人民共和国") {
            return Some(if local { Authority::LocalLaw } else { Authority::Law });
        }
        (title.starts_with("国务院") && title.ends_with("规定")).then_some(Authority::Law)
    })
}

/// The rank of a dictionary, from its own words or from its number.
pub(super) fn rank(dictionary: &Dictionary) -> Authority {
    let header = dictionary.header();
    let number = header.series.as_deref().or(header.citation.as_deref());
    header.authority.or_else(|| number.and_then(of_number)).unwrap_or(Authority::House)
}

/// The day or at least the year of an edition, to tell the newer of two.
pub(super) fn age(dictionary: &Dictionary) -> (u16, String) {
    let header = dictionary.header();
    let day = header.published.or(header.effective);
    let year =
        header.edition.as_deref().and_then(|edition| edition.get(..4)).and_then(|year| year.parse().ok());
    (day.map(Date::year).or(year).unwrap_or(0), day.map_or(String::new(), |day| day.to_string()))
}
