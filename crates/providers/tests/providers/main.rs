//! The provider against a server of this process. What is expected follows KubeVela's `http` provider, with the
//! differences that `docs/compatibility.md` names.

mod answers;
mod contract;
mod failures;
mod requests;
mod support;
