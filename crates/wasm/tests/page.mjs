// The page in Chromium, opened from the disk as an official opens it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, truncateSync, unlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { withBrowser } from "./chromium.mjs";

const root = new URL("../../../", import.meta.url).pathname;
const address = pathToFileURL(process.env.ZHENGMING_PAGE ?? join(root, "dist/zhengming.html")).href;
const scratch = mkdtempSync(join(tmpdir(), "zhengming-page-"));
const office = readdirSync(join(root, "fixtures/office")).map((name) => join(root, "fixtures/office", name));
const write = (name, content) => { const path = join(scratch, name); writeFileSync(path, content); return path; };
const shots = process.env.SHOTS;

/** A package whose one part unpacks to `size` bytes. */
function bomb(path, size) {
  execFileSync("python3", ["-c", `
import sys, zipfile
z = zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED)
z.writestr("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
z.writestr("_rels/.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>')
with z.open("word/document.xml", "w", force_zip64=True) as part:
    for _ in range(int(sys.argv[2]) >> 20): part.write(b" " * (1 << 20))
`, path, String(size)]);
  return path;
}

async function opened(context) {
  const page = await context.newPage();
  // A document of this name stands for one that stops the module: the worker says so, and is of no more use.
  await page.addInitScript(() => {
    window.Worker = class extends Worker {
      postMessage(message, ...rest) {
        if (this.stopped) return;
        if (message.task === "check" && message.path.includes("崩溃")) {
          this.stopped = true;
          setTimeout(() => this.onmessage({ data: { id: message.id, failed: { fatal: true, message: "unreachable" }, memory: 0 } }));
          return;
        }
        super.postMessage(message, ...rest);
      }
    };
  });
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => { if (message.type() === "error") faults.push(message.text()); });
  await page.goto(address);
  await page.waitForFunction(() => document.documentElement.dataset.ready, null, { timeout: 60_000 });
  return { page, faults };
}

async function check(page, files) {
  await page.evaluate(() => { delete document.documentElement.dataset.done; });
  await page.setInputFiles("#files", files);
  await page.waitForFunction(() => document.documentElement.dataset.done, null, { timeout: 240_000 });
}

const saved = async (page, click) => {
  const [download] = await Promise.all([page.waitForEvent("download", { timeout: 60_000 }), click()]);
  const path = join(scratch, `saved-${download.suggestedFilename()}`);
  await download.saveAs(path);
  return { name: download.suggestedFilename(), bytes: readFileSync(path), path };
};
const menu = async (page, name) => { await page.click("details.menu summary"); await page.click(`details.menu li button:has-text("${name}")`); };
const rows = (page) => page.$$eval("#side .documents .row", (all) => all.map((row) => row.innerText.replace(/\s+/gu, " ")));

