//! The predeclared functions and the standard packages that make sense over final values.

mod answers;
mod arguments;
mod base64;
mod bits;
mod crypto;
mod csv;
mod fields;
mod hex;
mod html;
mod json;
mod list;
mod math;
mod net;
mod path;
mod predeclared;
mod regexp;
mod strconv;
mod strings;
mod structs;
mod template;
#[cfg(test)]
mod testing;
mod time;
mod uuid;
mod yaml;

use crate::{Number, Value, kinds::Kinds};
use answers::{failed, lossy, number, string, strings};
use arguments::{bytes, int, items, list as list_of, rune, text};
pub(crate) use json::decode_json;
pub(crate) use yaml::decode_yaml_stream;

/// A function over finished values.
#[derive(Debug)]
pub(crate) struct Builtin {
    /// The package's last name; empty for predeclared functions.
    pub(crate) package: &'static str,
    pub(crate) name: &'static str,
    pub(crate) params: &'static [Param],
    /// Its result is a bool, so that without its first argument it is a constraint.
    pub(crate) validator: bool,
    pub(crate) run: fn(&[Value]) -> Answer,
}

/// What a parameter takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Param {
    String,
    /// A string or bytes.
    Text,
    Int,
    Number,
    Bool,
    List,
    Strings,
    Numbers,
    Lists,
    /// A struct of which only the names count: its fields come as `null`.
    Fields,
    /// A list; items that are not there yet come as `null`.
    Items,
    /// Anything; the same of the items of a list.
    Loose,
    /// The name of an operating system; this one when it may be left out and is.
    System(Option<&'static str>),
    Any,
}

/// Functions that look at more than finished values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Special {
    Len,
    Close,
    And,
    Or,
    Sort,
    IsSorted,
    Ascending,
    Descending,
    Comparer,
    MatchN,
    MatchIf,
    ListMatchN,
    Error,
    JsonValidate,
    YamlValidate,
    YamlValidatePartial,
}

/// What a function says.
pub(crate) type Answer = Result<Value, CallError>;

/// Why a function has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CallError {
    Failed(String),
    /// The answer would be larger than any answer may be.
    TooLarge,
}

/// A name of a package.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Member {
    Function(&'static Builtin),
    Special(Special),
    Constant(Constant),
}

/// A value that a package has a name for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Constant {
    Int(i64),
    /// A number with the digits that CUE gives it.
    Number(&'static str),
    Text(&'static str),
    /// A struct of texts.
    Texts(&'static [(&'static str, &'static str)]),
}

/// A standard package.
#[derive(Debug)]
pub(crate) struct Package {
    pub(crate) path: &'static str,
    functions: &'static [Builtin],
    others: &'static [(&'static str, Member)],
}

/// No answer has more bytes or items than this.
pub(crate) const MAX_ANSWER: usize = 8 << 20;

/// No list that a function makes is longer, and no text that it reads holds more values.
const MAX_ITEMS: usize = 1 << 20;

/// How deep a JSON or YAML text may nest: values are walked and dropped by recursion.
const MAX_NESTING: usize = crate::limits::MAX_NESTING as usize;

