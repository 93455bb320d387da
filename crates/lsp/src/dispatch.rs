//! From the name of a request to the function that answers it.

use lsp_server::{ErrorCode, Request, RequestId, Response};
use lsp_types::MessageType;
use lsp_types::request::{
    CodeActionRequest, CodeLensRequest, Completion, DocumentDiagnosticRequest, DocumentHighlightRequest,
    DocumentSymbolRequest, ExecuteCommand, GotoDefinition, HoverRequest, InlayHintRequest,
    PrepareRenameRequest, References, Rename, Request as Method, SemanticTokensFullRequest,
    SemanticTokensRangeRequest,
};
use serde_json::Value;
use zhengming::Text;

use crate::analysis::guarded;
use crate::server::Server;
use crate::{
    actions, commands, completion, definition, diagnostics, hints, hover, references, rename, symbols, tokens,
};

/// Why a request gets no result.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The editor no longer wants it.
    Cancelled,
    /// The text it asks of was closed before the answer was there.
    Closed,
    /// The parameters are not what the protocol says.
    Invalid(String),
    /// There is no such request.
    Unknown(String),
    /// It cannot be done; why.
    Refused(Text),
    /// A defect of ours.
    Panic(String),
}

type Answer<R> = Result<<R as Method>::Result, Failure>;

/// The address of the text whose findings a request needs, if it needs any.
pub(crate) fn subject(request: &Request) -> Option<&str> {
    match request.method.as_str() {
        // An author who types must not wait.
        Completion::METHOD => None,
        ExecuteCommand::METHOD => request.params.get("arguments")?.get(0)?.get("uri")?.as_str(),
        _ => request.params.get("textDocument")?.get("uri")?.as_str(),
    }
}

/// Whether a request needs the findings of every open text.
pub(crate) fn concerns_all(request: &Request) -> bool {
    [References::METHOD, Rename::METHOD].contains(&request.method.as_str())
}

/// Answers a request. A panic is answered with an error, and the server goes on.
pub(crate) fn answer(server: &mut Server, request: Request) -> Response {
    let Request { id, method, params } = request;
    server.current = Some(id.clone());
    let result = guarded(|| result(server, &method, params)).unwrap_or_else(|panic| {
        server.client.log(MessageType::ERROR, &format!("{method}: {panic}"));
        Err(Failure::Panic(panic))
    });
    server.current = None;
    match result {
        Ok(value) => Response::new_ok(id, value),
        Err(failure) => failed(server, id, failure),
    }
}

/// The answer that says why there is no result.
pub(crate) fn failed(server: &Server, id: RequestId, failure: Failure) -> Response {
    let lang = server.client.lang;
    let (code, message) = match failure {
        Failure::Cancelled => {
            (ErrorCode::RequestCanceled, Text::new("已取消", "cancelled").get(lang).to_owned())
        }
        Failure::Closed => (
            ErrorCode::ContentModified,
            Text::new("文稿已关闭", "the document was closed").get(lang).to_owned(),
        ),
        Failure::Invalid(why) => (ErrorCode::InvalidParams, why),
        Failure::Unknown(method) => (
            ErrorCode::MethodNotFound,
            Text::new(format!("没有请求 {method}"), format!("no request {method}")).get(lang).to_owned(),
        ),
        Failure::Refused(why) => (ErrorCode::RequestFailed, why.get(lang).to_owned()),
        Failure::Panic(why) => (
            ErrorCode::InternalError,
            Text::new(format!("程序内部错误：{why}"), format!("internal error: {why}")).get(lang).to_owned(),
        ),
    };
    Response::new_err(id, code as i32, message)
}

fn result(server: &mut Server, method: &str, params: Value) -> Result<Value, Failure> {
    match method {
        CodeActionRequest::METHOD => call::<CodeActionRequest>(server, params, actions::actions),
        CodeLensRequest::METHOD => call::<CodeLensRequest>(server, params, hints::lenses),
        Completion::METHOD => call::<Completion>(server, params, completion::complete),
        DocumentDiagnosticRequest::METHOD => {
            call::<DocumentDiagnosticRequest>(server, params, diagnostics::pull)
        }
        DocumentHighlightRequest::METHOD => {
            call::<DocumentHighlightRequest>(server, params, references::highlights)
        }
        DocumentSymbolRequest::METHOD => call::<DocumentSymbolRequest>(server, params, symbols::symbols),
        ExecuteCommand::METHOD => call::<ExecuteCommand>(server, params, commands::execute),
        GotoDefinition::METHOD => call::<GotoDefinition>(server, params, definition::definition),
        HoverRequest::METHOD => call::<HoverRequest>(server, params, hover::hover),
        InlayHintRequest::METHOD => call::<InlayHintRequest>(server, params, hints::hints),
        PrepareRenameRequest::METHOD => call::<PrepareRenameRequest>(server, params, rename::prepare),
        References::METHOD => call::<References>(server, params, references::references),
        Rename::METHOD => call::<Rename>(server, params, rename::rename),
        SemanticTokensFullRequest::METHOD => call::<SemanticTokensFullRequest>(server, params, tokens::full),
        SemanticTokensRangeRequest::METHOD => {
            call::<SemanticTokensRangeRequest>(server, params, tokens::range)
        }
        #[cfg(test)]
        "test/panic" => panic!("asked for"),
        _ => Err(Failure::Unknown(method.to_owned())),
    }
}

fn call<R: Method>(
    server: &mut Server,
    params: Value,
    handle: fn(&mut Server, R::Params) -> Answer<R>,
) -> Result<Value, Failure> {
    let params = serde_json::from_value(params).map_err(|error| Failure::Invalid(error.to_string()))?;
    let result = handle(server, params)?;
    serde_json::to_value(result).map_err(|error| Failure::Panic(error.to_string()))
}
