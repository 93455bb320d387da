//! Compiled terms beside the results of earlier runs: one file for each set of dictionaries.

use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock};

use zhengming::Text;
use zhengming::terms::stored::{Digest, Storage, digest};
use zhengming_config::Store;

use crate::cache::{Cache, Setup};

/// The file with terms that could not be read to the end. From then on the program knows fewer terms than it
/// should, or others, and nothing that it finds may be believed.
static LOST: OnceLock<PathBuf> = OnceLock::new();

/// That all terms that were asked for were there: to be seen to before anything is kept, written or said to be in
/// order.
///
/// # Errors
/// What is to be said if they were not.
pub(crate) fn intact() -> Result<(), Text> {
    let Some(path) = LOST.get() else { return Ok(()) };
    let path = path.display();
    Err(Text::new(
        format!(
            "{path}: 存下的编译好的词典用到一半读不出了（文件被改动或截短，或磁盘出错），这次的结果不完整，不能采信；\
             该文件已删去，请再运行一次，词典会重新编译"
        ),
        format!(
            "{path}: the compiled dictionaries kept here could not be read to the end (the file was changed or cut \
             short, or the disk failed), so the results of this run are incomplete; the file was removed: run \
             again, and the dictionaries are compiled anew"
        ),
    ))
}

/// The terms that are kept in the user's folder, which is looked for when terms are.
#[derive(Debug, Default)]
pub(crate) struct CompiledTerms(OnceLock<Option<Cache>>);

impl CompiledTerms {
    fn cache(&self) -> Option<&Cache> {
        // Every program writes to the same places, so that what an older one left is not there for long.
        self.0.get_or_init(|| Cache::open(Setup::default().digest())).as_ref()
    }
}

impl Store for CompiledTerms {
    fn program(&self) -> Digest {
        digest(Setup::of_program().digest().as_bytes())
    }

    fn open(&self, name: &Digest) -> Option<Arc<dyn Storage>> {
        let cache = self.cache()?;
        let key = cache.key(ENDING, name);
        let file = cache.open_entry(&key)?;
        let length = file.metadata().ok()?.len();
        Some(Arc::new(KeptFile { path: cache.path(&key), file: Mutex::new(file), length }))
    }

    fn keep(&self, name: &Digest, bytes: &[u8]) {
        if let Some(cache) = self.cache() {
            cache.put(&cache.key(ENDING, name), bytes);
        }
    }
}

/// Tells terms from results.
const ENDING: &str = "name.compiled-terms";

/// A file that is read in parts. It may be replaced meanwhile, but what is open stays what it was.
#[derive(Debug)]
struct KeptFile {
    path: PathBuf,
    file: Mutex<File>,
    length: u64,
}

impl Storage for KeptFile {
    fn length(&self) -> u64 {
        self.length
    }

    fn read(&self, at: u64, into: &mut [u8]) -> bool {
        let Ok(mut file) = self.file.lock() else { return false };
        file.seek(SeekFrom::Start(at)).is_ok() && file.read_exact(into).is_ok()
    }

    fn lost(&self) {
        if LOST.set(self.path.clone()).is_ok() {
            let _ = fs::remove_file(&self.path);
        }
    }
}
