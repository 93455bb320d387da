//! PDF files as offices, standards bodies and attackers make them.

use zhengming_text::document::BlockKind;

use crate::hostile::{document, fixture, notes, placed, refusal};

/// A file of these objects, from number 1 on, with one page whose content is object 4.
fn pdf(objects: &[&[u8]]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let head: [&[u8]; 3] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /F 5 0 R >> >> /Contents 4 0 R >>",
    ];
    for (index, object) in head.iter().chain(objects).enumerate() {
        out.extend(format!("{} 0 obj\n", index + 1).into_bytes());
        out.extend_from_slice(object);
        out.extend(b"\nendobj\n");
    }
    out.extend(b"trailer << /Root 1 0 R >>\n%%EOF\n");
    out
}

fn stream(entries: &str, data: &[u8]) -> Vec<u8> {
    let mut out = format!("<< /Length {} {entries} >>\nstream\n", data.len()).into_bytes();
    out.extend_from_slice(data);
    out.extend(b"\nendstream");
    out
}

fn deflated(data: impl std::io::Read) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = flate2::read::ZlibEncoder::new(data, flate2::Compression::fast());
    std::io::Read::read_to_end(&mut encoder, &mut out).unwrap();
    out
}

#[test]
fn lines_become_paragraphs_over_pages() {
    let document = document("a.pdf", fixture!("plan.pdf"));
    let blocks = placed(&document);
    assert_eq!(blocks[0], ("第1页", "云溪市数字化改革2022年工作要点"));
    assert_eq!(document.block(0).kind(), BlockKind::Heading(1));
    let over = blocks.iter().find(|(_, text)| text.starts_with("加快业务中台")).unwrap();
    assert_eq!(over.0, "第1—2页");
    assert!(over.1.contains("通用组建"));
    assert!(blocks.contains(&("第3页 表1 第2行第2列", "完成一体化智能公\n共数据平台县级节\n点扩容")));
    // The footnote interrupts no sentence.
    assert!(blocks.last().unwrap().1.contains("“溪企码”，是指"), "{:?}", blocks.last());
    assert!(!blocks.iter().any(|(_, text)| text.contains("专刊") || text.starts_with('—')));
    assert!(notes(&document)[0].starts_with("略去 "), "{:?}", notes(&document));
    assert_eq!(document.date().map(|date| date.to_string()).as_deref(), Some("2022-03-18"));
}

#[test]
fn comments_and_fields_without_appearance_are_read_beside_the_page() {
    let hex = |text: &str| {
        let units: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
        format!("<FEFF{units}>")
    };
    let page = format!(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots [\
         << /Subtype /Text /Rect [0 0 9 9] /Contents {} >> \
         << /Subtype /Popup /Rect [0 0 9 9] /Contents {} >> \
         << /Subtype /Widget /FT /Tx /Rect [0 0 9 9] /Parent << /V {} >> >> \
         << /Subtype /FreeText /Rect [0 0 9 9] /Contents {} >> ] >>",
        hex("请改用规范用语"),
        hex("弹出框"),
        hex("填写的单位名称"),
        hex("页边的说明")
    );
    let mut bytes = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\
        2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n"
        .to_vec();
    bytes.extend(page.as_bytes());
    bytes.extend(b"\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n");
    let document = document("a.pdf", &bytes);
    assert_eq!(
        placed(&document),
        [("第1页 批注", "请改用规范用语"), ("第1页 批注", "填写的单位名称"), ("第1页 批注", "页边的说明")]
    );
}

#[test]
fn standards_keep_their_clauses() {
    let document = document("a.pdf", fixture!("standard.pdf"));
    let blocks = placed(&document);
    let at = blocks.iter().position(|(_, text)| *text == "3.2").unwrap();
    assert_eq!(blocks[at + 1].1, "数据仓 data silo");
    assert_eq!(document.block(at + 1).kind(), BlockKind::Heading(3));
    assert!(blocks[at + 2].1.starts_with("国家机关、村社以及"));
    assert!(!blocks.iter().any(|(_, text)| *text == "DB3312/T 026—2023"), "running heads are left out");
}

