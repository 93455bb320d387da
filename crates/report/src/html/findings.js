// The section of findings, and a finding as a card.

// A slip that a document repeats may have thousands of related places.
const MOST_RELATED = 20;

function findings(filter) {
  const found = matching(filter);
  const { rows, more, hidden } = limited(found, filter);
  const families = [...new Map(data.rules.map((rule) => [rule.family, rule.family_name]))];
  const only = filter.document !== undefined && documents[Number(filter.document)];
  return [
    filterForm("findings", filter, [
      { name: "severity", label: words.severity, options: SEVERITIES.map((one) => [one, words.grades[one]]) },
      { name: "family", label: words.family, options: families },
      { name: "rule", label: words.rule, options: data.rules.map((rule) => [rule.id, rule.name]) },
      ...placeChoices(),
      { name: "decision", label: words.decision, options: ["open", ...DECISIONS].map((one) => [one, words.decisions[one]]) },
      data.comparison && { name: "state", label: words.state, options: Object.entries(words.states) },
    ]),
    only && panel(only.name, documentFacts(only)),
    h("div", { class: "bar-line" }, status(found.length, data.findings.length),
      hidden > 0 && h("a", { class: "small", href: address("findings", { ...filter, all: 1, page: undefined }) }, words.hidden(format(hidden), data.most)),
      h("button", { type: "button", onclick: () => exportFindings(found) }, words.exportCsv)),
    noteTools(),
    panel(null, rows.length === 0 ? h("p", { class: "empty" }, words.none)
      : paged(rows, "findings", filter, (shown) => shown.map((row) => [card(finding(row), Boolean(only)), more.has(row) && moreOfKind(row, more.get(row), filter)]))),
  ];
}

const moreOfKind = (row, count, filter) => h("p", { class: "more small" },
  h("a", { href: address("findings", { ...filter, document: row[0], rule: data.rules[row[1]].id, page: undefined }) }, words.moreOfKind(documents[row[0]].name, data.rules[row[1]].name, format(count))));

/** One finding with its context and, beside it, the official definition. */
function card(one, isOnly) {
  const concept = one.concept;
  return h("article", { class: concept ? "finding" : "finding plain" },
    h("div", { class: "head" }, badge(one.severity), one.isNew && h("span", { class: "badge new" }, words.states.new), h("span", { class: "message" }, one.message)),
    h("div", {},
      h("p", { class: "small soft" }, !isOnly && [documentLink(one.document), " "], one.place || words.at(one.line, one.column), " · ",
        h("a", { href: address("findings", { rule: one.rule.id }), title: one.rule.id }, one.rule.name)),
      h("p", { class: "context" }, one.before, h("mark", {}, one.text), one.after),
      advice(one), relatedPlaces(one), decision(one.row)),
    concept && h("aside", {}, h("p", { class: "soft" }, words.official), h("p", {}, h("span", { class: "term" }, concept.preferred), concept.citation && h("span", { class: "soft" }, `　${concept.citation}`)),
      h("p", {}, concept.definition || words.noDefinition)));
}

/** What is expected, how to mend it, and why. */
const advice = (one) => [
  h("p", {}, one.label, one.fix && !one.label.includes(one.fix.replace(/^(改为|replace with )/, "")) && h("span", { class: "soft" }, `　${words.labelled(words.fix, one.fix)}`)),
  one.help && h("p", { class: "small soft" }, one.help),
];

function relatedPlaces(one) {
  const { related } = one;
  return related.length > 0 && h("details", { open: related.length < 3 }, h("summary", { class: "small" }, `${words.related} ${related.length}`),
    h("ul", {}, related.slice(0, MOST_RELATED).map((place) => h("li", {},
      place.document && place.document !== one.document && [documentLink(place.document), " "], place.place || words.at(place.line, place.column), " ", place.message)),
    related.length > MOST_RELATED && h("li", {}, words.more(format(related.length - MOST_RELATED)))));
}
