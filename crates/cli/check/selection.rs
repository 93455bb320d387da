//! The part of stage 1 that asks git: which files, and which of their lines, a run is about.

use std::path::PathBuf;

use zhengming_config::Configurations;

use crate::args::CheckArgs;
use crate::collect::{self, Collected, Input};
use crate::failure::Failure;
use crate::git::{ChangedLines, Repository};

/// What git says of the arguments.
pub(super) struct Selection {
    pub(super) collected: Collected,
    /// The lines that the run is about; nothing if it is about whole files.
    pub(super) changed: Option<ChangedLines>,
}

/// Asks git, if the arguments want that.
pub(super) fn select(
    args: &CheckArgs,
    paths: &[PathBuf],
    configurations: &mut Configurations,
) -> Result<Option<Selection>, Failure> {
    if !args.staged && args.diff_base.is_none() {
        return Ok(None);
    }
    let repository = Repository::here()?;
    let base = args.diff_base.as_deref();
    let changed = base.map(|base| repository.changed(base, args.staged, paths)).transpose()?;
    let collected = if args.staged {
        let files = repository.staged(paths)?;
        collect::selected(files, |staged| &staged.path, Input::Staged, configurations)?
    } else {
        let files = changed.as_ref().map(ChangedLines::paths).unwrap_or_default();
        collect::selected(files, PathBuf::as_path, Input::File, configurations)?
    };
    Ok(Some(Selection { collected, changed }))
}
