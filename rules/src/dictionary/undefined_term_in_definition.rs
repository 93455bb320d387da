//! Flags terms that definitions rely on and that no entry defines.
//!
//! Most compounds in a definition are ordinary words put together, so four kinds of evidence count and
//! nothing else: a concept that some dictionary names without defining it; the subject of the dictionary
//! as its title names it; a compound that continues a series of the dictionary's own terms (数据归集
//! beside 数据共享, 数据开放 and 数据交换); and the fixed name of a kind of body (公共管理和服务机构). The last
//! three must recur.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use zhengming_lint::finding::Finding;
use zhengming_lint::rule::RuleMeta;
use zhengming_terms::lexicon::Lexicon;
use zhengming_text::diagnostic::Severity;
use zhengming_text::fold;
use zhengming_text::message::Text;

use super::finding::AtEntry;
use super::{DictionaryContext, DictionaryRule, DictionarySink, Entry, EntryPlace};

/// Terms in definitions that have no entry of their own.
#[derive(Debug, Default)]
pub struct UndefinedTermInDefinition;

impl UndefinedTermInDefinition {
    /// What is the same for every dictionary.
    pub const META: RuleMeta = RuleMeta {
        id: "undefined-term-in-definition",
        name: ("定义依赖的术语没有条目", "Definition relies on a term without entry"),
        family: "dictionary",
        severity: Severity::Info,
        also: None,
        default: true,
        fix: None,
        summary: ("定义依赖的术语没有条目", "a definition that relies on a term without an entry"),
        page: (
            include_str!("undefined_term_in_definition.md"),
            include_str!("undefined_term_in_definition.en.md"),
        ),
    };
}

/// Terms that make a series: 数据共享, 数据开放, 数据交换.
const SERIES: usize = 3;

/// Second words that make an ordinary compound with any first one.
const GENERIC: &str = "目标 系统 技术 平台 服务 能力 情况 信息 内容 方式 应用 体系 管理 工作 问题 功能 需求 领域 \
                       场景 模式 机制 流程 事项 活动 环境 基础 设施 产品 企业 人员 部门 机构 单位 建设 发展 资金 \
                       项目 标准 政策 制度 规范 要求 行为 过程 结果 状态 形式 类型 范围 时间 条件 方面 特征 关系";

/// What makes one term with the two words before it: 数据供需方.
const SUFFIXES: [&str; 6] = ["方", "者", "人", "率", "量", "权"];

/// What the fixed name of a kind of body ends with.
const BODIES: [&str; 5] = ["机构", "主体", "单位", "组织", "部门"];

/// What a fixed name does not contain: 行政机关和其他组织 is a list, not a name.
const LOOSE: [&str; 12] = ["其他", "各", "的", "有关", "相关", "该", "等", "为", "向", "由", "对", "或"];

/// What a title adds to the subject of the dictionary.
const TITLE_WORDS: [&str; 9] =
    ["术语和定义", "术语定义", "名词解释", "定义集", "词汇表", "词汇", "术语", "词典", "常用"];

impl DictionaryRule for UndefinedTermInDefinition {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &DictionaryContext<'_>, sink: &mut DictionarySink<'_>) {
        let variants: HashSet<String> = cx
            .entries()
            .iter()
            .flat_map(|entry| &entry.concept.variants)
            .map(|variant| fold::key(&variant.surface))
            .collect();
        for number in cx.official() {
            let defined: Vec<&Entry<'_>> = cx.entries_of(number).filter(|entry| entry.is_defined()).collect();
            let mut users: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
            let named = named_only(cx, &defined);
            let evidence = Evidence::new(cx, number);
            for (index, entry) in defined.iter().enumerate() {
                for run in unknown_runs(cx, entry) {
                    for phrase in evidence.phrases(cx.lexicon(), &run) {
                        users.entry(phrase).or_default().insert(index);
                    }
                }
            }
            users.retain(|phrase, users| users.len() > 1 && !variants.contains(phrase));
            users.extend(named);
            for (phrase, users) in users {
                let users: Vec<&Entry<'_>> = users.into_iter().map(|index| defined[index]).collect();
                sink.report(finding(&phrase, &users));
            }
        }
    }
}

/// Concepts with a name in some dictionary and a definition in none, and which definitions use them.
fn named_only(cx: &DictionaryContext<'_>, defined: &[&Entry<'_>]) -> BTreeMap<String, BTreeSet<usize>> {
    // An organisation needs no definition.
    let needs_none = |entry: &&Entry<'_>| entry.is_defined() || !cx.has_terms(entry.number);
    let known: HashSet<usize> = cx.entries().iter().filter(needs_none).map(|entry| entry.identity).collect();
    let names: HashMap<usize, &str> =
        cx.entries().iter().map(|entry| (entry.identity, entry.term())).collect();
    let mut users: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (index, entry) in defined.iter().enumerate() {
        for found in cx.finder().find(&fold::key(entry.body())) {
            if !found.ordinary && !known.contains(&found.identity) {
                users.entry(names[&found.identity].to_owned()).or_default().insert(index);
            }
        }
    }
    users
}

