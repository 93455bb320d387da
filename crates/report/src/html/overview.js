// The first section: what to do first, the figures, where findings are.

/** Rows of a plot. */
const MOST_BARS = 10;

function overview() {
  const { totals } = data;
  const failed = documents.filter((one) => one.error !== null);
  const partial = documents.filter((one) => one.missed !== null);
  const worst = [...documents].filter((one) => one.total > 0).sort((a, b) => b.total - a.total).slice(0, MOST_BARS);
  return [
    data.about.map(([name, text]) => h("p", { class: "soft small" }, words.labelled(name, text))),
    figures(totals),
    data.first.length > 0 && panel(words.first, h("p", { class: "soft small" }, words.firstWhy), h("ol", { class: "first" }, data.first.map(firstRow))),
    data.comparison && panel(words.changes, changeFigures(), course(data.history)),
    totals.findings > 0 && h("div", { class: "columns" },
      panel(words.bySeverity, proportion(words.bySeverity, [words.severity, words.findings, words.share], SEVERITIES.map((severity, index) => ({
        label: words[severity], value: [totals.errors, totals.warnings, totals.infos][index], class: severity, href: address("findings", { severity }),
      })))),
      panel(words.byDocument, bars(words.byDocument, [words.document, words.findings], worst.map((one) => ({
        label: one.name.split("/").pop(), value: one.total, href: address("document", { n: one.index }),
      }))))),
    data.folders.length > 1 && grouped(words.byFolder, words.folder, data.folders, "folder"),
    data.issuers.length > 1 && grouped(words.byIssuer, words.issuer, data.issuers, "issuer"),
    totals.findings > 0 && panel(words.byRule, ruleTable()),
    failed.length > 0 && panel(words.unreadable, h("ul", {}, failed.slice(0, 200).map((one) => h("li", {}, words.labelled(one.name, one.error))))),
    partial.length > 0 && panel(words.partial, h("ul", {}, partial.slice(0, 200).map((one) => h("li", {}, words.labelled(one.name, one.missed))))),
    panel(words.dictionaries, h("ul", {}, data.dictionaries.map((one) => h("li", {},
      one.title, one.edition && ` ${one.edition}`, h("span", { class: "soft" }, ` ${one.id} · ${format(one.concepts)}`))))),
  ];
}

function figures(totals) {
  const one = (value, name, view, filter, kind) => h(view ? "a" : "div",
    { class: `figure ${kind || ""}`, href: view && address(view, filter) }, h("b", {}, typeof value === "number" ? format(value) : value), h("span", { class: "soft" }, name));
  return h("div", { class: "figures" },
    one(totals.documents, words.documents, "documents"),
    one(totals.characters, words.characters),
    one(totals.findings, words.findings, "findings"),
    one(rate(totals.findings, totals.characters) || "0", words.rate),
    one(totals.errors, words.error, "findings", { severity: "error" }, "error"),
    one(totals.warnings, words.warning, "findings", { severity: "warning" }, "warning"),
    one(totals.infos, words.info, "findings", { severity: "info" }, "info"),
    one(totals.fixable, words.fixable, "findings", { fixable: 1 }),
    one(totals.clean, words.clean),
    totals.suppressed > 0 && one(totals.suppressed, words.suppressed),
    totals.unreadable > 0 && one(totals.unreadable, words.unreadable, "documents", { unreadable: 1 }, "error"));
}

/** One decision that settles several findings. */
function firstRow(row) {
  const rule = data.rules[row.rule];
  return h("li", {}, badge(row.severity), " ", h("a", { href: address("findings", { rule: rule.id, text: plain(row.text), all: 1 }) }, h("b", {}, row.text)), " ",
    h("span", {}, text(row.action)), " ",
    h("span", { class: "soft small" }, [rule.name, words.places(format(row.findings), format(row.documents)), row.fixable && words.fixable].filter(Boolean).join(" · ")));
}

function ruleTable() {
  const rules = [...data.rules].sort((a, b) => b.findings - a.findings);
  return h("div", { class: "scroll" }, h("table", { "aria-label": words.byRule },
    h("thead", {}, h("tr", {}, [words.rule, words.summary, words.severity].map((name) => h("th", { scope: "col" }, name)),
      [words.findings, words.inDocuments].map((name) => h("th", { scope: "col", class: "number" }, name)))),
    h("tbody", {}, rules.map((rule) => h("tr", {},
      h("td", {}, h("a", { href: address("findings", { rule: rule.id }), title: rule.id }, rule.name)),
      h("td", {}, rule.summary), h("td", {}, badge(rule.severity)),
      h("td", { class: "number" }, h("a", { href: address("findings", { rule: rule.id }) }, format(rule.findings))),
      h("td", { class: "number" }, format(rule.documents)))))));
}

/** Documents by folder or organ: the rate as a plot, the rest as a table. */
function grouped(caption, heading, rows, name) {
  const found = (row) => row.errors + row.warnings + row.infos;
  const perThousand = (row) => (row.characters > 0 ? 1000 * found(row) / row.characters : 0);
  const worst = rows.filter((row) => found(row) > 0).sort((a, b) => perThousand(b) - perThousand(a)).slice(0, MOST_BARS);
  const plot = bars(`${caption} ${words.rate}`, [heading, words.rate], worst.map((row) => ({
    label: row.name, value: perThousand(row), shown: rate(found(row), row.characters), href: address("findings", { [name]: row.name }),
  })));
  const counts = (row) => [row.documents, row.clean, row.characters, row.errors, row.warnings, row.infos];
  return panel(caption, h("p", { class: "soft small" }, words.rateOf), plot, h("details", { open: rows.length <= MOST_BARS }, h("summary", { class: "small" }, words.allRows(format(rows.length))),
    h("div", { class: "scroll" }, h("table", { "aria-label": caption },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, heading),
        [words.documents, words.clean, words.characters, words.error, words.warning, words.info, words.rate].map((one) => h("th", { scope: "col", class: "number" }, one)))),
      h("tbody", {}, rows.slice(0, 500).map((row) => h("tr", {},
        h("td", {}, h("a", { href: address("documents", { [name]: row.name }) }, row.name)),
        counts(row).map((count) => h("td", { class: "number" }, format(count))), h("td", { class: "number" }, rate(found(row), row.characters)))))))));
}
