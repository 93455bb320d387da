//! Marks: where sentences, clauses and members of a list end; brackets, quotation marks and what they enclose.

/// What ends a sentence.
pub const SENTENCE_ENDS: [char; 6] = ['。', '！', '？', '!', '?', '｡'];
/// What ends a sentence or sets off one of its statements: the sentence ends and both semicolons.
pub const STOPS: [char; 8] = ['。', '！', '？', '!', '?', '｡', '；', ';'];
/// What ends a statement or announces one: stops and colons.
pub const STATEMENT_ENDS: [char; 11] = ['。', '！', '？', '!', '?', '｡', '；', ';', '：', ':', '︰'];
/// Both semicolons.
pub const SEMICOLONS: [char; 2] = ['；', ';'];
/// Both colons, and the one that presentation forms have.
pub const COLONS: [char; 3] = ['：', ':', '︰'];
/// Both commas.
pub const COMMAS: [char; 3] = ['，', ',', '﹐'];
/// What divides the members of a list: 甲、乙.
pub const PAUSES: [char; 2] = ['、', '﹑'];
/// What ends a clause: stops, commas, colons.
pub const CLAUSE_ENDS: [char; 14] =
    ['。', '！', '？', '!', '?', '｡', '；', ';', '，', ',', '﹐', '：', ':', '︰'];
/// What ends a clause or a member of a list in it.
pub const PART_ENDS: [char; 16] =
    ['。', '！', '？', '!', '?', '｡', '；', ';', '，', ',', '﹐', '：', ':', '︰', '、', '﹑'];
/// What joins the last members of a list, in one character.
pub const JOINTS: [char; 4] = ['和', '与', '及', '或'];

/// Opening round brackets.
pub const OPEN_ROUND: [char; 2] = ['（', '('];
/// Closing round brackets.
pub const CLOSE_ROUND: [char; 2] = ['）', ')'];
/// Opening brackets of every shape: what they enclose is an aside.
pub const OPEN_BRACKETS: [char; 7] = ['（', '(', '〔', '﹝', '[', '［', '【'];
/// Closing brackets of every shape.
pub const CLOSE_BRACKETS: [char; 7] = ['）', ')', '〕', '﹞', ']', '］', '】'];
/// Opening brackets that are not round.
pub const OPEN_SQUARE: [char; 5] = ['[', '［', '【', '〔', '﹝'];
/// Closing brackets that are not round.
pub const CLOSE_SQUARE: [char; 5] = [']', '］', '】', '〕', '﹞'];
/// Opening quotation marks that tell their side.
pub const OPEN_QUOTES: [char; 5] = ['“', '‘', '「', '『', '〝'];
/// Closing quotation marks that tell their side.
pub const CLOSE_QUOTES: [char; 5] = ['”', '’', '」', '』', '〞'];
/// Opening marks of titles.
pub const OPEN_TITLES: [char; 2] = ['《', '〈'];
/// Closing marks of titles.
pub const CLOSE_TITLES: [char; 2] = ['》', '〉'];

/// Where round brackets open in `text`. They are told by their first bytes, which few characters share.
pub fn round_brackets(text: &str) -> impl Iterator<Item = usize> {
    let (wide, narrow) = (OPEN_ROUND[0], OPEN_ROUND[1]);
    let bytes = text.as_bytes();
    let may_begin = memchr::memchr2_iter(0xEF, narrow as u8, bytes);
    may_begin.filter(move |&at| bytes[at] == narrow as u8 || text[at..].starts_with(wide))
}

/// Whether the character opens something that another one closes.
pub fn opens(c: char) -> bool {
    OPEN_BRACKETS.contains(&c) || OPEN_QUOTES.contains(&c) || OPEN_TITLES.contains(&c)
}

/// Whether the character closes what another one opened.
pub fn closes(c: char) -> bool {
    CLOSE_BRACKETS.contains(&c) || CLOSE_QUOTES.contains(&c) || CLOSE_TITLES.contains(&c)
}

/// Whether the character ends a sentence.
pub fn ends_sentence(c: char) -> bool {
    SENTENCE_ENDS.contains(&c)
}

/// Whether the character ends a clause.
pub fn ends_clause(c: char) -> bool {
    CLAUSE_ENDS.contains(&c)
}

/// How deep in brackets, quotations and titles a reader is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Depth(u32);

impl Depth {
    /// Goes on over one character; a mark that closes nothing is passed.
    pub fn see(&mut self, c: char) {
        if opens(c) {
            self.0 += 1;
        } else if closes(c) {
            self.0 = self.0.saturating_sub(1);
        }
    }

    /// Goes back over one character: a reader that walks from the end.
    pub fn see_back(&mut self, c: char) {
        if closes(c) {
            self.0 += 1;
        } else if opens(c) {
            self.0 = self.0.saturating_sub(1);
        }
    }

    /// Whether nothing is open.
    pub fn is_outside(self) -> bool {
        self.0 == 0
    }
}

