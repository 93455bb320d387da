//! `workspace/executeCommand`: what changes files that need not be open.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use lsp_types::request::ApplyWorkspaceEdit;
use lsp_types::{ApplyWorkspaceEditParams, ExecuteCommandParams, MessageType, TextEdit, Uri};
use serde::Deserialize;
use serde_json::Value;
use zhengming::core::message::quoted;
use zhengming::{Span, Text};

use crate::client::Asked;
use crate::dispatch::Failure;
use crate::edits::{FileEdits, safe_edits, text_edit, workspace_edit};
use crate::server::Server;
use crate::{project, uri};

/// Applies all safe fixes of a text: `{ uri }`.
pub(crate) const FIX_ALL: &str = "zhengming.fixAll";
/// Never reports a word in the project again: `{ uri, term }`.
pub(crate) const ALLOW: &str = "zhengming.allow";
/// Adds a word to the project's dictionary: `{ uri, term, concept?, preferred? }`.
pub(crate) const ADD_TERM: &str = "zhengming.addTerm";

pub(crate) const ALL: [&str; 3] = [FIX_ALL, ALLOW, ADD_TERM];

#[derive(Deserialize)]
struct Argument {
    uri: Uri,
    #[serde(default)]
    term: String,
    concept: Option<String>,
    preferred: Option<String>,
}

pub(crate) fn execute(server: &mut Server, params: ExecuteCommandParams) -> Result<Option<Value>, Failure> {
    let argument = params.arguments.into_iter().next().unwrap_or_default();
    let argument: Argument =
        serde_json::from_value(argument).map_err(|error| Failure::Invalid(error.to_string()))?;
    match params.command.as_str() {
        FIX_ALL => fix_all(server, &argument.uri),
        ALLOW => allow(server, &argument)?,
        ADD_TERM => add_term(server, &argument)?,
        other => return Err(Failure::Invalid(format!("no command {other}"))),
    }
    Ok(None)
}

fn fix_all(server: &mut Server, uri: &Uri) {
    let Some((buffer, checked)) = server.checked(uri) else { return };
    let mapper = buffer.mapper(server.client.abilities.encoding);
    let edits: Vec<TextEdit> =
        safe_edits(checked.diagnostics()).into_iter().map(|edit| text_edit(&mapper, edit)).collect();
    if !edits.is_empty() {
        let edit = workspace_edit(&server.client.abilities, vec![FileEdits::of(buffer, edits)]);
        let label = Text::new("正名：自动修改", "zhengming: safe fixes").get(server.client.lang).to_owned();
        let params = ApplyWorkspaceEditParams { label: Some(label), edit };
        server.client.ask::<ApplyWorkspaceEdit>(params, Asked::Favour);
    }
}

fn allow(server: &mut Server, argument: &Argument) -> Result<(), Failure> {
    let term = wanted(argument)?;
    let config = configuration(server, &argument.uri)?;
    let text = current(server, &config)?;
    let new = project::allow(&text, term).map_err(|error| unreadable(&config, &error))?;
    if let Some(new) = new {
        change(server, &config, &text, &new)?;
    }
    let (word, file) = (quoted(term), config.display());
    done(server, &Text::new(format!("已允许{word}：{file}"), format!("`{term}` is allowed now: {file}")));
    Ok(())
}

fn add_term(server: &mut Server, argument: &Argument) -> Result<(), Failure> {
    let term = wanted(argument)?;
    let config = configuration(server, &argument.uri)?;
    let text = current(server, &config)?;
    let folder = config.parent().unwrap_or(Path::new("."));
    let (dictionary, new_config) =
        project::dictionary(&text, folder).map_err(|error| unreadable(&config, &error))?;
    let entries = current(server, &dictionary)?;
    let concept = argument.concept.as_deref().zip(argument.preferred.as_deref());
    let new = project::add_term(&entries, term, concept).map_err(|error| unreadable(&dictionary, &error))?;
    // The dictionary first: a configuration must not name a file that is not there.
    if let Some(new) = new {
        change(server, &dictionary, &entries, &new)?;
    }
    if let Some(new) = new_config {
        change(server, &config, &text, &new)?;
    }
    let (word, file) = (quoted(term), dictionary.display());
    done(server, &Text::new(format!("已加入词典：{word}（{file}）"), format!("`{term}` is in {file} now")));
    Ok(())
}

fn wanted(argument: &Argument) -> Result<&str, Failure> {
    match argument.term.trim() {
        "" => Err(Failure::Invalid("missing term".to_owned())),
        term => Ok(term),
    }
}

/// The configuration that holds for a document, or where it would be looked for.
fn configuration(server: &Server, uri: &Uri) -> Result<PathBuf, Failure> {
    let path = uri::to_path(uri);
    server.workspace.configuration(path.as_deref()).ok_or_else(|| {
        Failure::Refused(Text::new(
            "文稿还没有保存，也没有打开文件夹，不知道 zhengming.toml 该放在哪里",
            "the document is not saved and no folder is open, so there is no place for zhengming.toml",
        ))
    })
}

/// The text of a file: as it stands in the editor, else on the disk; empty if there is none.
fn current(server: &Server, path: &Path) -> Result<String, Failure> {
    if let Some(buffer) = uri::from_path(path).and_then(|uri| server.buffers.get(uri.as_str())) {
        return Ok(buffer.text.clone());
    }
    match fs::read_to_string(path) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(refused(path, "无法读取", "cannot be read", &error)),
    }
}

/// Puts the new text into the editor if the file is open there, where it counts once it is saved; else on the disk.
fn change(server: &mut Server, path: &Path, old: &str, new: &str) -> Result<(), Failure> {
    let uri = uri::from_path(path);
    if let Some(buffer) = uri.and_then(|uri| server.buffers.get(uri.as_str())) {
        let range = buffer.mapper(server.client.abilities.encoding).range(Span::new(0, old.len()));
        let edits = vec![TextEdit { range, new_text: new.to_owned() }];
        let edit = workspace_edit(&server.client.abilities, vec![FileEdits::of(buffer, edits)]);
        server
            .client
            .ask::<ApplyWorkspaceEdit>(ApplyWorkspaceEditParams { label: None, edit }, Asked::Favour);
        return Ok(());
    }
    write(path, new).map_err(|error| refused(path, "无法写入", "cannot be written", &error))?;
    server.files_changed(vec![path.to_owned()]);
    Ok(())
}

/// Through a temporary file beside it, so that nothing is left half-written.
fn write(path: &Path, text: &str) -> io::Result<()> {
    // A link stays a link: what it leads to is replaced.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = target.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    if let Ok(metadata) = fs::metadata(&target) {
        file.as_file().set_permissions(metadata.permissions())?;
    }
    file.persist(&target).map(drop).map_err(|error| error.error)
}

fn done(server: &Server, text: &Text) {
    server.client.show(MessageType::INFO, text.get(server.client.lang));
}

fn unreadable(path: &Path, error: &toml_edit::TomlError) -> Failure {
    let path = path.display();
    Failure::Refused(Text::new(
        format!("{path}: 不能修改，请先改正：{error}"),
        format!("{path}: cannot be changed until this is mended: {error}"),
    ))
}

fn refused(path: &Path, zh: &str, en: &str, error: &io::Error) -> Failure {
    let path = path.display();
    Failure::Refused(Text::new(format!("{path}: {zh}：{error}"), format!("{path}: {en}: {error}")))
}
