//! Flags terms that a document defines and nobody uses.

use std::collections::{HashMap, HashSet};

use zhengming_lint::finding::{Finding, FolderPlace};
use zhengming_lint::folder::{Folder, FolderRule, FolderSink};
use zhengming_lint::rule::RuleMeta;
use zhengming_reading::definition::Pattern;
use zhengming_reading::summary::{Defined, Summary};
use zhengming_terms::words::Words;
use zhengming_text::diagnostic::Severity;
use zhengming_text::fold;
use zhengming_text::message::{Text, quoted};

/// Defined, and never used.
#[derive(Debug, Default)]
pub struct OrphanDefinition;

impl OrphanDefinition {
    /// What is the same for every folder.
    pub const META: RuleMeta = RuleMeta {
        id: "orphan-definition",
        name: ("定义无人使用", "Definition that nobody uses"),
        family: "folder",
        severity: Severity::Info,
        also: None,
        // Within a document, defined-but-unused says the same.
        default: false,
        fix: None,
        summary: ("定义了术语，却没有使用", "a term is defined and used nowhere"),
        page: (include_str!("orphan_definition.md"), include_str!("orphan_definition.en.md")),
    };
}

/// Fewest definitions of a text that is a glossary because it is half definitions.
const GLOSSARY: usize = 4;
/// Longest term that is looked for, in characters; a longer one is a sentence.
const LONGEST: usize = 14;

/// What makes a phrase of the words before 是指, which nobody repeats: 适用本办法的教师, 盐或盐产品.
const PHRASES: [&str; 16] = [
    "本条例",
    "本办法",
    "本规定",
    "本细则",
    "本法",
    "前款",
    "所称",
    "其他",
    "各项",
    "适用",
    "（",
    "(",
    "‘",
    "或",
    "的",
    "、",
];

impl FolderRule for OrphanDefinition {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, folder: &Folder<'_>, sink: &mut FolderSink<'_>) {
        let mut candidates = Vec::new();
        for (number, document) in folder.documents().enumerate().filter(|(_, one)| !is_glossary(one)) {
            for definition in document.definitions.iter().filter(|one| is_candidate(one)) {
                candidates.push((number, document, definition, fold::key(&definition.term)));
            }
        }
        let keys: HashSet<&str> = candidates.iter().map(|(.., key)| key.as_str()).collect();
        let found = Found::new(folder, keys);
        for (number, document, definition, key) in &candidates {
            if !found.is_elsewhere(key, *number) {
                sink.report(finding(document, definition));
            }
        }
    }
}

/// In which documents of a folder words stand: a folder may hold thousands, so each is read once for all words.
struct Found<'k> {
    /// By word, the first and the last document that has it.
    documents: HashMap<&'k str, (usize, usize)>,
}

impl<'k> Found<'k> {
    /// Looks for `keys`.
    fn new(folder: &Folder<'_>, keys: HashSet<&'k str>) -> Self {
        let keys: Vec<&str> = keys.into_iter().collect();
        let words = Words::new(&keys);
        let mut documents = HashMap::new();
        for (number, document) in folder.documents().enumerate() {
            for hit in words.find(&words_of(document)) {
                documents.entry(keys[hit.word]).or_insert((number, number)).1 = number;
            }
        }
        Self { documents }
    }

    /// Whether a document other than number `own` has the word.
    fn is_elsewhere(&self, key: &str, own: usize) -> bool {
        self.documents.get(key).is_some_and(|&(first, last)| first != own || last != own)
    }
}

/// Whether the document defines for others: a terms clause, or a text that is half definitions.
fn is_glossary(document: &Summary) -> bool {
    let entry = |one: &Defined| matches!(one.pattern, Pattern::TermsClause | Pattern::Table);
    let explains = document.definitions.iter().filter(|one| one.pattern.explains());
    let defining: usize = explains.map(|one| one.term.chars().count() + one.body.chars().count()).sum();
    document.definitions.iter().any(entry)
        || (document.definitions.len() >= GLOSSARY && 2 * defining > document.characters)
}

/// Whether a definition says outright what a term means, and its document does not use the term.
fn is_candidate(definition: &Defined) -> bool {
    let outright = matches!(definition.pattern, Pattern::SoCalled | Pattern::Is | Pattern::Means);
    outright
        && definition.uses == 0
        && (2..=LONGEST).contains(&definition.term.chars().count())
        && !PHRASES.iter().any(|word| definition.term.contains(word))
}

/// What is known of the words of a document: its terms, definitions and short forms.
fn words_of(document: &Summary) -> String {
    let definitions = document.definitions.iter().flat_map(|one| [&one.term, &one.body]);
    let shorts = document.abbreviations.iter().map(|one| &one.short);
    let spellings = document.mentions.iter().map(|one| &one.spelling);
    definitions.chain(shorts).chain(spellings).map(|text| fold::key(text) + "\n").collect()
}

fn finding<'a>(document: &'a Summary, definition: &'a Defined) -> Finding<FolderPlace> {
    let term = quoted(&definition.term);
    let message = Text::new(
        format!("定义了{term}，全文再没有用到"),
        format!("`{}` is defined here and used nowhere", definition.term),
    );
    let label = Text::new("定义之后没有使用", "not used after its definition");
    let help = Text::new(
        "用不到的，删去这条定义；正文换了说法的，统一成定义的术语",
        "delete the definition; or, if the text says it in other words, use the defined term there",
    );
    Finding::across(document, &definition.site, message, label).help(help)
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn a_term_that_nobody_uses_is_flagged() {
        check::<OrphanDefinition>().fail(
            "=== a.md\n本方案所称«数据驿站»，是指基层数据服务网点。\n\n各地加快网点建设。\n=== b.md\n各地加快建设。\n",
        );
    }

    #[test]
    fn a_term_used_here_or_elsewhere_is_no_orphan() {
        check::<OrphanDefinition>()
            .pass("=== a.md\n本方案所称数据驿站，是指基层数据服务网点。\n\n建设数据驿站。\n=== b.md\n加快建设。\n")
            .pass("=== a.md\n数据驿站，是指基层数据服务网点。\n=== b.md\n驿站长是指数据驿站的负责人。驿站长负责日常工作。\n")
            .pass("=== a.md\n# 3 术语和定义\n\n## 3.1 数据驿站\n\n基层数据服务网点。\n=== b.md\n加快建设。\n");
    }

    #[test]
    fn a_use_across_a_line_break_counts() {
        check::<OrphanDefinition>()
            .pass("=== a.md\n本方案所称数据驿站，是指基层数据服务网点。\n\n各地建设数据\n驿站。\n=== b.md\n加快建设。\n");
    }
}
