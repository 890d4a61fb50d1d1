//! What operators do with two final values.

use std::{borrow::Cow, cmp::Ordering};

use ecow::EcoString;

use crate::{Number, Value, ir::Binary, value::ArithmeticError};

/// A final value as an operator sees it.
#[derive(Debug, Clone)]
pub(crate) enum Operand<'a> {
    Null,
    Bool(bool),
    Number(Cow<'a, Number>),
    String(&'a str),
    Bytes(&'a [u8]),
    List,
    Struct,
    Function,
}

/// Why two operands have no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OperatorError {
    /// They are of types that do not go together.
    Mismatch,
    /// `+` and `*` no longer take lists; this function does it.
    ListArithmetic(&'static str),
    Arithmetic(ArithmeticError),
    /// A string repeated a negative number of times.
    NegativeCount,
    /// The result would be longer than this many bytes allow.
    TooLong(usize),
    /// It takes more than the two scalars: lists are compared, patterns compiled elsewhere.
    Elsewhere,
}

/// No repetition makes more than this at once.
const MAX_REPEATED: usize = 64 << 20;

// === impl Operand ===

impl<'a> Operand<'a> {
    pub(crate) fn of(value: &'a Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(*value),
            Value::Number(number) => Self::Number(Cow::Borrowed(number)),
            Value::String(text) => Self::String(text),
            Value::Bytes(bytes) => Self::Bytes(bytes),
            Value::List(_) => Self::List,
            Value::Struct(_) => Self::Struct,
        }
    }
}

/// Works out an operation on constants; `None` leaves it, and its error, to the evaluation.
pub(crate) fn fold(operator: Binary, left: &Value, right: &Value) -> Option<Value> {
    const LONGEST: usize = 1024;
    let value = apply(operator, &Operand::of(left), &Operand::of(right)).ok()?;
    match &value {
        Value::String(text) if text.len() > LONGEST => None,
        Value::Bytes(bytes) if bytes.len() > LONGEST => None,
        _ => Some(value),
    }
}

/// Works out an operation.
pub(crate) fn apply(
    operator: Binary,
    left: &Operand<'_>,
    right: &Operand<'_>,
) -> Result<Value, OperatorError> {
    match operator {
        Binary::Add => add(left, right),
        Binary::Multiply => multiply(left, right),
        Binary::Subtract | Binary::Divide => {
            let (Operand::Number(left), Operand::Number(right)) = (left, right) else {
                return Err(OperatorError::Mismatch);
            };
            let number = match operator {
                Binary::Subtract => left.subtract(right),
                _ => left.divide(right),
            };
            Ok(Value::Number(number.map_err(OperatorError::Arithmetic)?))
        }
        Binary::Equal => equal(left, right).map(Value::Bool),
        Binary::NotEqual => equal(left, right).map(|equal| Value::Bool(!equal)),
        Binary::Less | Binary::LessEqual | Binary::Greater | Binary::GreaterEqual => {
            let ordering = order(left, right)?;
            Ok(Value::Bool(match operator {
                Binary::Less => ordering.is_lt(),
                Binary::LessEqual => ordering.is_le(),
                Binary::Greater => ordering.is_gt(),
                _ => ordering.is_ge(),
            }))
        }
        Binary::And | Binary::Or => {
            // The right side is worked out whatever the left one is, but then its type does not matter.
            if let Operand::Bool(decided) = left
                && *decided == (operator == Binary::Or)
            {
                return Ok(Value::Bool(*decided));
            }
            let (Operand::Bool(left), Operand::Bool(right)) = (left, right) else {
                return Err(OperatorError::Mismatch);
            };
            Ok(Value::Bool(match operator {
                Binary::And => *left && *right,
                _ => *left || *right,
            }))
        }
        Binary::Match | Binary::NotMatch => match (left, right) {
            (Operand::String(_), Operand::String(_) | Operand::Bytes(_)) => {
                Err(OperatorError::Elsewhere)
            }
            _ => Err(OperatorError::Mismatch),
        },
    }
}

fn add(left: &Operand<'_>, right: &Operand<'_>) -> Result<Value, OperatorError> {
    match (left, right) {
        (Operand::Number(left), Operand::Number(right)) => left
            .add(right)
            .map(Value::Number)
            .map_err(OperatorError::Arithmetic),
        (Operand::String(left), Operand::String(right)) => {
            let mut text = EcoString::with_capacity(left.len() + right.len());
            text.push_str(left);
            text.push_str(right);
            Ok(Value::String(text))
        }
        (Operand::Bytes(left), Operand::Bytes(right)) => {
            Ok(Value::Bytes([*left, *right].concat().into()))
        }
        (Operand::List, Operand::List) => Err(OperatorError::ListArithmetic("list.Concat")),
        _ => Err(OperatorError::Mismatch),
    }
}

fn multiply(left: &Operand<'_>, right: &Operand<'_>) -> Result<Value, OperatorError> {
    let count = |number: &Number, length: usize| {
        if !number.is_integer() {
            return Err(OperatorError::Mismatch);
        }
        let count = match number.as_i64() {
            Some(count) if count < 0 => return Err(OperatorError::NegativeCount),
            Some(count) => usize::try_from(count).unwrap_or(usize::MAX),
            None => usize::MAX,
        };
        match count.checked_mul(length) {
            Some(total) if total <= MAX_REPEATED => Ok(count),
            Some(_) | None if length == 0 => Ok(0),
            Some(_) | None => Err(OperatorError::TooLong(MAX_REPEATED)),
        }
    };
    match (left, right) {
        (Operand::Number(left), Operand::Number(right)) => left
            .multiply(right)
            .map(Value::Number)
            .map_err(OperatorError::Arithmetic),
        (Operand::String(text), Operand::Number(number))
        | (Operand::Number(number), Operand::String(text)) => Ok(Value::String(
            text.repeat(count(number, text.len())?).into(),
        )),
        (Operand::Bytes(bytes), Operand::Number(number))
        | (Operand::Number(number), Operand::Bytes(bytes)) => Ok(Value::Bytes(
            bytes.repeat(count(number, bytes.len())?).into(),
        )),
        (Operand::List, Operand::Number(_)) | (Operand::Number(_), Operand::List) => {
            Err(OperatorError::ListArithmetic("list.Repeat"))
        }
        _ => Err(OperatorError::Mismatch),
    }
}

fn equal(left: &Operand<'_>, right: &Operand<'_>) -> Result<bool, OperatorError> {
    match (left, right) {
        (Operand::Null, Operand::Null) => Ok(true),
        (Operand::Null, _) | (_, Operand::Null) => Ok(false),
        (Operand::Bool(left), Operand::Bool(right)) => Ok(left == right),
        (Operand::List, Operand::List) => Err(OperatorError::Elsewhere),
        _ => order(left, right).map(Ordering::is_eq),
    }
}

fn order(left: &Operand<'_>, right: &Operand<'_>) -> Result<Ordering, OperatorError> {
    match (left, right) {
        (Operand::Number(left), Operand::Number(right)) => Ok(left.compare(right)),
        (Operand::String(left), Operand::String(right)) => Ok(left.cmp(right)),
        (Operand::Bytes(left), Operand::Bytes(right)) => Ok(left.cmp(right)),
        _ => Err(OperatorError::Mismatch),
    }
}
