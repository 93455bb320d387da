//! Numbers that lost their dash on the way through a PDF: `DB33/T 23502021`, `DB12/T 123120231政务`.

use zhengming_terms::register::Register;

/// Years that a standard may bear.
const YEARS: std::ops::RangeInclusive<u16> = 1980..=2039;
/// A run of digits this long holds a year: no serial number has so many.
const CERTAINLY_GLUED: usize = 8;
/// Longest page number that may be glued on.
const PAGE_DIGITS: usize = 3;

/// Where a run of digits falls apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Split {
    /// Digits of the serial number, or of its last part.
    pub(super) serial: usize,
    /// The year after it.
    pub(super) year: u16,
    /// Whether the register does not know the result.
    pub(super) guessed: bool,
}

/// Splits `run`, the last digits of a number that begins with `before`, e.g. `DB33/T ` or `GB/T 1.`.
pub(super) fn split(before: &str, run: &str, is_part: bool, register: Option<&Register>) -> Option<Split> {
    let known = |serial: usize| {
        register.and_then(|register| register.standard(&format!("{before}{}", &run[..serial])))
    };
    if known(run.len()).is_some() {
        return None;
    }
    let longest = if is_part { 3 } else { 6 };
    let options = (1..=longest).filter_map(|serial| {
        let year: u16 = run.get(serial..serial + 4)?.parse().ok()?;
        let rest = run.len() - serial - 4;
        (YEARS.contains(&year) && rest <= PAGE_DIGITS && !run.starts_with('0'))
            .then_some((serial, year, rest))
    });
    let options: Vec<_> = options.collect();
    let edition = |&&(serial, year, _): &&(usize, u16, usize)| {
        known(serial).is_some_and(|standard| standard.edition(&year.to_string()).is_some())
    };
    if let Some(&(serial, year, _)) = options.iter().find(edition) {
        return Some(Split { serial, year, guessed: false });
    }
    if let Some(&(serial, year, _)) = options.iter().find(|&&(serial, _, _)| known(serial).is_some()) {
        return Some(Split { serial, year, guessed: true });
    }
    if !is_part && run.len() < CERTAINLY_GLUED {
        return None;
    }
    let &(serial, year, _) = options.iter().min_by_key(|&&(_, _, rest)| rest)?;
    Some(Split { serial, year, guessed: true })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(before: &str, run: &str) -> Option<(usize, u16)> {
        split(before, run, before.ends_with('.'), None).map(|split| (split.serial, split.year))
    }

    #[test]
    fn long_runs_hold_a_year_and_perhaps_a_page_number() {
        assert_eq!(parts("DB33/T ", "23502021"), Some((4, 2021)));
        assert_eq!(parts("DB12/T ", "123120231"), Some((4, 2023)));
        assert_eq!(parts("DB2301/T ", "11320221"), Some((3, 2022)));
        assert_eq!(parts("GB/T ", "352732020"), Some((5, 2020)));
        assert_eq!(parts("GB/T 1.", "12020"), Some((1, 2020)));
    }

    #[test]
    fn serial_numbers_that_look_like_years_are_left_alone() {
        for run in ["20001", "32010", "22080", "12021", "19001"] {
            assert_eq!(parts("GB/T ", run), None, "{run}");
        }
    }
}
