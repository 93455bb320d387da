//! Flags terms that two documents of a folder define differently.

use std::collections::HashSet;

use zhengming_lint::finding::{Finding, FolderPlace};
use zhengming_lint::folder::{Folder, FolderRule, FolderSink, grouped};
use zhengming_lint::rule::RuleMeta;
use zhengming_reading::definition::Pattern;
use zhengming_reading::prose::without_layout;
use zhengming_reading::summary::{Defined, Summary};
use zhengming_terms::diff::{ADAPTED, Bigrams, Change, SAME, UNRELATED, comparable, word_diff};
use zhengming_text::date::Date;
use zhengming_text::diagnostic::Severity;
use zhengming_text::fold;
use zhengming_text::message::{Text, quoted};

use crate::definition::changes;
use zhengming_reading::restatement::unframed;

/// One term, two meanings.
#[derive(Debug, Default)]
pub struct ConflictingDefinitions;

impl ConflictingDefinitions {
    /// What is the same for every folder.
    pub const META: RuleMeta = RuleMeta {
        id: "conflicting-definitions",
        name: ("文稿之间定义不同", "Documents define a term differently"),
        family: "folder",
        severity: Severity::Warning,
        also: Some(Severity::Info),
        default: true,
        fix: None,
        summary: ("两份文稿对同一术语的定义不同", "two documents define one term differently"),
        page: (include_str!("conflicting_definitions.md"), include_str!("conflicting_definitions.en.md")),
    };
}

/// Shortest defining text that is compared, in characters.
const SHORTEST: usize = 8;
/// Documents that a finding names besides its own.
const RELATED: usize = 3;

/// A definition with its document.
#[derive(Debug, Clone, Copy)]
struct Given<'a> {
    document: &'a Summary,
    definition: &'a Defined,
}

impl Given<'_> {
    /// What is said of the term: whether X是指 stands before it, is a matter of layout.
    fn words(&self) -> String {
        unframed(&self.definition.term, &self.definition.body)
    }
}

impl FolderRule for ConflictingDefinitions {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, folder: &Folder<'_>, sink: &mut FolderSink<'_>) {
        let given = folder.documents().flat_map(|document| {
            let own = document.definitions.iter().filter(|one| is_general(document, one));
            own.map(move |definition| Given { document, definition })
        });
        for group in grouped(given, |one| fold::key(&one.definition.term)) {
            compare(&group, sink);
        }
    }
}

/// Whether a definition claims to hold beyond its own document: what a statute calls 本条例所称 does not.
fn is_general(document: &Summary, definition: &Defined) -> bool {
    let told = definition.pattern == Pattern::TermsClause || !definition.scoped;
    definition.pattern.explains()
        && told
        && !super::is_statute(document)
        && definition.term.chars().count() > 1
        && definition.body.chars().count() >= SHORTEST
}

/// Whether the pattern says outright that this is a definition.
fn is_outright(definition: &Defined) -> bool {
    !matches!(definition.pattern, Pattern::Namely | Pattern::Note | Pattern::Heading)
}

/// What makes one of several definitions the one to follow.
#[derive(Debug, Clone, Copy)]
enum Basis<'a> {
    /// Its text is that of a dictionary.
    Dictionary(&'a str),
    /// Its document is a standard in force.
    Standard(&'a str),
    /// Its document is the newest.
    Newest(Date),
}

impl Basis<'_> {
    fn text(self) -> Text {
        match self {
            Self::Dictionary(entry) => {
                Text::new(format!("即词典的定义，{entry}"), format!("the text of the dictionary, {entry}"))
            }
            Self::Standard(number) => Text::new(format!("标准 {number}"), format!("a standard, {number}")),
            Self::Newest(day) => {
                Text::new(format!("日期最新，{}", day.in_chinese()), format!("the newest, of {day}"))
            }
        }
    }
}

/// The definitions of one term, each wording compared with each other once.
struct Compared<'g, 'a> {
    group: &'g [Given<'a>],
    /// The number of its wording, for each definition.
    wording: Vec<usize>,
    bodies: Vec<(String, Bigrams)>,
}

