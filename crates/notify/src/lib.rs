//! Notifier adapters: message types, checks, signing, delivery and outcome.
