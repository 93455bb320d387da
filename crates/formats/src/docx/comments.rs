//! The review comments of a Word file.

use crate::part_error::PartError;
use crate::xml::{Node, Xml};

#[derive(Debug)]
pub(super) struct Comment {
    pub(super) id: String,
    pub(super) author: String,
    /// Its paragraphs, a line each.
    pub(super) text: String,
}

pub(super) fn read(text: &str, part: &str) -> Result<Vec<Comment>, PartError> {
    let mut comments: Vec<Comment> = Vec::new();
    let mut xml = Xml::in_part(text, part);
    let mut in_text = false;
    while let Some(node) = xml.node()? {
        match &node {
            Node::Open(tag) if tag.local() == "comment" => comments.push(Comment {
                id: tag.attribute("id").unwrap_or_default(),
                author: tag.attribute("author").unwrap_or_default(),
                text: String::new(),
            }),
            Node::Open(tag) => match tag.local() {
                "t" => in_text = true,
                "p" => push(&mut comments, "\n"),
                "tab" | "br" | "cr" => push(&mut comments, " "),
                "del" | "moveFrom" => xml.skip()?,
                _ => {}
            },
            Node::Close(name) if name.is("t") => in_text = false,
            Node::Text(text) if in_text => push(&mut comments, text),
            Node::Char(character) if in_text => push(&mut comments, character.encode_utf8(&mut [0; 4])),
            _ => {}
        }
    }
    for comment in &mut comments {
        comment.text = comment.text.trim().to_owned();
    }
    Ok(comments)
}

fn push(comments: &mut [Comment], text: &str) {
    if let Some(comment) = comments.last_mut() {
        comment.text.push_str(text);
    }
}
