//! Where components go: the embedded sandbox.
