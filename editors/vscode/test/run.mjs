// Runs the compiled extension with plain node: `vscode` and the client are stand-ins that write down what is done.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Module from "node:module";

const require = createRequire(import.meta.url);

const bundle = require("../l10n/bundle.l10n.zh-cn.json");
const done = [];
const commands = new Map();
const listeners = { configuration: [], diagnostics: [], editor: [] };
const values = { path: "/opt/zhengming" };
const found = [];
const item = { shows: 0, show() { this.shows += 1; }, dispose() { done.push("item disposed"); } };
let failStart = false;

const disposable = (after = () => {}) => ({ dispose: after });
const vscode = {
  StatusBarAlignment: { Left: 1, Right: 2 },
  env: { language: "zh-cn" },
  // As VS Code in Chinese does it.
  l10n: { t: (text, ...values) => (bundle[text] ?? text).replace(/\{(\d)\}/gu, (_, number) => values[number]) },
  Range: class {}, ProgressLocation: { Window: 10 },
  DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2 },
  Diagnostic: class { constructor(range, message, severity) { Object.assign(this, { range, message, severity }); } },
  commands: {
    registerCommand(name, run) { commands.set(name, run); return disposable(); },
    executeCommand(...args) { done.push(["command", ...args]); return Promise.resolve(); },
  },
  languages: {
    createDiagnosticCollection: () => ({ set: (uri, list) => done.push(["listed", uri.fsPath, list]), dispose() {} }),
    getDiagnostics: () => found,
    onDidChangeDiagnostics(listener) { listeners.diagnostics.push(listener); return disposable(); },
  },
  window: {
    activeTextEditor: { document: { uri: "file:///a.md" } },
    createOutputChannel: () => ({ show: () => done.push("log shown"), dispose() {} }),
    createStatusBarItem: () => item,
    onDidChangeActiveTextEditor(listener) { listeners.editor.push(listener); return disposable(); },
    withProgress: (_, work) => work(),
    showInformationMessage(message) { done.push(["told", message]); return Promise.resolve(); },
    showErrorMessage(message, choice) { done.push(["error", message]); return Promise.resolve(choice); },
  },
  workspace: {
    getConfiguration: () => ({ get: (name, fallback) => values[name] ?? fallback }),
    onDidChangeConfiguration(listener) { listeners.configuration.push(listener); return disposable(); },
  },
};

const State = { Stopped: 1, Running: 2, Starting: 3 };
class LanguageClient {
  constructor(id, name, server, options) {
    Object.assign(this, { id, server, options, running: false });
    this.code2ProtocolConverter = { asUri: (uri) => String(uri) };
    LanguageClient.last = this;
  }
  onDidChangeState(listener) { this.listener = listener; }
  async start() {
    this.listener({ newState: State.Starting });
    if (failStart) throw new Error("ENOENT");
    this.running = true;
    done.push(["start", this.server.command, ...this.server.args]);
    this.listener({ newState: State.Running });
  }
  async stop() { this.running = false; done.push("stop"); this.listener({ newState: State.Stopped }); }
  isRunning() { return this.running; }
  needsStop() { return this.running; }
  async sendNotification(method, params) { done.push(["notify", method, params]); }
  async sendRequest(method, params) { done.push(["request", method, params]); }
}

const standIns = {
  vscode,
  "vscode-languageclient/node": { LanguageClient, State, TransportKind: { stdio: 0 } },
};
const load = Module._load;
Module._load = (name, ...rest) => standIns[name] ?? load(name, ...rest);

const { readSettings, serverSettings } = require("../out/settings.js");
const { statusText } = require("../out/status.js");
const { program } = require("../out/program.js");
const extension = require("../out/extension.js");
const take = () => done.splice(0);

// Settings: defaults, the display language, and the path kept from the server.
const none = readSettings({ get: (_, fallback) => fallback }, "en-US");
assert.deepEqual(none, {
  path: "", language: "en", configuration: null, inlayHints: false, codeLens: false, semanticTokens: false,
});
assert.equal(readSettings({ get: (_, fallback) => fallback }, "zh-tw").language, "zh");
assert.equal("path" in serverSettings(none), false);

// The status bar.
assert.equal(statusText("running", 0), "$(check) 正名");
assert.equal(statusText("running", 3), "$(warning) 正名 3");
assert.equal(statusText("stopped", 3), "$(error) 正名");

// Activation starts the server that the settings name.
const context = { subscriptions: [], extensionPath: "/extension" };
await extension.activate(context);
assert.deepEqual(take(), [["start", "/opt/zhengming", "lsp"]]);
const client = LanguageClient.last;
assert.equal(client.options.initializationOptions.language, "zh");
const selector = client.options.documentSelector;
assert.ok(selector.some((one) => one.language === "markdown" && one.scheme === "untitled"), "unsaved texts");
assert.equal(client.options.middleware.workspace.configuration({ items: [{}, {}] }).length, 2);
assert.equal(item.text, "$(check) 正名");

