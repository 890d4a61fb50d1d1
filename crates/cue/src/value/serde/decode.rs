//! From values to Rust types.

use serde::{
    Deserialize,
    de::{
        DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess,
        Unexpected, VariantAccess, Visitor,
        value::{SeqDeserializer, StrDeserializer},
    },
    forward_to_deserialize_any,
};

use super::SerdeError;
use crate::{Number, Selector, Value};

/// What deep recursion needs at least, and gets at a time.
const RED_ZONE: usize = 128 << 10;
const SEGMENT: usize = 2 << 20;

// === impl Value ===

impl Value {
    /// Makes a Rust type of the value; it may borrow strings from it.
    ///
    /// ```
    /// use burgee_cue::{Limits, Program};
    /// use burgee_source::SourceId;
    /// use serde::Deserialize;
    ///
    /// #[derive(Deserialize)]
    /// struct Service {
    ///     name: String,
    ///     ports: Vec<u16>,
    /// }
    ///
    /// let program = Program::file(r#"name: "web", ports: [80, 8080 + 1]"#, SourceId(0)).expect("CUE");
    /// let value = program.evaluate(&[], &Limits::default()).expect("a value");
    /// let service: Service = value.decode().expect("a service");
    /// assert_eq!((&*service.name, &*service.ports), ("web", &[80, 8081][..]));
    ///
    /// let error = value.decode::<std::collections::HashMap<String, u8>>().map(drop);
    /// let error = error.expect_err("a name is no number");
    /// assert_eq!(error.to_string(), r#"name: invalid type: string "web", expected u8"#);
    /// ```
    ///
    /// # Errors
    ///
    /// When it does not fit, with the place: another type, a missing field, a number out of range.
    pub fn decode<'v, T: Deserialize<'v>>(&'v self) -> Result<T, SerdeError> {
        T::deserialize(self)
    }

    fn unexpected(&self) -> Unexpected<'_> {
        match self {
            Self::Null => Unexpected::Unit,
            Self::Bool(value) => Unexpected::Bool(*value),
            Self::Number(number) => match (number.as_i64(), number.to_f64()) {
                (Some(value), _) => Unexpected::Signed(value),
                (None, Some(value)) if !number.is_integer() => Unexpected::Float(value),
                (None, _) => Unexpected::Other("a large number"),
            },
            Self::String(text) => Unexpected::Str(text),
            Self::Bytes(bytes) => Unexpected::Bytes(bytes),
            Self::List(_) => Unexpected::Seq,
            Self::Struct(_) => Unexpected::Map,
        }
    }
}

fn number<'v, V: Visitor<'v>>(number: &Number, visitor: V) -> Result<V::Value, SerdeError> {
    let too_large = || SerdeError::new(format_args!("{number} is out of range"));
    if !number.is_integer() {
        return visitor.visit_f64(double(number)?);
    }
    if let Some(value) = number.as_i64() {
        return visitor.visit_i64(value);
    }
    let text = number.integer_text().ok_or_else(too_large)?;
    if let Ok(value) = text.parse() {
        return visitor.visit_u64(value);
    }
    if let Ok(value) = text.parse() {
        return visitor.visit_i128(value);
    }
    visitor.visit_u128(text.parse().map_err(|_| too_large())?)
}

fn double(number: &Number) -> Result<f64, SerdeError> {
    let double = number.to_f64().filter(|double| double.is_finite());
    double.ok_or_else(|| SerdeError::new(format_args!("{number} is out of range")))
}

impl<'v> Deserializer<'v> for &'v Value {
    type Error = SerdeError;

    fn deserialize_any<V: Visitor<'v>>(self, visitor: V) -> Result<V::Value, SerdeError> {
        match self {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(value) => number(value, visitor),
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Bytes(bytes) => visitor.visit_borrowed_bytes(bytes),
            Value::List(items) => stacker::maybe_grow(RED_ZONE, SEGMENT, || {
                visitor.visit_seq(Items { items, next: 0 })
            }),
            Value::Struct(fields) => stacker::maybe_grow(RED_ZONE, SEGMENT, || {
                visitor.visit_map(Fields {
                    fields: fields.iter(),
                    at: None,
                })
            }),
        }
    }

    fn deserialize_option<V: Visitor<'v>>(self, visitor: V) -> Result<V::Value, SerdeError> {
        match self {
            Value::Null => visitor.visit_none(),
            value => visitor.visit_some(value),
        }
    }

    fn deserialize_f32<V: Visitor<'v>>(self, visitor: V) -> Result<V::Value, SerdeError> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'v>>(self, visitor: V) -> Result<V::Value, SerdeError> {
        match self {
            Value::Number(number) => visitor.visit_f64(double(number)?),
            value => value.deserialize_any(visitor),
        }
    }

    fn deserialize_seq<V: Visitor<'v>>(self, visitor: V) -> Result<V::Value, SerdeError> {
        match self {
            // A `Vec<u8>` asks for a sequence.
            Value::Bytes(bytes) => {
                let bytes = bytes.iter().copied();
                visitor.visit_seq(SeqDeserializer::<_, SerdeError>::new(bytes))
            }
            value => value.deserialize_any(visitor),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'v>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, SerdeError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'v>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, SerdeError> {
        match self {
            Value::String(name) => visitor.visit_enum(Variant { name, value: None }),
            Value::Struct(fields) => match &**fields {
                [(name, value)] => visitor.visit_enum(Variant {
                    name,
                    value: Some(value),
                }),
                fields => Err(SerdeError::new(format_args!(
                    "a variant is a struct with one field, and this one has {}",
                    fields.len()
                ))),
            },
            other => Err(serde::de::Error::invalid_type(
                other.unexpected(),
                &"the name of a variant, or a struct with it as its field",
            )),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'v>>(self, visitor: V) -> Result<V::Value, SerdeError> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        <V: Visitor<'v>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 char str string bytes byte_buf unit unit_struct
        tuple tuple_struct map struct identifier
    }
}

impl<'v> IntoDeserializer<'v, SerdeError> for &'v Value {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

struct Items<'v> {
    items: &'v [Value],
    next: usize,
}

