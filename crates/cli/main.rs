//! The program `zhengming`: arguments in, reports out, one exit status.

mod args;
mod check;
mod collect;
mod dictionary;
mod facts;
mod failure;
mod fix;
mod output;
mod show;
mod standards;
mod terms;

use std::io;
use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};
use failure::Failure;

/// Findings at or above the threshold.
const FOUND: u8 = 1;
/// The job could not be done.
const FAILED: u8 = 2;

fn main() -> ExitCode {
    let args = Args::parse();
    let lang = args.lang.into();
    let result = match args.command {
        Command::Check(check) => check::run(&check, lang),
        Command::Rules => show::rules(lang),
        Command::Explain { rule } => show::explain(&rule, lang),
        Command::Terms { command } => terms::terms(&command, lang),
        Command::Facts(args) => facts::run(&args, lang),
        Command::Standards { query } => standards::run(&query, lang),
        Command::Dict { command } => dictionary::run(&command, lang),
    };
    match result {
        Ok(code) => ExitCode::from(code),
        // Whoever reads our output has seen enough.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            failure.print(lang);
            ExitCode::from(FAILED)
        }
    }
}
