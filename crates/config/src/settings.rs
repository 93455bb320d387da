//! What one document is checked with: the configuration files, one over the other, and the command line on top.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use serde_json::Value;
use zhengming::{Date, Lang, Severity};
use zhengming_lint::linter::Options;
use zhengming_rules::options::{self, Step};

use crate::command_line::CommandLine;
use crate::dictionaries::DictionarySource;
use crate::error::ConfigError;
use crate::file::{ConfigFile, Level, RuleSetting, Threshold};
use crate::pattern::Patterns;
use crate::read::{Parsed, item, keys};
use crate::schema::known_names;

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// An argument of the command line.
    CommandLine,
    /// A line of a configuration file.
    File {
        /// The file as it is to be shown.
        file: String,
        /// The line, from 1.
        line: usize,
    },
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CommandLine => f.write_str("command line"),
            Self::File { file, line } => write!(f, "{file}:{line}"),
        }
    }
}

/// A value and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub origin: Origin,
}

/// How a rule is configured.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RuleConfig {
    /// The severity; the rule's own if nothing.
    pub level: Option<Sourced<Level>>,
    /// The options that differ from the rule's own.
    pub options: BTreeMap<String, Sourced<Value>>,
}

/// The resolved configuration of a document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Settings {
    pub(crate) files: Vec<PathBuf>,
    /// The language of messages.
    pub lang: Option<Sourced<Lang>>,
    /// The dictionaries in the order of layering; none means the built-in ones.
    pub dictionaries: Vec<Sourced<DictionarySource>>,
    /// Documents whose definitions count for all others.
    pub definitions: Vec<Sourced<PathBuf>>,
    /// The only rules or families to run.
    pub select: Vec<Sourced<String>>,
    /// Rules and families to leave out.
    pub ignore: Vec<Sourced<String>>,
    /// Findings below this severity are dropped.
    pub min_severity: Option<Sourced<Severity>>,
    /// Findings from this severity on make a run fail.
    pub fail_on: Option<Sourced<Severity>>,
    /// The day the dictionaries are read for.
    pub as_of: Option<Sourced<Date>>,
    /// The address of the pages of the rules.
    pub rule_pages: Option<Sourced<String>>,
    /// Severities and options by rule.
    pub rules: BTreeMap<String, RuleConfig>,
    /// Words never reported.
    pub allow: Vec<Sourced<String>>,
    pub(crate) all: bool,
}

impl Settings {
    /// The configuration files that it comes from, the nearest last; none if there is none.
    pub fn files(&self) -> &[PathBuf] {
        &self.files
    }

    /// Every file that a run with these settings reads besides the documents: configurations, dictionaries, documents
    /// whose definitions count.
    pub fn sources(&self) -> impl Iterator<Item = &Path> {
        let dictionaries = self.dictionaries.iter().filter_map(|one| one.value.path());
        let definitions = self.definitions.iter().map(|one| &one.value);
        self.files.iter().chain(dictionaries).chain(definitions).map(PathBuf::as_path)
    }

    /// What a linter is to do. `today` is the day for documents without a date.
    pub fn options(&self, today: Option<Date>) -> Options {
        let values = |list: &[Sourced<String>]| list.iter().map(|one| one.value.clone()).collect();
        let level = |(id, rule): (&String, &RuleConfig)| {
            rule.level.as_ref().map(|level| (id.clone(), level.value.severity()))
        };
        Options {
            severities: self.rules.iter().filter_map(level).collect(),
            select: values(&self.select),
            ignore: values(&self.ignore),
            min_severity: self.min_severity.as_ref().map(|one| one.value),
            as_of: self.as_of.as_ref().map(|one| one.value),
            today,
            all: self.all,
            allow: values(&self.allow),
            defined: Vec::new(),
        }
    }

    /// Puts the command line on top.
    pub(crate) fn overrule(&mut self, line: &CommandLine) {
        fn given<T>(value: T) -> Sourced<T> {
            Sourced { value, origin: Origin::CommandLine }
        }
        if line.no_builtin {
            self.dictionaries.retain(|one| !one.value.is_builtin());
            self.dictionaries.insert(0, given(DictionarySource::None));
        }
        self.dictionaries.extend(line.dictionaries.iter().cloned().map(given));
        if !line.select.is_empty() {
            self.select = line.select.iter().cloned().map(given).collect();
            // Who names a rule wants it, whatever the file says.
            self.ignore.retain(|one| !line.select.contains(&one.value));
            for (id, rule) in &mut self.rules {
                if line.select.contains(id)
                    && rule.level.as_ref().is_some_and(|level| level.value == Level::Off)
                {
                    rule.level = None;
                }
            }
        }
        self.ignore.extend(line.ignore.iter().cloned().map(given));
        self.min_severity = line.min_severity.map(given).or(self.min_severity.take());
        self.fail_on = line.fail_on.map(given).or(self.fail_on.take());
        self.as_of = line.as_of.map(given).or(self.as_of.take());
        self.lang = line.lang.map(given).or(self.lang.take());
        self.all |= line.all;
    }
}

