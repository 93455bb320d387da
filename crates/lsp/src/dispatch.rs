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
use crate::failure::Failure;
use crate::state::State;
use crate::{
    actions, commands, completion, definition, diagnostics, hints, hover, references, rename, symbols, tokens,
};

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
pub(crate) fn answer(state: &mut State, request: Request) -> Response {
    let Request { id, method, params } = request;
    state.current = Some(id.clone());
    let result = guarded(|| result(state, &method, params)).unwrap_or_else(|panic| {
        state.client.log(MessageType::ERROR, &format!("{method}: {panic}"));
        Err(Failure::Panic(panic))
    });
    state.current = None;
    match result {
        Ok(value) => Response::new_ok(id, value),
        Err(failure) => failed(state, id, failure),
    }
}

/// The answer that says why there is no result.
pub(crate) fn failed(state: &State, id: RequestId, failure: Failure) -> Response {
    let lang = state.client.lang;
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

fn result(state: &mut State, method: &str, params: Value) -> Result<Value, Failure> {
    match method {
        CodeActionRequest::METHOD => call::<CodeActionRequest>(state, params, actions::actions),
        CodeLensRequest::METHOD => call::<CodeLensRequest>(state, params, hints::lenses),
        Completion::METHOD => call::<Completion>(state, params, completion::complete),
        DocumentDiagnosticRequest::METHOD => {
            call::<DocumentDiagnosticRequest>(state, params, diagnostics::pull)
        }
        DocumentHighlightRequest::METHOD => {
            call::<DocumentHighlightRequest>(state, params, references::highlights)
        }
        DocumentSymbolRequest::METHOD => call::<DocumentSymbolRequest>(state, params, symbols::symbols),
        ExecuteCommand::METHOD => call::<ExecuteCommand>(state, params, commands::execute),
        GotoDefinition::METHOD => call::<GotoDefinition>(state, params, definition::definition),
        HoverRequest::METHOD => call::<HoverRequest>(state, params, hover::hover),
        InlayHintRequest::METHOD => call::<InlayHintRequest>(state, params, hints::hints),
        PrepareRenameRequest::METHOD => call::<PrepareRenameRequest>(state, params, rename::prepare),
        References::METHOD => call::<References>(state, params, references::references),
        Rename::METHOD => call::<Rename>(state, params, rename::rename),
        SemanticTokensFullRequest::METHOD => call::<SemanticTokensFullRequest>(state, params, tokens::full),
        SemanticTokensRangeRequest::METHOD => {
            call::<SemanticTokensRangeRequest>(state, params, tokens::range)
        }
        #[cfg(test)]
        "test/panic" => panic!("asked for"),
        _ => Err(Failure::Unknown(method.to_owned())),
    }
}

fn call<R: Method>(
    state: &mut State,
    params: Value,
    handle: fn(&mut State, R::Params) -> Answer<R>,
) -> Result<Value, Failure> {
    let params = serde_json::from_value(params).map_err(|error| Failure::Invalid(error.to_string()))?;
    let result = handle(state, params)?;
    serde_json::to_value(result).map_err(|error| Failure::Panic(error.to_string()))
}
