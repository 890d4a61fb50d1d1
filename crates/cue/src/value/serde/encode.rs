//! From Rust types to values.

use ecow::EcoString;
use indexmap::IndexMap;
use serde::{
    Serialize, Serializer,
    ser::{
        SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
        SerializeTupleStruct, SerializeTupleVariant,
    },
};

use super::{
    SerdeError,
    de::{float, integer},
};
use crate::{MAX_VALUE_NESTING, Number, Selector, Value};

// === impl Value ===

impl Value {
    /// Makes a value of a Rust type: [`Data`](crate::Data) to evaluate with or to fill in.
    ///
    /// ```
    /// use burgee_cue::{Limits, Program, Value};
    /// use burgee_source::SourceId;
    /// use serde::Serialize;
    ///
    /// #[derive(Serialize)]
    /// struct Parameter {
    ///     name: &'static str,
    ///     replicas: Option<u32>,
    /// }
    ///
    /// let parameter = Value::encode(&Parameter { name: "web", replicas: Some(3) }).expect("a value");
    /// let program = Program::expression(r#"parameter.name + "-\(parameter.replicas)""#, SourceId(0))
    ///     .expect("CUE");
    /// let value = program.evaluate(&[("parameter", &parameter)], &Limits::default()).expect("a value");
    /// assert_eq!(value.as_str(), Some("web-3"));
    /// ```
    ///
    /// # Errors
    ///
    /// When the type says so itself, for floats that are no numbers, for map keys that are no names, and for what nests
    /// deeper than [`MAX_VALUE_NESTING`]. The error has the place.
    pub fn encode<T: Serialize + ?Sized>(value: &T) -> Result<Self, SerdeError> {
        value.serialize(Encoder { depth: 0 })
    }
}

#[derive(Clone, Copy)]
struct Encoder {
    depth: u32,
}

// === impl Encoder ===

impl Encoder {
    fn deeper(self) -> Result<Self, SerdeError> {
        match self.depth < MAX_VALUE_NESTING {
            true => Ok(Self {
                depth: self.depth + 1,
            }),
            false => Err(SerdeError::new(format_args!(
                "it nests deeper than {MAX_VALUE_NESTING} levels"
            ))),
        }
    }

    fn value<T: Serialize + ?Sized>(self, value: &T) -> Result<Value, SerdeError> {
        stacker::maybe_grow(128 << 10, 2 << 20, || value.serialize(self))
    }

    fn list(self, variant: Option<&'static str>) -> Result<List, SerdeError> {
        Ok(List {
            encoder: self.deeper()?,
            items: Vec::new(),
            variant,
        })
    }

    fn fields(self, variant: Option<&'static str>) -> Result<Fields, SerdeError> {
        Ok(Fields {
            encoder: self.deeper()?,
            fields: IndexMap::new(),
            name: EcoString::new(),
            variant,
        })
    }
}

fn whole(text: &str) -> Result<Value, SerdeError> {
    integer(text).ok_or_else(|| SerdeError::new("out of range"))
}

fn variant_of(variant: &'static str, value: Value) -> Value {
    Value::Struct([(variant.into(), value)].into())
}

impl Serializer for Encoder {
    type Ok = Value;
    type Error = SerdeError;
    type SerializeSeq = List;
    type SerializeTuple = List;
    type SerializeTupleStruct = List;
    type SerializeTupleVariant = List;
    type SerializeMap = Fields;
    type SerializeStruct = Fields;
    type SerializeStructVariant = Fields;

    fn serialize_bool(self, value: bool) -> Result<Value, SerdeError> {
        Ok(Value::Bool(value))
    }

