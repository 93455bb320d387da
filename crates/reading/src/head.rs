//! What the head and the foot of a document say of it: title, issuer, number, day and province.

mod issue;
mod names;
mod place;

use zhengming_text::date::{Date, DateKind};
use zhengming_text::document::Document;

pub use names::{STATE_CODE, begins as province_at_beginning, of_code as province_of_code, other_provinces};

/// The head of a document, as far as it says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The title, its lines joined.
    pub title: Option<String>,
    /// The organ that issued it: of its letterhead, its title or its signature.
    pub issuer: Option<String>,
    /// The number under which it was issued: 浙政办发〔2023〕5号.
    pub number: Option<String>,
    /// Its day, and what happened on that day.
    pub date: Option<(Date, DateKind)>,
    /// The province that it is of.
    pub region: Option<Region>,
    titles: Vec<String>,
}

/// The province of a document, and what tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// The code of its local standards: 33.
    pub code: &'static str,
    /// What tells it.
    pub by: Witness,
}

/// What tells the province of a document, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Witness {
    /// Its title names the province or one of its cities.
    Title,
    /// The number under which it was issued, or that of the local standard that it is.
    Number,
    /// The organ that stands alone on a line of the head or the foot.
    Organ,
    /// It is the only province that a text names which speaks of 我省, or that of the city which it names again and again.
    Text,
}

impl Witness {
    /// The witness as one word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Number => "number",
            Self::Organ => "organ",
            Self::Text => "text",
        }
    }

    /// How sure it makes us, as one word: `sure`, `likely`, `guess`.
    pub fn confidence(self) -> &'static str {
        match self {
            Self::Title | Self::Number => "sure",
            Self::Organ => "likely",
            Self::Text => "guess",
        }
    }
}

impl Region {
    /// The name of the province: 浙江.
    pub fn name(self) -> &'static str {
        names::name_of(self.code).unwrap_or_default()
    }
}

impl Head {
    /// The head of `document`, which is itself the standard with one of `own_numbers` if it is one.
    pub fn of(document: &Document, own_numbers: &[String]) -> Self {
        let title = document.metadata().title.clone();
        let lines = place::Lines::new(document);
        let number = issue::number(&lines, title.as_deref());
        let issuer = issue::issuer(&lines, title.as_deref());
        let titles = place::titles(document);
        let region = region_of_titles(&titles).or_else(|| {
            let by_issue = region_of_issue(&lines, number.as_deref(), issuer.as_deref(), own_numbers);
            by_issue.or_else(|| {
                let code = place::by_ourselves(document).or_else(|| place::by_our_city(document))?;
                Some(Region { code, by: Witness::Text })
            })
        });
        let number = number.or_else(|| own_numbers.first().cloned());
        Self { title, issuer, number, date: document.dated(), region, titles }
    }

    /// The titles of the document without white space: its own, and headings of the first level at its beginning.
    pub fn titles(&self) -> &[String] {
        &self.titles
    }

    /// Code of the province that the document is of, or of the state where a title names it as the author.
    pub fn standing(&self) -> Option<&'static str> {
        let is_titled = self.region.is_some_and(|region| region.by == Witness::Title);
        let state = (!is_titled && names::is_of_the_state(&self.titles)).then_some(STATE_CODE);
        // That a text speaks of 我省 does not make it one of the province.
        let region = self.region.filter(|region| region.by != Witness::Text);
        state.or(region.map(|region| region.code))
    }
}

/// The province that one of the titles names as its own.
fn region_of_titles(titles: &[String]) -> Option<Region> {
    let code = titles.iter().find_map(|title| names::of_title(title))?;
    Some(Region { code, by: Witness::Title })
}

