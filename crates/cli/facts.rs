//! `zhengming facts`: what the linter read in a document.

use std::io::{self, Write};

use zhengming::{Document, Lang, Linter};
use zhengming_report::facts_json;

use crate::args::{FactsArgs, ListFormat};
use crate::failure::{self, Failure, print_error};
use crate::{FAILED, configure, office, output};
use zhengming_config::gate;

/// Prints the facts of every file; exit status 2 if one cannot be read.
pub(crate) fn run(args: &FactsArgs, lang: Lang) -> Result<u8, Failure> {
    let mut configurations = configure::configurations(&args.dictionaries);
    let mut out: Box<dyn Write> = match args.format {
        ListFormat::Json => Box::new(io::BufWriter::new(io::stdout().lock())),
        ListFormat::Text => Box::new(output::text()),
    };
    let mut code = 0;
    for path in &args.files {
        let name = path.display().to_string();
        let settings = configurations.for_path(path)?;
        let linter = configure::linter(&mut configurations, &settings, lang)?;
        let read = gate::read_named(path, gate::Kind::Document)
            .map_err(|error| failure::io("无法读取", "cannot be read", &error));
        let document = read.and_then(|bytes| office::read_in(&name, &bytes, args.reading.encoding));
        match document {
            Ok(document) => write_facts(&linter, &name, &document, args.format, lang, &mut out)?,
            Err(why) => {
                code = FAILED;
                print_error(&failure::named(&name, &why), lang);
            }
        }
    }
    out.flush()?;
    Ok(code)
}

fn write_facts(
    linter: &Linter,
    name: &str,
    document: &Document,
    format: ListFormat,
    lang: Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    let report = facts_json(linter, name, document, lang);
    if format == ListFormat::Json {
        return writeln!(out, "{report}");
    }
    writeln!(out, "{name}")?;
    let head = &report["head"];
    for (text, label) in [
        (&head["title"], "题名"),
        (&head["issuer"], "发文机关"),
        (&head["number"], "文号"),
        (&head["date"], "日期"),
        (&head["region"]["name"], "地区"),
    ] {
        if let Some(text) = text.as_str() {
            writeln!(out, "  {label} {text}")?;
        }
    }
    for (key, label) in [
        ("definitions", "定义"),
        ("abbreviations", "简称"),
        ("citations", "引用"),
        ("mentions", "术语"),
        ("candidates", "待释"),
    ] {
        for fact in report[key].as_array().into_iter().flatten() {
            let text = ["term", "short", "text"].iter().find_map(|field| fact[field].as_str()).unwrap_or("");
            let more =
                ["normal", "concept", "body", "full", "kind"].iter().find_map(|field| fact[field].as_str());
            let start = &fact["span"]["start"];
            let place = match fact["place"].as_str() {
                Some(place) => place.to_owned(),
                None => format!("{}:{}", start["line"], start["column"]),
            };
            writeln!(out, "  {place} {label} {text}  {}", more.unwrap_or(""))?;
        }
    }
    Ok(())
}
