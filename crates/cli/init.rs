//! `zhengming init`: a commented `zhengming.toml` for a folder, after a look at what is in it.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use zhengming::{Lang, Text};
use zhengming_config::FILE_NAME;
use zhengming_formats::{Format, LEGACY_ENDINGS};

use crate::failure::{self, Failure};
use crate::output;
use zhengming_config::gate;

/// Deepest folder, and most files, that are looked at: what matters lies near the top.
const DEEPEST: usize = 6;
const MOST: usize = 20_000;

/// Words in the names of files that define terms.
const GLOSSARIES: [&str; 6] = ["术语", "定义", "名词", "词汇表", "glossary", "terms"];
/// Folders whose names say that nobody mends what is in them.
const ARCHIVES: [&str; 6] = ["archive", "archives", "归档", "存档", "历史", "旧稿"];

/// The hooks that install the wheel; docs/cli.md shows the same.
const PRE_COMMIT: &str = concat!(
    "  - repo: ",
    env!("CARGO_PKG_REPOSITORY"),
    "\n    rev: v",
    env!("CARGO_PKG_VERSION"),
    "\n    hooks:\n      - id: zhengming-py\n      - id: zhengming-docx-py"
);

#[derive(Debug, clap::Args)]
pub(crate) struct InitArgs {
    /// 在此文件夹里写 zhengming.toml || The folder to write zhengming.toml in
    #[arg(default_value = ".")]
    folder: PathBuf,
}

/// What is in a folder.
#[derive(Debug, Default, PartialEq, Eq)]
struct Seen {
    texts: usize,
    office: usize,
    /// Tables of variants and dictionaries, by path from the folder.
    dictionaries: Vec<String>,
    glossaries: Vec<String>,
    archives: Vec<String>,
    git: bool,
    pre_commit: bool,
    editors: Vec<&'static str>,
}

/// Writes the file, and says what was seen and what to do next.
pub(crate) fn run(args: &InitArgs, lang: Lang) -> Result<u8, Failure> {
    // `./zhengming.toml` reads better without its beginning.
    let path = args.folder.strip_prefix(".").unwrap_or(&args.folder).join(FILE_NAME);
    let shown = path.display();
    if path.exists() {
        return Err(Text::new(
            format!("{shown}: 已经有了，没有改动；要重写请先把它改名或删去"),
            format!("{shown}: is there already and was left as it is; rename or remove it first"),
        )
        .into());
    }
    let seen = Seen::look(&args.folder).map_err(|error| not_written(&args.folder, &error))?;
    write(&args.folder, &path, &contents(&seen, lang)).map_err(|error| not_written(&path, &error))?;
    let mut out = output::text();
    for line in told(&seen, &shown.to_string()) {
        writeln!(out, "{}", line.get(lang))?;
    }
    Ok(0)
}

/// The file is there whole or not at all, and never takes the place of another.
fn write(folder: &Path, path: &Path, text: &str) -> io::Result<()> {
    let mut file = output::temporary(folder)?;
    file.write_all(text.as_bytes())?;
    file.persist_noclobber(path).map(drop).map_err(|error| error.error)
}

fn not_written(path: &Path, error: &io::Error) -> Failure {
    let name = path.display();
    failure::io(&format!("{name}: 无法写入"), &format!("{name}: cannot be written"), error).into()
}

impl Seen {
    fn look(folder: &Path) -> io::Result<Self> {
        // An unreadable folder is an error; unreadable parts of it are not.
        fs::read_dir(folder)?;
        let mut seen = Self { git: is_in_git(folder), ..Self::default() };
        seen.pre_commit = folder.join(".pre-commit-config.yaml").is_file();
        for (name, editor) in [
            (".vscode", "VS Code"),
            (".helix", "Helix"),
            (".zed", "Zed"),
            (".nvim.lua", "Neovim"),
            (".nvimrc", "Neovim"),
            (".dir-locals.el", "Emacs"),
        ] {
            if folder.join(name).exists() && !seen.editors.contains(&editor) {
                seen.editors.push(editor);
            }
        }
        let walk =
            ignore::WalkBuilder::new(folder).max_depth(Some(DEEPEST)).sort_by_file_name(Ord::cmp).build();
        for entry in walk.flatten().take(MOST) {
            let inside = entry.path().strip_prefix(folder).unwrap_or(entry.path()).to_string_lossy();
            if entry.file_type().is_some_and(|kind| kind.is_file()) {
                seen.file(entry.path(), &inside);
            } else if ARCHIVES.iter().any(|name| entry.file_name().eq_ignore_ascii_case(name)) {
                seen.archives.push(format!("{inside}/**"));
            }
        }
        Ok(seen)
    }

