Content-Length: 222

{"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": {"uri": "file:///a.md", "languageId": "markdown", "version": 1, "text": "# 通知\n\n统一使用浙政盯发送，推进数据归集。\n"}}}Content-Length: 249

{"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {"textDocument": {"uri": "file:///a.md", "version": 2}, "contentChanges": [{"range": {"start": {"line": 2, "character": 4}, "end": {"line": 2, "character": 7}}, "text": "浙政钉"}]}}Content-Length: 153

{"jsonrpc": "2.0", "id": 1, "method": "textDocument/hover", "params": {"textDocument": {"uri": "file:///a.md"}, "position": {"line": 2, "character": 5}}}Content-Length: 234

{"jsonrpc": "2.0", "id": 2, "method": "textDocument/codeAction", "params": {"textDocument": {"uri": "file:///a.md"}, "range": {"start": {"line": 0, "character": 0}, "end": {"line": 3, "character": 0}}, "context": {"diagnostics": []}}}Content-Length: 158

{"jsonrpc": "2.0", "id": 3, "method": "textDocument/completion", "params": {"textDocument": {"uri": "file:///a.md"}, "position": {"line": 2, "character": 6}}}Content-Length: 121

{"jsonrpc": "2.0", "id": 4, "method": "textDocument/documentSymbol", "params": {"textDocument": {"uri": "file:///a.md"}}}Content-Length: 172

{"jsonrpc": "2.0", "id": 5, "method": "textDocument/rename", "params": {"textDocument": {"uri": "file:///a.md"}, "position": {"line": 2, "character": 5}, "newName": "甲"}}Content-Length: 126

{"jsonrpc": "2.0", "id": 6, "method": "textDocument/semanticTokens/full", "params": {"textDocument": {"uri": "file:///a.md"}}}Content-Length: 106

{"jsonrpc": "2.0", "method": "textDocument/didClose", "params": {"textDocument": {"uri": "file:///a.md"}}}