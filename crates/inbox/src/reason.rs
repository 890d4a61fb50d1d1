//! Which rule a message broke, in words for people.

use std::fmt;

use burgee_source::{Lang, Text};
use serde::{Serialize, Serializer};

/// Which rule a message broke, and where. In JSON and by `Display` it is English.
///
/// ```
/// use burgee_inbox::judge;
/// use burgee_model::Service;
/// use burgee_source::Lang;
/// use serde_json::json;
///
/// let message = json!({"msgtype": "text", "text": {"content": 5}});
/// let refusal = judge(Service::Dingding, &message).expect_err("content is a number");
/// assert_eq!(refusal.reason.render(Lang::En), "text.content: has to be of type string");
/// assert_eq!(refusal.reason.render(Lang::Zh), "text.content：应为 string 类型");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    path: String,
    text: Text,
    args: Vec<(&'static str, String)>,
}

// === impl Reason ===

impl Reason {
    /// The reason in words, after the field's path where it is about a field.
    #[must_use]
    pub fn render(&self, lang: Lang) -> String {
        let words = self.text.render(lang, &self.args);
        match lang {
            Lang::En if self.path.is_empty() => words,
            Lang::Zh if self.path.is_empty() => words,
            Lang::En => format!("{}: {words}", self.path),
            Lang::Zh => format!("{}：{words}", self.path),
        }
    }

    /// The field that it is about; empty when it is about all of the message.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    pub(crate) fn arg(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    pub(crate) fn at(mut self, path: String) -> Self {
        self.path = path;
        self
    }
}

impl From<Text> for Reason {
    fn from(text: Text) -> Self {
        Self {
            path: String::new(),
            text,
            args: Vec::new(),
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(Lang::En))
    }
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