impl<'g, 'a> Compared<'g, 'a> {
    fn new(group: &'g [Given<'a>]) -> Self {
        // What a folder says again and again word for word is compared once.
        let wordings = grouped(0..group.len(), |&index| group[index].definition.body.as_str());
        let mut wording = vec![0; group.len()];
        for (number, members) in wordings.iter().enumerate() {
            members.iter().for_each(|&member| wording[member] = number);
        }
        let bodies = wordings.iter().map(|members| group[members[0]].words());
        let bodies = bodies.map(|body| (comparable(&body), Bigrams::new(&body))).collect();
        Self { group, wording, bodies }
    }

    /// Whether two wordings say the same.
    fn alike(&self, a: usize, b: usize) -> bool {
        let (one, other) = (&self.bodies[a], &self.bodies[b]);
        // What only one of them goes on to say contradicts nothing.
        let part = |a: &str, b: &str| a.starts_with(b.trim_end_matches(['.', ';', ',']));
        part(&one.0, &other.0) || part(&other.0, &one.0) || one.1.similarity(&other.1) >= SAME
    }

    fn path(&self, index: usize) -> &'a str {
        &self.group[index].document.path
    }

    /// The definition to follow, and why. Nothing tells one from the others where standards contradict each
    /// other, or a document has no date.
    fn authoritative(&self) -> Option<(usize, Basis<'a>)> {
        let all = || 0..self.group.len();
        let official = |index: usize| self.group[index].definition.official.as_deref();
        if let Some(found) = all().find_map(|index| Some((index, Basis::Dictionary(official(index)?)))) {
            return Some(found);
        }
        let agreed = |chosen: Vec<usize>| {
            let first = *chosen.first()?;
            chosen.iter().all(|&one| self.alike(self.wording[one], self.wording[first])).then_some(first)
        };
        let standards: Vec<usize> =
            all().filter(|&index| self.group[index].document.standard.is_some()).collect();
        if !standards.is_empty() {
            let first = agreed(standards)?;
            return Some((first, Basis::Standard(self.group[first].document.standard.as_deref()?)));
        }
        let dates: Option<Vec<Date>> = self.group.iter().map(|given| given.document.date).collect();
        let dates = dates?;
        let newest = *dates.iter().max()?;
        let first = agreed(all().filter(|&index| dates[index] == newest).collect())?;
        // An explanation in passing governs nothing.
        is_outright(self.group[first].definition).then_some((first, Basis::Newest(newest)))
    }

    /// The first of the definitions that most documents give.
    fn usual(&self) -> Option<usize> {
        let members = grouped(0..self.group.len(), |&index| self.wording[index]);
        let supporters = |number: usize| {
            let agree = members.iter().filter(|members| self.alike(number, self.wording[members[0]]));
            agree.flatten().map(|&index| self.path(index)).collect::<HashSet<_>>().len()
        };
        let supporters: Vec<usize> = (0..self.bodies.len()).map(supporters).collect();
        (0..self.group.len()).max_by_key(|&index| {
            let outright = is_outright(self.group[index].definition);
            (supporters[self.wording[index]], outright, std::cmp::Reverse(index))
        })
    }
}

