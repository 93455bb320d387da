// Making elements. Text is always text: nothing that comes out of a document is read as markup.

/** An element with attributes (`on…` are listeners, `class`, `data-…`) and children. */
function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const find = (id) => document.getElementById(id);

/** Puts the words of the page into everything that names one. */
function nameAll() {
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  document.title = `${t("name")} ${t("tagline")}`;
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = t(element.dataset.t);
  for (const element of document.querySelectorAll("[data-t-label]")) element.setAttribute("aria-label", t(element.dataset.tLabel));
}

/** Tells what happened, to eyes and to screen readers. */
function tell(text, more = {}) {
  find("said").textContent = text;
  if (more.quiet) return;
  const toast = find("toast");
  toast.textContent = text;
  toast.className = more.bad ? "shown bad" : "shown";
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => { toast.className = ""; }, more.bad ? 9000 : 4500);
}

/** Opens a dialog with a title and content. */
function openDialog(title, ...content) {
  const dialog = find("dialog");
  const head = h("h2", { id: "dialog-title" }, title);
  const close = h("button", { type: "button", class: "close", onclick: () => dialog.close() }, t("close"));
  dialog.setAttribute("aria-labelledby", "dialog-title");
  dialog.replaceChildren(h("div", { class: "dialog-head" }, head, close), h("div", { class: "dialog-body" }, content));
  if (!dialog.open) dialog.showModal();
  return dialog;
}

function sizeInWords(bytes) {
  return bytes < 1 << 20 ? `${Math.max(1, Math.round(bytes / 1024))} kB` : `${(bytes / (1 << 20)).toFixed(1)} MB`;
}
