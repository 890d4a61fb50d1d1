//! Text to tree: the whole grammar of CUE v0.14.1.

pub(crate) mod ast;
mod lexer;
mod parser;
mod problem;
mod string;
mod token;

pub(crate) use lexer::Quote;
pub(crate) use parser::{parse_expression, parse_file};
pub(crate) use problem::Problem;
pub(crate) use string::{StringError, decode, quote_of};
pub(crate) use token::TokenKind;
