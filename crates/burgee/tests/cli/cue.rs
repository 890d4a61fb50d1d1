//! `burgee cue eval`, `export` and `vet`.

mod eval;
mod export;
mod jsonl;
mod package;
mod vet;
