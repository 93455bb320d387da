//! `zhengming dict`: from official documents to dictionaries, and what is wrong with them.

mod many;

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use zhengming::{Dictionary, Lang, Severity, Text};
use zhengming_config::load_dictionary;
use zhengming_exchange::export;
use zhengming_exchange::import::{self, ImportError, ImportOptions};
use zhengming_exchange::interchange::{self, ExchangeError};
use zhengming_formats::ReadError;
use zhengming_formats::encoding::{self, Named};
use zhengming_report::{dictionaries_json, edition_diff};
use zhengming_rules::dictionary::{DictionaryDiagnostic, check_dictionaries};
use zhengming_terms::diff;
use zhengming_terms::termbase::TermBase;

use crate::args::{
    DictCheckArgs, DictCommand, DictDiffArgs, DictExportArgs, DictImportArgs, ImportFormat, ListFormat,
};
use crate::failure::{self, Failure};
use crate::output::{self, refuse, write_out};
use crate::{FOUND, terms};
use zhengming_config::gate;

pub(crate) fn run(command: &DictCommand, lang: Lang) -> Result<u8, Failure> {
    match command {
        DictCommand::List { dictionaries, format } => list(&terms::termbase(dictionaries)?, *format, lang)?,
        DictCommand::Import(args) if args.file.is_dir() => many::import_folder(args, lang)?,
        DictCommand::Import(args) => import_document(args, lang)?,
        DictCommand::Merge(args) => many::merge_files(args, lang)?,
        DictCommand::Check(args) => return check(args, lang),
        DictCommand::Diff(args) => compare(args, lang)?,
        DictCommand::Export(args) => write_out(args.output.as_deref(), &exported(args, lang)?)?,
    }
    Ok(0)
}

/// Reads a dictionary in any form that is one already: TOML, a variant table, TBX, a spreadsheet, JSON.
pub(crate) fn load(path: &Path, lang: Lang) -> Result<Dictionary, Failure> {
    let mut notices = Vec::new();
    let dictionary = load_dictionary(path, &mut notices)?;
    for notice in notices {
        failure::print_note(&notice, lang);
    }
    Ok(dictionary)
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let name = path.display();
    gate::read_named(path, gate::Kind::Dictionary).map_err(|error| {
        failure::io(&format!("{name}: 无法读取"), &format!("{name}: cannot be read"), &error).into()
    })
}

