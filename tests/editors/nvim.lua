-- Neovim drives the language server through its own client: open, see findings, apply a code action, save.
-- Run by tests/editors.rs: nvim --headless -u NONE -i NONE -c 'luafile tests/editors/nvim.lua'
-- Works from Neovim 0.7 on.

local server = os.getenv("ZHENGMING")
local file = os.getenv("DRAFT")
local root = vim.fn.fnamemodify(file, ":h")

local function say(...)
  io.stdout:write(table.concat({ ... }, " "), "\n")
end

local function fail(...)
  say("FAILED:", ...)
  vim.cmd("cquit 1")
end

local function wait(what, condition)
  if not vim.wait(60000, condition, 20) then
    fail("waited in vain for", what)
  end
end

local ok, err = xpcall(function()
  say("neovim", tostring(vim.version().major) .. "." .. vim.version().minor .. "." .. vim.version().patch)
  vim.cmd("edit " .. vim.fn.fnameescape(file))
  vim.bo.filetype = "markdown"
  local buffer = vim.api.nvim_get_current_buf()
  local id = vim.lsp.start_client({ name = "zhengming", cmd = { server, "lsp" }, root_dir = root })
  vim.lsp.buf_attach_client(buffer, id)

  wait("findings", function() return #vim.diagnostic.get(buffer) > 0 end)
  local client = vim.lsp.get_client_by_id(id)
  say("position encoding", client.offset_encoding or "utf-16")
  for _, found in ipairs(vim.diagnostic.get(buffer)) do
    local first = vim.split(found.message, "\n")[1]
    local line = vim.api.nvim_buf_get_lines(buffer, found.lnum, found.lnum + 1, true)[1]
    say(("%d:%d-%d [%s] “%s” %s"):format(found.lnum + 1, found.col, found.end_col, found.code or "?",
      line:sub(found.col + 1, found.end_col), first))
  end

  local hover = vim.lsp.buf_request_sync(buffer, "textDocument/hover", {
    textDocument = vim.lsp.util.make_text_document_params(buffer),
    position = { line = 2, character = 7 },
  }, 10000)
  say("hover:", vim.split(hover[id].result.contents.value, "\n")[1])

  -- The cursor on the misspelling; Neovim makes the range of it, in the unit agreed on.
  local found = vim.diagnostic.get(buffer)[1]
  vim.api.nvim_win_set_cursor(0, { found.lnum + 1, found.col })
  local params = vim.lsp.util.make_range_params()
  params.context = { diagnostics = vim.lsp.diagnostic.get_line_diagnostics(buffer, found.lnum) }
  local answer = vim.lsp.buf_request_sync(buffer, "textDocument/codeAction", params, 10000)
  local chosen
  for _, action in ipairs(answer[id].result) do
    say("action:", action.title)
    if not chosen and action.isPreferred then chosen = action end
  end
  if not chosen then fail("no preferred action") end
  vim.lsp.util.apply_workspace_edit(chosen.edit, client.offset_encoding or "utf-16")
  wait("the finding to go", function() return #vim.diagnostic.get(buffer) == 0 end)

  vim.cmd("write")
  say("saved:", table.concat(vim.fn.readfile(file), "⏎"))
  vim.lsp.stop_client(id)
  wait("the end of the server", function() return vim.lsp.get_client_by_id(id) == nil end)
  say("done")
end, debug.traceback)

if not ok then fail(err) end
vim.cmd("qall!")
