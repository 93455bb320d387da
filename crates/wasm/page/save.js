// Saving: annotated Word files, mended texts, reports. The reader's own files are never written.

function download(name, bytes, type = "application/octet-stream") {
  const address = URL.createObjectURL(new Blob([bytes], { type }));
  const link = h("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  tell(t("saved", name));
}

function withSuffix(path, suffix) {
  const dot = path.lastIndexOf(".");
  return dot > path.lastIndexOf("/") + 1 ? path.slice(0, dot) + suffix + path.slice(dot) : path + suffix;
}

const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  return c >>> 0;
});

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = CRC[(crc ^ byte) & 255] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** An archive of files as they are, without compression: Word files are compressed already. */
function zip(files) {
  const encoder = new TextEncoder();
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const { name, bytes } of files) {
    const path = encoder.encode(name);
    const crc = crc32(bytes);
    const head = new DataView(new ArrayBuffer(30));
    // Version 2.0, names in UTF-8, stored, the first day that there is.
    [[0, 0x04034b50, 4], [4, 20, 2], [6, 0x0800, 2], [8, 0, 2], [10, 0, 2], [12, 0x21, 2], [14, crc, 4],
      [18, bytes.length, 4], [22, bytes.length, 4], [26, path.length, 2], [28, 0, 2]]
      .forEach(([at, value, size]) => (size === 4 ? head.setUint32(at, value, true) : head.setUint16(at, value, true)));
    const entry = new DataView(new ArrayBuffer(46));
    [[0, 0x02014b50, 4], [4, 20, 2], [6, 20, 2], [8, 0x0800, 2], [10, 0, 2], [12, 0, 2], [14, 0x21, 2], [16, crc, 4],
      [20, bytes.length, 4], [24, bytes.length, 4], [28, path.length, 2], [42, offset, 4]]
      .forEach(([at, value, size]) => (size === 4 ? entry.setUint32(at, value, true) : entry.setUint16(at, value, true)));
    parts.push(head.buffer, path, bytes);
    directory.push(entry.buffer, path);
    offset += 30 + path.length + bytes.length;
  }
  const size = directory.reduce((sum, part) => sum + part.byteLength, 0);
  const end = new DataView(new ArrayBuffer(22));
  [[0, 0x06054b50, 4], [8, files.length, 2], [10, files.length, 2], [12, size, 4], [16, offset, 4]]
    .forEach(([at, value, length]) => (length === 4 ? end.setUint32(at, value, true) : end.setUint16(at, value, true)));
  return new Blob([...parts, ...directory, end.buffer]);
}

/** The documents that are shown and of one of these formats. */
function chosen(formats) {
  const documents = desk.document ? [desk.document] : desk.documents;
  return documents.filter((document) => document.result && formats.includes(document.result.format));
}

/** Makes a file of each document and hands all over, as one archive if there are several. */
async function saveEach(documents, suffix, archive, make) {
  const made = [];
  const failed = [];
  for (const document of documents) {
    try {
      made.push({ name: withSuffix(document.path, suffix), bytes: await make(document) });
    } catch (why) {
      failed.push(`${document.path}：${reason(why)}`);
    }
  }
  if (made.length === 1) download(made[0].name.split("/").pop(), made[0].bytes);
  if (made.length > 1) download(archive, zip(made), "application/zip");
  if (failed.length) tell(t("partly", failed.length) + failed.join("；"), { bad: true });
}

const hasAccepted = (document) => Object.values(document.decisions).some((decided) => typeof decided === "number");

/** Decisions with all safe fixes accepted that nobody has decided on. */
function withSafe(document) {
  const decisions = { ...document.decisions };
  for (const finding of document.result.findings) {
    const number = fixesOf(finding).findIndex((fix) => fix.applicability === "safe");
    if (number >= 0 && decisions[finding.key] === undefined) decisions[finding.key] = number;
  }
  return decisions;
}

/** What is written: the reader's decisions, or where nothing was accepted at all, every safe fix. */
function decided(documents) {
  if (documents.some(hasAccepted)) return (document) => document.decisions;
  tell(t("nothingAccepted"));
  return withSafe;
}

const SAVERS = {
  async saveWord() {
    const documents = chosen(["docx"]);
    if (!documents.length) return tell(t("noWord"), { bad: true });
    const left = (document) =>
      Object.fromEntries(Object.entries(document.decisions).map(([key, value]) => [key, value === "leave" ? "leave" : "comment"]));
    return saveEach(documents, t("suffixComments"), t("zipComments"), (document) =>
      engine.ask("annotate", { path: document.path, file: document.file, decisions: left(document) }));
  },
  async saveTracked() {
    const documents = chosen(["docx"]);
    if (!documents.length) return tell(t("noWord"), { bad: true });
    const choice = decided(documents);
    return saveEach(documents, t("suffixTracked"), t("zipTracked"), (document) =>
      engine.ask("annotate", { path: document.path, file: document.file, decisions: choice(document) }));
  },
  async saveText() {
    const documents = chosen(["markdown", "text", "html", "csv"]);
    if (!documents.length) return tell(t("noText"), { bad: true });
    const choice = decided(documents);
    return saveEach(documents, t("suffixText"), t("zipTexts"), async (document) =>
      (await engine.ask("fix", { path: document.path, file: document.file, decisions: choice(document) })).bytes);
  },
  saveReport: () => saveAll("html", "reportName", "text/html"),
  saveBook: () => saveAll("xlsx", "bookName", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
  saveJson: () => saveAll("json", "jsonName", "application/json"),
  print: () => printAll(),
};

/** One file over all documents: each is read and checked again, so that none needs to be kept. */
async function saveAll(format, name, type) {
  tell(t("saving"));
  const list = desk.documents.map(({ path, file, error }) => ({ path, file, error: error ? reason(error) : undefined }));
  try {
    download(t(name), await engine.ask("report", { format, list, unreadable: t("unreadable") }), type);
  } catch (why) {
    tell(reason(why), { bad: true });
  }
}
