//! `zhengming.toml` and the commands around it, as people and scripts use them.

mod support;

use std::fs;
use std::path::Path;

use support::{Run, json, zhengming, zhengming_with_input};

/// A folder with these files.
struct Folder(tempfile::TempDir);

impl Folder {
    fn with(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self(folder)
    }

    fn path(&self, name: &str) -> String {
        let path = if name == "." { self.0.path().to_owned() } else { self.0.path().join(name) };
        path.display().to_string()
    }

    /// `zhengming check --format concise` with these arguments, paths relative to the folder.
    fn check(&self, options: &[&str], paths: &[&str]) -> Run {
        let paths: Vec<String> = paths.iter().map(|path| self.path(path)).collect();
        let mut arguments = vec!["check", "--format", "concise"];
        arguments.extend(options);
        arguments.extend(paths.iter().map(String::as_str));
        zhengming(&arguments)
    }
}

const VARIANT: &str = "会议通知统一通过浙政盯发送。\n";

#[test]
fn the_nearest_configuration_counts_for_each_file() {
    let folder = Folder::with(&[
        ("a.md", VARIANT),
        ("strict/b.md", VARIANT),
        ("strict/deep/c.md", VARIANT),
        ("loose/d.md", VARIANT),
        ("zhengming.toml", "[rules]\nnonstandard-variant = \"info\"\n"),
        ("strict/zhengming.toml", "[rules]\nnonstandard-variant = \"error\"\n"),
        ("loose/zhengming.toml", "[rules]\nnonstandard-variant = \"off\"\n"),
    ]);
    let run = folder.check(&[], &["."]);
    let severities: Vec<&str> = run.out.lines().map(|line| line.split(": ").nth(1).unwrap()).collect();
    let is = |severity: &str| format!("{severity}[nonstandard-variant] “浙政盯”不是规范用语；应为“浙政钉”");
    let severities: Vec<String> = severities.iter().map(|it| (*it).to_owned()).collect();
    assert_eq!(severities.len(), 3, "{}", run.out);
    assert!(severities[0].starts_with("info[") && severities[1].starts_with("error["), "{}", run.out);
    assert!(run.out.contains("deep") && !run.out.contains("d.md"), "{} {}", run.out, is("info"));
    assert_eq!(run.code, 1);
    assert_eq!(folder.check(&[], &["a.md"]).code, 0, "info alone does not fail");
    assert_eq!(folder.check(&["--isolated"], &["a.md"]).code, 1);
    let config = folder.path("strict/zhengming.toml");
    assert!(folder.check(&["--config", &config], &["a.md"]).out.contains("error[nonstandard-variant]"));
}

#[test]
fn the_command_line_beats_the_file() {
    let folder = Folder::with(&[
        ("a.md", VARIANT),
        (
            "zhengming.toml",
            "ignore = [\"variant\"]\nfail-on = \"error\"\n[rules]\nnonstandard-variant = \"off\"\n",
        ),
    ]);
    assert_eq!(folder.check(&[], &["a.md"]).out, "");
    let run = folder.check(&["--select", "variant"], &["a.md"]);
    assert_eq!(run.out, "", "a family does not switch on what is off");
    let run = folder.check(&["--select", "nonstandard-variant", "--ignore", "dictionary"], &["a.md"]);
    assert_eq!(run.code, 2, "no family `dictionary` runs over documents: {}", run.err);
    let folder = Folder::with(&[
        ("a.md", VARIANT),
        ("zhengming.toml", "fail-on = \"error\"\n[rules]\nnonstandard-variant = \"off\"\n"),
    ]);
    let run = folder.check(&["--select", "nonstandard-variant"], &["a.md"]);
    assert_eq!((run.out.lines().count(), run.code), (1, 0), "{}", run.out);
    assert_eq!(folder.check(&["--select", "nonstandard-variant", "--fail-on", "warning"], &["a.md"]).code, 1);
}

