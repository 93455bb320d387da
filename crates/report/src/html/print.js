// What is printed: the document that is open; the findings that the filter leaves; or else everything. A list on paper
// is a table, and has no pages to turn to.

const sheets = h("div", { id: "print" });

/** Puts what is to be printed into the page; the style shows it on paper only. */
function preparePrint() {
  const { view, filter } = readAddress();
  const parts = view === "document" ? documentView(filter)
    : view === "findings" ? [printedHead(), printedFindings(matching(filter))]
      : [overview(), printedFindings(data.findings), printedTables()];
  sheets.replaceChildren(...parts.flat(Infinity).filter(Boolean));
  // Nobody opens anything on paper.
  for (const closed of sheets.querySelectorAll("details:not(.numbers)")) closed.open = true;
  main.after(sheets);
}

function forgetPrint() {
  sheets.replaceChildren();
  sheets.remove();
}

const printedHead = () => data.about.map(([name, text]) => h("p", { class: "soft small" }, words.labelled(name, text)));

/** All findings, by document. Paragraphs, and no tables: a browser lays out fifty thousand of them in a few seconds. */
function printedFindings(rows) {
  const list = h("div", { class: "list" });
  let last;
  for (const row of rows) {
    if (row[0] !== last) {
      const one = documents[last = row[0]];
      list.append(h("h3", {}, one.name, one.title && `　${one.title}`, signed(one) && `　${words.signed} ${signed(one)}`));
    }
    list.append(printedRow(row));
  }
  return [h("h2", {}, `${words.findings} ${format(rows.length)}`), list];
}

function printedRow(row) {
  const severity = SEVERITIES[row[2]], [before, after] = around(row), now = decisionOf(row);
  const message = text(row[3]), label = text(row[4]);
  const head = `${text(row[8]) || `${row[6]}:${row[7]}`}　${words.grades[severity]} ${data.rules[row[1]].name}`;
  return h("p", { class: `row ${severity}` }, h("b", {}, head), `　${message}${label && label !== message ? `；${label}` : ""}　…${before.slice(-16)}`,
    h("u", {}, row[10]), `${after.slice(0, 16)}…`, now.d && h("b", {}, `　${words.decisions[now.d]}`), now.n && `　${now.n}`);
}

/** Terms at fault, editions that are not in force, definitions in conflict. */
function printedTables() {
  const terms = data.terms.filter((term) => term.spellings.some((one) => one.standing !== "preferred" && one.standing !== "admitted"));
  const cited = data.citations.filter((row) => row.standing && row.standing !== "current" && row.standing !== "unknown");
  const list = (heading, columns, rows) => rows.length > 0 && [h("h2", {}, heading), h("table", { class: "list" },
    h("thead", {}, h("tr", {}, columns.map((name) => h("th", {}, name)))), h("tbody", {}, rows.map((row) => h("tr", {}, row.map((cell) => h("td", {}, cell))))))];
  return [
    list(words.terms, [words.preferred, words.others, words.source], terms.map((term) => [data.concepts[term.concept].preferred,
      term.spellings.filter((one) => one.standing !== "preferred").map((one) => `${one.text} ×${one.count}`).join("　"), data.concepts[term.concept].citation])),
    list(words.citations, [words.cited, words.standing, words.successor, words.count], cited.map((row) => [row.normal, words.standings[row.standing], row.successor, format(row.count)])),
    list(words.conflicts, [words.expression, words.here, words.there], data.conflicts.map((row) => [row.term,
      `${documents[row.here.document].name}：${row.here.body}`, `${documents[row.there.document].name}：${row.there.body}`])),
  ];
}
