// Dialogs: dictionaries, look-up, help, and why nothing is sent.

const TABLE_ENDINGS = ".xlsx,.tsv,.csv,.toml,.tbx,.json,.xml,.txt";

function showDictionaries() {
  const input = h("input", { type: "file", accept: TABLE_ENDINGS, multiple: true, hidden: true, onchange: () => addDictionaries([...input.files]) });
  const own = desk.own.length
    ? h("ul", { class: "plain" }, desk.own.map((one) => h("li", {}, h("strong", {}, one.name), " ",
      h("button", { type: "button", class: "quiet", onclick: () => removeDictionary(one.name) }, t("dictRemove")))))
    : h("p", { class: "none" }, t("dictNone"));
  const builtin = desk.dictionaries.slice(0, desk.dictionaries.length - desk.own.length);
  openDialog(t("dictTitle"),
    h("h3", {}, t("dictOwn")), own,
    h("p", {}, h("button", { type: "button", class: "primary", onclick: () => input.click() }, t("dictAdd")), input),
    h("p", { class: "none" }, t("dictHow")), h("p", { class: "none" }, t("dictHeads")),
    h("p", { class: desk.kept ? "none" : "problem" }, t(desk.kept ? "dictKept" : "dictNotKept")),
    h("p", { class: "problem", id: "dictionary-problem", role: "alert" }),
    h("h3", {}, t("dictBuiltin")),
    h("ul", { class: "plain" }, builtin.map((one) => h("li", {}, one.title, " ", h("span", { class: "none" }, [one.edition, t("dictCount", one.concepts)].filter(Boolean).join(" · "))))));
}

function showLookup() {
  const found = h("div", { "aria-live": "polite" });
  const input = h("input", { type: "search", placeholder: t("lookupHint"), "aria-label": t("lookupHint") });
  const ask = async (event) => {
    event.preventDefault();
    const term = input.value.trim();
    if (!term) return;
    const known = await engine.ask("lookup", { term });
    found.replaceChildren(...(known.length ? known.map((one) => h("div", { class: "known" },
      h("p", {}, h("strong", { lang: "zh" }, one.text), " ", h("span", { class: one.is_allowed ? "state good" : "state bad" }, one.is_allowed ? t("allowed") : t("notAllowed", one.concept.preferred))),
      one.definition ? h("blockquote", { lang: "zh" }, one.definition) : h("p", { class: "none" }, t("noDefinition")),
      h("p", { class: "cite" }, one.citation ?? ""))) : [h("p", { class: "none" }, t("lookupNone", term))]));
  };
  openDialog(t("lookupTitle"), h("form", { class: "lookup", onsubmit: ask }, input, h("button", { class: "primary" }, t("lookup"))), found);
  input.focus();
}

function showOffline() {
  const policy = document.querySelector("meta[http-equiv]").content;
  openDialog(t("offlineTitle"), t("offlineText").map((text) => h("p", {}, text)), h("h3", {}, t("policy")), h("p", { class: "policy" }, policy));
}

function showHelp() {
  openDialog(t("helpTitle"), h("ol", {}, t("helpText").map((text) => h("li", {}, text))), h("h3", {}, t("keys")),
    h("dl", { class: "keys" }, t("keyList").map(([key, what]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, what)])));
}
