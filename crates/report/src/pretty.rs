//! Findings for people, drawn by miette.

use std::fmt;
use std::io;

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};
use zhengming::internal::rule_name;
use zhengming_text::diagnostic::{Diagnostic, Severity};

use crate::input::{Checked, FileReport, Run, Style};
use crate::located;
use crate::printable::{one_line, printable};
use crate::replacement::rewritten;
use crate::shown::shown;
use crate::snippet::Snippet;
use crate::summary::{Summary, automatic};
use crate::words::{Words, more_of_the_kind, more_places};
use crate::wrap::{text_columns, wrap_into, wrapped};
use crate::writer::Writer;
use zhengming_text::places::{Places, clamp, related_path};

/// Related places that a finding lists.
const MOST_RELATED: usize = 5;

/// Writes each finding with the lines around it, and a summary.
pub(crate) struct Pretty {
    handler: GraphicalReportHandler,
    color: bool,
    width: usize,
}

impl Pretty {
    pub(crate) fn new(style: Style) -> Self {
        let width = style.width.clamp(40, 160);
        let mut theme =
            if style.color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
        // All marks of a snippet belong to one finding.
        theme.styles.highlights.truncate(1);
        let handler = GraphicalReportHandler::new_themed(theme)
            .with_width(width)
            .with_context_lines(1)
            .with_urls(false)
            .without_cause_chain()
            .without_syntax_highlighting();
        Self { handler, color: style.color, width }
    }

    /// miette says `help:` in English only, so the lines below the snippet are ours.
    fn line(&self, out: &mut String, word: &str, text: &str) {
        let (on, off) = if self.color { ("\u{1b}[36m", "\u{1b}[0m") } else { ("", "") };
        out.push_str("  ");
        out.push_str(on);
        out.push_str(word);
        out.push_str(off);
        wrap_into(out, text, 2 + text_columns(word), self.width);
    }

    fn finding(&self, out: &mut String, cx: &Context<'_>, diagnostic: &Diagnostic) -> fmt::Result {
        let Context { run, path, checked, places } = cx;
        let words = Words::of(run.lang);
        let source = checked.document.source();
        let span = clamp(source, diagnostic.span);
        let message = one_line(diagnostic.message.get(run.lang));
        let mut label = one_line(diagnostic.label.get(run.lang)).into_owned();
        if label == message {
            label.clear();
        }
        // A fix that writes what the label asks for needs no line of its own.
        let told = diagnostic.fixes.iter().position(|fix| {
            let text = rewritten(source, span, fix).unwrap_or_default().replace(['\n', '\r'], "");
            !text.is_empty() && label.contains(&text)
        });
        if told.is_some_and(|index| automatic(checked.document, &diagnostic.fixes[index])) {
            label += words.automatic;
        }
        let snippet =
            Snippet::new(path, checked.document, span, places.span(span), text_columns(&label), self.width);
        let label = wrapped(&label, snippet.label_room());
        let drawn = Drawn {
            rule: format!("{} [{}]", rule_name(diagnostic.rule, run.lang), diagnostic.rule),
            severity: diagnostic.severity,
            message: format!("{}{message}", words.severity(diagnostic.severity)),
            label,
            snippet,
        };
        self.handler.render_report(out, &drawn)?;
        if let Some(place) = located::words_of(checked.document, diagnostic.block, run.lang) {
            self.line(out, words.place, &place);
        }
        for related in diagnostic.related.iter().take(MOST_RELATED) {
            let message = one_line(related.message.get(run.lang));
            let place = match &related.elsewhere {
                Some(elsewhere) => elsewhere.place.as_ref().map(|place| place.get(run.lang).into()),
                None => located::words_at(checked.document, related.span, run.lang),
            };
            let path = one_line(related_path(related, path));
            let text = match place {
                Some(place) => format!("{path} {place} {message}"),
                None => {
                    let start = places.related(related).start;
                    format!("{path}:{}:{} {message}", start.line, start.column)
                }
            };
            self.line(out, words.related, text.trim_end());
        }
        let rest = diagnostic.related.len().saturating_sub(MOST_RELATED);
        if rest > 0 {
            self.line(out, words.related, &more_places(run.lang, rest));
        }
        if let Some(help) = diagnostic.help.whole(run.lang) {
            self.line(out, words.help, &printable(&help));
        }
        for (index, fix) in diagnostic.fixes.iter().enumerate() {
            if told == Some(index) {
                continue;
            }
            let title = one_line(fix.title.get(run.lang));
            let note = if automatic(checked.document, fix) { words.automatic } else { "" };
            self.line(out, words.fix, &format!("{title}{note}"));
        }
        out.push('\n');
        Ok(())
    }
}

/// What the findings of one file share.
struct Context<'a> {
    run: &'a Run<'a>,
    path: &'a str,
    checked: &'a Checked<'a>,
    places: Places<'a>,
}

impl Writer for Pretty {
    fn file(&mut self, run: &Run<'_>, file: &FileReport<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        let path = &*one_line(file.path);
        let checked = match &file.outcome {
            Ok(checked) => checked,
            Err(error) => {
                let (on, off) = if self.color { ("\u{1b}[31m", "\u{1b}[0m") } else { ("", "") };
                let (word, error) = (Words::of(run.lang).error, one_line(error.get(run.lang)));
                return writeln!(out, "  {on}×{off} {word}{path}: {error}\n");
            }
        };
        let cx =
            Context { run, path, checked, places: Places::decoded(checked.document, checked.diagnostics) };
        let mut text = String::new();
        let (shown, hidden) = shown(checked.diagnostics, run.all);
        for diagnostic in shown {
            text.clear();
            self.finding(&mut text, &cx, diagnostic).map_err(io::Error::other)?;
            out.write_all(text.as_bytes())?;
        }
        if hidden > 0 {
            writeln!(out, "  {path}: {}\n", more_of_the_kind(run.lang, hidden))?;
        }
        Ok(())
    }

    fn end(&mut self, run: &Run<'_>, summary: &Summary, out: &mut dyn io::Write) -> io::Result<()> {
        writeln!(out, "{}", summary.line(run.lang))
    }
}

/// A finding as miette wants it.
#[derive(Debug)]
struct Drawn<'a> {
    /// Name and id of the rule.
    rule: String,
    severity: Severity,
    message: String,
    label: String,
    snippet: Snippet<'a>,
}

impl fmt::Display for Drawn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Drawn<'_> {}

impl miette::Diagnostic for Drawn<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.rule))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Info => miette::Severity::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.snippet)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let (last, others) = self.snippet.marks().split_last().expect("a snippet has a mark");
        let label = (!self.label.is_empty()).then(|| self.label.clone());
        let last = LabeledSpan::new_primary_with_span(label, last.range());
        let others = others.iter().map(|mark| LabeledSpan::new_primary_with_span(None, mark.range()));
        Some(Box::new(others.chain(std::iter::once(last))))
    }
}
