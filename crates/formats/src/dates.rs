//! The day of a document, from the ways in which official documents state it.

use std::sync::LazyLock;

use memchr::memmem::Finder;
use zhengming_text::date::{Date, DateKind};
use zhengming_text::document::{BlockKind, BlockRef, Document};
use zhengming_text::fold;
use zhengming_text::zh::{mark, numeral};

/// Labels before a date with what they say, the most telling one first.
const LABELS: [(&str, DateKind); 10] = [
    ("成文日期", DateKind::Written),
    ("成文时间", DateKind::Written),
    ("发布日期", DateKind::Published),
    ("印发日期", DateKind::Issued),
    ("发文日期", DateKind::Issued),
    ("发文时间", DateKind::Issued),
    ("发布时间", DateKind::Published),
    ("公开日期", DateKind::Published),
    ("公开时间", DateKind::Published),
    ("生成日期", DateKind::Published),
];

/// Longest line of a news page that names its source and day, in characters.
const MEDIA: usize = 48;

/// Blocks longer than this, in bytes, are prose and not a label, a signature or a notice of adoption.
const SHORT: usize = 240;

/// How many blocks belong to the head of a document, where its adoption is stated.
const HEAD: usize = 15;

/// The day of `document` as far as its text says it: a label, the line of issue of a standard, the date
/// under the signature, or the adoption in the head.
pub(crate) fn find(document: &Document) -> Option<(Date, DateKind)> {
    let mut found = Found::default();
    // Set while the cell before was only a label.
    let mut label = None;
    let mut traces = Traces::new(document);
    // A document that is nothing but a table begins with one and ends with it.
    let of_table = |block: BlockRef<'_>| matches!(block.kind(), BlockKind::TableCell | BlockKind::Caption);
    let ends = [document.blocks().next(), document.blocks().last()];
    let is_table = ends.into_iter().flatten().all(of_table);
    for (index, block) in document.blocks().enumerate() {
        let text = block.text();
        let is_short = text.len() <= SHORT;
        if !is_short && index >= HEAD {
            label = None;
            continue;
        }
        let may_tell = traces.in_block(block);
        let is_head = index < HEAD && text.len() < 10 * SHORT && may_tell;
        let is_told = is_short && may_tell && !is_plain_sentence(text) || is_short && label.is_some();
        if !is_head && !is_told {
            label = None;
            continue;
        }
        let key = fold::key(text);
        // A cell tells the day of what its row is about; only a label says that it is the document's.
        let is_cell = block.kind() == BlockKind::TableCell;
        if is_head && !is_cell {
            // Below the title: （第12期，2022年4月18日）, （2025年9月11日 云溪市数据局）.
            let bracketed = key.rsplit_once('（').and_then(|(_, inner)| inner.strip_suffix('）'));
            let bracketed = bracketed.and_then(|inner| inner.rsplit('，').next());
            let dated = bracketed.and_then(starting).filter(|(_, rest)| rest.is_empty() || is_organ(rest));
            let dated = dated.map(|(date, _)| date);
            found.adopted = found.adopted.max(adoption(&key)).max(dated);
            let lines = || text.lines().find_map(|line| delivery(&fold::key(line)));
            found.delivered = found.delivered.or_else(|| delivery(&key)).or_else(lines);
            found.media = found.media.or_else(|| media(&key));
        }
        if !is_told {
            label = None;
            continue;
        }
        if let Some((rank, date)) = label.take().and_then(|rank| Some((rank, starting(&key)?.0))) {
            found.label(rank, date);
            continue;
        }
        let may_be_label = key.contains("日期") || key.contains("时间");
        for (rank, (name, _)) in LABELS.iter().enumerate().filter(|_| may_be_label) {
            let Some(at) = key.find(name) else {
                continue;
            };
            let rest = key[at + name.len()..].trim_start_matches(['：', ':', ' ', ']', '】']);
            match starting(rest) {
                Some((date, _)) => found.label(rank, date),
                None if rest.is_empty() => label = Some(rank),
                None => {}
            }
        }
        if is_cell {
            // At the foot of an official document, whose lines may be laid out as a table.
            found.printed = printed(&key).filter(|_| !is_table).or(found.printed);
        } else if text.contains(['\n', '\r']) {
            let mut above = String::new();
            for line in text.lines() {
                let line = fold::key(line);
                found.line(&line, is_organ(&above));
                above = line;
            }
        } else {
            let above = index.checked_sub(1).map(|above| document.block(above).text());
            let is_below = || above.is_some_and(|above| above.len() <= SHORT && is_organ(&fold::key(above)));
            found.line(&key, begins_with_numeral(&key) && is_below());
        }
    }
    found.day()
}

