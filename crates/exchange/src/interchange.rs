//! Dictionaries of other tools.
