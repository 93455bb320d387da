// Everything together: start, taking documents, checking them, settings.

/** Endings that are documents; others in a folder are passed over. */
const DOCUMENTS = /\.(docx|doc|wps|xlsx|xls|et|odt|ofd|pdf|html?|md|markdown|txt|csv|tsv)$/iu;
const day = () => { const now = new Date(); return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-"); };
const optionsNow = (own = desk.own) => ({ lang, today: day(), dictionaries: own });

async function start() {
  lang = settings.get("lang") === "en" ? "en" : "zh";
  setTheme(settings.get("theme"));
  nameAll();
  wire();
  find("engine-state").textContent = t("starting");
  try {
    desk.own = await shelf.all();
  } catch {
    desk.kept = false;
  }
  const before = performance.now();
  try {
    await ready(before);
  } catch (why) {
    find("engine-state").replaceChildren(h("strong", {}, t("broken")), h("br"), t("brokenMore"), h("br"), h("small", {}, reason(why)));
    find("engine-state").className = "state bad";
  }
}

async function ready(before) {
  let started;
  try {
    started = await engine.start(optionsNow());
  } catch (why) {
    // A dictionary that was kept may have become unusable: the page starts without it.
    if (!engine.compiled || !desk.own.length) throw why;
    desk.own = [];
    started = { ...engine.started, ...(await engine.configure(optionsNow())) };
  }
  desk.rules = new Map((started.rules ?? []).map((rule) => [rule.id, rule]));
  desk.version = started.version;
  desk.dictionaries = started.dictionaries;
  find("engine-state").textContent = t("ready", `${((performance.now() - before) / 1000).toFixed(1)} s`);
  document.documentElement.dataset.ready = String(Math.round(performance.now() - before));
  showAbout();
  checkNext();
}

function showAbout() {
  if (desk.version) find("about").textContent = t("aboutLine", desk.version, desk.dictionaries.length, desk.rules.size);
}

function wire() {
  const on = (id, event, listener) => find(id).addEventListener(event, listener);
  on("choose-files", "click", () => find("files").click());
  on("choose-folder", "click", () => find("folder").click());
  on("try-sample", "click", () => addFiles([new File([SAMPLE], t("sampleName"), { type: "text/markdown" })]));
  on("files", "change", ({ target }) => { addFiles([...target.files]); target.value = ""; });
  on("folder", "change", ({ target }) => { addFiles([...target.files], true); target.value = ""; });
  on("open-dictionaries", "click", showDictionaries);
  on("open-lookup", "click", showLookup);
  on("open-help", "click", showHelp);
  on("offline", "click", showOffline);
  on("theme", "click", nextTheme);
  on("language", "click", changeLanguage);
  window.addEventListener("dragover", (event) => { event.preventDefault(); find("drop").classList.add("over"); });
  window.addEventListener("dragleave", (event) => { if (!event.relatedTarget) find("drop").classList.remove("over"); });
  window.addEventListener("drop", takeDrop);
  window.addEventListener("keydown", takeKey);
  window.addEventListener("beforeunload", (event) => { if (desk.documents.some(hasAccepted)) event.preventDefault(); });
}

async function takeDrop(event) {
  event.preventDefault();
  find("drop").classList.remove("over");
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) { addFiles([...event.dataTransfer.files]); return; }
  const files = [];
  const isFolder = entries.some((entry) => entry.isDirectory);
  for (const entry of entries) await gather(entry, files);
  addFiles(files, isFolder);
}

/** The files of a dropped entry, with their folders as part of the name. */
async function gather(entry, files) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject)).catch(() => null);
    const path = entry.fullPath.replace(/^\//u, "");
    files.push(file ? Object.assign(file, { inFolder: path }) : { name: entry.name, inFolder: path, lost: true });
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject)).catch(() => []);
    if (!some.length) return;
    for (const one of some) await gather(one, files);
  }
}

function addFiles(files, fromFolder = false) {
  // What editors and systems leave behind is no document.
  const wanted = files.filter((file) => !/^(~\$|\.)/u.test(file.name) && (!fromFolder || DOCUMENTS.test(file.name)));
  if (files.length > wanted.length) tell(t("skipped", files.length - wanted.length));
  if (!wanted.length) { if (!files.length) tell(t("empty"), { bad: true }); return; }
  const taken = new Set(desk.documents.map((document) => document.path));
  for (const file of wanted.sort((a, b) => a.name.localeCompare(b.name, "zh"))) {
    let path = file.inFolder || file.webkitRelativePath || file.name;
    // The same file again is a newer version of it.
    if (taken.has(path)) desk.documents = desk.documents.filter((document) => document.path !== path);
    taken.add(path);
    const document = { id: desk.nextId++, path, file, result: null, error: null, decisions: {}, between: [] };
    if (file.lost) document.error = { own: "unreadable" };
    desk.documents.push(document);
  }
  desk.stopping = false;
  desk.document = desk.documents.length === 1 ? desk.documents[0] : null;
  showDesk();
  checkNext();
}

