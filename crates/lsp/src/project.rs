//! The files of a project that commands write into: `zhengming.toml` and the project's dictionary.

use std::path::{Path, PathBuf};

use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, TomlError, Value, value};

/// The dictionary that is made where a project has none of its own, without the ending.
const DICTIONARY: &str = "terms/house";
/// What the header of an official edition tells and that of a list of one's own does not.
const OF_EDITIONS: [&str; 6] = ["series", "edition", "citation", "issuer", "status", "published"];

/// `text`, a configuration, with `term` among the words never reported. Nothing if it is there already.
///
/// # Errors
/// If the text is no TOML, or has something else in that place.
pub(crate) fn allow(text: &str, term: &str) -> Result<Option<String>, TomlError> {
    let mut document: DocumentMut = text.parse()?;
    let terms = document.entry("terms").or_insert_with(|| Item::Table(Table::new()));
    let added = terms
        .as_table_like_mut()
        .map(|terms| terms.entry("allow").or_insert_with(|| value(Array::new())))
        .and_then(Item::as_array_mut)
        .map(|allow| add(allow, term));
    match added {
        Some(true) => Ok(Some(document.to_string())),
        Some(false) => Ok(None),
        // A second table of the name says what is wrong and where, in the parser's own words.
        None => Err(misplaced("[terms]\nallow = []", text)),
    }
}

/// The project's own dictionary as `text`, its configuration, names it: the last TOML file of the list that `is_own`.
/// Where there is none, a place for one, and the configuration that names it; built-in dictionaries that the list
/// does not name lie below it anyway.
///
/// # Errors
/// If the text is no TOML, or has something else in that place.
pub(crate) fn dictionary(
    text: &str,
    folder: &Path,
    is_own: impl Fn(&Path) -> bool,
) -> Result<(PathBuf, Option<String>), TomlError> {
    let mut document: DocumentMut = text.parse()?;
    let item = document.entry("dictionaries").or_insert_with(|| value(Array::new()));
    let Some(list) = item.as_array_mut() else { return Err(misplaced("dictionaries = []", text)) };
    let is_file = |name: &&str| !name.starts_with("builtin:") && name.ends_with(".toml");
    let files = list.iter().filter_map(Value::as_str).filter(is_file).map(|name| folder.join(name));
    if let Some(own) = files.filter(|path| is_own(path)).last() {
        return Ok((own, None));
    }
    let numbered = (2..).map(|number| format!("{DICTIONARY}-{number}.toml"));
    let mut names = std::iter::once(format!("{DICTIONARY}.toml")).chain(numbered);
    let name = names.find(|name| is_own(&folder.join(name))).expect("numbers do not end before files do");
    add(list, &name);
    // A key of the root must stand before the first table.
    Ok((folder.join(name), Some(document.to_string())))
}

/// Whether `text`, a dictionary, is a list of one's own: it says that it is an overlay or a house rule, or says
/// nothing of an official edition. So does an empty one, and a broken one, which is not written into anyway.
pub(crate) fn is_own(text: &str) -> bool {
    let Ok(document) = text.parse::<DocumentMut>() else { return true };
    let Some(header) = document.get("dictionary") else { return true };
    let says = |key: &str| header.get(key).and_then(Item::as_str);
    match (says("layer"), says("authority")) {
        (_, Some(authority)) => authority == "house",
        (Some("overlay"), None) => true,
        _ => OF_EDITIONS.iter().all(|key| header.get(key).is_none()),
    }
}

/// `text`, a dictionary, with `term` as a concept of its own, or as an admitted name of the concept with the given
/// id and preferred designation. Nothing if it is there already.
///
/// # Errors
/// If the text is no TOML, or has something else in that place.
pub(crate) fn add_term(
    text: &str,
    term: &str,
    concept: Option<(&str, &str)>,
) -> Result<Option<String>, TomlError> {
    let mut document: DocumentMut = text.parse()?;
    if document.get("dictionary").is_none() {
        let mut header = Table::new();
        header["id"] = value("house");
        header["title"] = value("本单位用语");
        header["layer"] = value("overlay");
        document["dictionary"] = Item::Table(header);
    }
    let concepts = document.entry("concept").or_insert_with(|| Item::ArrayOfTables(Default::default()));
    let Some(concepts) = concepts.as_array_of_tables_mut() else {
        return Err(misplaced("[[concept]]", text));
    };
    let named =
        |table: &&mut Table, key: &str, wanted: &str| table.get(key).and_then(Item::as_str) == Some(wanted);
    let preferred = concept.map_or(term, |(_, preferred)| preferred);
    let known = concepts.iter_mut().find(|table| {
        named(table, "term", preferred) || concept.is_some_and(|(id, _)| named(table, "id", id))
    });
    let Some((id, preferred)) = concept else {
        if known.is_some() {
            return Ok(None);
        }
        let mut table = Table::new();
        table["term"] = value(term);
        concepts.push(table);
        return Ok(Some(document.to_string()));
    };
    match known {
        Some(table) => {
            let admitted = table.entry("admitted").or_insert_with(|| value(Array::new()));
            let Some(admitted) = admitted.as_array_mut() else {
                return Err(misplaced("admitted = []", text));
            };
            if !add(admitted, term) {
                return Ok(None);
            }
        }
        None => {
            let mut table = Table::new();
            if id != preferred {
                table["id"] = value(id);
            }
            table["term"] = value(preferred);
            table["admitted"] = value(Array::from_iter([term]));
            concepts.push(table);
        }
    }
    Ok(Some(document.to_string()))
}

