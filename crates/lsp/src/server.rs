//! The main loop: messages of the editor and results of the worker, one after the other.

mod notices;
#[cfg(test)]
mod tests;

use crossbeam_channel::select;
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::{InitializeParams, MessageType};
use serde_json::{Value, json};
use zhengming::Text;

use crate::analysis::{Done, Job, Order, Worker};
use crate::buffers::Buffer;
use crate::client::Asked;
use crate::failure::Failure;
use crate::state::State;
use crate::{Options, ServeError, capabilities, diagnostics, dispatch, uri};

/// The main loop, and what it keeps beside the state.
struct Server {
    state: State,
    options: Options,
    worker: Worker,
    /// Requests that wait until the present state of their text was linted.
    waiting: Vec<(String, Request)>,
    shutting_down: bool,
}

/// Whether the loop goes on.
enum Flow {
    On,
    End(Result<(), ServeError>),
}

pub(crate) fn serve(connection: Connection, options: Options) -> Result<(), ServeError> {
    let (id, params) =
        connection.initialize_start().map_err(|error| ServeError::Protocol(error.to_string()))?;
    let mut params = params;
    uri::mend(&mut params);
    let params: InitializeParams = match serde_json::from_value(params) {
        Ok(params) => params,
        Err(error) => {
            let why = error.to_string();
            let refusal = Response::new_err(id, ErrorCode::InvalidParams as i32, why.clone());
            let _ = connection.sender.send(refusal.into());
            return Err(ServeError::Protocol(why));
        }
    };
    let mut server = Server::new(connection, options, &params);
    let capabilities = capabilities::of(&mut server.state);
    server.state.client.answer(Response::new_ok(
        id,
        json!({
            "capabilities": capabilities,
            "serverInfo": { "name": "zhengming", "version": env!("CARGO_PKG_VERSION") },
        }),
    ));
    server.run()
}

impl Server {
    fn new(connection: Connection, options: Options, params: &InitializeParams) -> Self {
        Self {
            state: State::new(connection, &options, params),
            options,
            worker: Worker::start(),
            waiting: Vec::new(),
            shutting_down: false,
        }
    }

    fn run(mut self) -> Result<(), ServeError> {
        loop {
            while let Some(message) = self.state.inbox.next() {
                match self.handle(message) {
                    Flow::On => {}
                    Flow::End(result) => return result,
                }
            }
            // Only now, when all that was typed is in the text.
            self.submit();
            select! {
                recv(self.state.inbox.receiver()) -> message => match message {
                    Ok(message) => self.state.inbox.push(message),
                    Err(_) if self.shutting_down => return Ok(()),
                    Err(_) => {
                        let why = "the editor closed the connection without shutdown";
                        return Err(ServeError::Protocol(why.to_owned()));
                    }
                },
                recv(self.worker.done) -> done => match done {
                    Ok(done) => self.finished(done),
                    Err(_) => return Err(ServeError::Protocol("the worker thread ended".to_owned())),
                },
            }
        }
    }

    fn handle(&mut self, message: Message) -> Flow {
        match message {
            Message::Request(request) => self.request(request),
            Message::Response(response) => {
                if let Some((asked, value)) = self.state.client.answered(response) {
                    self.answered(asked, &value);
                }
            }
            Message::Notification(notice) if notice.method == "exit" => {
                return Flow::End(if self.shutting_down {
                    Ok(())
                } else {
                    Err(ServeError::Protocol("exit without shutdown".to_owned()))
                });
            }
            Message::Notification(notice) => self.notice(notice),
        }
        Flow::On
    }

    /// Takes the answer to a request of ours.
    fn answered(&mut self, asked: Asked, value: &Value) {
        match asked {
            Asked::Configuration => self.set_settings(value.get(0).unwrap_or(&Value::Null)),
            Asked::Edit(said) if value["applied"] == true => {
                if let Some(said) = said {
                    self.state.client.show(MessageType::INFO, said.get(self.state.client.lang));
                }
            }
            Asked::Edit(_) => {
                let refused = Text::new("编辑器没有修改文件", "the editor did not change the file");
                let mut message = refused.get(self.state.client.lang).to_owned();
                if let Some(why) = value["failureReason"].as_str() {
                    message += &format!(" ({why})");
                }
                self.state.client.show(MessageType::WARNING, &message);
            }
            Asked::Favour => {}
        }
    }