#[test]
fn a_configuration_builds_on_others() {
    let folder = Folder::with(&[
        // Without a repository around them, what lies beside a folder is outside the project.
        (".git/HEAD", ""),
        (
            "base/unit.toml",
            "dictionaries = [\"house.tsv\"]\n[terms]\nallow = [\"浙政盯\"]\n[rules]\nnonstandard-variant = \"error\"\n",
        ),
        ("base/house.tsv", "variant\tpreferred\n溪事快办\t溪事速办\n"),
        (
            "drafts/zhengming.toml",
            "extends = \"../base/unit.toml\"\n[rules]\nnonstandard-variant = \"warning\"\n",
        ),
        ("drafts/a.md", "接入溪事快办，通过浙政盯发送。\n"),
    ]);
    let run = folder.check(&[], &["drafts/a.md"]);
    assert_eq!(run.out.lines().count(), 1, "{}{}", run.out, run.err);
    assert!(run.out.contains("warning[nonstandard-variant] “溪事快办”"), "{}", run.out);

    let circle = Folder::with(&[
        ("zhengming.toml", "lang = \"zh\"\nextends = [\"b.toml\"]\n"),
        ("b.toml", "extends = \"zhengming.toml\"\n"),
        ("a.md", VARIANT),
    ]);
    let run = circle.check(&[], &["a.md"]);
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("b.toml:1: extends 绕成了圈：") && run.err.matches("zhengming.toml").count() == 2,
        "{}",
        run.err
    );

    let missing =
        Folder::with(&[("zhengming.toml", "lang = \"zh\"\nextends = \"no.toml\"\n"), ("a.md", VARIANT)]);
    let run = missing.check(&[], &["a.md"]);
    assert!(run.err.contains("zhengming.toml:2: 配置") && run.err.contains("没有这个文件"), "{}", run.err);
}

#[test]
fn overrides_are_for_some_files() {
    let folder = Folder::with(&[
        (
            "zhengming.toml",
            "[[overrides]]\npaths = [\"drafts/**\"]\nexclude = [\"drafts/final.md\"]\nrules = { nonstandard-variant = \"off\" }\n",
        ),
        ("drafts/a.md", VARIANT),
        ("drafts/final.md", VARIANT),
        ("b.md", VARIANT),
    ]);
    let run = folder.check(&[], &["."]);
    let files: Vec<&str> = run.out.lines().map(|line| line.split(":1:").next().unwrap()).collect();
    assert_eq!(files, [folder.path("b.md"), folder.path("drafts/final.md")], "{}", run.out);
}

#[test]
fn excluded_files_are_checked_only_if_named() {
    let folder = Folder::with(&[
        ("zhengming.toml", "exclude = [\"archive/**\", \"*.bak.md\"]\n"),
        ("archive/old/a.md", VARIANT),
        ("b.bak.md", VARIANT),
        ("c.md", VARIANT),
    ]);
    assert_eq!(folder.check(&[], &["."]).out.lines().count(), 1);
    assert_eq!(folder.check(&[], &["archive/old/a.md", "b.bak.md"]).out.lines().count(), 2);
    let forced = folder.check(&["--force-exclude"], &["archive/old/a.md", "b.bak.md"]);
    assert_eq!((forced.code, forced.out.as_str()), (0, ""), "{}", forced.err);
    assert_eq!(folder.check(&["--force-exclude"], &["b.bak.md", "c.md"]).out.lines().count(), 1);
    let nothing = folder.check(&[], &["archive"]);
    assert_eq!(nothing.code, 2);
    assert!(nothing.err.contains("exclude 排除了") && nothing.err.contains(".md"), "{}", nothing.err);
}

#[test]
fn dictionaries_of_the_configuration_are_no_documents() {
    let folder = Folder::with(&[
        ("zhengming.toml", "dictionaries = [\"house.tsv\"]\n"),
        ("house.tsv", "variant\tpreferred\n溪事快办\t溪事速办\n"),
        ("a.md", "接入溪事快办。\n"),
    ]);
    let run = folder.check(&[], &["."]);
    assert_eq!(run.out.lines().count(), 1, "{}", run.out);
    assert!(run.out.contains("a.md:1:3"), "{}", run.out);
}

