//! Texts as a whole: which are read, what is said about the others, and that none does harm.

mod messages;
mod robust;
mod verdicts;
