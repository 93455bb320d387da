// The sections on terms, editions, definitions, jargon, and what changed. Each is a function of the filter that the
// address gives.

function termsView(filter) {
  const needle = (filter.q || "").toLowerCase();
  const faulty = (spelling) => spelling.standing !== "preferred" && spelling.standing !== "admitted";
  const all = data.terms.map((term) => {
    const preferred = term.spellings.filter((spelling) => spelling.standing === "preferred");
    const uses = preferred.flatMap((spelling) => spelling.uses);
    return {
      concept: data.concepts[term.concept], uses, official: preferred.reduce((sum, spelling) => sum + spelling.count, 0),
      others: term.spellings.filter((spelling) => spelling.standing !== "preferred"),
      faulty: term.spellings.filter(faulty).reduce((sum, spelling) => sum + spelling.count, 0),
      documents: new Set(term.spellings.flatMap((spelling) => spelling.uses.map((use) => use[0]))).size,
    };
  });
  const rows = all.filter((row) => (!filter.standing || row.faulty > 0)
    && (row.concept.preferred + row.others.map((other) => other.text).join(" ")).toLowerCase().includes(needle));
  const other = (spelling, row) => h("span", { class: "spelling" },
    h("a", { href: address("findings", { q: spelling.text, concept: row.concept.id }) }, spelling.text), ` ${words.spellings[spelling.standing]} `,
    places(spelling.uses, spelling.count));
  return [
    filterForm("terms", filter, [{ name: "standing", label: words.others, options: [["faulty", words.onlyFaulty]] }]),
    status(rows.length, all.length),
    panel(null, table(words.terms, rows, [
      { id: "preferred", name: words.preferred, key: (row) => row.concept.preferred, cell: (row) => h("span", { title: row.concept.definition }, row.concept.preferred) },
      { id: "official", name: words.officialCount, class: "number", key: (row) => row.official, cell: (row) => row.official > 0 && places(row.uses, row.official) },
      { id: "faulty", name: words.others, class: "wide", key: (row) => row.faulty, cell: (row) => row.others.map((spelling) => other(spelling, row)) },
      { id: "documents", name: words.inDocuments, class: "number", key: (row) => row.documents, cell: (row) => format(row.documents) },
      { id: "source", name: words.source, key: (row) => row.concept.citation, cell: (row) => row.concept.citation },
    ], "terms", filter)),
  ];
}

function citationsView(filter) {
  const needle = (filter.q || "").toLowerCase();
  const kinds = [...new Set(data.citations.map((row) => row.kind))];
  const rows = data.citations.filter((row) => row.normal.toLowerCase().includes(needle)
    && (!filter.kind || row.kind === filter.kind) && (!filter.standing || (row.standing || "unknown") === filter.standing));
  const grade = { current: "info", pending: "warning", draft: "warning", superseded: "warning", withdrawn: "error", nonexistent: "error" };
  return [
    filterForm("citations", filter, [
      { name: "kind", label: words.kind, options: kinds.map((kind) => [kind, words.kinds[kind]]) },
      { name: "standing", label: words.standing, options: Object.entries(words.standings) },
    ]),
    status(rows.length, data.citations.length),
    panel(null, table(words.citations, rows, [
      { id: "normal", name: words.cited, class: "wide", key: (row) => row.normal, cell: (row) => row.normal },
      { id: "standing", name: words.standing, key: (row) => row.standing, cell: (row) => row.standing && row.standing !== "unknown"
        ? h("span", { class: `badge ${grade[row.standing]}` }, words.standings[row.standing]) : h("span", { class: "soft small" }, row.edition === null ? words.undated : words.standings.unknown) },
      { id: "successor", name: words.successor, key: (row) => row.successor, cell: (row) => row.successor },
      { id: "count", name: words.count, class: "number", key: (row) => row.count, cell: (row) => places(row.uses, row.count) },
      { id: "documents", name: words.inDocuments, class: "number", key: (row) => row.uses.length, cell: (row) => format(row.uses.length) },
    ], "citations", filter)),
  ];
}

function conflictsView(filter) {
  const needle = (filter.q || "").toLowerCase();
  const rows = data.conflicts.filter((row) => (row.term + row.here.body + row.there.body).toLowerCase().includes(needle));
  const tags = { "=": "span", "-": "del", "+": "ins" };
  const given = (one) => [documentLink(documents[one.document]), ` ${text(one.place) || words.at(one.line, one.column)}`];
  const conflict = (row) => h("article", { class: "finding conflict" },
    h("div", { class: "head" }, h("h3", {}, row.term), h("span", { class: "small soft" }, h("ins", {}, words.here), " ", given(row.here), "　", h("del", {}, words.there), " ", given(row.there))),
    h("p", { class: "context", style: "grid-column: 1 / -1" }, row.changes.map(([kind, part]) => h(tags[kind], {}, part))));
  return [
    filterForm("conflicts", filter), status(rows.length, data.conflicts.length),
    panel(null, rows.length === 0 ? h("p", { class: "empty" }, words.none) : paged(rows, "conflicts", filter, (shown) => shown.map(conflict))),
  ];
}

function jargonView(filter) {
  const needle = (filter.q || "").toLowerCase();
  const rows = data.jargon.filter((row) => row.text.toLowerCase().includes(needle));
  return [
    filterForm("jargon", filter), status(rows.length, data.jargon.length),
    panel(null, table(words.jargon, rows, [
      { id: "text", name: words.expression, key: (row) => row.text, cell: (row) => h("a", { href: address("findings", { text: plain(row.text), all: 1 }) }, row.text) },
      { id: "documents", name: words.inDocuments, class: "number", key: (row) => row.uses.length, cell: (row) => format(row.uses.length) },
      { id: "count", name: words.count, class: "number", key: (row) => row.count, cell: (row) => places(row.uses, row.count) },
    ], "jargon", filter)),
  ];
}

/** Findings that are new, gone and still there, each figure a link. */
function changeFigures() {
  const { comparison } = data;
  const one = (value, name, href, kind) => h("a", { class: `figure ${kind}`, href }, h("b", {}, format(value)), h("span", { class: "soft" }, name));
  return [
    h("p", { class: "soft small" }, words.since(comparison.earlier || "—"), comparison.gone_documents > 0 && words.goneDocuments(format(comparison.gone_documents))),
    h("div", { class: "figures" },
      one(comparison.new, words.states.new, address("findings", { state: "new" }), "error"),
      one(comparison.gone.length, words.gone, address("changes"), "info"),
      one(comparison.still, words.states.still, address("findings", { state: "still" }), "")),
  ];
}

function changesView(filter) {
  const needle = (filter.q || "").toLowerCase();
  const rows = data.comparison.gone.filter((row) => `${row.path} ${row.name} ${row.message} ${row.text}`.toLowerCase().includes(needle));
  return [
    panel(words.changes, changeFigures(), course(data.history)),
    filterForm("changes", filter), status(rows.length, data.comparison.gone.length),
    panel(words.gone, table(words.gone, rows, [
      { id: "path", name: words.document, key: (row) => row.path, class: "wide", cell: (row) => (byPath.has(row.path) ? documentLink(byPath.get(row.path)) : row.path) },
      { id: "at", name: words.place, key: (row) => row.line, cell: (row) => row.place || words.line(row.line) },
      { id: "rule", name: words.rule, key: (row) => row.name, cell: (row) => row.name },
      { id: "message", name: words.message, key: (row) => row.message, class: "wide", cell: (row) => row.message },
    ], "changes", filter)),
  ];
}
