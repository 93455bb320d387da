//! Several values in one cell of a table: how they are joined and taken apart.

/// Terms in one cell: separated by `；`, else one a line, else as a JSON array. The first form from which
/// [`split_words`] gives the same values is taken.
pub(crate) fn join_words(values: &[String]) -> String {
    first_faithful(values, [values.join("；"), values.join("\n")], |cell| split_words(cell, &['；', ';']))
}

/// A single term in a cell: as it stands, unless it looks like several.
pub(crate) fn join_term(term: &str) -> String {
    first_faithful(&[term.to_owned()], [term.to_owned(), String::new()], |cell| split_words(cell, &[]))
}

/// Sentences in one cell: one a line, continued by lines that begin with an ideographic space, else as a
/// JSON array. Semicolons belong to the sentences.
pub(crate) fn join_lines(values: &[String]) -> String {
    let lines: Vec<String> = values.iter().map(|value| value.replace('\n', "\n\u{3000}")).collect();
    first_faithful(values, [values.join("\n"), lines.join("\n")], split_lines)
}

fn first_faithful(values: &[String], forms: [String; 2], split: impl Fn(&str) -> Vec<String>) -> String {
    let faithful = |form: &String| split(form) == values && form.trim() == form;
    forms.into_iter().find(faithful).unwrap_or_else(|| serde_json::to_string(values).unwrap_or_default())
}

pub(super) fn split_words(cell: &str, separators: &[char]) -> Vec<String> {
    if let Some(values) = json_array(cell) {
        return values;
    }
    let parts: Vec<&str> =
        if cell.contains('\n') { cell.lines().collect() } else { cell.split(separators).collect() };
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

pub(super) fn split_lines(cell: &str) -> Vec<String> {
    if let Some(values) = json_array(cell) {
        return values;
    }
    let mut values: Vec<String> = Vec::new();
    for line in cell.split('\n') {
        match (line.strip_prefix('\u{3000}'), values.last_mut()) {
            (Some(rest), Some(last)) => {
                last.push('\n');
                last.push_str(rest);
            }
            _ if line.trim().is_empty() => {}
            _ => values.push(line.trim_end_matches('\r').to_owned()),
        }
    }
    values
}

fn json_array(cell: &str) -> Option<Vec<String>> {
    cell.starts_with("[\"").then(|| serde_json::from_str(cell).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn owned(values: &[&str]) -> Vec<String> {
        values.iter().map(|&value| value.to_owned()).collect()
    }

    #[test]
    fn words_are_joined_in_the_plainest_form_that_keeps_them_apart() {
        assert_eq!(join_words(&owned(&["数据集", "数据集合"])), "数据集；数据集合");
        assert_eq!(join_words(&owned(&["甲；乙", "丙"])), "甲；乙\n丙");
        assert_eq!(join_words(&owned(&["甲；乙"])), "[\"甲；乙\"]");
        assert_eq!(join_words(&[]), "");
    }

    #[test]
    fn notes_keep_semicolons_and_paragraphs() {
        assert_eq!(join_lines(&owned(&["一是甲；二是乙。"])), "一是甲；二是乙。");
        assert_eq!(join_lines(&owned(&["包括：\n——甲", "另见乙。"])), "包括：\n\u{3000}——甲\n另见乙。");
    }

    proptest! {
        #[test]
        fn joining_is_undone_by_splitting(values in proptest::collection::vec("[甲乙a；;、\\n\\r\u{3000} \\[\"]{0,6}", 0..4)) {
            prop_assert_eq!(split_words(&join_words(&values), &['；', ';']), values.clone());
            prop_assert_eq!(split_lines(&join_lines(&values)), values);
        }
    }
}