await withBrowser({ viewport: { width: 1366, height: 768 } }, async (context) => {
  const { page, faults } = await opened(context);
  console.log(`start to ready: ${await page.evaluate(() => document.documentElement.dataset.ready)} ms`);

  // Nothing can be reached, neither from the page nor from the worker, which has its policy.
  const hits = [];
  const server = createServer((request, response) => { hits.push(request.url); response.setHeader("access-control-allow-origin", "*"); response.end("reached"); });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const target = `http://127.0.0.1:${server.address().port}/`;
  const refused = await page.evaluate((target) => fetch(target).then(() => "reached", (why) => String(why)), target);
  assert.match(refused, /TypeError|refused|Failed/u);
  const beside = await page.evaluate((target) => new Promise((resolve) => { const image = new Image(); image.onload = () => resolve("loaded"); image.onerror = () => resolve("refused"); image.src = target; }), target);
  assert.equal(beside, "refused");
  const inWorker = await page.evaluate((target) => new Promise((resolve) => {
    const source = `fetch(${JSON.stringify(target)}).then(() => postMessage("reached"), () => postMessage("refused"))`;
    new Worker(URL.createObjectURL(new Blob([source]))).onmessage = ({ data }) => resolve(data);
  }), target);
  assert.equal(inWorker, "refused");
  assert.deepEqual(hits, [], "no request left the page");
  server.close();
  faults.length = 0;

  // The example, as a new user tries it.
  await page.click("#try-sample");
  await page.waitForSelector(".card");
  await page.waitForFunction(() => document.documentElement.dataset.done);
  assert.match(await page.innerText("#results"), /浙政盯/u);
  assert.match(await page.innerText(".card .basis"), /DB33\/T 2350—2021/u);
  assert.equal(await page.title(), "正名 公文用语核对");
  const before = await page.$$eval(".card", (cards) => cards.length);

  // One accepted, one left, one taken back; and the text that is saved has just the accepted one.
  await page.click('.card:has-text("浙政盯") .fix');
  assert.equal(await page.innerText('.card:has-text("浙政盯") ins'), "浙政钉");
  await page.click('.card:has-text("整体智制") .keep');
  const text = await saved(page, () => menu(page, "改好的文本"));
  assert.match(text.bytes.toString(), /浙政钉发送/u);
  assert.match(text.bytes.toString(), /整体智制/u);
  assert.equal(text.name, "示例：工作方案（改）.md".replace("：", text.name.includes("：") ? "：" : "_"));

  // By keyboard alone.
  await page.focus(".card");
  await page.keyboard.press("x");
  assert.equal(await page.getAttribute(".card .keep", "aria-pressed"), "true");
  await page.keyboard.press("u");
  assert.equal(await page.getAttribute(".card .keep", "aria-pressed"), "false");
  await page.keyboard.press("j");
  assert.equal(await page.evaluate(() => [...document.querySelectorAll(".card")].indexOf(document.activeElement)), 1);

  // Filter, and order by check.
  await page.fill("#search", "浙政盯");
  assert.ok(await page.$$eval(".card", (cards) => cards.length) < before);
  await page.fill("#search", "");
  await page.click('.toggle:has-text("按项目")');
  assert.ok(await page.$$eval(".group-head", (heads) => heads.length) > 0);
  await page.click('.toggle:has-text("按文稿")');

  // Each office fixture is read or told; the broken ones leave the others alone.
  await check(page, office);
  const told = await rows(page);
  assert.equal(told.length, office.length + 2, "the example, all, and the fixtures");
  await page.click('#side .row:has-text("全部文稿")');
  const word = await saved(page, () => menu(page, "带批注的 Word"));
  assert.match(word.name, /批注/u);
  assert.equal(execFileSync("python3", ["-c", "import sys,zipfile; print(zipfile.ZipFile(sys.argv[1]).testzip())", word.path], { encoding: "utf8" }).trim(), "None");
  const report = await saved(page, () => menu(page, "检查报告"));
  assert.match(report.bytes.toString(), /<!doctype html>/iu);
  const book = await saved(page, () => menu(page, "问题清单"));
  assert.equal(book.bytes.subarray(0, 2).toString(), "PK");

  // Bad input: told in a sentence, the good ones checked all the same, memory bounded.
  const large = write("很大.txt", "");
  truncateSync(large, 200 << 20);
  const bombed = bomb(join(scratch, "炸弹.docx"), 600 * 2 ** 20);
  // The header of a compound file with the stream that encryption makes.
  const encrypted = join(scratch, "加密.docx");
  const sector = Buffer.alloc(512 * 4);
  Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]).copy(sector);
  Buffer.from("EncryptedPackage", "utf16le").copy(sector, 1024);
  writeFileSync(encrypted, sector);
  const going = write("正在写.md", "通过浙政盯发送。");
  const good = write("好.md", "通过浙政盯发送。");
  await page.evaluate(() => { delete document.documentElement.dataset.done; });
  await page.setInputFiles("#files", [large, bombed, encrypted, going, good]);
  // Written on after it was chosen: whether the page had read it before decides which of the two it says.
  writeFileSync(going, "通过浙政盯发送，还在写。".repeat(100));
  await page.waitForFunction(() => document.documentElement.dataset.done, null, { timeout: 240_000 });
  const problem = async (name) => { await page.click(`#side .row:has-text("${name}")`); return page.innerText("#results"); };
  assert.match(await problem("很大"), /超过本页上限 100 MB/u);
  const said = await problem("炸弹");
  assert.ok(/过大|太大|超过|上限|解压|内存不够/u.test(said), said);
  assert.match(await problem("加密"), /加密|旧版|另存/u);
  assert.match(await problem("好.md"), /应为“浙政钉”/u);
  const removed = write("消失.md", "通过浙政盯发送。");
  await page.setInputFiles("#files", [removed]);
  unlinkSync(removed);
  await page.waitForTimeout(500);

  // A dictionary of one's own, remembered.
  const table = write("本单位.tsv", "variant\tpreferred\n溪事快办\t溪事速办\n");
  await page.click("#open-dictionaries");
  await page.setInputFiles("#dialog input[type=file]", [write("坏.toml", "[dictionary]\nid = 1\n")]);
  await page.waitForFunction(() => document.querySelector("#dictionary-problem")?.textContent);
  assert.match(await page.innerText("#dictionary-problem"), /坏\.toml/u);
  await page.setInputFiles("#dialog input[type=file]", [table]);
  await page.waitForSelector('#dialog li:has-text("本单位.tsv")');
  await page.click("#dialog .close");
  const house = write("家.md", "接入溪事快办。");
  await page.waitForFunction(() => document.documentElement.dataset.done);
  await check(page, [house]);
  await page.click('#side .row:has-text("家.md")');
  assert.match(await page.innerText("#results"), /应为“溪事速办”/u);
  // A worker that fails is replaced, with the dictionaries, and the next document is checked.
  await check(page, [write("崩溃.md", "接入溪事快办。"), write("家后.md", "接入溪事快办。")]);
  assert.match(await problem("崩溃.md"), /已跳过并重新启动/u);
  assert.match(await problem("家后.md"), /应为“溪事速办”/u);

  const remembered = await context.newPage();
  await remembered.goto(address);
  await remembered.waitForFunction(() => document.documentElement.dataset.ready);
  await remembered.setInputFiles("#files", [house]);
  await remembered.waitForSelector(".card");
  assert.match(await remembered.innerText("#results"), /应为“溪事速办”/u, "the dictionary is remembered");
  await remembered.close();

  // Look-up, and English.
  await page.click("#open-lookup");
  await page.fill("#dialog input", "浙政钉");
  await page.press("#dialog input", "Enter");
  await page.waitForSelector(".known blockquote");
  await page.click("#dialog .close");
  await page.click("#language");
  await page.waitForFunction(() => document.documentElement.lang === "en");
  // The findings are drawn anew after the page has changed its language.
  await page.waitForFunction(() => /the (standard|preferred) term is/u.test(document.querySelector("#results").innerText));
  assert.equal(await page.$$eval("header, main, footer, nav, aside, [role=status], [role=alert]", (all) => all.length >= 7), true, "landmarks");
  const unnamed = await page.$$eval("button, input:not([hidden]), select, summary", (all) => all.filter((one) => one.offsetParent && !(one.textContent.trim() || one.value || one.getAttribute("aria-label") || one.labels?.length)).map((one) => one.outerHTML));
  assert.deepEqual(unnamed, [], "everything that can be used has a name");
  await page.click("#language");

  assert.deepEqual(faults.filter((fault) => !/ERR_|Content Security|net::/u.test(fault)), [], "no fault of the page");
  console.log("page: all tests passed");
});

