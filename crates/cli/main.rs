//! The program `zhengming`.

use std::process::ExitCode;

use zhengming_cli::caged;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    if let Some(status) = caged::inside(&arguments) {
        return status;
    }
    caged::close();
    ExitCode::from(zhengming_cli::run(&arguments))
}
