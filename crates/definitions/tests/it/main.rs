//! Components rendered, checked and judged; steps passed. Expectations follow KubeVela's definitions, with the
//! differences that the modules under test name.

mod alone;
mod checks;
mod health;
mod mission;
mod passes;
mod properties;
mod render;
mod sandbox;
mod support;
