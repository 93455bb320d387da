//! What holds for every fix: on drafts put together at random from pieces, in every format and encoding.
//!
//! `ZHENGMING_CASES=5000 cargo test --test fixes` runs more of them.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use zhengming::{Applicability, Document, Linter};
use zhengming_formats::encoding;
use zhengming_text::document::Encoding;

/// Drafts in one folder, which the program reads in one run.
const BATCH: usize = 250;

/// A spelling and what a safe fix makes of it.
const SLIPS: [(&str, &str); 9] = [
    ("浙政盯", "浙政钉"),
    ("整体智冶", "整体智治"),
    ("一体话智能化公共数据平台", "一体化智能化公共数据平台"),
    ("數字政府", "数字政府"),
    ("数字府政", "数字政府"),
    ("Ｖ字模型", "V字模型"),
    ("GB/T1.1一2020", "GB/T 1.1—2020"),
    ("GB/T 1.1-2020", "GB/T 1.1—2020"),
    ("依托公共数据平台", "依托公共数据平台"),
];

/// What must stay as it is, whatever surrounds it.
const PROSE: [&str; 12] = [
    "各部门应当在每季度末报送进展情况",
    "依托一体化智能化公共数据平台归集数据",
    "😀第二批试点名单另行公布𠀀",
    "本年度开通3~5条线路（见附件1）",
    "按照《浙政盯建设方案（數字政府）》执行",
    "会议指出：“凡是已经建成的系统都要接入浙政盯，做到应接尽接、能接尽接，不得另建數字政府入口。”",
    "原称“浙政盯”的，不再沿用",
    "见 https://example.gov.cn/浙政盯/api?a=數字政府",
    "“整体智治”是总体要求",
    "浙江省人民政府（以下简称省政府）负责协调",
    "数据——及其\u{200b}目录——应当\u{3000}及时更新",
    "<!-- zhengming-disable-line variant -->",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Markdown,
    Html,
    Plain,
}

/// A piece of a sentence.
#[derive(Debug, Clone, Copy)]
enum Piece {
    Prose(usize),
    Slip(usize),
    /// A slip with a line break or markup inside.
    Split(usize),
    Code,
    Link(usize),
    Quoted(usize),
}

#[derive(Debug, Clone, Copy)]
enum Block {
    Paragraph,
    Heading,
    Item,
    Cell,
    Quotation,
    Code,
}

#[derive(Debug, Clone)]
struct Draft {
    format: Format,
    blocks: Vec<(Block, Vec<Piece>)>,
    crlf: bool,
    encoding: Encoding,
}

/// The text of a draft, piece by piece: what stands there, and what a fix may make of it.
#[derive(Debug, Default)]
struct Rendered(Vec<(String, Option<String>)>);

fn drafts() -> impl Strategy<Value = Draft> {
    let piece = prop_oneof![
        4 => (0..PROSE.len()).prop_map(Piece::Prose),
        4 => (0..SLIPS.len()).prop_map(Piece::Slip),
        1 => (0..4_usize).prop_map(Piece::Split),
        1 => Just(Piece::Code),
        1 => (0..4_usize).prop_map(Piece::Link),
        1 => (0..4_usize).prop_map(Piece::Quoted),
    ];
    let block = prop_oneof![
        4 => Just(Block::Paragraph),
        1 => Just(Block::Heading),
        1 => Just(Block::Item),
        1 => Just(Block::Cell),
        1 => Just(Block::Quotation),
        1 => Just(Block::Code),
    ];
    let blocks = prop::collection::vec((block, prop::collection::vec(piece, 1..6)), 1..6);
    let format = prop_oneof![Just(Format::Markdown), Just(Format::Html), Just(Format::Plain)];
    let encoding = prop_oneof![
        3 => Just(("UTF-8", false)),
        1 => Just(("UTF-8", true)),
        1 => Just(("GB18030", false)),
        1 => Just(("UTF-16LE", true)),
        1 => Just(("UTF-16BE", true)),
    ];
    (format, blocks, any::<bool>(), encoding).prop_map(|(format, blocks, crlf, (name, bom))| Draft {
        format,
        blocks,
        crlf,
        encoding: Encoding { name, bom },
    })
}

impl Rendered {
    fn fixed(&mut self, text: impl Into<String>) {
        self.0.push((text.into(), None));
    }

    fn slip(&mut self, text: impl Into<String>, mended: impl Into<String>) {
        self.0.push((text.into(), Some(mended.into())));
    }

    fn of(draft: &Draft) -> Self {
        let mut rendered = Self::default();
        // A line that no encoding can be mistaken at.
        rendered.fixed(match draft.format {
            Format::Markdown => "# 关于做好年度重点工作任务分解落实的通知\n\n",
            Format::Html => "<!DOCTYPE html>\n<h1>关于做好年度重点工作任务分解落实的通知</h1>\n",
            Format::Plain => "关于做好年度重点工作任务分解落实的通知\n\n",
        });
        for (block, pieces) in &draft.blocks {
            rendered.block(draft.format, *block, pieces);
        }
        if draft.crlf {
            for (text, mended) in &mut rendered.0 {
                *text = text.replace('\n', "\r\n");
                *mended = mended.take().map(|mended| mended.replace('\n', "\r\n"));
            }
        }
        rendered
    }

