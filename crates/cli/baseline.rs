//! Findings that a project lives with for the time being: a text file with one of them a line, sorted, so
//! that git can merge it. Only what is not in it is reported.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

use zhengming::Text;
use zhengming_text::diagnostic::Diagnostic;

use crate::failure::{self, Failure};
use crate::output;
use zhengming_config::gate;

const HEADER: &str = "# zhengming baseline ";
const VERSION: &str = "1";
const EXPLANATION: &str =
    "# 路径、规则、概念、指纹、处数，以制表符分隔；用 zhengming check --write-baseline 重写";

/// The entries of a baseline file, each with how many findings it stands for.
type Entries = BTreeMap<Entry, usize>;

/// Findings of one kind in one file. The same sentence may occur several times.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    /// Relative to the folder of the baseline file, with `/`.
    path: String,
    rule: String,
    /// The concept's id; empty if the finding is about none.
    concept: String,
    fingerprint: String,
}

impl Entry {
    fn of(path: &str, diagnostic: &Diagnostic) -> Self {
        Self {
            path: path.to_owned(),
            rule: diagnostic.rule.to_owned(),
            concept: diagnostic.concept.as_ref().map(|concept| concept.id.clone()).unwrap_or_default(),
            fingerprint: diagnostic.fingerprint(),
        }
    }
}

/// A run that is compared with a baseline, or makes one.
#[derive(Debug)]
pub(crate) struct Baseline {
    file: PathBuf,
    /// The folder of the file, to which the paths in it are relative.
    folder: PathBuf,
    /// What the file says.
    known: Entries,
    /// What this run finds.
    found: Entries,
    checked: BTreeSet<String>,
    hidden: usize,
}

impl Baseline {
    /// Reads the file at `path`.
    ///
    /// # Errors
    /// If it cannot be read, or is no baseline; the error names the line.
    pub(crate) fn load(path: &Path) -> Result<Self, Text> {
        let text = gate::text_named(path, gate::Kind::List).map_err(|error| {
            let why = failure::io("基线文件无法读取", "the baseline cannot be read", &error);
            failure::named(&path.display().to_string(), &why)
        })?;
        let known = parse(&text)
            .map_err(|(line, why)| failure::named(&format!("{}:{line}", path.display()), &why))?;
        Ok(Self { known, ..Self::new(path) })
    }

    /// The file at `path` as it is to be written: what it says about files that the run leaves out is kept.
    ///
    /// # Errors
    /// If there is a file that is no baseline.
    pub(crate) fn create(path: &Path) -> Result<Self, Text> {
        if path.exists() { Self::load(path) } else { Ok(Self::new(path)) }
    }

    fn new(path: &Path) -> Self {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Self {
            file: path.to_owned(),
            folder: absolute(folder),
            known: Entries::new(),
            found: Entries::new(),
            checked: BTreeSet::new(),
            hidden: 0,
        }
    }

    /// Notes what was found in the file at `path`.
    pub(crate) fn note(&mut self, path: &str, diagnostics: &[Diagnostic]) {
        self.take(path, diagnostics, |_| ());
    }

    /// Notes what was found in the file at `path`, and leaves what the baseline does not know.
    pub(crate) fn filter(&mut self, path: &str, diagnostics: &mut Vec<Diagnostic>) {
        let mut is_new = Vec::with_capacity(diagnostics.len());
        self.take(path, diagnostics, |new| is_new.push(new));
        self.hidden += is_new.iter().filter(|new| !**new).count();
        let mut is_new = is_new.into_iter();
        diagnostics.retain(|_| is_new.next().unwrap_or(true));
    }

    /// Leaves what the baseline does not know, and notes nothing.
    pub(crate) fn retain_new(&self, path: &str, diagnostics: &mut Vec<Diagnostic>) {
        let path = self.relative(path);
        let mut found = Entries::new();
        diagnostics.retain(|diagnostic| self.is_new(Entry::of(&path, diagnostic), &mut found));
    }

    fn take(&mut self, path: &str, diagnostics: &[Diagnostic], mut is_new: impl FnMut(bool)) {
        let path = self.relative(path);
        let mut found = std::mem::take(&mut self.found);
        for diagnostic in diagnostics {
            is_new(self.is_new(Entry::of(&path, diagnostic), &mut found));
        }
        self.found = found;
        self.checked.insert(path);
    }

    /// Counts one more of the `found`, and says whether it is more than the baseline knows.
    fn is_new(&self, entry: Entry, found: &mut Entries) -> bool {
        let known = self.known.get(&entry).copied().unwrap_or(0);
        let count = found.entry(entry).or_default();
        *count += 1;
        *count > known
    }

