//! What is written into a Word file.

use proptest::prelude::*;
use zhengming_text::diagnostic::Edit;
use zhengming_text::span::Span;

use super::{paragraph, part, run, word, word_with};
use crate::docx::annotate::{Note, annotate, strip};
use crate::docx::{AUTHOR, comments, story, target};
use crate::package::Package;
use crate::read;

/// The text of each of our comments, with the text that it is about.
fn comments_of(bytes: &[u8]) -> Vec<(String, String)> {
    let mut package = Package::open(bytes).unwrap();
    let (main, text) = package.main_part("word/document.xml").unwrap();
    let related = package.related(&main).unwrap();
    let story = story(&mut package, &main, &text, &related, 0).unwrap();
    let Some(part) = target(&related, "comments") else { return Vec::new() };
    let xml = package.text(part).unwrap().unwrap();
    let ours = comments::read(&xml, part).unwrap().into_iter().filter(|comment| comment.author == AUTHOR);
    ours.map(|comment| {
        let about = &story.comments[&comment.id];
        (comment.text, story.text[about.start.unwrap()..about.end.unwrap()].to_owned())
    })
    .collect()
}

/// A note for every place of `term`, which names its place.
fn notes(bytes: &[u8], term: &str, replacement: Option<&str>) -> Vec<Note> {
    let text = read("a.docx", bytes).unwrap().source().to_owned();
    text.match_indices(term)
        .map(|(at, found)| {
            let span = Span::new(at, at + found.len());
            let edits = replacement.map(|text| Edit { span, text: text.to_owned() });
            Note { span, text: format!("在 {at}：{found}"), edits: edits.into_iter().collect() }
        })
        .collect()
}

fn source(bytes: &[u8]) -> String {
    read("a.docx", bytes).unwrap().source().to_owned()
}

#[test]
fn a_comment_stands_at_exactly_the_text_and_formatting_is_kept() {
    let bytes = word("<w:p><w:r w:rsidR=\"1\"><w:rPr><w:b/></w:rPr><w:t>经浙政盯发送</w:t></w:r></w:p>");
    let annotated = annotate(&bytes, &notes(&bytes, "浙政盯", None)).unwrap();
    let document = part(&annotated.bytes, "word/document.xml");
    assert!(document.contains(
        "<w:r w:rsidR=\"1\"><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">经</w:t></w:r>\
         <w:commentRangeStart w:id=\"0\"/>\
         <w:r w:rsidR=\"1\"><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">浙政盯</w:t></w:r>\
         <w:commentRangeEnd w:id=\"0\"/><w:r><w:commentReference w:id=\"0\"/></w:r>\
         <w:r w:rsidR=\"1\"><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">发送</w:t></w:r>"
    ));
    assert_eq!(comments_of(&annotated.bytes), [("在 3：浙政盯".to_owned(), "浙政盯".to_owned())]);
    assert!(part(&annotated.bytes, "[Content_Types].xml").contains("PartName=\"/word/comments.xml\""));
    assert!(part(&annotated.bytes, "word/_rels/document.xml.rels").contains("Target=\"comments.xml\""));
}

#[test]
fn a_tracked_change_keeps_the_formatting_and_can_be_rejected() {
    let bytes = word(
        "<w:p><w:r><w:rPr><w:i/></w:rPr><w:t>经浙</w:t></w:r><w:hyperlink><w:r><w:t>政盯发</w:t></w:r></w:hyperlink></w:p>",
    );
    let annotated = annotate(&bytes, &notes(&bytes, "浙政盯", Some("浙政钉"))).unwrap();
    assert_eq!((annotated.exact, annotated.tracked), (1, 1));
    assert_eq!(source(&annotated.bytes), "经浙政钉发");
    let document = part(&annotated.bytes, "word/document.xml");
    assert!(
        document
            .contains("<w:rPr><w:i/></w:rPr><w:delText xml:space=\"preserve\">浙</w:delText></w:r></w:del>")
    );
    assert!(
        document.contains("<w:r><w:rPr><w:i/></w:rPr><w:t xml:space=\"preserve\">浙政钉</w:t></w:r></w:ins>")
    );
    assert_eq!(source(&strip(&annotated.bytes).unwrap()), "经浙政盯发");
}

#[test]
fn comments_of_others_stay_and_ids_go_on() {
    let body = format!(
        "<w:p><w:commentRangeStart w:id=\"7\"/>{}<w:commentRangeEnd w:id=\"7\"/><w:r><w:commentReference w:id=\"7\"/></w:r></w:p>",
        run("浙政盯")
    );
    let theirs = format!("<w:comment w:id=\"7\" w:author=\"王芳\">{}</w:comment>", paragraph(&["请核对"]));
    let bytes = word_with(&body, &[("comments", &theirs)]);
    let annotated = annotate(&bytes, &notes(&bytes, "浙政盯", None)).unwrap().bytes;
    let text = part(&annotated, "word/comments0.xml");
    assert!(text.contains(&theirs) && text.contains("<w:comment w:id=\"8\" w:author=\"正名\""));
    assert!(
        part(&annotated, "word/document.xml")
            .contains("<w:commentRangeStart w:id=\"7\"/><w:commentRangeStart w:id=\"8\"/>")
    );
    let stripped = strip(&annotated).unwrap();
    assert_eq!(part(&stripped, "word/comments0.xml"), part(&bytes, "word/comments0.xml"));
    assert_eq!(part(&stripped, "word/document.xml"), part(&bytes, "word/document.xml"));
}

