//! Fits the weights of the evidence of jargon to labelled expressions: a logistic regression, measured by
//! cross-validation over whole documents.
//!
//! The input is what `zhengming facts --format json` prints for the documents, and labels as lines of JSON: `file`,
//! `char_start`, `char_end`, `line`, `label`, `level`, `doubt`. Labels of doubt count neither way. The same input
//! gives the same file.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;

use serde_json::Value;

/// Rounds of gradient descent; from 2,000 on the third decimal of no weight changes.
const ROUNDS: usize = 4000;
/// Length of a step.
const STEP: f64 = 0.5;
/// What a squared weight costs: with some tens of opaque expressions, less lets single ones decide.
const RIDGE: f64 = 0.6;
/// Score from which on an expression is opaque, and from which on it is worth a hint to the public.
const THRESHOLDS: (f64, f64) = (0.20, 0.50);
/// Evidence whose weight is learned. Eight more kinds were tried (heading, known-word, organisation, place-name,
/// repeated, row, sum, informative-class): without them as much is found on documents held out, and half of their
/// weights had a sign that nobody could explain.
const LEARNED: [&str; 11] = [
    "bare",
    "class-word",
    "half",
    "literal",
    "local",
    "long",
    "no-background",
    "one",
    "quoted",
    "sentence",
    "transparent",
];
/// Families whose weight is not learned: terms of trades are known by definition, of letter words hardly one in the
/// labelled documents is opaque, and of brands the readers did not agree.
const GIVEN: [(&str, f64); 3] = [("specialist", -3.0), ("letters", 1.3), ("brand", 0.4)];
/// Evidence that is not in the labelled documents, or only of such families.
const GIVEN_FEATURES: [(&str, f64); 7] = [
    ("informative-class", -1.5),
    ("known", -3.0),
    ("familiar", -2.0),
    ("technical", -2.0),
    ("product", -1.5),
    ("brief", -1.0),
    ("normative", -2.0),
];
const TARGET: &str = "rules/jargon/weights.toml";

/// A candidate with what is known of it.
struct Sample {
    document: usize,
    names: Vec<String>,
    opaque: bool,
}

/// An expression that somebody labelled.
struct Label {
    chars: (u64, u64),
    /// Nothing where it counts neither way.
    opaque: Option<bool>,
}

/// Reads facts and labels and writes the weights.
pub(crate) fn fit(facts: &str, labels: &[&str]) -> Result<(), String> {
    let (labels, last) = read_labels(labels)?;
    let documents: Vec<&String> = labels.keys().collect();
    let mut samples = Vec::new();
    for line in read(facts)?.lines() {
        let file: Value = serde_json::from_str(line).map_err(|error| format!("{facts}: {error}"))?;
        let path = file["path"].as_str().unwrap_or_default();
        let name = Path::new(path).file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let Some(document) = documents.iter().position(|known| *known == name) else { continue };
        for candidate in file["candidates"].as_array().into_iter().flatten() {
            if candidate["span"]["start"]["line"].as_u64() <= last.get(name).copied() {
                samples.extend(sample(candidate, document, &labels[name]));
            }
        }
    }
    let names: BTreeSet<&str> = samples.iter().flat_map(|one| one.names.iter().map(String::as_str)).collect();
    let is_learned = |name: &&str| LEARNED.contains(name) || name.starts_with("family ");
    let names: Vec<&str> = names.into_iter().filter(is_learned).collect();
    let report = cross_validate(&samples, &names, documents.len());
    let weights = train(&samples.iter().collect::<Vec<_>>(), &names);
    fs::write(TARGET, toml(&names, &weights, &report)).map_err(|error| format!("{TARGET}: {error}"))?;
    eprintln!("{report}");
    Ok(())
}

fn read(path: &str) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))
}

/// The labels by document, and how far each document is labelled.
type Labels = (BTreeMap<String, Vec<Label>>, BTreeMap<String, u64>);

fn read_labels(paths: &[&str]) -> Result<Labels, String> {
    let mut labels: BTreeMap<String, Vec<Label>> = BTreeMap::new();
    let mut last: BTreeMap<String, u64> = BTreeMap::new();
    for path in paths {
        for line in read(path)?.lines() {
            let row: Value = serde_json::from_str(line).map_err(|error| format!("{path}: {error}"))?;
            let file = row["file"].as_str().unwrap_or_default().to_owned();
            let number = |field: &str| row[field].as_u64().unwrap_or_default();
            let in_doubt = row["doubt"] == true || row["level"] == "doubt";
            let end = last.entry(file.clone()).or_default();
            *end = (*end).max(number("line"));
            labels.entry(file).or_default().push(Label {
                chars: (number("char_start"), number("char_end")),
                opaque: (!in_doubt).then_some(row["level"] == "opaque"),
            });
        }
    }
    Ok((labels, last))
}