/// One configuration file, checked, with its paths made absolute.
#[derive(Debug)]
pub(crate) struct Layer {
    pub(crate) path: PathBuf,
    shown: String,
    folder: PathBuf,
    parsed: Parsed,
    pub(crate) include: Patterns,
    pub(crate) exclude: Patterns,
    overrides: Vec<Scope>,
}

/// Which files an override is for.
#[derive(Debug)]
struct Scope {
    paths: Patterns,
    except: Patterns,
}

impl Layer {
    /// Checks what the schema cannot: patterns, names of rules, dates.
    ///
    /// # Errors
    /// Everything that is wrong with them, as one.
    pub(crate) fn new(path: &Path, shown: String, parsed: Parsed) -> Result<Self, ConfigError> {
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let found = RefCell::new(Vec::new());
        let wrong = |path: &[Step], message| {
            found.borrow_mut().push(ConfigError::new(&shown, parsed.lines.of(path), message));
        };
        let patterns = |list: &[String], path: &[Step]| {
            Patterns::new(&folder, list).unwrap_or_else(|(index, why)| {
                wrong(&item_of(path, index), why);
                Patterns::none(&folder)
            })
        };
        let names = |list: &[String], path: &[Step]| {
            let known = known_names();
            for (index, name) in list.iter().enumerate().filter(|(_, name)| !known.contains(name)) {
                let message = options::unknown(("规则或类别", "rule or family"), name, &known);
                wrong(&item_of(path, index), message);
            }
        };
        let date = |day: &Option<String>, path: &[Step]| {
            if let Some(day) = day.as_ref().filter(|day| day.parse::<Date>().is_err()) {
                wrong(path, not_a_date(day));
            }
        };
        let config = &parsed.config;
        names(&config.select, &keys(&["select"]));
        names(&config.ignore, &keys(&["ignore"]));
        date(&config.as_of, &keys(&["as-of"]));
        let mut overrides = Vec::new();
        for (index, one) in config.overrides.iter().enumerate() {
            let at = |key: &str| {
                let mut path = item(&["overrides"], index);
                path.push(Step::Key(key.to_owned()));
                path
            };
            names(&one.ignore, &at("ignore"));
            date(&one.as_of, &at("as-of"));
            overrides.push(Scope {
                paths: patterns(&one.paths, &at("paths")),
                except: patterns(&one.exclude, &at("exclude")),
            });
        }
        let include = patterns(&config.include, &keys(&["include"]));
        let exclude = patterns(&config.exclude, &keys(&["exclude"]));
        if let Some(error) = ConfigError::together(found.into_inner()) {
            return Err(error);
        }
        Ok(Self { path: path.to_owned(), shown, folder, include, exclude, overrides, parsed })
    }

    pub(crate) fn config(&self) -> &ConfigFile {
        &self.parsed.config
    }

    /// The paths of `extends`, absolute, each with its line.
    pub(crate) fn bases(&self) -> Vec<(PathBuf, Option<usize>)> {
        let several = self.config().extends.iter().enumerate();
        several
            .map(|(index, base)| (self.folder.join(base), self.parsed.lines.of(&item(&["extends"], index))))
            .collect()
    }

    /// The dictionaries and documents that the file names, each with its line.
    pub(crate) fn named(&self) -> Vec<(PathBuf, Option<usize>)> {
        let dictionaries = self.config().dictionaries.iter().enumerate().filter_map(|(index, name)| {
            let source = DictionarySource::named(name, &self.folder);
            Some((source.path()?.clone(), self.parsed.lines.of(&item(&["dictionaries"], index))))
        });
        let definitions = self.config().definitions.iter().enumerate().map(|(index, path)| {
            (self.folder.join(path), self.parsed.lines.of(&item(&["definitions"], index)))
        });
        dictionaries.chain(definitions).collect()
    }

    pub(crate) fn error(&self, line: Option<usize>, message: zhengming::Text) -> ConfigError {
        ConfigError::new(&self.shown, line, message)
    }