static PACKAGES: &[Package] = &[
    Package {
        path: "crypto/hmac",
        functions: crypto::HMAC,
        others: crypto::HMAC_OTHERS,
    },
    Package {
        path: "crypto/md5",
        functions: crypto::MD5,
        others: crypto::MD5_OTHERS,
    },
    Package {
        path: "crypto/sha1",
        functions: crypto::SHA1,
        others: crypto::SHA1_OTHERS,
    },
    Package {
        path: "crypto/sha256",
        functions: crypto::SHA256,
        others: crypto::SHA256_OTHERS,
    },
    Package {
        path: "crypto/sha512",
        functions: crypto::SHA512,
        others: crypto::SHA512_OTHERS,
    },
    Package {
        path: "encoding/base64",
        functions: base64::FUNCTIONS,
        others: &[],
    },
    Package {
        path: "encoding/csv",
        functions: csv::FUNCTIONS,
        others: &[],
    },
    Package {
        path: "encoding/hex",
        functions: hex::FUNCTIONS,
        others: &[],
    },
    Package {
        path: "encoding/json",
        functions: json::FUNCTIONS,
        others: &[("Validate", Member::Special(Special::JsonValidate))],
    },
    Package {
        path: "encoding/yaml",
        functions: yaml::FUNCTIONS,
        others: &[
            ("Validate", Member::Special(Special::YamlValidate)),
            (
                "ValidatePartial",
                Member::Special(Special::YamlValidatePartial),
            ),
        ],
    },
    Package {
        path: "html",
        functions: html::FUNCTIONS,
        others: &[],
    },
    Package {
        path: "list",
        functions: list::FUNCTIONS,
        others: &[
            ("Sort", Member::Special(Special::Sort)),
            ("SortStable", Member::Special(Special::Sort)),
            ("IsSorted", Member::Special(Special::IsSorted)),
            ("Ascending", Member::Special(Special::Ascending)),
            ("Descending", Member::Special(Special::Descending)),
            ("Comparer", Member::Special(Special::Comparer)),
            ("MatchN", Member::Special(Special::ListMatchN)),
        ],
    },
    Package {
        path: "math",
        functions: math::FUNCTIONS,
        others: math::OTHERS,
    },
    Package {
        path: "math/bits",
        functions: bits::FUNCTIONS,
        others: &[],
    },
    Package {
        path: "net",
        functions: net::FUNCTIONS,
        others: net::OTHERS,
    },
    Package {
        path: "path",
        functions: path::FUNCTIONS,
        others: path::OTHERS,
    },
    Package {
        path: "regexp",
        functions: regexp::FUNCTIONS,
        others: &[],
    },
    Package {
        path: "strconv",
        functions: strconv::FUNCTIONS,
        others: &[("IntSize", Member::Constant(Constant::Int(64)))],
    },
    Package {
        path: "strings",
        functions: strings::FUNCTIONS,
        others: &[],
    },
    Package {
        path: "struct",
        functions: structs::FUNCTIONS,
        others: &[],
    },
    Package {
        path: "text/template",
        functions: template::FUNCTIONS,
        others: &[],
    },
    Package {
        path: "time",
        functions: time::FUNCTIONS,
        others: time::OTHERS,
    },
    Package {
        path: "uuid",
        functions: uuid::FUNCTIONS,
        others: uuid::OTHERS,
    },
];

/// The package at an import path.
pub(crate) fn package(path: &str) -> Option<&'static Package> {
    PACKAGES.iter().find(|package| package.path == path)
}

/// The package that an import would bind to a name.
pub(crate) fn by_name(name: &str) -> Option<&'static Package> {
    PACKAGES
        .iter()
        .find(|package| package.path.rsplit('/').next() == Some(name))
}

/// The import paths there are.
pub(crate) fn names() -> Vec<&'static str> {
    PACKAGES.iter().map(|package| package.path).collect()
}

/// A function that needs no import.
pub(crate) fn predeclared(name: &str) -> Option<Member> {
    let special = match name {
        "len" => Special::Len,
        "close" => Special::Close,
        "and" => Special::And,
        "or" => Special::Or,
        "matchN" => Special::MatchN,
        "matchIf" => Special::MatchIf,
        "error" => Special::Error,
        _ => {
            let mut functions = predeclared::FUNCTIONS.iter();
            return functions
                .find(|function| function.name == name)
                .map(Member::Function);
        }
    };
    Some(Member::Special(special))
}

// === impl Package ===

impl Package {
    pub(crate) fn member(&self, name: &str) -> Option<Member> {
        let function = self.functions.iter().find(|function| function.name == name);
        let other = || self.others.iter().find(|(other, _)| *other == name);
        function
            .map(Member::Function)
            .or_else(|| other().map(|(_, member)| *member))
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        let others = self.others.iter().map(|(name, _)| *name);
        self.functions
            .iter()
            .map(|function| function.name)
            .chain(others)
    }
}

// === impl Constant ===

impl Constant {
    pub(crate) fn value(self) -> Value {
        match self {
            Self::Int(number) => Value::Number(number.into()),
            Self::Number(digits) => Number::parse(digits).map_or(Value::Null, Value::Number),
            Self::Text(text) => Value::String(text.into()),
            Self::Texts(fields) => {
                let fields = fields.iter();
                let fields =
                    fields.map(|(name, text)| ((*name).into(), Value::String((*text).into())));
                Value::Struct(fields.collect())
            }
        }
    }
}

