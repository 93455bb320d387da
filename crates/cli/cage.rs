//! Foreign engines run in a process of their own: what they read may be made to break them.
//!
//! The program starts itself again with a hidden first argument. Such a process has less memory and time than the
//! machine has, ends with the process that started it, and can do no more than give a wrong answer or none.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};
use std::sync::OnceLock;

/// Begins a process that reads PDF files.
pub(crate) const READ_PDF: &str = "__read-pdf";
/// Begins a process that becomes another program, within limits.
pub(crate) const RUN: &str = "__run";

/// The address space of a process that reads PDF files. The largest file, copied once, takes 384 MiB of it.
pub(crate) const MEMORY_OF_PDF: u64 = 1536 << 20;
/// The address space of an office program, of which it uses a fraction.
const MEMORY_OF_OFFICE: u64 = 6 << 30;
/// Seconds of processor time that an office program may take for a document.
const SECONDS_OF_OFFICE: u64 = 120;

/// This program, if it may start itself again.
static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// From now on engines run in processes of their own. Only the program itself may ask for that: in the process of
/// another one, such as Python, starting “itself” would start that.
pub(crate) fn close() {
    if let Ok(program) = std::env::current_exe() {
        let _ = PROGRAM.set(program);
    }
}

/// The command for a process that reads PDF files; nothing where the program may not start itself.
pub(crate) fn pdf() -> Option<Command> {
    let mut command = Command::new(PROGRAM.get()?);
    command.arg(READ_PDF).stderr(Stdio::null());
    Some(command)
}

/// The command for an office program: within limits, where the program may start itself, and without a network, where
/// the system lets it.
pub(crate) fn office(program: &std::path::Path) -> Command {
    let mut command = match PROGRAM.get() {
        Some(own) => {
            let mut command = Command::new(own);
            command.arg(RUN).args(without_network()).arg(program);
            command
        }
        None => Command::new(program),
    };
    // Where the network cannot be taken away, there is none behind this address.
    for variable in ["http_proxy", "https_proxy", "ftp_proxy", "HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY"] {
        command.env(variable, "http://127.0.0.1:9");
    }
    command.env_remove("no_proxy").env_remove("NO_PROXY");
    command
}

/// The words before a command that take its network away, and end whatever it started with it; none where the system
/// does not let us.
fn without_network() -> &'static [&'static str] {
    const AS_ROOT: [&str; 5] = ["unshare", "--net", "--pid", "--fork", "--kill-child"];
    const AS_USER: [&str; 6] = ["unshare", "--map-root-user", "--net", "--pid", "--fork", "--kill-child"];
    static WORDS: OnceLock<&'static [&'static str]> = OnceLock::new();
    WORDS.get_or_init(|| {
        let works = |words: &[&str]| {
            let mut command = Command::new(words[0]);
            command.args(&words[1..]).arg("true");
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            command.status().is_ok_and(|status| status.success())
        };
        [&AS_ROOT[..], &AS_USER].into_iter().find(|words| works(words)).unwrap_or_default()
    })
}

/// Becomes the program that the arguments name.
#[cfg(unix)]
pub(crate) fn become_office(arguments: &[OsString]) -> ExitCode {
    use std::os::unix::process::CommandExt;
    limit(Some(MEMORY_OF_OFFICE), Some(SECONDS_OF_OFFICE));
    if let [program, arguments @ ..] = arguments {
        // Comes back only where there is no such program.
        let _ = Command::new(program).args(arguments).exec();
    }
    ExitCode::from(crate::FAILED)
}

#[cfg(not(unix))]
pub(crate) fn become_office(arguments: &[OsString]) -> ExitCode {
    let [program, arguments @ ..] = arguments else { return ExitCode::from(crate::FAILED) };
    let ended = Command::new(program).args(arguments).status();
    if ended.is_ok_and(|status| status.success()) { ExitCode::SUCCESS } else { ExitCode::from(crate::FAILED) }
}

/// Limits this process, and has it end with the one that started it. What the system does not know is left out.
#[cfg(unix)]
pub(crate) fn limit(memory: Option<u64>, seconds: Option<u64>) {
    use rustix::process::{Resource, Rlimit, setrlimit};
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
    let most = |resource, value: u64| {
        // Less may hold already.
        let held = rustix::process::getrlimit(resource);
        let value = held.maximum.map_or(value, |held| held.min(value));
        let _ = setrlimit(resource, Rlimit { current: Some(value), maximum: Some(value) });
    };
    most(Resource::Core, 0);
    // macOS takes no such limit.
    #[cfg(not(target_vendor = "apple"))]
    memory.into_iter().for_each(|memory| most(Resource::As, memory));
    #[cfg(target_vendor = "apple")]
    let _ = memory;
    seconds.into_iter().for_each(|seconds| most(Resource::Cpu, seconds));
}

#[cfg(not(unix))]
pub(crate) fn limit(_memory: Option<u64>, _seconds: Option<u64>) {}
