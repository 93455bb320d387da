//! Compiled terms beside the results of earlier runs: one file for each set of dictionaries.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, OnceLock};

use zhengming::core::stored::{Digest, Source, digest};
use zhengming_config::Store;

use crate::cache::{Cache, Setup};

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

    fn open(&self, name: &Digest) -> Option<Arc<dyn Source>> {
        let cache = self.cache()?;
        let file = cache.open_entry(&cache.key(ENDING, name))?;
        let length = file.metadata().ok()?.len();
        Some(Arc::new(Kept { file: Mutex::new(file), length }))
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
struct Kept {
    file: Mutex<File>,
    length: u64,
}

impl Source for Kept {
    fn length(&self) -> u64 {
        self.length
    }

    fn read(&self, at: u64, into: &mut [u8]) -> bool {
        let Ok(mut file) = self.file.lock() else { return false };
        file.seek(SeekFrom::Start(at)).is_ok() && file.read_exact(into).is_ok()
    }
}
