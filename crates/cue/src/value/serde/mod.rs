//! Values and the types of serde, both ways.
//!
//! A [`Value`] serializes into any format, [`Value::decode`] makes a Rust type of it, and [`Value::encode`] makes a
//! value of a Rust type.

mod de;
mod decode;
mod encode;
mod error;
mod ser;

pub use error::SerdeError;
