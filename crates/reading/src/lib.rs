//! What a document says: mentions of terms, definitions, short forms, citations, expressions that need explaining, and
//! the summary of all that for comparing documents.

pub mod citation;
pub mod definition;
pub mod facts;
pub mod head;
pub mod jargon;
pub mod knowledge;
pub mod prose;
pub mod summary;

pub use facts::restatement;
