//! What was compiled once, as bytes, to be read again by the next run.
//!
//! A stored form is verified before any of it is used: magic, format, the key that its maker gave it (of
//! what it was compiled from, by which program), and a digest over all of its content. What does not verify
//! is no stored form. While it is verified, what is needed at once is taken into memory; the rest is read
//! when it is asked for, and most of it never is.

pub(crate) mod array;

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use twox_hash::XxHash3_128;

use array::Fixed;

/// Changed whenever the layout changes.
const MAGIC: &[u8; 8] = b"zhengm\x01\n";
/// The longest stored form, in bytes: what is longer is none, and what would become longer is not stored.
pub const LONGEST: u64 = 1 << 30;
/// Bytes that are read at a time where they need not be kept.
const STEP: usize = 1 << 16;

/// Stands for content: equal where and, for all that chance can do, only where the content is equal.
pub type Digest = [u8; 16];

/// The digest of `bytes`.
pub fn digest(bytes: &[u8]) -> Digest {
    XxHash3_128::oneshot(bytes).to_le_bytes()
}

/// Collects a [`Digest`] from parts.
#[derive(Clone)]
pub struct Digester(XxHash3_128);

impl Default for Digester {
    fn default() -> Self {
        Self(XxHash3_128::new())
    }
}

impl fmt::Debug for Digester {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Digester")
    }
}

impl Digester {
    /// Adds bytes. How they are divided makes no difference.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.write(bytes);
    }

    /// The digest of all that was added.
    pub fn digest(&self) -> Digest {
        self.0.finish_128().to_le_bytes()
    }
}

/// Where a stored form is read from. What was once read must be the same when it is read again.
pub trait Storage: fmt::Debug + Send + Sync {
    /// How many bytes there are.
    fn length(&self) -> u64;
    /// Fills `into` with the bytes from `at` on; whether there are as many.
    fn read(&self, at: u64, into: &mut [u8]) -> bool;
    /// Is told that something could not be read, or not be understood, after the whole was verified. It was
    /// taken for empty; so nothing that was found with it from then on may be believed.
    fn lost(&self);
}

impl Storage for Vec<u8> {
    fn length(&self) -> u64 {
        self.len() as u64
    }

    fn read(&self, at: u64, into: &mut [u8]) -> bool {
        let start = usize::try_from(at).unwrap_or(usize::MAX);
        let part = start.checked_add(into.len()).and_then(|end| self.get(start..end));
        part.is_some_and(|part| {
            into.copy_from_slice(part);
            true
        })
    }

    /// What is in memory stays what it was.
    fn lost(&self) {}
}

/// Bytes in memory, or to be read when they are asked for.
#[derive(Debug, Clone)]
pub(crate) enum Bytes {
    Held(Vec<u8>),
    Kept { source: Arc<dyn Storage>, at: u64, length: usize },
}

impl Default for Bytes {
    fn default() -> Self {
        Self::Held(Vec::new())
    }
}

impl Bytes {
    /// A part of them; nothing if they end before or cannot be read any more, which their source is told.
    pub(crate) fn part(&self, range: Range<usize>) -> Option<Cow<'_, [u8]>> {
        let part = match self {
            Self::Held(bytes) => bytes.get(range).map(Cow::Borrowed),
            Self::Kept { source, at, length } => {
                let wanted = range.end.checked_sub(range.start).filter(|_| range.end <= *length);
                let mut part = vec![0; wanted.unwrap_or(0)];
                let read = wanted.is_some() && source.read(at + range.start as u64, &mut part);
                read.then_some(Cow::Owned(part))
            }
        };
        if part.is_none() {
            self.lost();
        }
        part
    }

    /// Tells the source, if there is one, that what it holds is not what it should be.
    pub(crate) fn lost(&self) {
        if let Self::Kept { source, .. } = self {
            source.lost();
        }
    }

    /// How many there are.
    pub(crate) fn length(&self) -> usize {
        match self {
            Self::Held(bytes) => bytes.len(),
            Self::Kept { length, .. } => *length,
        }
    }
}

/// Writes a stored form, section after section.
#[derive(Debug)]
pub(crate) struct Writer {
    bytes: Vec<u8>,
    /// Whether all sections are there so far.
    whole: bool,
}

impl Writer {
    /// The beginning of a form of what `key` stands for.
    pub(crate) fn new(key: &Digest) -> Self {
        let mut bytes = MAGIC.to_vec();
        bytes.extend([0; 16]);
        bytes.extend(key);
        Self { bytes, whole: true }
    }

    /// One more section.
    pub(crate) fn bytes(&mut self, section: &[u8]) {
        self.bytes.extend((section.len() as u64).to_le_bytes());
        self.bytes.extend_from_slice(section);
    }

