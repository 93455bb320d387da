//! Writing mended files so that nothing is lost or half-written.

use std::fs;
use std::path::Path;

use zhengming::internal::stored_bytes;
use zhengming::{Document, Text};
use zhengming_config::gate;

use crate::failure;
use crate::output;

/// Writes `text` in the encoding that the file had, through a temporary file beside it.
pub(crate) fn write(path: &Path, original: &[u8], document: &Document, text: &str) -> Result<(), Text> {
    let mended = stored_bytes(original, document, text)?;
    if leads_out(path) {
        return Err(Text::new(
            "这是链接，通到仓库之外的文件，没有修改",
            "left as it is: a link that leads to a file outside the repository",
        ));
    }
    if gate::read(path, gate::Kind::Document).ok().as_deref() != Some(original) {
        return Err(Text::new(
            "读取之后又被别的程序改动，没有修改",
            "left as it is: another program changed it since it was read",
        ));
    }
    output::replace(path, &mended).map_err(|error| failure::io("无法写入", "cannot be written", &error))
}

/// Whether the file at `path` is a link that leads out of the repository in which it stands: whoever made the link need
/// not be the one whose file it is.
fn leads_out(path: &Path) -> bool {
    if !fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink()) {
        return false;
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let (Ok(folder), Ok(target)) = (fs::canonicalize(folder), fs::canonicalize(path)) else { return true };
    let repository = folder.ancestors().find(|above| above.join(".git").exists());
    repository.is_some_and(|root| !target.starts_with(root))
}
