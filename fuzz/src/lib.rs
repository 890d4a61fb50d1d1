//! What must hold of every text, however odd: the properties that the fuzz targets check.
//!
//! Each target has a module with one function `holds`, which panics when a property does not hold. That nothing panics,
//! hangs or takes memory without end is what libFuzzer watches over by itself.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod evaluator;
pub mod formatter;
pub mod lexer;
pub mod library;
mod limits;
mod mutate;
pub mod parser;
mod problems;
mod read_again;
mod tokens;
mod words;

pub use mutate::mutate;