#[test]
fn columns_are_read_one_after_the_other() {
    let document = document("a.pdf", fixture!("columns.pdf"));
    let blocks = placed(&document);
    let titles = ["一、夯实平台基础", "二、推进重点领域改革", "三、明确任务分工", "四、落实保障措施"];
    let found: Vec<&str> =
        blocks.iter().map(|(_, text)| *text).filter(|text| titles.contains(text)).collect();
    assert_eq!(found, titles);
    assert!(
        blocks.iter().any(|(_, text)| text.replace('\n', "").contains("提升干部数字化思维和数字化认知。"))
    );
    assert!(!blocks.iter().any(|(_, text)| text.contains('\t')));
}

#[test]
fn fonts_that_are_not_embedded_are_decoded() {
    let document = document("a.pdf", fixture!("gbk.pdf"));
    assert_eq!(document.block(0).text(), "关于推广浙政盯的通知");
    assert!(document.block(1).text().starts_with("各单位应当按照多跨场景应用的清单和视联网的\n进度推进"));
}

#[test]
fn files_without_text_say_why() {
    assert_eq!(
        refusal("a.pdf", fixture!("scan.pdf")),
        "PDF 中只有图像、没有文字（扫描件），请先做文字识别（OCR）"
    );
    assert!(refusal("a.pdf", fixture!("no-unicode.pdf")).starts_with("文本不可提取："));
    assert_eq!(refusal("a.pdf", fixture!("encrypted.pdf")), "PDF 已用密码加密，请先解除密码再检查");
    assert_eq!(refusal("a.pdf", b"%PDF-1.7\nnothing"), "PDF 已损坏或不完整");
}

#[test]
fn streams_that_unpack_without_end_are_refused() {
    let zeros = deflated(std::io::Read::take(std::io::repeat(b' '), 200 << 20));
    let bomb = pdf(&[&stream("/Filter /FlateDecode", &zeros)]);
    assert!(refusal("a.pdf", &bomb).contains("解压后超过"));
    let twice = pdf(&[&stream("/Filter [/Fl#61teDecode /FlateDecode]", &deflated(&zeros[..]))]);
    assert!(refusal("a.pdf", &twice).contains("多重压缩"));
}

#[test]
fn forms_that_draw_each_other_are_refused() {
    let form = |number: usize, next: usize| {
        let entries = format!(
            "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F {next} 0 R >> >>"
        );
        (number, stream(&entries, "/F Do\n".repeat(20).as_bytes()))
    };
    let page = stream("", b"/F Do");
    // Ten forms, each of which draws the next one twenty times.
    let chain: Vec<Vec<u8>> = (5..15).map(|number| form(number, number + 1).1).collect();
    let objects: Vec<&[u8]> = std::iter::once(&page[..]).chain(chain.iter().map(|it| &it[..])).collect();
    assert!(refusal("a.pdf", &pdf(&objects)).contains("页面内容过多"));
    // Those that draw themselves are never drawn, or refused.
    for last in [5, 6] {
        let forms = [form(5, 11 - last).1, form(6, 5).1];
        if let Err(why) = crate::read("a.pdf", &pdf(&[&page, &forms[0], &forms[1]])) {
            assert!(why.text().zh.contains("页面内容过多"), "{why}");
        }
    }
}

#[test]
fn texts_about_pdf_are_texts() {
    for text in [
        "文件以 %PDF-1.7 开头。",
        "文件头如下：\n%PDF-1.7\n其后为正文。",
        "%PDF-1.7 是文件头。",
        "%PDF-1.7\n数据流以 stream\n开头。",
    ] {
        assert_eq!(document("a.txt", text.as_bytes()).source(), text);
    }
    assert_eq!(refusal("a.PDF", "文件头如下：\n%PDF-1.7\n".as_bytes()), "PDF 已损坏或不完整");
    // What a printer was told comes before the header.
    let mut printed = b"\x1b%-12345X@PJL ENTER LANGUAGE=PDF\r\n\0".to_vec();
    printed.extend(b"\r\n");
    printed.extend(fixture!("gbk.pdf"));
    assert_eq!(document("a", &printed).block(0).text(), "关于推广浙政盯的通知");
}

