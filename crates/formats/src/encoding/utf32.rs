//! UTF-32, which `encoding_rs` does not know; only with a byte order mark.

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Little,
    Big,
}

impl Form {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Little => "UTF-32LE",
            Self::Big => "UTF-32BE",
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        [Self::Little, Self::Big].into_iter().find(|form| form.name() == name)
    }

    /// The bytes of a character.
    pub(super) fn bytes(self, c: char) -> [u8; 4] {
        match self {
            Self::Little => u32::from(c).to_le_bytes(),
            Self::Big => u32::from(c).to_be_bytes(),
        }
    }
}

/// The form that the byte order mark names. `FF FE 00 00` would be UTF-16 of a text that begins with NUL.
pub(super) fn of_bom(bytes: &[u8]) -> Option<Form> {
    let form = match bytes.first_chunk()? {
        [0xFF, 0xFE, 0, 0] => Form::Little,
        [0, 0, 0xFE, 0xFF] => Form::Big,
        _ => return None,
    };
    bytes.len().is_multiple_of(4).then_some(form)
}

/// The text, or the offset of the first bytes that are no character.
pub(super) fn decode(bytes: &[u8], form: Form) -> Result<String, usize> {
    let (units, rest) = bytes.as_chunks::<4>();
    let mut text = String::with_capacity(bytes.len());
    for (at, unit) in units.iter().enumerate() {
        let code = match form {
            Form::Little => u32::from_le_bytes(*unit),
            Form::Big => u32::from_be_bytes(*unit),
        };
        text.push(char::from_u32(code).ok_or(4 * at)?);
    }
    if rest.is_empty() { Ok(text) } else { Err(bytes.len() - rest.len()) }
}