// Findings of others do not count.
found.push({ source: "正名" }, { source: "markdownlint" });
listeners.diagnostics.forEach((listener) => listener());
assert.equal(item.text, "$(warning) 正名 1");

// The commands of the manifest are those that are registered.
const manifest = require("../package.json");
const named = manifest.contributes.commands.map((one) => one.command).sort();
assert.deepEqual([...commands.keys()].sort(), named);
// The client registers the server's own commands; doubled names would break both.
assert.ok(!named.some((name) => ["zhengming.fixAll", "zhengming.allow", "zhengming.addTerm"].includes(name)));
const settings = Object.keys(manifest.contributes.configuration.properties).sort();
assert.deepEqual(settings, Object.keys(none).map((name) => `zhengming.${name}`).sort());

// Changed settings go to the server; another program needs another server.
const change = (name) => Promise.all(
  listeners.configuration.map((listener) => listener({ affectsConfiguration: (asked) => name.startsWith(asked) })),
);
values.inlayHints = true;
await change("zhengming.inlayHints");
const [[kind, method, params]] = take();
assert.deepEqual([kind, method, params.settings.zhengming.inlayHints], ["notify", "workspace/didChangeConfiguration", true]);
values.path = "/usr/bin/zhengming";
await change("zhengming.path");
assert.deepEqual(take(), ["stop", ["start", "/usr/bin/zhengming", "lsp"]]);
await change("editor.fontSize");
assert.deepEqual(take(), []);

// Commands.
await commands.get("zhengming.fixDocument")();
assert.deepEqual(take(), [
  ["request", "workspace/executeCommand", { command: "zhengming.fixAll", arguments: [{ uri: "file:///a.md" }] }],
]);
await commands.get("zhengming.showLog")();
assert.deepEqual(take(), ["log shown"]);

// The program: the one that is named, the one inside, or one on the path.
assert.equal(program("/usr/bin/zhengming", "/nowhere"), "/usr/bin/zhengming");
assert.equal(program("", "/nowhere"), "zhengming");
const inside = mkdtempSync(join(tmpdir(), "zhengming-"));
mkdirSync(join(inside, "server"));
writeFileSync(join(inside, "server/zhengming"), '#!/bin/sh\necho "{\\"files\\":[{\\"error\\":null,\\"diagnostics\\":[{\\"rule\\":\\"r\\",\\"severity\\":\\"warning\\",\\"message\\":\\"甲\\",\\"label\\":\\"应为乙\\",\\"location\\":{\\"words\\":\\"第2段\\"}}]}]}"\nexit 1\n');
assert.equal(program("", inside, "linux"), join(inside, "server/zhengming"));
// It was made a program on the way. A Word file is checked by it, and its findings are listed.
values.path = join(inside, "server/zhengming");
await commands.get("zhengming.checkFile")({ fsPath: "/a/通知.docx" });
const [listed, shown, toldOf] = take();
assert.deepEqual([listed[0], listed[1], listed[2][0].message, listed[2][0].severity], ["listed", "/a/通知.docx", "第2段：甲（应为乙）", 1]);
assert.deepEqual(shown, ["command", "workbench.actions.view.problems"]);
assert.equal(toldOf[1], "通知.docx：1 处提示，见“问题”面板");
values.path = "/usr/bin/zhengming";

// Every word of the manifest and of the messages is there in both languages, and none is mixed.
const [english, chinese] = ["package.nls.json", "package.nls.zh-cn.json"].map((name) => require(`../${name}`));
const asked = [...JSON.stringify(manifest).matchAll(/%([\w.]+)%/gu)].map((match) => match[1]);
for (const key of asked) assert.ok(english[key] && chinese[key], key);
for (const [key, text] of Object.entries(english)) if (key !== "name" && key !== "category") assert.doesNotMatch(text, /\p{Script=Han}/u, key);
const source = ["extension", "office", "status"].map((name) => readFileSync(new URL(`../src/${name}.ts`, import.meta.url), "utf8")).join("");
for (const [, text] of source.matchAll(/l10n\.t\(\s*"([^"]+)"/gu)) assert.ok(bundle[text], text);

// A program that is not there is told, with the way out.
failStart = true;
await commands.get("zhengming.restart")();
await new Promise((resolve) => setImmediate(resolve));
const [stopped, error, settingsOpened] = take();
assert.equal(stopped, "stop");
assert.match(error[1], /^无法启动 \/usr\/bin\/zhengming：ENOENT$/);
assert.deepEqual(settingsOpened, ["command", "workbench.action.openSettings", "zhengming.path"]);
assert.equal(item.text, "$(error) 正名");

// A server that never ran need not be stopped.
await extension.deactivate();
assert.deepEqual(take(), []);
console.log("vscode extension: all tests passed");