/// What the bracket holds with which `text` begins, and what follows it.
pub fn bracket_at(text: &str) -> Option<(&str, &str)> {
    let open = text.chars().next().filter(|c| OPEN_BRACKETS.contains(c))?;
    let mut depth = 0u32;
    for (at, c) in text.char_indices() {
        if OPEN_BRACKETS.contains(&c) {
            depth += 1;
        } else if CLOSE_BRACKETS.contains(&c) {
            depth -= 1;
            if depth == 0 {
                return Some((&text[open.len_utf8()..at], &text[at + c.len_utf8()..]));
            }
        }
    }
    None
}

/// What stands before the bracket with which `text` ends, and what that holds.
pub fn bracket_before(text: &str) -> Option<(&str, &str)> {
    let close = text.chars().next_back().filter(|c| CLOSE_BRACKETS.contains(c))?;
    let mut depth = 0u32;
    for (at, c) in text.char_indices().rev() {
        if CLOSE_BRACKETS.contains(&c) {
            depth += 1;
        } else if OPEN_BRACKETS.contains(&c) {
            depth -= 1;
            if depth == 0 {
                return Some((&text[..at], &text[at + c.len_utf8()..text.len() - close.len_utf8()]));
            }
        }
    }
    None
}

/// Whether every bracket in `text` is closed and none is closed that was not opened.
pub fn is_balanced(text: &str) -> bool {
    let mut depth = 0i32;
    for c in text.chars() {
        if OPEN_BRACKETS.contains(&c) {
            depth += 1;
        } else if CLOSE_BRACKETS.contains(&c) {
            depth -= 1;
            if depth < 0 {
                return false;
            }
        }
    }
    depth == 0
}

/// `text` without what stands in brackets.
pub fn outside_brackets(text: &str) -> String {
    let mut depth = 0u32;
    let mut outside = String::with_capacity(text.len());
    for c in text.chars() {
        if OPEN_BRACKETS.contains(&c) {
            depth += 1;
        } else if CLOSE_BRACKETS.contains(&c) {
            depth = depth.saturating_sub(1);
        } else if depth == 0 {
            outside.push(c);
        }
    }
    outside
}

/// `text` up to the first of `ends` that stands outside brackets, quotations and titles.
pub fn until<'t>(text: &'t str, ends: &[char]) -> &'t str {
    let mut depth = Depth::default();
    for (at, c) in text.char_indices() {
        if depth.is_outside() && ends.contains(&c) {
            return &text[..at];
        }
        depth.see(c);
    }
    text
}

/// The parts of `text` between `ends` that stand outside brackets, quotations and titles.
pub fn parts<'t>(text: &'t str, ends: &[char]) -> Vec<&'t str> {
    let mut parts = Vec::new();
    let mut rest = text;
    loop {
        let part = until(rest, ends);
        parts.push(part);
        let Some(end) = rest[part.len()..].chars().next() else { return parts };
        rest = &rest[part.len() + end.len_utf8()..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_has_its_partner() {
        for (open, close) in [
            (&OPEN_BRACKETS[..], &CLOSE_BRACKETS[..]),
            (&OPEN_QUOTES[..], &CLOSE_QUOTES[..]),
            (&OPEN_TITLES[..], &CLOSE_TITLES[..]),
            (&OPEN_SQUARE[..], &CLOSE_SQUARE[..]),
        ] {
            assert_eq!(open.len(), close.len());
        }
        assert!(CLAUSE_ENDS.iter().all(|end| PART_ENDS.contains(end)));
        assert!(STOPS.iter().all(|end| CLAUSE_ENDS.contains(end)));
        assert!(SENTENCE_ENDS.iter().all(|end| STOPS.contains(end)));
    }

    #[test]
    fn brackets_are_read_from_either_side() {
        assert_eq!(bracket_at("（区（市））甲"), Some(("区（市）", "甲")));
        assert_eq!(bracket_at("甲（乙）"), None);
        assert_eq!(bracket_at("（乙"), None);
        assert_eq!(bracket_before("甲（以下简称区（市）乙）"), Some(("甲", "以下简称区（市）乙")));
        assert_eq!(bracket_before("甲）"), None);
        assert_eq!(outside_brackets("甲（乙〔丙〕）丁"), "甲丁");
        assert!(is_balanced("甲（乙）") && !is_balanced("甲）（乙"));
    }

    #[test]
    fn round_brackets_of_either_width_are_found() {
        let text = "甲（乙），(丙)：（";
        assert_eq!(round_brackets(text).collect::<Vec<_>>(), [3, 15, 23]);
        assert!(round_brackets(text).all(|at| text[at..].starts_with(OPEN_ROUND)));
    }

    #[test]
    fn marks_in_quotations_end_nothing() {
        assert_eq!(until("甲“乙。丙”丁。戊", &SENTENCE_ENDS), "甲“乙。丙”丁");
        assert_eq!(parts("甲、“乙、丙”、丁", &PAUSES), ["甲", "“乙、丙”", "丁"]);
        assert_eq!(parts("", &PAUSES), [""]);
    }
}
