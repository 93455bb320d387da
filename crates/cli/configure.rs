//! From arguments to configurations, for every command that reads documents or dictionaries.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use zhengming::{Date, Lang, Linter, Severity, Text};
use zhengming_config::{CommandLine, Configurations, DictionarySource, Settings, Source, known_names};
use zhengming_rules::options;

use crate::args::{CheckArgs, ConfigArgs, DictionaryArgs};
use crate::failure::{self, Failure};
use crate::{help, own_register};

/// The configurations that the arguments ask for.
pub(crate) fn configurations(dictionaries: &DictionaryArgs) -> Configurations {
    with(dictionaries, CommandLine::default())
}

/// The configurations of a check.
pub(crate) fn of_check(args: &CheckArgs) -> Result<Configurations, Failure> {
    let line = CommandLine {
        select: known_rules(&args.select)?,
        ignore: known_rules(&args.ignore)?,
        min_severity: args.min_severity.map(Severity::from),
        fail_on: args.fail_on.map(Severity::from),
        as_of: args.as_of,
        all: args.all || filters_places(args),
        ..CommandLine::default()
    };
    Ok(with(&args.dictionaries, line))
}

/// Whether findings are left out place by place, so that they must be gathered afterwards only.
pub(crate) fn filters_places(args: &CheckArgs) -> bool {
    args.diff_base.is_some() || args.baseline.is_some() || args.write_baseline.is_some()
}

/// The configurations of a command with more to say than its dictionaries.
pub(crate) fn with(args: &DictionaryArgs, line: CommandLine) -> Configurations {
    let source = match &args.configuration {
        ConfigArgs { config: Some(file), .. } => Source::File(file.clone()),
        ConfigArgs { isolated: true, .. } => Source::Isolated,
        ConfigArgs { .. } => Source::Discovered,
    };
    let arguments: Vec<_> = std::env::args_os().collect();
    let named = |path: &PathBuf| DictionarySource::named(&path.to_string_lossy(), Path::new(""));
    let register = if source == Source::Isolated { None } else { own_register::register() };
    Configurations::new(source)
        .trusting(args.configuration.trust_config)
        .today(today())
        .register(register)
        .command_line(CommandLine {
            dictionaries: args.files.iter().map(named).collect(),
            no_builtin: args.no_builtin,
            lang: help::asked(&arguments),
            ..line
        })
}

/// The configurations of files that are named without a command.
pub(crate) fn as_found() -> Configurations {
    Configurations::new(Source::Discovered).today(today()).register(own_register::register())
}

/// The settings that hold in the working folder.
pub(crate) fn here(configurations: &mut Configurations) -> Result<Arc<Settings>, Failure> {
    // A file that need not be there: settings are those of files.
    Ok(configurations.for_path(Path::new("-"))?)
}

/// The linter for `settings`; what was noticed in its dictionaries is said on standard error.
pub(crate) fn linter(
    configurations: &mut Configurations,
    settings: &Arc<Settings>,
    lang: Lang,
) -> Result<Arc<Linter>, Failure> {
    let linter = configurations.linter(settings)?;
    for notice in configurations.take_notices() {
        failure::print_note(&notice, lang);
    }
    if linter.termbase().dictionaries().is_empty() {
        return Err(Text::new(
            "没有加载任何词典：用 --dict 给出一部，或去掉 --no-builtin 和配置里的 builtin:none",
            "no dictionary is loaded: give one with --dict, or leave out --no-builtin and builtin:none",
        )
        .into());
    }
    Ok(linter)
}

/// Today, where the documents are.
pub fn today() -> Option<Date> {
    let since_epoch = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?;
    // The documents are Chinese official texts; their day begins in Beijing.
    let seconds = since_epoch.as_secs() + 8 * 3_600;
    Date::from_unix_days(i64::try_from(seconds / 86_400).ok()?)
}

/// The names without white space, if each is a rule or a family.
pub(crate) fn known_rules(names: &[String]) -> Result<Vec<String>, Text> {
    let names: Vec<String> =
        names.iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
    let known = known_names();
    match names.iter().find(|name| !known.contains(name)) {
        None => Ok(names),
        Some(name) => Err(options::unknown(("规则或类别", "rule or family"), name, &known)),
    }
}
