//! Compiled terms that are kept from one run to the next.
//!
//! A table of a hundred thousand variants takes thirty times as long to compile as to take up again, and the built-in
//! dictionaries alone a third of a short run. What was compiled is kept under the names of its dictionaries and used
//! only for the bytes that they had: an edit makes it stale, and what is compiled anew takes its place.

use std::collections::HashMap;
use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf, absolute};
use std::sync::Arc;

use zhengming::terms::stored::{Digest, Digester, Storage};

use crate::dictionaries::DictionarySource;

/// Bytes that are read at a time.
const STEP: usize = 1 << 16;

/// A place for compiled terms. What it loses or cannot write costs time and nothing else.
pub trait Store: fmt::Debug + Send + Sync {
    /// Stands for the running program: what another one compiled does not count.
    fn program(&self) -> Digest;
    /// What is kept under `name`.
    fn open(&self, name: &Digest) -> Option<Arc<dyn Storage>>;
    /// Keeps `bytes` under `name`, in place of what was there.
    fn keep(&self, name: &Digest, bytes: &[u8]);
}

/// Where something compiled is kept, and what it must have been compiled from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Identity {
    pub(crate) name: Digest,
    pub(crate) key: Digest,
}

/// The digests of files, each read once; nothing of a file that changed while it was in use.
#[derive(Debug, Default)]
pub(crate) struct Digests(HashMap<PathBuf, Option<Digest>>);

impl Digests {
    /// The digest of a file; nothing if it cannot be read, or only once as a pipe can, or it changed.
    pub(crate) fn of(&mut self, path: &Path) -> Option<Digest> {
        if let Some(known) = self.0.get(path) {
            return *known;
        }
        let digest = digest_of(path)?;
        self.0.insert(path.to_owned(), Some(digest));
        Some(digest)
    }

    /// Looks at files again that were read since their digests were made. What was read of one that changed is
    /// known to nobody, so from now on it has none. Whether all are as they were.
    pub(crate) fn are_current<'p>(&mut self, paths: impl Iterator<Item = &'p PathBuf>) -> bool {
        let mut current = true;
        for path in paths {
            let digest = self.of(path).filter(|digest| digest_of(path) == Some(*digest));
            current &= digest.is_some();
            self.0.insert(path.clone(), digest);
        }
        current
    }

    /// What identifies the compiled terms of `sources`; nothing if a file cannot be read.
    pub(crate) fn identity(&mut self, sources: &[DictionarySource], store: &dyn Store) -> Option<Identity> {
        let (mut name, mut key) = (Digester::default(), Digester::default());
        key.add(&store.program());
        for source in sources {
            // With its length, so that no two lists of names look the same.
            let shown = source.name();
            key.add(&(shown.len() as u64).to_le_bytes());
            key.add(shown.as_bytes());
            let place = source.path().and_then(|path| absolute(path).ok());
            name.add(&[0]);
            name.add(
                place
                    .map_or(shown.into_bytes(), |place| place.into_os_string().into_encoded_bytes())
                    .as_slice(),
            );
            if let Some(path) = source.path() {
                key.add(&self.of(path)?);
            }
        }
        Some(Identity { name: name.digest(), key: key.digest() })
    }
}