/// Adds `text` in the layout of the array; says whether it was not there before.
fn add(array: &mut Array, text: &str) -> bool {
    let is_known = |item: &Value| {
        item.as_str() == Some(text)
            || item.as_inline_table().and_then(|table: &InlineTable| table.get("text")?.as_str())
                == Some(text)
    };
    if array.iter().any(is_known) {
        return false;
    }
    let layout = array.iter().last().and_then(|last| last.decor().prefix()?.as_str().map(str::to_owned));
    let mut item = Value::from(text);
    match layout {
        Some(layout) if layout.contains('\n') => {
            // Comments of the last line stay where they are.
            let indent = layout.rsplit('\n').next().unwrap_or_default();
            item.decor_mut().set_prefix(format!("\n{indent}"));
            array.push_formatted(item);
        }
        _ => array.push(item),
    }
    true
}

/// The parser's error for `key` given twice, in place of one for a value of the wrong kind.
fn misplaced(key: &str, text: &str) -> TomlError {
    let doubled = format!("{text}\n{key}\n");
    match doubled.parse::<DocumentMut>() {
        Err(error) => error,
        Ok(_) => "=".parse::<DocumentMut>().expect_err("no key before the sign"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_allowed_once_and_comments_stay() {
        assert_eq!(allow("", "甲").unwrap().unwrap(), "[terms]\nallow = [\"甲\"]\n");
        let text = "# 说明\n[terms]\nallow = [\n  \"乙\", # 省里的叫法\n]\n\n[rules]\n";
        let with = allow(text, "甲").unwrap().unwrap();
        assert!(with.starts_with("# 说明\n[terms]\nallow = [\n  \"乙\","), "{with}");
        assert!(with.contains("# 省里的叫法") && with.contains("\n  \"甲\""), "{with}");
        assert_eq!(allow(&with, "甲").unwrap(), None);
        assert!(allow("[terms]\nallow = 1", "甲").is_err());
        assert!(allow("[terms", "甲").is_err());
    }

    #[test]
    fn the_last_file_of_the_list_is_the_projects_dictionary() {
        let folder = Path::new("/p");
        let text = "dictionaries = [\"builtin:zhejiang\", \"a.toml\", \"b.toml\", \"c.tsv\"]";
        assert_eq!(dictionary(text, folder, |_| true).unwrap(), (folder.join("b.toml"), None));
        let (path, config) = dictionary("[rules]\n", folder, |_| true).unwrap();
        assert_eq!(path, folder.join("terms/house.toml"));
        assert_eq!(config.unwrap(), "dictionaries = [\"terms/house.toml\"]\n[rules]\n");
    }

    #[test]
    fn official_editions_are_passed_over() {
        let folder = Path::new("/p");
        let text = "dictionaries = [\"a.toml\", \"b.toml\"]";
        let a = |path: &Path| path.ends_with("a.toml");
        assert_eq!(dictionary(text, folder, a).unwrap(), (folder.join("a.toml"), None));
        let second = |path: &Path| path.ends_with("house-2.toml");
        let (path, config) = dictionary(text, folder, second).unwrap();
        assert_eq!(path, folder.join("terms/house-2.toml"));
        assert_eq!(config.unwrap(), "dictionaries = [\"a.toml\", \"b.toml\", \"terms/house-2.toml\"]\n");
        for (header, own) in [
            ("", true),
            ("layer = \"overlay\"", true),
            ("authority = \"house\"\nissuer = \"云溪市\"", true),
            ("layer = \"overlay\"\nedition = \"2024\"", true),
            ("edition = \"2021\"", false),
            ("authority = \"local-standard\"", false),
            ("layer = \"official\"\ncitation = \"DB33/T 2350—2021\"", false),
        ] {
            assert_eq!(is_own(&format!("[dictionary]\n{header}\n")), own, "{header}");
        }
        assert!(is_own("") && is_own("[dictionary"));
    }

    #[test]
    fn terms_become_concepts_or_admitted_names() {
        let one = add_term("", "溪事速办", None).unwrap().unwrap();
        assert!(one.contains("layer = \"overlay\"") && one.contains("term = \"溪事速办\""), "{one}");
        assert_eq!(add_term(&one, "溪事速办", None).unwrap(), None);
        let two = add_term(&one, "浙政盯", Some(("zhezhengding", "浙政钉"))).unwrap().unwrap();
        assert!(two.contains("id = \"zhezhengding\"\nterm = \"浙政钉\"\nadmitted = [\"浙政盯\"]"), "{two}");
        let three = add_term(&two, "浙钉", Some(("zhezhengding", "浙政钉"))).unwrap().unwrap();
        assert!(three.contains("admitted = [\"浙政盯\", \"浙钉\"]"), "{three}");
        assert!(zhengming::Dictionary::from_toml("house.toml", &three).is_ok());
    }
}
