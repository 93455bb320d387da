//! Why the editor gets no answer to a request.

use zhengming::Text;

/// Why a request gets no result.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The editor no longer wants it.
    Cancelled,
    /// The text it asks of was closed before the answer was there.
    Closed,
    /// The parameters are not what the protocol says.
    Invalid(String),
    /// There is no such request.
    Unknown(String),
    /// It cannot be done; why.
    Refused(Text),
    /// A defect of ours.
    Panic(String),
}