    fn relative(&self, path: &str) -> String {
        relative(&self.folder, &absolute(Path::new(path)))
    }

    /// Where the file is.
    pub(crate) fn path(&self) -> &Path {
        &self.file
    }

    /// How many findings were left out because the baseline knows them.
    pub(crate) fn hidden(&self) -> usize {
        self.hidden
    }

    /// A path that the file has, if none of its paths is that of a file that was checked or is there at all: then it was
    /// moved, or made from elsewhere, and says nothing of what is fixed.
    pub(crate) fn stray(&self) -> Option<&str> {
        let is_known = |path: &str| self.checked.contains(path) || self.folder.join(path).exists();
        let stray = self.known.keys().all(|entry| !is_known(&entry.path));
        let first = self.known.keys().next()?;
        (stray && !self.checked.is_empty()).then_some(&first.path)
    }

    /// How many entries of the file have nothing left that they stand for. `ran` tells the rules of which
    /// this run reports everything.
    pub(crate) fn fixed(&self, ran: impl Fn(&str) -> bool) -> usize {
        let shrunk = self.shrunk(ran);
        self.known.iter().filter(|(entry, count)| shrunk.get(entry).is_none_or(|left| left < *count)).count()
    }

    /// Writes the file anew without what was mended, if anything was; it never grows. Gives the number of
    /// entries that were taken out or lowered.
    pub(crate) fn ratchet(&self, ran: impl Fn(&str) -> bool) -> Result<usize, Text> {
        let fixed = self.fixed(&ran);
        if fixed > 0 {
            self.write(&self.shrunk(ran))?;
        }
        Ok(fixed)
    }

    /// Writes the file with everything that this run found. Gives the number of findings of this run.
    pub(crate) fn rewrite(&self, ran: impl Fn(&str) -> bool) -> Result<usize, Text> {
        let mut entries = self.known.clone();
        entries.retain(|entry, _| !self.is_judged(entry, &ran));
        entries.extend(self.found.iter().map(|(entry, &count)| (entry.clone(), count)));
        self.write(&entries)?;
        Ok(self.found.values().sum())
    }

    fn shrunk(&self, ran: impl Fn(&str) -> bool) -> Entries {
        let left = |(entry, &count): (&Entry, &usize)| {
            let found = self.found.get(entry).copied().unwrap_or(0);
            let left = if self.is_judged(entry, &ran) { count.min(found) } else { count };
            (left > 0).then(|| (entry.clone(), left))
        };
        self.known.iter().filter_map(left).collect()
    }

    /// Whether this run can say that an entry stands for nothing any more: its file was checked with its
    /// rule, or is gone.
    fn is_judged(&self, entry: &Entry, ran: &impl Fn(&str) -> bool) -> bool {
        let checked = self.checked.contains(&entry.path) && ran(&entry.rule);
        checked || !self.folder.join(&entry.path).exists()
    }

    fn write(&self, entries: &Entries) -> Result<(), Text> {
        output::write_out(Some(&self.file), print(entries).as_bytes()).map_err(Failure::into_text)
    }
}

/// Whether a file that begins with these bytes is a baseline, which quotes the paths of drafts and is none itself.
pub(crate) fn is_baseline(start: &[u8]) -> bool {
    start.starts_with(HEADER.as_bytes())
}

fn print(entries: &Entries) -> String {
    let mut text = format!("{HEADER}{VERSION}\n{EXPLANATION}\n");
    for (entry, count) in entries {
        let fields =
            [&entry.path, &entry.rule, &entry.concept, &entry.fingerprint].map(|field| escaped(field));
        text += &format!("{}\t{count}\n", fields.join("\t"));
    }
    text
}

/// The entries of a baseline. Of a line that a merge left twice, the larger number counts.
fn parse(text: &str) -> Result<Entries, (usize, Text)> {
    let mut lines = text.strip_prefix('\u{feff}').unwrap_or(text).lines().zip(1..);
    let version = lines.next().and_then(|(line, _)| line.strip_prefix(HEADER)).map(str::trim);
    if version != Some(VERSION) {
        let why = match version {
            None => Text::new(
                format!("不是基线文件：首行应为“{HEADER}{VERSION}”"),
                format!("no baseline: expected the first line `{HEADER}{VERSION}`"),
            ),
            Some(other) => Text::new(
                format!("基线文件的版本是“{other}”，本程序只认“{VERSION}”；请用 --write-baseline 重写"),
                format!(
                    "the baseline has version `{other}`, expected `{VERSION}`: rewrite it with --write-baseline"
                ),
            ),
        };
        return Err((1, why));
    }
    let mut entries = Entries::new();
    for (line, number) in lines {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let (entry, count) = parse_line(line).map_err(|why| (number, why))?;
        let known = entries.entry(entry).or_default();
        *known = count.max(*known);
    }
    Ok(entries)
}

