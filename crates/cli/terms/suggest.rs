//! `zhengming terms suggest`: what a folder of documents says often and no dictionary has.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::ValueEnum;
use zhengming::{Document, Lang, Text};
use zhengming_reading::jargon::{Suggester, Suggestion};
use zhengming_text::leaving::Leaving;

use crate::args::DictionaryArgs;
use crate::check::input;
use crate::collect::{self, Input};
use crate::failure::{self, Failure, print_error};
use crate::{FAILED, configure, office, output};

/// What to look for, and where.
#[derive(Debug, clap::Args)]
pub(crate) struct SuggestArgs {
    /// 文稿或文件夹 || Documents or folders
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    dictionaries: DictionaryArgs,
    /// 输出格式：表格、CSV，或者可以直接填写的词典 || Output: a table, CSV, or a dictionary to be filled in
    #[arg(long, value_enum, default_value_t = SuggestFormat::Text)]
    format: SuggestFormat,
    /// 最多列出几条 || How many to list at most
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
    /// 至少出现几次 || How often an expression must be used at least
    #[arg(long, value_name = "N", default_value_t = 2)]
    min_frequency: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SuggestFormat {
    Text,
    Csv,
    Toml,
}

/// Prints the suggestions; exit status 2 if a document cannot be read.
pub(crate) fn run(args: &SuggestArgs, lang: Lang) -> Result<u8, Failure> {
    let mut configurations = configure::configurations(&args.dictionaries);
    let settings = configure::here(&mut configurations)?;
    let linter = configure::linter(&mut configurations, &settings, lang)?;
    let linter = linter.inner();
    let Some(jargon) = linter.jargon() else { return Ok(0) };
    let mut suggester = Suggester::new(jargon, linter.termbase());
    let mut code = 0;
    let collected = collect::inputs(&args.paths, &mut configurations, false)?;
    if let Some(left_out) = collected.left_out() {
        failure::print_note(&left_out, lang);
    }
    for input in collected.inputs {
        match read(&input) {
            Ok(document) => {
                let facts = linter.facts(document.inner());
                suggester.add(facts.document(), facts.candidates(), |block| facts.signs(block));
            }
            Err((name, why)) => {
                code = FAILED;
                print_error(&failure::named(&name, &why), lang);
            }
        }
    }
    let found = suggester.ranked(args.min_frequency, args.limit);
    let mut out = output::text();
    match args.format {
        SuggestFormat::Text => write_table(&found, lang, &mut out)?,
        SuggestFormat::Csv => write_csv(&found, lang, &mut out)?,
        SuggestFormat::Toml => write_toml(&found, lang, &mut out)?,
    }
    out.flush()?;
    Ok(code)
}

fn read(input: &Input) -> Result<Document, (String, Text)> {
    let name = input::name(input, None);
    input::bytes(input).and_then(|bytes| office::read(&name, &bytes)).map_err(|why| (name, why))
}

fn headings(lang: Lang) -> [&'static str; 6] {
    match lang {
        Lang::Zh => ["候选", "次数", "文件数", "凝固度", "来由", "例句"],
        Lang::En => ["term", "uses", "documents", "cohesion", "found as", "example"],
    }
}

fn kind(one: &Suggestion, lang: Lang) -> &'static str {
    match (one.jargon, lang) {
        (true, Lang::Zh) => "待释",
        (true, Lang::En) => "jargon",
        (false, Lang::Zh) => "复合词",
        (false, Lang::En) => "compound",
    }
}

/// Columns on a terminal: a Chinese character is two wide.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

fn write_table(found: &[Suggestion], lang: Lang, out: &mut impl Write) -> io::Result<()> {
    let [term, uses, documents, cohesion, found_as, example] = headings(lang);
    let widest = found.iter().map(|one| width(&one.term)).chain([width(term)]).max().unwrap_or(0);
    let pad = |text: &str, to: usize| format!("{text}{}", " ".repeat(to.saturating_sub(width(text))));
    writeln!(
        out,
        "{}  {}  {}  {}  {}  {example}",
        pad(term, widest),
        pad(uses, 6),
        pad(documents, 9),
        pad(cohesion, 8),
        pad(found_as, 8)
    )?;
    for one in found {
        writeln!(
            out,
            "{}  {:<6}  {:<9}  {:<8.1}  {}  {}",
            pad(&one.term, widest),
            one.frequency,
            one.documents,
            one.cohesion,
            pad(kind(one, lang), 8),
            one.example.replace(['\n', '\t'], " ")
        )?;
    }
    Ok(())
}

fn write_csv(found: &[Suggestion], lang: Lang, out: &mut impl Write) -> io::Result<()> {
    let quoted = |text: &str| {
        let text = text.replace('\n', " ");
        format!("\"{}\"", Leaving(&text).cell().replace('"', "\"\""))
    };
    writeln!(out, "{}", headings(lang).join(","))?;
    for one in found {
        writeln!(
            out,
            "{},{},{},{:.2},{},{}",
            quoted(&one.term),
            one.frequency,
            one.documents,
            one.cohesion,
            kind(one, lang),
            quoted(&one.example)
        )?;
    }
    Ok(())
}

/// A dictionary with every entry commented out but its term: whoever fills it in decides.
fn write_toml(found: &[Suggestion], lang: Lang, out: &mut impl Write) -> io::Result<()> {
    let text = |zh, en| match lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    let value = |text: &str| serde_json::Value::from(text).to_string();
    writeln!(out, "[dictionary]\nid = \"house\"\ntitle = {}", value(text("本单位术语", "House terms")))?;
    for one in found {
        writeln!(
            out,
            "\n# {} {}, {} {}: {}\n[[concept]]\nterm = {}\n# definition = \"\"",
            one.frequency,
            text("次", "uses"),
            one.documents,
            text("件", "documents"),
            one.example.replace(['\n', '\r'], " "),
            value(&one.term)
        )?;
    }
    Ok(())
}
