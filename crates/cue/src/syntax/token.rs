//! The words of a text.

use std::ops::Range;

/// One word and its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    Ident,
    Number,
    /// A string or bytes literal without interpolations.
    String,
    /// From the opening quote to the first `\(`.
    StringStart,
    /// From a `)` to the next `\(`.
    StringMiddle,
    /// From a `)` to the closing quote.
    StringEnd,
    Attribute,
    Bottom,
    Plus,
    Minus,
    Star,
    Slash,
    And,
    Or,
    AndAnd,
    OrOr,
    Equal,
    NotEqual,
    Less,
    Greater,
    LessEqual,
    GreaterEqual,
    Match,
    NotMatch,
    Not,
    Assign,
    /// `<-`, which means nothing, but is one word.
    Arrow,
    Question,
    Colon,
    /// Nothing in CUE; a comma is meant.
    Semicolon,
    Dot,
    Ellipsis,
    /// A comma that somebody wrote.
    Comma,
    /// The comma that a line break stands for.
    Newline,
    OpenParen,
    CloseParen,
    OpenBracket,
    CloseBracket,
    OpenBrace,
    CloseBrace,
    End,
}

// === impl Token ===

impl Token {
    pub(crate) fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

// === impl TokenKind ===

impl TokenKind {
    /// True when a line break behind it means a comma.
    pub(crate) const fn ends_a_line(self) -> bool {
        match self {
            Self::Ident
            | Self::Number
            | Self::String
            | Self::StringEnd
            | Self::Attribute
            | Self::Bottom
            | Self::Question
            | Self::Semicolon
            | Self::Ellipsis
            | Self::CloseParen
            | Self::CloseBracket
            | Self::CloseBrace => true,
            Self::StringStart
            | Self::StringMiddle
            | Self::Plus
            | Self::Minus
            | Self::Star
            | Self::Slash
            | Self::And
            | Self::Or
            | Self::AndAnd
            | Self::OrOr
            | Self::Equal
            | Self::NotEqual
            | Self::Less
            | Self::Greater
            | Self::LessEqual
            | Self::GreaterEqual
            | Self::Match
            | Self::NotMatch
            | Self::Not
            | Self::Assign
            | Self::Arrow
            | Self::Colon
            | Self::Dot
            | Self::Comma
            | Self::Newline
            | Self::OpenParen
            | Self::OpenBracket
            | Self::OpenBrace
            | Self::End => false,
        }
    }

    /// How tight a binary operator binds; 0 for all else.
    pub(crate) const fn precedence(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And => 2,
            Self::OrOr => 3,
            Self::AndAnd => 4,
            Self::Equal
            | Self::NotEqual
            | Self::Less
            | Self::LessEqual
            | Self::Greater
            | Self::GreaterEqual
            | Self::Match
            | Self::NotMatch => 5,
            Self::Plus | Self::Minus => 6,
            Self::Star | Self::Slash => 7,
            _ => 0,
        }
    }

    pub(crate) const fn is_comma(self) -> bool {
        matches!(self, Self::Comma | Self::Newline)
    }
}
