//! `burgee cue eval`, `export`, `vet`, `def`, `fmt` and `bench`.

mod bench;
mod def;
mod eval;
mod export;
mod fmt;
mod jsonl;
mod package;
mod vet;
