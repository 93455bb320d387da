//! Flags documents whose parts call the document, or one another, by different names.

mod lists;

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use memchr::memmem::Finder;

use zhengming_lint::rule::{Context, Finding, Rule, RuleMeta, Sink};
use zhengming_reading::definition::Pattern;
use zhengming_text::diagnostic::Severity;
use zhengming_text::fold::{self, is_han};
use zhengming_text::message::{Text, quoted};
use zhengming_text::signs::Signs;
use zhengming_text::span::TextRange;
use zhengming_text::zh::mark;

use super::headings::essential;

/// The title against what the document calls itself, and lists against the headings that they announce.
#[derive(Debug, Default)]
pub struct TitleMismatch;

impl TitleMismatch {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "title-mismatch",
        name: ("标题与正文不符", "Title and text disagree"),
        family: "consistency",
        severity: Severity::Warning,
        also: Some(Severity::Info),
        default: true,
        fix: None,
        summary: (
            "标题与正文对文件、章节的称呼不一致",
            "the text calls the document or its parts otherwise than their titles do",
        ),
        page: (include_str!("title_mismatch.md"), include_str!("title_mismatch.en.md")),
    };
}

impl Rule for TitleMismatch {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &Context<'_>, sink: &mut Sink<'_>) {
        own_kind(cx, sink);
        announced_title(cx, sink);
        lists::announced_headings(cx, sink);
        short_in_name(cx, sink);
    }
}

/// What documents call themselves after 本; longer ones first where one ends another.
const KINDS: [&str; 20] = [
    "行动计划",
    "实施方案",
    "工作方案",
    "行动方案",
    "实施意见",
    "指导意见",
    "实施细则",
    "若干措施",
    "管理办法",
    "措施",
    "办法",
    "规定",
    "细则",
    "条例",
    "规划",
    "方案",
    "计划",
    "意见",
    "预案",
    "章程",
];
/// Kinds that only wrap another document.
const WRAPPERS: [&str; 7] = ["通知", "公告", "函", "批复", "命令", "决定", "公报"];
/// What follows 本办法 where it is the document that is meant: 本办法自…起施行, 制定本办法。, 本规定所称….
const AFTER: [&str; 16] = [
    "自",
    "所称",
    "由",
    "规定",
    "适用",
    "有效期",
    "未尽",
    "印发",
    "施行",
    "实施",
    "发布",
    "解释",
    "第",
    "。",
    "，",
    "的",
];
/// Blocks at the beginning among which the title stands.
const HEAD: usize = 60;
/// Longest line that may be a title, in characters.
const LONGEST: usize = 60;

static OWN: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("本"));
static TITLE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("《"));
/// Characters with which 本 is another word.
const BEFORE_OWN: [char; 15] =
    ['基', '资', '根', '版', '原', '样', '成', '标', '文', '书', '股', '日', '课', '剧', '读'];

/// 本措施 in a document whose title says 行动计划.
fn own_kind(cx: &Context<'_>, sink: &mut Sink<'_>) {
    let mut title = None;
    let mut named: HashMap<&str, bool> = HashMap::new();
    for block in cx.blocks() {
        let text = block.text();
        for at in OWN.find_iter(text.as_bytes()) {
            let after = &text[at + '本'.len_utf8()..];
            let Some(kind) = KINDS.iter().find(|kind| after.starts_with(**kind)) else { continue };
            let is_itself = AFTER.iter().any(|word| after[kind.len()..].starts_with(word));
            if !is_itself || text[..at].ends_with(BEFORE_OWN) {
                continue;
            }
            // Few documents get as far as this, and hardly one of those has no title or names the kind nowhere.
            let Some(title) = title.get_or_insert_with(|| own_title(cx)) else { return };
            if !*named.entry(*kind).or_insert_with(|| is_named(cx, kind)) {
                let range = TextRange::new(at, at + '本'.len_utf8() + kind.len());
                sink.report(of_another_kind(kind, block.index(), range, title));
            }
        }
    }
}

