// The page's side of the worker: one request at a time, and a new worker where one has failed.

/** Longest time for one request, in milliseconds. */
const PATIENCE = 120_000;
/** Memory that a worker may keep after a document; one that took more is replaced. */
const MEMORY = 384 * 1024 * 1024;

const engine = {
  worker: null,
  compiled: null,
  started: null,
  options: { lang: "zh" },
  waiting: new Map(),
  queue: [],
  running: null,
  next: 1,
  peak: 0,
  restarts: 0,

  /** Asks the worker; a failure is an object with `fatal`, or both languages. */
  ask(task, given = {}) {
    return new Promise((resolve, reject) => {
      this.queue.push({ id: this.next++, task, given, resolve, reject });
      this.turn();
    });
  },

  turn() {
    if (this.running || !this.queue.length || !this.worker) return;
    const request = this.queue.shift();
    this.running = request;
    request.timer = setTimeout(() => this.fail(request, { fatal: true, own: "tooLong" }), PATIENCE);
    this.worker.postMessage({ id: request.id, task: request.task, ...request.given });
  },

  answered({ id, value, failed, memory }) {
    const request = this.running;
    if (!request || request.id !== id) return;
    if (failed) { this.fail(request, failed); return; }
    clearTimeout(request.timer);
    this.running = null;
    this.peak = Math.max(this.peak, memory);
    request.resolve(value);
    if (memory > MEMORY && request.task === "check") this.restart();
    this.turn();
  },

  fail(request, failed) {
    if (this.running !== request) return;
    clearTimeout(request.timer);
    this.running = null;
    if (failed.fatal && !failed.own) failed.own = "crashed";
    request.reject(failed);
    if (failed.fatal && !["start", "configure"].includes(request.task)) this.restart();
    this.turn();
  },

  spawn() {
    const source = find("worker-source").textContent;
    const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    const worker = new Worker(address);
    worker.onmessage = ({ data }) => this.answered(data);
    worker.onerror = (event) => {
      event.preventDefault();
      if (this.worker === worker && this.running) this.fail(this.running, { fatal: true, message: event.message });
    };
    this.worker = worker;
  },

  /** The first worker: unpacks and compiles the module, and loads the dictionaries. */
  async start(options) {
    this.options = options;
    this.spawn();
    const started = await this.ask("start", { packed: find("module").textContent.trim() });
    find("module").remove();
    this.compiled = started.module;
    this.started = started;
    const { dictionaries } = await this.ask("configure", { options });
    return { ...started, dictionaries };
  },

  async configure(options) {
    const made = await this.ask("configure", { options });
    this.options = options;
    return made;
  },

  /** Another worker with the same module and dictionaries; what waits is asked of it. */
  restart() {
    this.worker.terminate();
    this.restarts += 1;
    this.spawn();
    const noop = () => {};
    const first = { id: this.next++, task: "start", given: { compiled: this.compiled }, resolve: noop, reject: noop };
    const second = { id: this.next++, task: "configure", given: { options: this.options }, resolve: noop, reject: noop };
    this.queue.unshift(first, second);
  },
};

/** What a failure means to the reader. */
function reason(failed) {
  if (failed?.own === "tooLarge") return t("tooLarge", sizeInWords(failed.size));
  if (failed?.own) return t(failed.own);
  return failed?.[lang] || failed?.message || String(failed);
}
