//! The folders of the editor, their configuration, and the linter for each document in them.

use std::collections::HashMap;
use std::path::{Path, PathBuf, absolute};
use std::sync::Arc;

use zhengming::{Date, Linter, Options, Text};
use zhengming_config::{Configurations, Error, FILE_NAME, Source};

use crate::settings::Settings;

/// The name of a document that was never saved.
const UNTITLED: &str = "untitled.md";

/// Something wrong with a configuration file or a dictionary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    /// From 1; 0 if the file as a whole is at fault.
    pub(crate) line: usize,
    pub(crate) message: Text,
}

/// What is wrong, by file.
pub(crate) type Problems = HashMap<PathBuf, Vec<Problem>>;

/// The folders, and what was read of their configuration.
pub(crate) struct Workspace {
    folders: Vec<PathBuf>,
    source: Source,
    today: fn() -> Option<Date>,
    configurations: Configurations,
    /// The last linter that could be made, by configuration file: it goes on while the file is being mended.
    last: HashMap<Option<PathBuf>, Arc<Linter>>,
    problems: Problems,
    /// A document by each configuration file that was at fault, to see by whether it still is.
    failed: HashMap<Option<PathBuf>, PathBuf>,
    /// What the author was told of.
    shown: Problems,
}

impl Workspace {
    pub(crate) fn new(folders: Vec<PathBuf>, settings: &Settings, today: fn() -> Option<Date>) -> Self {
        let source = source(settings, &folders);
        Self {
            configurations: Configurations::new(source.clone()).today(today()),
            folders,
            source,
            today,
            last: HashMap::new(),
            problems: HashMap::new(),
            failed: HashMap::new(),
            shown: HashMap::new(),
        }
    }

    pub(crate) fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// The linter for the document at `path`; for one that was never saved, that of the first folder. While a
    /// configuration is broken, the last linter that it gave, or one without configuration.
    pub(crate) fn linter(&mut self, path: Option<&Path>) -> Arc<Linter> {
        let path = self.place(path);
        let made =
            self.configurations.for_path(&path).and_then(|settings| self.configurations.linter(&settings));
        let file = self.configuration(Some(&path)).filter(|file| file.is_file());
        match made {
            Ok(linter) => {
                self.last.insert(file, Arc::clone(&linter));
                linter
            }
            Err(error) => {
                self.remember(error, file.as_deref());
                self.failed.insert(file.clone(), path);
                let last = self.last.entry(file).or_insert_with(|| plain((self.today)()));
                Arc::clone(last)
            }
        }
    }

    /// Whether the configuration leaves the document out, or a folder that holds it.
    pub(crate) fn is_excluded(&mut self, path: Option<&Path>) -> bool {
        let Some(path) = path else { return false };
        let excluded = |configurations: &mut Configurations, path: &Path, is_folder: bool| {
            configurations.is_excluded(path, is_folder).unwrap_or(false)
        };
        let root = self.folder_of(path);
        let inside = |folder: &&Path| root.is_none_or(|root| folder.starts_with(root) && *folder != root);
        let folders: Vec<PathBuf> = path.ancestors().skip(1).take_while(inside).map(Path::to_owned).collect();
        excluded(&mut self.configurations, path, false)
            || folders.iter().any(|folder| excluded(&mut self.configurations, folder, true))
    }

    /// The configuration file for a document, or the place where one would be found. Nothing if the document has no
    /// place and no folder is open.
    pub(crate) fn configuration(&self, path: Option<&Path>) -> Option<PathBuf> {
        if let Source::File(file) = &self.source {
            return Some(file.clone());
        }
        let folder = match path {
            Some(path) => path.parent()?,
            None => self.folders.first()?,
        };
        let nearest = folder.ancestors().map(|folder| folder.join(FILE_NAME)).find(|file| file.is_file());
        let root = path.and_then(|path| self.folder_of(path)).unwrap_or(folder);
        Some(nearest.unwrap_or_else(|| root.join(FILE_NAME)))
    }

