//! The program `zhengming`.

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    ExitCode::from(zhengming_cli::run(&arguments))
}
