//! The files that configuration was read from, each with the digest of the bytes that were read.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use crate::gate::{self, Kind};

/// Stands for the content of a file: equal where the content is equal.
pub type Digest = [u8; 32];

/// Files by path. One that could not be read, or was read twice with different content, has no digest.
#[derive(Debug, Default)]
pub(crate) struct FilesRead {
    known: BTreeMap<PathBuf, Option<Digest>>,
    /// Files that whoever runs the program named outright.
    named: BTreeSet<PathBuf>,
}

impl FilesRead {
    /// Notes that whoever runs the program named the file outright.
    pub(crate) fn named(&mut self, path: &Path) {
        self.named.insert(path.to_owned());
    }

    /// Reads a file and notes that it was read.
    pub(crate) fn read(&mut self, path: &Path, kind: Kind) -> io::Result<Vec<u8>> {
        let read =
            if self.named.contains(path) { gate::read_named(path, kind) } else { gate::read(path, kind) };
        let digest = read.as_ref().ok().map(|bytes| *blake3::hash(bytes).as_bytes());
        let known = self.known.entry(path.to_owned()).or_insert(digest);
        // Nobody can tell which of two contents a linter knows.
        if *known != digest {
            *known = None;
        }
        read
    }

    /// The digest of what was read at `path`.
    pub(crate) fn digest(&self, path: &Path) -> Option<Digest> {
        self.known.get(path).copied().flatten()
    }

    /// The files, also those that could not be read.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.known.keys().map(PathBuf::as_path)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_that_changed_between_two_readings_has_no_digest() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.tsv");
        let mut files = FilesRead::default();
        fs::write(&path, "节点").unwrap();
        files.read(&path, Kind::Dictionary).unwrap();
        files.read(&path, Kind::Dictionary).unwrap();
        assert_eq!(files.digest(&path), Some(*blake3::hash("节点".as_bytes()).as_bytes()));
        fs::write(&path, "站点").unwrap();
        files.read(&path, Kind::Dictionary).unwrap();
        assert_eq!(files.digest(&path), None);
        assert!(files.read(&folder.path().join("none.tsv"), Kind::Dictionary).is_err());
        assert_eq!(files.paths().count(), 2);
    }
}
