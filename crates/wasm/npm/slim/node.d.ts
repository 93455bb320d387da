export * from "./zhengming.js";
/** Loads the words in use, five megabytes; linters made afterwards have them. Says whether they could be used. */
export function loadWords(): Promise<boolean>;
/** Nothing to wait for in Node. */
export default function init(): Promise<void>;
