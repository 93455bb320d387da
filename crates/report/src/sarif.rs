//! SARIF 2.1.0, the format of code scanning.

mod schema;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;

use zhengming::{Finding, Fix, Related};
use zhengming_lint::rule::RuleMeta;
use zhengming_text::diagnostic::Severity;
use zhengming_text::document::Document;
use zhengming_text::message::Lang;
use zhengming_text::span::Span;

use self::schema::{
    Artifact, ArtifactChange, ArtifactContent, ArtifactLocation, Driver, FileLocation, FixObject,
    FixProperties, Invocation, Level, Location, Message, MultiformatMessage, Notification,
    PartialFingerprints, PhysicalLocation, Region, Replacement, ReportingConfiguration, ReportingDescriptor,
    ResultObject, ResultProperties, RuleProperties, RunProperties, Tool, WholeFile,
};
use crate::finding::decoded;
use crate::input::{Checked, FileReport, Run};
use crate::located::described;
use crate::path::{slashed, uri};
use crate::summary::{Summary, is_edited_in_place};
use crate::writer::Writer;
use zhengming_text::places::clamp;
use zhengming_text::point::Point;

/// Writes one run with one line per finding. Results go out file by file; what is known only at the end
/// (files that could not be read, encodings) comes after them.
#[derive(Default)]
pub(crate) struct Sarif {
    later: bool,
    unreadable: Vec<Notification>,
    /// Encodings other than UTF-8, by URI.
    encodings: BTreeMap<String, Artifact>,
}

impl Writer for Sarif {
    fn begin(&mut self, run: &Run<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        let mut text =
            br#"{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"#
                .to_vec();
        text.extend_from_slice(b"\n\"tool\":");
        let rules = run.rules.iter().map(|meta| descriptor(meta, run)).collect();
        let driver = Driver {
            name: "zhengming",
            version: run.tool_version,
            information_uri: env!("CARGO_PKG_REPOSITORY"),
            language: language(run.lang),
            rules,
        };
        serde_json::to_writer(&mut text, &Tool { driver })?;
        // Columns are counted in scalar values: UTF-16 units, which readers assume otherwise, differ
        // after a rare Han character. A lone carriage return ends a line for us as well.
        text.extend_from_slice(
            br#","columnKind":"unicodeCodePoints","newlineSequences":["\r\n","\n","\r"],"defaultEncoding":"UTF-8""#,
        );
        text.extend_from_slice(b",\"language\":");
        serde_json::to_writer(&mut text, language(run.lang))?;
        text.extend_from_slice(b",\n\"properties\":");
        serde_json::to_writer(&mut text, &RunProperties { dictionaries: run.dictionaries })?;
        text.extend_from_slice(b",\n\"results\":[");
        out.write_all(&text)
    }

    fn file(&mut self, run: &Run<'_>, file: &FileReport<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        let artifact = artifact_location(file.path);
        let checked = match &file.outcome {
            Ok(checked) => checked,
            Err(error) => {
                self.unreadable.push(notification(artifact, error.get(run.lang)));
                return Ok(());
            }
        };
        let encoding = checked.document.encoding().name;
        if encoding != "UTF-8" {
            self.encodings
                .entry(artifact.uri.clone())
                .or_insert_with(|| Artifact { location: artifact.clone(), encoding });
        }
        let cx = Context {
            artifact,
            document: checked.document,
            path: file.path,
            source: checked.document.source(),
            rules: run.rules,
            lang: run.lang,
        };
        self.results(&cx, file.path, checked, out)
    }

    fn end(&mut self, _run: &Run<'_>, _summary: &Summary, out: &mut dyn io::Write) -> io::Result<()> {
        let mut text = b"],\n\"invocations\":".to_vec();
        let invocation =
            Invocation { successful: self.unreadable.is_empty(), notifications: &self.unreadable };
        serde_json::to_writer(&mut text, &[invocation])?;
        if !self.encodings.is_empty() {
            text.extend_from_slice(b",\n\"artifacts\":");
            let artifacts: Vec<&Artifact> = self.encodings.values().collect();
            serde_json::to_writer(&mut text, &artifacts)?;
        }
        text.extend_from_slice(b"}]}\n");
        out.write_all(&text)
    }
}

impl Sarif {
    fn results(
        &mut self,
        cx: &Context<'_>,
        path: &str,
        checked: &Checked<'_>,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        let mut text = Vec::new();
        for finding in decoded(path, checked) {
            text.extend_from_slice(if self.later { b",\n" } else { b"\n" });
            self.later = true;
            serde_json::to_writer(&mut text, &cx.result(&finding))?;
            out.write_all(&text)?;
            text.clear();
        }
        Ok(())
    }
}