#[test]
fn a_comment_with_a_reply_stays_and_is_not_doubled() {
    let body = format!(
        "<w:p><w:commentRangeStart w:id=\"0\"/>{}<w:commentRangeEnd w:id=\"0\"/><w:r><w:commentReference w:id=\"0\"/></w:r></w:p>",
        run("浙政盯")
    );
    let ours = "<w:comment w:id=\"0\" w:author=\"正名\"><w:p w:paraId=\"AA\"><w:r><w:t>在 0：浙政盯</w:t></w:r></w:p></w:comment>";
    let replies = "<w:commentEx w:paraId=\"BB\" w:paraIdParent=\"AA\"/>";
    let bytes = word_with(&body, &[("comments", ours), ("commentsExtended", replies)]);
    assert_eq!(strip(&bytes).unwrap(), bytes);
    let again = annotate(&bytes, &notes(&bytes, "浙政盯", None)).unwrap();
    assert_eq!(comments_of(&again.bytes).len(), 1);
}

#[test]
fn findings_outside_the_body_get_a_comment_in_it() {
    let body = format!(
        "<w:p>{}</w:p><w:p>{}<w:r><w:footnoteReference w:id=\"2\"/></w:r><w:r><w:txbxContent>{}</w:txbxContent></w:r></w:p>\
         <w:sectPr><w:headerReference r:id=\"r1\"/></w:sectPr>",
        run("首段"),
        run("正文"),
        paragraph(&["框中浙政盯"])
    );
    let footnotes = format!("<w:footnote w:id=\"2\">{}</w:footnote>", paragraph(&["注中浙政盯"]));
    let bytes = word_with(&body, &[("footnotes", &footnotes), ("header", &paragraph(&["眉上浙政盯"]))]);
    let annotated = annotate(&bytes, &notes(&bytes, "浙政盯", Some("浙政钉"))).unwrap();
    assert_eq!((annotated.exact, annotated.elsewhere, annotated.tracked), (0, 3, 2));
    let about: Vec<String> = comments_of(&annotated.bytes).into_iter().map(|(_, about)| about).collect();
    assert_eq!(about[2], "首");
    assert!(!part(&annotated.bytes, "word/footnotes0.xml").contains("comment"));
    assert!(part(&annotated.bytes, "word/header1.xml").contains("<w:del "));
    assert_eq!(source(&strip(&annotated.bytes).unwrap()), source(&bytes));
}

#[test]
fn twice_is_once_where_comments_on_the_header_meet_others() {
    let body =
        format!("<w:p>{}</w:p><w:sectPr><w:headerReference r:id=\"r0\"/></w:sectPr>", run("经浙政盯发送"));
    let bytes = word_with(&body, &[("header", &paragraph(&["眉上浙政盯"]))]);
    let once = annotate(&bytes, &notes(&bytes, "浙政盯", None)).unwrap().bytes;
    let clean = strip(&once).unwrap();
    let twice = annotate(&clean, &notes(&clean, "浙政盯", None)).unwrap().bytes;
    assert_eq!(part(&twice, "word/document.xml"), part(&once, "word/document.xml"));
}

