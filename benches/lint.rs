//! What each stage costs, beside a bare `aho-corasick` pass over the same bytes with the same patterns.
//!
//! `cargo bench --bench lint`. The text is the Markdown fixtures, or, with `ZHENGMING_BENCH_CORPUS=DIR`,
//! every Markdown file below a folder of yours: real text misses caches as real text does.

use std::hint::black_box;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use divan::Bencher;
use divan::counter::BytesCount;
use zhengming::{Dictionary, Document, Linter, builtin_dictionaries};
use zhengming_formats::{Format, read_str};
use zhengming_reading::knowledge::Knowledge;
use zhengming_rules::builtin_background;
use zhengming_terms::termbase::TermBase;
use zhengming_text::fold;

fn main() {
    divan::main();
}

/// Enough text for a stable reading, whole files only.
const MOST_BYTES: usize = 10 << 20;

static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let corpus = std::env::var("ZHENGMING_BENCH_CORPUS");
    let folder =
        corpus.unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/drafts").to_owned());
    let mut texts = Vec::new();
    collect(Path::new(&folder), &mut texts);
    assert!(!texts.is_empty(), "no Markdown below {folder}");
    texts
});

fn collect(folder: &Path, texts: &mut Vec<String>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        let total: usize = texts.iter().map(String::len).sum();
        if path.is_dir() {
            collect(&path, texts);
        } else if total < MOST_BYTES && path.extension().is_some_and(|ending| ending == "md") {
            texts.extend(std::fs::read_to_string(&path));
        }
    }
}

fn bytes() -> BytesCount {
    BytesCount::from(TEXTS.iter().map(String::len).sum::<usize>())
}

fn termbase() -> Arc<TermBase> {
    Arc::new(TermBase::new(builtin_dictionaries()).unwrap())
}

/// The reference: one overlapping pass over the raw bytes, and nothing else.
#[divan::bench]
fn bare_aho_corasick(bencher: Bencher<'_, '_>) {
    let knowledge = Knowledge::new(termbase(), builtin_background());
    let patterns: Vec<&str> = knowledge.matcher().patterns().collect();
    let automaton = AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .match_kind(MatchKind::Standard)
        .build(patterns)
        .unwrap();
    bencher
        .counter(bytes())
        .bench(|| TEXTS.iter().map(|text| automaton.find_overlapping_iter(text).count()).sum::<usize>());
}

#[divan::bench]
fn utf8_validation(bencher: Bencher<'_, '_>) {
    bencher
        .counter(bytes())
        .bench(|| TEXTS.iter().all(|text| std::str::from_utf8(black_box(text.as_bytes())).is_ok()));
}

#[divan::bench]
fn fold_text(bencher: Bencher<'_, '_>) {
    bencher.counter(bytes()).bench(|| TEXTS.iter().map(|text| fold::fold(text).text().len()).sum::<usize>());
}

#[divan::bench]
fn read_markdown(bencher: Bencher<'_, '_>) {
    bencher.counter(bytes()).with_inputs(|| TEXTS.clone()).bench_values(|texts| {
        texts.into_iter().map(|text| read_str("a.md", text, Format::Markdown).blocks().len()).sum::<usize>()
    });
}

#[divan::bench]
fn match_blocks(bencher: Bencher<'_, '_>) {
    let knowledge = Knowledge::new(termbase(), builtin_background());
    let documents: Vec<_> =
        TEXTS.iter().map(|text| read_str("a.md", text.clone(), Format::Markdown)).collect();
    bencher.counter(bytes()).bench(|| {
        let blocks = documents.iter().flat_map(zhengming_text::document::Document::blocks);
        blocks.map(|block| knowledge.matcher().find(block.text()).matches.len()).sum::<usize>()
    });
}

#[divan::bench]
fn whole_lint(bencher: Bencher<'_, '_>) {
    let linter = Linter::builder().build().unwrap();
    bencher.counter(bytes()).with_inputs(|| TEXTS.clone()).bench_values(|texts| {
        texts.into_iter().map(|text| linter.lint(&Document::markdown(text)).len()).sum::<usize>()
    });
}

#[divan::bench]
fn load_builtin_dictionaries() -> Vec<Arc<Dictionary>> {
    builtin_dictionaries()
}

#[divan::bench]
fn compile_builtin(bencher: Bencher<'_, '_>) {
    let base = termbase();
    bencher.bench(|| Knowledge::new(Arc::clone(&base), builtin_background()));
}

/// A user's table of variants on top of the built-in dictionaries.
#[divan::bench(args = [10_000, 100_000], sample_count = 20)]
fn load_and_compile_variants(bencher: Bencher<'_, '_>, rows: u32) {
    let table = variant_table(rows);
    bencher.bench(|| {
        let dictionary = Dictionary::from_table("table.tsv", &table).unwrap();
        Linter::builder().dictionary(dictionary).build().unwrap()
    });
}

fn variant_table(rows: u32) -> String {
    let han = |n: u32| char::from_u32(0x4E00 + n % 0x5000).unwrap();
    let mut table = "variant\tpreferred\tkind\n".to_owned();
    for row in 0..rows {
        let (a, b, c, d) = (han(row * 7), han(row * 13 + 5), han(row / 3), han(row));
        table += &format!("{a}{b}{c}{d}\t{a}{b}{d}{c}正\thomophone\n");
    }
    table
}
