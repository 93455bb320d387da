//! Writes the JSON Schema of `zhengming.toml`.

use std::fs;

/// Writes `zhengming.schema.json`.
pub(crate) fn build() -> Result<(), String> {
    let target = "zhengming.schema.json";
    let text =
        serde_json::to_string_pretty(&zhengming_config::schema()).map_err(|error| error.to_string())?;
    fs::write(target, text + "\n").map_err(|error| format!("{target}: {error}"))
}