// === impl Builtin ===

impl Builtin {
    /// `strings.Join`, `div`.
    pub(crate) fn full_name(&self) -> String {
        match self.package.is_empty() {
            true => self.name.to_owned(),
            false => format!("{}.{}", self.package, self.name),
        }
    }
}

// === impl Param ===

impl Param {
    pub(crate) fn takes(self, value: &Value) -> bool {
        match self {
            Self::String => matches!(value, Value::String(_)),
            Self::Text => matches!(value, Value::String(_) | Value::Bytes(_)),
            Self::Int => matches!(value, Value::Number(number) if number.is_integer()),
            Self::Number => matches!(value, Value::Number(_)),
            Self::Bool => matches!(value, Value::Bool(_)),
            Self::List | Self::Items => matches!(value, Value::List(_)),
            Self::Strings => Self::all(value, Self::String),
            Self::Numbers => Self::all(value, Self::Number),
            Self::Lists => Self::all(value, Self::List),
            Self::Fields => matches!(value, Value::Struct(_)),
            Self::System(_) => value.as_str().is_some_and(path::is_system),
            Self::Any | Self::Loose => true,
        }
    }

    /// What it is when it is left out.
    pub(crate) fn default(self) -> Option<Value> {
        match self {
            Self::System(name) => name.map(|name| Value::String(name.into())),
            Self::String
            | Self::Text
            | Self::Int
            | Self::Number
            | Self::Bool
            | Self::List
            | Self::Strings
            | Self::Numbers
            | Self::Lists
            | Self::Items
            | Self::Fields
            | Self::Loose
            | Self::Any => None,
        }
    }

    /// The types of the items that it takes, where they count.
    pub(crate) fn items(self) -> Option<Kinds> {
        match self {
            Self::Strings => Some(Kinds::STRING),
            Self::Numbers => Some(Kinds::NUMBER),
            Self::Lists => Some(Kinds::LIST),
            Self::String
            | Self::Text
            | Self::Int
            | Self::Number
            | Self::Bool
            | Self::List
            | Self::Items
            | Self::Fields
            | Self::Loose
            | Self::System(_)
            | Self::Any => None,
        }
    }

    fn all(value: &Value, kind: Self) -> bool {
        matches!(value, Value::List(items) if items.iter().all(|item| kind.takes(item)))
    }

    /// The types that it takes.
    pub(crate) fn kinds(self) -> Kinds {
        match self {
            Self::String => Kinds::STRING,
            Self::Text => Kinds::STRING | Kinds::BYTES,
            Self::Int => Kinds::INT,
            Self::Number => Kinds::NUMBER,
            Self::Bool => Kinds::BOOL,
            Self::List | Self::Items | Self::Strings | Self::Numbers | Self::Lists => Kinds::LIST,
            Self::Fields => Kinds::STRUCT,
            Self::System(_) => Kinds::STRING,
            Self::Any | Self::Loose => Kinds::ANY,
        }
    }

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::String => "a string",
            Self::Text => "a string or bytes",
            Self::Int => "an int",
            Self::Number => "a number",
            Self::Bool => "a bool",
            Self::List | Self::Items => "a list",
            Self::Strings => "a list of strings",
            Self::Numbers => "a list of numbers",
            Self::Lists => "a list of lists",
            Self::Fields => "a struct",
            Self::System(_) => "an operating system",
            Self::Any | Self::Loose => "a value",
        }
    }
}

// === impl CallError ===

impl CallError {
    fn into_reason(self) -> String {
        match self {
            Self::Failed(reason) => reason,
            Self::TooLarge => "it holds more than can be read".to_owned(),
        }
    }
}

pub(crate) const fn function(
    package: &'static str,
    name: &'static str,
    params: &'static [Param],
    run: fn(&[Value]) -> Answer,
) -> Builtin {
    Builtin {
        package,
        name,
        params,
        validator: false,
        run,
    }
}

pub(crate) const fn validator(
    package: &'static str,
    name: &'static str,
    params: &'static [Param],
    run: fn(&[Value]) -> Answer,
) -> Builtin {
    Builtin {
        package,
        name,
        params,
        validator: true,
        run,
    }
}
