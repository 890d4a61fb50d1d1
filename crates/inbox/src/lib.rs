//! Local stand-ins for the chat services that enforce the real rules.
