//! `burgee cue eval`, `export`, `vet` and `bench`.

mod bench;
mod eval;
mod export;
mod jsonl;
mod package;
mod vet;
