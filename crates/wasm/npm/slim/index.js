import init, { giveWords } from "./zhengming.js";

/** Loads the words in use; linters made afterwards have them. */
export async function loadWords(address = new URL("./words.bin", import.meta.url)) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return giveWords(new Uint8Array(await response.arrayBuffer()));
}

export * from "./zhengming.js";
export default init;
