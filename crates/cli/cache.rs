//! What earlier runs found, so that an unchanged document is not read again.
//!
//! An entry is a file of its own, named by a digest of everything that it depends on, and only ever replaced as
//! a whole. Two runs that share the folder can therefore do each other no harm. It begins with a digest of its name
//! and its content: what a disk, a copy or a hand changed is no entry.

use std::env;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// The longest entry, in bytes: what is longer is not kept.
const LONGEST: u64 = 1 << 30;
/// Entries that no run has asked for in this time are removed.
const KEPT: Duration = Duration::from_secs(30 * 24 * 60 * 60);
/// How often it is looked for such entries.
const SWEPT: Duration = Duration::from_secs(24 * 60 * 60);
/// Changed whenever an entry of an older program would be misread.
const LAYOUT: &str = "v2";

/// A folder of results.
#[derive(Debug)]
pub(crate) struct Cache {
    folder: PathBuf,
    setup: Digest,
}

/// Thirty-two bytes that stand for everything a result depends on.
pub(crate) type Digest = blake3::Hash;

/// Collects what the results depend on besides the document: program, dictionaries, configuration.
#[derive(Debug, Default)]
pub(crate) struct Setup(blake3::Hasher);

impl Setup {
    /// The running program: results of another build do not count.
    pub(crate) fn of_program() -> Self {
        let mut setup = Self::default();
        setup.add(env!("CARGO_PKG_VERSION").as_bytes());
        if let Ok(metadata) = env::current_exe().and_then(fs::metadata) {
            let built =
                metadata.modified().ok().and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
            setup.add(&metadata.len().to_le_bytes());
            setup.add(&built.map_or(0, |time| time.as_nanos()).to_le_bytes());
        }
        setup
    }

    /// One more thing that the results depend on.
    pub(crate) fn add(&mut self, part: &[u8]) {
        // With its length, so that no two lists of parts look the same.
        self.0.update(&(part.len() as u64).to_le_bytes()).update(part);
    }

    /// The digest of all parts.
    pub(crate) fn digest(&self) -> Digest {
        self.0.finalize()
    }
}

impl Cache {
    /// The results that were found with `setup`. Nothing if there is no place to keep them, which costs time
    /// and nothing else.
    pub(crate) fn open(setup: Digest) -> Option<Self> {
        let cache = Self { folder: folder()?.join(LAYOUT), setup };
        cache.prepare().ok()?;
        Some(cache)
    }

    /// The key of a document: its bytes, and the ending of its name, by which its format may be recognised.
    pub(crate) fn key(&self, name: &str, bytes: &[u8]) -> Digest {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.setup.as_bytes()).update(&(ending.len() as u64).to_le_bytes());
        hasher.update(ending.as_bytes()).update(bytes);
        hasher.finalize()
    }

    /// What was kept under `key`. An entry that cannot be read is no entry.
    pub(crate) fn get(&self, key: &Digest) -> Option<Vec<u8>> {
        let mut file = self.open_entry(key)?;
        let mut digest = [0; blake3::OUT_LEN];
        file.read_exact(&mut digest).ok()?;
        let mut entry = Vec::new();
        file.take(LONGEST).read_to_end(&mut entry).ok()?;
        (seal(key, &entry) == digest).then_some(entry)
    }

    /// The file that was kept under `key`. What is no file, or longer than any that was ever kept, is no entry.
    fn open_entry(&self, key: &Digest) -> Option<fs::File> {
        let path = self.path(key);
        let fits = |metadata: &fs::Metadata| metadata.is_file() && metadata.len() <= LONGEST;
        // Before it is opened, because a pipe would wait for a writer.
        fs::metadata(&path).ok().filter(fits)?;
        let entry = fs::File::open(&path).ok()?;
        entry.metadata().ok().filter(fits)?;
        // The time of the last use decides what is removed; once a day is often enough.
        if is_older(&path, SWEPT) {
            let _ = fs::File::options()
                .append(true)
                .open(&path)
                .and_then(|file| file.set_modified(SystemTime::now()));
        }
        Some(entry)
    }

    /// Keeps `entry` under `key`. What cannot be written is not kept.
    pub(crate) fn put(&self, key: &Digest, entry: &[u8]) {
        let sealed = [&seal(key, entry).as_bytes()[..], entry].concat();
        if sealed.len() as u64 > LONGEST {
            return;
        }
        let path = self.path(key);
        let _ = path.parent().map_or(Ok(()), |folder| write(folder, &path, &sealed));
    }

    /// Where what is kept under `key` is.
    pub(crate) fn path(&self, key: &Digest) -> PathBuf {
        let name = key.to_hex();
        self.folder.join(&name[..2]).join(&name[2..])
    }

    /// Makes the folder, tells backup programs to pass it by, and sweeps it once a day.
    fn prepare(&self) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let tag = self.folder.join("CACHEDIR.TAG");
        if !is_older(&tag, SWEPT) && tag.exists() {
            return Ok(());
        }
        write(&self.folder, &tag, b"Signature: 8a477f597d28d172789f06886806bc55\n")?;
        // What cannot be removed does no harm.
        let _ = sweep(&self.folder);
        Ok(())
    }
}

