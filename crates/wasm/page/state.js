// The documents on the desk, what was found in them, and what the reader decided.

const desk = {
  documents: [],
  /** The document that is shown; null for all. */
  document: null,
  /** The rule that is shown; null for all. */
  rule: null,
  order: "document",
  severities: new Set(["error", "warning", "info"]),
  standing: "any",
  search: "",
  weak: false,
  rules: new Map(),
  dictionaries: [],
  /** The reader's own dictionaries: `{name, data}`. */
  own: [],
  kept: true,
  version: "",
  stopping: false,
  nextId: 1,
};

/** What the reader decided of a finding: the number of a fix, "leave", or undefined. */
const decision = (document, finding) => document.decisions[finding.key];

function standingOf(document, finding) {
  const decided = decision(document, finding);
  return decided === undefined ? "open" : decided === "leave" ? "left" : "accepted";
}

/** The findings of a document that are listed, weak ones only if asked for. */
function findingsOf(document) {
  const own = document.result?.findings ?? [];
  return [...own.filter((finding) => desk.weak || finding.shown), ...document.between];
}

function matches(document, finding) {
  if (desk.rule && finding.rule !== desk.rule) return false;
  if (!desk.severities.has(finding.severity)) return false;
  if (desk.standing !== "any" && standingOf(document, finding) !== desk.standing) return false;
  if (!desk.search) return true;
  const said = [finding.text, say(finding.message), say(finding.label), document.path, finding.concept?.preferred];
  return said.some((text) => text?.toLowerCase().includes(desk.search));
}

/** What is listed, as pairs of document and finding. */
function listed() {
  const documents = desk.document ? [desk.document] : desk.documents;
  const pairs = documents.flatMap((document) =>
    findingsOf(document).filter((finding) => matches(document, finding)).map((finding) => ({ document, finding })));
  if (desk.order === "rule") {
    const place = new Map([...desk.rules.keys()].map((id, number) => [id, number]));
    pairs.sort((a, b) => place.get(a.finding.rule) - place.get(b.finding.rule));
  }
  return pairs;
}

/** The safe fixes that are neither accepted nor refused. */
function openSafe() {
  return listed().flatMap(({ document, finding }) => {
    const number = finding.fixes.findIndex((fix) => fix.applicability === "safe");
    return number >= 0 && decision(document, finding) === undefined ? [{ document, finding, number }] : [];
  });
}

/** Ways to change what stands there. A comment that silences the checker is its author's to change. */
const fixesOf = (finding) => (finding.family === "suppression" ? [] : finding.fixes);

/** What a fix puts in place of the finding's text, to be shown. */
function replacement(finding, fix) {
  const [edit, more] = fix.edits;
  if (edit && !more && edit.start.byte === finding.start.byte && edit.end.byte === finding.end.byte) return edit.text;
  return fix.title.zh.match(/^改为“(.+)”$/u)?.[1] ?? null;
}

/** Findings between documents, in the shape of the others. */
function takeBetween(report) {
  for (const document of desk.documents) document.between = [];
  const byPath = new Map(desk.documents.map((document) => [document.path, document]));
  for (const file of report.files) {
    const document = byPath.get(file.path);
    if (!document) continue;
    document.between = file.diagnostics.map((found, number) => ({
      ...found,
      key: `between#${number}`,
      shown: true,
      start: found.span.start,
      end: found.span.end,
      help: { basis: found.help },
      sentence: { before: "", text: found.text, after: "" },
      fixes: [],
      related: found.related.map((one) => ({ ...one, start: one.span.start })),
    }));
  }
}