/// The sample of a candidate: that of the label which it overlaps most, by half of the labelled text at least. What
/// nobody labelled is not opaque.
fn sample(candidate: &Value, document: usize, labels: &[Label]) -> Option<Sample> {
    let family = candidate["kind"].as_str()?.to_owned();
    let chars = |side: &str| candidate["span"][side]["char"].as_u64();
    let (start, end) = (chars("start")?, chars("end")?);
    let shared = |label: &&Label| end.min(label.chars.1).saturating_sub(start.max(label.chars.0));
    let meant = labels.iter().filter(|label| 2 * shared(label) >= label.chars.1 - label.chars.0);
    let opaque = meant.max_by_key(shared).map_or(Some(false), |label| label.opaque)?;
    let features = candidate["features"].as_array()?.iter().filter_map(Value::as_str);
    let mut names: Vec<String> = features.map(str::to_owned).collect();
    let is_decided =
        names.iter().any(|name| name == "known") || GIVEN.iter().any(|(name, _)| *name == family);
    names.push(format!("family {family}"));
    (!is_decided).then_some(Sample { document, names, opaque })
}

/// The weights of `names` that fit `samples`.
fn train(samples: &[&Sample], names: &[&str]) -> Vec<f64> {
    let rows: Vec<Vec<usize>> = samples
        .iter()
        .map(|one| names.iter().enumerate().filter(|(_, name)| one.names.iter().any(|own| own == *name)))
        .map(|columns| columns.map(|(column, _)| column).collect())
        .collect();
    let mut weights = vec![0.0; names.len()];
    for _ in 0..ROUNDS {
        let mut slope: Vec<f64> = weights.iter().map(|weight| RIDGE * weight).collect();
        for (row, one) in rows.iter().zip(samples) {
            let error =
                probability(row.iter().map(|&column| weights[column])) - f64::from(u8::from(one.opaque));
            row.iter().for_each(|&column| slope[column] += error);
        }
        let length = STEP / (1.0 + samples.len() as f64 / 8.0);
        weights.iter_mut().zip(&slope).for_each(|(weight, slope)| *weight -= length * slope);
    }
    weights
}

fn probability(weights: impl Iterator<Item = f64>) -> f64 {
    1.0 / (1.0 + (-weights.sum::<f64>()).exp())
}

/// What the weights are worth on documents that they were not fitted to.
fn cross_validate(samples: &[Sample], names: &[&str], documents: usize) -> String {
    let (mut right, mut wrong, mut opaque) = (0, 0, 0);
    for document in 0..documents {
        let (held, others): (Vec<&Sample>, Vec<&Sample>) =
            samples.iter().partition(|one| one.document == document);
        let weights = train(&others, names);
        for one in held {
            let own = names.iter().zip(&weights).filter(|(name, _)| one.names.iter().any(|own| own == *name));
            let is_warned = probability(own.map(|(_, weight)| *weight)) >= THRESHOLDS.1;
            right += usize::from(is_warned && one.opaque);
            wrong += usize::from(is_warned && !one.opaque);
            opaque += usize::from(one.opaque);
        }
    }
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    format!(
        "{} candidates of {documents} documents, {opaque} of them opaque; on documents held out: precision {:.2} \
         ({right} of {}), recall {:.2} of the opaque candidates",
        samples.len(),
        share(right, right + wrong),
        right + wrong,
        share(right, opaque),
    )
}

fn toml(names: &[&str], weights: &[f64], report: &str) -> String {
    let mut out = String::from(
        "# What each family and each piece of evidence is worth, as logarithms of odds: 0 changes nothing, 0.7 doubles\n\
         # the odds, −0.7 halves them. A score is the probability that they add up to. Fitted by `cargo xtask weights`.\n",
    );
    for line in report.split("; ") {
        writeln!(out, "# {line}").expect("a string takes everything");
    }
    let (likely, confident) = THRESHOLDS;
    write!(out, "\n[thresholds]\nlikely = {likely:.2}\nconfident = {confident:.2}\n").expect("as above");
    let rounded = |name: &str, weight: f64| format!("{name} = {:.2}\n", weight + 0.0);
    let learned = names.iter().zip(weights).map(|(name, weight)| (*name, *weight));
    let (families, features): (Vec<_>, Vec<_>) = learned.partition(|(name, _)| name.starts_with("family "));
    out += "\n[families]\n";
    for (name, weight) in families {
        out += &rounded(name.trim_start_matches("family "), weight);
    }
    for (name, weight) in GIVEN {
        out += &rounded(name, weight);
    }
    out += "\n[features]\n";
    for (name, weight) in features {
        out += &rounded(name, weight);
    }
    for (name, weight) in GIVEN_FEATURES {
        out += &rounded(name, weight);
    }
    out
}
