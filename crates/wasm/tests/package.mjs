// The npm package: its README runs, its types hold, Word files come back, the small build is small.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, symlinkSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const root = new URL("../../../", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "zhengming-npm-"));
mkdirSync(join(folder, "node_modules"));
symlinkSync(join(root, "dist/npm"), join(folder, "node_modules/zhengming"));
writeFileSync(join(folder, "package.json"), '{"type":"module"}');

const readme = readFileSync(join(root, "crates/wasm/npm/README.md"), "utf8");
const code = readme.match(/```js\n([\s\S]*?)```/u)[1];
writeFileSync(join(folder, "readme.mjs"), code);
const printed = execFileSync(process.execPath, [join(folder, "readme.mjs")], { encoding: "utf8" });
assert.match(printed, /1:9 .*浙政盯.*应为“浙政钉”/u);
assert.match(printed, /DB33\/T 2350—2021，3\.1\.3\.9/u);
assert.match(printed, /1 会议通知统一通过浙政钉发送。/u);
assert.match(printed, /应为“溪事速办”/u);

const { default: init, Linter, Session, languages, version } = await import(join(root, "dist/npm/node.js"));
await init();
const linter = new Linter();
assert.deepEqual(languages(), ["zh", "en"]);
assert.equal(version(), JSON.parse(readFileSync(join(root, "dist/npm/package.json"))).version);

// Word: comments, and a chosen fix as a tracked change.
const office = join(root, "fixtures/office");
const { readdirSync } = await import("node:fs");
const word = readdirSync(office).filter((name) => name.endsWith(".docx")).map((name) => join(office, name))
  .find((path) => { try { return linter.check(path, readFileSync(path)).findings.some((one) => one.fixes.some((fix) => fix.applicability === "safe")); } catch { return false; } });
assert.ok(word, "a Word file with a safe fix");
const data = readFileSync(word);
const found = linter.check(word, data).findings;
const xml = (bytes) => { const path = join(folder, "a.docx"); writeFileSync(path, bytes); return execFileSync("python3", ["-c", "import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); print(''.join(z.read(n).decode() for n in z.namelist() if n in ('word/document.xml','word/comments.xml')))", path], { encoding: "utf8" }); };
const all = xml(linter.annotate(word, data));
assert.match(all, /<w:comment /u);
assert.doesNotMatch(all, /w:author="正名"[^>]*><w:r><w:delText/u);
const number = found.findIndex((one) => one.fixes.some((fix) => fix.applicability === "safe"));
const fix = found[number].fixes.findIndex((one) => one.applicability === "safe");
const tracked = xml(linter.annotate(word, data, false, { [found[number].key]: fix }));
assert.match(tracked, /<w:ins [^>]*w:author="正名"/u);
const none = xml(linter.annotate(word, data, false, Object.fromEntries(found.map((one) => [one.key, "leave"]))));
assert.doesNotMatch(none, /<w:comment /u);

// A report over several documents, one of which cannot be read.
const text = (string) => new TextEncoder().encode(string);
const reported = linter.report("json", (function* () {
  yield { name: "甲.md", data: text("通过浙政盯发送。") };
  yield { name: "乙.md", error: "读不出来" };
})());
const report = JSON.parse(new TextDecoder().decode(reported));
assert.deepEqual(report.documents.map((one) => one.path), ["甲.md", "乙.md"]);
assert.equal(new TextDecoder("latin1").decode(linter.report("xlsx", [{ name: "甲.md", data: text("通过浙政盯发送。") }]).slice(0, 2)), "PK");

// Errors carry both languages and what they are about.
assert.throws(() => linter.check("a.bin", new Uint8Array(64)), (why) => why.name === "DocumentError" && why.kind === "binary" && why.zh === "文件不是文本");
assert.throws(() => new Linter({ selct: [] }), /selct/u);
assert.throws(() => new Linter({ select: ["no-such-rule"] }), (why) => why.name === "OptionsError");
assert.throws(() => new Linter({ dictionaries: [{ name: "坏.toml", data: "[dictionary]\nid = 1\n" }] }), (why) => why.name === "DictionaryError" && why.line === 2);

// While typing.
const session = new Session(linter, "a.md", "会议通知用浙政钉发送。");
assert.equal(session.findings().length, 0);
assert.equal(session.update("会议通知用浙政盯发送。")[0].label.zh, "应为“浙政钉”");

// The small build: with the words given afterwards it finds what the whole one finds.
const slim = await import(join(root, "dist/npm/slim/node.js"));
const sample = readFileSync(join(root, "fixtures/drafts/plan.md"), "utf8");
const bare = new slim.Linter().checkText("plan.md", sample).findings.length;
assert.ok(await slim.loadWords());
const rich = new slim.Linter().checkText("plan.md", sample).findings;
assert.deepEqual(rich.map((one) => one.fingerprint), linter.checkText("plan.md", sample).findings.map((one) => one.fingerprint));
assert.throws(() => new slim.Linter().check("a.docx", data), "no Word in the small build");
const packed = gzipSync(readFileSync(join(root, "dist/npm/slim/zhengming_bg.wasm")), { level: 9 }).length;
assert.ok(packed < 2.5 * 1024 * 1024, `the small build has ${packed} bytes`);

// The types hold for a program that uses them.
writeFileSync(join(folder, "use.ts"), `import init, { Linter, Session, type Finding, type Checked } from "zhengming";
import { loadWords } from "zhengming/slim";
await init(); await loadWords();
const linter: Linter = new Linter({ lang: "en", minSeverity: "warning" });
const checked: Checked = linter.check("a.md", new Uint8Array());
const first: Finding | undefined = checked.findings[0];
const place: number | undefined = first?.start.utf16;
const bytes: Uint8Array = linter.fix("a.md", new Uint8Array(), { "x#0": 0, y: "leave" }).bytes;
new Session(linter, "a.md", "").update("b").map((one) => one.message.zh);
// @ts-expect-error an option that there is not
new Linter({ selct: [] });
console.log(place, bytes);
`);
const tsc = new URL("../node_modules/typescript/bin/tsc", import.meta.url).pathname;
try {
  execFileSync(process.execPath, [tsc, "--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "--lib", "esnext,dom", join(folder, "use.ts")], { stdio: "pipe", encoding: "utf8" });
} catch (why) {
  assert.fail(why.stdout || String(why));
}
console.log(`package: README, Word, reports, errors, session, types; small build ${packed} bytes packed (${bare} findings without the words, ${rich.length} with)`);
