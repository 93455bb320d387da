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
  counts: [row[5], row[6], row[7]], total: row[5] + row[6] + row[7], suppressed: row[8], missed: row[9], read: row[10],
}));
const byPath = new Map(documents.map((one) => [one.path, one]));

/** A finding as an object; the page makes one for each that it shows. */
function finding(row) {
  return {
    document: documents[row[0]], rule: data.rules[row[1]], severity: SEVERITIES[row[2]], message: text(row[3]),
    label: text(row[4]), help: text(row[5]), line: row[6], column: row[7], place: text(row[8]), before: row[9],
    text: row[10], after: row[11], concept: row[12] === null ? null : data.concepts[row[12]], fix: text(row[13]),
    fixable: row[14] === 1,
    related: row[15].map(([path, line, column, place, message]) => ({
      document: path === null ? documents[row[0]] : byPath.get(text(path)), line, column, place: text(place), message: text(message),
    })),
  };
}

/** The rows that a filter leaves, in the order of the documents. */
function matching(filter) {
  const needle = (filter.q || "").toLowerCase();
  const severity = SEVERITIES.indexOf(filter.severity);
  const wanted = filter.document === undefined ? undefined : Number(filter.document);
  const texts = needle && data.texts.map((one) => one.toLowerCase().includes(needle));
  const paths = needle && documents.map((one) => one.path.toLowerCase().includes(needle));
  return data.findings.filter((row) => {
    if (wanted !== undefined && row[0] !== wanted) return false;
    if (filter.rule && data.rules[row[1]].id !== filter.rule) return false;
    if (filter.family && data.rules[row[1]].family !== filter.family) return false;
    if (severity >= 0 && row[2] !== severity) return false;
    if (filter.fixable && row[14] !== 1) return false;
    if (filter.concept && (row[12] === null || data.concepts[row[12]].id !== filter.concept)) return false;
    if (filter.text && row[10] !== filter.text) return false;
    return !needle || texts[row[3]] || texts[row[4]] || (row[5] !== null && texts[row[5]]) || paths[row[0]]
      || `${row[9]}${row[10]}${row[11]}`.toLowerCase().includes(needle);
  });
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