fn parse_line(line: &str) -> Result<(Entry, usize), Text> {
    if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| line.starts_with(mark)) {
        return Err(Text::new(
            "合并冲突没有解决：两边的行都留下即可，或用 --write-baseline 重写",
            "an unresolved merge conflict: keep the lines of both sides, or rewrite it with --write-baseline",
        ));
    }
    let fields: Vec<&str> = line.split('\t').collect();
    let [path, rule, concept, fingerprint, count] = fields[..] else {
        return Err(Text::new(
            format!("“{line}”有 {} 栏，应有 5 栏：路径、规则、概念、指纹、处数", fields.len()),
            format!(
                "`{line}` has {} columns, expected path, rule, concept, fingerprint, count",
                fields.len()
            ),
        ));
    };
    let is_fingerprint = fingerprint.len() == 16 && fingerprint.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_fingerprint {
        return Err(Text::new(
            format!("指纹“{fingerprint}”应为 16 位十六进制数"),
            format!("the fingerprint `{fingerprint}` should be 16 hexadecimal digits"),
        ));
    }
    let count = count.parse().ok().filter(|&count| count > 0).ok_or_else(|| {
        Text::new(
            format!("处数“{count}”应为正整数"),
            format!("the count `{count}` should be a positive whole number"),
        )
    })?;
    let [path, rule, concept, fingerprint] = [path, rule, concept, fingerprint].map(unescaped);
    Ok((Entry { path, rule, concept, fingerprint }, count))
}

/// Paths may hold any character; a line may not.
fn escaped(field: &str) -> String {
    let field = field.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r");
    if field.starts_with(['#', '<', '=', '>', '|']) { format!("\\{field}") } else { field }
}

fn unescaped(field: &str) -> String {
    let mut text = String::with_capacity(field.len());
    let mut chars = field.chars();
    while let Some(c) = chars.next() {
        text.push(match c {
            '\\' => match chars.next() {
                Some('t') => '\t',
                Some('n') => '\n',
                Some('r') => '\r',
                other => other.unwrap_or('\\'),
            },
            c => c,
        });
    }
    text
}

/// The path from the root, through no link if it exists.
fn absolute(path: &Path) -> PathBuf {
    let known = fs::canonicalize(path);
    known.unwrap_or_else(|_| {
        let parent = path.parent().and_then(|parent| fs::canonicalize(parent).ok());
        match (parent, path.file_name()) {
            (Some(parent), Some(name)) => parent.join(name),
            _ => std::path::absolute(path).unwrap_or_else(|_| path.to_owned()),
        }
    })
}

