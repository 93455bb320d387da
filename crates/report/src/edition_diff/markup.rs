//! Text, Markdown and HTML: how each marks what was removed and added.

use std::fmt::Write as _;

use zhengming_text::message::Lang;

use crate::printable::{one_line, printable};

/// The three forms that are read say the same in the same order; this is all in which they differ.
pub(super) trait Markup {
    fn begin(&self, title: &str) -> String;
    fn summary(&self, line: &str) -> String;
    fn section(&self, title: &str) -> String;
    /// An entry with the lines that belong to it, all of them made by the functions below.
    fn item(&self, head: &str, lines: &[String]) -> String;
    fn end(&self) -> &'static str {
        ""
    }
    fn text(&self, text: &str) -> String;
    fn removed(&self, text: &str) -> String;
    fn added(&self, text: &str) -> String;
}

pub(super) struct Plain;

impl Markup for Plain {
    fn begin(&self, title: &str) -> String {
        format!("{}\n", one_line(title))
    }

    fn summary(&self, line: &str) -> String {
        format!("{line}\n")
    }

    fn section(&self, title: &str) -> String {
        format!("\n{title}\n")
    }

    fn item(&self, head: &str, lines: &[String]) -> String {
        lines.iter().fold(format!("  {head}\n"), |item, line| item + "    " + line + "\n")
    }

    fn text(&self, text: &str) -> String {
        one_line(text).into_owned()
    }

    fn removed(&self, text: &str) -> String {
        format!("[-{}-]", one_line(text))
    }

    fn added(&self, text: &str) -> String {
        format!("{{+{}+}}", one_line(text))
    }
}

pub(super) struct Markdown;

impl Markup for Markdown {
    fn begin(&self, title: &str) -> String {
        format!("# {}\n\n", self.text(title))
    }

    fn summary(&self, line: &str) -> String {
        format!("{line}\n")
    }

    fn section(&self, title: &str) -> String {
        format!("\n## {title}\n\n")
    }

    fn item(&self, head: &str, lines: &[String]) -> String {
        lines.iter().fold(format!("- {head}\n"), |item, line| item + "  - " + line + "\n")
    }

    fn text(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for c in one_line(text).chars() {
            if "\\`*_{}[]<>#+-|~!&".contains(c) {
                out.push('\\');
            }
            out.push(c);
        }
        out
    }

    fn removed(&self, text: &str) -> String {
        // HTML, because ~~ and ** do not open or close next to Chinese punctuation.
        format!("<del>{}</del>", self.text(text))
    }

    fn added(&self, text: &str) -> String {
        format!("<ins>{}</ins>", self.text(text))
    }
}

pub(super) struct Html {
    pub(super) lang: Lang,
}

const STYLE: &str = "body{font-family:sans-serif;line-height:1.7;max-width:60em;margin:2em auto;padding:0 1em}\
    del{background:#fdd;color:#900}ins{background:#dfd;color:#060;text-decoration:none}\
    li{margin:.5em 0}p{margin:.2em 0}";

impl Markup for Html {
    fn begin(&self, title: &str) -> String {
        let lang = match self.lang {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
        };
        let title = self.text(title);
        format!(
            "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
             <style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
        )
    }

    fn summary(&self, line: &str) -> String {
        format!("<p>{line}</p>\n")
    }

    fn section(&self, title: &str) -> String {
        format!("<h2>{title}</h2>\n")
    }

    fn item(&self, head: &str, lines: &[String]) -> String {
        let mut item = format!("<section>\n<h3>{head}</h3>\n");
        for line in lines {
            writeln!(item, "<p>{line}</p>").expect("a string takes all text");
        }
        item + "</section>\n"
    }

    fn end(&self) -> &'static str {
        "</body>\n</html>\n"
    }

    fn text(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for c in printable(text).chars() {
            match c {
                '&' => out += "&amp;",
                '<' => out += "&lt;",
                '>' => out += "&gt;",
                '"' => out += "&quot;",
                '\'' => out += "&#39;",
                '\n' => out += "<br>",
                c => out.push(c),
            }
        }
        out
    }

    fn removed(&self, text: &str) -> String {
        format!("<del>{}</del>", self.text(text))
    }

    fn added(&self, text: &str) -> String {
        format!("<ins>{}</ins>", self.text(text))
    }
}
