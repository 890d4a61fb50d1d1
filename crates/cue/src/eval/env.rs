//! Environments: what the names of an expression refer to.

use super::{Vm, node::NodeId, val::Val};
use crate::ir::Label;

/// A scope, and those around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct EnvId(pub(crate) u32);

/// The outermost scope of all.
pub(crate) const OUTSIDE: EnvId = EnvId(0);

pub(crate) struct Env<'d> {
    pub(crate) up: EnvId,
    pub(crate) frame: Frame<'d>,
}

/// What the names of one scope refer to.
pub(crate) enum Frame<'d> {
    Outside,
    /// The node that a struct literal is part of, and the literal's `let`s.
    Struct(NodeId, Box<[NodeId]>),
    /// The key and the value of a `for`.
    For(Val<'d>, Val<'d>),
    /// The `let` of a comprehension.
    Let(NodeId),
    /// The label that a pattern matched.
    Label(Label),
    /// The node itself, by its alias.
    Itself(NodeId),
}

// === impl Vm ===

impl<'d> Vm<'d> {
    pub(crate) fn env(&mut self, up: EnvId, frame: Frame<'d>) -> EnvId {
        self.envs.push(Env { up, frame });
        EnvId(u32::try_from(self.envs.len()).unwrap_or(u32::MAX))
    }

    fn up(&self, env: EnvId) -> EnvId {
        let place = (env.0 as usize).checked_sub(1);
        place.map_or(OUTSIDE, |place| self.envs[place].up)
    }

    pub(crate) fn frame(&self, mut env: EnvId, up: u16) -> &Frame<'d> {
        for _ in 0..up {
            env = self.up(env);
        }
        match (env.0 as usize).checked_sub(1) {
            Some(place) => &self.envs[place].frame,
            None => &Frame::Outside,
        }
    }

    pub(crate) fn outer(&self, mut env: EnvId, up: u16) -> EnvId {
        for _ in 0..up {
            env = self.up(env);
        }
        env
    }
}