#[test]
fn parts_in_other_encodings_are_written_as_they_say() {
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?><w:document {}><w:body>{}</w:body></w:document>",
        super::NS,
        paragraph(&["经浙政盯发送"])
    );
    let utf16: Vec<u8> =
        std::iter::once(0xFEFF).chain(document.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let parts: [(&str, &[u8]); 3] = [
        ("[Content_Types].xml", super::TYPES.as_bytes()),
        ("_rels/.rels", super::RELS.as_bytes()),
        ("word/document.xml", &utf16),
    ];
    let bytes = crate::hostile::package(&parts);
    let annotated = annotate(&bytes, &notes(&bytes, "浙政盯", None)).unwrap().bytes;
    let found =
        crate::hostile::parts(&annotated).into_iter().find(|(name, _)| name == "word/document.xml").unwrap();
    assert!(found.1.starts_with(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>"));
}

#[test]
fn parts_without_a_change_keep_their_bytes() {
    let bytes = word_with(&paragraph(&["浙政盯"]), &[("styles", "<w:style/>"), ("header", "<w:p/>")]);
    let annotated = annotate(&bytes, &notes(&bytes, "浙政盯", None)).unwrap().bytes;
    let names = |bytes: &[u8]| Package::open(bytes).unwrap().names();
    let (before, after) = (names(&bytes), names(&annotated));
    assert_eq!(after[..before.len()], before);
    for name in ["_rels/.rels", "word/styles0.xml", "word/header1.xml"] {
        assert_eq!(part(&bytes, name), part(&annotated, name), "{name}");
    }
    assert_eq!(strip(&bytes).unwrap(), bytes);
}

/// A paragraph with the term in it, cut into runs anywhere.
fn cut_paragraph() -> impl Strategy<Value = String> {
    let text = prop::collection::vec(
        prop::sample::select(vec!["浙政盯", "浙政盯", "数据", "通", "a&b", "😀", " ", "<", "，办公。"]),
        1..12,
    );
    (text, prop::collection::vec((1usize..5, 0usize..8), 40)).prop_map(|(text, cuts)| {
        let characters: Vec<char> = text.concat().chars().collect();
        let (mut at, mut out) = (0, String::new());
        for (length, how) in cuts.into_iter().cycle() {
            if at >= characters.len() {
                break;
            }
            let end = (at + length).min(characters.len());
            let piece: String = characters[at..end].iter().collect();
            let piece = piece.replace('&', "&amp;").replace('<', "&lt;");
            at = end;
            let text = format!("<w:t xml:space=\"preserve\">{piece}</w:t>");
            out.push_str(&match how {
                0 => format!("<w:hyperlink><w:r>{text}</w:r></w:hyperlink>"),
                1 => format!("<w:ins w:id=\"40\" w:author=\"李明\"><w:r>{text}</w:r></w:ins>"),
                2 => format!("<w:r><w:rPr><w:b/></w:rPr>{text}{text}</w:r>"),
                3 => format!("<w:r>{text}<w:tab/><w:lastRenderedPageBreak/>{text}</w:r>"),
                4 => format!(
                    "<w:r><w:rPr><w:i/><w:rPrChange w:id=\"9\"><w:rPr/></w:rPrChange></w:rPr>{text}</w:r>"
                ),
                5 => format!(
                    "<w:del w:id=\"3\"><w:r><w:delText>浙政盯</w:delText></w:r></w:del><w:r>{text}</w:r>"
                ),
                6 => format!(
                    "<w:bookmarkStart w:id=\"5\" w:name=\"b\"/><w:r>{text}</w:r><w:bookmarkEnd w:id=\"5\"/>"
                ),
                _ => format!("<w:r>{text}</w:r>"),
            });
        }
        format!("<w:p>{out}</w:p>")
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn every_comment_is_about_exactly_its_text(
        paragraphs in prop::collection::vec(cut_paragraph(), 1..6),
        tracked in any::<bool>(),
    ) {
        let bytes = word(&paragraphs.concat());
        let before = source(&bytes);
        let replacement = tracked.then_some("浙政钉");
        let notes = notes(&bytes, "浙政盯", replacement);
        let annotated = annotate(&bytes, &notes).unwrap();
        prop_assert_eq!(annotated.exact, notes.len());
        let expected: Vec<_> = notes
            .iter()
            .map(|note| (note.text.clone(), replacement.unwrap_or("浙政盯").to_owned()))
            .collect();
        prop_assert_eq!(comments_of(&annotated.bytes), expected);
        let after = if tracked { before.replace("浙政盯", "浙政钉") } else { before.clone() };
        prop_assert_eq!(source(&annotated.bytes), after);
        // Rejected, and annotated once more, it is the same again.
        let stripped = strip(&annotated.bytes).unwrap();
        prop_assert_eq!(source(&stripped), before);
        let again = annotate(&stripped, &notes).unwrap();
        prop_assert_eq!(part(&again.bytes, "word/document.xml"), part(&annotated.bytes, "word/document.xml"));
        prop_assert_eq!(part(&again.bytes, "word/comments.xml"), part(&annotated.bytes, "word/comments.xml"));
    }

    #[test]
    fn any_texts_can_be_commented_on(
        paragraphs in prop::collection::vec(cut_paragraph(), 1..4),
        ends in prop::collection::vec((0usize..200, 1usize..20), 0..8),
    ) {
        let bytes = word(&paragraphs.concat());
        let text = source(&bytes);
        prop_assume!(!text.is_empty());
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let notes: Vec<Note> = ends
            .iter()
            .map(|&(from, length)| {
                let from = from % (starts.len() - 1);
                let to = (from + length).min(starts.len() - 1);
                Note { span: Span::new(starts[from], starts[to]), text: format!("{from}-{to}"), edits: Vec::new() }
            })
            // A line break between two paragraphs stands in neither.
            .filter(|note| !text[note.span.range()].starts_with('\n') && !text[note.span.range()].ends_with('\n'))
            .collect();
        let annotated = annotate(&bytes, &notes).unwrap();
        prop_assert_eq!(source(&annotated.bytes), text.clone());
        let mut found = comments_of(&annotated.bytes);
        let mut expected: Vec<_> =
            notes.iter().map(|note| (note.text.clone(), text[note.span.range()].to_owned())).collect();
        found.sort();
        expected.sort();
        prop_assert_eq!(found, expected);
        prop_assert_eq!(source(&strip(&annotated.bytes).unwrap()), text);
    }
}
