import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { giveWords, initSync } from "./zhengming.js";

initSync({ module: readFileSync(new URL("./zhengming_bg.wasm", import.meta.url)) });

/** Loads the words in use; linters made afterwards have them. */
export async function loadWords() {
  return giveWords(await readFile(new URL("./words.bin", import.meta.url)));
}

export * from "./zhengming.js";
export default async function init() {}