if (shots) {
  mkdirSync(shots, { recursive: true });
  for (const [width, height] of [[1366, 768], [1920, 1080]]) {
    for (const colorScheme of ["light", "dark"]) {
      await withBrowser({ viewport: { width, height }, colorScheme }, async (context) => {
        const { page } = await opened(context);
        const name = (what) => join(shots, `${what}-${width}-${colorScheme}.png`);
        await page.screenshot({ path: name("start") });
        await page.click("#try-sample");
        await page.waitForSelector(".card");
        await page.waitForFunction(() => document.documentElement.dataset.done);
        await page.waitForTimeout(5000);
        await page.screenshot({ path: name("one") });
        await check(page, [...office, join(root, "fixtures/drafts/plan.md")]);
        await page.click('#side .row:has-text("全部文稿")');
        await page.click(".card .fix >> nth=0");
        await page.waitForTimeout(6000);
        await page.screenshot({ path: name("many") });
        await page.click("details.menu summary");
        await page.screenshot({ path: name("menu") });
        await page.keyboard.press("Escape");
        if (width === 1366 && colorScheme === "light") {
          await page.emulateMedia({ media: "print" });
          await page.screenshot({ path: name("print"), fullPage: false });
          await page.emulateMedia({ media: "screen" });
          await page.click("#open-dictionaries");
          await page.screenshot({ path: name("dictionaries") });
        }
      });
    }
  }
}
