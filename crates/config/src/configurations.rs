//! From paths to settings and linters, each made once.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf, absolute};
use std::sync::Arc;

use zhengming::{Date, Dictionary, Linter, Text};
use zhengming_formats::encoding;
use zhengming_lint::rule::Rule;
use zhengming_rules::RULES;
use zhengming_terms::register::Register;
use zhengming_text::message::io_reason_zh;

use crate::command_line::CommandLine;
use crate::defined;
use crate::dictionaries::{DictionarySource, load_all};
use crate::error::{ConfigError, Error};
use crate::files_read::{Digest, FilesRead};
use crate::gate::Kind;
use crate::read::parse;
use crate::settings::{Layer, Origin, Settings};
use crate::trust;

/// The name of configuration files.
pub const FILE_NAME: &str = "zhengming.toml";

/// Where configuration comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Source {
    /// The nearest `zhengming.toml` in the folder of each file and those above it.
    #[default]
    Discovered,
    /// This file, for all paths.
    File(PathBuf),
    /// None.
    Isolated,
}

/// The configurations of a run, or of a server until one of the files changes.
#[derive(Debug, Default)]
pub struct Configurations {
    source: Source,
    command_line: CommandLine,
    today: Option<Date>,
    /// The register of standards in place of the built-in one.
    register: Option<Arc<Register>>,
    /// The nearest configuration file by folder.
    nearest: HashMap<PathBuf, Option<PathBuf>>,
    projects: HashMap<PathBuf, Arc<Project>>,
    settings: HashMap<Holding, Arc<Settings>>,
    linters: Vec<(Arc<Settings>, Arc<Linter>)>,
    read: FilesRead,
    notices: Vec<Text>,
    /// Whether configurations that were found may name any file.
    trusts: bool,
}

/// What settings depend on: the configuration file, and the overrides that hold, each by its layer and number.
type Holding = (Option<PathBuf>, Vec<(usize, usize)>);

/// A configuration file with those that it builds on: those first.
#[derive(Debug)]
struct Project {
    layers: Vec<Layer>,
}

impl Configurations {
    /// Configurations from `source`, without a command line.
    pub fn new(source: Source) -> Self {
        let mut new = Self { source, ..Self::default() };
        if let Source::File(file) = &new.source {
            new.read.named(&whole(file));
        }
        new
    }

    /// Whether configurations that are found beside documents may name files outside their project, as those that
    /// whoever runs the program names may.
    #[must_use]
    pub fn trusting(mut self, trusts: bool) -> Self {
        self.trusts = trusts;
        self
    }

    /// Puts a command line on top.
    #[must_use]
    pub fn command_line(mut self, command_line: CommandLine) -> Self {
        command_line
            .dictionaries
            .iter()
            .filter_map(DictionarySource::path)
            .for_each(|it| self.read.named(it));
        self.command_line = command_line;
        self
    }

    /// The day for documents without a date of their own.
    #[must_use]
    pub fn today(mut self, today: Option<Date>) -> Self {
        self.today = today;
        self
    }

    /// The register of standards in place of the built-in one.
    #[must_use]
    pub fn register(mut self, register: Option<Arc<Register>>) -> Self {
        self.register = register;
        self
    }

    /// What the document at `path` is checked with. It need not exist.
    ///
    /// # Errors
    /// If a configuration file cannot be read or says something that it cannot mean.
    pub fn for_path(&mut self, path: &Path) -> Result<Arc<Settings>, Error> {
        let path = whole(path);
        let project = self.project_of(&path)?;
        let layers = project.iter().flat_map(|project| project.layers.iter().enumerate());
        let overrides: Vec<(usize, usize)> = layers
            .flat_map(|(number, layer)| layer.overrides_for(&path).map(move |one| (number, one)))
            .collect();
        let file = project.as_ref().and_then(|project| project.layers.last()).map(|layer| layer.path.clone());
        let key = (file, overrides);
        if let Some(known) = self.settings.get(&key) {
            return Ok(Arc::clone(known));
        }
        let mut settings = Settings::default();
        if let Some(project) = &project {
            project.layers.iter().for_each(|layer| layer.apply(&mut settings));
            for &(layer, index) in &key.1 {
                project.layers[layer].apply_override(index, &mut settings);
            }
        }
        settings.overrule(&self.command_line);
        // Files that no override tells apart are checked alike.
        let known = self.settings.values().find(|known| ***known == settings).cloned();
        let settings = known.unwrap_or_else(|| Arc::new(settings));
        self.settings.insert(key, Arc::clone(&settings));
        Ok(settings)
    }

