// Debian's Chromium, or another one that CHROMIUM names; nothing where there is none.

import { accessSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

function program() {
  for (const path of [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]) {
    try { if (path) { accessSync(path); return path; } } catch { /* the next one */ }
  }
  return null;
}

/** Runs `work` with a browser of an empty profile; says so and passes where there is no browser. */
export async function withBrowser(options, work) {
  const path = program();
  if (!path) { console.log("Chromium is not installed: passed over"); return; }
  const { chromium } = await import("playwright-core");
  const profile = await mkdtemp(join(tmpdir(), "zhengming-"));
  const context = await chromium.launchPersistentContext(profile, { executablePath: path, args: FLAGS, locale: "zh-CN", acceptDownloads: true, ...options });
  try {
    await work(context);
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  }
}
