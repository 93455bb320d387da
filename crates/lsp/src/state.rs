//! What is known between two messages of the editor: the texts, what was found in them, the settings.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use lsp_server::{Connection, RequestId};
use lsp_types::{InitializeParams, MessageType, Uri};
use zhengming::Date;
use zhengming::internal::Checked;

use crate::buffers::{Buffer, Buffers};
use crate::client::{Abilities, Client};
use crate::inbox::Inbox;
use crate::pages::Pages;
use crate::settings::Settings;
use crate::workspace::Workspace;
use crate::{Options, uri};

/// What requests are answered from. The main loop keeps it, and handlers see nothing of the loop.
pub(crate) struct State {
    pub(crate) client: Client,
    pub(crate) settings: Settings,
    pub(crate) buffers: Buffers,
    pub(crate) workspace: Workspace,
    pub(crate) pages: Pages,
    /// The request that is being answered.
    pub(crate) current: Option<RequestId>,
    /// Files that a handler wrote, so that what depends on them is read again.
    pub(crate) written: Vec<PathBuf>,
    /// Texts with a state that was not linted yet.
    pub(crate) changed: HashSet<String>,
    pub(crate) inbox: Inbox,
    today: fn() -> Option<Date>,
}

impl State {
    pub(crate) fn new(
        Connection { sender, receiver }: Connection,
        options: &Options,
        params: &InitializeParams,
    ) -> Self {
        let settings = params.initialization_options.as_ref().map_or(Ok(Settings::default()), Settings::read);
        let (settings, defect) = match settings {
            Ok(settings) => (settings, None),
            Err(why) => (Settings::default(), Some(why)),
        };
        let lang = settings.language.unwrap_or(options.lang);
        let client = Client::new(sender, Abilities::of(params), lang);
        if let Some(why) = defect {
            client.log(MessageType::WARNING, &format!("initializationOptions: {why}"));
        }
        Self {
            client,
            workspace: Workspace::new(folders(params), &settings, options.today),
            settings,
            buffers: Buffers::default(),
            pages: Pages::new(options.cache.clone()),
            current: None,
            written: Vec::new(),
            changed: HashSet::new(),
            inbox: Inbox::new(receiver),
            today: options.today,
        }
    }

    /// Whether the editor has taken back the request that is being answered.
    pub(crate) fn is_cancelled(&mut self) -> bool {
        let Some(id) = self.current.clone() else { return false };
        self.inbox.take_cancel(&id)
    }

    /// Today, for documents without a date.
    pub(crate) fn today(&self) -> Option<Date> {
        (self.today)()
    }

    /// An open text with what was found in it. Nothing for a text that is not open or not checked.
    pub(crate) fn checked(&self, uri: &Uri) -> Option<(&Buffer, &Arc<Checked>)> {
        let buffer = self.buffers.get(uri.as_str())?;
        Some((buffer, buffer.checked()?))
    }
}

fn folders(params: &InitializeParams) -> Vec<PathBuf> {
    #[allow(deprecated, reason = "editors of before 2018 send nothing else")]
    let root = params.root_uri.as_ref();
    match &params.workspace_folders {
        Some(folders) => folders.iter().filter_map(|folder| uri::to_path(&folder.uri)).collect(),
        None => root.and_then(uri::to_path).into_iter().collect(),
    }
}