    /// Whether the configuration excludes a file, or a folder with all that is in it. A folder is judged by the
    /// configuration of the folder above it.
    ///
    /// # Errors
    /// As [`for_path`](Self::for_path).
    pub fn is_excluded(&mut self, path: &Path, is_folder: bool) -> Result<bool, Error> {
        let path = whole(path);
        let project = self.project_of(&path)?;
        Ok(project.is_some_and(|project| {
            project.layers.iter().any(|layer| layer.exclude.matches(&path, is_folder))
        }))
    }

    /// Whether the configuration says that a file is to be looked for in folders; nothing if it does not say.
    ///
    /// # Errors
    /// As [`for_path`](Self::for_path).
    pub fn is_included(&mut self, path: &Path) -> Result<Option<bool>, Error> {
        let path = whole(path);
        let Some(project) = self.project_of(&path)? else { return Ok(None) };
        let mut lists = project.layers.iter().filter(|layer| !layer.include.is_empty()).peekable();
        let says = lists.peek().is_some();
        Ok(says.then(|| lists.any(|layer| layer.include.matches(&path, false))))
    }

    /// Whether the file is a dictionary of the configuration that holds for it, and so no document.
    ///
    /// # Errors
    /// As [`for_path`](Self::for_path).
    pub fn is_dictionary(&mut self, path: &Path) -> Result<bool, Error> {
        let path = whole(path);
        let settings = self.for_path(&path)?;
        Ok(settings.dictionaries.iter().any(|one| match &one.value {
            DictionarySource::File(file) => whole(file) == path,
            _ => false,
        }))
    }

    /// The linter for `settings`: made once, and shared with equal ones.
    ///
    /// # Errors
    /// If a dictionary cannot be read or is at fault.
    pub fn linter(&mut self, settings: &Arc<Settings>) -> Result<Arc<Linter>, Error> {
        let known = self.linters.iter().find(|(known, _)| Arc::ptr_eq(known, settings) || known == settings);
        if let Some((_, linter)) = known {
            return Ok(Arc::clone(linter));
        }
        let rules = rules(settings)?;
        let mut options = settings.options(self.today);
        options.defined = defined::terms(&settings.definitions, &mut self.read)?;
        let same_terms = |(known, _): &&(Arc<Settings>, Arc<Linter>)| sources(known) == sources(settings);
        let linter = match self.linters.iter().find(same_terms) {
            // The terms are compiled already.
            Some((_, other)) => other.with(rules, options),
            None => Linter::of(self.dictionaries(settings)?, rules, options, self.register.clone())?,
        };
        let linter = Arc::new(linter);
        self.linters.push((Arc::clone(settings), Arc::clone(&linter)));
        Ok(linter)
    }

    /// The digest of a file that documents are checked with, of the bytes that its linter was made of; nothing if
    /// it could not be read, or was read twice and changed in between.
    pub fn digest(&self, path: &Path) -> Option<Digest> {
        self.read.digest(path)
    }

    /// The dictionaries of `settings` in the order of layering.
    ///
    /// # Errors
    /// If one cannot be read or is at fault.
    pub fn dictionaries(&mut self, settings: &Settings) -> Result<Vec<Arc<Dictionary>>, Error> {
        let sources = sources(settings);
        load_all(&sources, &mut self.read, &mut self.notices)
            .map_err(|(index, error)| named_in(&settings.dictionaries[index].origin, error))
    }

