// The sections of the page. Each is a function of the filter that the address gives.

// A slip that a document repeats may have thousands of related places.
const MOST_RELATED = 20;
const badge = (severity) => h("span", { class: `badge ${severity}` }, words.grades[severity]);
const panel = (title, ...children) => h("section", { class: "panel" }, title && h("h2", {}, title), ...children);
const documentLink = (one) => h("a", { href: address("findings", { document: one.index }) }, one.name);

function overview() {
  const { totals } = data;
  const figure = (value, name, view, filter, kind) => h(view ? "a" : "div",
    { class: `figure ${kind || ""}`, href: view && address(view, filter) }, h("b", {}, format(value)), h("span", { class: "soft" }, name));
  const rules = [...data.rules].sort((a, b) => b.findings - a.findings);
  const worst = [...documents].filter((one) => one.total > 0).sort((a, b) => b.total - a.total).slice(0, 10);
  const failed = documents.filter((one) => one.error !== null);
  const partial = documents.filter((one) => one.missed !== null);
  return [
    data.about.map(([name, text]) => h("p", { class: "soft small" }, words.labelled(name, text))),
    h("div", { class: "figures" },
      figure(totals.documents, words.documents, "documents"),
      figure(totals.characters, words.characters),
      figure(totals.findings, words.findings, "findings"),
      figure(totals.errors, words.error, "findings", { severity: "error" }, "error"),
      figure(totals.warnings, words.warning, "findings", { severity: "warning" }, "warning"),
      figure(totals.infos, words.info, "findings", { severity: "info" }, "info"),
      figure(totals.fixable, words.fixable, "findings", { fixable: 1 }),
      figure(totals.clean, words.clean),
      totals.suppressed > 0 && figure(totals.suppressed, words.suppressed),
      totals.unreadable > 0 && figure(totals.unreadable, words.unreadable, "documents", { unreadable: 1 }, "error")),
    totals.findings > 0 && h("div", { class: "columns" },
      panel(words.bySeverity, proportion(words.bySeverity, SEVERITIES.map((severity, index) => ({
        label: words[severity], value: [totals.errors, totals.warnings, totals.infos][index], class: severity, href: address("findings", { severity }),
      })))),
      panel(words.byDocument, bars(words.byDocument, worst.map((one) => ({
        label: one.name.split("/").pop(), value: one.total, href: address("findings", { document: one.index }),
      }))))),
    totals.findings > 0 && panel(words.byRule, h("div", { class: "scroll" }, h("table", { "aria-label": words.byRule },
      h("thead", {}, h("tr", {}, [words.rule, words.summary, words.severity].map((name) => h("th", { scope: "col" }, name)),
        [words.findings, words.inDocuments].map((name) => h("th", { scope: "col", class: "number" }, name)))),
      h("tbody", {}, rules.map((rule) => h("tr", {},
        h("td", {}, h("a", { href: address("findings", { rule: rule.id }), title: rule.id }, rule.name)),
        h("td", {}, rule.summary), h("td", {}, badge(rule.severity)),
        h("td", { class: "number" }, h("a", { href: address("findings", { rule: rule.id }) }, format(rule.findings))),
        h("td", { class: "number" }, format(rule.documents)))))))),
    failed.length > 0 && panel(words.unreadable, h("ul", {}, failed.slice(0, 200).map((one) => h("li", {}, words.labelled(one.name, one.error))))),
    partial.length > 0 && panel(words.partial, h("ul", {}, partial.slice(0, 200).map((one) => h("li", {}, words.labelled(one.name, one.missed))))),
    panel(words.dictionaries, h("ul", {}, data.dictionaries.map((one) => h("li", {},
      one.title, one.edition && ` ${one.edition}`, h("span", { class: "soft" }, ` ${one.id} · ${format(one.concepts)}`))))),
  ];
}

/** The form above a list: a search field and choices. */
function filterForm(view, filter, choices) {
  const change = (name) => (event) => { location.replace(address(view, { ...filter, [name]: event.target.value, page: undefined })); };
  const search = searchField(filter.q, change("q"));
  const select = ({ name, label, options }) => h("label", {}, label, h("select", { name, onchange: change(name) },
    h("option", { value: "" }, words.all),
    options.map(([value, shown]) => h("option", { value, selected: String(filter[name]) === String(value) }, shown))));
  return h("form", { class: "filter", role: "search", onsubmit: (event) => event.preventDefault() },
    h("label", { class: "search" }, words.search, search), (choices || []).map(select),
    Object.keys(filter).some((name) => name !== "page") && h("button", { type: "button", onclick: () => { location.hash = address(view); } }, words.reset));
}

/**
 * A search field. The section is rebuilt with the field in it, which would end the composition of a Chinese
 * word: what is being composed waits until it is done.
 */
function searchField(value, search) {
  let waiting;
  const wait = () => clearTimeout(waiting);
  const later = (event) => {
    wait();
    if (!event.isComposing) waiting = setTimeout(() => search(event), 250);
  };
  return h("input", { type: "search", id: "search", value: value || "", oninput: later, oncompositionstart: wait, oncompositionend: later });
}

