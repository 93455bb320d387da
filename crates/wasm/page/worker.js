// The worker: holds the module, reads files and answers one request after the other.

const LIMIT = 100 * 1024 * 1024;
let memory = null;
let linter = null;

function own(kind, more = {}) {
  return Object.assign(new Error(kind), { own: kind, ...more });
}

/** The bytes of a file; refuses what is too large before reading it. */
async function bytesOf(file) {
  if (file.size > LIMIT) throw own("tooLarge", { size: file.size });
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw own("unreadable");
  }
}

/** The files of a report, each read when its turn comes. */
function* filesOf(list) {
  const reader = new FileReaderSync();
  for (const { path, file, error } of list) {
    if (error) { yield { name: path, error }; continue; }
    let data;
    try {
      data = new Uint8Array(reader.readAsArrayBuffer(file));
    } catch {
      yield { name: path, error: list.unreadable };
      continue;
    }
    yield { name: path, data };
  }
}

async function unpacked(base64) {
  const packed = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return WebAssembly.compile(await new Response(stream).arrayBuffer());
}

const TASKS = {
  /** Starts the module, given compiled or packed; gives it back compiled, for the next worker. */
  async start({ packed, compiled }) {
    const module = compiled ?? await unpacked(packed);
    memory = (await wasm_bindgen({ module_or_path: module })).memory;
    return { module: compiled ? null : module, rules: wasm_bindgen.rules(), version: wasm_bindgen.version() };
  },
  configure({ options }) {
    const made = new wasm_bindgen.Linter(options);
    linter?.free();
    linter = made;
    return { dictionaries: linter.dictionaries() };
  },
  async check({ path, file }) {
    const data = await bytesOf(file);
    return linter.check(path, data, true);
  },
  async annotate({ path, file, tracked, decisions }) {
    return linter.annotate(path, await bytesOf(file), tracked, decisions);
  },
  async fix({ path, file, decisions }) {
    return linter.fix(path, await bytesOf(file), decisions);
  },
  report({ format, list, unreadable }) {
    list.unreadable = unreadable;
    return linter.report(format, filesOf(list));
  },
  compare({ summaries }) {
    return linter.compare(summaries);
  },
  lookup({ term }) {
    return linter.lookup(term);
  },
  /** For tests: whether a connection is refused. */
  async connect({ address }) {
    return fetch(address).then(() => "connected", (why) => String(why));
  },
};

self.onmessage = async ({ data: { id, task, ...given } }) => {
  try {
    const value = await TASKS[task](given);
    const bytes = value instanceof Uint8Array ? value : value?.bytes;
    self.postMessage({ id, value, memory: memory?.buffer.byteLength ?? 0 }, bytes ? [bytes.buffer] : []);
  } catch (why) {
    // A trap of the module, or a stack that is full: nothing in it can be relied on any more.
    const fatal = why instanceof WebAssembly.RuntimeError || why instanceof RangeError;
    const { own: kind = null, size = 0, zh = "", en = "", file = "", line = 0 } = why ?? {};
    self.postMessage({ id, failed: { fatal, own: kind, size, zh, en, file, line, message: String(why?.message ?? why) } });
  }
};
