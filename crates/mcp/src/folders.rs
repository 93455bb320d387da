//! The folders in which files may be read.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use zhengming::Text;
use zhengming_config::gate;

use crate::limits;

/// Folders that were named at start, each as an absolute path without links.
#[derive(Debug, Default)]
pub struct Folders {
    roots: Vec<PathBuf>,
}

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// It is not there, or not inside the folders: which of the two is not told, so that nobody can ask what lies
    /// outside.
    NotInside,
    /// It is a folder or a device.
    NoFile,
    /// It has more bytes than are read.
    TooLarge(u64),
    /// The system says no.
    Unreadable(String),
}

impl Folders {
    /// The folders at these paths.
    ///
    /// # Errors
    /// If one is not there or is no folder.
    pub fn new(paths: &[PathBuf]) -> io::Result<Self> {
        let mut roots = Vec::with_capacity(paths.len());
        for path in paths {
            let root = fs::canonicalize(path)?;
            if !root.is_dir() {
                return Err(io::ErrorKind::NotADirectory.into());
            }
            roots.push(root);
        }
        Ok(Self { roots })
    }

    /// The folders.
    pub fn roots(&self) -> &[PathBuf] {
        &self.roots
    }

    /// The bytes of the file at `path`, which is absolute or counts from one of the folders. Links are followed
    /// first, so none leads out.
    ///
    /// # Errors
    /// If it is not inside the folders, is no file, is too large, or cannot be read.
    pub fn read(&self, path: &str) -> Result<Vec<u8>, Refused> {
        let place = self.find(Path::new(path)).ok_or(Refused::NotInside)?;
        let metadata = fs::metadata(&place).map_err(|error| Refused::Unreadable(error.to_string()))?;
        if !metadata.is_file() {
            return Err(Refused::NoFile);
        }
        if metadata.len() > limits::FILE {
            return Err(Refused::TooLarge(metadata.len()));
        }
        gate::read(&place, gate::Kind::Document).map_err(|error| Refused::Unreadable(error.to_string()))
    }

    /// Where the file really is, if that is inside.
    fn find(&self, path: &Path) -> Option<PathBuf> {
        let places = self.roots.iter().map(|root| root.join(path));
        let mut real = places.filter_map(|place| fs::canonicalize(place).ok());
        real.find(|place| self.roots.iter().any(|root| place.starts_with(root)))
    }
}

impl Refused {
    /// What to tell the caller.
    pub fn text(&self) -> Text {
        match self {
            Self::NotInside => Text::new(
                "文件不在启动时指定的文件夹里，或者没有这个文件",
                "there is no such file inside the folders named at start",
            ),
            Self::NoFile => Text::new("这不是文件，请写出文件名", "that is no file: name a file"),
            Self::TooLarge(size) => {
                let (size, most) = (size / 1_000_000, limits::FILE / 1_000_000);
                Text::new(
                    format!("文件有 {size} MB，超过 {most} MB，没有读"),
                    format!("the file has {size} MB, more than {most} MB, and was not read"),
                )
            }
            Self::Unreadable(why) => {
                Text::new(format!("文件无法读取：{why}"), format!("the file cannot be read: {why}"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_inside_are_read_by_either_kind_of_path() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("下级")).unwrap();
        fs::write(folder.path().join("下级/a.md"), "甲").unwrap();
        let folders = Folders::new(&[folder.path().to_owned()]).unwrap();
        let whole = folder.path().join("下级/a.md");
        for path in ["下级/a.md", "./下级/../下级/a.md", whole.to_str().unwrap()] {
            assert_eq!(folders.read(path).as_deref(), Ok("甲".as_bytes()), "{path}");
        }
        assert_eq!(folders.read("下级"), Err(Refused::NoFile));
    }

    #[test]
    fn nothing_outside_is_read_or_told_apart_from_what_is_not_there() {
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("secret.md"), "密").unwrap();
        let inside = tempfile::tempdir().unwrap();
        let folders = Folders::new(&[inside.path().to_owned()]).unwrap();
        let secret = outside.path().join("secret.md");
        let name = outside.path().file_name().unwrap().to_str().unwrap();
        for path in
            [secret.to_str().unwrap(), &format!("../{name}/secret.md"), "no.md", "", "\0", "/etc/passwd"]
        {
            assert_eq!(
                folders.read(path),
                Err(if path.is_empty() { Refused::NoFile } else { Refused::NotInside }),
                "{path}"
            );
        }
        assert_eq!(Folders::default().read(secret.to_str().unwrap()), Err(Refused::NotInside));
    }

    #[cfg(unix)]
    #[test]
    fn links_lead_nowhere_outside() {
        use std::os::unix::fs::symlink;
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("secret.md"), "密").unwrap();
        let inside = tempfile::tempdir().unwrap();
        fs::write(inside.path().join("a.md"), "甲").unwrap();
        symlink(outside.path().join("secret.md"), inside.path().join("file.md")).unwrap();
        symlink(outside.path(), inside.path().join("folder")).unwrap();
        symlink(inside.path().join("a.md"), inside.path().join("own.md")).unwrap();
        let folders = Folders::new(&[inside.path().to_owned()]).unwrap();
        assert_eq!(folders.read("file.md"), Err(Refused::NotInside));
        assert_eq!(folders.read("folder/secret.md"), Err(Refused::NotInside));
        assert_eq!(folders.read("own.md").as_deref(), Ok("甲".as_bytes()));
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error_at_start() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.md"), "甲").unwrap();
        assert!(Folders::new(&[folder.path().join("no")]).is_err());
        assert!(Folders::new(&[folder.path().join("a.md")]).is_err());
    }
}
