//! What each stage costs, beside two references over the same bytes in the same run: the validation of
//! UTF-8, and a bare pass of the crate `aho-corasick` with the same patterns.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use fst::{Map, Streamer};
use zhengming_formats::{Format, read_str};
use zhengming_lint::linter::{Linter, Options};
use zhengming_reading::knowledge::Knowledge;
use zhengming_rules::{RULES, builtin_background, builtin_dictionaries};
use zhengming_terms::dictionary::Dictionary;
use zhengming_terms::termbase::TermBase;
use zhengming_text::document::Document;
use zhengming_text::fold;

/// Text for a stable reading; a smaller folder is read several times over.
const BYTES: usize = 10 << 20;
/// Every stage is run this often, all stages in turn, and the median counts.
const ROUNDS: usize = 7;
/// Sizes of tables of terms.
const TERMS: [usize; 4] = [100, 1_000, 10_000, 100_000];
/// Sizes of single documents, in megabytes.
const MEGABYTES: [usize; 3] = [1, 10, 100];

/// Prints the table for the Markdown files below each of `folders`.
pub(crate) fn print(folders: &[&str]) -> Result<(), String> {
    let mut out = String::new();
    for folder in folders {
        let texts = texts(Path::new(folder))?;
        let bytes: usize = texts.iter().map(String::len).sum();
        out += &format!("\n{folder}: {} documents, {:.1} MB\n", texts.len(), bytes as f64 / 1e6);
        out += "patterns | stage | MB/s | x UTF-8 | x aho-corasick\n---|---|---|---|---\n";
        out += &stages(&texts, None)?;
        for terms in TERMS {
            out += &stages(&texts, Some(terms))?;
        }
        out += &threads(&texts)?;
        out += &growth(&texts)?;
    }
    // The one thing that a tool says on its standard output.
    use std::io::Write;
    std::io::stdout().write_all(out.as_bytes()).map_err(|error| error.to_string())
}

/// The rows for the built-in dictionaries, with a table of `terms` variants on top of them.
fn stages(texts: &[String], terms: Option<usize>) -> Result<String, String> {
    let table = terms.map(table).transpose()?;
    let started = Instant::now();
    let mut dictionaries = builtin_dictionaries();
    if let Some(table) = table {
        let dictionary = Dictionary::from_table("table.tsv", &table).map_err(|error| error.to_string())?;
        dictionaries.push(Arc::new(dictionary));
    }
    let base = Arc::new(TermBase::new(dictionaries).map_err(|error| error.to_string())?);
    let knowledge = Arc::new(Knowledge::new(base, builtin_background()));
    let loading = started.elapsed();
    let automaton = AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .match_kind(MatchKind::Standard)
        .build(knowledge.matcher().patterns())
        .map_err(|error| error.to_string())?;
    let linter = linter(&knowledge, Options::default());
    let variants = linter_of_variants(&knowledge);
    let documents: Vec<Document> = texts.iter().map(|text| read(text.clone())).collect();
    let blocks = || documents.iter().flat_map(Document::blocks);
    let all: [(&str, &dyn Fn() -> usize); 7] = [
        ("UTF-8", &|| {
            texts.iter().filter(|text| std::str::from_utf8(black_box(text.as_bytes())).is_ok()).count()
        }),
        ("bare aho-corasick", &|| {
            texts.iter().map(|text| automaton.find_overlapping_iter(text).count()).sum()
        }),
        ("fold", &|| blocks().map(|block| fold::fold(block.text()).text().len()).sum()),
        ("read Markdown", &|| texts.iter().map(|text| read(text.clone()).blocks().len()).sum()),
        ("match", &|| blocks().map(|block| knowledge.matcher().find(block.text()).matches.len()).sum()),
        ("lint, variant rules", &|| texts.iter().map(|text| variants.lint(&read(text.clone())).len()).sum()),
        ("whole lint", &|| texts.iter().map(|text| linter.lint(&read(text.clone())).len()).sum()),
    ];
    let mut samples = [const { Vec::new() }; 7];
    for _ in 0..ROUNDS {
        for (times, (_, stage)) in samples.iter_mut().zip(&all) {
            times.push(seconds(stage));
        }
    }
    let median = samples.map(median);
    let bytes: usize = texts.iter().map(String::len).sum();
    let label = terms.map_or("built-in".to_owned(), |count| format!("+ {count}"));
    let label = format!("{label} ({})", knowledge.matcher().patterns().count());
    let mut rows = String::new();
    for ((name, _), time) in all.iter().zip(median) {
        // What does not depend on the patterns is told once.
        if terms.is_some() && matches!(*name, "UTF-8" | "fold" | "read Markdown") {
            continue;
        }
        let speed = bytes as f64 / 1e6 / time;
        rows +=
            &format!("{label} | {name} | {speed:.0} | {:.2} | {:.2}\n", median[0] / time, median[1] / time);
    }
    rows += &format!("{label} | loading | {:.1} ms | |\n", loading.as_secs_f64() * 1e3);
    Ok(rows)
}

