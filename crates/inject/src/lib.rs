//! parameterKey paths: parse, read, set.
