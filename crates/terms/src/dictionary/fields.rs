//! The keys of a struct, as serde knows them: what a form with other rules than serde's (keys that are not known are an
//! error with their line, or a notice) compares with, so that no second list of keys is kept.

use serde::de::value::Error;
use serde::de::{Deserialize, Deserializer, Error as _, Visitor};
use serde::forward_to_deserialize_any;

/// The keys of `T` in the order of its fields; none if it is no struct.
pub fn fields<'de, T: Deserialize<'de>>() -> &'static [&'static str] {
    let mut keys: &'static [&'static str] = &[];
    // It ends in an error in any case: there is nothing to read.
    let _ = T::deserialize(Question { keys: &mut keys });
    keys
}

/// Reads nothing and keeps what it was asked for.
struct Question<'k> {
    keys: &'k mut &'static [&'static str],
}

impl<'de> Deserializer<'de> for Question<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::custom("no struct"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Error> {
        *self.keys = fields;
        Err(Error::custom("only the keys were asked for"))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Concept, Variant};
    use super::fields;

    #[test]
    fn keys_are_those_that_files_hold() {
        assert_eq!(fields::<Variant>(), ["surface", "kind", "fix", "unless", "line"]);
        assert!(fields::<Concept>().contains(&"match") && !fields::<Concept>().contains(&"matching"));
        assert_eq!(fields::<String>(), [""; 0]);
    }
}
