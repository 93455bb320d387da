//! Wrong terms planted wherever text can stand in Markdown, HTML, plain text and tables: each must be found at its exact
//! place, and what looks like text and is none must stay silent.

use zhengming::{Document, Finding, Linter, Options};
use zhengming_text::span::Span;

/// Wrong terms, each of at least three characters, that nothing makes right.
const TERMS: [&str; 6] =
    ["浙政盯", "系统重勾", "数据规集", "数据共想", "整体智冶", "一体话智能化公共数据平台"];

/// Names of files and what stands in them. `«»` is the place of a term; what stands between the marks is put after
/// its second character.
const PLACES: [(&str, &str); 68] = [
    ("a.md", "各单位通过«»开展工作。\n"),
    ("a.md", "# «»使用通知\n\n正文。\n"),
    ("a.md", "«»使用通知\n====\n\n正文。\n"),
    ("a.md", "- 推进«»\n- 其他\n"),
    ("a.md", "1. 甲\n   - 推进«»建设\n"),
    ("a.md", "- [ ] 推进«»\n"),
    ("a.md", "> 推进«»建设\n"),
    ("a.md", "> [!note] «»\n> 正文。\n"),
    ("a.md", "| 名称 | 说明 |\n|---|---|\n| 甲 | 推进«» |\n"),
    ("a.md", "| 名称 | 说明 |\n|---|---|\n| «<br>» | 甲 |\n"),
    ("a.md", "见[«»说明](https://a.cn/x)。\n"),
    ("a.md", "见![«»界面](x.png)。\n"),
    ("a.md", "推进**«»**建设。\n"),
    ("a.md", "推进*«»*建设。\n"),
    ("a.md", "推进«**»**建设。\n"),
    ("a.md", "推进**“«»”**建设。\n"),
    ("a.md", "推进==«»==建设。\n"),
    ("a.md", "推进_«»，_建设。\n"),
    ("a.md", "推进<b>«»</b>建设。\n"),
    ("a.md", "推进«<wbr>»建设。\n"),
    ("a.md", "推进«<!-- 注 -->»建设。\n"),
    ("a.md", "推进«<sup>[1]</sup>»建设。\n"),
    ("a.md", "推进«~~删~~»建设。\n"),
    ("a.md", "各单位推进«\n»建设。\n"),
    ("a.md", "> 各单位推进«\n> »建设。\n"),
    ("a.md", "各单位推进«\\\n»建设。\n"),
    ("a.md", "正文[^a]。\n\n[^a]: 推进«»建设。\n"),
    ("a.md", "<details><summary>«»</summary>\n\n正文\n\n</details>\n"),
    ("a.md", "---\ntitle: «»使用通知\n---\n\n正文。\n"),
    ("a.md", "---\ntitle: 通知\ndescription: \"推进«»\"\n---\n\n正文。\n"),
    ("a.md", "+++\ntitle = \"«»\"\n+++\n\n正文。\n"),
    ("a.md", "{\n  \"title\": \"推进«»\"\n}\n\n正文。\n"),
    ("a.md", "单价US$500，«»软件US$300。\n"),
    ("a.md", "见[[手册|«»手册]]。\n"),
    ("a.html", "<p>推进«»建设。</p>"),
    ("a.html", "<h2>«»使用通知</h2><p>正文。</p>"),
    ("a.html", "<ul><li>推进«»<li>其他</ul>"),
    ("a.html", "<table><tr><th>名称<td>«»</table>"),
    ("a.html", "<table><caption>«»清单</caption><tr><td>甲</table>"),
    ("a.html", "<blockquote><p>推进«»</p></blockquote>"),
    ("a.html", "<p>见<a href=x>«»</a>。</p>"),
    ("a.html", "<p>推进<font color=red>«</font><b>»</b>建设。</p>"),
    ("a.html", "<p>推进«<br>»建设。</p>"),
    ("a.html", "<p>推进«&#8203;»建设。</p>"),
    ("a.html", "<p>推进«&nbsp;»建设。</p>"),
    ("a.html", "<p>推进«\n  »建设。</p>"),
    ("a.html", "<title>«»使用通知</title><p>正文。</p>"),
    ("a.html", "<meta name=description content=\"推进«»\"><p>正文。</p>"),
    ("a.html", "<p><img src=x alt=\"«»界面\"></p>"),
    ("a.html", "<input placeholder=\"请输入«»\">"),
    ("a.html", "<p><a title=\"«»\" href=x>甲</a></p>"),
    ("a.html", "<button>打开«»</button>"),
    ("a.html", "<dl><dt>甲<dd>推进«»</dl>"),
    ("a.html", "<pre>\n　　各单位统一推进«»建设。\n</pre>"),
    ("a.html", "<figure><figcaption>«»界面</figcaption></figure>"),
    ("a.html", "<p>推进«<del>旧</del>»建设。</p>"),
    ("a.txt", "各单位推进«»建设。\n"),
    ("a.txt", "　　各单位推进«\n»建设，不得拖延。\n"),
    ("a.txt", "一、推进«»\n正文。\n"),
    ("a.txt", "注：推进«»建设。\n"),
    ("a.txt", "推进“«»”建设。\n"),
    ("a.txt", "推进« »建设。\n"),
    ("a.txt", "推进«\u{200b}»建设。\n"),
    ("a.txt", "推进«\u{e0100}»建设。\n"),
    ("a.txt", "推进«\u{c}»建设。\n"),
    ("a.csv", "名称,说明\n«»,甲\n"),
    ("a.csv", "名称,说明\n\"推进«»，及时\",甲\n"),
    ("a.csv", "名称,说明\n\"«\n»\",甲\n"),
];