/// Whether a block is a sentence in which nothing can be a date that counts: neither a label nor a line that is, begins
/// or ends with a date.
fn is_plain_sentence(text: &str) -> bool {
    static LABELLED: LazyLock<[Finder<'static>; 2]> = LazyLock::new(|| ["期", "间"].map(Finder::new));
    let begins = text.chars().find(|&c| !fold::is_space(c) && !fold::is_dropped(c));
    let is_number = |c: char| is_numeral(c) || numeral::is_numeral(c);
    text.ends_with(mark::STATEMENT_ENDS)
        && !begins.and_then(fold::folded_char).is_none_or(is_number)
        && memchr::memchr2(b'\n', b'\r', text.as_bytes()).is_none()
        && LABELLED.iter().all(|label| label.find(text.as_bytes()).is_none())
}

/// Where there can be a date or the label of one. The source is searched once, from sign to sign: most
/// blocks have none, and a search is faster than any reading of them.
struct Traces<'d> {
    source: &'d str,
    /// 年 and 期, each with the first place at or after `from`.
    characters: [(Finder<'static>, usize); 2],
    has_numeric: bool,
    /// Where the block begins that was asked for last.
    from: usize,
}

impl<'d> Traces<'d> {
    fn new(document: &'d Document) -> Self {
        let source = document.source();
        let characters = ["年", "期"].map(|character| {
            let finder = Finder::new(character);
            let first = finder.find(source.as_bytes()).unwrap_or(source.len());
            (finder, first)
        });
        Self { source, characters, has_numeric: has_numeric_date(source.as_bytes()), from: 0 }
    }

    /// Whether there can be a date in `block`.
    fn in_block(&mut self, block: BlockRef<'_>) -> bool {
        let text = block.text();
        if !block.is_slice() {
            return text.contains(['年', '期']) || has_numeric_date(text.as_bytes());
        }
        let span = block.source_span();
        let source = self.source;
        // Blocks come in reading order, but for the few that a reader has moved.
        let is_behind = span.start < self.from;
        self.from = span.start;
        let has_character = self.characters.iter_mut().any(|(finder, next)| {
            if is_behind || *next < span.start {
                let rest = &source.as_bytes()[span.start..];
                *next = finder.find(rest).map_or(source.len(), |at| span.start + at);
            }
            (span.start..span.end).contains(next)
        });
        has_character || (self.has_numeric && has_numeric_date(text.as_bytes()))
    }
}

/// Whether a digit stands before a separator that may go on to a month. The loop has no way out early, so
/// that compilers make vector instructions of it.
fn has_numeric_date(bytes: &[u8]) -> bool {
    let (second, third) = (bytes.get(1..).unwrap_or_default(), bytes.get(2..).unwrap_or_default());
    let found = bytes.iter().zip(second).zip(third).fold(0_u8, |found, ((&a, &b), &c)| {
        let separates = u8::from(b == b'-') | u8::from(b == b'/') | u8::from(b == b'.') | u8::from(b == b' ');
        let is_letter = u8::from((c | 0x20).wrapping_sub(b'a') < 26);
        found | u8::from(a.wrapping_sub(b'0') < 10) & separates & (1 - is_letter)
    });
    found != 0
}

/// Whether a line begins with something to be read as a year.
fn begins_with_numeral(line: &str) -> bool {
    line.chars().next().and_then(fold::folded_char).is_some_and(is_numeral)
}

/// Whether a line is nothing but a date.
pub(crate) fn is_date(line: &str) -> bool {
    line.len() < 60
        && begins_with_numeral(line)
        && starting(&fold::key(line)).is_some_and(|(_, rest)| rest.is_empty())
}

/// Whether a line says when a standard is issued: 2024-12-25 发布 2025-04-01 实施.
pub(crate) fn is_issue(line: &str) -> bool {
    line.len() < 120
        && begins_with_numeral(line)
        && starting(&fold::key(line)).is_some_and(|(_, rest)| rest.starts_with("发布"))
}

/// Whether a line is the name of an issuer and a date.
pub(crate) fn is_signature(line: &str) -> bool {
    line.len() <= 150 && line.ends_with(['日', '⽇']) && signature(&fold::key(line)).is_some()
}

#[derive(Default)]
struct Found {
    labelled: Option<(usize, Date)>,
    issued: Option<Date>,
    /// Below the name of an organ, or behind it.
    sealed: Option<Date>,
    /// On a line of its own.
    signed: Option<Date>,
    printed: Option<Date>,
    adopted: Option<Date>,
    delivered: Option<Date>,
    media: Option<Date>,
}

impl Found {
    /// The most telling one: when it was written before when it was sent out, and that before when it was made public.
    fn day(&self) -> Option<(Date, DateKind)> {
        let labelled = |kind| self.labelled.filter(|(rank, _)| LABELS[*rank].1 == kind).map(|(_, date)| date);
        let all = [
            (labelled(DateKind::Written), DateKind::Written),
            (self.sealed, DateKind::Written),
            (labelled(DateKind::Issued), DateKind::Issued),
            (self.issued, DateKind::Published),
            (self.delivered, DateKind::Delivered),
            (self.adopted, DateKind::Adopted),
            (self.signed, DateKind::Written),
            (self.printed, DateKind::Issued),
            (labelled(DateKind::Published), DateKind::Published),
            (self.media, DateKind::Media),
        ];
        all.into_iter().find_map(|(date, kind)| Some((date?, kind)))
    }

    fn label(&mut self, rank: usize, date: Date) {
        if self.labelled.is_none_or(|(known, _)| rank < known) {
            self.labelled = Some((rank, date));
        }
    }

    /// Sees a line, which may stand below the name of an organ.
    fn line(&mut self, key: &str, is_below: bool) {
        if let Some((date, rest)) = starting(key) {
            if rest.is_empty() && is_below {
                self.sealed = self.sealed.or(Some(date));
            } else if rest.is_empty() && key.contains('年') {
                // 2026/1/13 alone is the day on which a page was printed.
                self.signed = Some(date);
            } else if rest.starts_with("发布") {
                self.issued = self.issued.or(Some(date));
            }
        } else if key.ends_with("印发") {
            self.printed = printed(key).or(self.printed);
        } else {
            self.sealed = self.sealed.or_else(|| signature(key));
        }
    }
}

/// Whether a line may be the name of an organ above a date: 云溪市数据局, 云溪市数据局局长 张三.
fn is_organ(key: &str) -> bool {
    const ENDS: [char; 13] = ['局', '厅', '委', '部', '院', '会', '室', '府', '署', '省', '市', '行', '办'];
    const OFFICES: [&str; 9] = ["主任", "部长", "局长", "市长", "省长", "主席", "行长", "署长", "总理"];
    (4..=40).contains(&key.chars().count())
        && !key.contains(|c: char| !fold::is_han(c) && c != ' ')
        && (key.ends_with(ENDS) || OFFICES.iter().any(|office| key.contains(office)))
}

/// The day of a report: （2024年1月29日在云溪市第十四届人民代表大会第四次会议上）.
fn delivery(key: &str) -> Option<Date> {
    let line = key.trim_start_matches(['（', '(', '—', '-', ' ']).trim_end_matches(['）', ')', ' ']);
    let (date, rest) = starting(line)?;
    (rest.starts_with('在') && rest.ends_with('上') && rest.contains('会')).then_some(date)
}

/// The date of the line below a document that says when it was printed: 云溪市办公室 2024年5月21日印发.
fn printed(key: &str) -> Option<Date> {
    key.strip_suffix("印发").and_then(ending)
}

/// The date in the line of a news page under its title: 浙江经信 2018-09-05, 来源：省数据局 2024-03-01 10:20.
fn media(key: &str) -> Option<Date> {
    let is_line = key.chars().count() <= MEDIA && !key.contains(['。', '，', '；', '、', '《']);
    let at = key.find(|c: char| c.is_ascii_digit()).filter(|_| is_line)?;
    let (date, rest) = starting(&key[at..])?;
    let is_source = key[..at].chars().any(fold::is_han);
    // A time of day, or what else such lines tell: 10:20, 浏览次数：12, 来源：….
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | ' ' | '：'));
    let is_end = ["", "来源", "浏览", "字号", "字体", "作者", "点击", "阅读", "编辑", "|", "【", "分享"];
    let ends = is_end.iter().any(|end| if end.is_empty() { rest.is_empty() } else { rest.starts_with(end) });
    (is_source && ends).then_some(date)
}