function showDesk() {
  const any = desk.documents.length > 0;
  find("desk").hidden = !any;
  find("intake").classList.toggle("small", any);
  find("promises").hidden = any;
  showSide();
  if (any) showResults();
}

let checking = false;

async function checkNext() {
  if (checking || !desk.version) return;
  checking = true;
  let drawn = 0;
  for (;;) {
    const document = desk.documents.find((one) => !one.result && !one.error);
    if (!document || desk.stopping) break;
    document.checking = true;
    try {
      document.result = await engine.ask("check", { path: document.path, file: document.file });
    } catch (why) {
      document.error = why;
    }
    document.checking = false;
    // Drawing costs more than checking: no more than five times a second.
    if (performance.now() - drawn > 200) {
      drawn = performance.now();
      showSide();
      if (listedIsShort() || desk.document === document) showResults();
    }
  }
  checking = false;
  await compareAll();
  if (desk.documents.length) { showSide(); showResults(); }
  const done = desk.documents.filter((document) => document.result || document.error).length;
  if (!done) return;
  document.documentElement.dataset.done = String(done);
  const findings = desk.documents.flatMap(findingsOf).length;
  tell(desk.stopping ? t("stopped") : t("done", done, findings), { quiet: done === 1 });
}

const listedIsShort = () => find("results").querySelectorAll(".card").length < CHUNK;

async function compareAll() {
  const summaries = desk.documents.flatMap((document) => (document.result?.summary ? [document.result.summary] : []));
  if (summaries.length < 2) return;
  try {
    takeBetween(await engine.ask("compare", { summaries }));
  } catch (why) {
    tell(reason(why), { bad: true });
  }
}

function stopChecking() {
  desk.stopping = true;
}

function clearDesk() {
  if (desk.documents.some(hasAccepted) && !window.confirm(t("clearAsk"))) return;
  Object.assign(desk, { documents: [], document: null, rule: null, search: "", stopping: true });
  showDesk();
  find("choose-files").focus();
}

/** Checks everything again: dictionaries or the language changed. */
function checkAgain(forget = true) {
  for (const document of desk.documents) {
    document.result = null;
    if (document.error && !document.file.lost) document.error = null;
    if (forget) document.decisions = {};
  }
  desk.stopping = false;
  if (desk.documents.length) { showSide(); showResults(); }
  checkNext();
}

async function addDictionaries(files) {
  const problem = find("dictionary-problem");
  for (const file of files) {
    try {
      const one = { name: file.name, data: new Uint8Array(await file.arrayBuffer()) };
      const own = [...desk.own.filter((other) => other.name !== one.name), one];
      const { dictionaries } = await engine.configure(optionsNow(own));
      Object.assign(desk, { own, dictionaries });
      await shelf.put(one).catch(() => { desk.kept = false; });
    } catch (why) {
      problem.textContent = t("dictBad") + (why instanceof DOMException ? t("unreadable") : reason(why));
      return;
    }
  }
  afterDictionaries();
}

async function removeDictionary(name) {
  const own = desk.own.filter((one) => one.name !== name);
  const { dictionaries } = await engine.configure(optionsNow(own));
  Object.assign(desk, { own, dictionaries });
  await shelf.remove(name).catch(() => { desk.kept = false; });
  afterDictionaries();
}

function afterDictionaries() {
  showDictionaries();
  showAbout();
  if (desk.documents.length) { tell(t("dictAgain")); checkAgain(); }
}

async function changeLanguage() {
  lang = lang === "zh" ? "en" : "zh";
  settings.set("lang", lang);
  nameAll();
  showAbout();
  find("engine-state").textContent = "";
  await engine.configure(optionsNow());
  await compareAll();
  if (desk.documents.length) { showSide(); showResults(); }
}

const THEMES = ["", "light", "dark"];

function setTheme(theme) {
  if (THEMES.includes(theme) && theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}

function nextTheme() {
  const isDark = document.documentElement.dataset.theme
    ? document.documentElement.dataset.theme === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
  setTheme(isDark ? "light" : "dark");
  settings.set("theme", isDark ? "light" : "dark");
}

function takeKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || find("dialog").open) return;
  if (/^(INPUT|SELECT|TEXTAREA)$/u.test(event.target.tagName)) return;
  const at = event.target.closest?.(".card") ? current : null;
  const act = {
    j: () => step(1), k: () => step(-1), "?": showHelp,
    "/": () => find("search")?.focus(),
    a: () => at && fixesOf(at.finding).length && decide(at.document, at.finding, 0),
    x: () => at && decide(at.document, at.finding, "leave"),
    u: () => at && decide(at.document, at.finding, undefined),
  }[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  act();
}

start();
