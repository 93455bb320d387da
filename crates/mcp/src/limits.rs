//! How much a call may ask for and get.

use std::time::Duration;

/// Longest text that is taken, in bytes: some 300,000 Chinese characters, ten times a long report.
pub const TEXT: usize = 1_000_000;
/// Largest file that is read, in bytes. The largest of a thousand office documents had 14 MB.
pub const FILE: u64 = 32_000_000;
/// Findings in an answer unless the caller asks for more or fewer, and at most. Fifty are some 30 KB.
pub const FINDINGS: usize = 50;
/// See [`FINDINGS`].
pub const MOST_FINDINGS: usize = 200;
/// Terms, definitions and standards in an answer.
pub const ROWS: usize = 20;
/// Longest word or number that is looked up, in characters.
pub const WORD: usize = 100;
/// Time for a call. A statute takes a hundredth of a second; a scanned book in PDF is what takes long.
pub const TIME: Duration = Duration::from_secs(30);
/// Calls at work at once; others wait for their turn within their time.
pub const AT_ONCE: usize = 2;
