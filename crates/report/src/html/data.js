// The data of the page and what is asked of it.

const data = JSON.parse(document.getElementById("data").textContent);
const words = WORDS[data.lang] || WORDS.zh;
const SEVERITIES = ["error", "warning", "info"];
const text = (index) => (index === null ? "" : data.texts[index]);

/** Paths without the folders that all of them share. */
const shared = (() => {
  const paths = data.documents.map((row) => row[0]);
  if (paths.length < 2) return 0;
  let prefix = paths[0].slice(0, paths[0].lastIndexOf("/") + 1);
  for (const path of paths) {
    while (prefix && !path.startsWith(prefix)) {
      prefix = prefix.slice(0, prefix.slice(0, -1).lastIndexOf("/") + 1);
    }
  }
  return prefix.length;
})();

const documents = data.documents.map((row, index) => ({
  index, path: row[0], name: row[0].slice(shared), title: row[1], date: row[2], characters: row[3], error: row[4],
  counts: [row[5], row[6], row[7]], total: row[5] + row[6] + row[7], suppressed: row[8], missed: row[9], issuer: row[10], link: row[11], read: row[12],
  blocks: data.blocks[index] || [],
}));
const byPath = new Map(documents.map((one) => [one.path, one]));

/** Characters of context on either side of a finding. */
const AROUND = 48;

/** The words before and after a finding: its own, or those of the text of the document. */
function around(row) {
  if (row[18] === null) return [row[9], row[11]];
  const [block, start, end] = row[18];
  const [, text] = documents[row[0]].blocks[block];
  // No half of a character that takes two units.
  const isHalf = (at) => at > 0 && at < text.length && text.charCodeAt(at) >= 0xdc00 && text.charCodeAt(at) < 0xe000;
  const from = Math.max(0, start - AROUND), to = Math.min(text.length, end + AROUND);
  return [joined(text.slice(isHalf(from) ? from + 1 : from, start)), joined(text.slice(end, isHalf(to) ? to + 1 : to))];
}

/** A text without the line breaks of its layout: nothing stands for them next to Chinese characters, else a blank. */
function joined(text) {
  const isHan = (c) => c === undefined || c.charCodeAt(0) > 0x2e80;
  return text.replace(/[^\S\u3000]*[\r\n]\s*/g, (gap, at) => (isHan(text[at - 1]) || isHan(text[at + gap.length]) ? "" : " "));
}

/** Findings on a thousand characters. */
function rate(count, characters) {
  return characters > 0 ? (1000 * count / characters).toFixed(2) : "";
}

/** A finding as an object; the page makes one for each that it shows. */
function finding(row) {
  const [before, after] = around(row);
  return {
    row,
    document: documents[row[0]], rule: data.rules[row[1]], severity: SEVERITIES[row[2]], message: text(row[3]),
    label: text(row[4]), help: text(row[5]), line: row[6], column: row[7], place: text(row[8]), before,
    text: row[10], after, concept: row[12] === null ? null : data.concepts[row[12]], fix: text(row[13]),
    fixable: row[14] === 1, sure: row[16], isNew: row[19] === 1,
    related: row[15].map(([path, line, column, place, message]) => ({
      document: path === null ? documents[row[0]] : byPath.get(text(path)), line, column, place: text(place), message: text(message),
    })),
  };
}

/** Whether a document is one that a filter asks for, by folder and organ. */
function isWanted(one, filter) {
  return (!filter.folder || one.name.startsWith(filter.folder + "/") || one.name.startsWith(filter.folder + "\\"))
    && (!filter.issuer || one.issuer === filter.issuer);
}

/** The rows that a filter leaves, in the order of the documents. */
function matching(filter) {
  const needle = (filter.q || "").toLowerCase();
  const severity = SEVERITIES.indexOf(filter.severity);
  const wanted = filter.document === undefined ? undefined : Number(filter.document);
  const has = (one) => one.toLowerCase().includes(needle);
  const texts = needle && data.texts.map(has);
  const paths = needle && documents.map((one) => has(one.path));
  const blocks = needle && documents.map((one) => one.blocks.map(([, text]) => has(text)));
  const inPlace = (filter.folder || filter.issuer) && documents.map((one) => isWanted(one, filter));
  return data.findings.filter((row) => {
    if (wanted !== undefined && row[0] !== wanted) return false;
    if (inPlace && !inPlace[row[0]]) return false;
    if (filter.rule && data.rules[row[1]].id !== filter.rule) return false;
    if (filter.family && data.rules[row[1]].family !== filter.family) return false;
    if (severity >= 0 && row[2] !== severity) return false;
    if (filter.fixable && row[14] !== 1) return false;
    if (filter.concept && (row[12] === null || data.concepts[row[12]].id !== filter.concept)) return false;
    if (filter.text && plain(row[10]) !== filter.text) return false;
    if (filter.state && row[19] !== (filter.state === "new" ? 1 : 0)) return false;
    if (filter.decision && (decisionOf(row).d || "open") !== filter.decision) return false;
    return !needle || texts[row[3]] || texts[row[4]] || (row[5] !== null && texts[row[5]]) || paths[row[0]]
      || (row[18] === null ? has(`${row[9]}${row[10]}${row[11]}`) : blocks[row[0]][row[18][0]]);
  });
}

/** A text without the line breaks and blanks of its layout. */
const plain = (text) => text.replace(/[\s\u200b]+/g, "");

/** Graver first, then surer, then in the order of the text. */
const byWeight = (a, b) => a[2] - b[2] || b[16] - a[16] || a[6] - b[6] || a[7] - b[7];

/**
 * What is shown at first of many: of each kind in a document the surest few. Gives the rows by document, the graver and
 * surer first, and how many more of a kind there are behind its last row.
 */
function limited(rows, filter) {
  const more = new Map();
  if (filter.all || (filter.document !== undefined && filter.rule)) return { rows, more, hidden: 0 };
  const shown = [], kinds = new Map();
  let hidden = 0;
  const flush = (some) => {
    kinds.clear();
    for (const row of some.sort(byWeight)) {
      const kind = kinds.get(row[1]) || { count: 0 };
      kinds.set(row[1], kind);
      kind.count += 1;
      if (kind.count <= data.most) {
        shown.push(row);
        kind.last = row;
      } else {
        more.set(kind.last, kind.count - data.most);
        hidden += 1;
      }
    }
  };
  let some = [];
  for (const row of rows) {
    if (some.length > 0 && some[0][0] !== row[0]) {
      flush(some);
      some = [];
    }
    some.push(row);
  }
  flush(some);
  return { rows: shown, more, hidden };
}

/** What the address says: `#findings?q=…&page=2`. */
function readAddress() {
  const [view, query = ""] = location.hash.slice(1).split(/\?(.*)/s);
  const filter = {};
  for (const part of query.split("&")) {
    const [name, value = ""] = part.split("=");
    if (name) filter[name] = decode(value);
  }
  return { view, filter };
}

function decode(value) {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** An address that shows a view with a filter. */
function address(view, filter = {}) {
  const set = Object.entries(filter).filter(([, value]) => value !== undefined && value !== "" && value !== null);
  const query = set.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
  return `#${view}${query ? "?" + query : ""}`;
}
