// The item in the status bar: whether the server runs, and how many findings the document at hand has.

import * as vscode from "vscode";

export type State = "starting" | "running" | "stopped";

/** What the item says. */
export function statusText(state: State, findings: number): string {
  switch (state) {
    case "starting":
      return "$(sync~spin) 正名";
    case "stopped":
      return "$(error) 正名";
    case "running":
      return findings === 0 ? "$(check) 正名" : `$(warning) 正名 ${findings}`;
  }
}

export class Status implements vscode.Disposable {
  private readonly item: vscode.StatusBarItem;
  private readonly listeners: vscode.Disposable[];
  private state: State = "starting";

  constructor() {
    this.item = vscode.window.createStatusBarItem(vscode.StatusBarAlignment.Right, 50);
    this.item.name = "正名 zhengming";
    this.item.command = "zhengming.showLog";
    this.listeners = [
      vscode.languages.onDidChangeDiagnostics(() => this.show()),
      vscode.window.onDidChangeActiveTextEditor(() => this.show()),
    ];
    this.show();
  }

  set(state: State): void {
    this.state = state;
    this.show();
  }

  dispose(): void {
    this.listeners.forEach((listener) => listener.dispose());
    this.item.dispose();
  }

  private show(): void {
    const document = vscode.window.activeTextEditor?.document;
    const found = document ? vscode.languages.getDiagnostics(document.uri) : [];
    const own = found.filter((one) => one.source === "正名").length;
    this.item.text = statusText(this.state, own);
    this.item.tooltip = this.state === "stopped" ? vscode.l10n.t("The server is not running") : "正名 zhengming";
    this.item.show();
  }
}
