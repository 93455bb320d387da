// The left column: documents and checks, each with its number of findings.

const KINDS = ["error", "warning", "info"];

function counts(findings) {
  const of = (severity) => findings.filter((finding) => finding.severity === severity).length;
  return KINDS.map((severity) => [severity, of(severity)]).filter(([, number]) => number > 0);
}

function countBadges(findings) {
  return counts(findings).map(([severity, number]) =>
    h("span", { class: `count ${severity}`, title: `${t(severity)} ${number}` }, String(number), h("span", { class: "unseen" }, t(severity))));
}

function choice(current, label, more, onclick, title) {
  const button = h("button", { type: "button", class: "row", "aria-pressed": String(current), onclick, title }, h("span", { class: "row-label" }, label), more);
  return h("li", {}, button);
}

function stateOf(document) {
  if (document.error) return h("span", { class: "state bad" }, t("failed"));
  if (!document.result) return h("span", { class: "state" }, document.checking ? t("checking") : t("waiting"));
  const findings = findingsOf(document);
  return findings.length ? h("span", { class: "counts" }, countBadges(findings)) : h("span", { class: "state good" }, t("clean"));
}

function showSide() {
  const done = desk.documents.filter((document) => document.result || document.error).length;
  const total = desk.documents.length;
  const every = desk.documents.flatMap(findingsOf);
  const select = (change) => () => { Object.assign(desk, change); shownLimit = CHUNK; showSide(); showResults(); };

  const documents = h("ul", { class: "rows documents" },
    choice(!desk.document, t("allDocuments"), h("span", { class: "counts" }, countBadges(every)), select({ document: null })),
    desk.documents.map((document) =>
      choice(desk.document === document, nameOf(document), stateOf(document), select({ document }), document.path)));

  const inView = desk.document ? findingsOf(desk.document) : every;
  const byRule = new Map();
  for (const finding of inView) byRule.set(finding.rule, [...(byRule.get(finding.rule) ?? []), finding]);
  const rules = [...desk.rules.keys()].filter((id) => byRule.has(id));
  const ruleList = h("ul", { class: "rows" },
    choice(!desk.rule, t("allRules"), h("span", { class: "counts" }, h("span", { class: "count" }, String(inView.length))), select({ rule: null })),
    rules.map((id) => choice(desk.rule === id, ruleName(id), h("span", { class: "counts" }, countBadges(byRule.get(id))), select({ rule: id }), ruleSummary(id))));

  const bar = h("progress", { max: total, value: done, "aria-label": t("progress", done, total) });
  const scroll = find("side").querySelector(".documents")?.scrollTop ?? 0;
  find("side").replaceChildren(
    h("section", { class: "panel", "aria-label": t("documents") },
      h("h2", {}, t("documents"), h("span", { class: "number" }, String(total))),
      done < total ? h("div", { class: "progress" }, bar, h("span", {}, t("progress", done, total)),
        h("button", { type: "button", class: "quiet", onclick: stopChecking }, t("stop"))) : null,
      documents),
    h("section", { class: "panel", "aria-label": t("rules") }, h("h2", {}, t("rules")), ruleList));
  find("side").querySelector(".documents").scrollTop = scroll;
}

/** The name of a document, its folder beside it in small. */
function nameOf(document) {
  const at = document.path.lastIndexOf("/");
  if (at < 0) return document.path;
  return [h("span", { class: "folder" }, document.path.slice(0, at + 1)), document.path.slice(at + 1)];
}

/** What people call a rule. */
function ruleName(id) {
  return desk.rules.get(id)?.name[lang === "zh" ? 0 : 1] ?? id;
}

function ruleSummary(id) {
  return desk.rules.get(id)?.summary[lang === "zh" ? 0 : 1] ?? id;
}
