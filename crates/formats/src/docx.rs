//! Word documents (Office Open XML).

use crate::ReadError;
use crate::parts::Parts;

pub(crate) fn read(_bytes: &[u8], _parts: &mut Parts) -> Result<String, ReadError> {
    Err(ReadError::Binary)
}