    fn serialize_i8(self, value: i8) -> Result<Value, SerdeError> {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Result<Value, SerdeError> {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Result<Value, SerdeError> {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Result<Value, SerdeError> {
        Ok(Value::Number(Number::from(value)))
    }

    fn serialize_i128(self, value: i128) -> Result<Value, SerdeError> {
        whole(&value.to_string())
    }

    fn serialize_u8(self, value: u8) -> Result<Value, SerdeError> {
        self.serialize_i64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<Value, SerdeError> {
        self.serialize_i64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<Value, SerdeError> {
        self.serialize_i64(value.into())
    }

    fn serialize_u64(self, value: u64) -> Result<Value, SerdeError> {
        whole(&value.to_string())
    }

    fn serialize_u128(self, value: u128) -> Result<Value, SerdeError> {
        whole(&value.to_string())
    }

    fn serialize_f32(self, value: f32) -> Result<Value, SerdeError> {
        // The digits of the `f32`, not those of the `f64` that is nearest.
        let digits = value.to_string().parse().unwrap_or(f64::NAN);
        self.serialize_f64(digits)
    }

    fn serialize_f64(self, value: f64) -> Result<Value, SerdeError> {
        let number = float(value).map(Value::Number);
        number.ok_or_else(|| SerdeError::new(format_args!("{value} is no number of CUE")))
    }

    fn serialize_char(self, value: char) -> Result<Value, SerdeError> {
        Ok(Value::String(EcoString::from(value)))
    }

    fn serialize_str(self, value: &str) -> Result<Value, SerdeError> {
        Ok(Value::String(value.into()))
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<Value, SerdeError> {
        Ok(Value::Bytes(value.into()))
    }

    fn serialize_none(self) -> Result<Value, SerdeError> {
        Ok(Value::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Value, SerdeError> {
        self.value(value)
    }

    fn serialize_unit(self) -> Result<Value, SerdeError> {
        Ok(Value::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Value, SerdeError> {
        Ok(Value::Null)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Value, SerdeError> {
        Ok(Value::String(variant.into()))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Value, SerdeError> {
        self.deeper()?.value(value)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Value, SerdeError> {
        let value = self.deeper()?.value(value);
        let value = value.map_err(|error| error.below(Selector::field(variant)))?;
        Ok(variant_of(variant, value))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List, SerdeError> {
        self.list(None)
    }

    fn serialize_tuple(self, _: usize) -> Result<List, SerdeError> {
        self.list(None)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<List, SerdeError> {
        self.list(None)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<List, SerdeError> {
        self.list(Some(variant))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Fields, SerdeError> {
        self.fields(None)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Fields, SerdeError> {
        self.fields(None)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Fields, SerdeError> {
        self.fields(Some(variant))
    }
}

/// The items of a list so far.
struct List {
    encoder: Encoder,
    items: Vec<Value>,
    /// The variant whose content it is.
    variant: Option<&'static str>,
}

// === impl List ===

impl List {
    fn push<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), SerdeError> {
        let item = self.encoder.value(item);
        let index = Selector::Index(self.items.len());
        self.items.push(item.map_err(|error| error.below(index))?);
        Ok(())
    }

    fn finish(self) -> Result<Value, SerdeError> {
        let list = Value::List(self.items.into());
        Ok(match self.variant {
            Some(variant) => variant_of(variant, list),
            None => list,
        })
    }
}

/// The fields of a struct so far.
struct Fields {
    encoder: Encoder,
    fields: IndexMap<EcoString, Value>,
    /// The name whose value comes next.
    name: EcoString,
    variant: Option<&'static str>,
}

// === impl Fields ===

impl Fields {
    fn put<T: Serialize + ?Sized>(&mut self, name: EcoString, value: &T) -> Result<(), SerdeError> {
        let value = self.encoder.value(value);
        let value = value.map_err(|error| error.below(Selector::Field(name.clone())))?;
        self.fields.insert(name, value);
        Ok(())
    }

    fn finish(self) -> Result<Value, SerdeError> {
        let fields = Value::Struct(self.fields.into_iter().collect());
        Ok(match self.variant {
            Some(variant) => variant_of(variant, fields),
            None => fields,
        })
    }
}

macro_rules! list_parts {
    ($($part:ident $method:ident)*) => {$(
        impl $part for List {
            type Ok = Value;
            type Error = SerdeError;

            fn $method<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), SerdeError> {
                self.push(item)
            }

            fn end(self) -> Result<Value, SerdeError> {
                self.finish()
            }
        }
    )*};
}

list_parts! {
    SerializeSeq serialize_element
    SerializeTuple serialize_element
    SerializeTupleStruct serialize_field
    SerializeTupleVariant serialize_field
}

macro_rules! field_parts {
    ($($part:ident)*) => {$(
        impl $part for Fields {
            type Ok = Value;
            type Error = SerdeError;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), SerdeError> {
                self.put(name.into(), value)
            }

            fn end(self) -> Result<Value, SerdeError> {
                self.finish()
            }
        }
    )*};
}

field_parts! { SerializeStruct SerializeStructVariant }

impl SerializeMap for Fields {
    type Ok = Value;
    type Error = SerdeError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), SerdeError> {
        self.name = match self.encoder.value(key)? {
            Value::String(name) => name,
            Value::Number(number) => number.to_string().into(),
            Value::Bool(value) => value.to_string().into(),
            Value::Null | Value::Bytes(_) | Value::List(_) | Value::Struct(_) => {
                return Err(SerdeError::new("a field has a name"));
            }
        };
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), SerdeError> {
        let name = std::mem::take(&mut self.name);
        self.put(name, value)
    }

    fn end(self) -> Result<Value, SerdeError> {
        self.finish()
    }
}
