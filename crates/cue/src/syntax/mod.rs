//! Text to tree: the whole grammar of CUE v0.14.1.

pub(crate) mod ast;
mod clash;
mod declared;
pub(crate) mod letter;
mod lexer;
mod parser;
mod problem;
mod string;
mod token;
mod tree;

pub(crate) use clash::package_name;
pub(crate) use lexer::Quote;
pub(crate) use parser::{parse_expression, parse_file};
pub(crate) use problem::Problem;
pub(crate) use string::{StringError, decode, quote_of};
pub(crate) use token::TokenKind;
pub(crate) use tree::{Node, NodeKind, Part, Tree, tree};

/// What a text that is one string or bytes literal, and nothing else, stands for.
pub(crate) fn unquote(text: &str) -> Option<Vec<u8>> {
    let lexer::Lexed {
        tokens, problems, ..
    } = lexer::lex(text);
    let [
        literal,
        token::Token {
            kind: TokenKind::Newline,
            ..
        },
        _,
    ] = &*tokens
    else {
        return None;
    };
    if !problems.is_empty()
        || literal.kind != TokenKind::String
        || literal.range() != (0..text.len())
    {
        return None;
    }
    let quote = quote_of(text);
    let delimiter = quote.hashes + if quote.triple { 3 } else { 1 };
    let inner = text.get(delimiter..text.len().checked_sub(delimiter)?)?;
    decode(quote, &[inner]).ok()?.pop()
}

#[cfg(test)]
mod tests;
