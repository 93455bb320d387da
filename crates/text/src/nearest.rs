//! The known word that was probably meant by one that is not known.

/// The one of `known` that `word` comes nearest to, if it could be a slip of it: one letter in three may
/// differ.
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let length = word.chars().count();
    let most = (length / 3).max(1);
    known
        .into_iter()
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= most)
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|&(distance, _)| distance <= most)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_recognised_and_other_words_are_not() {
        let known = ["near-miss-term", "stale-edition", "variant"];
        assert_eq!(nearest("near-mis-term", known), Some("near-miss-term"));
        assert_eq!(nearest("stale-editoin", known), Some("stale-edition"));
        assert_eq!(nearest("varient", known), Some("variant"));
        assert_eq!(nearest("undefined", known), None);
    }
}
