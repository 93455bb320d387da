// Runs the functions of a report page without a browser: `node report_page.js PAGE`. What goes wrong is
// thrown, so that node ends with a status other than 0.

const assert = require("node:assert");
const { readFileSync } = require("node:fs");
const vm = require("node:vm");

const page = readFileSync(process.argv[2], "utf8");
const [data, closed] = [...page.matchAll(/<script[^>]*>(.*?)<\/script>/gs)].map((found) => found[1]);
// The page closes its script off from the world; here the world is to reach its functions.
const script = closed.replace(/^\s*"use strict";\s*\(\(\) => \{/, "").replace(/\}\)\(\);\s*$/, "");
assert.notStrictEqual(script, closed);

/** As much of an element as the script asks for. */
class Node {
  constructor(tag, text) {
    Object.assign(this, { tag, textContent: text || "", children: [], attributes: {}, listeners: {}, dataset: {} });
  }
  addEventListener(name, listener) { this.listeners[name] = listener; }
  setAttribute(name, value) { this.attributes[name] = value; }
  append(child) { this.children.push(child); }
  replaceWith() {}
  replaceChildren(...children) { this.children = children; }
  focus() { document.activeElement = this; }
  setSelectionRange(from, to) { this.caret = [from, to]; }
}

/** The text of an element with all that is in it. */
const read = (node) => node.textContent + node.children.map(read).join("");
/** All elements below one for which `isWanted` holds. */
const within = (node, isWanted) => [node, ...node.children.flatMap((one) => within(one, () => true))].filter(isWanted);

const parts = { data: new Node("script", data), app: new Node("div") };
let main;
const document = {
  activeElement: null,
  documentElement: new Node("html"),
  getElementById: (id) => parts[id] || (main && within(main, (one) => one.attributes.id === id)[0]) || null,
  createElement(tag) {
    const made = new Node(tag);
    if (tag === "main") main = made;
    return made;
  },
  createElementNS: (_, tag) => new Node(tag),
  createTextNode: (text) => new Node("", text),
  addEventListener() {},
};
const timers = [];
const world = vm.createContext({
  Node, document, location: { hash: "", replace(address) { this.hash = address; } },
  localStorage: { getItem: () => null, setItem() {} },
  window: { scrollTo() {}, addEventListener() {}, matchMedia: () => ({ matches: false, addEventListener() {} }) },
  setTimeout: (action) => timers.push(action), clearTimeout: (number) => { if (number) timers[number - 1] = null; },
  decodeURIComponent, encodeURIComponent, console,
});
vm.runInContext(script, world);
/** The value of an expression of the page, as plain data. */
const value = (expression) => JSON.parse(JSON.stringify(vm.runInContext(expression, world)));
/** What a view shows, as text. */
const shown = (call) => vm.runInContext(call, world).flat(Infinity).filter(Boolean).map(read).join("\n");

// Filters: each leaves what it says and nothing else.
const all = value("data.findings.length");
assert.strictEqual(value("matching({}).length"), all);
assert.ok(all > 0);
for (const [index, severity] of ["error", "warning", "info"].entries()) {
  assert.strictEqual(value(`matching({ severity: "${severity}" }).length`), value("data.findings").filter((row) => row[2] === index).length);
}
const found = value('matching({ q: "浙政盯" })');
assert.ok(found.length > 0 && found.length < all);
assert.deepStrictEqual(value('matching({ q: "没有这句话" })'), []);
const first = value("documents.map((one) => one.total)");
first.forEach((total, index) => assert.strictEqual(value(`matching({ document: "${index}" }).length`), total));

// Addresses: what is written is read again, and what nobody wrote does no harm.
world.location.hash = value('address("findings", { q: "a&b=c?#%", page: 2, rule: "", text: undefined })');
assert.deepStrictEqual(value("readAddress()"), { view: "findings", filter: { q: "a&b=c?#%", page: "2" } });
world.location.hash = "#findings?q=%E6%B5&&=3&page";
assert.deepStrictEqual(value("readAddress()"), { view: "findings", filter: { q: "%E6%B5", page: "" } });
world.location.hash = "";
assert.deepStrictEqual(value("readAddress()"), { view: "", filter: {} });

