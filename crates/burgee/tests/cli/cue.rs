//! `burgee cue eval`, `export` and `vet`.

mod export;
mod jsonl;
mod package;
mod vet;
