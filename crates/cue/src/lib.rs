//! The CUE language: lexer, parser, compiler and evaluator.