    fn block(&mut self, format: Format, block: Block, pieces: &[Piece]) {
        let (open, close) = match (format, block) {
            (Format::Markdown, Block::Paragraph) => ("", "\n\n"),
            (Format::Markdown, Block::Heading) => ("## ", "\n\n"),
            (Format::Markdown, Block::Item) => ("- ", "\n\n"),
            (Format::Markdown, Block::Cell) => ("| 名称 | 说明 |\n|---|---|\n| 甲 | ", " |\n\n"),
            (Format::Markdown, Block::Quotation) => ("> ", "\n\n"),
            (Format::Html, Block::Paragraph) => ("<p>", "</p>\n"),
            (Format::Html, Block::Heading) => ("<h2>", "</h2>\n"),
            (Format::Html, Block::Item) => ("<ul><li>", "</ul>\n"),
            (Format::Html, Block::Cell) => ("<table><tr><td>甲<td>", "</table>\n"),
            (Format::Html, Block::Quotation) => ("<blockquote>", "</blockquote>\n"),
            (Format::Html, Block::Code) => ("<pre><code>", "</code></pre>\n"),
            (Format::Plain, Block::Cell) => ("甲\t", "\n\n"),
            (Format::Markdown | Format::Plain, Block::Code) => ("```\n", "\n```\n\n"),
            (Format::Plain, _) => ("　　", "\n\n"),
        };
        self.fixed(open);
        let start = self.0.len();
        for piece in pieces {
            self.piece(format, block, *piece);
            self.fixed("。");
        }
        // Code and quotations are nobody's to mend. Plain text has no marks for quotations.
        let quoted = matches!(block, Block::Quotation) && format != Format::Plain;
        if quoted || matches!(block, Block::Code) {
            self.0[start..].iter_mut().for_each(|(_, mended)| *mended = None);
        }
        self.fixed(close);
    }

    fn piece(&mut self, format: Format, block: Block, piece: Piece) {
        match piece {
            Piece::Prose(number) => self.fixed(PROSE[number]),
            Piece::Slip(number) => {
                self.fixed("按");
                self.slip(SLIPS[number].0, SLIPS[number].1);
                self.fixed("办理");
            }
            Piece::Split(number) => {
                let one_line = matches!(block, Block::Heading | Block::Cell | Block::Quotation);
                let mark = match (format, number) {
                    (_, 0) if !one_line => "\n",
                    (_, 1) => "\u{200b}",
                    (Format::Markdown, _) => "**",
                    (Format::Html, _) => "<b>",
                    (Format::Plain, _) => "",
                };
                let end = match mark {
                    "**" => "**",
                    "<b>" => "</b>",
                    _ => "",
                };
                self.slip(format!("浙政{mark}盯{end}"), format!("浙政{mark}钉{end}"));
                self.fixed("办公");
            }
            Piece::Code => self.fixed(match format {
                Format::Html => "调用<code>浙政盯</code>接口",
                Format::Markdown | Format::Plain => "调用`浙政盯`接口",
            }),
            Piece::Link(number) => {
                let (wrong, right) = SLIPS[number];
                let (open, close) = match format {
                    Format::Markdown => ("[", "入口](https://example.gov.cn/浙政盯/)"),
                    Format::Html => ("<a href=\"https://example.gov.cn/浙政盯/\">", "入口</a>"),
                    Format::Plain => ("", "入口（https://example.gov.cn/浙政盯/）"),
                };
                self.fixed(open);
                self.slip(wrong, right);
                self.fixed(close);
            }
            Piece::Quoted(number) => {
                self.fixed("建设“");
                self.slip(SLIPS[number].0, SLIPS[number].1);
                self.fixed("”");
            }
        }
    }

    fn text(&self) -> String {
        self.0.iter().map(|(text, _)| text.as_str()).collect()
    }

    /// How many slips were mended in `after`, if nothing else was changed there.
    fn mended_in(&self, after: &str) -> Option<usize> {
        let mut rest = after;
        let mut count = 0;
        for (text, mended) in &self.0 {
            if let Some(left) = rest.strip_prefix(text.as_str()) {
                rest = left;
            } else {
                rest = rest.strip_prefix(mended.as_deref()?)?;
                count += 1;
            }
        }
        rest.is_empty().then_some(count)
    }
}

impl Draft {
    fn name(&self, number: usize) -> String {
        let ending = match self.format {
            Format::Markdown => "md",
            Format::Html => "html",
            Format::Plain => "txt",
        };
        format!("{number}.{ending}")
    }
}

