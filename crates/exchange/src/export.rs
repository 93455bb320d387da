//! Dictionaries to other forms.
