// Tables and lists that are cut into pages.

const PAGE = 50;

/** The rows of one page and the controls that lead to the others. */
function paged(rows, view, filter, show) {
  const pages = Math.max(1, Math.ceil(rows.length / PAGE));
  const page = Math.min(Math.max(1, Number(filter.page) || 1), pages);
  const to = (number, word, key) => h("button", {
    type: "button", disabled: number < 1 || number > pages, "data-key": key,
    onclick: () => { location.hash = address(view, { ...filter, page: number }); },
  }, word);
  const controls = pages > 1 && h("div", { class: "pages", role: "group" },
    to(page - 1, words.previous, "ArrowLeft"), h("span", {}, words.page(format(page), format(pages))), to(page + 1, words.next, "ArrowRight"));
  return [show(rows.slice((page - 1) * PAGE, page * PAGE)), controls];
}

/** The rows by what `key` gives of each; those of which it gives nothing come last in either direction. */
function ordered(rows, key, up) {
  const isMissing = (value) => value === null || value === undefined || value === "";
  const compare = (a, b) => (typeof a === "number" ? a - b : String(a).localeCompare(String(b), data.lang));
  return rows.map((row) => [row, key(row)]).sort(([, a], [, b]) => (
    isMissing(a) || isMissing(b) ? isMissing(a) - isMissing(b) : (up ? 1 : -1) * compare(a, b))).map(([row]) => row);
}

/**
 * A table that sorts by its columns. Each column has `name`, `cell`, and, if it sorts, `key`; numbers sort
 * downwards first.
 */
function table(caption, rows, columns, view, filter) {
  const sorted = columns.findIndex((column) => column.id === filter.sort);
  if (sorted >= 0) {
    rows = ordered(rows, columns[sorted].key, filter.order === "up");
  }
  const heading = (column, index) => {
    if (!column.key) return h("th", { scope: "col", class: column.class }, column.name);
    const order = index === sorted && filter.order !== "up" ? "up" : "down";
    const current = index === sorted ? (filter.order === "up" ? "ascending" : "descending") : null;
    return h("th", { scope: "col", class: column.class, "aria-sort": current }, h("button", {
      type: "button", onclick: () => { location.hash = address(view, { ...filter, sort: column.id, order, page: undefined }); },
    }, column.name));
  };
  if (rows.length === 0) return h("p", { class: "empty" }, words.none);
  return paged(rows, view, filter, (shown) => h("div", { class: "scroll" }, h("table", { "aria-label": caption },
    h("thead", {}, h("tr", {}, columns.map(heading))),
    h("tbody", {}, shown.map((row) => h("tr", {}, columns.map((column) => h("td", { class: column.class }, column.cell(row)))))))));
}

/** A count that opens the list of the places counted. */
function places(uses, total) {
  const item = ([document, count, line, column, place]) => h("li", {},
    documentLink(documents[document]), ` ${text(place) || words.at(line, column)}${count > 1 ? ` ×${count}` : ""}`);
  const shown = uses.slice(0, 200);
  const list = h("details", {}, h("summary", { class: "number" }, format(total)));
  // The list is made when it is first asked for: there may be thousands.
  list.addEventListener("toggle", () => {
    if (!list.open || list.children.length > 1) return;
    list.append(h("ul", {}, shown.map(item), uses.length > shown.length && h("li", { class: "soft" }, words.more(uses.length - shown.length))));
  });
  return list;
}
