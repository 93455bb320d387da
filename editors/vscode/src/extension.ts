// Starts the language server and gives it the settings of the editor.

import * as vscode from "vscode";
import { LanguageClient, LanguageClientOptions, ServerOptions, State, TransportKind } from "vscode-languageclient/node";

import { Office } from "./office";
import { program } from "./program";
import { readSettings, serverSettings } from "./settings";
import { Status } from "./status";

const LANGUAGES = ["markdown", "html", "plaintext"];

let client: LanguageClient | undefined;
// The start of `client`, until it has ended one way or the other.
let starting: Promise<void> | undefined;
let status: Status | undefined;
// The folder of the extension, in which its program is.
let folder = "";

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel("正名 zhengming", { log: true });
  folder = context.extensionPath;
  status = new Status();
  const office = new Office(() => {
    const { path, language, configuration } = settings();
    const args = ["--lang", language ?? "zh", ...(configuration ? ["--config", configuration] : [])];
    return { command: program(path, folder), args };
  });
  context.subscriptions.push(
    log,
    status,
    office,
    vscode.commands.registerCommand("zhengming.checkFile", (uri?: vscode.Uri) => office.check(uri)),
    vscode.commands.registerCommand("zhengming.restart", () => restart(log)),
    vscode.commands.registerCommand("zhengming.showLog", () => log.show()),
    vscode.commands.registerCommand("zhengming.fixDocument", fixDocument),
    vscode.workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration("zhengming.path")) {
        await restart(log);
      } else if (event.affectsConfiguration("zhengming")) {
        await client?.sendNotification("workspace/didChangeConfiguration", { settings: { zhengming: current() } });
      }
    }),
  );
  await start(log);
}

export async function deactivate(): Promise<void> {
  await stop();
}

function settings() {
  return readSettings(vscode.workspace.getConfiguration("zhengming"), vscode.env.language);
}

function current() {
  return serverSettings(settings());
}

async function start(log: vscode.LogOutputChannel): Promise<void> {
  const command = program(settings().path, folder);
  const server: ServerOptions = { command, args: ["lsp"], transport: TransportKind.stdio };
  const options: LanguageClientOptions = {
    documentSelector: LANGUAGES.flatMap((language) => [
      { scheme: "file", language },
      { scheme: "untitled", language },
    ]),
    initializationOptions: current(),
    outputChannel: log,
    middleware: {
      // The server asks for its settings; unset ones are filled in here.
      workspace: { configuration: (params) => params.items.map(() => current()) },
    },
  };
  client = new LanguageClient("zhengming", "正名 zhengming", server, options);
  client.onDidChangeState(({ newState }) => {
    status?.set(newState === State.Running ? "running" : newState === State.Starting ? "starting" : "stopped");
  });
  try {
    starting = client.start();
    await starting;
  } catch (error) {
    status?.set("stopped");
    const open = vscode.l10n.t("Open settings");
    const why = error instanceof Error ? error.message : String(error);
    const message = vscode.l10n.t("Cannot start {0}: {1}", command, why);
    // Nobody waits for the author's answer.
    void vscode.window.showErrorMessage(message, open).then((choice) => {
      if (choice === open) {
        void vscode.commands.executeCommand("workbench.action.openSettings", "zhengming.path");
      }
    });
  }
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  // A client that is starting cannot be stopped yet.
  await starting?.catch(() => undefined);
  if (running?.needsStop()) {
    await running.stop();
  }
}

async function restart(log: vscode.LogOutputChannel): Promise<void> {
  await stop();
  await start(log);
}

async function fixDocument(): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document && client?.isRunning()) {
    await client.sendRequest("workspace/executeCommand", {
      command: "zhengming.fixAll",
      arguments: [{ uri: client.code2ProtocolConverter.asUri(document.uri) }],
    });
  }
}
