//! Everything that is known before a document is read: terms, and what is known of words, standards and jargon.

use std::sync::Arc;

use zhengming_terms::lexicon::Lexicon;
use zhengming_terms::matcher::{Finder, Language, Matcher};
use zhengming_terms::register::Register;
use zhengming_terms::termbase::TermBase;
use zhengming_text::confusion::Confusions;
use zhengming_text::signs::Signs;

use crate::definition;
use crate::jargon::Jargon;

/// What is known besides the terms. Whatever is left out is not asked.
#[derive(Debug, Default, Clone)]
pub struct Background {
    /// Ordinary words. Without them no spelling is doubted for the words around it.
    pub lexicon: Option<Arc<Lexicon>>,
    /// Characters taken for one another. Without them, or without a lexicon, near misses are not looked for.
    pub confusions: Option<Arc<Confusions>>,
    /// Standards and their editions. Without it no citation is judged.
    pub register: Option<Arc<Register>>,
    /// What sets jargon apart. Without it no jargon is looked for.
    pub jargon: Option<Arc<Jargon>>,
    /// Words that rules look for, each with the sign by which they know where to look. Without them those rules
    /// find nothing.
    pub cues: Arc<[(&'static str, Signs)]>,
}

impl Background {
    fn language(&self) -> Language {
        Language { lexicon: self.lexicon.clone(), confusions: self.confusions.clone() }
    }
}

/// Terms and background, compiled. Made once, shared by all documents and threads.
#[derive(Debug)]
pub struct Knowledge {
    matcher: Matcher,
    register: Option<Arc<Register>>,
    jargon: Option<Arc<Jargon>>,
    lexicon: Option<Arc<Lexicon>>,
}

impl Knowledge {
    /// Compiles the spellings of `termbase`, and the words that make a block worth reading for citations or jargon.
    pub fn new(termbase: Arc<TermBase>, background: Background) -> Self {
        let language = background.language();
        let Background { register, jargon, cues, lexicon, .. } = background;
        let coining = jargon.iter().flat_map(|jargon| jargon.coining()).map(|word| (word, Signs::JARGON));
        let named = register.iter().flat_map(|register| register.names()).map(|name| (name, Signs::NAMED));
        let defining = definition::cues();
        let defining = defining.iter().map(|(word, sign)| (word.as_ref(), *sign));
        let cues = coining.chain(named).chain(defining).chain(cues.iter().copied());
        let matcher = Matcher::new(termbase, language, cues);
        Self { matcher, register, jargon, lexicon }
    }

    /// Finds the spellings of the terms.
    pub fn matcher(&self) -> &Matcher {
        &self.matcher
    }

    /// Finds the spellings in one text after the other.
    pub fn finder(&self) -> Finder<'_> {
        self.matcher.finder()
    }

    /// The terms.
    pub fn termbase(&self) -> &Arc<TermBase> {
        self.matcher.termbase()
    }

    /// The register of standards, if there is one.
    pub fn register(&self) -> Option<&Register> {
        self.register.as_deref()
    }

    /// Ordinary words, if they are known.
    pub fn lexicon(&self) -> Option<&Lexicon> {
        self.lexicon.as_deref()
    }

    /// What is known of jargon, if anything.
    pub fn jargon(&self) -> Option<&Jargon> {
        self.jargon.as_deref()
    }
}
