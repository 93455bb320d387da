//! Which files a configuration may name that nobody chose: one that was found beside the documents.
//!
//! Whoever writes the documents can write such a configuration. It may name what lies in the same project, and nothing
//! else on the machine; but for the configuration of a folder above, which they cannot write.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use zhengming::Text;

/// The folders out of which a configuration may name files, without links.
#[derive(Debug)]
pub(crate) struct Project(Vec<PathBuf>);

impl Project {
    /// The project of the configuration at `file`: the folder that it is in, the repository around it, and the working
    /// folder, if it is in that. Where one works in the home folder, or at the top, that is no project.
    pub(crate) fn around(file: &Path) -> Self {
        let folder = file.parent().unwrap_or(Path::new("")).to_owned();
        let repository = folder.ancestors().find(|above| above.join(".git").exists()).map(Path::to_owned);
        let is_home = |path: &Path| {
            path.parent().is_none()
                || [env::var_os("HOME"), env::var_os("USERPROFILE")]
                    .into_iter()
                    .flatten()
                    .any(|home| fs::canonicalize(home).is_ok_and(|home| home == path))
        };
        let here = env::current_dir().and_then(fs::canonicalize).ok();
        let real = fs::canonicalize(&folder).unwrap_or_else(|_| folder.clone());
        let here = here.filter(|here| real.starts_with(here) && !is_home(here));
        let others = repository.into_iter().filter_map(|it| fs::canonicalize(it).ok()).chain(here);
        Self(std::iter::once(real).chain(others).collect())
    }

    /// Whether the file that `path` leads to is in the project. One that is not there is nobody's.
    pub(crate) fn holds(&self, path: &Path) -> bool {
        fs::canonicalize(path).map_or(true, |real| self.0.iter().any(|folder| real.starts_with(folder)))
    }
}

/// Why a file is not read, and the way out.
pub(crate) fn outside(name: &str) -> Text {
    Text::new(
        format!(
            "{name} 在项目之外：从文稿所在的文件夹里找到的配置不能指名那里的文件。若信任这份配置，请加 --trust-config，或用 --config 指名它"
        ),
        format!(
            "{name} is outside the project, where a configuration that was found beside the documents may name nothing; if you trust it, add --trust-config, or name it with --config"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_is_a_folder_or_the_repository_around_it() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("r/.git")).unwrap();
        fs::create_dir_all(at("r/a")).unwrap();
        for name in ["out.tsv", "r/in.tsv", "r/a/own.tsv"] {
            fs::write(at(name), "").unwrap();
        }
        let project = Project::around(&at("r/a/zhengming.toml"));
        assert!(project.holds(&at("r/a/own.tsv")) && project.holds(&at("r/in.tsv")));
        assert!(!project.holds(&at("out.tsv")) && !project.holds(&at("r/a/../../out.tsv")));
        assert!(project.holds(&at("none.tsv")));
        fs::remove_dir(at("r/.git")).unwrap();
        assert!(!Project::around(&at("r/a/zhengming.toml")).holds(&at("r/in.tsv")));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_counts_as_what_it_leads_to() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("p")).unwrap();
        fs::write(at("out.tsv"), "").unwrap();
        std::os::unix::fs::symlink(at("out.tsv"), at("p/in.tsv")).unwrap();
        assert!(!Project::around(&at("p/zhengming.toml")).holds(&at("p/in.tsv")));
    }
}