    /// The files that configuration was read from so far: configuration files and dictionaries, also those that
    /// could not be read.
    pub fn files_read(&self) -> impl Iterator<Item = &Path> {
        self.read.paths()
    }

    /// What was noticed while dictionaries were read, since it was last asked for.
    pub fn take_notices(&mut self) -> Vec<Text> {
        std::mem::take(&mut self.notices)
    }

    fn project_of(&mut self, path: &Path) -> Result<Option<Arc<Project>>, Error> {
        let file = match &self.source {
            Source::Isolated => None,
            Source::File(file) => Some(whole(file)),
            Source::Discovered => path.parent().and_then(|folder| self.nearest(folder)),
        };
        let Some(file) = file else { return Ok(None) };
        if let Some(known) = self.projects.get(&file) {
            return Ok(Some(Arc::clone(known)));
        }
        let mut layers = Vec::new();
        self.read_layers(&file, None, &mut Vec::new(), &mut layers)?;
        let project = Arc::new(Project { layers });
        self.projects.insert(file, Arc::clone(&project));
        Ok(Some(project))
    }

    /// The configuration file in `folder`, else in the nearest folder above it.
    fn nearest(&mut self, folder: &Path) -> Option<PathBuf> {
        if let Some(known) = self.nearest.get(folder) {
            return known.clone();
        }
        let here = folder.join(FILE_NAME);
        let found =
            if here.is_file() { Some(here) } else { folder.parent().and_then(|above| self.nearest(above)) };
        self.nearest.insert(folder.to_owned(), found.clone());
        found
    }

    /// Reads a configuration file after those that it builds on. `above` are the files that lead to it.
    fn read_layers(
        &mut self,
        file: &Path,
        wanted: Option<ConfigError>,
        above: &mut Vec<PathBuf>,
        layers: &mut Vec<Layer>,
    ) -> Result<(), Error> {
        let shown = shown(file);
        let at = wanted.unwrap_or(ConfigError::new(&shown, None, Text::default()));
        let project =
            (self.source == Source::Discovered && !self.trusts).then(|| trust::Project::around(file));
        let refuse = |path: &Path, at: ConfigError| match &project {
            Some(project) if !project.holds(path) => {
                Err(ConfigError { message: trust::outside(&self::shown(path)), ..at })
            }
            _ => Ok(()),
        };
        refuse(file, at.clone())?;
        let bytes = self.read.read(file, Kind::Configuration).map_err(|error| {
            let name = if at.file == shown { String::new() } else { format!("{shown} ") };
            let message = Text::new(
                format!("配置{name}无法读取：{}", io_reason_zh(&error)),
                format!("the configuration {name}cannot be read: {error}"),
            );
            ConfigError { message, ..at.clone() }
        })?;
        let identity = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
        if above.contains(&identity) {
            let mut circle: Vec<String> = above.iter().map(|file| self::shown(file)).collect();
            circle.push(shown);
            let circle = circle.join(" → ");
            let message = Text::new(
                format!("extends 绕成了圈：{circle}"),
                format!("extends leads in a circle: {circle}"),
            );
            return Err(ConfigError { message, ..at }.into());
        }
        let (text, _) = encoding::decode(&bytes).map_err(|_| {
            let message =
                Text::new("不是文本文件；应为 UTF-8 编码的 TOML", "no text file; expected TOML in UTF-8");
            ConfigError::new(&shown, None, message)
        })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let layer = Layer::new(file, shown.clone(), parse(&shown, text)?)?;
        for (path, line) in layer.named() {
            refuse(&tidy(&path), layer.error(line, Text::default()))?;
        }
        above.push(identity);
        for (base, line) in layer.bases() {
            let place = layer.error(line, Text::default());
            // One that would be found itself, further up, is as good as this one.
            if !is_above(file, &tidy(&base)) {
                refuse(&tidy(&base), place.clone())?;
            }
            self.read_layers(&tidy(&base), Some(place), above, layers)?;
        }
        above.pop();
        layers.push(layer);
        Ok(())
    }
}