impl<'v> SeqAccess<'v> for Items<'v> {
    type Error = SerdeError;

    fn next_element_seed<T: DeserializeSeed<'v>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, SerdeError> {
        let Some(item) = self.items.get(self.next) else {
            return Ok(None);
        };
        let index = Selector::Index(self.next);
        self.next += 1;
        let item = seed.deserialize(item).map_err(|error| error.below(index));
        item.map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len() - self.next)
    }
}

struct Fields<'v> {
    fields: std::slice::Iter<'v, (ecow::EcoString, Value)>,
    /// The field whose name was read.
    at: Option<&'v (ecow::EcoString, Value)>,
}

impl<'v> MapAccess<'v> for Fields<'v> {
    type Error = SerdeError;

    fn next_key_seed<K: DeserializeSeed<'v>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, SerdeError> {
        self.at = self.fields.next();
        match self.at {
            Some((name, _)) => {
                let key = seed.deserialize(Key(name));
                let key = key.map_err(|error| error.below(Selector::Field(name.clone())));
                key.map(Some)
            }
            None => Ok(None),
        }
    }

    fn next_value_seed<T: DeserializeSeed<'v>>(&mut self, seed: T) -> Result<T::Value, SerdeError> {
        match self.at {
            Some((name, value)) => {
                let value = seed.deserialize(value);
                value.map_err(|error| error.below(Selector::Field(name.clone())))
            }
            None => Err(SerdeError::new("a value was asked for before its name")),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.fields.len())
    }
}

/// A field name: a string that may stand for a number, as map keys do.
struct Key<'v>(&'v str);

macro_rules! number_keys {
    ($($method:ident $visit:ident)*) => {$(
        fn $method<V: Visitor<'v>>(self, visitor: V) -> Result<V::Value, SerdeError> {
            match self.0.parse() {
                Ok(number) => visitor.$visit(number),
                Err(_) => visitor.visit_borrowed_str(self.0),
            }
        }
    )*};
}

impl<'v> Deserializer<'v> for Key<'v> {
    type Error = SerdeError;

    fn deserialize_any<V: Visitor<'v>>(self, visitor: V) -> Result<V::Value, SerdeError> {
        visitor.visit_borrowed_str(self.0)
    }

    fn deserialize_option<V: Visitor<'v>>(self, visitor: V) -> Result<V::Value, SerdeError> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'v>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, SerdeError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'v>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, SerdeError> {
        StrDeserializer::new(self.0).deserialize_enum(name, variants, visitor)
    }

    number_keys! {
        deserialize_bool visit_bool
        deserialize_i8 visit_i8 deserialize_i16 visit_i16 deserialize_i32 visit_i32
        deserialize_i64 visit_i64 deserialize_i128 visit_i128
        deserialize_u8 visit_u8 deserialize_u16 visit_u16 deserialize_u32 visit_u32
        deserialize_u64 visit_u64 deserialize_u128 visit_u128
    }

    forward_to_deserialize_any! {
        <V: Visitor<'v>>
        f32 f64 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct
        identifier ignored_any
    }
}

struct Variant<'v> {
    name: &'v str,
    value: Option<&'v Value>,
}

impl<'v> EnumAccess<'v> for Variant<'v> {
    type Error = SerdeError;
    type Variant = Self;

    fn variant_seed<T: DeserializeSeed<'v>>(self, seed: T) -> Result<(T::Value, Self), SerdeError> {
        let name = seed.deserialize(Key(self.name))?;
        Ok((name, self))
    }
}

impl<'v> Variant<'v> {
    fn content(&self) -> &'v Value {
        self.value.unwrap_or(&Value::Null)
    }

    fn located<T>(&self, result: Result<T, SerdeError>) -> Result<T, SerdeError> {
        result.map_err(|error| match self.value {
            Some(_) => error.below(Selector::field(self.name)),
            None => error,
        })
    }
}

impl<'v> VariantAccess<'v> for Variant<'v> {
    type Error = SerdeError;

    fn unit_variant(self) -> Result<(), SerdeError> {
        let nothing = <()>::deserialize(self.content());
        self.located(nothing)
    }

    fn newtype_variant_seed<T: DeserializeSeed<'v>>(self, seed: T) -> Result<T::Value, SerdeError> {
        let value = seed.deserialize(self.content());
        self.located(value)
    }

    fn tuple_variant<V: Visitor<'v>>(self, _: usize, visitor: V) -> Result<V::Value, SerdeError> {
        let value = self.content().deserialize_seq(visitor);
        self.located(value)
    }

    fn struct_variant<V: Visitor<'v>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, SerdeError> {
        let value = self.content().deserialize_any(visitor);
        self.located(value)
    }
}