/// `path` as seen from `folder`, with `/`, so that the same file has the same name on every machine.
fn relative(folder: &Path, path: &Path) -> String {
    let (folder, path): (Vec<_>, Vec<_>) = (folder.components().collect(), path.components().collect());
    let common = folder.iter().zip(&path).take_while(|(a, b)| a == b).count();
    let up = folder[common..].iter().map(|_| "..".to_owned());
    let down = path[common..].iter().map(|part| match part {
        Component::Normal(name) => name.to_string_lossy().into_owned(),
        other => other.as_os_str().to_string_lossy().into_owned(),
    });
    up.chain(down).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use zhengming::Severity;
    use zhengming_text::diagnostic::Help;
    use zhengming_text::span::Span;

    fn diagnostic(rule: &'static str, sentence: &str) -> Diagnostic {
        Diagnostic {
            rule,
            family: "variant",
            severity: Severity::Warning,
            message: Text::default(),
            label: Text::default(),
            help: Help::default(),
            span: Span::new(0, 0),
            block: 0,
            sentence: sentence.to_owned(),
            key: None,
            concept: None,
            fixes: Vec::new(),
            related: Vec::new(),
            sureness: None,
        }
    }

    /// A baseline with one file that was found to hold these sentences.
    fn written(folder: &Path, sentences: &[&str]) -> PathBuf {
        let (file, path) = (folder.join("baseline.txt"), folder.join("a.md"));
        fs::write(&path, "").unwrap();
        let mut baseline = Baseline::create(&file).unwrap();
        let found: Vec<_> = sentences.iter().map(|sentence| diagnostic("rule-a", sentence)).collect();
        baseline.note(path.to_str().unwrap(), &found);
        assert_eq!(baseline.rewrite(|_| true).unwrap(), sentences.len());
        file
    }

    fn left(baseline: &mut Baseline, folder: &Path, sentences: &[&str]) -> Vec<String> {
        let mut found: Vec<_> = sentences.iter().map(|sentence| diagnostic("rule-a", sentence)).collect();
        baseline.filter(folder.join("a.md").to_str().unwrap(), &mut found);
        found.into_iter().map(|diagnostic| diagnostic.sentence).collect()
    }

    #[test]
    fn only_what_is_new_is_left_and_counts_matter() {
        let folder = tempfile::tempdir().unwrap();
        let file = written(folder.path(), &["甲", "甲", "乙"]);
        let mut baseline = Baseline::load(&file).unwrap();
        assert_eq!(left(&mut baseline, folder.path(), &["甲", "乙", "甲", "甲", "丙"]), ["甲", "丙"]);
        assert_eq!((baseline.hidden(), baseline.fixed(|_| true)), (3, 0));
    }

    #[test]
    fn the_file_shrinks_and_never_grows() {
        let folder = tempfile::tempdir().unwrap();
        let file = written(folder.path(), &["甲", "甲", "乙"]);
        let mut baseline = Baseline::load(&file).unwrap();
        assert_eq!(left(&mut baseline, folder.path(), &["甲", "丙"]), ["丙"]);
        assert_eq!(baseline.fixed(|_| false), 0);
        assert_eq!(baseline.ratchet(|_| true).unwrap(), 2);
        let text = fs::read_to_string(&file).unwrap();
        assert_eq!(text.lines().count(), 3, "{text}");
        assert!(text.ends_with("\t1\n"), "{text}");
        let mut baseline = Baseline::load(&file).unwrap();
        left(&mut baseline, folder.path(), &["甲", "丙"]);
        assert_eq!(baseline.ratchet(|_| true).unwrap(), 0);
        assert_eq!(fs::read_to_string(&file).unwrap(), text);
    }

    #[test]
    fn files_that_were_not_checked_keep_their_entries_unless_they_are_gone() {
        let folder = tempfile::tempdir().unwrap();
        let file = written(folder.path(), &["甲"]);
        assert_eq!(Baseline::load(&file).unwrap().fixed(|_| true), 0);
        Baseline::create(&file).unwrap().rewrite(|_| true).unwrap();
        assert_eq!(Baseline::load(&file).unwrap().known.len(), 1);
        fs::remove_file(folder.path().join("a.md")).unwrap();
        assert_eq!(Baseline::load(&file).unwrap().fixed(|_| true), 1);
    }

    #[test]
    fn entries_are_sorted_lines_that_come_back_as_they_were() {
        let entry = |path: &str| Entry {
            path: path.to_owned(),
            rule: "rule-a".to_owned(),
            concept: String::new(),
            fingerprint: "0123456789abcdef".to_owned(),
        };
        let entries: Entries =
            ["草稿/a b.md", "#1.md", "a\tb\n\\t.md", "==.md", "../c.md"].map(|path| (entry(path), 1)).into();
        let text = print(&entries);
        assert_eq!(parse(&text).unwrap(), entries);
        assert_eq!(parse(&text.replace('\n', "\r\n")).unwrap(), entries);
        // Both sides of a merge kept.
        let twice = format!("{text}{}", text.replace("\t1\n", "\t3\n"));
        assert_eq!(parse(&twice).unwrap().values().copied().collect::<Vec<_>>(), [3; 5]);
    }

    #[test]
    fn a_broken_file_is_an_error_with_its_line() {
        let line = "a.md\trule-a\t\t0123456789abcdef\t1";
        for (text, number, part) in [
            (String::new(), 1, "首行"),
            ("{}".to_owned(), 1, "首行"),
            (format!("{HEADER}9\n"), 1, "“9”"),
            (format!("{HEADER}1\n{line}\na.md\trule-a\n"), 3, "2 栏"),
            (format!("{HEADER}1\n{}\n", line.replace("abcdef", "abcdeg")), 2, "abcdeg"),
            (format!("{HEADER}1\n{}\n", line.replace("\t1", "\t0")), 2, "“0”"),
            (format!("{HEADER}1\n<<<<<<< HEAD\n{line}\n"), 2, "合并冲突"),
        ] {
            let (found, why) = parse(&text).unwrap_err();
            assert!(found == number && why.zh.contains(part), "{text}: {found} {}", why.zh);
        }
    }

    #[test]
    fn paths_are_seen_from_the_folder_of_the_file() {
        for (folder, path, expected) in
            [("/p", "/p/drafts/a.md", "drafts/a.md"), ("/p/ci", "/p/a.md", "../a.md"), ("/", "/a.md", "a.md")]
        {
            assert_eq!(relative(Path::new(folder), Path::new(path)), expected);
        }
    }
}
