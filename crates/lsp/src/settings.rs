//! What the author sets in the editor, under `zhengming`.

use serde::Deserialize;
use serde_json::Value;
use zhengming::Lang;

/// The settings. Those that add to the text are off until asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Settings {
    /// `zh` or `en`; nothing means what the program was started with.
    pub(crate) language: Option<Lang>,
    /// A configuration file for all documents, in place of the nearest `zhengming.toml`.
    pub(crate) configuration: Option<String>,
    /// Clause numbers after official terms.
    pub(crate) inlay_hints: bool,
    /// Numbers of findings above headings.
    pub(crate) code_lens: bool,
    /// Colours for official terms.
    pub(crate) semantic_tokens: bool,
}

impl Settings {
    /// Reads `{…}` or `{ "zhengming": {…} }`; `null` stands for the defaults.
    ///
    /// # Errors
    /// What is wrong with a value, as serde says it.
    pub(crate) fn read(value: &Value) -> Result<Self, String> {
        let inner = value.get("zhengming").unwrap_or(value);
        if inner.is_null() {
            return Ok(Self::default());
        }
        // An editor may send null for what its user left unset.
        let mut inner = inner.clone();
        if let Value::Object(fields) = &mut inner {
            fields.retain(|_, value| !value.is_null() && *value != "");
        }
        serde_json::from_value(inner).map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn settings_come_bare_or_under_their_name_and_may_be_unset() {
        let expected = Settings { language: Some(Lang::En), inlay_hints: true, ..Settings::default() };
        let bare = json!({ "language": "en", "inlayHints": true, "codeLens": null, "configuration": "" });
        assert_eq!(Settings::read(&bare).as_ref(), Ok(&expected));
        assert_eq!(Settings::read(&json!({ "zhengming": bare })), Ok(expected));
        assert_eq!(Settings::read(&Value::Null), Ok(Settings::default()));
        assert!(Settings::read(&json!({ "inlayHints": "yes" })).is_err());
    }
}
