//! Copies of data, whatever holds it.

use burgee_source::Diagnostic;

use crate::{Data, Error, ErrorKind, Limits, MAX_VALUE_NESTING, Number, Value, View, rules};

/// What is left of the bounds.
struct Budget<'l> {
    limits: &'l Limits,
    output: usize,
}

// === impl Value ===

impl Value {
    /// A copy of data.
    ///
    /// ```
    /// # use burgee_cue::{Limits, Value};
    /// let data = serde_json::json!({"replicas": 3});
    /// let value = Value::copy_of(&data, &Limits::default()).expect("small data");
    /// assert_eq!(value.to_json_text(), r#"{"replicas":3}"#);
    /// ```
    ///
    /// # Errors
    ///
    /// When the data is larger or deeper than the limits allow (`output`, `depth`), or deeper than
    /// [`MAX_VALUE_NESTING`], or holds a number out of range.
    pub fn copy_of(data: &dyn Data, limits: &Limits) -> Result<Self, Error> {
        let mut budget = Budget { limits, output: 0 };
        budget.copy(data, 0)
    }
}

// === impl Budget ===

impl Budget<'_> {
    fn copy(&mut self, data: &dyn Data, depth: u32) -> Result<Value, Error> {
        let limit = self.limits.depth.min(MAX_VALUE_NESTING);
        if depth >= limit {
            return Err(spent(data, "depth", limit));
        }
        stacker::maybe_grow(128 << 10, 2 << 20, || self.copy_inner(data, depth + 1))
    }

    fn copy_inner(&mut self, data: &dyn Data, depth: u32) -> Result<Value, Error> {
        Ok(match data.view() {
            View::Null => Value::Null,
            View::Bool(value) => Value::Bool(value),
            View::Number(text) => match Number::parse(&text) {
                Some(number) => Value::Number(number),
                None => return Err(spent(data, "exponent of a number", "±100000")),
            },
            View::String(text) => {
                self.made(data, text.len())?;
                Value::String(text.into())
            }
            View::Bytes(bytes) => {
                self.made(data, bytes.len())?;
                Value::Bytes(bytes.into())
            }
            View::List(items) => {
                self.made(data, items.len())?;
                let items = (0..items.len()).filter_map(|index| items.at(index));
                let items = items.map(|item| self.copy(item, depth));
                Value::List(items.collect::<Result<_, _>>()?)
            }
            View::Map(map) => {
                self.made(data, map.len())?;
                let fields = map.entries();
                let fields = fields.map(|(key, value)| Ok((key.into(), self.copy(value, depth)?)));
                Value::Struct(fields.collect::<Result<_, _>>()?)
            }
        })
    }

    fn made(&mut self, data: &dyn Data, amount: usize) -> Result<(), Error> {
        self.output = self.output.saturating_add(amount);
        match self.output > self.limits.output {
            true => Err(spent(data, "output", self.limits.output)),
            false => Ok(()),
        }
    }
}

fn spent(data: &dyn Data, bound: &str, limit: impl ToString) -> Error {
    let problem = Diagnostic::new(&rules::LIMIT)
        .arg("bound", bound)
        .arg("limit", limit)
        .at(data.span());
    Error {
        kind: ErrorKind::Limit,
        diagnostic: Box::new(problem),
    }
}