    fn file(&mut self, path: &Path, inside: &str) {
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
        let format = Format::from_ending(&ending);
        if format.is_some_and(|format| format.is_text() && format != Format::Csv) {
            self.texts += 1;
            if GLOSSARIES.iter().any(|word| stem.contains(word)) {
                self.glossaries.push(inside.to_owned());
            }
        } else if LEGACY_ENDINGS.contains(&&*ending) || format.is_some_and(|format| !format.is_text()) {
            self.office += 1;
        } else if is_dictionary(path, &ending) {
            self.dictionaries.push(inside.to_owned());
        }
    }
}

/// Whether a file is a dictionary or a table of variants, by its first lines.
fn is_dictionary(path: &Path, ending: &str) -> bool {
    let has = |words: &[&str]| {
        let text = gate::read(path, gate::Kind::Dictionary)
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .unwrap_or_default();
        let first: String = text.lines().take(40).collect::<Vec<_>>().join("\n");
        words.iter().all(|word| first.contains(word))
    };
    match ending {
        "tsv" | "csv" => has(&["variant", "preferred"]),
        "toml" => has(&["[dictionary]"]),
        "tbx" => true,
        _ => false,
    }
}

fn is_in_git(folder: &Path) -> bool {
    let whole = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    whole.ancestors().any(|above| above.join(".git").exists())
}

/// A list of strings as TOML writes it.
fn list(items: &[String]) -> String {
    let quoted: Vec<String> = items.iter().map(|item| format!("{item:?}")).collect();
    format!("[{}]", quoted.join(", "))
}

/// The text of the file: what was seen is set, the rest stands as comments.
fn contents(seen: &Seen, lang: Lang) -> String {
    let mut text = String::new();
    let mut section = |comment: Text, setting: String| {
        for line in comment.get(lang).lines() {
            text += &format!("# {line}\n");
        }
        text += &setting;
        text += "\n\n";
    };
    section(
        Text::new(
            "正名（zhengming）的配置。对本文件夹和下级文件夹里的文稿有效；离文稿最近的 zhengming.toml 优先。\n全部键和取值：zhengming schema（编辑器用它补全）；最终结果和来源：zhengming check --dump-config。",
            "Configuration of zhengming for the documents in this folder and below; the zhengming.toml nearest to a document wins.\nAll keys and values: `zhengming schema`, which editors complete by; the result and where it comes from: `zhengming check --dump-config`.",
        ),
        String::new(),
    );
    let mut dictionaries = vec!["builtin:zhejiang".to_owned()];
    dictionaries.extend(seen.dictionaries.iter().cloned());
    section(
        Text::new(
            "词典，后面的优先。本单位的词典可以是 TOML，也可以是含 variant、preferred 两列的表格；\"builtin:none\" 不用内置词典。",
            "Dictionaries, later ones win. Your own may be TOML, or a table with the columns variant and preferred;\n\"builtin:none\" for no built-in one.",
        ),
        format!("dictionaries = {}", list(&dictionaries)),
    );
    let glossaries = match seen.glossaries.as_slice() {
        [] => "# definitions = [\"术语表.md\"]".to_owned(),
        found => format!("# definitions = {}", list(found)),
    };
    section(
        Text::new("其中的定义对全部文稿有效的文稿。", "Documents whose definitions count for all others."),
        glossaries,
    );
    let exclude = match seen.archives.as_slice() {
        [] => "# exclude = [\"归档/**\", \"*.bak.md\"]".to_owned(),
        found => format!("exclude = {}", list(found)),
    };
    section(
        Text::new(
            "不检查的文件，写法同 .gitignore。",
            "Files that are not checked; patterns as in .gitignore.",
        ),
        exclude,
    );
    section(
        Text::new(
            "从哪一级起退出码为 1：info、warning（缺省）、error。",
            "From which severity on the exit status is 1: info, warning (default), error.",
        ),
        "# fail-on = \"error\"".to_owned(),
    );
    section(
        Text::new(
            "规则的级别（error、warning、info、off）和选项；zhengming rules 列出全部规则，zhengming explain 规则名 显示说明。",
            "Severities (error, warning, info, off) and options of rules; `zhengming rules` lists them, `zhengming explain RULE` shows a page.",
        ),
        "[rules]\n# stale-edition = \"error\"\n# near-miss-term = { severity = \"warning\", max-distance = 1 }".to_owned(),
    );
    section(Text::new("从不报告的词。", "Words that are never reported."), "[terms]\nallow = []".to_owned());
    section(
        Text::new("对部分文件另作规定。", "What is different for some files."),
        "# [[overrides]]\n# paths = [\"草稿/**\"]\n# rules = { stale-edition = \"off\" }".to_owned(),
    );
    text.trim_end().to_owned() + "\n"
}