// Order: what is missing comes last in either direction.
const rows = '[{ k: 2 }, { k: null }, { k: 10 }, {}, { k: 1 }]';
assert.deepStrictEqual(value(`ordered(${rows}, (row) => row.k, true).map((row) => row.k ?? 0)`), [1, 2, 10, 0, 0]);
assert.deepStrictEqual(value(`ordered(${rows}, (row) => row.k, false).map((row) => row.k ?? 0)`), [10, 2, 1, 0, 0]);
assert.deepStrictEqual(value('ordered([{ k: "" }, { k: "b" }, { k: "a" }], (row) => row.k, true).map((row) => row.k)'), ["a", "b", ""]);

// Pages: the last one is short, and one beyond it is the last.
const paged = (page) => value(`paged([...Array(101).keys()], "findings", { page: "${page}" }, (rows) => rows)[0]`);
assert.deepStrictEqual([paged("1").length, paged("3"), paged("99"), paged("-1")[0], paged("x")[0]], [50, [100], [100], 0, 0]);

// At first the surest few of a kind are shown, and the others counted; a document and a rule show all.
const limits = value("(({ rows, hidden }) => [rows.length, hidden])(limited(data.findings, {}))");
assert.strictEqual(limits[0] + limits[1], all);
const many = "[...Array(9).keys()].map((at) => [0, 0, 1, 0, 0, null, at, 1, null, '', '', '', null, null, 0, [], at < 8 ? 50 : 99, '', null, null])";
assert.deepStrictEqual(value(`(({ rows, hidden }) => [rows.length, rows[0][6], hidden])(limited(${many}, {}))`), [5, 8, 4]);
assert.strictEqual(value(`limited(${many}, { all: 1 }).hidden`), 0);

// A table for spreadsheets runs nothing, and quotes what it must.
assert.strictEqual(value("csv([['=1+1', '甲,\"乙\"', -3, null]])"), "\ufeff'=1+1,\"甲,\"\"乙\"\"\",-3,\r\n");

// The text of a document has its marks, those that overlap in pieces, and nothing is lost or doubled.
assert.ok(value("documents.some((one) => one.blocks.length > 0)"));
value("documents.map((one) => one.index)").forEach((index) => {
  const page = shown(`documentView({ n: ${index} })`);
  assert.ok(page.includes(value(`documents[${index}].name`)));
  value(`documents[${index}].blocks.map(([, text]) => joined(text))`).forEach((block) => assert.ok(page.includes(block), block));
});
const split = vm.runInContext("pieces('一二三四', [[0, 3, 0], [1, 4, 1]], [data.findings[0], data.findings[0]], [[], []], () => {})", world);
assert.deepStrictEqual([...split].map((piece) => (typeof piece === "string" ? piece : read(piece))), ["一", "二三", "四"]);
assert.strictEqual(value("joined('数据\\n 平台 and\\nmore')"), "数据平台 and more");

// Documents that could not be read can be listed by themselves.
const unreadable = value("documents.filter((one) => one.error !== null).map((one) => one.name)");
assert.ok(unreadable.length > 0);
const listed = shown('documentsView({ unreadable: "1" })');
assert.ok(unreadable.every((name) => listed.includes(name)));
assert.ok(value("documents.filter((one) => one.error === null).map((one) => one.name)").every((name) => !listed.includes(name)));

// A word that is being composed is not searched for before it is done.
const field = vm.runInContext('searchField("", () => {})', world);
const waiting = () => timers.filter(Boolean).length;
field.listeners.input({ isComposing: false });
assert.strictEqual(waiting(), 1);
field.listeners.compositionstart({});
field.listeners.input({ isComposing: true });
assert.strictEqual(waiting(), 0);
field.listeners.compositionend({ isComposing: false });
assert.strictEqual(waiting(), 1);

// The caret stays where it was when the section is rebuilt.
world.location.hash = "#findings?q=%E6%B5%99%E6%94%BF";
vm.runInContext("show()", world);
const search = document.getElementById("search");
Object.assign(search, { id: "search", selectionStart: 1, selectionEnd: 1 });
search.focus();
vm.runInContext("show()", world);
assert.notStrictEqual(document.activeElement, search);
assert.deepStrictEqual(document.activeElement.caret, [1, 1]);
