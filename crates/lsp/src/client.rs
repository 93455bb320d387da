//! The editor at the other end: what it can do, and what is said to it.

use std::collections::HashMap;

use crossbeam_channel::Sender;
use lsp_server::{Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{LogMessage, Notification as _, ShowMessage};
use lsp_types::{InitializeParams, LogMessageParams, MessageType, ShowMessageParams};
use serde::Serialize;
use serde_json::Value;
use zhengming::{Lang, Text};

use crate::position::Encoding;

/// What the editor can do.
#[derive(Debug, Clone)]
pub(crate) struct Abilities {
    pub(crate) encoding: Encoding,
    /// It asks for diagnostics itself, so that none need to be sent.
    pub(crate) pulls_diagnostics: bool,
    pub(crate) refreshes_diagnostics: bool,
    pub(crate) refreshes_hints: bool,
    pub(crate) refreshes_lenses: bool,
    pub(crate) refreshes_tokens: bool,
    pub(crate) asks_for_configuration: bool,
    pub(crate) watches_files: bool,
    /// It changes texts when a server asks for it.
    pub(crate) applies_edits: bool,
    pub(crate) versioned_edits: bool,
    pub(crate) nested_symbols: bool,
    pub(crate) links: bool,
}

impl Abilities {
    pub(crate) fn of(params: &InitializeParams) -> Self {
        let all = &params.capabilities;
        let text = all.text_document.as_ref();
        let workspace = all.workspace.as_ref();
        let offered = all.general.as_ref().and_then(|general| general.position_encodings.as_deref());
        let refreshes = |asked: Option<Option<bool>>| asked.flatten() == Some(true);
        Self {
            encoding: Encoding::negotiate(offered.unwrap_or_default()),
            pulls_diagnostics: text.is_some_and(|text| text.diagnostic.is_some()),
            refreshes_diagnostics: refreshes(
                workspace.and_then(|it| it.diagnostic.as_ref()).map(|it| it.refresh_support),
            ),
            refreshes_hints: refreshes(
                workspace.and_then(|it| it.inlay_hint.as_ref()).map(|it| it.refresh_support),
            ),
            refreshes_lenses: refreshes(
                workspace.and_then(|it| it.code_lens.as_ref()).map(|it| it.refresh_support),
            ),
            refreshes_tokens: refreshes(
                workspace.and_then(|it| it.semantic_tokens.as_ref()).map(|it| it.refresh_support),
            ),
            asks_for_configuration: workspace.and_then(|it| it.configuration) == Some(true),
            watches_files: workspace
                .and_then(|it| it.did_change_watched_files.as_ref())
                .and_then(|it| it.dynamic_registration)
                == Some(true),
            applies_edits: workspace.and_then(|it| it.apply_edit) == Some(true),
            versioned_edits: workspace
                .and_then(|it| it.workspace_edit.as_ref())
                .and_then(|it| it.document_changes)
                == Some(true),
            nested_symbols: text
                .and_then(|it| it.document_symbol.as_ref())
                .and_then(|it| it.hierarchical_document_symbol_support)
                == Some(true),
            links: text.and_then(|it| it.definition.as_ref()).and_then(|it| it.link_support) == Some(true),
        }
    }
}

/// What the answer to a request of ours is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Asked {
    /// The settings.
    Configuration,
    /// An edit, and what to tell the author when it was made.
    Edit(Option<Text>),
    /// Something of which only a failure matters.
    Favour,
}

/// The editor.
pub(crate) struct Client {
    sender: Sender<Message>,
    asked: HashMap<RequestId, Asked>,
    next: i32,
    pub(crate) abilities: Abilities,
    pub(crate) lang: Lang,
}

impl Client {
    pub(crate) fn new(sender: Sender<Message>, abilities: Abilities, lang: Lang) -> Self {
        Self { sender, asked: HashMap::new(), next: 1, abilities, lang }
    }

    /// Sends a message. When nobody listens any more, the main loop is about to notice.
    fn send(&self, message: impl Into<Message>) {
        let _ = self.sender.send(message.into());
    }

    pub(crate) fn answer(&self, response: Response) {
        self.send(response);
    }

    pub(crate) fn notify<N: lsp_types::notification::Notification>(&self, params: N::Params)
    where
        N::Params: Serialize,
    {
        self.send(Notification::new(N::METHOD.to_owned(), params));
    }

    pub(crate) fn ask<R: lsp_types::request::Request>(&mut self, params: R::Params, asked: Asked)
    where
        R::Params: Serialize,
    {
        let id = RequestId::from(format!("zhengming-{}", self.next));
        self.next += 1;
        self.asked.insert(id.clone(), asked);
        self.send(Request::new(id, R::METHOD.to_owned(), params));
    }

    /// What a response answers, with what it says. A failure is logged.
    pub(crate) fn answered(&mut self, response: Response) -> Option<(Asked, Value)> {
        let asked = self.asked.remove(&response.id)?;
        match response.response_result {
            Ok(value) => Some((asked, value)),
            Err(error) => {
                self.log(MessageType::WARNING, &error.message);
                None
            }
        }
    }

    /// Writes into the editor's log.
    pub(crate) fn log(&self, kind: MessageType, message: &str) {
        self.send(Notification::new(
            LogMessage::METHOD.to_owned(),
            LogMessageParams { typ: kind, message: message.to_owned() },
        ));
    }

    /// Shows the author a message.
    pub(crate) fn show(&self, kind: MessageType, message: &str) {
        self.send(Notification::new(
            ShowMessage::METHOD.to_owned(),
            ShowMessageParams { typ: kind, message: message.to_owned() },
        ));
    }
}
