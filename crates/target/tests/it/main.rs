//! The sandbox and the provider in front of it, driven through their ports. Texts and orders are those of
//! Kubernetes.

mod oam;
mod refusals;
mod sandbox;
mod support;
