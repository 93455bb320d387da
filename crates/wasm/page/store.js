// What the browser keeps between visits: settings, and dictionaries with their bytes.

const settings = {
  get(name) {
    try { return localStorage.getItem(`zhengming.${name}`); } catch { return null; }
  },
  set(name, value) {
    try { localStorage.setItem(`zhengming.${name}`, value); } catch { /* the page works without */ }
  },
};

const shelf = {
  /** Runs `work` on the shelf of dictionaries; rejects where the browser allows none. */
  open(mode, work) {
    return new Promise((resolve, reject) => {
      let request;
      try { request = indexedDB.open("zhengming", 1); } catch (why) { reject(why); return; }
      request.onupgradeneeded = () => request.result.createObjectStore("dictionaries", { keyPath: "name" });
      request.onerror = () => reject(request.error);
      request.onblocked = () => reject(new Error("blocked"));
      request.onsuccess = () => {
        const database = request.result;
        const transaction = database.transaction("dictionaries", mode);
        const done = work(transaction.objectStore("dictionaries"));
        transaction.oncomplete = () => { database.close(); resolve(done.result); };
        transaction.onerror = () => { database.close(); reject(transaction.error); };
        transaction.onabort = () => { database.close(); reject(transaction.error); };
      };
    });
  },
  all() { return this.open("readonly", (store) => store.getAll()); },
  put(dictionary) { return this.open("readwrite", (store) => store.put(dictionary)); },
  remove(name) { return this.open("readwrite", (store) => store.delete(name)); },
};
