//! `burgee cue eval`, `export`, `vet`, `fmt` and `bench`.

mod bench;
mod eval;
mod export;
mod fmt;
mod jsonl;
mod package;
mod vet;
