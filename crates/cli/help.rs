//! Help and usage errors in one of the two languages: every text of the command line is written as
//! `中文 || English`, and one half is chosen before it is parsed.

use std::env;
use std::ffi::OsString;

use clap::builder::{PossibleValue, StyledStr};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command};
use zhengming::Lang;
use zhengming_text::message::reason_zh;

/// What stands between the two halves of a text.
const BETWEEN: &str = " || ";

/// The language that `--lang` asks for, else the locale, else Chinese.
pub(crate) fn language(arguments: &[OsString]) -> Lang {
    asked(arguments).unwrap_or_else(of_locale)
}

/// The language of `--lang en` or `--lang=en`, wherever it stands: help is written before the arguments
/// are parsed.
pub(crate) fn asked(arguments: &[OsString]) -> Option<Lang> {
    let mut arguments = arguments.iter().skip(1).map(|argument| argument.to_string_lossy());
    let mut found = None;
    while let Some(argument) = arguments.next() {
        let value = match argument.split_once('=') {
            Some(("--lang", value)) => value.to_owned(),
            None if argument == "--lang" => arguments.next()?.into_owned(),
            None if argument == "--" => break,
            _ => continue,
        };
        found = match value.as_str() {
            "zh" => Some(Lang::Zh),
            "en" => Some(Lang::En),
            _ => found,
        };
    }
    found
}

/// The language of the system. A locale that names no language (`C`, `POSIX`) says nothing.
pub(crate) fn of_locale() -> Lang {
    let named = |name| env::var(name).ok().filter(|value: &String| !value.is_empty());
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(named);
    locale.map_or(Lang::Zh, |locale| of_name(&locale))
}

fn of_name(locale: &str) -> Lang {
    match locale.split(['_', '-', '.', '@']).next().unwrap_or_default() {
        "zh" | "yue" | "C" | "POSIX" | "" => Lang::Zh,
        _ => Lang::En,
    }
}

/// The half of `中文 || English` in `lang`; a text without halves is shown as it is.
fn half(text: &StyledStr, lang: Lang) -> String {
    let text = text.to_string();
    match text.split_once(BETWEEN) {
        Some((zh, en)) => if lang == Lang::Zh { zh } else { en }.trim().to_owned(),
        None => text,
    }
}

/// The command with all its texts, headings and standard options in `lang`.
pub(crate) fn localized(command: Command, lang: Lang) -> Command {
    let command = with_texts(command, lang);
    if lang == Lang::En { with_standard_arguments(command, lang) } else { in_chinese(command) }
}

/// Chooses the halves of all texts.
fn with_texts(mut command: Command, lang: Lang) -> Command {
    if let Some(text) = command.get_about().cloned() {
        command = command.about(half(&text, lang));
    }
    if let Some(text) = command.get_long_about().cloned() {
        command = command.long_about(half(&text, lang));
    }
    if let Some(text) = command.get_after_help().cloned() {
        command = command.after_help(half(&text, lang));
    }
    if let Some(text) = command.get_after_long_help().cloned() {
        command = command.after_long_help(half(&text, lang));
    }
    command
        .mut_args(|mut argument| {
            if let Some(text) = argument.get_help().cloned() {
                argument = argument.help(half(&text, lang));
            }
            if let Some(text) = argument.get_long_help().cloned() {
                argument = argument.long_help(half(&text, lang));
            }
            argument
        })
        .mut_subcommands(|subcommand| with_texts(subcommand, lang))
}

/// `-h` and, for the program itself, `-V`, with help of our own.
fn with_standard_arguments(command: Command, lang: Lang) -> Command {
    let (help, version) = match lang {
        Lang::Zh => ("显示帮助（-h 为简要）", "显示版本"),
        Lang::En => ("Print help (see a summary with -h)", "Print version"),
    };
    let mut command = command.disable_help_flag(true).disable_version_flag(true);
    if command.get_version().is_some() {
        command = command
            .arg(Arg::new("version").short('V').long("version").action(ArgAction::Version).help(version));
    }
    command
        .arg(Arg::new("help").short('h').long("help").action(ArgAction::Help).help(help))
        .mut_subcommands(|subcommand| with_standard_arguments(subcommand, lang))
}

