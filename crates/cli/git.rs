//! What git knows: what is staged, and which lines changed since a revision.

use std::collections::{HashMap, HashSet};
use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use zhengming::Text;
use zhengming_config::gate;

use crate::failure;

/// A comparison that no setting of the user changes: all files but deleted ones, named from the root.
const DIFF: [&str; 7] = [
    "diff",
    "--diff-filter=d",
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    "--no-relative",
    "--inter-hunk-context=0",
];

/// A repository with a work tree, and the folder from which the program looks at it.
#[derive(Debug)]
pub(crate) struct Repository {
    root: PathBuf,
    here: PathBuf,
}

/// A file as it is staged.
#[derive(Debug)]
pub(crate) struct Staged {
    /// The path as it is shown to the user.
    pub(crate) path: PathBuf,
    /// How git names the content.
    object: OsString,
}

/// The lines that changed, by the path as it is shown to the user.
#[derive(Debug, Default)]
pub(crate) struct ChangedLines(HashMap<PathBuf, Lines>);

#[derive(Debug)]
enum Lines {
    All,
    /// Lines of the new text, from 1.
    Some(Vec<RangeInclusive<usize>>),
}

impl Repository {
    /// The repository around the current folder.
    pub(crate) fn here() -> Result<Self, Text> {
        let here = env::current_dir()
            .and_then(fs::canonicalize)
            .map_err(|error| failure::io("无法确定当前文件夹", "the current folder is unknown", &error))?;
        let root = text_of(git(["rev-parse", "--show-toplevel"])?);
        let root = fs::canonicalize(&root).unwrap_or_else(|_| PathBuf::from(root));
        Ok(Self { root, here })
    }

    /// The folder of the hooks, which `core.hooksPath` may have moved.
    pub(crate) fn hooks(&self) -> Result<PathBuf, Text> {
        let folder = text_of(git(["rev-parse", "--git-path", "hooks"])?);
        Ok(self.here.join(folder))
    }

    /// The files among `paths` whose staged content differs from the last commit, in the order of their names.
    pub(crate) fn staged(&self, paths: &[PathBuf]) -> Result<Vec<Staged>, Text> {
        let mut names = self.names(&[&DIFF[..], &["--cached", "--name-only", "-z"]].concat(), paths)?;
        let others = self.no_files(paths)?;
        names.retain(|name| !others.contains(name));
        Ok(names.into_iter().map(|path| self.staged_file(path)).collect())
    }

    /// What is staged among `paths` and is no file: links, and other repositories inside this one.
    fn no_files(&self, paths: &[PathBuf]) -> Result<HashSet<PathBuf>, Text> {
        let output = self.run(&["ls-files", "--stage", "--full-name", "-z"], paths)?;
        let entries = output.split(|&byte| byte == 0).filter(|entry| !entry.is_empty());
        // `120000 DIGEST 0<tab>NAME`; a file has the mode 100644 or 100755.
        let others = entries.filter(|entry| !entry.starts_with(b"100"));
        let names = others.filter_map(|entry| entry.splitn(2, |&byte| byte == b'\t').nth(1));
        Ok(names.map(|name| self.shown(name)).collect())
    }

    fn staged_file(&self, path: PathBuf) -> Staged {
        let absolute = self.here.join(&path);
        let mut object = OsString::from(":0:");
        object.push(absolute.strip_prefix(&self.root).unwrap_or(&absolute));
        Staged { path, object }
    }

    /// The lines of the files among `paths` that changed since `revision` was left; of the index if
    /// `staged`, else of the work tree, where files that git does not know have all of theirs changed.
    pub(crate) fn changed(
        &self,
        revision: &str,
        staged: bool,
        paths: &[PathBuf],
    ) -> Result<ChangedLines, Text> {
        if revision.starts_with('-') {
            return Err(unknown_revision(revision));
        }
        let base = match git(["merge-base", revision, "HEAD"]) {
            Ok(base) => text_of(base),
            Err(_) => {
                let commit = format!("{revision}^{{commit}}");
                text_of(
                    git(["rev-parse", "--verify", "--quiet", &commit])
                        .map_err(|_| unknown_revision(revision))?,
                )
            }
        };
        let mut arguments = DIFF.to_vec();
        if staged {
            arguments.push("--cached");
        }
        arguments.push(&base);
        let mut changed = HashMap::new();
        let names = [arguments.as_slice(), &["--name-only", "-z"]].concat();
        for path in self.names(&names, paths)? {
            // A link may lead anywhere, or nowhere; where it leads to a document of the repository, that is checked.
            if !staged && !is_file(&path) {
                continue;
            }
            let patch =
                self.run(&[arguments.as_slice(), &["--unified=0"]].concat(), std::slice::from_ref(&path))?;
            changed.insert(path, Lines::Some(new_lines(&String::from_utf8_lossy(&patch))));
        }
        if !staged {
            let unknown = ["ls-files", "--others", "--exclude-standard", "--full-name", "-z"];
            let unknown = self.names(&unknown, paths)?.into_iter().filter(|path| is_file(path));
            changed.extend(unknown.map(|path| (path, Lines::All)));
        }
        Ok(ChangedLines(changed))
    }

    fn names(&self, arguments: &[&str], paths: &[PathBuf]) -> Result<Vec<PathBuf>, Text> {
        let output = self.run(arguments, paths)?;
        let mut names: Vec<PathBuf> = output
            .split(|&byte| byte == 0)
            .filter(|name| !name.is_empty())
            .map(|name| self.shown(name))
            .collect();
        names.sort();
        Ok(names)
    }