/// The date of a signature on one line: 黑龙江省人民政府办公厅 2025 年 1 月 6 日.
fn signature(key: &str) -> Option<Date> {
    let is_issuer = key.chars().next().is_some_and(fold::is_han) && key.chars().count() <= 40;
    let is_sentence = key.contains(['，', '。', '；', '：', '、', '(', '（', ':', '《']);
    (is_issuer && !is_sentence).then(|| ending(key)).flatten()
}

/// The latest date in the head that is said to be one of adoption or amendment, or of the session of a congress.
fn adoption(key: &str) -> Option<Date> {
    const VERBS: [&str; 6] = ["通过", "修正", "修订", "公布", "发布", "批准"];
    let told = key
        .split(['，', '。', '；', '）', ')'])
        .filter_map(|clause| {
            let verb = VERBS.iter().filter_map(|verb| clause.rfind(verb)).max()?;
            let before = &clause[..verb];
            // 自2025年8月15日起施行 is another day.
            let from = before.rfind("起施行").map_or(0, |at| at + "起施行".len());
            dates(&before[from..]).last()
        })
        .max();
    told.or_else(|| {
        let (date, rest) = starting(key.trim_start_matches(['（', '(']))?;
        (rest.contains("人民代表大会") && rest.contains(['届', '次'])).then_some(date)
    })
}

