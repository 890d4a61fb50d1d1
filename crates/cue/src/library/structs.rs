//! Package `struct`: how many regular fields there are. Optional and required ones, definitions and hidden fields
//! do not count.
//!
//! | function | what it does |
//! |---|---|
//! | `MinFields(struct, n)` | whether there are enough; of an open struct as a constraint that is not known before the end |
//! | `MaxFields(struct, n)` | whether there are not too many |

use super::{Builtin, Param as P, int, validator};
use crate::Value;

const NAME: &str = "struct";
const COUNT: &[P] = &[P::Fields, P::Int];

pub(super) static FUNCTIONS: &[Builtin] = &[
    validator(NAME, "MinFields", COUNT, |a| {
        Ok(Value::Bool(length(a) >= int(a, 1)?))
    }),
    validator(NAME, "MaxFields", COUNT, |a| {
        Ok(Value::Bool(length(a) <= int(a, 1)?))
    }),
];

fn length(arguments: &[Value]) -> i64 {
    match arguments.first() {
        Some(Value::Struct(fields)) => i64::try_from(fields.len()).unwrap_or(i64::MAX),
        Some(_) | None => 0,
    }
}
