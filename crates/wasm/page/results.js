// The right column: findings, each in its sentence, with what the dictionary says beside it.

const CHUNK = 40;
let shownLimit = CHUNK;
/** The finding that the keyboard is at. */
let current = null;

function showResults() {
  const pairs = listed();
  const results = find("results");
  results.replaceChildren(toolbar(pairs), ...content(pairs));
}

function toolbar(pairs) {
  const refresh = (change) => { change(); shownLimit = CHUNK; showResults(); };
  const search = h("input", {
    type: "search", id: "search", placeholder: t("search"), "aria-label": t("search"), value: desk.search,
    oninput: (event) => { desk.search = event.target.value.trim().toLowerCase(); shownLimit = CHUNK; showList(); },
  });
  const severities = KINDS.map((kind) => h("button", {
    type: "button", class: `toggle ${kind}`, "aria-pressed": String(desk.severities.has(kind)),
    onclick: () => refresh(() => (desk.severities.has(kind) ? desk.severities.delete(kind) : desk.severities.add(kind))),
  }, t(kind)));
  const orders = ["document", "rule"].map((order) => h("button", {
    type: "button", class: "toggle", "aria-pressed": String(desk.order === order),
    onclick: () => refresh(() => { desk.order = order; }),
  }, t(order === "document" ? "byDocument" : "byRule")));
  const standing = h("select", { "aria-label": t("standing"), onchange: (event) => refresh(() => { desk.standing = event.target.value; }) },
    ["any", "open", "accepted", "left"].map((value) =>
      h("option", { value, selected: desk.standing === value }, value === "any" ? `${t("standing")}：${t("any")}` : t(value))));
  const weak = h("label", { class: "check" },
    h("input", { type: "checkbox", checked: desk.weak, onchange: (event) => { desk.weak = event.target.checked; shownLimit = CHUNK; showSide(); showResults(); } }), t("showWeak"));
  return h("div", { class: "toolbar", role: "group", "aria-label": t("tools") },
    h("div", { class: "line" }, search, h("div", { class: "group" }, severities), standing, h("div", { class: "group" }, orders), weak),
    h("div", { class: "line actions", id: "actions" }, actions()));
}

function actions() {
  const safe = openSafe();
  const anyDecided = desk.documents.some((document) => Object.keys(document.decisions).length);
  return [
    h("button", { type: "button", class: "primary", disabled: !safe.length, onclick: () => { safe.forEach(({ document, finding, number }) => { document.decisions[finding.key] = number; }); showResults(); } }, t("acceptSafe", safe.length)),
    h("button", { type: "button", disabled: !anyDecided, onclick: () => { desk.documents.forEach((document) => { document.decisions = {}; }); showResults(); } }, t("undoAll")),
    saveMenu(),
    h("span", { class: "spacer" }),
    h("button", { type: "button", class: "quiet", onclick: () => find("files").click() }, t("more")),
    h("button", { type: "button", class: "quiet", onclick: clearDesk }, t("clear")),
  ];
}

function saveMenu() {
  const item = (name, more) => h("li", {}, h("button", {
    type: "button", onclick: (event) => { event.target.closest("details").open = false; SAVERS[name](); },
  }, h("strong", {}, t(name)), more ? h("span", {}, more) : null));
  return h("details", { class: "menu", onkeydown: (event) => { if (event.key === "Escape") { event.currentTarget.open = false; event.currentTarget.firstChild.focus(); } } },
    h("summary", { class: "button" }, t("save")),
    h("ul", {},
      item("saveWord", t("saveWordMore")), item("saveTracked", t("saveTrackedMore")), item("saveText", t("saveTextMore")),
      item("saveReport", t("saveReportMore")), item("saveBook", t("saveBookMore")), item("saveJson"), item("print")));
}

/** Only the list again, so that what is typed keeps the focus. */
function showList() {
  const results = find("results");
  while (results.children.length > 1) results.lastChild.remove();
  results.append(...content(listed()));
  find("actions").replaceChildren(...actions().filter(Boolean));
}

function content(pairs) {
  const heads = desk.document ? [documentHead(desk.document)] : [];
  if (desk.document?.error) return heads;
  if (!pairs.length) return [...heads, nothing()];
  const items = [];
  let before = null;
  for (const { document, finding } of pairs.slice(0, shownLimit)) {
    const group = desk.order === "rule" ? finding.rule : document;
    if (group !== before && (desk.order === "rule" || !desk.document)) {
      items.push(desk.order === "rule"
        ? h("h3", { class: "group-head", title: ruleSummary(group) }, ruleName(group))
        : h("h3", { class: "group-head" }, nameOf(document)));
    }
    before = group;
    items.push(card(document, finding));
  }
  const rest = pairs.length - shownLimit;
  if (rest > 0) {
    items.push(h("button", { type: "button", class: "more", onclick: () => { shownLimit += CHUNK * 2; showList(); } }, t("showMore", Math.min(rest, CHUNK * 2))));
  }
  return [...heads, h("div", { class: "cards" }, items)];
}

function nothing() {
  const waits = desk.documents.some((document) => !document.result && !document.error);
  const clean = !waits && !desk.documents.some((document) => findingsOf(document).length || document.error);
  if (waits) return h("p", { class: "nothing" }, t("checking"), "…");
  const own = desk.document && !findingsOf(desk.document).length;
  const words = own && desk.document.result?.characters === 0 ? "noWords" : clean || own ? "allClean" : "noFindings";
  return h("div", { class: "nothing" }, h("p", {}, h("strong", {}, t(words))), h("p", {}, t(`${words}More`)));
}

