//! `zhengming dict import FOLDER` and `zhengming dict merge`: many documents or dictionaries to one dictionary.

use std::path::Path;

use zhengming::{Dictionary, Lang, Text};
use zhengming_config::Configurations;
use zhengming_exchange::import::ImportOptions;
use zhengming_exchange::merge::{Merged, merge};
use zhengming_terms::dictionary::Header;

use super::{known_layout, load, read_source, write_dictionary};
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
        match read_source(path, &options, args.reading.encoding, lang) {
            Ok(Some(source)) => parts.push(source.into_dictionary()),
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
