//! Messages that have arrived, read ahead so that what was cancelled is never begun.

use std::collections::{HashSet, VecDeque};

use crossbeam_channel::Receiver;
use lsp_server::{Message, RequestId};
use lsp_types::CancelParams;
use lsp_types::notification::{Cancel, Notification};

pub(crate) struct Inbox {
    receiver: Receiver<Message>,
    queue: VecDeque<Message>,
    /// Requests that were taken back and not yet met.
    cancelled: HashSet<RequestId>,
}

impl Inbox {
    pub(crate) fn new(receiver: Receiver<Message>) -> Self {
        Self { receiver, queue: VecDeque::new(), cancelled: HashSet::new() }
    }

    pub(crate) fn receiver(&self) -> &Receiver<Message> {
        &self.receiver
    }

    pub(crate) fn push(&mut self, message: Message) {
        if let Message::Notification(notice) = &message
            && notice.method == Cancel::METHOD
            && let Some(id) = cancelled_id(&notice.params)
            && self.queue.iter().any(|waiting| matches!(waiting, Message::Request(it) if it.id == id))
        {
            self.cancelled.insert(id);
            return;
        }
        self.queue.push_back(message);
    }

    /// The next message, if one has arrived.
    pub(crate) fn next(&mut self) -> Option<Message> {
        self.read_ahead();
        self.queue.pop_front()
    }

    /// Whether `id` was taken back since it arrived.
    pub(crate) fn take_cancel(&mut self, id: &RequestId) -> bool {
        self.read_ahead();
        if self.cancelled.remove(id) {
            return true;
        }
        let cancels = |message: &Message| {
            matches!(message, Message::Notification(it)
                if it.method == Cancel::METHOD && cancelled_id(&it.params).as_ref() == Some(id))
        };
        let found = self.queue.iter().position(cancels);
        found.map(|at| self.queue.remove(at)).is_some()
    }

    fn read_ahead(&mut self) {
        while let Ok(message) = self.receiver.try_recv() {
            self.push(message);
        }
    }
}

/// The request that a notice takes back.
pub(crate) fn cancelled_id(params: &serde_json::Value) -> Option<RequestId> {
    let params: CancelParams = serde_json::from_value(params.clone()).ok()?;
    Some(match params.id {
        lsp_types::NumberOrString::Number(id) => id.into(),
        lsp_types::NumberOrString::String(id) => id.into(),
    })
}