/// What is no text, or names something: no finding may touch it.
const DECOYS: [(&str, &str); 36] = [
    ("a.md", "用`浙政盯`表示。\n"),
    ("a.md", "```\n浙政盯\n```\n"),
    ("a.md", "正文\n\n    浙政盯\n"),
    ("a.md", "设 $浙政盯$ 为常数。\n"),
    ("a.md", "见[甲](浙政盯.md)。\n"),
    ("a.md", "见https://a.cn/浙政盯/x 页。\n"),
    ("a.md", "---\nslug: 浙政盯\ntags: [浙政盯]\n---\n\n正文。\n"),
    ("a.md", "+++\nslug = \"浙政盯\"\naliases = [\"/浙政盯/\"]\n+++\n\n正文。\n"),
    ("a.md", "{\n  \"aliases\": [\"浙政盯\"],\n  \"slug\": \"浙政盯\"\n}\n\n正文。\n"),
    ("a.md", "## 标题 {#浙政盯 .cls}\n\n正文。\n"),
    ("a.md", "{{< ref \"浙政盯\" >}}\n"),
    ("a.md", "{% link 浙政盯 %}正文{{ 浙政盯 }}\n"),
    ("a.md", "正文 %%浙政盯%% 结束。\n"),
    ("a.md", "见 ![[浙政盯.png]] 图。\n"),
    ("a.md", "见 [[手册#浙政盯|说明]] 页。\n"),
    ("a.md", "<!-- 浙政盯 -->\n"),
    ("a.md", "见<span hidden>浙政盯</span>说明。\n"),
    ("a.md", "通过<del>浙政盯</del>浙政钉。\n"),
    ("a.md", "~~浙政盯~~浙政钉\n"),
    ("a.md", "import 甲 from './浙政盯.md'\n"),
    ("a.html", "<p id=浙政盯 class=浙政盯>甲</p>"),
    ("a.html", "<a href=\"/浙政盯\">甲</a>"),
    ("a.html", "<script>var a = '浙政盯'</script><p>甲</p>"),
    ("a.html", "<p hidden>浙政盯</p><p>甲</p>"),
    ("a.html", "<div style=\"display: none\"><p>浙政盯</p><div>浙政盯</div></div>甲"),
    ("a.html", "<p><s>浙政盯</s>浙政钉</p>"),
    ("a.html", "<input type=hidden value=浙政盯>"),
    ("a.html", "<p>用<code>浙政盯</code>表示</p>"),
    ("a.html", "<template><p>浙政盯</p></template>"),
    ("a.html", "<pre>let a = \"浙政盯\";</pre>"),
    ("a.txt", "图见 ./浙政盯.png，邮箱 浙政盯@zj.gov.cn。\n"),
    ("a.txt", "文件 D:\\资料\\浙政盯\\a.docx，变量 ${浙政盯}、<浙政盯>、浙政盯=1\n"),
    ("a.txt", "一体化智能化\u{2028}公共数据平台\n"),
    ("a.csv", "名称,说明\n浙政,盯\n"),
    ("a.csv", "名称,说明\n\"一体化智能化\n公共数据平台\",建设\n"),
    ("a.csv", "错误,正确\n浙政盯,浙政钉\n"),
];

