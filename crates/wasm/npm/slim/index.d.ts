import init from "./zhengming.js";
export * from "./zhengming.js";
/** Loads the words in use, five megabytes; linters made afterwards have them. Says whether they could be used. */
export function loadWords(address?: string | URL): Promise<boolean>;
export default init;
