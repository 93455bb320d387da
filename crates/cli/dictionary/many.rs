//! `zhengming dict import FOLDER` and `zhengming dict merge`: many documents or dictionaries to one dictionary.

use std::path::Path;

use zhengming::{Dictionary, Lang, Text};
use zhengming_config::Configurations;
use zhengming_exchange::import::{self, ImportError, ImportOptions};
use zhengming_exchange::interchange::{self, ExchangeError};
use zhengming_exchange::merge::{Merged, merge};
use zhengming_terms::dictionary::Header;

use super::{known_layout, load, read, write_dictionary};
use crate::args::{DictImportArgs, DictMergeArgs};
use crate::collect::{self, Input};
use crate::failure::{self, Failure};
use crate::output::refuse;

/// Reads every document below a folder. A document without definitions, or one that cannot be read, is told and passed over.
pub(super) fn import_folder(args: &DictImportArgs, lang: Lang) -> Result<(), Failure> {
    let layout = args.layout.as_deref().map(known_layout).transpose()?;
    let options = ImportOptions { layout, id: None, title: None };
    let collected = collect::inputs(std::slice::from_ref(&args.file), &mut Configurations::default(), false)?;
    let paths = collected.inputs.iter().filter_map(|input| match input {
        Input::File(path) => Some(path.as_path()),
        _ => None,
    });
    let mut tally = Tally::default();
    let mut parts = Vec::new();
    for path in paths {
        refuse(args.output.as_deref(), [path])?;
        tally.files += 1;
        match import_one(path, &options, lang) {
            Ok(Some(part)) => parts.push(part),
            Ok(None) => tally.empty += 1,
            Err(failure) => {
                tally.unread += 1;
                failure.print(lang);
            }
        }
    }
    tally.with = parts.len();
    let name = args.file.file_name().map_or_else(|| ".".into(), |name| name.to_string_lossy().into_owned());
    let title = args.title.clone().unwrap_or(name);
    let header = Header { id: args.id.clone().unwrap_or_else(|| title.clone()), title, ..Header::default() };
    let merged = merged(&args.file, header, parts, lang)?;
    write_dictionary(&merged, None, args.format, args.output.as_deref(), lang)?;
    failure::print_note(&tally.text(), lang);
    Ok(())
}

/// How many documents there were.
#[derive(Default)]
struct Tally {
    files: usize,
    with: usize,
    empty: usize,
    unread: usize,
}

impl Tally {
    fn text(&self) -> Text {
        let Self { files, with, empty, unread } = self;
        Text::new(
            format!("{files} 份文件：{with} 份有定义，{empty} 份没有，{unread} 份没能读出"),
            format!(
                "{files} documents: {with} with definitions, {empty} without, {unread} could not be read"
            ),
        )
    }
}

/// The dictionary in one document, if it has definitions.
fn import_one(path: &Path, options: &ImportOptions, lang: Lang) -> Result<Option<Dictionary>, Failure> {
    let name = path.display().to_string();
    let bytes = read(path)?;
    match interchange::read(&name, &bytes) {
        Ok((dictionary, notices)) => {
            for notice in notices {
                failure::print_note(&notice.text(), lang);
            }
            return Ok(Some(dictionary));
        }
        Err(ExchangeError::NotADictionary { .. }) => {}
        Err(error) => return Err(error.text().into()),
    }
    let text = interchange::text(&name, &bytes).map_err(|error| error.text())?;
    match import::import(&name, &text, options) {
        Ok(imported) => {
            for notice in &imported.notices {
                failure::print_note(
                    &failure::named(&format!("{name}:{}", notice.line), &notice.message),
                    lang,
                );
            }
            Ok(Some(imported.dictionary))
        }
        Err(ImportError::NothingFound { .. }) => Ok(None),
        Err(ImportError::Invalid(error)) => Err(error.into()),
        Err(error) => Err(failure::named(&name, &error.text()).into()),
    }
}

/// Joins dictionaries into one.
pub(super) fn merge_files(args: &DictMergeArgs, lang: Lang) -> Result<(), Failure> {
    refuse(args.output.as_deref(), args.files.iter().map(std::path::PathBuf::as_path))?;
    let mut parts = Vec::with_capacity(args.files.len());
    for path in &args.files {
        parts.push(load(path, lang)?);
    }
    let mut header = parts[0].header().clone();
    if let Some(title) = &args.title {
        header = Header { id: title.clone(), title: title.clone(), layer: header.layer, ..Header::default() };
    }
    if let Some(id) = &args.id {
        header.id.clone_from(id);
    }
    let merged = merged(&args.files[0], header, parts, lang)?;
    write_dictionary(&merged, None, args.format, args.output.as_deref(), lang)
}

fn merged(name: &Path, header: Header, parts: Vec<Dictionary>, lang: Lang) -> Result<Dictionary, Failure> {
    let Merged { dictionary, notices } = merge(&name.display().to_string(), header, parts)?;
    for notice in &notices {
        failure::print_note(notice, lang);
    }
    Ok(dictionary)
}
