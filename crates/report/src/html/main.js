// The frame around the sections: title, navigation, address, keyboard, colours.

const VIEWS = {
  overview, findings, documents: documentsView, changes: changesView, terms: termsView, citations: citationsView, conflicts: conflictsView,
  jargon: jargonView, document: documentView,
};
const SIZES = {
  changes: data.comparison ? data.comparison.new + data.comparison.gone.length : 0,
  findings: data.findings.length, documents: documents.length, terms: data.terms.length, citations: data.citations.length,
  conflicts: data.conflicts.length, jargon: data.jargon.length,
};
// A report without jargon rules has no such section, and none on changes without an earlier report. The page of a
// document is reached from elsewhere.
const names = Object.keys(VIEWS).filter((name) => (name !== "jargon" || SIZES.jargon > 0) && (name !== "changes" || data.comparison));
const tabs = names.filter((name) => name !== "document");

const navigation = h("nav", { "aria-label": words.title });
const main = h("main", { id: "main", tabindex: "-1" });
document.getElementById("app").replaceWith(
  h("a", { class: "skip", href: "#main", onclick: (event) => { event.preventDefault(); main.focus(); } }, words.skip),
  h("header", { class: "page" }, h("div", {},
    h("div", { class: "top" }, h("h1", {}, words.title), h("span", { class: "small soft" }, [`正名 ${data.version}`, data.made, words.keys(tabs.length)].filter(Boolean).join(" · ")),
      h("button", { type: "button", class: "theme", onclick: () => window.print() }, words.print),
      h("button", { type: "button", class: "theme", onclick: toggleTheme }, words.theme)),
    navigation)),
  main);

function show() {
  const { view, filter } = readAddress();
  const name = names.includes(view) ? view : "overview";
  const typing = document.activeElement && document.activeElement.id === "search" && document.activeElement;
  const caret = typing && [typing.selectionStart, typing.selectionEnd];
  const tab = name === "document" ? "documents" : name;
  navigation.replaceChildren(...tabs.map((one) => h("a", { href: address(one), "aria-current": one === tab && "page" },
    words[one], SIZES[one] !== undefined && h("span", { class: "soft small" }, ` ${format(SIZES[one])}`))));
  main.replaceChildren(...VIEWS[name](filter).flat(Infinity).filter(Boolean));
  if (typing) {
    const search = document.getElementById("search");
    if (search) {
      search.focus();
      search.setSelectionRange(...caret);
    }
  } else {
    window.scrollTo(0, 0);
  }
}

function toggleTheme() {
  setTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark");
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  // A page opened from a file may have no storage; then the choice lasts as long as the page.
  try { localStorage.setItem("zhengming-theme", theme); } catch { /* nothing to remember it in */ }
}

function storedTheme() {
  try { return localStorage.getItem("zhengming-theme"); } catch { return null; }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const isTyping = event.target.matches("input, select, textarea");
  if (event.key === "Escape" && isTyping) event.target.blur();
  if (isTyping) return;
  const search = document.getElementById("search");
  const button = document.querySelector(`.pages button[data-key="${event.key === "ArrowLeft" || event.key === "ArrowRight" ? event.key : ""}"]:not(:disabled)`);
  if (event.key === "/" && search) {
    event.preventDefault();
    search.focus();
  } else if (button) {
    button.click();
  } else if (tabs[Number(event.key) - 1]) {
    location.hash = address(tabs[Number(event.key) - 1]);
  }
});

const prefersDark = window.matchMedia("(prefers-color-scheme: dark)");
document.documentElement.dataset.theme = storedTheme() || (prefersDark.matches ? "dark" : "light");
prefersDark.addEventListener("change", (event) => { if (!storedTheme()) document.documentElement.dataset.theme = event.matches ? "dark" : "light"; });
window.addEventListener("hashchange", show);
window.addEventListener("beforeprint", preparePrint);
window.addEventListener("afterprint", forgetPrint);
show();