    /// Whether findings may change with the file at `path`.
    pub(crate) fn depends_on(&self, path: &Path) -> bool {
        path.file_name().is_some_and(|name| name == FILE_NAME)
            || self.configurations.files_read().any(|read| read == path)
    }

    /// Reads anew: what the folders have of their own, and what was at fault, whether or not a document is open.
    pub(crate) fn reload(&mut self) {
        self.configurations = Configurations::new(self.source.clone()).today((self.today)());
        self.problems.clear();
        let mut documents: Vec<PathBuf> = std::mem::take(&mut self.failed).into_values().collect();
        documents.extend(self.folders.iter().map(|folder| folder.join(UNTITLED)));
        for document in documents {
            self.linter(Some(&document));
        }
    }

    pub(crate) fn configure(&mut self, settings: &Settings) {
        self.source = source(settings, &self.folders);
        self.reload();
    }

    pub(crate) fn change_folders(&mut self, added: Vec<PathBuf>, removed: &[PathBuf]) {
        self.folders.retain(|folder| !removed.contains(folder));
        self.folders.extend(added);
        self.reload();
    }

    /// What the author was not told of yet: what is wrong by file, and nothing for a file that was mended.
    pub(crate) fn take_problems(&mut self) -> Problems {
        let mut news: Problems = self
            .problems
            .iter()
            .filter(|(file, problems)| self.shown.get(*file) != Some(problems))
            .map(|(file, problems)| (file.clone(), problems.clone()))
            .collect();
        let mended = self.shown.keys().filter(|file| !self.problems.contains_key(*file));
        news.extend(mended.map(|file| (file.clone(), Vec::new())));
        self.shown.clone_from(&self.problems);
        news
    }

    fn remember(&mut self, error: Error, configuration: Option<&Path>) {
        let (file, problem) = match error {
            Error::Config(mut error) => {
                for other in std::mem::take(&mut error.others) {
                    self.remember(Error::Config(other), configuration);
                }
                (PathBuf::from(error.file), Problem { line: error.line.unwrap_or(0), message: error.message })
            }
            Error::Dictionary(error) => {
                (PathBuf::from(&error.file), Problem { line: error.line, message: error.text() })
            }
            Error::Other(message) => {
                (configuration.map(Path::to_owned).unwrap_or_default(), Problem { line: 0, message })
            }
        };
        let file = absolute(&file).unwrap_or(file);
        let known = self.problems.entry(file).or_default();
        if !known.contains(&problem) {
            known.push(problem);
        }
    }

    /// The folder of the editor that holds `path`, the innermost if several do.
    fn folder_of(&self, path: &Path) -> Option<&Path> {
        let holding = self.folders.iter().filter(|folder| path.starts_with(folder));
        holding.max_by_key(|folder| folder.components().count()).map(PathBuf::as_path)
    }

    /// The path of a document; one that was never saved is treated as if it stood in the first folder.
    fn place(&self, path: Option<&Path>) -> PathBuf {
        match (path, self.folders.first()) {
            (Some(path), _) => path.to_owned(),
            (None, Some(folder)) => folder.join(UNTITLED),
            (None, None) => PathBuf::from(UNTITLED),
        }
    }
}

/// The built-in dictionaries and all rules.
fn plain(today: Option<Date>) -> Arc<Linter> {
    let options = Options { today, ..Options::default() };
    let linter = Linter::builder().options(options).build();
    Arc::new(linter.expect("the built-in dictionaries are valid together, which tests of the rules hold"))
}