const status = (shown, all) => h("p", { class: "soft small", role: "status" }, words.found(format(shown), format(all)));

function findings(filter) {
  const rows = matching(filter);
  const families = [...new Map(data.rules.map((rule) => [rule.family, rule.family_name]))];
  const only = filter.document !== undefined && documents[Number(filter.document)];
  return [
    filterForm("findings", filter, [
      { name: "severity", label: words.severity, options: SEVERITIES.map((one) => [one, words.grades[one]]) },
      { name: "family", label: words.family, options: families },
      { name: "rule", label: words.rule, options: data.rules.map((rule) => [rule.id, rule.name]) },
    ]),
    only && panel(only.name, only.title && h("p", {}, only.title),
      h("p", { class: "soft small" }, [only.date, `${words.characters} ${format(only.characters)}`, only.read, only.path].filter(Boolean).join(" · ")),
      only.error && h("p", {}, only.error), only.missed && h("p", {}, words.labelled(words.partial, only.missed))),
    status(rows.length, data.findings.length),
    panel(null, rows.length === 0 ? h("p", { class: "empty" }, words.none)
      : paged(rows, "findings", filter, (shown) => shown.map((row) => card(finding(row), Boolean(only))))),
  ];
}

/** One finding with its context and, beside it, the official definition. */
function card(one, isOnly) {
  const concept = one.concept;
  return h("article", { class: concept ? "finding" : "finding plain" },
    h("div", { class: "head" }, badge(one.severity), h("span", { class: "message" }, one.message)),
    h("div", {},
      h("p", { class: "small soft" }, !isOnly && [documentLink(one.document), " "], one.place || words.at(one.line, one.column), " · ",
        h("a", { href: address("findings", { rule: one.rule.id }), title: one.rule.id }, one.rule.name)),
      h("p", { class: "context" }, one.before, h("mark", {}, one.text), one.after),
      h("p", {}, one.label, one.fix && h("span", { class: "soft" }, `　${words.labelled(words.fix, one.fix)}`)),
      one.help && h("p", { class: "small soft" }, one.help),
      one.related.length > 0 && h("details", { open: one.related.length < 3 }, h("summary", { class: "small" }, `${words.related} ${one.related.length}`),
        h("ul", {}, one.related.slice(0, MOST_RELATED).map((place) => h("li", {},
          place.document && place.document !== one.document && [documentLink(place.document), " "], place.place || words.at(place.line, place.column), " ", place.message)),
        one.related.length > MOST_RELATED && h("li", {}, words.more(format(one.related.length - MOST_RELATED)))))),
    concept && h("aside", {}, h("p", { class: "soft" }, words.official), h("p", {}, h("span", { class: "term" }, concept.preferred), concept.citation && h("span", { class: "soft" }, `　${concept.citation}`)),
      h("p", {}, concept.definition || words.noDefinition)));
}

function documentsView(filter) {
  const needle = (filter.q || "").toLowerCase();
  const rows = documents.filter((one) => (!filter.unreadable || one.error !== null)
    && `${one.path} ${one.title || ""}`.toLowerCase().includes(needle));
  const choices = data.totals.unreadable > 0 && [{ name: "unreadable", label: words.standing, options: [[1, words.unreadable]] }];
  const count = (index) => ({
    id: SEVERITIES[index], name: words[SEVERITIES[index]], class: "number", key: (one) => one.counts[index],
    cell: (one) => one.counts[index] > 0 && h("a", { href: address("findings", { document: one.index, severity: SEVERITIES[index] }) }, format(one.counts[index])),
  });
  return [
    filterForm("documents", filter, choices), status(rows.length, documents.length),
    panel(null, table(words.documents, rows, [
      { id: "name", name: words.document, key: (one) => one.name, class: "wide", cell: documentLink },
      { id: "title", name: words.titleOf, key: (one) => one.title, cell: (one) => one.error === null ? one.title : h("span", { class: "badge error" }, one.error) },
      { id: "date", name: words.date, class: "date", key: (one) => one.date, cell: (one) => one.date },
      { id: "characters", name: words.characters, class: "number", key: (one) => one.characters, cell: (one) => format(one.characters) },
      count(0), count(1), count(2),
      { id: "total", name: words.findings, class: "number", key: (one) => one.total, cell: (one) => h("a", { href: address("findings", { document: one.index }) }, format(one.total)) },
    ], "documents", filter)),
  ];
}

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
      { id: "text", name: words.expression, key: (row) => row.text, cell: (row) => h("a", { href: address("findings", { text: row.text }) }, row.text) },
      { id: "documents", name: words.inDocuments, class: "number", key: (row) => row.uses.length, cell: (row) => format(row.uses.length) },
      { id: "count", name: words.count, class: "number", key: (row) => row.count, cell: (row) => places(row.uses, row.count) },
    ], "jargon", filter)),
  ];
}
