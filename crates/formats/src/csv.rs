//! Tables as text: every field a block.

use crate::parts::Parts;
use crate::plain;

pub(crate) fn read(source: &str, parts: &mut Parts) {
    plain::read(source, parts);
}
