//! What the pages say is there: links lead somewhere, commands have the options that are written.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use support::zhengming;

/// A page as far as these tests look at it.
#[derive(Default)]
struct Page {
    links: Vec<String>,
    /// The names that a link may give after `#`, made as GitHub makes them.
    anchors: BTreeSet<String>,
    /// Lines of shell examples, and code within a line.
    commands: Vec<String>,
}

/// All pages of the project for people, from its root.
fn pages() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pages = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            // Fixtures are documents to be checked, the contents of the book are held by its own test, the rest is not ours.
            if ["target", "fixtures", "dist", "node_modules", "sources", "seeds", "book"].contains(&name)
                || name.starts_with('.')
            {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                pages.push(path);
            }
        }
    }
    pages.sort();
    pages
}

fn read(path: &Path) -> Page {
    let text = fs::read_to_string(path).unwrap();
    let mut page = Page::default();
    let mut heading = None;
    let mut shell = false;
    for event in Parser::new_ext(&text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                page.links.push(dest_url.to_string());
            }
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => page.add_anchor(&heading.take().unwrap_or_default()),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                shell = ["sh", "bash", "console"].contains(&&*language);
            }
            Event::End(TagEnd::CodeBlock) => shell = false,
            Event::Text(text) if shell => page.commands.extend(text.lines().map(str::to_owned)),
            Event::Text(text) => push(&mut heading, &text),
            Event::Code(text) => {
                push(&mut heading, &text);
                page.commands.push(text.to_string());
            }
            _ => {}
        }
    }
    page
}

fn push(heading: &mut Option<String>, text: &str) {
    if let Some(heading) = heading {
        heading.push_str(text);
    }
}

impl Page {
    fn add_anchor(&mut self, heading: &str) {
        let kept = heading.to_lowercase();
        let kept = kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        let name: String = kept.map(|c| if c == ' ' { '-' } else { c }).collect();
        let mut free = name.clone();
        let mut next = 1;
        while !self.anchors.insert(free.clone()) {
            free = format!("{name}-{next}");
            next += 1;
        }
    }
}

/// What follows `zhengming` in an example, without remarks, pipes and redirections; none where the example has
/// a placeholder in place of an argument.
fn arguments(line: &str) -> Option<Vec<&str>> {
    let line = line.trim().trim_start_matches("$ ");
    let line = line.strip_prefix("zhengming ")?;
    let line = line.split(" #").next()?;
    let line = line.split(['|', '>', ';', '&', '<']).next()?;
    if line.contains(['…', '[', '(']) {
        return None;
    }
    Some(line.split_whitespace().map(|word| word.trim_matches(['"', '\''])).collect())
}

#[test]
fn links_lead_somewhere() {
    let mut broken = Vec::new();
    for path in pages() {
        for link in read(&path).links {
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            let (file, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let target = if file.is_empty() { path.clone() } else { path.parent().unwrap().join(file) };
            let is_found = target.exists()
                && (anchor.is_empty()
                    || target.is_dir()
                    || read(&target).anchors.contains(&anchor.to_lowercase()));
            if !is_found {
                broken.push(format!("{}: {link}", path.display()));
            }
        }
    }
    assert_eq!(broken, [] as [String; 0]);
}

#[test]
fn commands_have_the_options_that_are_written() {
    let mut seen = BTreeSet::new();
    let mut wrong = Vec::new();
    for path in pages() {
        for line in read(&path).commands {
            let Some(mut arguments) = arguments(&line) else { continue };
            // Help is asked for last, so that everything before it is parsed and nothing runs.
            arguments.push("--help");
            if !seen.insert(arguments.join(" ")) {
                continue;
            }
            let run = zhengming(&arguments);
            if run.code != 0 {
                wrong.push(format!("{}: {line}\n{}", path.display(), run.err));
            }
        }
    }
    assert!(seen.len() > 30, "examples are not found any more: {}", seen.len());
    assert_eq!(wrong, [] as [String; 0]);
}
