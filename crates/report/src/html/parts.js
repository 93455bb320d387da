// Parts of which several sections are made.

const badge = (severity) => h("span", { class: `badge ${severity}` }, words.grades[severity]);
const panel = (title, ...children) => h("section", { class: "panel" }, title && h("h2", {}, title), ...children);
const documentLink = (one) => h("a", { href: address("document", { n: one.index }) }, one.name);

/** The form above a list: a search field and choices. */
function filterForm(view, filter, choices) {
  const change = (name) => (event) => { location.replace(address(view, { ...filter, [name]: event.target.value, page: undefined })); };
  const search = searchField(filter.q, change("q"));
  const select = ({ name, label, options }) => h("label", {}, label, h("select", { name, onchange: change(name) },
    h("option", { value: "" }, words.all),
    options.map(([value, shown]) => h("option", { value, selected: String(filter[name]) === String(value) }, shown))));
  return h("form", { class: "filter", role: "search", onsubmit: (event) => event.preventDefault() },
    h("label", { class: "search" }, words.search, search), (choices || []).filter((one) => one && one.options.length > 0).map(select),
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

/** Folders and organs by which documents can be chosen. */
const placeChoices = () => [
  { name: "folder", label: words.folder, options: data.folders.map((row) => [row.name, row.name]) },
  { name: "issuer", label: words.issuer, options: data.issuers.map((row) => [row.name, row.name]) },
];
