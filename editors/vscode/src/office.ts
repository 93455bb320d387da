// Files that the editor does not show as text: checked by the program, their findings listed under Problems.

import { execFile } from "node:child_process";
import { basename } from "node:path";

import * as vscode from "vscode";

/** What `zhengming check --format json` says of a file. */
export interface Report {
  files: { error: string | null; diagnostics: Found[] }[];
}

interface Found {
  rule: string;
  severity: "error" | "warning" | "info";
  message: string;
  label: string;
  location: { words: string } | null;
}

const ENDINGS = ["docx", "xlsx", "odt", "ofd", "pdf"];

/** The line of a finding in the list: its place in words, because lines mean nothing in such a file. */
export function told(found: Found): string {
  const place = found.location?.words;
  return [place ? `${place}：` : "", found.message, found.label ? `（${found.label}）` : ""].join("");
}

/** What the program prints. With findings it ends with 1, so only a missing report is a failure. */
export function run(command: string, args: string[]): Promise<Report> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { maxBuffer: 256 << 20 }, (error, stdout, stderr) => {
      try {
        resolve(JSON.parse(stdout) as Report);
      } catch {
        reject(new Error(stderr.trim() || error?.message || "no report"));
      }
    });
  });
}

export class Office implements vscode.Disposable {
  private readonly found = vscode.languages.createDiagnosticCollection("zhengming-office");

  constructor(private readonly settings: () => { command: string; args: string[] }) {}

  dispose(): void {
    this.found.dispose();
  }

  async check(uri: vscode.Uri | undefined): Promise<void> {
    const file = uri ?? (await this.ask());
    if (!file) {
      return;
    }
    const name = basename(file.fsPath);
    const { command, args } = this.settings();
    try {
      const report = await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Window, title: vscode.l10n.t("Checking {0}…", name) },
        () => run(command, ["check", "--format", "json", ...args, file.fsPath]),
      );
      const [checked] = report.files;
      if (checked?.error) {
        throw new Error(checked.error);
      }
      const diagnostics = (checked?.diagnostics ?? []).map(diagnostic);
      this.found.set(file, diagnostics);
      if (diagnostics.length === 0) {
        void vscode.window.showInformationMessage(vscode.l10n.t("{0}: nothing found", name));
        return;
      }
      await vscode.commands.executeCommand("workbench.actions.view.problems");
      void vscode.window.showInformationMessage(
        vscode.l10n.t("{0}: {1} findings, listed under Problems", name, diagnostics.length),
      );
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      void vscode.window.showErrorMessage(vscode.l10n.t("{0} cannot be checked: {1}", name, why));
    }
  }

  private async ask(): Promise<vscode.Uri | undefined> {
    const chosen = await vscode.window.showOpenDialog({
      title: vscode.l10n.t("Choose a Word, Excel, ODT, OFD or PDF file"),
      filters: { [vscode.l10n.t("Documents")]: ENDINGS },
    });
    return chosen?.[0];
  }
}

function diagnostic(found: Found): vscode.Diagnostic {
  const severity = {
    error: vscode.DiagnosticSeverity.Error,
    warning: vscode.DiagnosticSeverity.Warning,
    info: vscode.DiagnosticSeverity.Information,
  }[found.severity];
  const one = new vscode.Diagnostic(new vscode.Range(0, 0, 0, 0), told(found), severity);
  one.source = "正名";
  one.code = found.rule;
  return one;
}
