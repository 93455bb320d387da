//! How often each rule found something, for `--statistics`.

use std::io;

use zhengming::internal::rule_name;
use zhengming_text::message::Lang;

use crate::summary::Summary;
use crate::words::Words;

/// Writes the number of findings per rule, the most frequent rule first, and the total.
pub fn write_statistics(summary: &Summary, lang: Lang, out: &mut dyn io::Write) -> io::Result<()> {
    let mut rules: Vec<(&str, usize)> = summary.by_rule.iter().map(|(&rule, &count)| (rule, count)).collect();
    // Stable, and the rules come sorted by id.
    rules.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    let total: usize = rules.iter().map(|(_, count)| count).sum();
    let width = total.to_string().len();

    let mut text = String::new();
    for (name, count) in rules.into_iter().chain([(Words::of(lang).total, total)]) {
        let shown = rule_name(name, lang);
        let shown = if shown == name { String::new() } else { format!("  {shown}") };
        text += &format!("{count:>width$}  {name}{shown}\n");
    }
    out.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(rules: &[(&'static str, usize)], lang: Lang, expected: &str) {
        let summary = Summary { by_rule: rules.iter().copied().collect(), ..Summary::default() };
        let mut out = Vec::new();
        write_statistics(&summary, lang, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn frequent_rules_come_first_and_equal_ones_by_id() {
        let rules = [("superseded-term", 2), ("nonstandard-variant", 11), ("near-miss-term", 2)];
        let expected = "11  nonstandard-variant  不规范用语\n 2  near-miss-term  疑似笔误\n 2  superseded-term  旧名称\n15  合计\n";
        check(&rules, Lang::Zh, expected);
    }

    #[test]
    fn nothing_found_is_a_total_too() {
        check(&[], Lang::En, "0  total\n");
    }
}
