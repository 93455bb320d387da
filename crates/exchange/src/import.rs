//! Official documents to dictionaries.