function documentHead(document) {
  const { result, error } = document;
  const about = result && [result.title, result.date, t("formats")[result.format] ?? result.format, t("words", result.characters), result.encoding !== "UTF-8" && result.format in { text: 1, markdown: 1, csv: 1, html: 1 } ? result.encoding : null];
  return h("header", { class: "document-head" },
    h("h2", {}, nameOf(document)),
    about ? h("p", {}, about.filter(Boolean).join(" · ")) : null,
    error ? h("p", { class: "problem" }, reason(error)) : null,
    result?.notes.length ? h("ul", { class: "reader-notes" }, result.notes.map((note) => h("li", { class: note.missed ? "missed" : null }, say(note.message)))) : null);
}

function placeOf(finding) {
  const words = finding.location?.words;
  return words ? say(words) : t("line", finding.start.line);
}

function card(document, finding) {
  const standing = standingOf(document, finding);
  const element = h("article", {
    class: `card ${finding.severity} ${standing}`, tabindex: "0",
    "aria-label": `${t(finding.severity)}：${say(finding.message)}`,
    onfocus: () => { current = { document, finding }; },
  });
  element.finding = finding;
  element.append(sentencePart(document, finding), basisPart(document, finding));
  return element;
}

function sentencePart(document, finding) {
  const { before, text, after } = finding.sentence ?? { before: "", text: finding.text, after: "" };
  const decided = decision(document, finding);
  const fix = typeof decided === "number" ? finding.fixes[decided] : null;
  const put = fix ? replacement(finding, fix) : null;
  const marked = put === null ? [h("mark", {}, text || "▏")] : [h("del", {}, text), h("ins", {}, put)];
  const label = say(finding.label);
  return h("div", { class: "what" },
    h("p", { class: "meta" }, h("span", { class: `severity ${finding.severity}` }, t(finding.severity)),
      h("span", { class: "rule", title: ruleSummary(finding.rule) }, ruleName(finding.rule)), h("span", { class: "place" }, placeOf(finding))),
    h("p", { class: "sentence", lang: "zh" }, before ? `…${before}`.replace(/^…(?=.{0,46}$)/u, "") : "", marked, after),
    label ? h("p", { class: "label" }, label) : null,
    h("p", { class: "message" }, say(finding.message)),
    finding.help.author ? h("p", { class: "advice" }, say(finding.help.author)) : null,
    finding.related.length ? relatedPart(finding) : null,
    choices(document, finding));
}

function relatedPart(finding) {
  return h("details", { class: "related" }, h("summary", {}, t("related", finding.related.length)),
    h("ul", {}, finding.related.slice(0, 20).map((one) => h("li", {}, `${one.path && one.path !== finding.path ? `${one.path} ` : ""}${t("line", one.start.line)}：${say(one.message)}`))));
}

function decide(document, finding, value) {
  if (value === undefined) delete document.decisions[finding.key];
  else document.decisions[finding.key] = value;
  const old = [...find("results").querySelectorAll(".card")].find((one) => one.finding === finding);
  const fresh = card(document, finding);
  old?.replaceWith(fresh);
  fresh.focus({ preventScroll: true });
  find("actions").replaceChildren(...actions().filter(Boolean));
}

function choices(document, finding) {
  if (finding.key.startsWith("between#")) return null;
  const decided = decision(document, finding);
  const press = (value) => () => decide(document, finding, decided === value ? undefined : value);
  return h("div", { class: "choices" },
    fixesOf(finding).slice(0, 4).map((fix, number) => h("button", {
      type: "button", class: `fix ${fix.applicability}`, "aria-pressed": String(decided === number), onclick: press(number),
      title: t(fix.applicability === "safe" ? "safe" : "suggestion"),
    }, say(fix.title))),
    h("button", { type: "button", class: "keep", "aria-pressed": String(decided === "leave"), onclick: press("leave") }, t("keep")));
}

function basisPart(document, finding) {
  const concept = finding.concept && document.result?.concepts[finding.concept.id];
  if (!concept) {
    const basis = say(finding.help.basis);
    return h("aside", { class: "basis", "aria-label": t("basis") }, basis ? [h("p", { class: "basis-head" }, t("basis")), h("p", {}, basis)] : null);
  }
  return h("aside", { class: "basis", "aria-label": t("basis") },
    h("p", { class: "term" }, h("span", { class: "basis-head" }, t("preferred")), h("strong", { lang: "zh" }, concept.preferred)),
    concept.definition ? h("blockquote", { lang: "zh" }, concept.definition) : h("p", { class: "none" }, t("noDefinition")),
    concept.notes.slice(0, 2).map((note) => h("p", { class: "note", lang: "zh" }, `${t("note")}：${note}`)),
    h("p", { class: "cite" }, concept.dictionary, h("br"), concept.citation,
      concept.edition && !concept.citation?.includes(concept.edition) ? ` · ${t("edition")} ${concept.edition}` : ""));
}

/** To the next card, or the one before. */
function step(by) {
  const cards = [...find("results").querySelectorAll(".card")];
  const at = cards.findIndex((one) => one.finding === current?.finding);
  const next = cards[Math.min(cards.length - 1, Math.max(0, at + by))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

/** Prints all that is listed, and not only the first cards. */
function printAll() {
  const limit = shownLimit;
  shownLimit = Infinity;
  showList();
  find("print-note").textContent = t("printed", new Date().toLocaleDateString(lang === "zh" ? "zh-CN" : "en"));
  window.print();
  shownLimit = limit;
  showList();
}