#[test]
fn include_says_what_is_looked_for() {
    let folder = Folder::with(&[
        ("zhengming.toml", "include = [\"正文/**\"]\n"),
        ("正文/a.note", VARIANT),
        ("b.md", VARIANT),
    ]);
    let run = folder.check(&[], &["."]);
    assert_eq!(run.out.lines().count(), 1, "{}", run.out);
    assert!(run.out.contains("a.note"));
}

#[test]
fn a_list_of_files_comes_from_a_file_or_standard_input() {
    let folder = Folder::with(&[("a.md", VARIANT), ("b.md", VARIANT), ("c.md", VARIANT)]);
    let list = format!("{}\n\n{}\n", folder.path("a.md"), folder.path("c.md"));
    fs::write(folder.path("list.txt"), &list).unwrap();
    let from_file = zhengming(&["check", "--format", "concise", "--file-list", &folder.path("list.txt")]);
    assert_eq!(from_file.out.lines().count(), 2, "{}", from_file.err);
    let from_input =
        zhengming_with_input(&["check", "--format", "concise", "--file-list", "-"], list.as_bytes());
    assert_eq!(from_input.out, from_file.out);
    let empty = zhengming_with_input(&["check", "--format", "concise", "--file-list", "-"], b"");
    assert_eq!((empty.code, empty.out.as_str()), (0, ""), "{}", empty.err);
    assert_eq!(zhengming(&["check", "--file-list", &folder.path("no.txt")]).code, 2);
}

#[test]
fn options_of_rules_reach_the_rules() {
    let house = "[dictionary]\nid = \"house\"\ntitle = \"本市\"\n[[concept]]\nterm = \"溪州市一体化便民办事总入口平台\"\n\
                 definition = \"办事的总入口。\"\n";
    let text = "使用溪州市一体化便民服务总入口平台，实施系统重购。\n";
    let folder = Folder::with(&[
        ("house.toml", house),
        ("a.md", text),
        ("zhengming.toml", "dictionaries = [\"house.toml\"]\n"),
        ("strict/a.md", text),
        (
            "strict/zhengming.toml",
            "extends = \"../zhengming.toml\"\n[rules]\nnear-miss-term = { max-distance = 1 }\n",
        ),
    ]);
    let both = folder.check(&["--select", "near-miss-term"], &["a.md"]).out;
    let one = folder.check(&["--select", "near-miss-term"], &["strict/a.md"]).out;
    assert_eq!((both.lines().count(), one.lines().count()), (2, 1), "{both}\n{one}");
    assert!(one.contains("系统重购"), "{one}");
}

#[test]
fn mistakes_are_reported_with_file_line_value_and_the_way_out() {
    for (config, expected) in [
        ("\nfailon = \"error\"\n", "zhengming.toml:2: 没有键“failon”：是不是“fail-on”？"),
        (
            "[rules]\nstale-editon = \"off\"\n",
            "zhengming.toml:2: 没有规则“stale-editon”：是不是“stale-edition”？",
        ),
        (
            "[rules]\nnear-miss-term = { max-distance = \"1\" }\n",
            "zhengming.toml:2: max-distance 的值是 \"1\"，应为 1 到 2 的整数",
        ),
        ("select = [\"varient\"]\n", "zhengming.toml:1: 没有规则或类别“varient”：是不是“variant”？"),
        ("as-of = \"2026-13-01\"\n", "zhengming.toml:1: “2026-13-01”不是日期"),
        ("exclude = [\"a\", \"b{\"]\n", "zhengming.toml:1: “b{”不是路径模式：缺少“}”"),
        ("dictionaries = [\n  \"no.toml\",\n]\n", "zhengming.toml:2: "),
        ("dictionaries = [\"builtin:no\"]\n", "zhengming.toml:1: 没有内置词典“no”"),
        ("lang = \n", "zhengming.toml:1: TOML 有误："),
    ] {
        let folder = Folder::with(&[("zhengming.toml", config), ("a.md", VARIANT)]);
        let run = folder.check(&[], &["a.md"]);
        assert_eq!(run.code, 2, "{config}");
        assert!(run.err.contains(expected), "{config}\n{}", run.err);
        assert_eq!(run.out, "");
    }
}