/// The rules with the options of `settings`.
fn rules(settings: &Settings) -> Result<Vec<Box<dyn Rule>>, Error> {
    let made = RULES.iter().map(|registration| {
        let Some(config) =
            settings.rules.get(registration.meta.id).filter(|config| !config.options.is_empty())
        else {
            return Ok(registration.make());
        };
        let table = config.options.iter().map(|(key, value)| (key.clone(), value.value.clone())).collect();
        registration
            .configured(&serde_json::Value::Object(table))
            .map_err(|mismatch| Error::Other(mismatch.text()))
    });
    made.collect()
}

fn sources(settings: &Settings) -> Vec<DictionarySource> {
    settings.dictionaries.iter().map(|one| one.value.clone()).collect()
}

/// The error with the line that names the dictionary, where the dictionary itself has none.
fn named_in(origin: &Origin, error: Error) -> Error {
    match (origin, error) {
        (Origin::File { file, line }, Error::Other(message)) => {
            ConfigError::new(file, Some(*line), message).into()
        }
        (_, error) => error,
    }
}

/// An absolute path without `.` and `..`; links stay what they are.
fn whole(path: &Path) -> PathBuf {
    tidy(&absolute(path).unwrap_or_else(|_| path.to_owned()))
}

fn tidy(path: &Path) -> PathBuf {
    use std::path::Component;
    let mut tidy = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => drop(tidy.pop()),
            component => tidy.push(component),
        }
    }
    tidy
}

/// Whether `base` is the configuration of a folder above that of `file`.
fn is_above(file: &Path, base: &Path) -> bool {
    base.ends_with(FILE_NAME) && file.ancestors().skip(2).any(|above| base.parent() == Some(above))
}

/// The path as it is shown: from the working folder on, if it is below it.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().ok();
    let inside = here.as_deref().and_then(|here| path.strip_prefix(here).ok());
    inside.unwrap_or(path).display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    #[test]
    fn equal_settings_share_a_linter_and_equal_dictionaries_the_terms() {
        let folder = folder(&[
            (
                "zhengming.toml",
                "[[overrides]]\npaths = [\"strict/**\"]\nrules = { stale-edition = \"error\" }\n",
            ),
            ("house/zhengming.toml", "dictionaries = [\"h.tsv\"]\n"),
            ("house/h.tsv", "variant\tpreferred\n溪事快办\t溪事速办\n"),
        ]);
        let mut configurations = Configurations::default();
        let mut made = Vec::new();
        for path in ["a.md", "drafts/b.md", "strict/c.md", "house/d.md"] {
            let settings = configurations.for_path(&folder.path().join(path)).unwrap();
            made.push(configurations.linter(&settings).unwrap());
        }
        assert!(Arc::ptr_eq(&made[0], &made[1]) && !Arc::ptr_eq(&made[0], &made[2]));
        let terms = |index: usize| made[index].inner().knowledge();
        assert!(Arc::ptr_eq(terms(0), terms(2)) && !Arc::ptr_eq(terms(0), terms(3)));
    }

    #[test]
    fn files_that_matter_are_known_also_those_that_are_missing() {
        let folder = folder(&[
            ("base.toml", "dictionaries = [\"no.tsv\"]\n"),
            ("zhengming.toml", "extends = \"base.toml\"\n"),
        ]);
        let mut configurations = Configurations::default();
        let settings = configurations.for_path(&folder.path().join("a.md")).unwrap();
        let error = configurations.linter(&settings).unwrap_err();
        assert!(error.text().zh.contains("base.toml:1: "), "{}", error.text().zh);
        let read: Vec<_> =
            configurations.files_read().map(|path| path.file_name().unwrap().to_owned()).collect();
        assert_eq!(read, ["base.toml", "no.tsv", "zhengming.toml"]);
        assert_eq!(settings.files().len(), 2);
    }

    #[test]
    fn configurations_can_move_between_threads() {
        fn assert_send<T: Send>() {}
        assert_send::<Configurations>();
    }
}
