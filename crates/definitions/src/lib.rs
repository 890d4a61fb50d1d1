//! Built-in component, trait and step definitions, and their rendering.