#[test]
fn everything_that_is_wrong_with_a_configuration_is_told_at_once() {
    let config = "select = [\"varient\"]\nas-of = \"2026-13-01\"\nexclude = [\"b{\"]\n";
    let folder = Folder::with(&[("zhengming.toml", config), ("a.md", VARIANT)]);
    let run = folder.check(&[], &["a.md"]);
    for (line, part) in [(1, "varient"), (2, "2026-13-01"), (3, "b{")] {
        let told = run.err.lines().find(|told| told.contains(&format!("zhengming.toml:{line}: ")));
        assert!(told.is_some_and(|told| told.contains(part)), "{}", run.err);
    }
}

#[test]
fn the_configuration_shown_is_one_that_gives_the_same() {
    let folder = Folder::with(&[
        (
            "zhengming.toml",
            "dictionaries = [\"house.tsv\"]\n[rules]\nnear-miss-term = { severity = \"error\", max-distance = 1 }\n[terms]\nallow = [\"大棋局\"]\n",
        ),
        ("house.tsv", "variant\tpreferred\n溪事快办\t溪事速办\n"),
        ("a.md", "接入溪事快办，实施系统重购。\n"),
    ]);
    let shown = folder.check(&["--dump-config", "--fail-on", "error"], &["a.md"]);
    assert_eq!(shown.code, 0, "{}", shown.err);
    assert!(shown.out.contains("fail-on = \"error\"  # command line"), "{}", shown.out);
    let near = shown.out.lines().find(|line| line.starts_with("near-miss-term")).unwrap();
    assert!(near.starts_with("near-miss-term = { severity = \"error\", max-distance = 1 }  # "), "{near}");
    assert!(near.ends_with("zhengming.toml:3"), "{near}");
    fs::write(folder.path("dumped.toml"), &shown.out).unwrap();
    let config = folder.path("dumped.toml");
    let again = folder.check(&["--config", &config], &["a.md"]);
    assert_eq!(again.out, folder.check(&[], &["a.md"]).out, "{}", again.err);
    assert_eq!(again.out.lines().count(), 2);
}

#[test]
fn other_commands_use_the_configuration_as_well() {
    let folder = Folder::with(&[
        ("zhengming.toml", "dictionaries = [\"builtin:none\", \"house.tsv\"]\n"),
        ("house.tsv", "variant\tpreferred\n溪事快办\t溪事速办\n"),
        ("a.md", "接入溪事快办，通过浙政钉发送。\n"),
    ]);
    let facts = json(&zhengming(&["facts", "--format", "json", &folder.path("a.md")]).out);
    let mentions: Vec<_> =
        facts["mentions"].as_array().unwrap().iter().map(|one| one["text"].clone()).collect();
    assert_eq!(mentions, ["溪事快办"]);
    let config = folder.path("zhengming.toml");
    let list = zhengming(&["dict", "list", "--config", &config]);
    assert_eq!(list.out.lines().count(), 1, "{}{}", list.out, list.err);
    assert_eq!(zhengming(&["terms", "lookup", "溪事速办", "--config", &config]).code, 0);
    assert_eq!(zhengming(&["terms", "lookup", "溪事速办", "--isolated"]).code, 1);
}

#[test]
fn the_language_is_asked_for_configured_or_the_systems() {
    let folder = Folder::with(&[("zhengming.toml", "lang = \"en\"\n"), ("a.md", VARIANT)]);
    assert!(
        folder.check(&[], &["a.md"]).out.contains("is not the standard"),
        "{}",
        folder.check(&[], &["a.md"]).out
    );
    assert!(folder.check(&["--lang", "zh"], &["a.md"]).out.contains("不是规范用语"));
    assert!(folder.check(&["--isolated"], &["a.md"]).out.contains("不是规范用语"));
    assert!(zhengming(&["check", "--help", "--lang", "en"]).out.contains("Usage: zhengming check"));
    assert!(zhengming(&["check", "--help"]).out.contains("用法: zhengming check"));
}

