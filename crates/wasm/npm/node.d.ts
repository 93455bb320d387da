export * from "./zhengming.js";
/** Nothing to wait for in Node. */
export default function init(): Promise<void>;