/// clap's own headings and remarks are English: they are replaced by headings and remarks of our own.
fn in_chinese(command: Command) -> Command {
    fn rewritten(command: Command) -> Command {
        let header = command.get_styles().get_header();
        let usage = format!("{header}用法:{header:#}");
        command
            .help_template(format!(
                "{{before-help}}{{about-with-newline}}\n{usage} {{usage}}\n\n{{all-args}}{{after-help}}"
            ))
            .subcommand_help_heading("命令")
            .subcommand_value_name("命令")
            .mut_args(|argument| {
                let heading = if argument.is_positional() { "参数" } else { "选项" };
                with_value_name(with_remarks(argument)).help_heading(heading)
            })
            .mut_subcommands(rewritten)
    }
    rewritten(with_standard_arguments(command, Lang::Zh))
}

/// What stands for the value of an argument, in Chinese.
fn with_value_name(argument: Arg) -> Arg {
    if !argument.get_action().takes_values() {
        return argument;
    }
    let named = argument.get_value_names().and_then(|names| names.first()).map(ToString::to_string);
    let name = named.unwrap_or_else(|| argument.get_id().as_str().to_uppercase());
    let zh = match name.as_str() {
        "FILE" | "FILES" => "文件",
        "PATHS" => "文件或文件夹",
        "RULE" => "规则",
        "LEVEL" | "MIN_SEVERITY" | "FAIL_ON" => "级别",
        "DATE" => "日期",
        "N" => "数",
        "FORMAT" | "TO" => "格式",
        "NAME" => "名称",
        "REV" => "版本",
        "LANG" => "语言",
        "LAYOUT" => "版式",
        "TERM" => "词",
        "TITLE" => "题名",
        "COLOR" => "何时",
        "QUERY" => "标准",
        "OLD" => "旧版",
        "NEW" => "新版",
        "FOLDER" | "OUTPUT" => "文件夹",
        _ => return argument,
    };
    argument.value_name(zh)
}

/// Help in Chinese, with what clap says in English put right. Nothing, if it is no help.
pub(crate) fn help_text(error: &clap::Error, lang: Lang, with_colour: bool) -> Option<String> {
    let is_help = error.kind() == ErrorKind::DisplayHelp;
    let text = error.render();
    let text = if with_colour { text.ansi().to_string() } else { text.to_string() };
    (is_help && lang == Lang::Zh).then(|| text.replace("[OPTIONS]", "[选项]"))
}

/// The default and the values of an argument in Chinese.
fn with_remarks(argument: Arg) -> Arg {
    let mut remarks = String::new();
    let defaults: Vec<_> =
        argument.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    let takes_value = argument.get_action().takes_values();
    if takes_value && !defaults.is_empty() && !argument.is_hide_default_value_set() {
        remarks += &format!(" [缺省: {}]", defaults.join(" "));
    }
    let values = argument.get_possible_values();
    if takes_value && !values.is_empty() && !argument.is_hide_possible_values_set() {
        let names: Vec<_> = values.iter().map(PossibleValue::get_name).collect();
        remarks += &format!(" [可用: {}]", names.join(", "));
    }
    if remarks.is_empty() {
        return argument;
    }
    let help = argument.get_help().map(|help| format!("{help}{remarks}"));
    let long = argument.get_long_help().map(|help| format!("{help}{remarks}"));
    let mut argument = argument.hide_default_value(true).hide_possible_values(true);
    if let Some(help) = help {
        argument = argument.help(help);
    }
    if let Some(long) = long {
        argument = argument.long_help(long);
    }
    argument
}