    /// Which overrides are for the file at `path`, by number.
    pub(crate) fn overrides_for(&self, path: &Path) -> impl Iterator<Item = usize> {
        let scopes = self.overrides.iter().enumerate();
        scopes
            .filter(move |(_, scope)| scope.paths.matches(path, false) && !scope.except.matches(path, false))
            .map(|(index, _)| index)
    }

    fn at<T>(&self, value: T, path: &[Step]) -> Sourced<T> {
        let line = self.parsed.lines.of(path).unwrap_or(1);
        Sourced { value, origin: Origin::File { file: self.shown.clone(), line } }
    }

    fn list<T>(&self, list: &[String], key: &[Step], make: impl Fn(&str) -> T) -> Vec<Sourced<T>> {
        let items = list.iter().enumerate();
        items
            .map(|(index, text)| {
                let place: Vec<Step> = key.iter().cloned().chain([Step::Item(index)]).collect();
                self.at(make(text), &place)
            })
            .collect()
    }

    /// Lays the file over `settings`.
    pub(crate) fn apply(&self, settings: &mut Settings) {
        let config = self.config();
        settings.files.push(self.path.clone());
        let key = |name: &str| keys(&[name]);
        if let Some(lang) = config.lang {
            settings.lang = Some(self.at(lang.into(), &key("lang")));
        }
        let dictionaries = self.list(&config.dictionaries, &key("dictionaries"), |name| {
            DictionarySource::named(name, &self.folder)
        });
        // Named again, a dictionary moves to the top.
        settings.dictionaries.retain(|known| !dictionaries.iter().any(|one| one.value == known.value));
        settings.dictionaries.extend(dictionaries);
        let definitions = self.list(&config.definitions, &key("definitions"), |path| self.folder.join(path));
        settings.definitions.extend(definitions);
        if !config.select.is_empty() {
            settings.select = self.list(&config.select, &key("select"), str::to_owned);
        }
        settings.ignore.extend(self.list(&config.ignore, &key("ignore"), str::to_owned));
        let threshold = |value: Option<Threshold>, name: &str| value.map(|it| self.at(it.into(), &key(name)));
        settings.min_severity =
            threshold(config.min_severity, "min-severity").or(settings.min_severity.take());
        settings.fail_on = threshold(config.fail_on, "fail-on").or(settings.fail_on.take());
        self.day(config.as_of.as_deref(), &key("as-of"), settings);
        if let Some(address) = &config.rule_pages {
            settings.rule_pages = Some(self.at(address.clone(), &key("rule-pages")));
        }
        self.rules(&config.rules, &key("rules"), settings);
        settings.allow.extend(self.list(&config.terms.allow, &keys(&["terms", "allow"]), str::to_owned));
    }

    /// Lays override number `index` over `settings`.
    pub(crate) fn apply_override(&self, index: usize, settings: &mut Settings) {
        let Some(one) = self.config().overrides.get(index) else { return };
        let at = |path: &[&str]| {
            let mut place = item(&["overrides"], index);
            place.extend(keys(path));
            place
        };
        settings.ignore.extend(self.list(&one.ignore, &at(&["ignore"]), str::to_owned));
        self.day(one.as_of.as_deref(), &at(&["as-of"]), settings);
        self.rules(&one.rules, &at(&["rules"]), settings);
        settings.allow.extend(self.list(&one.terms.allow, &at(&["terms", "allow"]), str::to_owned));
    }

    fn day(&self, day: Option<&str>, path: &[Step], settings: &mut Settings) {
        if let Some(day) = day.and_then(|day| day.parse().ok()) {
            settings.as_of = Some(self.at(day, path));
        }
    }

    fn rules(&self, rules: &BTreeMap<String, RuleSetting>, path: &[Step], settings: &mut Settings) {
        for (id, setting) in rules {
            let mut place = path.to_vec();
            place.push(Step::Key(id.clone()));
            let rule = settings.rules.entry(id.clone()).or_default();
            if let Some(level) = setting.level() {
                rule.level = Some(self.at(level, &place));
            }
            for (key, value) in setting.options() {
                let mut place = place.clone();
                place.push(Step::Key(key.clone()));
                rule.options.insert(key.clone(), self.at(value.clone(), &place));
            }
        }
    }
}

/// The item `index` of the list that `path` leads to.
fn item_of(path: &[Step], index: usize) -> Vec<Step> {
    path.iter().cloned().chain([Step::Item(index)]).collect()
}

fn not_a_date(day: &str) -> zhengming::Text {
    zhengming::Text::new(
        format!("“{day}”不是日期；应写作“2026-01-31”"),
        format!("`{day}` is no date; write it as `2026-01-31`"),
    )
}