fn list(base: &TermBase, format: ListFormat, lang: Lang) -> io::Result<()> {
    if format == ListFormat::Json {
        return writeln!(io::stdout().lock(), "{}", dictionaries_json(base.dictionaries()));
    }
    let mut out = output::text();
    for dictionary in base.dictionaries() {
        let header = dictionary.header();
        let variants: usize = dictionary.concepts().iter().map(|concept| concept.variants.len()).sum();
        let (id, count, title) = (&header.id, dictionary.concept_count(), &header.title);
        let citation = dictionary.cite(None);
        let line = match lang {
            Lang::Zh if citation.contains(title.as_str()) => {
                format!("{id}  {citation}  {count} 个概念，{variants} 个变体")
            }
            Lang::Zh => format!("{id}  {citation} {title}  {count} 个概念，{variants} 个变体"),
            Lang::En if citation.contains(title.as_str()) => {
                format!("{id}  {citation}  {count} concepts, {variants} variants")
            }
            Lang::En => format!("{id}  {citation} {title}  {count} concepts, {variants} variants"),
        };
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn import_document(args: &DictImportArgs, lang: Lang) -> Result<(), Failure> {
    refuse(args.output.as_deref(), [args.file.as_path()])?;
    let layout = args.layout.as_deref().map(known_layout).transpose()?;
    let options = ImportOptions { layout, id: args.id.clone(), title: args.title.clone() };
    let Some(source) = read_source(&args.file, &options, args.reading.encoding, lang)? else {
        let nothing = ImportError::NothingFound { layout }.text();
        return Err(failure::named(&args.file.display().to_string(), &nothing).into());
    };
    let (dictionary, json) = match source {
        Source::Dictionary(dictionary) => (*dictionary, None),
        Source::Document(imported) => {
            let json = (args.format == ImportFormat::Json).then(|| import::to_json(&imported, lang));
            (imported.dictionary, json)
        }
    };
    write_dictionary(&dictionary, json, args.format, args.output.as_deref(), lang)
}

/// What one file gave.
enum Source {
    /// A dictionary in a form of its own.
    Dictionary(Box<Dictionary>),
    /// A document that defines terms.
    Document(Box<import::Import>),
}

impl Source {
    fn into_dictionary(self) -> Dictionary {
        match self {
            Self::Dictionary(dictionary) => *dictionary,
            Self::Document(imported) => imported.dictionary,
        }
    }
}

/// Reads a file that is a dictionary, or a document that defines terms; nothing if it defines none. What was noticed is
/// told.
fn read_source(
    path: &Path,
    options: &ImportOptions,
    named: Option<Named>,
    lang: Lang,
) -> Result<Option<Source>, Failure> {
    let name = path.display().to_string();
    let bytes = read(path)?;
    let bytes = match named {
        Some(named) => in_utf8(&name, bytes, named, lang)?,
        None => bytes,
    };
    let whole = |(dictionary, notices): (Dictionary, Vec<interchange::Notice>)| {
        notices.iter().for_each(|notice| failure::print_note(&notice.text(), lang));
        Some(Source::Dictionary(Box::new(dictionary)))
    };
    match interchange::read(&name, &bytes) {
        Ok(read) => return Ok(whole(read)),
        Err(ExchangeError::NotADictionary { .. }) => {}
        Err(error) => return Err(error.text().into()),
    }
    let text = interchange::text(&name, &bytes).map_err(|error| error.text())?;
    let imported = import::import(&name, &text, options);
    let found_nothing = imported.as_ref().map_or_else(
        |error| matches!(error, ImportError::NothingFound { .. }),
        |imported| imported.dictionary.concept_count() == 0,
    );
    if found_nothing
        && options.layout.is_none()
        && let Ok(read) = interchange::from_tables(&name, &bytes)
    {
        return Ok(whole(read));
    }
    let imported = match imported {
        Ok(imported) => imported,
        Err(ImportError::NothingFound { .. }) => return Ok(None),
        Err(ImportError::Invalid(error)) => return Err(error.into()),
        Err(error) => return Err(failure::named(&name, &error.text()).into()),
    };
    for notice in &imported.notices {
        failure::print_note(&failure::named(&format!("{name}:{}", notice.line), &notice.message), lang);
    }
    Ok(Some(Source::Document(Box::new(imported))))
}

/// Writes the dictionary, `json` being its JSON form where that says more, and tells how many concepts it has.
fn write_dictionary(
    dictionary: &Dictionary,
    json: Option<String>,
    format: ImportFormat,
    output: Option<&Path>,
    lang: Lang,
) -> Result<(), Failure> {
    let bytes = match format {
        ImportFormat::Toml => export::to_toml(dictionary),
        ImportFormat::Json => {
            json.unwrap_or_else(|| dictionaries_json(&[Arc::new(dictionary.clone())])) + "\n"
        }
    };
    write_out(output, bytes.as_bytes())?;
    let count = dictionary.concept_count();
    failure::print_note(&Text::new(format!("读出 {count} 个概念"), format!("{count} concepts read")), lang);
    Ok(())
}

/// A text in an encoding that was named, in UTF-8; what is no text stays as it is.
fn in_utf8(name: &str, bytes: Vec<u8>, named: Named, lang: Lang) -> Result<Vec<u8>, Failure> {
    let decoded = match encoding::decode_named(&bytes, named) {
        Ok(decoded) => decoded,
        Err(ReadError::Binary) => return Ok(bytes),
        Err(error) => return Err(failure::named(name, &error.text()).into()),
    };
    if let Some(damage) = &decoded.damage {
        failure::print_note(&failure::named(name, &damage.message()), lang);
    }
    Ok(decoded.text.into_bytes())
}

fn known_layout(name: &str) -> Result<import::Layout, Text> {
    import::Layout::from_name(name).ok_or_else(|| {
        let known: Vec<_> = import::Layout::ALL.iter().map(|layout| layout.name()).collect();
        Text::new(
            format!("没有版式“{name}”；可用：{}", known.join("、")),
            format!("no layout `{name}`; there are {}", known.join(", ")),
        )
    })
}

fn check(args: &DictCheckArgs, lang: Lang) -> Result<u8, Failure> {
    let mut dictionaries = Vec::new();
    for path in &args.files {
        dictionaries.push(Arc::new(load_for_check(path, lang)?));
    }
    let notice = args.notice.as_ref().map(|path| read(path)).transpose()?;
    let notice = notice.as_deref().map(String::from_utf8_lossy);
    let mut found = check_dictionaries(&dictionaries, notice.as_deref());
    found.retain(|finding| args.min_severity.is_none_or(|least| finding.severity >= least.into()));
    let mut out = output::text();
    for finding in &found {
        print_finding(finding, lang, &mut out)?;
    }
    // What no rule covers still makes the dictionary unusable.
    let worst = found.iter().map(|finding| finding.severity).max();
    if worst < Some(Severity::Error) {
        for path in &args.files {
            load(path, lang)?;
        }
    }
    let count = found.len();
    failure::print_note(
        &Text::new(
            format!("检查了 {} 部词典，{count} 条结果", args.files.len()),
            format!("{} dictionaries checked, {count} findings", args.files.len()),
        ),
        lang,
    );
    Ok(if worst >= Some(Severity::Warning) { FOUND } else { 0 })
}

/// A TOML dictionary is taken with its defects, so that all of them are reported and not only the first.
fn load_for_check(path: &Path, lang: Lang) -> Result<Dictionary, Failure> {
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml")) {
        let name = path.display().to_string();
        let text = String::from_utf8_lossy(&read(path)?).into_owned();
        return Ok(Dictionary::from_toml_unchecked(&name, &text)?);
    }
    load(path, lang)
}

fn print_finding(finding: &DictionaryDiagnostic, lang: Lang, out: &mut impl Write) -> io::Result<()> {
    let place = &finding.place;
    let clause = place.clause.as_deref().map_or(String::new(), |clause| format!("{clause} "));
    let (file, line, severity, rule) = (&place.file, place.line, finding.severity.name(), finding.rule);
    writeln!(out, "{file}:{line}: {severity}[{rule}] {clause}{}", finding.message.get(lang))?;
    if let Some(help) = finding.help.whole(lang) {
        writeln!(out, "    {help}")?;
    }
    Ok(())
}

fn compare(args: &DictDiffArgs, lang: Lang) -> Result<(), Failure> {
    let editions = [args.old.as_path(), args.new.as_path()];
    refuse(args.output.as_deref(), editions)?;
    refuse(args.write_supersedes.as_deref(), editions)?;
    let (old, new) = (load(&args.old, lang)?, load(&args.new, lang)?);
    let lexicon = zhengming_rules::builtin_lexicon();
    let difference = diff::compare_words(&old, &new, Some(&lexicon));
    if let Some(path) = &args.write_supersedes {
        write_out(Some(path), diff::supersedes_toml(&difference).as_bytes())?;
    }
    write_out(args.output.as_deref(), edition_diff(&difference, args.format.into(), lang).as_bytes())
}

fn exported(args: &DictExportArgs, lang: Lang) -> Result<Vec<u8>, Failure> {
    use crate::args::ExportFormat as Format;
    refuse(args.output.as_deref(), [args.file.as_path()])?;
    let dictionary = load(&args.file, lang)?;
    if args.to == Format::Multiterm {
        failure::print_note(
            &Text::new(
                "MultiTerm 里没有变体、关系和词典的题名、版次、日期；要完整保存请用 toml、json 或 tbx",
                "MultiTerm has no place for variants, relations, title, edition and dates; toml, json and tbx keep everything",
            ),
            lang,
        );
    }
    if matches!(args.to, Format::Csv | Format::Xlsx) {
        failure::print_note(
            &Text::new(
                "表格里没有词典的题名、版次、日期和关系；要完整保存请用 toml、json 或 tbx",
                "tables have no place for title, edition, dates and relations; toml, json and tbx keep everything",
            ),
            lang,
        );
    }
    Ok(match args.to {
        Format::Multiterm => export::to_multiterm(&dictionary).into_bytes(),
        Format::Tbx => export::to_tbx(&dictionary).into_bytes(),
        Format::Csv => export::to_csv(&dictionary).into_bytes(),
        Format::Xlsx => export::to_xlsx(&dictionary),
        Format::Json => export::to_json(&dictionary).into_bytes(),
        Format::Toml => export::to_toml(&dictionary).into_bytes(),
        Format::Md => export::to_markdown(&dictionary).into_bytes(),
        Format::Html => export::to_html(&dictionary).into_bytes(),
    })
}