fn source(settings: &Settings, folders: &[PathBuf]) -> Source {
    match &settings.configuration {
        None => Source::Discovered,
        Some(file) => {
            let file = Path::new(file);
            Source::File(folders.first().map_or_else(|| file.to_owned(), |folder| folder.join(file)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use zhengming::Document;

    fn no_day() -> Option<Date> {
        None
    }

    fn found(workspace: &mut Workspace, path: &Path) -> usize {
        workspace.linter(Some(path)).lint(&Document::markdown("通过浙政盯发送。")).len()
    }

    #[test]
    fn each_folder_has_its_configuration_and_a_broken_one_leaves_the_last() {
        let root = tempfile::tempdir().unwrap();
        let (one, two) = (root.path().join("一"), root.path().join("二"));
        fs::create_dir(&one).unwrap();
        fs::create_dir(&two).unwrap();
        let file = one.join(FILE_NAME);
        fs::write(&file, "[terms]\nallow = [\"浙政盯\"]\n").unwrap();
        let mut workspace = Workspace::new(vec![one.clone(), two.clone()], &Settings::default(), no_day);
        assert_eq!(found(&mut workspace, &one.join("a.md")), 0);
        assert_eq!(found(&mut workspace, &two.join("a.md")), 1);
        assert!(workspace.take_problems().is_empty());

        fs::write(&file, "[terms]\nallow = [\"浙政盯\"]\n[rule]\n").unwrap();
        workspace.reload();
        assert_eq!(found(&mut workspace, &one.join("a.md")), 0);
        let problems = workspace.take_problems();
        assert_eq!(problems[&file].iter().map(|problem| problem.line).collect::<Vec<_>>(), [3]);
        assert!(workspace.take_problems().is_empty(), "told once");

        fs::write(&file, "").unwrap();
        workspace.reload();
        assert_eq!(found(&mut workspace, &one.join("a.md")), 1);
        assert_eq!(workspace.take_problems(), HashMap::from([(file, Vec::new())]));
    }

    #[test]
    fn a_broken_configuration_stays_known_while_no_document_is_open() {
        let root = tempfile::tempdir().unwrap();
        let inner = root.path().join("内");
        fs::create_dir(&inner).unwrap();
        let (outer_file, inner_file) = (root.path().join(FILE_NAME), inner.join(FILE_NAME));
        fs::write(&inner_file, "[rule]\n").unwrap();
        let mut workspace = Workspace::new(vec![root.path().to_owned()], &Settings::default(), no_day);
        workspace.linter(Some(&inner.join("a.md")));
        assert_eq!(workspace.take_problems().len(), 1);
        // The document is closed, and something else is saved.
        fs::write(&outer_file, "[rule]\n").unwrap();
        workspace.reload();
        let problems = workspace.take_problems();
        assert_eq!(problems.keys().collect::<Vec<_>>(), [&outer_file], "the other one is known already");
        fs::write(&inner_file, "").unwrap();
        workspace.reload();
        assert_eq!(workspace.take_problems(), HashMap::from([(inner_file, Vec::new())]));
    }

    #[test]
    fn a_new_configuration_goes_into_the_folder_of_the_editor() {
        let root = tempfile::tempdir().unwrap();
        let workspace = Workspace::new(vec![root.path().to_owned()], &Settings::default(), no_day);
        let document = root.path().join("文稿/a.md");
        assert_eq!(workspace.configuration(Some(&document)).unwrap(), root.path().join(FILE_NAME));
        assert_eq!(workspace.configuration(None).unwrap(), root.path().join(FILE_NAME));
        let none = Workspace::new(Vec::new(), &Settings::default(), no_day);
        assert_eq!(none.configuration(None), None);
    }

    #[test]
    fn excluded_folders_hold_no_documents() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join(FILE_NAME), "exclude = [\"archive/\", \"*.draft.md\"]\n").unwrap();
        let mut workspace = Workspace::new(vec![root.path().to_owned()], &Settings::default(), no_day);
        for (name, excluded) in [("archive/2021/a.md", true), ("a.draft.md", true), ("a.md", false)] {
            assert_eq!(workspace.is_excluded(Some(&root.path().join(name))), excluded, "{name}");
        }
    }
}