    fn request(&mut self, mut request: Request) {
        uri::mend(&mut request.params);
        if self.shutting_down {
            let why = "the server is shutting down".to_owned();
            self.state.client.answer(Response::new_err(request.id, ErrorCode::InvalidRequest as i32, why));
        } else if request.method == "shutdown" {
            self.shutting_down = true;
            self.state.client.answer(Response::new_ok(request.id, ()));
        } else if self.state.inbox.take_cancel(&request.id) {
            self.fail(request.id, Failure::Cancelled);
        } else if let Some(uri) = self.unready(&request) {
            self.waiting.push((uri, request));
        } else if let Some(panic) = self.failure(&request) {
            self.fail(request.id, Failure::Panic(panic));
        } else {
            let response = dispatch::answer(&mut self.state, request);
            self.state.client.answer(response);
            let written = std::mem::take(&mut self.state.written);
            self.files_changed(&written);
        }
    }

    /// A text that the request has to wait for.
    fn unready(&self, request: &Request) -> Option<String> {
        let subject = dispatch::subject(request)?;
        let unready = |buffer: &&Buffer| buffer.is_unready();
        let wide = dispatch::concerns_all(request);
        let own = self.state.buffers.get(subject).filter(unready);
        let found = own.or_else(|| self.state.buffers.iter().filter(|_| wide).find(unready));
        found.map(|buffer| buffer.uri.as_str().to_owned())
    }

    /// Why the text that the request is about could not be linted.
    fn failure(&self, request: &Request) -> Option<String> {
        self.state.buffers.get(dispatch::subject(request)?)?.failure().map(str::to_owned)
    }

    fn notice(&mut self, mut notice: Notification) {
        uri::mend(&mut notice.params);
        let method = notice.method.clone();
        let result = crate::analysis::guarded(|| notices::take(self, notice));
        let defect = match result {
            Ok(Ok(())) => return,
            Ok(Err(why)) | Err(why) => why,
        };
        self.state.client.log(MessageType::ERROR, &format!("{method}: {defect}"));
    }

    fn fail(&self, id: RequestId, failure: Failure) {
        self.state.client.answer(dispatch::failed(&self.state, id, failure));
    }

    fn cancel(&mut self, id: &RequestId) {
        if let Some(at) = self.waiting.iter().position(|(_, request)| request.id == *id) {
            let (_, request) = self.waiting.remove(at);
            self.fail(request.id, Failure::Cancelled);
        }
    }

    /// Tells the worker of every text that changed.
    fn submit(&mut self) {
        for uri in std::mem::take(&mut self.state.changed) {
            let path = self.state.buffers.get(&uri).and_then(|buffer| buffer.path.clone());
            let excluded = self.state.workspace.is_excluded(path.as_deref());
            self.state.buffers.set_excluded(&uri, excluded);
            let Some(buffer) = self.state.buffers.get(&uri) else { continue };
            let Some(format) = buffer.format else { continue };
            if excluded {
                diagnostics::clear(&self.state, buffer);
                self.take_waiting(&uri).into_iter().for_each(|request| self.request(request));
                continue;
            }
            let job = Job {
                name: buffer.name(),
                revision: buffer.revision,
                text: buffer.text.clone(),
                format,
                linter: self.state.workspace.linter(buffer.path.as_deref()),
                uri,
            };
            // The worker outlives the loop.
            let _ = self.worker.orders.send(Order::Check(job));
        }
        self.report_problems();
    }

    /// Takes what the worker found, shows it, and answers whoever waited for it.
    fn finished(&mut self, done: Done) {
        let Done { uri, revision, result } = done;
        if let Err(panic) = &result {
            self.state.client.log(MessageType::ERROR, &format!("{uri}: {panic}"));
        }
        if self.state.buffers.set_outcome(&uri, revision, result) {
            diagnostics::publish(&self.state, &uri);
            // They may have to wait for another text as well.
            self.take_waiting(&uri).into_iter().for_each(|request| self.request(request));
        }
    }

    fn take_waiting(&mut self, uri: &str) -> Vec<Request> {
        let all = std::mem::take(&mut self.waiting);
        let (ready, waiting) = all.into_iter().partition(|(of, _)| of == uri);
        self.waiting = waiting;
        let ready: Vec<(String, Request)> = ready;
        ready.into_iter().map(|(_, request)| request).collect()
    }
}