    /// A name that git gives from the root, as seen from the current folder.
    fn shown(&self, name: &[u8]) -> PathBuf {
        let absolute = self.root.join(path_of(name));
        absolute.strip_prefix(&self.here).map(Path::to_path_buf).unwrap_or(absolute)
    }

    fn run(&self, arguments: &[&str], paths: &[PathBuf]) -> Result<Vec<u8>, Text> {
        let options = ["--literal-pathspecs", "-c", "core.quotePath=off"].map(OsStr::new);
        let arguments = arguments.iter().map(OsStr::new);
        let paths = paths.iter().map(|path| path.as_os_str());
        git(options.into_iter().chain(arguments).chain([OsStr::new("--")]).chain(paths))
    }
}

impl Staged {
    /// The staged content, as a check-out would write it.
    pub(crate) fn content(&self) -> Result<Vec<u8>, Text> {
        let arguments = [OsStr::new("cat-file"), OsStr::new("--filters"), &self.object];
        let mut command = Command::new("git");
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let unreadable = |error: &std::io::Error| failure::io("无法读取", "cannot be read", error);
        let mut child = command.spawn().map_err(|error| unreadable(&error))?;
        let read = child.stdout.take().map(|out| gate::read_stream(out, gate::Kind::Document));
        if !matches!(read, Some(Ok(_))) {
            // What is too large is not read to its end.
            let _ = child.kill();
        }
        let status = child.wait().map_err(|error| unreadable(&error))?;
        match read {
            Some(Ok(bytes)) if status.success() => Ok(bytes),
            Some(Err(error)) => Err(unreadable(&error)),
            // Once more, for what it complains of.
            _ => git(arguments),
        }
    }
}

impl ChangedLines {
    /// The files that changed, in the order of their names.
    pub(crate) fn paths(&self) -> Vec<PathBuf> {
        let mut paths: Vec<PathBuf> = self.0.keys().cloned().collect();
        paths.sort();
        paths
    }

    /// Whether one of the `lines` of the file at `path` changed. Lines count from 1.
    pub(crate) fn touches(&self, path: &Path, lines: &RangeInclusive<usize>) -> bool {
        match self.0.get(path) {
            None => false,
            Some(Lines::All) => true,
            Some(Lines::Some(changed)) => {
                changed.iter().any(|one| one.start() <= lines.end() && lines.start() <= one.end())
            }
        }
    }
}

/// The lines that a patch without context adds, e.g. 12 to 14 for `@@ -10,0 +12,3 @@`.
fn new_lines(patch: &str) -> Vec<RangeInclusive<usize>> {
    let headers = patch.lines().filter_map(|line| line.strip_prefix("@@ -"));
    headers
        .filter_map(|header| {
            let (_, rest) = header.split_once(" +")?;
            let (range, _) = rest.split_once(" @@")?;
            let (start, count) = range.split_once(',').unwrap_or((range, "1"));
            let (start, count): (usize, usize) = (start.parse().ok()?, count.parse().ok()?);
            (count > 0).then(|| start..=start + count - 1)
        })
        .collect()
}

/// Whether there is a file at `path`, which is no link.
fn is_file(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file())
}

fn unknown_revision(revision: &str) -> Text {
    Text::new(
        format!("--diff-base：git 不认识版本“{revision}”"),
        format!("--diff-base: git knows no revision “{revision}”"),
    )
}

fn text_of(output: Vec<u8>) -> String {
    String::from_utf8_lossy(&output).trim_end_matches(['\n', '\r']).to_owned()
}

/// What git prints, or what it complains of.
fn git<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Result<Vec<u8>, Text> {
    let output = Command::new("git").args(arguments).stdin(Stdio::null()).output().map_err(|error| {
        if error.kind() == std::io::ErrorKind::NotFound {
            return Text::new("没有安装 git，或者不在 PATH 里", "git is not installed, or not in PATH");
        }
        failure::io("无法运行 git", "git cannot be run", &error)
    })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let complaint = text_of(output.stderr);
    let complaint = complaint.strip_prefix("fatal: ").unwrap_or(&complaint);
    let zh = if complaint.starts_with("not a git repository") {
        "当前文件夹不在 git 仓库里".to_owned()
    } else {
        format!("git 报错：{complaint}")
    };
    Err(Text::new(zh, format!("git says: {complaint}")))
}

/// The path with this name, in whatever encoding the system has it.
#[cfg(unix)]
pub(crate) fn path_of(name: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(name))
}

/// The path with this name, which is Unicode on this system.
#[cfg(not(unix))]
pub(crate) fn path_of(name: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(name).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_patch_without_context_tells_the_new_lines() {
        let patch = "diff --git a/a.md b/a.md\n--- a/a.md\n+++ b/a.md\n@@ -3 +3 @@ 标题\n-旧\n+新\n\
                     @@ -7,2 +6,0 @@\n-删\n-除\n@@ -10,0 +9,3 @@\n+一\n+二\n+三\n";
        assert_eq!(new_lines(patch), [3..=3, 9..=11]);
    }

    #[test]
    fn a_finding_counts_if_one_of_its_lines_changed() {
        let lines = Lines::Some(vec![3..=3, 9..=11]);
        let changed = ChangedLines(HashMap::from([(PathBuf::from("a.md"), lines)]));
        let touches = |path: &str, lines| changed.touches(Path::new(path), &lines);
        assert!(touches("a.md", 2..=3) && touches("a.md", 10..=10) && touches("a.md", 11..=20));
        assert!(!touches("a.md", 4..=8) && !touches("b.md", 3..=3));
    }
}
