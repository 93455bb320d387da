// Sizes and times of the module, beside the program, in one run: processor time, so that a busy machine changes little.
//
// ZHENGMING=target/release/zhengming node tests/measure.mjs [FOLDER WITH a 36 kB .docx and a long .pdf]

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const root = new URL("../../../", import.meta.url).pathname;
const program = process.env.ZHENGMING ?? join(root, "target/release/zhengming");
const folder = mkdtempSync(join(tmpdir(), "zhengming-measure-"));
const cpu = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };

for (const name of ["dist/npm/zhengming_bg.wasm", "dist/npm/slim/zhengming_bg.wasm", "dist/npm/slim/words.bin", "dist/zhengming.html"]) {
  try {
    const bytes = readFileSync(join(root, name));
    console.log(`${name}: ${bytes.length} bytes, gzip ${gzipSync(bytes, { level: 9 }).length}`);
  } catch { /* not built */ }
}

let before = cpu();
const { Linter } = await import(join(root, "dist/npm/node.js"));
console.log(`module compiled and started: ${Math.round(cpu() - before)} ms`);
before = cpu();
const linter = new Linter();
console.log(`linter made: ${Math.round(cpu() - before)} ms`);

const plan = readFileSync(join(root, "fixtures/drafts/plan.md"), "utf8");
const many = mkdtempSync(join(folder, "many-"));
for (let number = 0; number < 200; number += 1) {
  let text = `# 工作方案之${number}\n\n`;
  while (Buffer.byteLength(text) < 20_000) text += plan.slice((number * 37) % 400);
  writeFileSync(join(many, `${number}.md`), Buffer.from(text).subarray(0, 20_000).toString().replace(/\uFFFD$/u, ""));
}
const sets = [["200 documents of 20 kB", readdirSync(many).map((name) => join(many, name))]];
const given = process.argv[2];
if (given) for (const name of readdirSync(given)) sets.push([`${name}, ${statSync(join(given, name)).size} bytes`, [join(given, name)]]);

for (const [what, files] of sets) {
  const start = cpu();
  let findings = 0;
  for (const file of files) findings += linter.check(file, readFileSync(file)).findings.length;
  const own = cpu() - start;
  // The second time the compiler of the browser has done its work.
  const again = cpu();
  for (const file of files) linter.check(file, readFileSync(file));
  const warm = cpu() - again;
  const list = join(folder, "list");
  writeFileSync(list, files.join("\n"));
  console.log(`${what}: module ${Math.round(own)} ms, again ${Math.round(warm)} ms, ${findings} findings; program ${measured(list)}`);
}

/** The processor time of the program, which bash writes to standard error. */
function measured(list) {
  const text = execFileSync("bash", ["-c", '{ TIMEFORMAT="%U %S"; time "$0" check --isolated --no-cache --threads 1 --format json --file-list "$1" >/dev/null 2>&1; } 2>&1 || true', program, list], { encoding: "utf8" });
  const [user, system] = text.trim().split(" ").map(Number);
  return `${Math.round((user + system) * 1000)} ms`;
}
console.log(`peak memory of this process: ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