/// Tells whether an entry is as it was written, and where it was written.
fn seal(key: &Digest, entry: &[u8]) -> Digest {
    let mut hasher = blake3::Hasher::new();
    hasher.update(key.as_bytes()).update(entry);
    hasher.finalize()
}

/// Removes what was not used for long, half-written files of runs that were ended included.
fn sweep(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            sweep(&path)?;
        } else if is_older(&path, KEPT) {
            let _ = fs::remove_file(&path);
        }
    }
    Ok(())
}

fn is_older(path: &Path, age: Duration) -> bool {
    let modified = fs::metadata(path).and_then(|metadata| metadata.modified());
    modified.ok().and_then(|time| time.elapsed().ok()).is_some_and(|elapsed| elapsed > age)
}

fn write(folder: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Where results are kept: `ZHENGMING_CACHE_DIR`, nowhere if that is empty; else the user's folder for such
/// things.
pub(crate) fn folder() -> Option<PathBuf> {
    let absolute = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    if env::var_os("ZHENGMING_CACHE_DIR").is_some() {
        return absolute("ZHENGMING_CACHE_DIR");
    }
    let base = if cfg!(windows) {
        absolute("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        absolute("HOME").map(|home| home.join("Library/Caches"))
    } else {
        absolute("XDG_CACHE_HOME").or_else(|| absolute("HOME").map(|home| home.join(".cache")))
    };
    base.map(|base| base.join("zhengming"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cache(folder: &Path, setup: &[u8]) -> Cache {
        let mut parts = Setup::default();
        parts.add(setup);
        let cache = Cache { folder: folder.to_owned(), setup: parts.digest() };
        cache.prepare().unwrap();
        cache
    }

    #[test]
    fn an_entry_is_found_for_the_same_document_and_setup_only() {
        let folder = tempfile::tempdir().unwrap();
        let one = cache(folder.path(), b"one");
        one.put(&one.key("a.md", "数据".as_bytes()), b"found");
        assert_eq!(one.get(&one.key("b.md", "数据".as_bytes())).as_deref(), Some(&b"found"[..]));
        assert_eq!(one.get(&one.key("a.html", "数据".as_bytes())), None);
        assert_eq!(one.get(&one.key("a.md", "数据归集".as_bytes())), None);
        let two = cache(folder.path(), b"two");
        assert_eq!(two.get(&two.key("a.md", "数据".as_bytes())), None);
    }

    #[test]
    fn what_is_no_file_or_far_too_long_is_no_entry() {
        let folder = tempfile::tempdir().unwrap();
        let cache = cache(folder.path(), b"");
        let (long, folder_in_its_place) = (cache.key("a.md", b"long"), cache.key("a.md", b"folder"));
        cache.put(&long, b"found");
        let file = fs::File::options().append(true).open(cache.path(&long)).unwrap();
        // A file with a hole takes no room.
        file.set_len(LONGEST + 1).unwrap();
        fs::create_dir_all(cache.path(&folder_in_its_place)).unwrap();
        assert_eq!((cache.get(&long), cache.get(&folder_in_its_place)), (None, None));
    }

    #[test]
    fn an_entry_in_which_a_bit_flipped_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let cache = cache(folder.path(), b"");
        let (key, other) = (cache.key("a.md", b"a"), cache.key("a.md", b"b"));
        cache.put(&key, b"found");
        let whole = fs::read(cache.path(&key)).unwrap();
        for bit in 0..whole.len() * 8 {
            let mut damaged = whole.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            fs::write(cache.path(&key), damaged).unwrap();
            assert_eq!(cache.get(&key), None, "bit {bit}");
        }
        for length in 0..whole.len() {
            fs::write(cache.path(&key), &whole[..length]).unwrap();
            assert_eq!(cache.get(&key), None, "{length} bytes");
        }
        // What belongs to another document is none either.
        fs::create_dir_all(cache.path(&other).parent().unwrap()).unwrap();
        fs::write(cache.path(&other), &whole).unwrap();
        assert_eq!(cache.get(&other), None);
        fs::write(cache.path(&key), &whole).unwrap();
        assert_eq!(cache.get(&key).as_deref(), Some(&b"found"[..]));
    }

    #[test]
    fn parts_of_a_setup_do_not_run_into_one_another() {
        let digest = |parts: &[&str]| {
            let mut setup = Setup::default();
            parts.iter().for_each(|part| setup.add(part.as_bytes()));
            setup.digest()
        };
        assert_ne!(digest(&["ab", "c"]), digest(&["a", "bc"]));
    }

    #[test]
    fn what_nobody_used_for_long_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let cache = cache(folder.path(), b"");
        let (old, new) = (cache.key("a.md", b"old"), cache.key("a.md", b"new"));
        cache.put(&old, b"1");
        cache.put(&new, b"2");
        let long_ago = SystemTime::now() - KEPT - SWEPT;
        fs::File::options().append(true).open(cache.path(&old)).unwrap().set_modified(long_ago).unwrap();
        sweep(&cache.folder).unwrap();
        assert_eq!((cache.get(&old), cache.get(&new)), (None, Some(b"2".to_vec())));
    }
}
