//! Documents rolled up: by folder, each with what is below it, and by the organ that issued them.

use std::collections::BTreeMap;

use super::model::{DocumentRow, GroupRow};

/// How many of something come on a thousand characters, to the hundredth.
pub(super) fn rate(count: usize, characters: usize) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "counts of findings and characters")]
    (characters > 0).then(|| (count as f64 * 100_000.0 / characters as f64).round() / 100.0)
}

/// The folder in which all documents are, with the stroke behind it.
pub(super) fn shared(documents: &[DocumentRow]) -> &str {
    let mut paths = documents.iter().filter(|row| !row.is_folder).map(|row| row.path.as_str());
    let Some(first) = paths.next() else { return "" };
    let mut shared = folder(first);
    for path in paths {
        while !path.starts_with(shared) {
            shared = folder(shared.strip_suffix(['/', '\\']).unwrap_or_default());
        }
    }
    shared
}

/// The folder of a path, with the stroke behind it.
fn folder(path: &str) -> &str {
    path.rfind(['/', '\\']).map_or("", |end| &path[..=end])
}

/// Every folder below the shared one with all documents below it, in the order of names.
pub(super) fn folders(documents: &[DocumentRow]) -> Vec<GroupRow> {
    let shared = shared(documents).len();
    let mut found: BTreeMap<&str, GroupRow> = BTreeMap::new();
    for row in readable(documents) {
        let inside = &row.path[shared..];
        for (end, _) in inside.match_indices(['/', '\\']) {
            found.entry(&inside[..end]).or_default().add(row);
        }
    }
    named(found)
}

/// The organs that issued documents, those with most documents first.
pub(super) fn issuers(documents: &[DocumentRow]) -> Vec<GroupRow> {
    let mut found: BTreeMap<&str, GroupRow> = BTreeMap::new();
    for row in readable(documents) {
        if let Some(issuer) = &row.issuer {
            found.entry(issuer).or_default().add(row);
        }
    }
    let mut rows = named(found);
    rows.sort_by_key(|row| std::cmp::Reverse(row.documents));
    rows
}

fn readable(documents: &[DocumentRow]) -> impl Iterator<Item = &DocumentRow> {
    documents.iter().filter(|row| row.error.is_none() && !row.is_folder)
}

fn named(found: BTreeMap<&str, GroupRow>) -> Vec<GroupRow> {
    found.into_iter().map(|(name, row)| GroupRow { name: name.to_owned(), ..row }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(path: &str, issuer: Option<&str>, warnings: usize) -> DocumentRow {
        let issuer = issuer.map(str::to_owned);
        DocumentRow { issuer, warnings, characters: 2_000, ..DocumentRow::new(path) }
    }

    #[test]
    fn folders_hold_all_that_is_below_them() {
        let documents = [
            document("全部/甲/一.md", None, 3),
            document("全部/甲/下/二.md", None, 1),
            document("全部/乙/三.md", None, 0),
            document("全部/四.md", None, 9),
        ];
        let rows = folders(&documents);
        let told: Vec<_> =
            rows.iter().map(|row| (row.name.as_str(), row.documents, row.findings(), row.clean)).collect();
        assert_eq!(told, [("乙", 1, 0, 1), ("甲", 2, 4, 0), ("甲/下", 1, 1, 0)]);
        assert_eq!(shared(&documents), "全部/");
        assert_eq!(shared(&documents[..1]), "全部/甲/");
        assert_eq!(shared(&[document("a.md", None, 0), document("乙/b.md", None, 0)]), "");
        assert_eq!((rate(4, 4_000), rate(1, 0)), (Some(1.0), None));
    }

    #[test]
    fn organs_come_by_the_number_of_their_documents() {
        let documents = [
            document("a.md", Some("省厅"), 1),
            document("b.md", Some("办公厅"), 2),
            document("c.md", Some("办公厅"), 0),
            document("d.md", None, 5),
        ];
        let names: Vec<_> = issuers(&documents).into_iter().map(|row| (row.name, row.documents)).collect();
        assert_eq!(names, [("办公厅".to_owned(), 2), ("省厅".to_owned(), 1)]);
    }
}
