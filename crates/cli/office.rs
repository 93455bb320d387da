//! Binary files of old Word, Excel and WPS, converted by an installed LibreOffice.

use std::path::{Path, PathBuf};
use std::process::{Child, ExitStatus, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use zhengming::{Document, Text};
use zhengming_formats::encoding::Named;
use zhengming_formats::{Format, ReadError, ole};

use crate::{cage, failure, interrupt};

/// Names LibreOffice, where it is not found by itself.
const VARIABLE: &str = "ZHENGMING_SOFFICE";

/// A conversion that takes longer has gone wrong.
const LIMIT: Duration = Duration::from_secs(120);

/// One conversion at a time: each takes a few hundred megabytes.
static TURN: Mutex<()> = Mutex::new(());

/// Reads a document; one in an old binary format is converted first.
///
/// # Errors
/// If it cannot be read, or LibreOffice is not there to convert it.
pub fn read(name: &str, bytes: &[u8]) -> Result<Document, Text> {
    read_in(name, bytes, None)
}

/// The same where somebody said which `encoding` texts are in.
pub(crate) fn read_in(name: &str, bytes: &[u8], encoding: Option<Named>) -> Result<Document, Text> {
    let read = match zhengming_formats::read_in(name, bytes, encoding) {
        Err(ReadError::Legacy) => zhengming_formats::read(name, &converted(bytes)?),
        read => read,
    };
    read.map(Document::from).map_err(|error| error.text())
}

/// The file as DOCX or XLSX.
fn converted(bytes: &[u8]) -> Result<Vec<u8>, Text> {
    let kind = Kind::of(bytes)?;
    let Some(program) = program() else {
        let legacy = ReadError::Legacy.text();
        return Err(Text::new(
            format!(
                "{}；或安装 LibreOffice，由本程序自动转换（也可用环境变量 {VARIABLE} 指明 soffice）",
                legacy.zh
            ),
            format!(
                "{}; or install LibreOffice, which converts it (or name soffice in {VARIABLE})",
                legacy.en
            ),
        ));
    };
    let _turn = TURN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let failed =
        |error: &std::io::Error| failure::io("LibreOffice 无法转换", "LibreOffice cannot convert it", error);
    let folder = private_folder().map_err(|error| failed(&error))?;
    write_profile(folder.path()).map_err(|error| failed(&error))?;
    let source = folder.path().join("document.doc");
    fs::write(&source, bytes).map_err(|error| failed(&error))?;
    let mut child = start(&program, folder.path(), &source, kind).map_err(|error| failed(&error))?;
    interrupt::engine(child.id(), folder.path());
    let ended = end_in_time(&mut child);
    interrupt::ended(child.id());
    let Some(status) = ended.map_err(|error| failed(&error))? else {
        return Err(Text::new(
            format!("LibreOffice 转换超过 {} 秒，已放弃", LIMIT.as_secs()),
            format!("LibreOffice took more than {} seconds and was stopped", LIMIT.as_secs()),
        ));
    };
    // It ends well, too, where it has written nothing.
    let converted = fs::read(source.with_extension(kind.ending())).ok().filter(|_| status.success());
    converted.ok_or_else(|| {
        Text::new(
            "LibreOffice 无法转换：文件已损坏、已加密或不是 Word、Excel、WPS 文件",
            "LibreOffice cannot convert it: damaged, encrypted, or no file of Word, Excel or WPS",
        )
    })
}

/// What an old file holds.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Text,
    Table,
}

impl Kind {
    fn of(bytes: &[u8]) -> Result<Self, Text> {
        let has = |name: &str| ole::holds_stream(bytes, name);
        if !has("WordDocument") && has("PowerPoint Document") {
            return Err(Text::new(
                "演示文稿无法检查，请先把文字另存为文本",
                "presentations cannot be checked: save their text first",
            ));
        }
        Ok(if !has("WordDocument") && (has("Workbook") || has("Book")) { Self::Table } else { Self::Text })
    }

    fn ending(self) -> &'static str {
        match self {
            Self::Text => Format::Docx.name(),
            Self::Table => Format::Xlsx.name(),
        }
    }
}

/// LibreOffice, if it is installed.
fn program() -> Option<PathBuf> {
    if let Some(named) = env::var_os(VARIABLE) {
        return Some(PathBuf::from(named)).filter(|path| path.is_file());
    }
    let names = ["soffice", "libreoffice", "soffice.exe"];
    let folders = env::var_os("PATH").unwrap_or_default();
    let usual = ["/Applications/LibreOffice.app/Contents/MacOS", r"C:\Program Files\LibreOffice\program"];
    let folders = env::split_paths(&folders).chain(usual.map(PathBuf::from));
    folders.flat_map(|folder| names.map(|name| folder.join(name))).find(|path| path.is_file())
}

/// A folder that nobody else can look into.
fn private_folder() -> std::io::Result<tempfile::TempDir> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.prefix("zhengming-").tempdir()
}

/// What LibreOffice may do with a document from anybody: no macros, no objects that run, nothing fetched from outside,
/// no links followed. `0` is “never” for the links of texts; the proxy of kind 2 is the one named here.
const PROFILE: [(&str, &str, &str); 11] = [
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Misc", "FirstRun", "false"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
];

fn write_profile(folder: &Path) -> std::io::Result<()> {
    let user = folder.join("profile").join("user");
    fs::create_dir_all(&user)?;
    let items: String = PROFILE
        .iter()
        .map(|(path, name, value)| {
            format!(
                "<item oor:path=\"/org.openoffice.{path}\"><prop oor:name=\"{name}\" oor:op=\"fuse\"><value>{value}</value></prop></item>\n"
            )
        })
        .collect();
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<oor:items xmlns:oor=\"http://openoffice.org/2001/registry\" xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n{items}</oor:items>\n"
    );
    fs::write(user.join("registrymodifications.xcu"), text)
}

/// Starts the conversion with a profile of its own, so that it meets no running office.
fn start(program: &Path, folder: &Path, source: &Path, kind: Kind) -> std::io::Result<Child> {
    let profile = format!("-env:UserInstallation={}", file_url(&folder.join("profile")));
    let mut command = cage::office(program);
    command
        .arg(profile)
        .args(["--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"])
        .args(["--convert-to", kind.ending(), "--outdir"])
        .args([folder, source])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    // The program is a script that starts others; they are stopped together.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command.spawn()
}

/// The address of a file, in which blanks and characters beyond ASCII are escaped.
fn file_url(path: &Path) -> String {
    // A drive of Windows comes after one more stroke.
    let mut url = String::from(if path.starts_with("/") { "file://" } else { "file:///" });
    for &byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'\\' if cfg!(windows) => url.push('/'),
            b':' if cfg!(windows) => url.push(':'),
            b'/' | b'-' | b'.' | b'_' | b'~' => url.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => url.push(char::from(byte)),
            _ => url.push_str(&format!("%{byte:02X}")),
        }
    }
    url
}

/// Waits for the end; stops what takes too long.
fn end_in_time(child: &mut Child) -> std::io::Result<Option<ExitStatus>> {
    let start = Instant::now();
    while start.elapsed() < LIMIT {
        match child.try_wait()? {
            None => thread::sleep(Duration::from_millis(50)),
            status => return Ok(status),
        }
    }
    interrupt::stop(child.id());
    drop(child.kill());
    drop(child.wait());
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn addresses_of_files_are_escaped() {
        assert_eq!(file_url(Path::new("/a-1/b")), "file:///a-1/b");
        assert_eq!(file_url(Path::new("/甲 %/b")), "file:///%E7%94%B2%20%25/b");
    }
}