#[test]
fn init_writes_once_and_says_the_next_step() {
    let folder = Folder::with(&[
        ("a.md", VARIANT),
        ("通知.docx", ""),
        ("变体.tsv", "variant\tpreferred\n溪事快办\t溪事速办\n"),
    ]);
    let run = zhengming(&["init", &folder.path(".")]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("办公文档 1 份") && run.out.contains("zhengming check"), "{}", run.out);
    let written = fs::read_to_string(folder.path("zhengming.toml")).unwrap();
    assert!(written.contains("dictionaries = [\"builtin:zhejiang\", \"变体.tsv\"]"), "{written}");
    assert_eq!(folder.check(&[], &["a.md"]).code, 1);
    let again = zhengming(&["init", &folder.path(".")]);
    assert_eq!(again.code, 2);
    assert_eq!(fs::read_to_string(folder.path("zhengming.toml")).unwrap(), written);
    assert_eq!(zhengming(&["init", &folder.path("no-such")]).code, 2);
}

#[test]
fn rules_are_listed_for_people_scripts_and_pages() {
    let listed = json(&zhengming(&["rules", "--format", "json"]).out);
    let rules = listed["rules"].as_array().unwrap();
    assert_eq!(rules.len(), zhengming(&["rules"]).out.lines().count());
    let near = rules.iter().find(|rule| rule["id"] == "near-miss-term").unwrap();
    assert_eq!(near["options"][0]["name"], "max-distance");
    assert_eq!(near["options"][0]["default"], 2);
    let table = zhengming(&["rules", "--format", "md"]).out;
    assert_eq!(table.lines().filter(|line| line.starts_with("| `")).count(), rules.len());
    let page = zhengming(&["explain", "near-miss-term"]).out;
    assert!(page.contains("## 选项") && page.contains("`max-distance`（缺省 `2`）"), "{page}");
    let mistyped = zhengming(&["explain", "near-mis-term"]);
    assert_eq!(mistyped.code, 2);
    assert!(mistyped.err.contains("是不是“near-miss-term”？"), "{}", mistyped.err);
}

#[test]
fn completions_and_manual_pages_are_written_for_every_shell_and_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = zhengming(&["completions", shell]);
        assert!(run.code == 0 && run.out.contains("force-exclude"), "{shell}");
        let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        assert!(!run.out.lines().any(|line| line.contains(" || ") && line.contains(is_han)), "{shell}");
    }
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("man");
    let run = zhengming(&["man", "-o", pages.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{}", run.err);
    for page in ["zhengming.1", "zhengming-check.1", "zhengming-dict-import.1"] {
        assert!(Path::new(&pages).join(page).is_file(), "{page}");
    }
    assert!(zhengming(&["man"]).out.contains(".TH zhengming"));
}

#[test]
fn a_report_goes_into_a_file_and_counts_in_place_of_findings() {
    let folder = Folder::with(&[("a.md", VARIANT)]);
    let target = folder.path("out/report.json");
    fs::create_dir(folder.path("out")).unwrap();
    let run = zhengming(&["check", "--format", "json", "-o", &target, &folder.path("a.md")]);
    assert_eq!((run.code, run.out.as_str()), (1, ""), "{}", run.err);
    assert_eq!(json(&fs::read_to_string(&target).unwrap())["summary"]["warnings"], 1);
    assert_eq!(fs::read_dir(folder.path("out")).unwrap().count(), 1, "no temporary file is left");
    let nowhere = zhengming(&["check", "-o", &folder.path("no/report.json"), &folder.path("a.md")]);
    assert_eq!(nowhere.code, 2);
    let counts = zhengming(&["check", "--statistics", &folder.path("a.md")]);
    assert_eq!(
        (counts.code, counts.out.as_str()),
        (1, "1  nonstandard-variant  不规范用语\n1  合计\n"),
        "{}",
        counts.err
    );
    let verbose = zhengming(&["check", "-v", &folder.path("a.md")]);
    assert!(verbose.err.contains("词典：db33t-2350-2021") && verbose.err.contains("用时"), "{}", verbose.err);
}
