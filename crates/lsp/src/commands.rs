//! `workspace/executeCommand`: what changes files that need not be open.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use lsp_types::request::ApplyWorkspaceEdit;
use lsp_types::{ApplyWorkspaceEditParams, ExecuteCommandParams, MessageType, Range, TextEdit, Uri};
use serde::Deserialize;
use serde_json::Value;
use zhengming::Text;
use zhengming_config::gate;
use zhengming_text::message::quoted;
use zhengming_text::span::Span;

use crate::client::Asked;
use crate::edits::{FileEdits, safe_edits, text_edit, workspace_edit};
use crate::failure::Failure;
use crate::state::State;
use crate::{project, uri};

/// Applies all safe fixes of a text, or of a part of it: `{ uri, range? }`.
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
    range: Option<Range>,
}

pub(crate) fn execute(state: &mut State, params: ExecuteCommandParams) -> Result<Option<Value>, Failure> {
    let argument = params.arguments.into_iter().next().unwrap_or_default();
    let argument: Argument =
        serde_json::from_value(argument).map_err(|error| Failure::Invalid(error.to_string()))?;
    match params.command.as_str() {
        FIX_ALL => fix_all(state, &argument)?,
        ALLOW => allow(state, &argument)?,
        ADD_TERM => add_term(state, &argument)?,
        other => return Err(Failure::Invalid(format!("no command {other}"))),
    }
    Ok(None)
}

fn fix_all(state: &mut State, argument: &Argument) -> Result<(), Failure> {
    let Some((buffer, checked)) = state.checked(&argument.uri) else { return Ok(()) };
    let mapper = buffer.mapper(state.client.abilities.encoding);
    let within = argument.range.map(|range| mapper.span(range));
    let found = checked
        .diagnostics()
        .iter()
        .filter(|one| within.is_none_or(|span| span.start <= one.span.start && one.span.start < span.end));
    let edits: Vec<TextEdit> = safe_edits(found).into_iter().map(|edit| text_edit(&mapper, edit)).collect();
    if !edits.is_empty() {
        can_apply(state)?;
        let edit = workspace_edit(&state.client.abilities, vec![FileEdits::of(buffer, edits)]);
        let label = Text::new("正名：自动修改", "zhengming: safe fixes").get(state.client.lang).to_owned();
        let params = ApplyWorkspaceEditParams { label: Some(label), edit };
        state.client.ask::<ApplyWorkspaceEdit>(params, Asked::Edit(None));
    }
    Ok(())
}

fn allow(state: &mut State, argument: &Argument) -> Result<(), Failure> {
    let term = wanted(argument)?;
    let config = configuration(state, &argument.uri)?;
    let text = current(state, &config)?;
    let new = project::allow(&text, term).map_err(|error| unreadable(&config, &error))?;
    let (word, file) = (quoted(term), config.display());
    let said = Text::new(format!("已允许{word}：{file}"), format!("`{term}` is allowed now: {file}"));
    let stored = match new {
        Some(new) => change(state, &config, &text, &new, &said)?,
        None => true,
    };
    if stored {
        done(state, &said);
    }
    Ok(())
}

fn add_term(state: &mut State, argument: &Argument) -> Result<(), Failure> {
    let term = wanted(argument)?;
    let config = configuration(state, &argument.uri)?;
    let text = current(state, &config)?;
    let folder = config.parent().unwrap_or(Path::new("."));
    // One that cannot be read is refused below, by its name.
    let is_own = |path: &Path| current(state, path).map_or(true, |text| project::is_own(&text));
    let (dictionary, new_config) =
        project::dictionary(&text, folder, is_own).map_err(|error| unreadable(&config, &error))?;
    let entries = current(state, &dictionary)?;
    let concept = argument.concept.as_deref().zip(argument.preferred.as_deref());
    let new = project::add_term(&entries, term, concept).map_err(|error| unreadable(&dictionary, &error))?;
    // The dictionary first: a configuration must not name a file that is not there.
    let (word, file) = (quoted(term), dictionary.display());
    let said = Text::new(format!("已加入词典：{word}（{file}）"), format!("`{term}` is in {file} now"));
    let mut stored = true;
    if let Some(new) = new {
        stored &= change(state, &dictionary, &entries, &new, &said)?;
    }
    if let Some(new) = new_config {
        stored &= change(state, &config, &text, &new, &said)?;
    }
    if stored {
        done(state, &said);
    }
    Ok(())
}

fn wanted(argument: &Argument) -> Result<&str, Failure> {
    match argument.term.trim() {
        "" => Err(Failure::Invalid("missing term".to_owned())),
        term => Ok(term),
    }
}

/// The configuration that holds for a document, or where it would be looked for.
fn configuration(state: &State, uri: &Uri) -> Result<PathBuf, Failure> {
    let path = uri::to_path(uri);
    state.workspace.configuration(path.as_deref()).ok_or_else(|| {
        Failure::Refused(Text::new(
            "文稿还没有保存，也没有打开文件夹，不知道 zhengming.toml 该放在哪里",
            "the document is not saved and no folder is open, so there is no place for zhengming.toml",
        ))
    })
}

/// The text of a file: as it stands in the editor, else on the disk; empty if there is none.
fn current(state: &State, path: &Path) -> Result<String, Failure> {
    if let Some(buffer) = state.buffers.by_path(path) {
        return Ok(buffer.text.clone());
    }
    match gate::text(path, gate::Kind::Configuration) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(refused(path, "无法读取", "cannot be read", &error)),
    }
}

/// Puts the new text into the editor if the file is open there, where it counts once it is saved; else on the disk.
/// Says whether it is on the disk; of the other case the author is told `said` when the editor has done it.
fn change(state: &mut State, path: &Path, old: &str, new: &str, said: &Text) -> Result<bool, Failure> {
    if let Some(buffer) = state.buffers.by_path(path) {
        can_apply(state)?;
        let range = buffer.mapper(state.client.abilities.encoding).range(Span::new(0, old.len()));
        let edits = vec![TextEdit { range, new_text: new.to_owned() }];
        let edit = workspace_edit(&state.client.abilities, vec![FileEdits::of(buffer, edits)]);
        let later = Text::new(
            format!("{}。已写入编辑器，保存后生效", said.zh),
            format!("{}. It is in the editor, and holds once you save it", said.en),
        );
        let params = ApplyWorkspaceEditParams { label: None, edit };
        state.client.ask::<ApplyWorkspaceEdit>(params, Asked::Edit(Some(later)));
        return Ok(false);
    }
    write(path, new).map_err(|error| refused(path, "无法写入", "cannot be written", &error))?;
    state.written.push(path.to_owned());
    Ok(true)
}

/// Not every editor applies edits that a server asks for.
fn can_apply(state: &State) -> Result<(), Failure> {
    if state.client.abilities.applies_edits {
        return Ok(());
    }
    Err(Failure::Refused(Text::new(
        "这个编辑器不接受服务端的修改（workspace/applyEdit）；请先保存并关闭要改的文件，或者自己改",
        "this editor takes no edits from a server (workspace/applyEdit): save and close the file to be changed, or \
         change it yourself",
    )))
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

fn done(state: &State, text: &Text) {
    state.client.show(MessageType::INFO, text.get(state.client.lang));
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
