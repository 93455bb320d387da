// In Node the module is read from beside this file, so there is nothing to wait for; `init` is there so that one program
// runs in browsers, too.
import { readFileSync } from "node:fs";
import { initSync } from "./zhengming.js";

initSync({ module: readFileSync(new URL("./zhengming_bg.wasm", import.meta.url)) });

export * from "./zhengming.js";
export default async function init() {}
