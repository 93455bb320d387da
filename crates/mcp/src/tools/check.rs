//! `check_text`, `check_file`, `suggest_fixes`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use zhengming::{Document, Finding, Text as Said, apply_fixes};
use zhengming_formats::{self as formats, Format};

use crate::shown::{Counts, Shown, sort};
use crate::{Desk, limits};

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Text {
    /// 文字，最多约 30 万字 || The text, at most some 300,000 characters
    text: String,
    /// 格式：markdown（缺省）、text、html || Its format: markdown (default), text or html
    #[serde(default)]
    format: Written,
    /// 最多列出几处，1 至 200，缺省 50；重的、有把握的在前 || How many findings to list at most, 1 to 200, default 50; grave and sure ones first
    #[serde(default)]
    #[schemars(range(min = 1, max = 200))]
    limit: Option<usize>,
}

#[derive(Debug, Default, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Written {
    #[default]
    Markdown,
    Text,
    Html,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    /// 文件路径：绝对路径，或从指定的文件夹算起 || The path: absolute, or from one of the folders of this server
    path: String,
    /// 最多列出几处，1 至 200，缺省 50；重的、有把握的在前 || How many findings to list at most, 1 to 200, default 50; grave and sure ones first
    #[serde(default)]
    #[schemars(range(min = 1, max = 200))]
    limit: Option<usize>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Checked {
    /// 题名 || The title
    title: Option<String>,
    /// 各级问题的数目 || How many findings of each severity
    counts: Counts,
    /// 问题 || Findings
    findings: Vec<Shown>,
    /// 没有列出的问题数 || How many findings are not listed
    left_out: usize,
    /// 文稿里的注释要求忽略的数目 || How many findings comments in the document silence
    suppressed: usize,
    /// 没有读到的内容 || What of the document was not read
    not_read: Vec<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Mended {
    /// 改过的文字 || The mended text
    text: String,
    /// 改了几处 || How many places were mended
    mended: usize,
    /// 还需要人定夺的问题 || What is left for a person to decide
    findings: Vec<Shown>,
    /// 没有列出的问题数 || How many of them are not listed
    left_out: usize,
}

pub(crate) fn text(desk: &Desk, asked: Text) -> Result<Checked, Said> {
    let limit = asked.limit;
    Ok(checked(desk, &asked.document()?, limit))
}

pub(crate) fn file(desk: &Desk, asked: File) -> Result<Checked, Said> {
    let bytes = desk.folders.read(&asked.path).map_err(|refused| refused.text())?;
    let document = Document::read(&asked.path, &bytes).map_err(|error| error.text())?;
    Ok(checked(desk, &document, asked.limit))
}

pub(crate) fn mended(desk: &Desk, asked: Text) -> Result<Mended, Said> {
    let (limit, format) = (asked.limit, asked.format);
    let document = asked.document()?;
    let found = desk.linter.lint(&document);
    let (text, mended) = apply_fixes(document.text(), found.iter().filter_map(Finding::safe_fix));
    // What is left stands in the mended text, where the caller looks for it.
    let left = desk.linter.lint(&read(text.clone(), format));
    let (findings, left_out) = shown(desk, left, limit);
    Ok(Mended { text, mended, findings, left_out })
}

impl Text {
    fn document(self) -> Result<Document, Said> {
        let (size, most) = (self.text.len(), limits::TEXT);
        if size > most {
            return Err(Said::new(
                format!("文字有 {size} 字节，超过 {most}；请分几次检查"),
                format!("the text has {size} bytes, more than {most}: check it in parts"),
            ));
        }
        Ok(read(self.text, self.format))
    }
}

fn read(text: String, format: Written) -> Document {
    let (name, format) = match format {
        Written::Markdown => ("text.md", Format::Markdown),
        Written::Text => ("text.txt", Format::PlainText),
        Written::Html => ("text.html", Format::Html),
    };
    formats::read_str(name, text, format).into()
}

fn checked(desk: &Desk, document: &Document, limit: Option<usize>) -> Checked {
    let found = desk.linter.lint(document);
    let suppressed = desk.linter.check(document).suppressed.len();
    let counts = Counts::of(&found);
    let (findings, left_out) = shown(desk, found, limit);
    let missed = document.inner().notes().iter().filter(|note| note.missed);
    Checked {
        title: document.title().map(str::to_owned),
        counts,
        findings,
        left_out,
        suppressed,
        not_read: missed.map(|note| note.message.get(desk.lang).to_owned()).collect(),
    }
}

/// The findings to list, and how many are not.
fn shown(desk: &Desk, mut found: Vec<Finding>, limit: Option<usize>) -> (Vec<Shown>, usize) {
    let limit = limit.unwrap_or(limits::FINDINGS).clamp(1, limits::MOST_FINDINGS);
    sort(&mut found);
    let listed: Vec<Shown> = found.iter().take(limit).map(|finding| Shown::new(finding, desk.lang)).collect();
    let left_out = found.len() - listed.len();
    (listed, left_out)
}
