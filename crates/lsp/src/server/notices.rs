//! What the editor tells without wanting an answer.

use std::path::PathBuf;

use lsp_server::Notification;
use lsp_types::notification::{
    Cancel, DidChangeConfiguration, DidChangeTextDocument, DidChangeWatchedFiles, DidChangeWorkspaceFolders,
    DidCloseTextDocument, DidOpenTextDocument, DidSaveTextDocument, Initialized, Notification as Method,
};
use lsp_types::request::{
    CodeLensRefresh, InlayHintRefreshRequest, RegisterCapability, SemanticTokensRefresh,
    WorkspaceConfiguration, WorkspaceDiagnosticRefresh,
};
use lsp_types::{
    ConfigurationItem, ConfigurationParams, DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher,
    GlobPattern, MessageType, Registration, RegistrationParams,
};
use serde_json::Value;

use super::Server;
use crate::analysis::Order;
use crate::client::Asked;
use crate::failure::Failure;
use crate::inbox::cancelled_id;
use crate::settings::Settings;
use crate::{diagnostics, uri};

/// Files whose change may change findings. Which of them are dictionaries, or documents whose definitions count, the
/// configuration says.
const WATCHED: &str = "**/*.{toml,tbx,tsv,csv,xlsx,json,md,txt,html,docx}";

/// Takes a notice. An error says what is wrong with it.
pub(super) fn take(server: &mut Server, notice: Notification) -> Result<(), String> {
    match notice.method.as_str() {
        Initialized::METHOD => server.initialized(),
        Cancel::METHOD => {
            if let Some(id) = cancelled_id(&notice.params) {
                server.cancel(&id);
            }
        }
        DidOpenTextDocument::METHOD => {
            let params = read::<DidOpenTextDocument>(notice)?;
            server.state.changed.insert(params.text_document.uri.as_str().to_owned());
            server.state.buffers.open(params.text_document);
        }
        DidChangeTextDocument::METHOD => {
            let params = read::<DidChangeTextDocument>(notice)?;
            let uri = params.text_document.uri.as_str();
            let encoding = server.state.client.abilities.encoding;
            server.state.buffers.change(uri, params.text_document.version, params.content_changes, encoding);
            server.state.changed.insert(uri.to_owned());
        }
        DidCloseTextDocument::METHOD => {
            let params = read::<DidCloseTextDocument>(notice)?;
            server.close(params.text_document.uri.as_str());
        }
        DidSaveTextDocument::METHOD => {
            let params = read::<DidSaveTextDocument>(notice)?;
            server.files_changed(uri::to_path(&params.text_document.uri).as_slice());
        }
        DidChangeWatchedFiles::METHOD => {
            let params = read::<DidChangeWatchedFiles>(notice)?;
            let paths: Vec<PathBuf> = params.changes.iter().filter_map(|it| uri::to_path(&it.uri)).collect();
            server.files_changed(&paths);
        }
        DidChangeWorkspaceFolders::METHOD => {
            let event = read::<DidChangeWorkspaceFolders>(notice)?.event;
            let paths = |folders: Vec<lsp_types::WorkspaceFolder>| -> Vec<PathBuf> {
                folders.iter().filter_map(|folder| uri::to_path(&folder.uri)).collect()
            };
            server.state.workspace.change_folders(paths(event.added), &paths(event.removed));
            server.relint();
        }
        DidChangeConfiguration::METHOD => {
            let params = read::<DidChangeConfiguration>(notice)?;
            if server.state.client.abilities.asks_for_configuration {
                server.ask_for_configuration();
            } else {
                server.set_settings(&params.settings);
            }
        }
        // Notices that begin with a dollar sign may be passed over, and the others mean nothing to us.
        _ => {}
    }
    Ok(())
}

fn read<N: Method>(notice: Notification) -> Result<N::Params, String> {
    serde_json::from_value(notice.params).map_err(|error| error.to_string())
}

impl Server {
    fn initialized(&mut self) {
        if self.state.client.abilities.watches_files {
            let watcher =
                FileSystemWatcher { glob_pattern: GlobPattern::String(WATCHED.to_owned()), kind: None };
            let options = DidChangeWatchedFilesRegistrationOptions { watchers: vec![watcher] };
            let registration = Registration {
                id: "zhengming-files".to_owned(),
                method: DidChangeWatchedFiles::METHOD.to_owned(),
                register_options: serde_json::to_value(options).ok(),
            };
            let params = RegistrationParams { registrations: vec![registration] };
            self.state.client.ask::<RegisterCapability>(params, Asked::Favour);
        }
        if self.state.client.abilities.asks_for_configuration {
            self.ask_for_configuration();
        }
    }

    fn ask_for_configuration(&mut self) {
        let item = ConfigurationItem { scope_uri: None, section: Some("zhengming".to_owned()) };
        self.state
            .client
            .ask::<WorkspaceConfiguration>(ConfigurationParams { items: vec![item] }, Asked::Configuration);
    }

    /// Takes the editor's settings. Wrong ones are logged, and the former stay.
    pub(super) fn set_settings(&mut self, value: &Value) {
        // An editor without such settings answers null; what it said at the start still holds.
        if value.is_null() {
            return;
        }
        let settings = match Settings::read(value) {
            Ok(settings) => settings,
            Err(why) => {
                self.state.client.log(MessageType::WARNING, &format!("zhengming: {why}"));
                return;
            }
        };
        self.state.client.lang = settings.language.unwrap_or(self.options.lang);
        self.state.workspace.configure(&settings);
        self.state.settings = settings;
        self.relint();
    }

    fn close(&mut self, uri: &str) {
        if let Some(buffer) = self.state.buffers.close(uri) {
            self.state.changed.remove(uri);
            let _ = self.worker.orders.send(Order::Forget(uri.to_owned()));
            for request in self.take_waiting(uri) {
                self.fail(request.id, Failure::Closed);
            }
            diagnostics::clear(&self.state, &buffer);
        }
    }

    /// Reads the configuration and the dictionaries again if one of them is among `paths`.
    pub(super) fn files_changed(&mut self, paths: &[PathBuf]) {
        if paths.iter().any(|path| self.state.workspace.depends_on(path)) {
            self.state.workspace.reload();
            self.relint();
        }
    }

    /// Lints every open text again, and has the editor ask again for what it asks for itself.
    fn relint(&mut self) {
        self.state.buffers.outdate();
        let uris = self.state.buffers.iter().map(|buffer| buffer.uri.as_str().to_owned());
        self.state.changed.extend(uris);
        let abilities = self.state.client.abilities.clone();
        if abilities.pulls_diagnostics && abilities.refreshes_diagnostics {
            self.state.client.ask::<WorkspaceDiagnosticRefresh>((), Asked::Favour);
        }
        if abilities.refreshes_hints {
            self.state.client.ask::<InlayHintRefreshRequest>((), Asked::Favour);
        }
        if abilities.refreshes_lenses {
            self.state.client.ask::<CodeLensRefresh>((), Asked::Favour);
        }
        if abilities.refreshes_tokens {
            self.state.client.ask::<SemanticTokensRefresh>((), Asked::Favour);
        }
    }

    /// Shows what is wrong with configuration files and dictionaries, at their place.
    pub(super) fn report_problems(&mut self) {
        for (path, problems) in self.state.workspace.take_problems() {
            diagnostics::publish_problems(&self.state, &path, &problems);
        }
    }
}