/// What the findings of one file share.
struct Context<'a> {
    artifact: ArtifactLocation,
    document: &'a Document,
    path: &'a str,
    source: &'a str,
    rules: &'a [&'static RuleMeta],
    lang: Lang,
}

impl Context<'_> {
    fn result<'b>(&'b self, finding: &'b Finding) -> ResultObject<'b> {
        let related = finding.related.iter().enumerate().map(|(index, related)| Location {
            id: Some(index + 1),
            physical: self.related(related),
            message: Some(Message { text: related.message.get(self.lang).into() }),
        });
        // The schema wants every fix once.
        let fixes = finding
            .fixes
            .iter()
            .enumerate()
            .filter(|_| is_edited_in_place(self.document))
            .filter(|&(index, fix)| !fix.edits.is_empty() && !finding.fixes[..index].contains(fix));
        ResultObject {
            rule_id: &finding.rule,
            rule_index: self.rules.iter().position(|meta| meta.id == finding.rule),
            level: level(finding.severity),
            message: Message { text: described(finding, self.lang).into() },
            locations: [Location {
                id: None,
                physical: self.physical(finding.start, finding.end),
                message: None,
            }],
            fingerprints: PartialFingerprints { v1: finding.fingerprint.clone() },
            related: related.collect(),
            fixes: fixes.map(|(_, fix)| self.fix(fix)).collect(),
            properties: ResultProperties { family: &finding.family, concept: finding.concept.as_ref() },
        }
    }

    fn physical(&self, start: Point, end: Point) -> PhysicalLocation<'_> {
        let span = clamp(self.source, Span { start: start.byte, end: end.byte });
        let snippet = ArtifactContent { text: &self.source[span.range()] };
        let region = Region { snippet: Some(snippet), ..region(start, end) };
        PhysicalLocation { artifact: Cow::Borrowed(&self.artifact), region }
    }

    fn related(&self, related: &Related) -> PhysicalLocation<'_> {
        if related.path == self.path {
            return self.physical(related.start, related.end);
        }
        let region = region(related.start, related.end);
        PhysicalLocation { artifact: Cow::Owned(artifact_location(&related.path)), region }
    }

    fn fix<'b>(&'b self, fix: &'b Fix) -> FixObject<'b> {
        let replacements = fix.edits.iter().map(|edit| Replacement {
            deleted: region(edit.start, edit.end),
            inserted: ArtifactContent { text: &edit.text },
        });
        FixObject {
            description: Message { text: fix.title.get(self.lang).into() },
            changes: [ArtifactChange { artifact: &self.artifact, replacements: replacements.collect() }],
            properties: FixProperties { applicability: fix.applicability },
        }
    }
}

fn region<'a>(start: Point, end: Point) -> Region<'a> {
    Region {
        start_line: start.line,
        start_column: start.column,
        end_line: end.line,
        end_column: end.column,
        snippet: None,
    }
}

fn artifact_location(path: &str) -> ArtifactLocation {
    let slashed = slashed(path);
    let inside = !slashed.starts_with("../") && !slashed.contains("/../");
    let uri = uri(path);
    // A path that leads out of the folder, or names a drive, is not relative to it.
    let base = (inside && !uri.starts_with("file:")).then_some("%SRCROOT%");
    ArtifactLocation { uri, base }
}

fn notification(artifact: ArtifactLocation, error: &str) -> Notification {
    Notification {
        level: Level::Error,
        message: Message { text: error.to_owned().into() },
        locations: [FileLocation { physical: WholeFile { artifact } }],
    }
}

fn descriptor(meta: &'static RuleMeta, run: &Run<'_>) -> ReportingDescriptor {
    let (summary, page) = (meta.summary(run.lang), meta.page(run.lang));
    ReportingDescriptor {
        id: meta.id,
        // GitHub shows the short one in lists and wants the full one as well.
        short: MultiformatMessage { text: meta.name(run.lang), markdown: None },
        full: MultiformatMessage { text: summary, markdown: None },
        help: MultiformatMessage { text: page, markdown: Some(page) },
        help_uri: run.rule_page(meta.id),
        configuration: ReportingConfiguration { level: level(meta.severity), enabled: meta.default },
        properties: RuleProperties {
            tags: [meta.family],
            problem_severity: match meta.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "recommendation",
            },
            fix: meta.fix,
        },
    }
}

fn level(severity: Severity) -> Level {
    match severity {
        Severity::Error => Level::Error,
        Severity::Warning => Level::Warning,
        Severity::Info => Level::Note,
    }
}

fn language(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en-US",
    }
}