/// A usage error in `lang`. Help and version are no errors and come back as nothing: clap prints them.
pub(crate) fn usage_error(error: &clap::Error, lang: Lang) -> Option<String> {
    if lang == Lang::En || !error.use_stderr() {
        return None;
    }
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join("、")),
        Some(ContextValue::StyledStr(text)) => Some(text.to_string()),
        Some(ContextValue::StyledStrs(texts)) => {
            Some(texts.iter().map(ToString::to_string).collect::<Vec<_>>().join("、"))
        }
        Some(ContextValue::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    let argument = text(ContextKind::InvalidArg).unwrap_or_default();
    let value = text(ContextKind::InvalidValue).unwrap_or_default();
    let mut message = match error.kind() {
        ErrorKind::UnknownArgument => format!("没有选项或参数“{argument}”"),
        ErrorKind::InvalidSubcommand => {
            format!("没有命令“{}”", text(ContextKind::InvalidSubcommand).unwrap_or_default())
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 后面缺一个值"),
        ErrorKind::InvalidValue => format!("{argument} 的值“{value}”不可用"),
        ErrorKind::ValueValidation => format!("{argument} 的值“{value}”不对"),
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::MissingSubcommand => "缺少命令".to_owned(),
        ErrorKind::ArgumentConflict => match text(ContextKind::PriorArg) {
            Some(other) if other != argument => format!("{argument} 不能与 {other} 同时使用"),
            _ => format!("{argument} 不能重复给出"),
        },
        ErrorKind::TooManyValues => format!("{argument} 不接受“{value}”：值太多"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => format!("{argument} 的值的个数不对"),
        ErrorKind::NoEquals => format!("{argument} 的值要用等号连接"),
        _ => return None,
    };
    if error.kind() == ErrorKind::ValueValidation
        && let Some(cause) = std::error::Error::source(error)
    {
        message += &format!("：{}", value_reason(&cause.to_string()));
    }
    let valid = text(ContextKind::ValidValue).or_else(|| text(ContextKind::ValidSubcommand));
    if let Some(valid) = valid.filter(|valid| !valid.is_empty()) {
        message += &format!("；可用：{valid}");
    }
    let near = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedCommand,
    ];
    // Several are in the order of likeness, the nearest last.
    if let Some(near) = near.into_iter().find_map(text)
        && let Some(near) = near.rsplit('、').next()
    {
        message += &format!("；是不是“{near}”？");
    }
    let usage = text(ContextKind::Usage).map_or(String::new(), |usage| {
        let usage = usage.trim();
        let usage = usage.strip_prefix("Usage:").unwrap_or(usage).trim();
        format!("\n\n用法: {}", usage.replace("[OPTIONS]", "[选项]"))
    });
    Some(format!("错误：{message}{usage}\n\n更多说明见 --help\n"))
}

/// Why a value is refused: our own parsers say it in English, as clap has it.
fn value_reason(english: &str) -> String {
    if english.ends_with("is not a date of the form YYYY-MM-DD") {
        return "应为 2026-01-31 这样的日期".to_owned();
    }
    match english.split_once(", expected one of ") {
        Some((_, known)) => format!("可用的有{}", known.replace(", ", "、")),
        None => reason_zh(english),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::command::Args;

    fn has_han(text: &str) -> bool {
        text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
    }

    /// Every text of the command and of those below it, each with the place it belongs to.
    fn texts(command: &Command, path: &str, out: &mut Vec<(String, Option<String>)>) {
        let path = format!("{path} {}", command.get_name());
        out.push((path.clone(), command.get_about().map(ToString::to_string)));
        for text in [command.get_long_about(), command.get_after_help(), command.get_after_long_help()]
            .into_iter()
            .flatten()
        {
            out.push((path.clone(), Some(text.to_string())));
        }
        for argument in command.get_arguments() {
            let place = format!("{path} {}", argument.get_id());
            out.push((place.clone(), argument.get_help().map(ToString::to_string)));
            if let Some(long) = argument.get_long_help() {
                out.push((place.clone(), Some(long.to_string())));
            }
            for value in argument.get_possible_values() {
                assert!(value.get_help().is_none(), "{place} {}: only one language", value.get_name());
            }
        }
        for subcommand in command.get_subcommands() {
            texts(subcommand, &path, out);
        }
    }

    #[test]
    fn every_text_of_the_command_line_has_both_halves() {
        let mut all = Vec::new();
        texts(&Args::command(), "", &mut all);
        let mut bad = Vec::new();
        for (place, text) in all {
            let halves = text.as_deref().and_then(|text| text.split_once(BETWEEN));
            match halves {
                Some((zh, en)) if has_han(zh) && en.chars().any(|c| c.is_ascii_alphabetic()) => {}
                _ => bad.push(format!("{place}: {text:?}")),
            }
        }
        assert!(bad.is_empty(), "not `中文 || English`:\n{}", bad.join("\n"));
    }

    #[test]
    fn help_is_in_one_language_only() {
        fn walk(command: &mut Command, lang: Lang) {
            let help = command.render_long_help().to_string();
            assert!(!help.contains(BETWEEN), "{help}");
            match lang {
                Lang::Zh => {
                    for english in
                        ["Usage:", "Options:", "Commands:", "Arguments:", "Print help", "[default:"]
                    {
                        assert!(!help.contains(english), "{english} in:\n{help}");
                    }
                }
                Lang::En => assert!(help.contains("Usage:") && !help.contains("用法"), "{help}"),
            }
            for subcommand in command.get_subcommands_mut() {
                walk(subcommand, lang);
            }
        }
        for lang in [Lang::Zh, Lang::En] {
            let mut command = localized(Args::command(), lang);
            command.build();
            walk(&mut command, lang);
        }
    }

    #[test]
    fn usage_errors_name_the_value_and_the_way_out() {
        for (arguments, expected) in [
            (&["zhengming", "chekc"][..], "没有命令“chekc”；是不是“check”？"),
            (&["zhengming", "check", "--formt", "json"], "没有选项或参数“--formt”；是不是“--format”？"),
            (&["zhengming", "check", "--color", "sometimes"], "“sometimes”不可用；可用：auto、always、never"),
            (&["zhengming", "check", "--as-of", "yesterday"], "“yesterday”不对：应为 2026-01-31 这样的日期"),
            (&["zhengming", "check", "--threads", "two"], "“two”不对：应为整数"),
            (&["zhengming", "check", "--format", "xml"], "“xml”不对：可用的有pretty、concise、"),
            (&["zhengming", "check", "--baseline"], "后面缺一个值\n"),
            (&["zhengming", "facts"], "缺少"),
        ] {
            let error = localized(Args::command(), Lang::Zh).try_get_matches_from(arguments).unwrap_err();
            let message = usage_error(&error, Lang::Zh).unwrap();
            assert!(message.contains(expected), "{message}");
            assert!(!message.contains("Usage") && message.starts_with("错误："), "{message}");
        }
    }

    #[test]
    fn the_language_is_asked_for_or_the_locales() {
        let words = |text: &str| text.split(' ').map(OsString::from).collect::<Vec<_>>();
        assert_eq!(asked(&words("zhengming --lang en check")), Some(Lang::En));
        assert_eq!(asked(&words("zhengming check --lang=zh")), Some(Lang::Zh));
        assert_eq!(asked(&words("zhengming check -- --lang en")), None);
        assert_eq!(asked(&words("zhengming check --lang")), None);
        for (locale, lang) in [
            ("zh_CN.UTF-8", Lang::Zh),
            ("C.UTF-8", Lang::Zh),
            ("POSIX", Lang::Zh),
            ("en_US.UTF-8", Lang::En),
            ("de_DE@euro", Lang::En),
        ] {
            assert_eq!(of_name(locale), lang, "{locale}");
        }
    }

    #[test]
    fn every_rule_has_its_summary_and_page_in_both_languages() {
        for meta in zhengming_report::metas() {
            let id = meta.id;
            let summary = meta.summary(Lang::En);
            let letters = summary.chars().filter(char::is_ascii_alphabetic).count();
            // English texts may name Chinese words.
            let han = summary.chars().filter(|&c| has_han(c.encode_utf8(&mut [0; 4]))).count();
            assert!(has_han(meta.summary(Lang::Zh)) && letters > 2 * han, "{id}");
            assert!(
                meta.page(Lang::Zh).contains("## 为什么") && meta.page(Lang::En).contains("## Why"),
                "{id}"
            );
        }
    }
}
