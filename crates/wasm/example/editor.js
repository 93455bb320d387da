// An editor with live marks, definitions on hover and quick fixes: CodeMirror with the npm package.

import { markdown } from "@codemirror/lang-markdown";
import { forceLinting, linter as lintSource, lintGutter } from "@codemirror/lint";
import { basicSetup, EditorView } from "codemirror";
import init, { Linter, Session } from "zhengming";

const START = "# 工作方案\n\n会议通知统一通过浙政盯发送，推动整体智制。\n";

await init();
const linter = new Linter({ today: new Date().toISOString().slice(0, 10) });
const session = new Session(linter, "text.md", "");
const words = navigator.language.startsWith("zh") ? "zh" : "en";
const definitions = new Map();

/** What the dictionaries say of a concept; asked once. */
function definition(concept) {
  if (!definitions.has(concept.id)) definitions.set(concept.id, linter.lookup(concept.preferred)[0] ?? null);
  return definitions.get(concept.id);
}

/** The place of a point in the text, in UTF-16 units. */
const at = (text, point) => text.line(point.line).from + point.utf16 - 1;

function card(finding) {
  const known = finding.concept && definition(finding.concept);
  const box = document.createElement("div");
  box.className = "zm-card";
  for (const text of [finding.message[words], known?.definition, known?.citation ?? finding.help.basis?.[words]]) {
    if (text) box.appendChild(document.createElement("p")).textContent = text;
  }
  return box;
}

function diagnostics(view) {
  const text = view.state.doc;
  return session.update(text.toString()).map((finding) => ({
    from: at(text, finding.start),
    to: at(text, finding.end),
    severity: finding.severity,
    message: finding.message[words],
    renderMessage: () => card(finding),
    actions: finding.fixes.filter((fix) => fix.edits.length).map((fix) => ({
      name: fix.title[words],
      apply(view) {
        const { doc } = view.state;
        view.dispatch({ changes: fix.edits.map((edit) => ({ from: at(doc, edit.start), to: at(doc, edit.end), insert: edit.text })) });
      },
    })),
  }));
}

const view = new EditorView({
  doc: START,
  parent: document.getElementById("editor"),
  extensions: [basicSetup, markdown(), lintGutter(), lintSource(diagnostics, { delay: 150 }), EditorView.lineWrapping],
});
forceLinting(view);
window.view = view;
