//! Puts the documentation site together: pages stay at their paths, so that links between them go on working, and mdBook
//! builds them where it is installed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use zhengming_rules::registry;
use zhengming_text::message::Lang;

const SITE: &str = "target/site";
/// The contents, without the pages of the rules.
const SUMMARY: &str = "docs/book/SUMMARY.md";

/// Writes the pages and what they link to into `target/site`, and builds them.
pub(crate) fn build() -> Result<(), String> {
    let site = Path::new(SITE);
    if site.exists() {
        fs::remove_dir_all(site).map_err(|error| format!("{SITE}: {error}"))?;
    }
    let here = Path::new("");
    let contents = contents(here)?;
    for file in files(here, &contents) {
        copy(&file, &site.join("src").join(&file))?;
    }
    write(&site.join("src/SUMMARY.md"), &contents)?;
    copy(Path::new("docs/book/book.toml"), &site.join("book.toml"))?;
    match Command::new("mdbook").arg("build").arg(site).status() {
        Ok(status) if status.success() => {
            eprintln!("{SITE}/book/index.html");
            Ok(())
        }
        Ok(status) => Err(format!("mdbook ended with {status}")),
        Err(_) => {
            eprintln!("the pages are in {SITE}/src; mdbook is not installed (cargo install mdbook)");
            Ok(())
        }
    }
}

/// The contents with the pages of the rules in their places; paths are those from the project's folder, `root`.
fn contents(root: &Path) -> Result<String, String> {
    let text = fs::read_to_string(root.join(SUMMARY)).map_err(|error| format!("{SUMMARY}: {error}"))?;
    let text = text.replace("<!-- rules -->\n", &rules(root, Lang::Zh));
    Ok(text.replace("<!-- rules en -->\n", &rules(root, Lang::En)))
}

/// A line for each rule, by family.
fn rules(root: &Path, lang: Lang) -> String {
    let mut families: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for page in pages_of_rules(&root.join("rules/src")) {
        let path = page.strip_prefix(root).unwrap_or(&page).display().to_string().replace('\\', "/");
        let is_english = path.ends_with(".en.md");
        if is_english != (lang == Lang::En) {
            continue;
        }
        let id = page.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let id = id.trim_end_matches(".md").trim_end_matches(".en").replace('_', "-");
        let Some(meta) = metas().find(|meta| *meta.id == *id) else { continue };
        families.entry(meta.family).or_default().push(format!("- [{} {id}]({path})\n", meta.name(lang)));
    }
    families.into_values().flatten().collect()
}

fn metas() -> impl Iterator<Item = &'static zhengming_lint::rule::RuleMeta> {
    let documents = registry::configurable().map(|(meta, _)| meta);
    documents.chain(zhengming_rules::dictionary::DICTIONARY_RULES.iter().map(|rule| rule.meta))
}

fn pages_of_rules(folder: &Path) -> Vec<PathBuf> {
    let mut pages = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            pages.extend(pages_of_rules(&path));
        } else if path.extension().is_some_and(|extension| extension == "md") {
            pages.push(path);
        }
    }
    pages.sort();
    pages
}

/// The pages in the contents, and what is linked from them, page by page.
fn files(root: &Path, contents: &str) -> BTreeSet<PathBuf> {
    let mut waiting: Vec<PathBuf> = links(contents).map(PathBuf::from).collect();
    let mut files = BTreeSet::new();
    while let Some(file) = waiting.pop() {
        if !root.join(&file).is_file()
            || !files.insert(file.clone())
            || file.extension().is_none_or(|end| end != "md")
        {
            continue;
        }
        let text = fs::read_to_string(root.join(&file)).unwrap_or_default();
        let folder = file.parent().unwrap_or(Path::new("")).to_owned();
        waiting.extend(links(&text).map(|link| normal(&folder.join(link))));
    }
    files
}

/// The local files that a Markdown text links to.
fn links(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("](").filter_map(|(at, _)| {
        let link = &text[at + 2..];
        let link = link[..link.find(')')?].split('#').next()?;
        (!link.is_empty() && !link.contains("://")).then_some(link)
    })
}

/// The path without `..`.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        if part == std::path::Component::ParentDir {
            normal.pop();
        } else {
            normal.push(part);
        }
    }
    normal
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    make_folder(to)?;
    fs::copy(from, to).map(drop).map_err(|error| format!("{}: {error}", from.display()))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    make_folder(path)?;
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

fn make_folder(file: &Path) -> Result<(), String> {
    let folder = file.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
    }

    #[test]
    fn every_page_stands_in_the_contents() {
        let contents = contents(&root()).unwrap();
        let listed: BTreeSet<&str> = links(&contents).collect();
        for page in fs::read_dir(root().join("docs")).unwrap() {
            let name = page.unwrap().file_name().into_string().unwrap();
            assert!(
                !name.ends_with(".md") || listed.contains(&*format!("docs/{name}")),
                "{name} is not in {SUMMARY}"
            );
        }
        let rules = listed.iter().filter(|link| link.starts_with("rules/src/")).count();
        assert_eq!(rules, 2 * metas().count());
        for link in listed {
            assert!(root().join(link).is_file(), "{link} in {SUMMARY} is not there");
        }
    }

    #[test]
    fn what_a_page_links_to_comes_along() {
        let files = files(&root(), "- [x](README.md)\n");
        assert!(files.contains(Path::new("docs/cli.md")) && files.contains(Path::new("examples/embed.rs")));
    }
}