/// A file with two pages: the first has a line of text, the second what is given, with `resources`.
fn two_pages(resources: &str, contents: &str, objects: &[&[u8]]) -> Vec<u8> {
    let page = |number: usize, resources: &str, contents: &str| {
        format!(
            "{number} 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << {resources} >> /Contents {contents} >>\nendobj\n"
        )
    };
    let mut out = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n".to_vec();
    out.extend(b"2 0 obj\n<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>\nendobj\n");
    out.extend(page(3, "/Font << /F 6 0 R >>", "5 0 R").into_bytes());
    out.extend(page(4, resources, contents).into_bytes());
    let text = stream("", b"BT /F 12 Tf 72 700 Td (This line is read.) Tj ET");
    let font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";
    for (index, object) in [&text[..], font].iter().chain(objects).enumerate() {
        out.extend(format!("{} 0 obj\n", index + 5).into_bytes());
        out.extend_from_slice(object);
        out.extend(b"\nendobj\n");
    }
    out.extend(b"trailer << /Root 1 0 R >>\n%%EOF\n");
    out
}

/// Only the first page is read, and a note says so of the second.
fn gives_up_the_second(bytes: &[u8], why: &str) {
    let document = document("a.pdf", bytes);
    assert!(document.source().contains("This line is read."), "{:?}", document.source());
    let notes = notes(&document);
    assert!(notes.iter().any(|note| note.contains(why) && note.contains("第 2 页")), "{notes:?}");
    assert!(document.notes().iter().any(|note| note.missed));
}

#[test]
fn a_stream_named_over_and_over_costs_its_page() {
    let blanks = deflated(std::io::Read::take(std::io::repeat(b' '), 4 << 20));
    let contents = format!("[{}]", "7 0 R ".repeat(16));
    let objects = [stream("/Filter /FlateDecode", &blanks)];
    gives_up_the_second(&two_pages("", &contents, &[&objects[0]]), "页面内容过多");
}

#[test]
fn fonts_with_more_widths_than_characters_cost_their_page() {
    let drawn = stream("", b"BT /F 12 Tf 72 700 Td <00410042> Tj ET");
    let wide = |widths: &str| {
        let below = format!(
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 0 >> {widths} >>"
        );
        let font =
            b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [9 0 R] >>";
        two_pages("/Font << /F 8 0 R >>", "7 0 R", &[&drawn, font, below.as_bytes()])
    };
    for widths in
        ["/W [0 99999999 500]", "/W [3 [500 600] 0 4294967295 500]", "/W2 [0 99999999 -1000 500 880]"]
    {
        gives_up_the_second(&wide(widths), "宽度表");
    }
    let simple = b"<< /Type /Font /Subtype /TrueType /BaseFont /X /FirstChar 9999999999 /LastChar 9999999999 /Widths [500] >>";
    gives_up_the_second(&two_pages("/Font << /F 8 0 R >>", "7 0 R", &[&drawn, simple]), "宽度表");
    // As wide as real ones are.
    let honest = document("a.pdf", &wide("/W [0 65535 500 32 [250 300] 0 100 [500]]"));
    assert!(!notes(&honest).iter().any(|note| note.contains("没有读")), "{:?}", notes(&honest));
}

#[test]
fn forms_of_annotations_and_states_are_weighed() {
    let form = |next: usize| {
        let entries = format!(
            "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F {next} 0 R >> >>"
        );
        stream(&entries, "/F Do\n".repeat(60).as_bytes())
    };
    let chain: Vec<Vec<u8>> = (8..14).map(|number| form(number + 1)).collect();
    let empty = stream("", b"");
    let mut objects: Vec<&[u8]> = vec![&empty];
    objects.extend(chain.iter().map(|it| &it[..]));
    let annotated = "7 0 R /Annots [<< /Subtype /Stamp /Rect [0 0 9 9] /AP << /N 8 0 R >> >>]";
    gives_up_the_second(&two_pages("", annotated, &objects), "页面内容过多");
}