/// The text with the term in place, and where it stands.
fn planted(template: &str, term: &str) -> (String, Span) {
    let start = template.find('«').unwrap();
    let (before, rest) = (&template[..start], &template[start + '«'.len_utf8()..]);
    let (inside, after) = rest.split_once('»').unwrap();
    let cut = if inside.is_empty() { term.len() } else { 2 * '字'.len_utf8() };
    let shown = format!("{}{inside}{}", &term[..cut], &term[cut..]);
    let span = Span::new(start, start + shown.len());
    (format!("{before}{shown}{after}"), span)
}

/// Where a finding stands.
fn span(finding: &Finding) -> Span {
    Span::new(finding.start.byte, finding.end.byte)
}

#[test]
fn every_planted_term_is_found_at_its_place() {
    let linter = Linter::builder().options(Options { all: true, ..Options::default() }).build().unwrap();
    let (mut all, mut missed) = (0, Vec::new());
    for (name, template) in PLACES {
        for term in TERMS {
            all += 1;
            let (text, place) = planted(template, term);
            let document = Document::read(name, text.as_bytes()).unwrap();
            let found = linter.lint(&document);
            let spans: Vec<Span> = found.iter().filter(|one| one.family == "variant").map(span).collect();
            if spans != [place] {
                let texts: Vec<&str> = spans.iter().map(|span| &text[span.range()]).collect();
                missed.push(format!("{name}: {text:?} gives {texts:?}"));
            }
        }
    }
    assert!(all >= 358 && missed.is_empty(), "{} of {all} differ:\n{}", missed.len(), missed.join("\n"));
}

#[test]
fn no_decoy_is_touched() {
    let linter = Linter::builder().options(Options { all: true, ..Options::default() }).build().unwrap();
    let mut touched = Vec::new();
    for (name, text) in DECOYS {
        let document = Document::read(name, text.as_bytes()).unwrap();
        for one in linter.lint(&document).into_iter().filter(|one| one.family == "variant") {
            touched.push(format!("{name}: {text:?} gives {:?}", &text[span(&one).range()]));
        }
    }
    assert!(touched.is_empty(), "{} findings in decoys:\n{}", touched.len(), touched.join("\n"));
}

/// Paragraphs, each of lines that were set full.
const LETTER: [&[&str]; 3] = [
    &["关于推进一体化智能化公共数据平台建设的通知"],
    &[
        "　　为规范会议通知的发送和反馈工作，各单位应当统一通",
        "过浙政盯发送通知，不得使用其他软件；依托公共数据平",
        "台归集数据，推进数据规集和数据共想，重大事项及时报",
        "告，不得拖延。",
    ],
    &["　　各部门应当按照职责分工，推进整体智冶和系统重勾。"],
];

#[test]
fn one_letter_gives_the_same_findings_in_every_container() {
    let linter = Linter::builder().options(Options { all: true, ..Options::default() }).build().unwrap();
    let joined = |line: &str, paragraph: &str| {
        LETTER.iter().map(|lines| lines.join(line)).collect::<Vec<_>>().join(paragraph)
    };
    let whole = joined("", "\n\n");
    let containers = [
        ("b.md", whole.clone()),
        ("a.txt", joined("\n", "\n")),
        ("a.md", joined("\n", "\n\n")),
        ("a.md", joined("  \n", "\n\n")),
        ("a.html", format!("<p>{}</p>", joined("<br>\n", "</p>\n<p>"))),
        ("a.html", format!("<div>{}</div>", joined("<br>", "<br><br>"))),
        ("a.html", format!("<pre>{}</pre>", joined("\n", "\n\n"))),
        ("a.csv", format!("编号,内容\n1,\"{}\"\n", joined("\n", "\"\n2,\""))),
    ];
    let findings = |name: &str, text: &str| {
        let document = Document::read(name, text.as_bytes()).unwrap();
        let found = linter.lint(&document);
        let variants = found.iter().filter(|one| one.family == "variant");
        variants.map(|one| one.label.zh.clone()).collect::<Vec<_>>()
    };
    let expected = findings("a.md", &whole);
    assert_eq!(expected.len(), 6, "{expected:?}");
    for (name, text) in containers {
        assert_eq!(findings(name, &text), expected, "{name}: {text}");
    }
}