/// The stretches of Chinese characters in a definition between the terms that have an entry.
fn unknown_runs(cx: &DictionaryContext<'_>, entry: &Entry<'_>) -> Vec<String> {
    let text = fold::key(entry.body());
    let mut rest = String::with_capacity(text.len());
    let mut at = 0;
    for found in cx.finder().find(&text).into_iter().filter(|found| !found.ordinary) {
        rest += &text[at..found.start];
        rest.push('\n');
        at = found.end;
    }
    rest += &text[at..];
    rest.split(|c| !fold::is_han(c)).filter(|run| !run.is_empty()).map(str::to_owned).collect()
}

/// What in a dictionary shows that a compound is a term.
struct Evidence {
    /// First words of a series of terms.
    series: HashSet<String>,
    /// The subject that the title names.
    subject: Option<String>,
}

impl Evidence {
    fn new(cx: &DictionaryContext<'_>, number: usize) -> Self {
        let mut firsts: HashMap<String, usize> = HashMap::new();
        for entry in cx.entries_of(number) {
            let term: Vec<char> = fold::key(entry.term()).chars().collect();
            if term.len() == 4 && term.iter().all(|&c| fold::is_han(c)) {
                *firsts.entry(term[..2].iter().collect()).or_default() += 1;
            }
        }
        firsts.retain(|_, count| *count >= SERIES);
        let subject = subject(&cx.dictionaries()[number].header().title);
        let has_entry = |subject: &String| cx.finder().knows(subject);
        Self { series: firsts.into_keys().collect(), subject: subject.filter(|subject| !has_entry(subject)) }
    }

    /// The phrases in `run` for which there is evidence.
    fn phrases(&self, lexicon: &Lexicon, run: &str) -> Vec<String> {
        let mut phrases = Vec::new();
        phrases.extend(self.subject.clone().filter(|subject| run.contains(subject.as_str())));
        let cuts = lexicon.cuts(run);
        let words: Vec<&str> = cuts.windows(2).map(|cut| &run[cut[0]..cut[1]]).collect();
        for (at, pair) in words.windows(2).enumerate() {
            let fits = self.series.contains(pair[0]) && pair[1].chars().count() == 2;
            // What follows 等 sums up a list and is explained by it: 算力、数据、算法等数字资源.
            let listed = at > 0 && words[at - 1] == "等";
            if fits && !listed && !GENERIC.contains(pair[1]) {
                let suffix = words.get(at + 2).filter(|word| SUFFIXES.contains(word));
                phrases.push(pair.concat() + suffix.unwrap_or(&""));
            }
        }
        phrases.extend(bodies(&words));
        phrases
    }
}

/// The names of kinds of bodies: 公共管理|和|服务|机构.
fn bodies(words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (end, last) in words.iter().enumerate().filter(|(_, word)| BODIES.contains(word)) {
        let start = words[..end].iter().rposition(|word| LOOSE.contains(word)).map_or(0, |at| at + 1);
        // The whole from one loose word to the next is the name, if it can be one.
        let name = &words[start.max(end.saturating_sub(4))..=end];
        let joined = name[..name.len() - 1].contains(&"和") && name[0] != "和";
        let loose_inside = name.iter().any(|word| LOOSE.contains(word));
        if joined && !loose_inside && !last.is_empty() {
            found.push(name.concat());
        }
    }
    found
}

/// 数字化改革 in 数字化改革术语定义.
fn subject(title: &str) -> Option<String> {
    let title = fold::key(title);
    let end = TITLE_WORDS.iter().filter_map(|word| title.find(word)).min()?;
    let subject = title[..end].trim();
    let plain = subject.chars().all(fold::is_han) && subject.chars().count() >= 4;
    plain.then(|| subject.to_owned())
}

fn finding(phrase: &str, users: &[&Entry<'_>]) -> Finding<EntryPlace> {
    let first = users[0];
    let term = first.term();
    let (more_zh, more_en) = match users.len() {
        1 => (String::new(), String::new()),
        count => (format!("等{count}条"), format!(" and {} more", count - 1)),
    };
    let message = Text::new(
        format!("“{term}”{more_zh}的定义用了“{phrase}”，但它没有条目"),
        format!("the definition of `{term}`{more_en} relies on `{phrase}`, which has no entry"),
    );
    let cite = first.cite();
    Finding::at_entry(first, message)
        .help(Text::new(
            format!("读懂定义（{cite}）须先知道它指什么；请增加条目，或注明它在哪部法规或标准里有定义"),
            format!("the reader must know what it means ({cite}); add an entry, or name the statute or standard that defines it"),
        ))
        .beside(users.iter().skip(1).copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_subject_is_what_the_title_adds_nothing_to() {
        assert_eq!(subject("数字化改革术语定义").as_deref(), Some("数字化改革"));
        assert_eq!(subject("信息安全技术 术语"), Some("信息安全技术".to_owned()));
        assert_eq!(subject("浙江省变体表"), None);
    }

    #[test]
    fn a_body_has_a_fixed_name_and_a_list_has_none() {
        assert_eq!(bodies(&["公共管理", "和", "服务", "机构", "面向"]), ["公共管理和服务机构"]);
        assert!(bodies(&["行政", "机关", "和", "其他", "组织"]).is_empty());
        assert!(bodies(&["有关", "部门"]).is_empty());
    }
}
