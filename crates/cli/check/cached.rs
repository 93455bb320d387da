//! Results of earlier runs in stage 2: what they depend on, what is kept of them, how they come back.
//!
//! The text of a document is not kept: the file was read to find its entry. Nor is anything kept of a
//! document in which something was found at a place that only its blocks know: a page, a cell.

use serde::{Deserialize, Serialize};
use zhengming::{Date, Document, Format};
use zhengming_config::{Configurations, Settings};
use zhengming_formats::encoding;
use zhengming_reading::summary::Summary;
use zhengming_rules::RULES;
use zhengming_text::diagnostic::Diagnostic;
use zhengming_text::document::{self, Ledger, ReadNote};

use super::job::Job;
use super::{CheckedFile, folder};
use crate::cache::{Cache, Digest, Setup};
use crate::own_register;

/// What is kept of a document.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Entry {
    format: String,
    /// The day of the run, if the document has none of its own.
    today: Option<Date>,
    /// Each with the number of its rule in [`RULES`].
    diagnostics: Vec<(usize, Diagnostic)>,
    suppressed: usize,
    unregistered: Vec<String>,
    summary: Option<Summary>,
    /// What the reader remarked.
    notes: Vec<ReadNote>,
    ledger: Ledger,
}

/// What was found before.
#[derive(Debug)]
pub(super) struct Recalled {
    /// The text without its blocks.
    pub(super) document: Document,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) suppressed: usize,
    pub(super) unregistered: Vec<String>,
    pub(super) summary: Option<Summary>,
}

/// The cache for documents that are checked with `settings`; nothing if a dictionary cannot be read.
pub(super) fn open(
    configurations: &mut Configurations,
    settings: &Settings,
    all: bool,
    encoding: Option<encoding::Named>,
) -> Option<Cache> {
    let mut setup = Setup::of_program();
    setup.add(zhengming_config::dump(settings).as_bytes());
    setup.add(&[u8::from(all)]);
    setup.add(encoding.map_or("", encoding::Named::name).as_bytes());
    setup.add(&own_register::bytes());
    let dictionaries = settings.dictionaries.iter().filter_map(|one| one.value.path());
    for path in dictionaries.chain(settings.definitions.iter().map(|one| &one.value)) {
        setup.add(&configurations.digest(path)?);
    }
    Cache::open(setup.digest())
}

/// What was found in the document under `key`, if it may be used today.
pub(super) fn recall(
    cache: &Cache,
    key: &Digest,
    name: &str,
    bytes: &[u8],
    today: Option<Date>,
    job: &Job<'_>,
) -> Option<Recalled> {
    let with_summary = folder::is_wanted(job);
    let entry: Entry = postcard::from_bytes(&cache.get(key)?).ok()?;
    if (entry.today.is_some() && entry.today != today) || (with_summary && entry.summary.is_none()) {
        return None;
    }
    let format = Format::from_name(&entry.format)?;
    let mut document = if format.is_text() {
        let (text, encoding) = match job.args.reading.encoding {
            Some(named) => {
                encoding::decode_named(bytes, named).ok().map(|found| (found.text, found.encoding))?
            }
            None => encoding::decode(bytes).ok()?,
        };
        let mut document = document::Document::new(name, format.name(), text);
        document.set_encoding(encoding);
        document
    } else {
        document::Document::new(name, format.name(), String::new())
    };
    entry.notes.into_iter().for_each(|note| document.note(note));
    document.set_ledger(entry.ledger);
    let diagnostics: Option<Vec<_>> = entry.diagnostics.into_iter().map(with_rule).collect();
    let summary = entry.summary.map(|summary| Summary { path: name.to_owned(), ..summary });
    Some(Recalled {
        document: document.into(),
        diagnostics: diagnostics?,
        suppressed: entry.suppressed,
        unregistered: entry.unregistered,
        summary,
    })
}

/// Keeps what was found in `file`.
pub(super) fn remember(cache: &Cache, key: &Digest, file: &CheckedFile, today: Option<Date>) {
    let document = file.document.inner();
    let has_place = |diagnostic: &Diagnostic| document.block(diagnostic.block).place().is_some();
    if file.diagnostics.iter().any(has_place) {
        return;
    }
    let diagnostics: Option<Vec<_>> = file.diagnostics.iter().cloned().map(with_number).collect();
    let Some(diagnostics) = diagnostics else { return };
    let entry = Entry {
        format: document.format().to_owned(),
        today: if document.date().is_none() { today } else { None },
        diagnostics,
        suppressed: file.suppressed,
        unregistered: file.unregistered.clone(),
        summary: file.summary.clone(),
        notes: document.notes().to_vec(),
        ledger: document.ledger(),
    };
    if let Ok(bytes) = postcard::to_stdvec(&entry) {
        cache.put(key, &bytes);
    }
}

fn with_number(diagnostic: Diagnostic) -> Option<(usize, Diagnostic)> {
    let number = RULES.iter().position(|rule| rule.meta.id == diagnostic.rule)?;
    Some((number, diagnostic))
}

fn with_rule((number, diagnostic): (usize, Diagnostic)) -> Option<Diagnostic> {
    let meta = RULES.get(number)?.meta;
    Some(Diagnostic { rule: meta.id, family: meta.family, ..diagnostic })
}
