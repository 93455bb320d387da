//! The files that configuration was read from, each with the digest of the bytes that were read.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Stands for the content of a file: equal where the content is equal.
pub type Digest = [u8; 32];

/// Files by path. One that could not be read, or was read twice with different content, has no digest.
#[derive(Debug, Default)]
pub(crate) struct FilesRead(BTreeMap<PathBuf, Option<Digest>>);

impl FilesRead {
    /// Reads a file and notes that it was read.
    pub(crate) fn read(&mut self, path: &Path) -> io::Result<Vec<u8>> {
        let read = fs::read(path);
        let digest = read.as_ref().ok().map(|bytes| *blake3::hash(bytes).as_bytes());
        let known = self.0.entry(path.to_owned()).or_insert(digest);
        // Nobody can tell which of two contents a linter knows.
        if *known != digest {
            *known = None;
        }
        read
    }

    /// The digest of what was read at `path`.
    pub(crate) fn digest(&self, path: &Path) -> Option<Digest> {
        self.0.get(path).copied().flatten()
    }

    /// The files, also those that could not be read.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.0.keys().map(PathBuf::as_path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_changed_between_two_readings_has_no_digest() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.tsv");
        let mut files = FilesRead::default();
        fs::write(&path, "节点").unwrap();
        files.read(&path).unwrap();
        files.read(&path).unwrap();
        assert_eq!(files.digest(&path), Some(*blake3::hash("节点".as_bytes()).as_bytes()));
        fs::write(&path, "站点").unwrap();
        files.read(&path).unwrap();
        assert_eq!(files.digest(&path), None);
        assert!(files.read(&folder.path().join("none.tsv")).is_err());
        assert_eq!(files.paths().count(), 2);
    }
}