/// The province by number or organ.
fn region_of_issue(
    lines: &place::Lines<'_>,
    number: Option<&str>,
    issuer: Option<&str>,
    own_numbers: &[String],
) -> Option<Region> {
    let by_number = || {
        // DB32/T 1176—2025 is of Jiangsu; a list of standards is of nobody.
        let codes = own_numbers.iter().filter_map(|number| number.strip_prefix("DB")?.get(..2));
        names::of_code(place::only(codes)?)
    };
    let by_number = number.and_then(names::of_number).or_else(by_number);
    let by_number = by_number.map(|code| Region { code, by: Witness::Number });
    by_number.or_else(|| {
        // 省长 speaks to the congress of the province.
        let by_congress = || issue::congress(lines).as_deref().and_then(names::of_title);
        let by_issuer = issuer.and_then(names::of_title).or_else(by_congress);
        let code = by_issuer.or_else(|| place::by_organ(lines))?;
        Some(Region { code, by: Witness::Organ })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use zhengming_text::document::{BlockBuilder, BlockKind};
    use zhengming_text::span::Span;

    fn document(lines: &[&str]) -> Document {
        let source = lines.join("\n");
        let mut document = Document::new("t", "text", source);
        let mut at = 0;
        for line in lines {
            let mut block = BlockBuilder::new(BlockKind::Paragraph);
            block.verbatim(line, Span::new(at, at + line.len()));
            document.push(block.finish().unwrap());
            at += line.len() + 1;
        }
        document
    }

    #[test]
    fn issuer_number_and_province_are_read_from_the_head() {
        let mut notice = document(&[
            "江苏省人民政府办公厅文件",
            "苏政办发〔2023〕5号",
            "关于推进数据工作的通知",
            "正文。",
        ]);
        notice.metadata_mut().title = Some("关于推进数据工作的通知".to_owned());
        let head = Head::of(&notice, &[]);
        assert_eq!(head.issuer.as_deref(), Some("江苏省人民政府办公厅"));
        assert_eq!(head.number.as_deref(), Some("苏政办发〔2023〕5号"));
        let region = head.region.unwrap();
        assert_eq!((region.name(), region.by, region.by.confidence()), ("江苏", Witness::Number, "sure"));
    }

    #[test]
    fn the_organ_is_found_where_documents_name_it() {
        for (lines, organ) in [
            (&["发布机构：云溪市数据局 成文日期：2025-06-05", "通知", "正文。"][..], "云溪市数据局"),
            (&["通知", "正文。", "云溪市数据局", "云溪市财政局", "2025年2月12日"], "云溪市数据局"),
            (&["已经审议通过，现予公布。", "云溪市数据局主任 张三", "2025年2月12日", "办法"], "云溪市数据局"),
            (
                &["数据规范", "2025-01-07 发布 2025-02-07 实施", "云溪市市场监督管理局 发布"],
                "云溪市市场监督管理局",
            ),
            (&["（2024年1月29日在云溪市第十四届人民代表大会第四次会议上）", "各位代表："], "云溪市人民政府"),
            (
                &["2011年6月10日 河南省第十一届人民代表大会常务委员会第二十一次会议通过", "第一条 略。"],
                "河南省人民代表大会常务委员会",
            ),
            (&["1992年3月18日 中华人民共和国国务院令第95号发布", "第一条 略。"], "国务院"),
        ] {
            assert_eq!(Head::of(&document(lines), &[]).issuer.as_deref(), Some(organ), "{lines:?}");
        }
    }

    #[test]
    fn the_number_is_that_of_the_document_and_not_of_one_that_it_names() {
        for (lines, number) in [
            (&["索引号 1161 发文字号 云政办发〔2025〕82号", "正文。"][..], Some("云政办发〔2025〕82号")),
            (&["鲁⼯信数据［2025］227号", "正文。"], Some("鲁工信数据〔2025〕227号")),
            (&["根据云政办发〔2025〕82号文件，制定本办法。"], None),
            (&["关于废止《办法》（云政办发〔2025〕82号）的通知"], None),
        ] {
            assert_eq!(Head::of(&document(lines), &[]).number.as_deref(), number, "{lines:?}");
        }
    }

    #[test]
    fn the_state_about_a_province_is_no_province() {
        let region = |title: &str| {
            let mut document = document(&["正文。"]);
            document.metadata_mut().title = Some(title.to_owned());
            Head::of(&document, &[]).region.map(Region::name)
        };
        assert_eq!(region("国务院关于印发《贵州省数据发展规划》的通知"), None);
        assert_eq!(region("省人民政府办公厅关于印发《贵州省数据发展规划》的通知"), Some("贵州"));
        assert_eq!(region("中国（上海）自由贸易试验区数据出境管理清单"), Some("上海"));
    }

    #[test]
    fn a_text_that_names_its_city_again_and_again_is_of_its_province() {
        let region = |text: &str| {
            let head = Head::of(&document(&["各位代表：", text]), &[]);
            head.region.map(|region| (region.name(), region.by.confidence()))
        };
        let report = "现在，我代表市人民政府报告工作。成都发展，成都国际门户，成都都市圈，成都大运会。";
        assert_eq!(region(report), Some(("四川", "guess")));
        assert_eq!(region(&report.replace("市人民政府", "公司")), None);
        assert_eq!(region(&format!("{report}学习深圳、武汉、南京经验。")), Some(("四川", "guess")));
        assert_eq!(region(&format!("{report}学习深圳、广州经验。")), None);
    }

    #[test]
    fn what_the_head_does_not_say_is_not_made_up() {
        let head = Head::of(&document(&["工作要点", "按照苏政办发〔2023〕5号文件执行。"]), &[]);
        assert_eq!((head.issuer, head.number, head.region), (None, None, None));
    }
}