/// Whether some line or title of the document ends with `kind`, or a short form that it declares: what it calls 本办法
/// may be one of those.
fn is_named(cx: &Context<'_>, kind: &str) -> bool {
    let ends = |name: &str| {
        let bare = name.split(['（', '(']).find(|part| !part.trim().is_empty()).unwrap_or(name);
        bare.trim_end_matches(|c: char| !is_han(c)).ends_with(kind)
    };
    cx.blocks().any(|block| {
        let text = block.text();
        let is_line = || {
            text.len() <= 4 * LONGEST
                && text.chars().count() <= LONGEST
                // A line that announces the articles below names them: ……应当遵守下列规定：
                && !text.trim_end_matches('：').contains(mark::CLAUSE_ENDS)
                && super::headings::numbered(text).is_none()
        };
        let in_title = || {
            TITLE.find(text.as_bytes()).is_some()
                && text.split('《').skip(1).filter_map(|rest| rest.split('》').next()).any(ends)
        };
        let is_declared = || {
            cx.facts().signs(block.index()).any(Signs::CALLED)
                && text
                    .split('称')
                    .skip(1)
                    .any(|rest| ends(rest.split(['）', ')', '。', '，']).next().unwrap_or(rest)))
        };
        is_line() && ends(text) || in_title() || is_declared()
    })
}

struct Title {
    block: usize,
    range: TextRange,
    text: String,
}

/// The line of the head that names the document by its kind.
fn own_title(cx: &Context<'_>) -> Option<Title> {
    let mut blocks = cx.blocks().take(HEAD);
    blocks.find_map(|block| {
        let text = block.text();
        // A character takes four bytes at most.
        let is_long = text.len() > 4 * LONGEST || text.chars().count() > LONGEST;
        if is_long || text.contains(mark::CLAUSE_ENDS) {
            return None;
        }
        let words = text.trim();
        let bare = words.split(['（', '(']).next().unwrap_or(words).trim_end();
        let is_kind = KINDS.iter().any(|kind| bare.ends_with(kind) && bare.len() > kind.len() + 9);
        let is_wrapper = WRAPPERS.iter().any(|kind| bare.ends_with(kind));
        let start = text.len() - text.trim_start().len();
        (is_kind && !is_wrapper && super::headings::numbered(text).is_none()).then(|| Title {
            block: block.index(),
            range: TextRange::new(start, start + bare.len()),
            text: bare.chars().filter(|&c| !fold::is_space(c) && c != '\n').collect(),
        })
    })
}

fn of_another_kind(kind: &str, block: usize, range: TextRange, title: &Title) -> Finding {
    let own = quoted(&title.text);
    let message = Text::new(
        format!("正文自称“本{kind}”，标题是{own}"),
        format!("the text calls itself `本{kind}`, its title is `{}`", title.text),
    );
    let label = Text::new("与标题的文种不一致", "not the kind of document that the title names");
    let help = Text::new(
        "按标题改正文的自称，或者改标题；指另一份文件的，写出它的名称",
        "Make the text and the title agree; if another document is meant, write its title",
    );
    let place = Text::new(format!("标题是{own}"), "the title");
    Finding::new(block, range, message, label).help(help).key(kind).related(title.block, title.range, place)
}

/// Characters of the title after a full form that must stand after the short one, too.
const SAME: usize = 3;