/// Every date in a text. A number is tried once, from its beginning.
fn dates(text: &str) -> impl Iterator<Item = Date> {
    let mut before = false;
    text.char_indices().filter_map(move |(at, c)| {
        let begins = is_numeral(c) && !before;
        before = is_numeral(c);
        begins.then(|| starting(&text[at..]).map(|(date, _)| date)).flatten()
    })
}

/// The date with which `text` ends, when what comes before it is not a number.
fn ending(text: &str) -> Option<Date> {
    let year = text.rfind('年')?;
    let start = text[..year].char_indices().rev().take_while(|&(_, c)| is_numeral(c) || c == ' ').last()?.0;
    let (date, rest) = starting(text[start..].trim_start())?;
    rest.is_empty().then_some(date)
}

/// The date with which `text` begins, and what follows it.
fn starting(text: &str) -> Option<(Date, &str)> {
    let (year, rest) = numeral(text)?;
    let rest = separator(rest, '年')?;
    let (month, rest) = numeral(rest)?;
    let rest = separator(rest, '月')?;
    let (day, rest) = numeral(rest)?;
    let rest = rest.strip_prefix(['日', '号']).unwrap_or(rest).trim();
    let date = Date::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)?;
    (year >= 1900).then_some((date, rest))
}

fn separator(text: &str, han: char) -> Option<&str> {
    text.trim_start().strip_prefix([han, '-', '/', '.']).map(str::trim_start)
}

fn is_numeral(c: char) -> bool {
    matches!(
        c,
        '0'..='9' | '〇' | '零' | '○' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十'
    )
}

/// A number in digits, or in Chinese: 二〇二四, 十二, 三十一.
fn numeral(text: &str) -> Option<(u16, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return Some((text[..digits].parse().ok()?, &text[digits..]));
    }
    let length: usize = text.chars().take(4).take_while(|&c| numeral::is_han(c)).map(char::len_utf8).sum();
    let value = numeral::value(&text[..length]).and_then(|value| u16::try_from(value).ok())?;
    Some((value, &text[length..]))
}

#[cfg(test)]
mod tests {
    use super::DateKind;
    use crate::{Format, read_str};

    fn date(text: &str) -> Option<String> {
        read_str("a", text.to_owned(), Format::PlainText).date().map(|date| date.to_string())
    }

