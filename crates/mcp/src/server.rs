//! The protocol: what the server says of itself, its list of tools, and calls within their time.

use std::io;
use std::sync::Arc;

use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, Implementation, JsonObject,
    ListToolsResult, PaginatedRequestParams, ServerCapabilities, ServerConfig,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer, ServerHandler, ServiceExt};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::timeout;
use zhengming::Text;

use crate::tools::{self, Tool};
use crate::{Desk, limits};

/// Serves on standard input and output until the input ends.
pub(crate) async fn serve(desk: Arc<Desk>) -> io::Result<()> {
    serve_on(desk, rmcp::transport::stdio()).await
}

/// Serves on a pair of streams until the one that is read ends.
async fn serve_on<R, W>(desk: Arc<Desk>, streams: (R, W)) -> io::Result<()>
where
    R: AsyncRead + Send + Unpin + 'static,
    W: AsyncWrite + Send + Unpin + 'static,
{
    let server = Server { desk, turns: Arc::new(Semaphore::new(limits::AT_ONCE)) };
    let running = server.serve(streams).await.map_err(io::Error::other)?;
    running.waiting().await.map(drop).map_err(io::Error::other)
}

struct Server {
    desk: Arc<Desk>,
    turns: Arc<Semaphore>,
}

impl Server {
    /// The answer of a tool, or what to tell of why there is none.
    async fn answer(&self, tool: &'static Tool, arguments: JsonObject) -> Result<serde_json::Value, Text> {
        let (desk, turns) = (Arc::clone(&self.desk), Arc::clone(&self.turns));
        let call = async {
            let turn = turns.acquire_owned().await.ok();
            let work = spawn_blocking(move || {
                let answer = (tool.answer)(&desk, arguments.into());
                // Held while the work lasts, even when nobody waits for it any more.
                drop(turn);
                answer
            });
            let broken = |_| Text::new("程序内部出错，没有结果", "an internal error: there is no result");
            work.await.map_err(broken)?
        };
        timeout(limits::TIME, call).await.unwrap_or_else(|_| {
            let seconds = limits::TIME.as_secs();
            Err(Text::new(
                format!("超过 {seconds} 秒没有完成，已放弃；请换小一些的文稿"),
                format!("not done within {seconds} seconds: try a smaller document"),
            ))
        })
    }
}

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let about = Implementation::new("zhengming", env!("CARGO_PKG_VERSION"));
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(about)
            .with_instructions(tools::instructions(&self.desk))
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let tools = tools::of(&self.desk).map(|tool| tool.described(self.desk.lang)).collect();
        Ok(ListToolsResult::with_all_items(tools))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let Some(tool) = tools::of(&self.desk).find(|tool| tool.name == request.name) else {
            return Err(ErrorData::invalid_params(format!("no tool `{}`", request.name), None));
        };
        let answer = self.answer(tool, request.arguments.unwrap_or_default()).await;
        Ok(match answer {
            Ok(value) => CallToolResult::structured(value),
            Err(why) => CallToolResult::error(vec![ContentBlock::text(why.get(self.desk.lang))]),
        }
        .into())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, duplex, split};
    use zhengming::{Lang, Linter};
    use zhengming_rules::builtin_register;

    use super::*;
    use crate::Folders;

    /// What the server answers to these lines, by their ids.
    fn answers(lines: &[Value], wanted: usize) -> Vec<Value> {
        let desk = Desk {
            linter: Arc::new(Linter::builder().build().unwrap()),
            register: Arc::new(builtin_register()),
            folders: Folders::default(),
            lang: Lang::Zh,
            today: || None,
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let answers = runtime.block_on(async {
            let (here, there) = duplex(1 << 16);
            tokio::spawn(serve_on(Arc::new(desk), split(there)));
            let (read, mut write) = split(here);
            let mut lines_read = BufReader::new(read).lines();
            let mut answers = Vec::new();
            for line in lines {
                write.write_all(format!("{line}\n").as_bytes()).await.unwrap();
                // The first answer settles the protocol.
                if line["method"] == "initialize" {
                    answers.push(lines_read.next_line().await.unwrap().unwrap());
                }
            }
            while answers.len() < wanted {
                answers.push(lines_read.next_line().await.unwrap().unwrap());
            }
            answers
        });
        runtime.shutdown_background();
        answers.iter().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn hello() -> Value {
        let params = json!({
            "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": { "name": "test", "version": "1" }
        });
        json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params })
    }

    fn call(id: u32, tool: &str, arguments: &Value) -> Value {
        let params = json!({ "name": tool, "arguments": arguments });
        json!({ "jsonrpc": "2.0", "id": id, "method": "tools/call", "params": params })
    }

    #[test]
    fn the_protocol_is_spoken_line_by_line() {
        let answers = answers(
            &[
                hello(),
                json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }),
                json!({ "jsonrpc": "2.0", "id": 2, "method": "tools/list" }),
                call(3, "check_text", &json!({ "text": "通过浙政盯发送。" })),
                call(4, "check_text", &json!({ "text": 1 })),
                call(5, "rm", &json!({})),
            ],
            5,
        );
        let of = |id: u32| answers.iter().find(|answer| answer["id"] == id).expect("an answer");
        assert_eq!(of(1)["result"]["serverInfo"]["name"], "zhengming");
        let tools = of(2)["result"]["tools"].as_array().unwrap();
        // No folder, no tool that reads files.
        assert_eq!(tools.len(), 5, "{tools:?}");
        let found = &of(3)["result"];
        assert_eq!(found["structuredContent"]["findings"][0]["text"], "浙政盯", "{found}");
        let text: Value = serde_json::from_str(found["content"][0]["text"].as_str().unwrap()).unwrap();
        assert_eq!(text, found["structuredContent"]);
        assert_eq!(of(4)["result"]["isError"], true);
        assert!(of(5)["error"]["message"].as_str().unwrap().contains("rm"));
    }
}