/// What was seen, and the next steps.
fn told(seen: &Seen, shown: &str) -> Vec<Text> {
    let mut lines = vec![Text::new(format!("已写入 {shown}"), format!("wrote {shown}"))];
    let mut say = |zh: String, en: String| lines.push(Text::new(zh, en));
    say(
        format!("看到：文本文稿 {} 份，办公文档 {} 份", seen.texts, seen.office),
        format!("seen: {} text documents, {} office documents", seen.texts, seen.office),
    );
    for (found, zh, en) in [
        (&seen.dictionaries, "词典（已写入 dictionaries）", "dictionaries (set in `dictionaries`)"),
        (
            &seen.glossaries,
            "像是术语表（要用请去掉 definitions 前的 #）",
            "looks like a glossary (uncomment `definitions` to use it)",
        ),
        (&seen.archives, "像是归档（已写入 exclude）", "looks like an archive (set in `exclude`)"),
    ] {
        if !found.is_empty() {
            say(format!("　　　{zh}：{}", found.join("、")), format!("      {en}: {}", found.join(", ")));
        }
    }
    if !seen.editors.is_empty() {
        let editors = seen.editors.join(", ");
        say(format!("　　　编辑器：{editors}"), format!("      editors: {editors}"));
    }
    say("下一步：zhengming check".to_owned(), "next: zhengming check".to_owned());
    if seen.office > 0 {
        say(
            "　　　　zhengming annotate 文件.docx -o 批注.docx 把结果写成 Word 批注".to_owned(),
            "      `zhengming annotate IN.docx -o OUT.docx` writes findings as comments into a Word file"
                .to_owned(),
        );
    }
    if seen.pre_commit {
        say(
            "　　　　在 .pre-commit-config.yaml 的 repos 里加上：".to_owned(),
            "      add to `repos` in .pre-commit-config.yaml:".to_owned(),
        );
        for line in PRE_COMMIT.lines() {
            say(line.to_owned(), line.to_owned());
        }
    } else if seen.git {
        say(
            "　　　　zhengming hook install 让 git 在提交前检查".to_owned(),
            "      `zhengming hook install` has git check before each commit".to_owned(),
        );
    }
    if !seen.editors.is_empty() {
        say(
            "　　　　编辑器里的即时检查由 zhengming lsp 提供".to_owned(),
            "      `zhengming lsp` checks while you type in an editor".to_owned(),
        );
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    #[test]
    fn a_look_tells_documents_dictionaries_and_habits() {
        let folder = folder(&[
            ("a.md", ""),
            ("下级/通知.docx", ""),
            ("术语表.md", ""),
            ("词典/变体.tsv", "variant\tpreferred\n"),
            ("数据.csv", "姓名,年龄\n"),
            ("归档/旧.md", ""),
            (".pre-commit-config.yaml", ""),
            (".vscode/settings.json", ""),
        ]);
        let mut seen = Seen::look(folder.path()).unwrap();
        seen.git = false;
        let expected = Seen {
            texts: 3,
            office: 1,
            dictionaries: vec!["词典/变体.tsv".to_owned()],
            glossaries: vec!["术语表.md".to_owned()],
            archives: vec!["归档/**".to_owned()],
            git: false,
            pre_commit: true,
            editors: vec!["VS Code"],
        };
        assert_eq!(seen, expected);
    }

    #[test]
    fn the_hooks_named_are_there_and_the_documentation_names_them() {
        let read = |name: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
        let (hooks, page) = (read(".pre-commit-hooks.yaml"), read("docs/cli.md"));
        for id in PRE_COMMIT.lines().filter_map(|line| line.trim().strip_prefix("- id: ")) {
            assert!(hooks.contains(&format!("- id: {id}\n")), "{id}");
        }
        assert!(page.contains(PRE_COMMIT), "docs/cli.md shows the same sample");
    }

    #[test]
    fn what_is_written_is_a_configuration_and_so_are_its_comments() {
        let seen = Seen { archives: vec!["归档/**".to_owned()], ..Seen::default() };
        for lang in [Lang::Zh, Lang::En] {
            for seen in [&seen, &Seen::default()] {
                let text = contents(seen, lang);
                // Whoever installed the program has no folder of documentation.
                assert!(!text.contains("docs/") && !text.contains(".md；"), "{text}");
                let is_setting = |line: &str| {
                    let rest = line.trim_start_matches("# ");
                    rest.starts_with('[')
                        || rest.split_once(" = ").is_some_and(|(key, _)| !key.contains([' ', '：']))
                };
                let uncommented: Vec<&str> = text
                    .lines()
                    .map(|line| if is_setting(line) { line.trim_start_matches("# ") } else { line })
                    .collect();
                let folder =
                    folder(&[("zhengming.toml", &text), ("all/zhengming.toml", &uncommented.join("\n"))]);
                let mut configurations = zhengming_config::Configurations::default();
                for path in ["a.md", "all/a.md"] {
                    configurations.for_path(&folder.path().join(path)).unwrap();
                }
                let settings = configurations.for_path(&folder.path().join("all/草稿/a.md")).unwrap();
                assert_eq!(settings.rules.len(), 2, "{}", uncommented.join("\n"));
            }
        }
    }
}
