//! The program `zhengming`: arguments in, reports out, one exit status.
//!
//! A library, so that the Python package runs the same command; embedders use the crate `zhengming`.

mod annotate;
mod args;
mod baseline;
mod batch;
mod cache;
mod cage;
pub mod caged;
mod check;
mod collect;
mod command;
mod completions;
mod configure;
mod dictionary;
mod drop;
#[cfg(feature = "pdf")]
mod engine;
mod facts;
mod failure;
mod fix;
mod git;
mod help;
mod hook;
mod init;
mod interrupt;
mod lsp;
mod mcp;
mod office;
mod output;
mod own_register;
mod progress;
mod report;
mod show;
mod standards;
mod summarize;
mod terms;

use std::ffi::OsString;
use std::io::{self, Write};

use clap::{CommandFactory, FromArgMatches};

use zhengming::Lang;

use command::{Args, Command};
use failure::Failure;

pub use configure::today;
pub use office::read as read_document;

/// Findings at or above the threshold.
const FOUND: u8 = 1;
/// The job could not be done.
const FAILED: u8 = 2;

/// Runs the command line (the program's name first) and gives its exit status.
pub fn run(arguments: &[OsString]) -> u8 {
    let lang = help::language(arguments);
    if let Some(paths) = drop::paths(arguments, &Args::command()) {
        return if arguments.iter().any(drop::asks_for_help) {
            parse(&["zhengming".into(), "--help".into()], lang).err().unwrap_or_default()
        } else {
            drop::run(&paths, lang)
        };
    }
    let args = match parse(arguments, lang) {
        Ok(args) => args,
        Err(code) => return code,
    };
    ended(obey(args.command, lang), lang)
}

/// Does what a command says.
fn obey(command: Command, lang: Lang) -> Result<u8, Failure> {
    match command {
        Command::Check(check) => check::run(&check, lang),
        Command::Annotate(args) => annotate::run(&args, lang),
        Command::Report(args) => report::run(&args, lang),
        Command::Summarize(args) => summarize::summarize(&args, lang),
        Command::Reduce(args) => summarize::reduce(&args, lang),
        Command::Rules(args) => show::rules(&args, lang),
        Command::Init(args) => init::run(&args, lang),
        Command::Completions(args) => completions::completions(&args, Args::command(), lang),
        Command::Schema => completions::schema(),
        Command::Man(args) => completions::man(&args, Args::command(), lang),
        Command::Explain { rule } => show::explain(&rule, lang),
        Command::Terms { command } => terms::terms(&command, lang),
        Command::Facts(args) => facts::run(&args, lang),
        Command::Hook { command } => hook::run(&command, lang),
        Command::Standards(args) => standards::run(&args, lang),
        Command::Lsp(args) => lsp::run(&args, lang),
        Command::Mcp(args) => mcp::run(&args, lang),
        Command::Dict { command } => dictionary::run(&command, lang),
    }
}

/// The exit status of a command that has ended; a failure is told.
fn ended(result: Result<u8, Failure>, lang: Lang) -> u8 {
    match result {
        Ok(code) => code,
        // Whoever reads our output has seen enough.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => 0,
        Err(failure) => {
            failure.print(lang);
            FAILED
        }
    }
}

/// The arguments; else the exit status after help, version or a usage error was printed.
fn parse(arguments: &[OsString], lang: Lang) -> Result<Args, u8> {
    let mut command = help::localized(Args::command(), lang);
    let matches = command.try_get_matches_from_mut(arguments);
    matches.and_then(|mut matches| Args::from_arg_matches_mut(&mut matches)).map_err(|error| {
        if let Some(text) = help::usage_error(&error, lang) {
            drop(io::stderr().write_all(text.as_bytes()));
        } else if let Some(text) = help::help_text(&error, lang, output::has_colour()) {
            drop(io::stdout().write_all(text.as_bytes()));
        } else {
            drop(error.print());
        }
        if error.use_stderr() { FAILED } else { 0 }
    })
}