    /// In place of a section that there is none of: the whole cannot be stored.
    pub(crate) fn missing(&mut self) {
        self.whole = false;
    }

    /// A section that may not be in memory.
    pub(crate) fn copy(&mut self, section: &Bytes) {
        match section.part(0..section.length()) {
            Some(section) => self.bytes(&section),
            None => self.missing(),
        }
    }

    /// A section of anything that says how it is written.
    pub(crate) fn value(&mut self, section: &impl serde::Serialize) {
        match postcard::to_stdvec(section) {
            Ok(section) => self.bytes(&section),
            Err(_) => self.missing(),
        }
    }

    /// The whole, with its digest; no bytes if a section is missing or it is too long.
    pub(crate) fn finish(mut self) -> Vec<u8> {
        if !self.whole || self.bytes.len() as u64 > LONGEST {
            return Vec::new();
        }
        let digest = digest(&self.bytes[MAGIC.len() + 16..]);
        self.bytes[MAGIC.len()..MAGIC.len() + 16].copy_from_slice(&digest);
        self.bytes
    }
}

/// Reads the sections of a stored form in their order. None of them may be believed before
/// [`finish`](Self::finish) says so.
pub(crate) struct Reader<'s> {
    source: &'s Arc<dyn Storage>,
    at: u64,
    content: Digester,
    expected: Digest,
    buffer: Vec<u8>,
}

impl<'s> Reader<'s> {
    /// Begins to read a form of what `key` stands for; nothing if it is none.
    pub(crate) fn new(source: &'s Arc<dyn Storage>, key: &Digest) -> Option<Self> {
        if source.length() > LONGEST {
            return None;
        }
        let mut reader =
            Self { source, at: 0, content: Digester::default(), expected: [0; 16], buffer: vec![0; STEP] };
        let mut magic = [0; 8];
        let (mut expected, mut own_key) = ([0; 16], [0; 16]);
        let read = reader.fill(&mut magic) && reader.fill(&mut expected);
        reader.content = Digester::default();
        let read = read && reader.fill(&mut own_key);
        reader.expected = expected;
        (read && magic == *MAGIC && own_key == *key).then_some(reader)
    }

    fn fill(&mut self, into: &mut [u8]) -> bool {
        let read = self.source.read(self.at, into);
        self.at += into.len() as u64;
        self.content.add(into);
        read
    }

    /// The length of the next section, which lies wholly within the source.
    fn length(&mut self) -> Option<usize> {
        let mut length = [0; 8];
        let read = self.fill(&mut length);
        let length = u64::from_le_bytes(length);
        let fits = self.at.checked_add(length).is_some_and(|end| end <= self.source.length());
        if read && fits { usize::try_from(length).ok() } else { None }
    }

    /// The next section, in memory.
    pub(crate) fn bytes(&mut self) -> Option<Vec<u8>> {
        let mut section = vec![0; self.length()?];
        self.fill(&mut section).then_some(section)
    }

    /// The next section, of numbers or what is made of them, in memory.
    pub(crate) fn array<T: Fixed>(&mut self) -> Option<Vec<T>> {
        const { assert!(STEP.is_multiple_of(T::SIZE), "no item lies in two steps") };
        let mut all = Vec::new();
        self.in_steps(|length, part| {
            if all.is_empty() {
                all.reserve_exact(length / T::SIZE);
            }
            all.extend(part.chunks_exact(T::SIZE).map(T::of_bytes));
        })
        .filter(|length| length.is_multiple_of(T::SIZE))?;
        Some(all)
    }

    /// The next section, to be read when it is asked for.
    pub(crate) fn kept(&mut self) -> Option<Bytes> {
        let at = self.at + 8;
        let length = self.in_steps(|_, _| {})?;
        Some(Bytes::Kept { source: Arc::clone(self.source), at, length })
    }

    /// The next section, of anything that says how it is read.
    pub(crate) fn value<T: serde::de::DeserializeOwned>(&mut self) -> Option<T> {
        postcard::from_bytes(&self.bytes()?).ok()
    }

    /// Shows the next section piece by piece, each with the length of all, and gives that length.
    fn in_steps(&mut self, mut see: impl FnMut(usize, &[u8])) -> Option<usize> {
        let length = self.length()?;
        let mut buffer = std::mem::take(&mut self.buffer);
        let mut left = length;
        let mut read = true;
        while left > 0 && read {
            let part = &mut buffer[..left.min(STEP)];
            read = self.fill(part);
            see(length, part);
            left -= part.len();
        }
        self.buffer = buffer;
        read.then_some(length)
    }

    /// Whether this was all of it, and as it was written.
    pub(crate) fn finish(self) -> bool {
        self.at == self.source.length() && self.content.digest() == self.expected
    }
}