/// Reads the file through a small buffer: memory that is touched for the first time costs more than reading.
fn digest_of(path: &Path) -> Option<Digest> {
    if !std::fs::metadata(path).ok()?.is_file() {
        return None;
    }
    let mut file = File::open(path).ok()?;
    let mut buffer = vec![0; STEP];
    let mut digest = Digester::default();
    loop {
        match file.read(&mut buffer).ok()? {
            0 => return Some(digest.digest()),
            count => digest.add(&buffer[..count]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;
    use std::fs;
    use std::sync::Mutex;

    use crate::{CommandLine, Configurations, Source};

    /// Keeps in memory, and counts how often something was kept.
    #[derive(Debug, Default)]
    struct Memory(Mutex<(HashMap<Digest, Vec<u8>>, usize)>);

    impl Store for Memory {
        fn program(&self) -> Digest {
            [1; 16]
        }

        fn open(&self, name: &Digest) -> Option<Arc<dyn Storage>> {
            self.0.lock().unwrap().0.get(name).map(|bytes| Arc::new(bytes.clone()) as Arc<dyn Storage>)
        }

        fn keep(&self, name: &Digest, bytes: &[u8]) {
            let mut memory = self.0.lock().unwrap();
            memory.0.insert(*name, bytes.to_vec());
            memory.1 += 1;
        }
    }

    /// Keeps nothing, and changes a file when it is asked for what is kept: after the file's digest was made, and
    /// before the file is read.
    #[derive(Debug)]
    struct Late(PathBuf, String);

    impl Store for Late {
        fn program(&self) -> Digest {
            [1; 16]
        }

        fn open(&self, _: &Digest) -> Option<Arc<dyn Storage>> {
            fs::write(&self.0, &self.1).unwrap();
            None
        }

        fn keep(&self, _: &Digest, _: &[u8]) {
            panic!("what is kept must be of the file that was read");
        }
    }

    #[test]
    fn a_file_that_changes_before_it_is_read_has_no_digest() {
        let folder = tempfile::tempdir().unwrap();
        let table = folder.path().join("t.tsv");
        for (after, changes) in [("站点", true), ("节点", false)] {
            fs::write(&table, rows("节点")).unwrap();
            let dictionaries = vec![DictionarySource::File(table.clone())];
            let line = CommandLine { dictionaries, ..CommandLine::default() };
            let store: Arc<dyn Store> = if changes {
                Arc::new(Late(table.clone(), rows(after)))
            } else {
                Arc::new(Memory::default())
            };
            let mut configurations =
                Configurations::new(Source::Isolated).command_line(line).stored_in(Some(store));
            let settings = configurations.for_path(Path::new("a.md")).unwrap();
            let linter = configurations.linter(&settings).unwrap();
            assert_eq!(linter.termbase().lookup(&format!("主{after}")).len(), 1);
            let expected = digest_of(&table).filter(|_| !changes);
            assert_eq!(configurations.digest(&table), expected);
        }
    }

    /// The preferred term for 主結点 with this dictionary.
    fn preferred(store: &Arc<Memory>, table: &Path) -> String {
        let dictionaries = vec![DictionarySource::File(table.to_owned())];
        let line = CommandLine { dictionaries, ..CommandLine::default() };
        let store: Arc<dyn Store> = Arc::<Memory>::clone(store);
        let mut configurations =
            Configurations::new(Source::Isolated).command_line(line).stored_in(Some(store));
        let settings = configurations.for_path(Path::new("a.md")).unwrap();
        let linter = configurations.linter(&settings).unwrap();
        assert_eq!(configurations.files_read().collect::<Vec<_>>(), [table]);
        let terms = linter.termbase();
        terms.concept(terms.lookup("主結点")[0].concept).preferred.clone()
    }

    fn rows(head: &str) -> String {
        let rows = (0..3_000).map(|row| format!("第{row}号結点\t第{row}号{head}\n"));
        format!("variant\tpreferred\n主結点\t主{head}\n{}", rows.collect::<String>())
    }

    #[test]
    fn terms_are_compiled_once_for_each_content_of_their_files() {
        let folder = tempfile::tempdir().unwrap();
        let table = folder.path().join("t.tsv");
        let store = Arc::new(Memory::default());
        for (head, count) in [("节点", 1), ("节点", 1), ("站点", 2), ("站点", 2), ("节点", 3)] {
            fs::write(&table, rows(head)).unwrap();
            assert_eq!(preferred(&store, &table), format!("主{head}"));
            let memory = store.0.lock().unwrap();
            assert_eq!((memory.0.len(), memory.1), (1, count), "one place, written {count} times");
        }
    }

    #[test]
    fn what_something_was_noticed_in_is_compiled_each_time_and_said_each_time() {
        let folder = tempfile::tempdir().unwrap();
        let store = Arc::new(Memory::default());
        let json = folder.path().join("t.json");
        let named = |name: &str, more: &str| {
            format!(r#"{{ "terms": [{{ "text": "{name}", "status": "preferred" }}], {more} }}"#)
        };
        let mut concepts: Vec<String> =
            (0..3_000).map(|row| named(&format!("第{row}号节点"), r#""colour": "red""#)).collect();
        let variant = r#""variants": [{ "surface": "主結点", "kind": "shape", "fix": "safe" }]"#;
        concepts.push(named("主节点", variant));
        let text = format!(r#"{{ "id": "d", "title": "t", "concepts": [{}] }}"#, concepts.join(","));
        fs::write(&json, text).unwrap();
        preferred(&store, &json);
        assert_eq!(store.0.lock().unwrap().1, 0);
    }
}
