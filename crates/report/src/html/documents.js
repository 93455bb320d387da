// The list of documents, and a page for each with its text and the marks in it.

function documentsView(filter) {
  const needle = (filter.q || "").toLowerCase();
  const rows = documents.filter((one) => (!filter.unreadable || one.error !== null) && isWanted(one, filter)
    && (!filter.signed || Boolean(signatureOf(one).on) === (filter.signed === "yes"))
    && `${one.path} ${one.title || ""} ${one.issuer || ""}`.toLowerCase().includes(needle));
  const choices = [
    data.totals.unreadable > 0 && { name: "unreadable", label: words.standing, options: [[1, words.unreadable]] },
    ...placeChoices(),
    { name: "signed", label: words.signed, options: Object.entries(words.signedOrNot) },
  ];
  const count = (index) => ({
    id: SEVERITIES[index], name: words[SEVERITIES[index]], class: "number", key: (one) => one.counts[index],
    cell: (one) => one.counts[index] > 0 && h("a", { href: address("findings", { document: one.index, severity: SEVERITIES[index] }) }, format(one.counts[index])),
  });
  const hasIssuers = data.issuers.length > 0;
  return [
    filterForm("documents", filter, choices),
    h("div", { class: "bar-line" }, status(rows.length, documents.length), h("button", { type: "button", onclick: () => exportDocuments(rows) }, words.exportCsv)),
    noteTools(),
    panel(null, table(words.documents, rows, [
      { id: "name", name: words.document, key: (one) => one.name, class: "wide", cell: documentLink },
      { id: "title", name: words.titleOf, key: (one) => one.title, cell: (one) => one.error === null ? one.title : h("span", { class: "badge error" }, one.error) },
      ...(hasIssuers ? [{ id: "issuer", name: words.issuer, key: (one) => one.issuer, cell: (one) => one.issuer }] : []),
      { id: "date", name: words.date, class: "date", key: (one) => one.date, cell: (one) => one.date },
      { id: "characters", name: words.characters, class: "number", key: (one) => one.characters, cell: (one) => format(one.characters) },
      count(0), count(1), count(2),
      { id: "total", name: words.findings, class: "number", key: (one) => one.total, cell: (one) => h("a", { href: address("findings", { document: one.index }) }, format(one.total)) },
      { id: "rate", name: words.rate, class: "number", key: (one) => (one.characters > 0 ? one.total / one.characters : null), cell: (one) => rate(one.total, one.characters) },
      { id: "signed", name: words.signed, key: (one) => signatureOf(one).on, cell: signature },
    ], "documents", filter)),
  ];
}

const documentFacts = (one) => [
  one.title && h("p", {}, one.title),
  h("p", { class: "soft small" }, [one.issuer, one.date, `${words.characters} ${format(one.characters)}`, one.total > 0 && `${words.rate} ${rate(one.total, one.characters)}`, one.read, one.path].filter(Boolean).join(" · ")),
  one.link && h("p", { class: "small" }, h("a", { href: one.link.split("/").map(encodeURIComponent).join("/") }, words.open)),
  one.error && h("p", {}, one.error), one.missed && h("p", {}, words.labelled(words.partial, one.missed)),
];

/** The page of a document. */
function documentView(filter) {
  const one = documents[Number(filter.n)];
  if (!one) return [h("p", { class: "empty" }, words.none)];
  const rows = data.findings.filter((row) => row[0] === one.index);
  const to = (index, word) => documents[index] && h("a", { href: address("document", { n: index }) }, word);
  const marks = [], cards = [];
  // A card and its marks lead to each other.
  const lead = (element) => {
    for (const other of document.querySelectorAll(".chosen")) other.classList.remove("chosen");
    element.classList.add("chosen");
    element.scrollIntoView({ block: "center" });
  };
  rows.forEach((row, index) => {
    const found = finding(row);
    marks[index] = [];
    cards[index] = h("article", { class: "found" },
      h("div", { class: "head" }, badge(found.severity), found.isNew && h("span", { class: "badge new" }, words.states.new), h("span", { class: "message" }, found.message)),
      h("p", { class: "small soft" }, h("button", { type: "button", class: "plain", onclick: () => marks[index][0] && lead(marks[index][0]) }, found.place || words.at(found.line, found.column)), " · ",
        h("a", { href: address("findings", { rule: found.rule.id }), title: found.rule.id }, found.rule.name)),
      row[18] === null && h("p", { class: "context" }, found.before, h("mark", {}, found.text), found.after),
      advice(found), relatedPlaces(found), decision(row));
  });
  return [
    panel(null, h("div", { class: "bar-line" }, h("h2", {}, one.name), h("span", { class: "sign" }, words.signed, signature(one)), to(one.index - 1, words.before), to(one.index + 1, words.after)), documentFacts(one)),
    h("div", { class: "document" },
      panel(data.whole ? words.text : words.markedText, one.blocks.length === 0 ? h("p", { class: "empty" }, words.noText)
        : h("div", { class: "text" }, marked(one, rows, marks, (index) => lead(cards[index])))),
      panel(`${words.findings} ${rows.length}`, rows.length === 0 ? h("p", { class: "empty" }, words.clean) : cards)),
  ];
}

/** The text of a document with what was found marked in it; `marks` takes the marks of each row. */
function marked(one, rows, marks, choose) {
  const ranges = one.blocks.map(() => []);
  rows.forEach((row, index) => {
    const places = [row[18], ...row[15].filter((related) => related[0] === null).map((related) => related[5])];
    for (const place of places) if (place) ranges[place[0]].push([place[1], place[2], index]);
  });
  let before = -1;
  return one.blocks.map(([level, text, number], index) => {
    const gap = number > before + 1 && h("p", { class: "gap soft" }, "…");
    before = number;
    const tag = level > 0 ? `h${Math.min(6, level + 2)}` : "p";
    return [gap, h(tag, { class: ranges[index].length > 0 ? "has" : null }, pieces(text, ranges[index], rows, marks, choose))];
  });
}

/** Where marks overlap, each piece has what belongs to it, and looks like the gravest of them. */
function pieces(text, ranges, rows, marks, choose) {
  const ends = [...new Set([0, text.length, ...ranges.flatMap(([start, end]) => [start, end])])].sort((a, b) => a - b);
  return ends.slice(1).map((end, index) => {
    const start = ends[index], piece = text.slice(start, end);
    const here = ranges.filter((range) => range[0] <= start && end <= range[1]).map((range) => range[2]);
    if (here.length === 0) return joined(piece);
    const first = here.reduce((a, b) => (byWeight(rows[a], rows[b]) <= 0 ? a : b));
    const severity = SEVERITIES[rows[first][2]];
    const mark = h("mark", { class: severity, tabindex: 0, role: "button", title: here.map((one) => data.texts[rows[one][3]]).join("\n"),
      onclick: () => choose(first), onkeydown: (event) => { if (event.key === "Enter") choose(first); } }, joined(piece));
    for (const one of here) marks[one].push(mark);
    return mark;
  });
}
