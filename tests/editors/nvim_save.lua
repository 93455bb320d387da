-- Neovim runs the hook of editors/neovim.md, which mends what is certain when a draft is saved.
-- Run by tests/editors.rs, with the hook in hook.lua beside the draft.

local file = os.getenv("DRAFT")
local root = vim.fn.fnamemodify(file, ":h")

local ok, err = xpcall(function()
  vim.cmd("edit " .. vim.fn.fnameescape(file))
  local buffer = vim.api.nvim_get_current_buf()
  local id = vim.lsp.start_client({ name = "zhengming", cmd = { os.getenv("ZHENGMING"), "lsp" }, root_dir = root })
  vim.lsp.buf_attach_client(buffer, id)
  if not vim.wait(60000, function() return #vim.diagnostic.get(buffer) > 0 end, 20) then
    error("waited in vain for findings")
  end
  dofile(root .. "/hook.lua")
  vim.cmd("write")
  vim.lsp.stop_client(id)
  vim.wait(60000, function() return vim.lsp.get_client_by_id(id) == nil end, 20)
  io.stdout:write("done\n")
end, debug.traceback)

if not ok then
  io.stdout:write("FAILED: ", err, "\n")
  vim.cmd("cquit 1")
end
vim.cmd("qall!")
