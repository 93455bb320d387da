// What the reviewer decides: a decision and a note at a finding, a signature at a document. It stays in this browser,
// and is exported to be handed on and imported again, into this report or a later one on the same documents.

const STORE = `zhengming-notes:${data.about.length > 0 ? data.about[0][1] : ""}`;
const DECISIONS = ["done", "keep", "later"];
const notes = { by: "", findings: {}, documents: {}, ...storedNotes() };

function storedNotes() {
  try { return JSON.parse(localStorage.getItem(STORE)) || {}; } catch { return {}; }
}

function saveNotes() {
  // A page opened from a file may have no storage; then notes last as long as the page, and can be exported.
  try { localStorage.setItem(STORE, JSON.stringify(notes)); } catch { /* nothing to remember them in */ }
}

/** A finding by its document and what it says, whatever line it is on. */
const keyOf = (row) => `${documents[row[0]].name} ${data.rules[row[1]].id} ${row[17]}`;
const decisionOf = (row) => notes.findings[keyOf(row)] || {};
const signatureOf = (one) => notes.documents[one.name] || {};

/** Changes what is kept under a key; what is empty goes away. */
function keep(table, key, change) {
  const kept = { ...table[key], ...change };
  for (const name of Object.keys(kept)) if (!kept[name]) delete kept[name];
  if (Object.keys(kept).length > 0) table[key] = kept;
  else delete table[key];
  saveNotes();
}

/** Choices of what became of a finding, and a line for a note. */
function decision(row) {
  const now = decisionOf(row);
  return h("div", { class: "decide" },
    h("select", { "aria-label": words.decision, onchange: (event) => keep(notes.findings, keyOf(row), { d: event.target.value }) },
      h("option", { value: "" }, words.decisions.open),
      DECISIONS.map((one) => h("option", { value: one, selected: now.d === one }, words.decisions[one]))),
    h("input", { type: "text", "aria-label": words.note, placeholder: words.note, value: now.n || "", onchange: (event) => keep(notes.findings, keyOf(row), { n: event.target.value.trim() }) }));
}

/** The signature at a document: who has read it, and when. */
function signature(one) {
  const now = signatureOf(one);
  const sign = (event) => {
    const today = new Date();
    const on = [today.getFullYear(), today.getMonth() + 1, today.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
    keep(notes.documents, one.name, event.target.checked ? { on, by: notes.by } : { on: "", by: "" });
    told.replaceChildren(document.createTextNode(signed(one)));
  };
  const told = h("span", { class: "soft small" }, signed(one));
  return h("label", { class: "sign" }, h("input", { type: "checkbox", checked: Boolean(now.on), "aria-label": words.signed, onchange: sign }), told);
}

const signed = (one) => [signatureOf(one).by, signatureOf(one).on].filter(Boolean).join(" ");

/** The reviewer's name, and the ways out of and into this browser. */
function noteTools() {
  const read = async (event) => {
    try {
      const given = JSON.parse(await event.target.files[0].text());
      Object.assign(notes.findings, given.findings);
      Object.assign(notes.documents, given.documents);
      saveNotes();
      show();
    } catch {
      event.target.setCustomValidity(words.noNotes);
      event.target.reportValidity();
    }
  };
  const file = h("input", { type: "file", accept: ".json", hidden: true, onchange: read });
  return h("div", { class: "tools" },
    h("label", {}, words.reviewer, " ", h("input", { type: "text", value: notes.by, onchange: (event) => { notes.by = event.target.value.trim(); saveNotes(); } })),
    h("button", { type: "button", onclick: () => download(words.notesFile, "application/json", JSON.stringify(notes, null, 1)) }, words.exportNotes),
    h("button", { type: "button", onclick: () => file.click() }, words.importNotes), file);
}

/** Hands a text over as a file. */
function download(name, type, text) {
  const link = h("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Rows as a table that spreadsheet programs open. */
function csv(rows) {
  // What a document says must not be run as a formula.
  const cell = (value) => {
    const text = String(value ?? "");
    const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, "\"\"")}"` : safe;
  };
  return "\ufeff" + rows.map((row) => row.map(cell).join(",") + "\r\n").join("");
}

function exportFindings(rows) {
  const line = (row) => {
    const one = finding(row), now = decisionOf(row);
    return [one.document.path, one.line, one.column, one.place, words.grades[one.severity], one.rule.name, one.rule.id, one.text, one.message,
      one.label, one.help, one.before + one.text + one.after, row[19] === null ? "" : words.states[one.isNew ? "new" : "still"],
      now.d ? words.decisions[now.d] : "", now.n || ""];
  };
  download(words.findingsFile, "text/csv", csv([words.findingColumns, ...rows.map(line)]));
}

function exportDocuments(rows) {
  const line = (one) => [one.path, one.title, one.date, one.issuer, one.characters, ...one.counts, rate(one.total, one.characters), signatureOf(one).by, signatureOf(one).on];
  download(words.documentsFile, "text/csv", csv([words.documentColumns, ...rows.map(line)]));
}
