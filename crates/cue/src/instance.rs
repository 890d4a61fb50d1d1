//! One evaluation that is kept, to look around in.

mod field;
mod fill;
mod item;
mod session;
mod state;

use std::{cell::RefCell, fmt};

pub use field::Field;
pub use item::Item;
use session::{Ask, Session};
pub use state::State;

use crate::{Error, Limits, Program, Scope, eval::Vm};

/// One evaluation of a [`Program`], kept: look up what is inside, ask what is known of it, fill in more.
///
/// Everything is worked out when it is first asked for, and once. An instance belongs to the thread that made it; the
/// program can be shared. Each question may do as much and take as long as the limits say, and all of them together the memory;
/// what ran into one of them stays as it is.
///
/// ```
/// use burgee_cue::{Kind, Limits, Path, Program, State};
/// use burgee_source::SourceId;
///
/// let text = r#"
///     image: string
///     replicas: *1 | int
///     labels: app: "web"
///     broken: 1 & 2
/// "#;
/// let program = Program::file(text, SourceId(0)).expect("CUE");
/// let limits = Limits::default();
/// let instance = program.instance(&[], &limits).expect("no names from outside");
/// let root = instance.root();
///
/// let path = |text: &str| text.parse::<Path>().expect("a path");
/// let app = root.lookup(&path("labels.app")).expect("it is there");
/// assert_eq!(app.export().expect("a value").as_str(), Some("web"));
/// assert_eq!(root.lookup(&path("replicas")).and_then(|item| item.kind()), Some(Kind::Int));
///
/// // A conflict in one field is no obstacle elsewhere, and differs from what is only missing.
/// assert!(matches!(root.state_at(&path("image")), State::Incomplete(_)));
/// assert!(matches!(root.state_at(&path("broken")), State::Conflict(_)));
/// assert!(matches!(root.state_at(&path("labels.tier")), State::Absent));
/// assert!(matches!(root.state_at(&path("labels")), State::Concrete));
/// ```
pub struct Instance<'d> {
    session: RefCell<Session<'d>>,
}

// === impl Instance ===

impl<'d> Instance<'d> {
    /// The value of the whole program.
    #[must_use]
    pub fn root(&self) -> Item<'_> {
        Item::new(self, session::ROOT)
    }
}

impl Ask for Instance<'_> {
    fn ask(&self, question: &mut dyn for<'v> FnMut(&mut Session<'v>)) {
        // Data that asks back while it is read gets no answer.
        if let Ok(mut session) = self.session.try_borrow_mut() {
            session.renew();
            question(&mut session);
        }
    }
}

impl fmt::Debug for Instance<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Instance").finish_non_exhaustive()
    }
}

// === impl Program ===

impl Program {
    /// Begins an evaluation to look around in, over the same `scope` as [`Program::evaluate`].
    ///
    /// ```
    /// use burgee_cue::{Limits, Program};
    /// use burgee_source::SourceId;
    ///
    /// let program = Program::file("port: output.port + 1", SourceId(0)).expect("CUE");
    /// let output = serde_json::json!({"port": 80});
    /// let limits = Limits::default();
    /// let instance = program.instance(&[("output", &output)], &limits).expect("`output` is given");
    /// assert_eq!(instance.root().export().expect("a value").to_json_text(), r#"{"port":81}"#);
    /// ```
    ///
    /// # Errors
    ///
    /// When the program reads a name that neither it nor the scope has. All else that can be wrong is found where it
    /// is.
    pub fn instance<'d>(
        &'d self,
        scope: &Scope<'d>,
        limits: &Limits,
    ) -> Result<Instance<'d>, Error> {
        let vm = self.start(scope, limits, None, true);
        let mut vm: Vm<'d> = vm.map_err(|fault| fault.to_error())?;
        let root = vm.found_root(scope);
        Ok(Instance {
            session: RefCell::new(Session::new(vm, root, limits.clone())),
        })
    }
}