/// Reports the documents that depart from the definition to follow; where nothing makes one of them that, from
/// the one that most documents give.
fn compare(group: &[Given<'_>], sink: &mut FolderSink<'_>) {
    let documents = grouped(0..group.len(), |&index| group[index].document.path.as_str());
    if documents.len() < 2 {
        return;
    }
    let compared = Compared::new(group);
    let (usual, basis) = match compared.authoritative() {
        Some((index, basis)) => (index, Some(basis)),
        None => match compared.usual() {
            Some(index) => (index, None),
            None => return,
        },
    };
    let wording = &compared.wording;
    let agrees: Vec<bool> =
        (0..compared.bodies.len()).map(|number| compared.alike(number, wording[usual])).collect();
    let mut others: Vec<&Given<'_>> = vec![&group[usual]];
    let alike = (0..group.len()).filter(|&other| other != usual && agrees[wording[other]]);
    others.extend(alike.map(|other| &group[other]));
    for one in documents.iter().filter(|one| one.iter().all(|&index| !agrees[wording[index]])) {
        let at = one[0];
        let similarity = compared.bodies[wording[at]].1.similarity(&compared.bodies[wording[usual]].1);
        sink.report(finding(&group[at], &others, similarity, basis));
    }
}

/// `others` agree with one another; the first of them is the one that is compared with.
fn finding<'a>(
    one: &Given<'a>,
    others: &[&Given<'a>],
    similarity: f64,
    basis: Option<Basis<'_>>,
) -> Finding<FolderPlace> {
    let plain = &one.definition.term;
    let (term, usual) = (quoted(plain), others[0]);
    let name = usual.document.name();
    let (there, here) = (without_layout(&usual.words()), without_layout(&one.words()));
    let differences = match similarity {
        similarity if similarity < UNRELATED => Text::new("通篇不同", "altogether"),
        similarity if similarity < ADAPTED => Text::new("多处不同", "in many places"),
        _ => differences(&there, &here),
    };
    let message = Text::new(
        format!("{term}的定义与{name}措辞不同：{}", differences.zh),
        format!("the definition of `{plain}` is worded differently in {name}: {}", differences.en),
    );
    let quote = short(&there, LONGEST_QUOTE);
    let label = Text::new(format!("{name}的定义是{}", quoted(&quote)), format!("{name}: `{quote}`"));
    let marked = if similarity < UNRELATED {
        format!("［-{there}-］｛+{here}+｝")
    } else {
        changes::marked(&there, &here)
    };
    let follow = match basis.map(Basis::text) {
        Some(why) => Text::new(
            format!("{name}的定义（{}）可作依据", why.zh),
            format!("go by the definition of {name} ({})", why.en),
        ),
        None => {
            Text::new("以哪一份为准，请自行判断", "nothing here tells which of the two is to be followed")
        }
    };
    let help = Text::new(
        format!(
            "对照（［-…-］为{name}的文字，｛+…+｝为本文的文字）：{marked}。{}。请统一为一个定义；确需各用各的，写明“本文件所称”，限定适用范围",
            follow.zh
        ),
        format!(
            "compare (［-…-］ as in {name}, ｛+…+｝ as here): {marked}; {}. Use one definition; if both are needed, restrict each to its document with 本文件所称",
            follow.en
        ),
    );
    let outright = is_outright(one.definition) && is_outright(usual.definition);
    let clause = [one, usual].iter().any(|given| given.definition.pattern == Pattern::TermsClause);
    let mut finding = Finding::across(one.document, &one.definition.site, message, label).help(help);
    // Each standard defines for itself; an explanation in passing is no definition.
    if !outright || clause {
        finding = finding.severity(Severity::Info);
    }
    for other in others.iter().take(RELATED) {
        let place = Text::new(
            format!("{}的定义：{}", other.document.name(), quoted(&other.definition.body)),
            format!("defined in {}: `{}`", other.document.name(), other.definition.body),
        );
        finding = finding.related(other.document, &other.definition.site, place);
    }
    finding
}

/// Differences that a message names.
const NAMED: usize = 3;
/// Longest stretch that a message quotes in full, in characters.
const LONGEST: usize = 16;

/// Longest definition that a label quotes in full, in characters.
const LONGEST_QUOTE: usize = 60;

fn short(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Where the definition `here` is worded differently.
fn differences(there: &str, here: &str) -> Text {
    let short = |text: &str| short(text, LONGEST);
    let mut found: Vec<Text> = Vec::new();
    let changes = word_diff(there, here);
    let mut changes = changes.iter().peekable();
    while let Some(change) = changes.next() {
        found.push(match (change, changes.peek()) {
            (Change::Same(_), _) => continue,
            (Change::Removed(there), Some(Change::Added(here))) => {
                let (there, here) = (short(there), short(here));
                changes.next();
                Text::new(
                    format!("该文{}，本文{}", quoted(&there), quoted(&here)),
                    format!("`{there}` there, `{here}` here"),
                )
            }
            (Change::Removed(there), _) => {
                let there = short(there);
                Text::new(format!("本文没有{}", quoted(&there)), format!("no `{there}` here"))
            }
            (Change::Added(here), _) => {
                let here = short(here);
                Text::new(format!("该文没有{}", quoted(&here)), format!("no `{here}` there"))
            }
        });
    }
    let rest = found.len().saturating_sub(NAMED);
    found.truncate(NAMED);
    let list = |pick: fn(&Text) -> &str| found.iter().map(pick).collect::<Vec<_>>().join("；");
    let (mut zh, mut en) = (list(|text| &text.zh), list(|text| &text.en).replace('；', "; "));
    if rest > 0 {
        zh += &format!("；另有 {rest} 处");
        en += &format!("; and {rest} more");
    }
    Text::new(zh, en)
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;
    use zhengming_text::message::Lang;

    #[test]
    fn two_documents_that_define_a_term_differently_are_flagged() {
        let rule = check::<ConflictingDefinitions>();
        let text = "=== a.md\n# 实施方案\n\n数据专区是指依托公共平台建设的特定领域数据开发利用区域。\n\
                    === b.md\n# 工作指南\n\n«数据专区»是指依托企业平台建设的特定行业数据开发利用区域。\n";
        let found = rule.fail(text).findings(text);
        assert_eq!(found[0].diagnostic.severity, Severity::Warning);
        let message = &found[0].diagnostic.message.zh;
        assert!(message.contains("与a.md措辞不同：该文“公共”，本文“企业”"), "{message}");
        let help = &found[0].diagnostic.help.whole(Lang::Zh).unwrap();
        assert!(help.contains("［-公共-］｛+企业+｝") && help.contains("请自行判断"), "{help}");
        assert_eq!(found[0].diagnostic.related[0].elsewhere.as_ref().unwrap().path, "a.md");
    }

    #[test]
    fn the_definition_that_most_documents_give_counts() {
        check::<ConflictingDefinitions>().fail(
            "=== a.md\n«数据专区»是指依托企业平台建设的特定行业数据开发利用区域。\n\
             === b.md\n数据专区是指依托公共平台建设的特定领域数据开发利用区域。\n\
             === c.md\n数据专区是指依托公共平台建设的特定领域数据开发利用区域。\n",
        );
    }

    const PUBLIC: &str = "数据专区是指依托公共平台建设的特定领域数据开发利用区域。\n";
    const FIRM: &str = "«数据专区»是指依托企业平台建设的特定行业数据开发利用区域。\n";

    /// The help of the only finding in a folder of two documents, which stands in the second text.
    #[track_caller]
    fn help_of(first: &str, second: &str) -> String {
        let text = format!("{first}\n{second}");
        let found = check::<ConflictingDefinitions>().fail(&text).findings(&text);
        found[0].diagnostic.help.whole(Lang::Zh).unwrap()
    }

    #[test]
    fn the_newest_document_is_followed_wherever_it_stands() {
        let dated =
            |name: &str, day: &str, text: &str| format!("=== {name}\n---\ndate: {day}\n---\n\n{text}");
        let (public, firm) = (PUBLIC, FIRM);
        let help = help_of(&dated("a.md", "2024-05-01", public), &dated("b.md", "2023-05-01", firm));
        assert!(help.contains("a.md的定义（日期最新，2024年5月1日）可作依据"), "{help}");
        let help = help_of(&dated("a.md", "2023-05-01", firm), &dated("b.md", "2024-05-01", public));
        assert!(help.contains("b.md的定义（日期最新，2024年5月1日）可作依据"), "{help}");
        // Nothing tells whether a document without a date is older.
        let help = help_of(&format!("=== a.md\n{public}"), &dated("b.md", "2024-05-01", firm));
        assert!(help.contains("请自行判断"), "{help}");
    }

    #[test]
    fn a_standard_in_force_and_the_dictionary_go_before_newer_documents() {
        let new = format!("=== a.md\n---\ndate: 2025-05-01\n---\n\n{FIRM}");
        let standard = format!("=== b.md\nDB33/T 9999—2022\n\n{PUBLIC}");
        let help = help_of(&new, &standard);
        assert!(help.contains("b.md的定义（标准 DB33/T 9999—2022）可作依据"), "{help}");
        let official = "多跨协同是指跨业务、跨部门、跨层级、跨区域、跨系统的工作协同。";
        let other = "«多跨协同»是指跨业务、跨部门、跨层级、跨区域、跨企业的劳务协同。";
        let help =
            help_of(&format!("=== a.md\nDB33/T 9999—2022\n\n{other}"), &format!("=== b.md\n{official}"));
        assert!(help.contains("b.md的定义（即词典的定义，DB33/T 2350—2021，3.1.2.13）可作依据"), "{help}");
    }

    #[test]
    fn standards_that_contradict_each_other_are_left_to_the_reader() {
        let help = help_of(
            &format!("=== a.md\nDB33/T 9998—2022\n\n{PUBLIC}"),
            &format!("=== b.md\nDB33/T 9999—2022\n\n{FIRM}"),
        );
        assert!(help.contains("请自行判断"), "{help}");
    }

    #[test]
    fn what_each_document_calls_so_for_itself_is_no_contradiction() {
        check::<ConflictingDefinitions>()
            .pass(
                "=== a.md\n# 甲市公共场所管理条例\n\n本条例所称公共场所，是指供公众从事社会活动的各类场所。\n\
                 === b.md\n# 甲市控制吸烟条例\n\n本条例所称公共场所，是指向公众开放的室内营业区域。\n",
            )
            .pass(
                "=== a.md\n数据专区是指依托公共平台建设的数据开发利用区域。\n\
                 === b.md\n数据专区是指依托公共平台建设的数据开发利用区域，由市数据局管理。\n",
            )
            .pass(
                "=== a.md\n数据专区（以下简称专区）是指公共平台上的数据开发区域。\n\
                 === b.md\n数据专线是指企业自建的传输线路及其附属设施。\n",
            );
    }
}