fn builtin_matcher() -> Result<Arc<Knowledge>, String> {
    let base = TermBase::new(builtin_dictionaries()).map_err(|error| error.to_string())?;
    Ok(Arc::new(Knowledge::new(Arc::new(base), builtin_background())))
}

fn linter(knowledge: &Arc<Knowledge>, options: Options) -> Linter {
    let rules = RULES.iter().map(zhengming_rules::Registration::make).collect();
    Linter::new(Arc::clone(knowledge), rules, options)
}

/// The rules that depend on nothing but what the knowledge finds.
fn linter_of_variants(knowledge: &Arc<Knowledge>) -> Linter {
    linter(knowledge, Options { select: vec!["variant".to_owned()], ..Options::default() })
}

/// How much faster two threads lint the documents than one does.
fn threads(texts: &[String]) -> Result<String, String> {
    let linter = linter(&builtin_matcher()?, Options::default());
    let lint =
        |texts: &[String]| texts.iter().map(|text| linter.lint(&read(text.clone())).len()).sum::<usize>();
    let (mut one, mut two) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        one.push(seconds(|| lint(texts)));
        let next = AtomicUsize::new(0);
        two.push(seconds(|| {
            std::thread::scope(|scope| {
                for _ in 0..2 {
                    scope.spawn(|| {
                        while let Some(text) = texts.get(next.fetch_add(1, Ordering::Relaxed)) {
                            black_box(lint(std::slice::from_ref(text)));
                        }
                    });
                }
            });
        }));
    }
    Ok(format!("two threads: {:.2} x one\n", median(one) / median(two)))
}

/// What a byte of one document costs, however long the document is.
fn growth(texts: &[String]) -> Result<String, String> {
    let linter = linter(&builtin_matcher()?, Options::default());
    let mut row = "one document:".to_owned();
    for megabytes in MEGABYTES {
        let mut whole = String::with_capacity(megabytes * 1_000_000);
        for text in texts.iter().cycle() {
            if whole.len() >= megabytes * 1_000_000 {
                break;
            }
            whole.push_str(text);
            whole.push_str("\n\n");
        }
        let rounds = if megabytes < 100 { ROUNDS } else { 3 };
        let times = (0..rounds).map(|_| seconds(|| linter.lint(&read(whole.clone())).len())).collect();
        row += &format!(" {megabytes} MB {:.2} ns a byte;", median(times) * 1e9 / whole.len() as f64);
    }
    row.pop();
    Ok(row + "\n")
}

/// How long `work` takes.
fn seconds<T>(work: impl FnOnce() -> T) -> f64 {
    let started = Instant::now();
    black_box(work());
    started.elapsed().as_secs_f64()
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn read(text: String) -> Document {
    read_str("a.md", text, Format::Markdown)
}

fn texts(folder: &Path) -> Result<Vec<String>, String> {
    let mut files = Vec::new();
    collect(folder, &mut files)?;
    if files.is_empty() {
        return Err(format!("{}: no Markdown below it", folder.display()));
    }
    let mut texts: Vec<String> = Vec::new();
    let mut bytes = 0;
    for text in files.iter().cycle() {
        if bytes >= BYTES {
            break;
        }
        bytes += text.len();
        texts.push(text.clone());
    }
    Ok(texts)
}

fn collect(folder: &Path, files: &mut Vec<String>) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let entries: Result<Vec<_>, _> = fs::read_dir(folder).map_err(failed)?.collect();
    let mut paths: Vec<_> = entries.map_err(failed)?.iter().map(fs::DirEntry::path).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "md") {
            files.extend(fs::read_to_string(&path));
        }
    }
    Ok(())
}

/// A table of `count` variants: three words of the lexicon each, as terms are made, so that their beginnings
/// occur in any text, and the whole seldom does.
fn table(count: usize) -> Result<String, String> {
    let path = "rules/lexicon/words.fst";
    let bytes = fs::read(path).map_err(|error| format!("{path}: {error}"))?;
    let words = Map::new(bytes).map_err(|error| format!("{path}: {error}"))?;
    let mut common = Vec::new();
    let mut stream = words.stream();
    while let Some((word, frequency)) = stream.next() {
        let word = String::from_utf8_lossy(word);
        if frequency >= 200 && (2..=4).contains(&word.chars().count()) && word.chars().all(fold::is_han) {
            common.push(word.into_owned());
        }
    }
    let mut table = "variant\tpreferred\n".to_owned();
    let (mut state, mut rows) = (1_u64, 0);
    let mut seen = std::collections::HashSet::new();
    let mut word = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        common[(state >> 33) as usize % common.len()].as_str()
    };
    while rows < count {
        let (a, b, c) = (word(), word(), word());
        if a != b && b != c && seen.insert((a, b, c)) {
            table += &format!("{a}{b}{c}\t{a}{c}{b}\n");
            rows += 1;
        }
    }
    Ok(table)
}
