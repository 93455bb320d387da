//! The stored form of a matcher with its terms and dictionaries.

use std::sync::Arc;

use super::patterns::Patterns;
use super::sieve::Sieve;
use super::{Language, Matcher};
use crate::near_miss::NearMissIndex;
use crate::stored::{Digest, Reader, Storage, Writer};
use crate::termbase::TermBase;

impl Matcher {
    /// The matcher as bytes, with its dictionaries but without the background knowledge. `key` must stand for
    /// everything that it was compiled from: dictionaries, background knowledge and program. No bytes if they would
    /// be more than [`LONGEST`](crate::stored::LONGEST), or a part of the matcher could not be read any more.
    pub fn to_bytes(&self, key: &Digest) -> Vec<u8> {
        let mut to = Writer::new(key);
        self.termbase.store(&mut to);
        self.patterns.store(&mut to);
        to.value(&self.near.is_some());
        if let Some(near) = &self.near {
            near.store(&mut to);
        }
        self.sieve.store(&mut to);
        to.finish()
    }

    /// The matcher that was stored under `key`, with the background knowledge that it was compiled with.
    /// Nothing if the bytes are no such thing, or not as they were written.
    ///
    /// What is seldom needed is read from `source` when it is asked for; [`Storage::lost`] is called where that fails.
    pub fn from_storage(source: &Arc<dyn Storage>, key: &Digest, language: Language) -> Option<Self> {
        let Language { lexicon, confusions } = language;
        let mut from = Reader::new(source, key)?;
        let termbase = Arc::new(TermBase::restore(&mut from)?);
        let patterns = Patterns::restore(&termbase, &mut from)?;
        let near = if from.value()? {
            Some(NearMissIndex::restore(&mut from, &termbase, lexicon.clone()?, confusions?)?)
        } else {
            None
        };
        if let Some(near) = &near
            && !patterns.signs().all(|sign| near.has(sign, &termbase))
        {
            return None;
        }
        let sieve = Sieve::restore(&mut from)?;
        from.finish().then_some(Self { sieve, patterns, termbase, lexicon, near })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;
    use crate::lexicon::Lexicon;
    use fst::MapBuilder;
    use proptest::prelude::*;
    use std::sync::LazyLock;
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
    use zhengming_text::confusion::Confusions;

    const OFFICIAL: &str = r#"
        [dictionary]
        id = "official"
        title = "官方词典"
        citation = "DB33/T 1—2021"
        effective = "2021-01-01"
        stop_compounds = ["数据高铁站"]
        [[concept]]
        term = "数据高铁"
        clause = "3.1"
        definition = "一种数据归集模式。"
        variants = [{ surface = "数据高鉄", kind = "shape", fix = "safe", unless = ["铁路"] }]
        [[concept]]
        id = "node"
        term = "数据归集节点"
        definition = "归集数据的节点。"
        superseded = [{ text = "数据汇集节点", since = "2022-01-01" }]
        relations = [{ kind = "confusable", target = "数据高铁", note = "不是一回事" }]
    "#;

    fn background() -> Language {
        static WORDS: LazyLock<Vec<u8>> = LazyLock::new(|| {
            let mut words = [("", 1_030), ("数据", 900), ("节点", 80), ("归集", 50)];
            words.sort_unstable();
            let mut map = MapBuilder::memory();
            words.iter().for_each(|(word, count)| map.insert(word, *count).unwrap());
            map.into_inner().unwrap()
        });
        Language {
            lexicon: Some(Arc::new(Lexicon::new(&WORDS, &[]).unwrap())),
            confusions: Some(Arc::new(Confusions::new("jie 节结\nji 集级", ""))),
        }
    }

    fn matcher() -> Matcher {
        let mut table = "variant\tpreferred\tkind\n主结点\t主节点\thomophone\n".to_owned();
        (0..200).for_each(|row| {
            table += &format!("第{row}号結点\t第{row}号节点\n第{row}号的点\t第{row}号节点\n");
        });
        let dictionaries = [
            Dictionary::from_toml("official.toml", OFFICIAL).unwrap(),
            Dictionary::from_table("house.tsv", table).unwrap(),
        ];
        let termbase = TermBase::new(dictionaries.map(Arc::new).into()).unwrap();
        Matcher::new(Arc::new(termbase), background(), [])
    }

    const KEY: Digest = [7; 16];

    /// Bytes that can be read so many times and then no more.
    #[derive(Debug)]
    struct Failing {
        bytes: Vec<u8>,
        left: AtomicUsize,
        lost: AtomicBool,
    }

    impl Failing {
        fn after(reads: usize) -> Arc<Self> {
            let left = AtomicUsize::new(reads);
            Arc::new(Self { bytes: STORED.clone(), left, lost: AtomicBool::new(false) })
        }

        fn restored(self: &Arc<Self>) -> Option<Matcher> {
            let source: Arc<dyn Storage> = Arc::<Self>::clone(self);
            Matcher::from_storage(&source, &KEY, background())
        }
    }

    impl Storage for Failing {
        fn length(&self) -> u64 {
            self.bytes.length()
        }

        fn read(&self, at: u64, into: &mut [u8]) -> bool {
            let less = |left: usize| left.checked_sub(1);
            self.left.fetch_update(Relaxed, Relaxed, less).is_ok() && self.bytes.read(at, into)
        }

        fn lost(&self) {
            self.lost.store(true, Relaxed);
        }
    }

    #[test]
    fn a_read_that_fails_is_told_whenever_it_does() {
        const MANY: usize = 1 << 20;
        let reads = |source: &Failing| MANY - source.left.load(Relaxed);
        let whole = Failing::after(MANY);
        let restored = whole.restored().unwrap();
        let at_once = reads(&whole);
        let expected = told(&restored);
        let all = reads(&whole);
        assert!(all > at_once + 10 && !whole.lost.load(Relaxed), "{at_once} of {all}");
        for count in 0..=all {
            let source = Failing::after(count);
            match source.restored() {
                None => assert!(count < at_once && !source.lost.load(Relaxed), "{count} of {all}"),
                Some(matcher) => {
                    assert!(count >= at_once);
                    let told = told(&matcher);
                    assert_eq!(source.lost.load(Relaxed), count < all, "{count} of {all}");
                    assert!(count < all || told == expected);
                    assert!(matcher.to_bytes(&KEY).is_empty(), "what is lost cannot be stored");
                }
            }
        }
    }

    fn restored(bytes: Vec<u8>, key: &Digest) -> Option<Matcher> {
        let source: Arc<dyn Storage> = Arc::new(bytes);
        Matcher::from_storage(&source, key, background())
    }

    /// All that a matcher knows and finds, as text.
    fn told(matcher: &Matcher) -> String {
        let base = matcher.termbase();
        let text =
            "主结点、第17号結点和第17号的点，数据高鉄，数据归级节点，数据汇集节点，数据高铁站，公共数据高铁";
        let found = matcher.find(text);
        let entries: Vec<_> = base
            .concepts()
            .map(|(id, concept)| {
                let entries: Vec<_> =
                    base.entries(id).map(|(dictionary, entry)| (dictionary.cite(None), entry)).collect();
                format!(
                    "{concept:?} {entries:?} {:?} {}",
                    base.definition(id).map(|(dictionary, entry)| (dictionary.file(), &entry.definition)),
                    base.is_confusable(id)
                )
            })
            .collect();
        let keys: Vec<_> = base.keys().map(|(id, key)| (id, key, base.key_of(&key.text))).collect();
        let dictionaries: Vec<_> = base
            .dictionaries()
            .iter()
            .map(|one| (one.file(), one.header(), one.concept_count(), one.concepts()))
            .collect();
        let mut patterns: Vec<_> = matcher.patterns().collect();
        patterns.sort_unstable();
        format!("{found:?}\n{entries:?}\n{keys:?}\n{dictionaries:?}\n{patterns:?}")
    }

    #[test]
    fn what_was_stored_says_what_was_compiled() {
        let made = matcher();
        assert!(!made.find("数据归级节点").near.is_empty() && made.find("第17号結点").matches.len() == 1);
        let stored = made.to_bytes(&KEY);
        let restored = restored(stored.clone(), &KEY).unwrap();
        assert_eq!(told(&restored), told(&made));
        assert_eq!(restored.to_bytes(&KEY), stored, "may be stored again");
    }

    #[test]
    fn single_entries_are_those_of_the_whole_list() {
        let (made, restored) = (matcher(), restored(STORED.clone(), &KEY).unwrap());
        for dictionary in [made, restored].iter().flat_map(|one| one.termbase().dictionaries()) {
            for number in (0..dictionary.concept_count()).rev() {
                let concept = dictionary.concept(number);
                assert_eq!(concept, &dictionary.concepts()[number]);
            }
        }
    }

    #[test]
    fn another_key_or_more_or_less_of_it_is_no_stored_form() {
        let stored = matcher().to_bytes(&KEY);
        assert!(restored(stored.clone(), &[8; 16]).is_none());
        assert!(restored([&stored[..], b"0"].concat(), &KEY).is_none());
        for length in (0..stored.len()).step_by(stored.len() / 500) {
            assert!(restored(stored[..length].to_vec(), &KEY).is_none(), "the first {length} bytes");
        }
    }

    proptest! {
        #[test]
        fn a_changed_bit_anywhere_is_noticed(at in any::<prop::sample::Index>(), bit in 0_u8..8) {
            let mut stored = STORED.clone();
            let at = at.index(stored.len());
            stored[at] ^= 1_u8 << bit;
            prop_assert!(restored(stored, &KEY).is_none());
        }

        /// Bytes that were never written by us, even with a digest that is right.
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let mut to = Writer::new(&KEY);
            bytes.chunks(40).for_each(|section| to.bytes(section));
            restored(bytes, &KEY);
            restored(to.finish(), &KEY);
        }

        /// One section replaced by another text of ours, with a digest that is right.
        #[test]
        fn a_form_that_is_damaged_before_it_is_sealed_breaks_nothing(
            at in any::<prop::sample::Index>(),
            byte in any::<u8>(),
        ) {
            let mut stored = STORED.clone();
            let start = 8 + 16;
            let at = start + at.index(stored.len() - start);
            stored[at] = byte;
            let seal = crate::stored::digest(&stored[start..]);
            stored[8..start].copy_from_slice(&seal);
            if let Some(matcher) = restored(stored, &KEY) {
                told(&matcher);
                let base = matcher.termbase();
                base.lookup("主结点").iter().for_each(|spelling| drop(spelling.clone()));
                for &id in base.confusable_concepts().iter().chain(base.defined_concepts()) {
                    base.entries(id).for_each(|(_, entry)| drop(entry.clone()));
                    base.confusable_with(id).for_each(|to| drop(base.preferred_on(to.target, None).to_owned()));
                }
                assert!(base.dictionaries().iter().all(|one| one.concepts().len() == one.concept_count()));
            }
        }
    }

    static STORED: LazyLock<Vec<u8>> = LazyLock::new(|| matcher().to_bytes(&KEY));
}
