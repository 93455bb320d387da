//! The relations between two editions as an overlay dictionary, and the clause map read back from it.
//!
//! No form of its own is needed. An entry of the overlay has the clause of the newer edition; its
//! `source` names the older edition with the older clause, as `[来源：…]` does in a standard; a former
//! name is a superseded designation.

use std::fmt::Write as _;

use super::{EditionDiff, Kept, Matched};
use crate::dictionary::{Dictionary, Layer};

/// Where a clause of the older edition went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedClause {
    /// As the older edition was cited, e.g. `DB33/T 2350—2021，3.1.1.3`.
    pub from: String,
    /// The clause of the newer edition, e.g. `3.1.1.2`.
    pub to: String,
    /// The concept's id.
    pub concept: String,
}

/// The clause map that an overlay written by [`supersedes_toml`] holds; empty for other dictionaries.
pub fn clause_map(overlay: &Dictionary) -> Vec<MovedClause> {
    if overlay.header().layer != Layer::Overlay {
        return Vec::new();
    }
    let moved = overlay.concepts().iter().filter_map(|concept| {
        Some(MovedClause {
            from: concept.source.clone()?,
            to: concept.clause.clone()?,
            concept: concept.id.clone(),
        })
    });
    moved.collect()
}

/// An overlay that says what became of the older edition's names and clauses, for
/// [`Dictionary::from_toml`].
pub fn supersedes_toml(diff: &EditionDiff) -> String {
    let (old, new) = (&diff.old, &diff.new);
    let mut out = format!("# {} → {}：名称与条目编号对照\n#\n", old.citation, new.citation);
    out += "# clause 是新版条目编号，source 是旧版条目；superseded 是旧版名称。\n";
    out += "# 注明“推定”的，是由定义相近推出的，使用前请核对。\n";
    list(&mut out, "新版已删去", diff.removed.iter().map(|entry| (&entry.citation, &entry.term)));
    list(&mut out, "新版新增", diff.added.iter().map(|entry| (&entry.citation, &entry.term)));
    out += "\n[dictionary]\n";
    key(&mut out, "id", &format!("{}-supersedes-{}", new.id, old.id));
    key(&mut out, "title", &format!("{}对{}的名称与条目编号对照", new.citation, old.citation));
    key(&mut out, "layer", "overlay");
    if let Some(edition) = &new.edition {
        key(&mut out, "edition", edition);
    }
    key(&mut out, "citation", &new.citation);
    for kept in &diff.kept {
        concept(&mut out, diff, kept);
    }
    out
}

fn list<'e>(out: &mut String, title: &str, entries: impl Iterator<Item = (&'e String, &'e String)>) {
    for (index, (citation, term)) in entries.enumerate() {
        if index == 0 {
            writeln!(out, "#\n# {title}：").expect("a string takes all text");
        }
        // A line break in a term would end the comment.
        let term = term.replace(['\n', '\r'], " ");
        writeln!(out, "#   {term}（{}）", citation.replace(['\n', '\r'], " "))
            .expect("a string takes all text");
    }
}

fn concept(out: &mut String, diff: &EditionDiff, kept: &Kept) {
    let clauses = kept.old.clause.is_some() && kept.new.clause.is_some();
    if !clauses && !kept.is_renamed() {
        return;
    }
    *out += "\n[[concept]]\n";
    key(out, "id", &kept.new.id);
    key(out, "term", &kept.new.term);
    if let Some(domain) = &kept.new.domain {
        key(out, "domain", domain);
    }
    if clauses {
        key(out, "clause", kept.new.clause.as_deref().unwrap_or_default());
        key(out, "source", &kept.old.citation);
    }
    if kept.is_renamed() {
        let since = diff.new.since.map(|day| format!(", since = \"{day}\"")).unwrap_or_default();
        let how = match kept.matched {
            Matched::Definition(similarity) => format!("（推定：两版定义相似度 {similarity:.2}）"),
            _ => String::new(),
        };
        let note = format!("{}改称“{}”{how}。", kept.new.citation, kept.new.term);
        writeln!(
            out,
            "superseded = [{{ text = {}{since}, note = {} }}]",
            quoted(&kept.old.term),
            quoted(&note)
        )
        .expect("a string takes all text");
    }
}

fn key(out: &mut String, name: &str, value: &str) {
    writeln!(out, "{name} = {}", quoted(value)).expect("a string takes all text");
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out += "\\n",
            '\t' => out += "\\t",
            c if c.is_control() => write!(out, "\\u{:04X}", c as u32).expect("a string takes all text"),
            c => out.push(c),
        }
    }
    out + "\""
}
