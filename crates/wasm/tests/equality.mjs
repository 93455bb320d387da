// The module finds what the command finds: every fixture, field by field.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const root = new URL("../../../", import.meta.url).pathname;
const age = (path) => { try { return statSync(path).mtimeMs; } catch { return 0; } };
const program = process.env.ZHENGMING ?? ["release", "debug"].map((kind) => join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), kind, "zhengming")).sort((a, b) => age(b) - age(a))[0];
const { Linter, rules } = await import(join(root, "dist/npm/node.js"));

const files = readdirSync(join(root, "fixtures"), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name))
  .filter((path) => !/\.(toml|py)$/u.test(path)).sort();

const day = new Date();
const today = [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
const linter = new Linter({ today });
const own = new Set(rules().filter((rule) => rule.family !== "folder").map((rule) => rule.id));

/** The finding of the command in the shape of the module, in Chinese. */
const flat = (finding) => ({
  rule: finding.rule, severity: finding.severity, message: finding.message.zh, label: finding.label.zh, text: finding.text,
  span: { start: finding.start, end: finding.end }, concept: finding.concept,
  fixes: finding.fixes.map((fix) => ({ title: fix.title.zh, applicability: fix.applicability, edits: fix.edits.map((edit) => ({ start: edit.start.byte, end: edit.end.byte, text: edit.text })) })),
  fingerprint: finding.fingerprint,
});

let findings = 0;
let compared = 0;
for (let at = 0; at < files.length; at += 60) {
  const some = files.slice(at, at + 60);
  let text;
  try {
    text = execFileSync(program, ["check", "--isolated", "--format", "json", "--lang", "zh", ...some], { maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"], env: { ...process.env, ZHENGMING_SOFFICE: "/nonexistent" } });
  } catch (ended) {
    // With findings the command ends with 1, with unreadable files with 2.
    text = ended.stdout;
  }
  for (const file of JSON.parse(text).files) {
    compared += 1;
    const data = readFileSync(file.path);
    const rendered = JSON.parse(linter.render(file.path, data, "json")).files[0];
    if (file.error) {
      assert.ok(rendered.error && file.error.startsWith(rendered.error.slice(0, 12)), `${file.path}: ${rendered.error} | ${file.error}`);
      assert.throws(() => linter.check(file.path, data), (why) => why.zh.length > 0 && why.en.length > 0 && why.kind !== undefined, file.path);
      continue;
    }
    const expected = file.diagnostics.filter((one) => own.has(one.rule));
    assert.deepEqual(rendered.diagnostics, expected, file.path);
    assert.equal(rendered.encoding, file.encoding);
    const checked = linter.check(file.path, data);
    const picked = expected.map(({ rule, severity, message, label, text, span, concept, fixes, fingerprint }) => ({ rule, severity, message, label, text, span, concept, fixes, fingerprint }));
    assert.deepEqual(checked.findings.map(flat), picked, file.path);
    assert.equal(new Set(checked.findings.map((finding) => finding.key)).size, checked.findings.length);
    findings += picked.length;
  }
}
assert.ok(compared > 200 && findings > 100, `${compared} files, ${findings} findings`);
console.log(`equality: ${compared} files, ${findings} findings, equal to ${program}`);
