//! What an interrupted run leaves behind: files that are whole, no temporary ones, and a word on how far it came.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, Once, OnceLock, PoisonError};

use tempfile::{NamedTempFile, PersistError};
use zhengming::{Lang, Text};

use crate::failure;

/// The status of a program that Ctrl-C ended, as shells have it.
const INTERRUPTED: i32 = 130;

/// Files on their way. Whoever ends the program holds it, so that no file is put in its place any more.
static FILES: Mutex<Files> = Mutex::new(Files { temporary: Vec::new(), engines: Vec::new(), written: 0 });
static LISTENING: Once = Once::new();
/// Set while documents are mended.
static MENDING: OnceLock<Lang> = OnceLock::new();

struct Files {
    temporary: Vec<PathBuf>,
    /// Groups of processes, each with the folder in which it works.
    engines: Vec<(u32, PathBuf)>,
    written: usize,
}

/// From now on an interrupted run says how many documents it mended.
pub(crate) fn mending(lang: Lang) {
    let _ = MENDING.set(lang);
}

/// A temporary file that goes away if the run is interrupted.
pub(crate) fn temporary(make: impl FnOnce() -> io::Result<NamedTempFile>) -> io::Result<NamedTempFile> {
    // Where signals cannot be heard the program ends as programs do.
    LISTENING.call_once(|| drop(ctrlc::set_handler(end)));
    let mut files = files();
    let file = make()?;
    files.temporary.push(file.path().to_owned());
    Ok(file)
}

/// Puts a temporary file in its place, unless the run was interrupted before.
pub(crate) fn persist(file: NamedTempFile, path: &Path) -> Result<(), PersistError> {
    let mut files = files();
    files.temporary.retain(|one| one != file.path());
    file.persist(path)?;
    files.written += 1;
    Ok(())
}

/// An engine at work, which is stopped and of which nothing is left if the run is interrupted.
pub(crate) fn engine(group: u32, folder: &Path) {
    LISTENING.call_once(|| drop(ctrlc::set_handler(end)));
    files().engines.push((group, folder.to_owned()));
}

/// The engine has ended.
pub(crate) fn ended(group: u32) {
    files().engines.retain(|(one, _)| *one != group);
}

/// Stops a group of processes.
pub(crate) fn stop(group: u32) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(group).ok().and_then(rustix::process::Pid::from_raw) {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    #[cfg(not(unix))]
    let _ = group;
}

fn files() -> MutexGuard<'static, Files> {
    FILES.lock().unwrap_or_else(PoisonError::into_inner)
}

fn end() {
    let files = files();
    for path in &files.temporary {
        // It may be gone already; otherwise there is nobody left to tell.
        let _ = fs::remove_file(path);
    }
    for (group, folder) in &files.engines {
        stop(*group);
        // What is stopped may still write for a moment.
        let removed = (0..20).any(|_| {
            std::thread::sleep(std::time::Duration::from_millis(20));
            fs::remove_dir_all(folder).is_ok() || !folder.exists()
        });
        let _ = removed;
    }
    if let Some(lang) = MENDING.get() {
        let written = files.written;
        let note = Text::new(
            format!("已中断：改好了 {written} 个文件，其余文件没有改动；再运行一次可接着修改"),
            format!(
                "interrupted: {written} files were mended, all others are as they were; run it again to go on"
            ),
        );
        failure::print_note(&note, *lang);
    }
    std::process::exit(INTERRUPTED);
}
