// The example editor in Chromium: marks while typing, the definition on hover, a quick fix.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";

import { build } from "esbuild";

import { withBrowser } from "./chromium.mjs";

const here = new URL("../", import.meta.url).pathname;
const root = join(here, "../..");
await build({
  entryPoints: [join(here, "example/editor.js")], bundle: true, format: "esm", minify: true, outfile: join(here, "example/editor.bundle.js"),
  alias: { zhengming: join(root, "dist/npm/zhengming.js") }, nodePaths: [join(here, "node_modules")], logLevel: "warning",
});
const files = {
  "/": [join(here, "example/index.html"), "text/html"],
  "/editor.bundle.js": [join(here, "example/editor.bundle.js"), "text/javascript"],
  "/zhengming_bg.wasm": [join(root, "dist/npm/zhengming_bg.wasm"), "application/wasm"],
};
const server = createServer((request, response) => {
  const file = files[request.url];
  if (!file) { response.statusCode = 404; response.end(); return; }
  response.setHeader("content-type", file[1]);
  response.end(readFileSync(file[0]));
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));

try {
  await withBrowser({ viewport: { width: 1000, height: 700 } }, async (context) => {
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.waitForSelector(".cm-lintRange");
    const marks = () => page.$$eval(".cm-lintRange", (all) => all.map((one) => one.textContent));
    assert.ok((await marks()).includes("浙政盯"));
    await page.hover('.cm-lintRange:has-text("浙政盯")');
    await page.waitForSelector(".cm-tooltip .zm-card");
    const card = await page.innerText(".cm-tooltip");
    assert.match(card, /浙政盯/u);
    assert.match(card, /DB33\/T 2350—2021/u);
    await page.click('.cm-tooltip .cm-diagnosticAction:has-text("浙政钉")');
    await page.waitForFunction(() => window.view.state.doc.toString().includes("浙政钉"));
    await page.waitForFunction(() => ![...document.querySelectorAll(".cm-lintRange")].some((one) => one.textContent === "浙政盯"));
    // Typed: a mark comes by itself.
    await page.click(".cm-content");
    await page.keyboard.press("Control+End");
    await page.keyboard.insertText("又用浙政盯办文。");
    await page.waitForFunction(() => [...document.querySelectorAll(".cm-lintRange")].some((one) => one.textContent === "浙政盯"));
    console.log("editor: all tests passed");
  });
} finally {
  server.close();
}