/// “AI+”行动 in a document that is titled “人工智能+”行动方案 and declares 人工智能（AI）.
fn short_in_name(cx: &Context<'_>, sink: &mut Sink<'_>) {
    let Some(title) = own_title(cx) else { return };
    let name: Vec<char> = fold::key(&title.text).chars().collect();
    let mut seen = HashSet::new();
    for definition in cx.definitions().iter().filter(|one| one.pattern == Pattern::Gloss) {
        let short = fold::key(&definition.text);
        let is_acronym = short.chars().all(|c| c.is_ascii_alphanumeric());
        if !is_acronym || !seen.insert(short.clone()) {
            continue;
        }
        let full: Vec<char> = fold::key(&cx.body_text(definition)).chars().collect();
        // The words before the bracket may hold more than the full form.
        let Some(end) = end_in(&name, &full) else { continue };
        let rest: String = name[end..].iter().take(SAME).collect();
        if rest.chars().count() < SAME {
            continue;
        }
        let wanted = format!("{short}{rest}");
        let mut place = None;
        cx.facts().each_folded(|block, folded| {
            if place.is_none()
                && let Some(at) = folded.text().find(&wanted)
            {
                place = Some((block.index(), folded.original(at, at + wanted.len())));
            }
        });
        if let Some((block, range)) = place {
            let surface: String =
                cx.block_at(block).text()[range.range()].chars().filter(|&c| !fold::is_quote(c)).collect();
            sink.report(shortened(&surface, block, range, &title));
        }
    }
}

/// Where the longest end of `full` ends in `name`, at least four characters of it.
fn end_in(name: &[char], full: &[char]) -> Option<usize> {
    const LEAST: usize = 4;
    (0..full.len().saturating_sub(LEAST - 1)).find_map(|from| {
        let part = &full[from..];
        name.windows(part.len()).position(|window| window == part).map(|at| at + part.len())
    })
}

fn shortened(surface: &str, block: usize, range: TextRange, title: &Title) -> Finding {
    let (a, b) = (quoted(surface), quoted(&title.text));
    let message = Text::new(
        format!("标题{b}写全称，此处用缩写{a}"),
        format!("the title `{}` has the full form, `{surface}` the short one", title.text),
    );
    let label = Text::new("与标题的写法不一致", "not as in the title");
    let help = Text::new(
        "专名全文用同一个写法；要用缩写的，写明“（以下简称……）”",
        "Write a name alike throughout, or declare the short form: （以下简称……）",
    );
    let place = Text::new(format!("标题是{b}"), "the title");
    Finding::new(block, range, message, label).severity(Severity::Info).help(help).related(
        title.block,
        title.range,
        place,
    )
}

/// 印发《…》的通知 against the title of what is issued.
fn announced_title(cx: &Context<'_>, sink: &mut Sink<'_>) {
    let titled = cx.blocks().take(HEAD).filter(|block| cx.facts().signs(block.index()).any(Signs::TITLE));
    for block in titled {
        let text = block.text();
        let Some(at) = text.find("印发《") else { continue };
        let start = at + "印发《".len();
        let Some(length) = text[start..].find('》').filter(|&length| length <= 4 * LONGEST) else {
            continue;
        };
        let range = TextRange::new(start, start + length);
        let announced: Vec<char> = essential(&text[range.range()]);
        if announced.len() < 8 {
            continue;
        }
        let lines: Vec<_> = cx
            .blocks()
            .skip(block.index() + 1)
            .filter(|line| {
                line.text().chars().count() <= LONGEST && !line.text().contains(['，', '。', '；', '《'])
            })
            .take(HEAD)
            .collect();
        let is_there = |line: &[char]| {
            line.ends_with(&announced) || announced.ends_with(line) && line.len() + 6 >= announced.len()
        };
        let joined: Vec<Vec<char>> = (0..lines.len())
            .flat_map(|from| {
                let mut whole = Vec::new();
                let lines = &lines;
                (from..lines.len().min(from + 3)).map(move |to| {
                    whole.extend(essential(lines[to].text()));
                    whole.clone()
                })
            })
            .collect();
        if joined.iter().any(|line| is_there(line)) {
            return;
        }
        let near = lines.iter().find(|line| is_near(&announced, &essential(line.text())));
        if let Some(line) = near {
            sink.report(otherwise_titled(
                &text[range.range()],
                block.index(),
                range,
                line.index(),
                line.text(),
            ));
        }
        return;
    }
}