fn cases() -> usize {
    std::env::var("ZHENGMING_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(BATCH)
}

/// Runs the program in `folder`; gives what it prints.
fn check(folder: &Path, arguments: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_zhengming"))
        .current_dir(folder)
        .env("ZHENGMING_CACHE_DIR", "")
        .args(["check", "--format", "concise"])
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// What the program makes of a folder of drafts.
struct Folder {
    _keeper: tempfile::TempDir,
    path: PathBuf,
    names: Vec<String>,
    before: Vec<Vec<u8>>,
}

impl Folder {
    fn of(drafts: &[(Draft, Rendered)]) -> Self {
        let keeper = tempfile::tempdir().unwrap();
        let path = keeper.path().to_owned();
        let names: Vec<String> = drafts.iter().enumerate().map(|(at, (draft, _))| draft.name(at)).collect();
        let bytes = |(draft, rendered): &(Draft, Rendered)| {
            encoding::encode(&rendered.text(), &draft.encoding).unwrap()
        };
        let folder = Self { _keeper: keeper, path, names, before: drafts.iter().map(bytes).collect() };
        folder.write();
        folder
    }

    fn write(&self) {
        for (name, bytes) in self.names.iter().zip(&self.before) {
            fs::write(self.path.join(name), bytes).unwrap();
        }
    }

    fn read(&self) -> Vec<Vec<u8>> {
        self.names.iter().map(|name| fs::read(self.path.join(name)).unwrap()).collect()
    }
}

#[test]
fn fixes_change_nothing_but_what_they_say_and_a_second_run_nothing_at_all() {
    let mut runner = TestRunner::deterministic();
    let mut mended = 0;
    let mut left = cases();
    while left > 0 {
        let count = left.min(BATCH);
        left -= count;
        let drafts: Vec<(Draft, Rendered)> = (0..count)
            .map(|_| {
                let draft = drafts().new_tree(&mut runner).unwrap().current();
                let rendered = Rendered::of(&draft);
                (draft, rendered)
            })
            .collect();
        let folder = Folder::of(&drafts);
        check(&folder.path, &["--fix", "."]);
        let after = folder.read();
        for ((draft, rendered), bytes) in drafts.iter().zip(&after) {
            let text = encoding::decode_as(bytes, &draft.encoding);
            let text = text.unwrap_or_else(|| panic!("another encoding now: {draft:?}"));
            let found = rendered.mended_in(&text);
            mended += found.unwrap_or_else(|| panic!("{draft:?}\n{}\n---\n{text}", rendered.text()));
        }
        check(&folder.path, &["--fix", "."]);
        for ((before, again), (draft, _)) in after.iter().zip(&folder.read()).zip(&drafts) {
            assert!(before == again, "a second run changed the text again: {draft:?}");
        }
        patches_do_the_same(&folder, &drafts, &after);
    }
    // Slips are there to be mended; a test in which nothing happens proves nothing.
    assert!(mended > cases(), "{mended}");
}

/// `--diff`, applied by `patch`, gives what `--fix` gives.
fn patches_do_the_same(folder: &Folder, drafts: &[(Draft, Rendered)], mended: &[Vec<u8>]) {
    if Command::new("patch").arg("--version").stdout(Stdio::null()).status().is_err() {
        support::skip("patch");
        return;
    }
    folder.write();
    let utf8 = |number: &usize| drafts[*number].0.encoding.name == "UTF-8";
    let numbers: Vec<usize> = (0..drafts.len()).filter(utf8).collect();
    let names: Vec<&str> = numbers.iter().map(|&number| folder.names[number].as_str()).collect();
    let patch = folder.path.join("all.patch");
    fs::write(&patch, check(&folder.path, &[&["--diff"], &names[..]].concat())).unwrap();
    let status = Command::new("patch")
        .args(["-p1", "--binary", "--silent", "--fuzz=0", "-i"])
        .arg(&patch)
        .current_dir(&folder.path)
        .stdin(Stdio::null())
        .status()
        .unwrap();
    let shown = fs::read_to_string(&patch).unwrap();
    assert!(status.success() || shown.is_empty(), "{shown}");
    for number in numbers {
        let patched = fs::read(folder.path.join(&folder.names[number])).unwrap();
        assert!(patched == mended[number], "{:?}\n{shown}", drafts[number].0);
    }
}

#[test]
fn a_safe_fix_stays_within_the_places_that_the_finding_names() {
    let linter = Linter::builder().build().unwrap();
    let mut runner = TestRunner::deterministic();
    for _ in 0..cases() {
        let draft = drafts().new_tree(&mut runner).unwrap().current();
        let bytes = encoding::encode(&Rendered::of(&draft).text(), &draft.encoding).unwrap();
        let document = Document::read(&draft.name(0), &bytes).unwrap();
        assert_eq!(document.inner().encoding(), &draft.encoding, "{draft:?}");
        for found in linter.lint(&document) {
            let safe = found.fixes.iter().filter(|fix| fix.applicability == Applicability::Safe);
            assert!(safe.clone().count() < 2, "two safe fixes: {found:?}");
            for edit in safe.flat_map(|fix| &fix.edits) {
                let mut places =
                    found.related.iter().map(|one| (one.start, one.end)).chain([(found.start, found.end)]);
                let inside = places.any(|(start, end)| start <= edit.start && edit.end <= end);
                assert!(inside, "{found:?}\n{draft:?}");
            }
        }
    }
}
