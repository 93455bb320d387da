//! What can be told of OLE files, the binary ones of old Word, Excel and WPS, without reading them.

use memchr::memmem;

/// How an OLE file begins.
pub(crate) const SIGNATURE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Whether the directory of the file names this stream, which it does in UTF-16.
pub fn holds_stream(bytes: &[u8], name: &str) -> bool {
    let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    memmem::find(bytes, &name).is_some()
}

/// Whether the document was encrypted with a password: a package of today inside, or a text of old Word whose
/// head, which begins a sector, says so.
pub fn is_encrypted(bytes: &[u8]) -> bool {
    const HEAD: [u8; 2] = [0xEC, 0xA5];
    let mut sectors = bytes.chunks_exact(512);
    let is_locked = |head: &[u8]| head[11] & 1 == 1;
    holds_stream(bytes, "EncryptedPackage")
        || holds_stream(bytes, "WordDocument")
            && sectors.find(|sector| sector.starts_with(&HEAD)).is_some_and(is_locked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ReadError, read};

    #[test]
    fn encrypted_files_are_told_from_old_ones() {
        let stream = |name: &str| name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let file = |name: &str, flags: u8| {
            let mut bytes = SIGNATURE.to_vec();
            bytes.resize(512, 0);
            bytes.extend([0xEC, 0xA5, 0, 0, 0, 0, 0, 0, 0, 0, 0, flags]);
            bytes.resize(1024, 0);
            bytes.extend(stream(name));
            bytes
        };
        let refusal = |bytes: &[u8]| read("a.doc", bytes).unwrap_err();
        assert_eq!(refusal(&file("WordDocument", 0)), ReadError::Legacy);
        assert!(refusal(&file("WordDocument", 1)).text().zh.contains("已用密码加密"));
        assert!(refusal(&file("EncryptedPackage", 0)).text().zh.contains("已用密码加密"));
        assert_eq!(refusal(&file("Workbook", 1)), ReadError::Legacy);
    }
}
