//! Read-only pages that editors open: rules, and entries of the built-in dictionaries.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use lsp_types::Uri;
use zhengming::Lang;
use zhengming_rules::RULES;
use zhengming_terms::termbase::{ConceptId, TermBase};

use crate::{cards, uri};

/// The folder of the pages. A page is written when it is first linked to.
pub(crate) struct Pages {
    folder: Option<PathBuf>,
    written: Mutex<HashMap<PathBuf, Option<Uri>>>,
}

impl Pages {
    pub(crate) fn new(cache: Option<PathBuf>) -> Self {
        let folder = cache.map(|cache| cache.join(concat!("pages-", env!("CARGO_PKG_VERSION"))));
        Self { folder, written: Mutex::default() }
    }

    /// The page of a rule.
    pub(crate) fn rule(&self, id: &str, lang: Lang) -> Option<Uri> {
        let meta = RULES.iter().map(|rule| rule.meta).find(|meta| meta.id == id)?;
        self.page(&format!("rules/{id}{}.md", ending(lang)), meta.page(lang))
    }

    /// The page of a concept with all its entries.
    pub(crate) fn concept(&self, base: &TermBase, concept: ConceptId, lang: Lang) -> Option<Uri> {
        let text = cards::page(base, concept, lang);
        let name: String = base.concept(concept).preferred.chars().map(plain).collect();
        // Two workspaces may know different things of one term.
        self.page(&format!("terms/{name}-{:08x}{}.md", hash(&text), ending(lang)), &text)
    }

    fn page(&self, name: &str, text: &str) -> Option<Uri> {
        let path = self.folder.as_ref()?.join(name);
        let mut written = self.written.lock().ok()?;
        let uri = written.entry(path.clone()).or_insert_with(|| {
            write(&path, text).ok()?;
            uri::from_path(&path)
        });
        uri.clone()
    }
}

fn ending(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "",
        Lang::En => ".en",
    }
}

/// A character that every file system takes.
fn plain(c: char) -> char {
    if c.is_alphanumeric() { c } else { '-' }
}

/// FNV-1a, short: it only keeps pages apart.
fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Writes the page unless it stands there already, and takes away the right to change it.
fn write(path: &Path, text: &str) -> io::Result<()> {
    if fs::read(path).is_ok_and(|known| known == text.as_bytes()) {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    let mut permissions = file.as_file().metadata()?.permissions();
    permissions.set_readonly(true);
    file.as_file().set_permissions(permissions)?;
    file.persist(path).map(drop).map_err(|error| error.error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_written_once_and_cannot_be_changed_by_mistake() {
        let folder = tempfile::tempdir().unwrap();
        let pages = Pages::new(Some(folder.path().to_owned()));
        let uri = pages.rule("nonstandard-variant", Lang::Zh).unwrap();
        let path = uri::to_path(&uri).unwrap();
        assert!(fs::read_to_string(&path).unwrap().starts_with("# nonstandard-variant"));
        assert!(fs::metadata(&path).unwrap().permissions().readonly());
        assert_eq!(pages.rule("nonstandard-variant", Lang::Zh), Some(uri));
        assert_eq!(pages.rule("no-such-rule", Lang::Zh), None);
    }

    #[test]
    fn without_a_folder_there_are_no_pages() {
        assert_eq!(Pages::new(None).rule("nonstandard-variant", Lang::Zh), None);
    }
}