/// Whether two titles begin and end alike and differ by a word in between.
fn is_near(a: &[char], b: &[char]) -> bool {
    let prefix = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let rest = a.len().min(b.len()) - prefix;
    let suffix = a.iter().rev().zip(b.iter().rev()).take(rest).take_while(|(x, y)| x == y).count();
    let (added, missing) = (b.len() - prefix - suffix, a.len() - prefix - suffix);
    prefix >= 3 && suffix >= 4 && prefix + suffix >= 8 && (1..=6).contains(&added.max(missing))
}

fn otherwise_titled(announced: &str, block: usize, range: TextRange, line: usize, title: &str) -> Finding {
    let words = title.trim();
    let start = title.len() - title.trim_start().len();
    let (a, b) = (quoted(announced), quoted(words));
    let message = Text::new(
        format!("印发的是{a}，后文的标题是{b}"),
        format!("what is issued is `{announced}`, and the title below is `{words}`"),
    );
    let label = Text::new("与后文的标题不一致", "not the title below");
    let help = Text::new("两处是同一份文件的，统一名称", "Write both alike if they are one document");
    let place = Text::new("标题在此", "the title");
    Finding::new(block, range, message, label).help(help).related(
        line,
        TextRange::new(start, start + words.len()),
        place,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check;

    const DICTIONARY: &str = "[dictionary]\nid = \"d\"\ntitle = \"词典\"\n[[concept]]\nterm = \"云\"";

    #[test]
    fn a_document_is_what_its_title_says() {
        check::<TitleMismatch>(DICTIONARY)
            .fail("# 广州市促进数据产业高质量发展行动计划\n\n制定本行动计划。\n\n«本措施»自2025年1月1日起施行。")
            .pass("# 广州市促进数据产业高质量发展行动计划\n\n本计划自2025年1月1日起施行。")
            .pass("# 广州市数据产业行动计划\n\n现印发《广州市数据产业若干措施》。\n\n本措施自2025年1月1日起施行。")
            .pass("# 广州市数据产业行动计划\n\n## 若干措施\n\n本措施自2025年1月1日起施行。")
            .pass("# 广州市数据产业行动计划\n\n降低基本措施的成本，减少成本意见。");
    }

    #[test]
    fn what_is_issued_bears_the_title_under_which_it_is_issued() {
        check::<TitleMismatch>(DICTIONARY)
            .fail("关于印发《«浙江省公共数据开放工作方案»》的通知\n\n各市：\n\n# 浙江省公共数据授权开放工作方案\n\n正文如下。")
            .pass("关于印发《浙江省公共数据开放工作方案》的通知\n\n# 浙江省公共数据开放工作方案\n\n正文如下。")
            .pass("关于印发《浙江省公共数据开放工作方案》的通知\n\n# 公共数据开放工作方案（试行）\n\n正文如下。")
            .pass("关于印发《浙江省公共数据开放工作方案》的通知\n\n# 浙江省公共数据\n\n# 开放工作方案\n\n正文如下。");
    }

    #[test]
    fn a_list_and_the_headings_it_announces_agree() {
        let body = "一、医药研发\n\n甲。\n\n二、医药生产\n\n乙。\n\n三、企业经营决策\n\n丙。\n\n四、药品流通追溯\n\n丁。";
        let rule = check::<TitleMismatch>(DICTIONARY)
            .fail(&format!(
                "围绕医药研发、医药生产、«经营管理决策»、药品流通追溯等方面，梳理清单。\n\n{body}"
            ))
            .pass(&format!("围绕医药研发、医药生产、企业经营决策、药品流通追溯等方面，梳理清单。\n\n{body}"))
            .pass(&format!("围绕医药研发、医药生产、人才培养引进、药品流通追溯等方面，梳理清单。\n\n{body}"));
        let text = format!("围绕医药研发、医药生产、经营管理决策、药品流通追溯等方面，梳理清单。\n\n{body}");
        assert_eq!(rule.lint(&text)[0].severity, Severity::Info);
    }
}