    #[test]
    fn the_day_is_found_where_documents_state_it() {
        for (text, expected) in [
            ("某某通知\n\n成 文 日 期：2018年12月21日\n发布日期：2018年12月29日\n", "2018-12-21"),
            ("成⽂⽇期： 2025年03⽉07⽇\n", "2025-03-07"),
            ("某某规范\n\n2024 - 12 - 25 发布 2025 - 04 - 01 实施\n", "2024-12-25"),
            (
                "正文，自2024年6月1日起施行。\n\n　　　　云溪市数据局\n　　　　2024年5月20日\n\n2024年5月21日印发\n",
                "2024-05-20",
            ),
            ("正文。\n\n　　　　二〇一二年十二月三十一日\n", "2012-12-31"),
            ("黑龙江省人民政府办公厅 2025 年 1 月 6 日\n（此件公开发布）\n", "2025-01-06"),
            ("某某条例\n\n2020年12月24日 浙江省人大常委会第二十六次会议通过\n\n第一条 略。\n", "2020-12-24"),
            (
                "（2007年1月5日省人大通过 根据2019年8月1日《决定》修正，自2020年1月1日起施行）\n第一条 略。\n",
                "2019-08-01",
            ),
            ("云溪市办公室　　2024年5月21日印发", "2024-05-21"),
            ("云溪市数字化改革周报\n\n（第12期，2022年5月20日）\n", "2022-05-20"),
            ("云溪市重点任务清单\n（2022年4月18日）\n\n一、略\n", "2022-04-18"),
        ] {
            assert_eq!(date(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn the_kind_of_the_day_is_told() {
        let kind = |text: &str| {
            read_str("a", text.to_owned(), Format::PlainText)
                .dated()
                .map(|(date, kind)| (date.to_string(), kind))
        };
        for (text, date, expected) in [
            (
                "某某通知\n\n成文日期：2018年12月21日\n发布日期：2018年12月29日\n",
                "2018-12-21",
                DateKind::Written,
            ),
            ("某某通知\n\n发布时间：2024-05-06 10:20\n", "2024-05-06", DateKind::Published),
            ("推进会召开\n\n浙江经信 2018-09-05\n\n会议要求抓好落实。\n", "2018-09-05", DateKind::Media),
            ("云溪市办公室　　2024年5月21日印发", "2024-05-21", DateKind::Issued),
            ("正文。\n\n　　　　二〇一二年十二月三十一日\n", "2012-12-31", DateKind::Written),
            (
                "（2024年1月29日在云溪市第十四届人民代表大会第四次会议上）\n\n各位代表：\n",
                "2024-01-29",
                DateKind::Delivered,
            ),
            // The signature before the day on which a page was made of it.
            (
                "某某通知\n\n发布日期：2025-12-05\n\n正文。\n\n云溪市数据局\n2025年11月22日\n",
                "2025-11-22",
                DateKind::Written,
            ),
            ("某某办法\n（2025年9月11日 云溪市数据局）\n\n第一条 略。\n", "2025-09-11", DateKind::Adopted),
        ] {
            assert_eq!(kind(text), Some((date.to_owned(), expected)), "{text}");
        }
        assert_eq!(kind("工期 2018-09-05 至年底\n"), None);
    }

    #[test]
    fn dates_in_prose_and_tables_are_not_the_day_of_the_document() {
        assert_eq!(date("系统应当于2024年5月20日前完成改造，并于2024年6月1日报送。\n"), None);
        assert_eq!(
            date("2026/1/13\n\n某某办法\n\n第一条 略。\n"),
            None,
            "the day on which a page was printed"
        );
        assert_eq!(date("任务\t时限\n改造\t2024年5月20日\n"), None);
    }

    #[test]
    fn cells_of_a_register_are_not_the_day_of_the_document() {
        for note in ["2020-03-31发布、2020-10-01实施", "2020年3月31日会议通过", "省办公室2020年3月31日印发"]
        {
            let table = format!("标准号\t状态\t备注\nGB/T 1.1\t现行\t{note}\nGB/T 1.2\t现行\t有新版\n");
            assert_eq!(date(&table), None, "{note}");
            let csv = read_str("a", table.replace('\t', ","), Format::Csv);
            assert_eq!(csv.date(), None, "{note}");
        }
        assert_eq!(
            date("索引号\t成文日期\n云溪\t2020年3月31日\n").as_deref(),
            None,
            "what stands below the name of a column"
        );
        assert_eq!(date("成文日期\t2020年3月31日\n文号\t云政发\n").as_deref(), Some("2020-03-31"));
    }
}
