//! What stands in the place of an argument of a message.

use crate::Lang;

/// A name, a number, a piece of the user's text; or words of our own, in every language.
///
/// ```
/// # use burgee_source::{Lang, Words};
/// let name = Words::from("replicas");
/// assert_eq!(name.in_lang(Lang::Zh), "replicas");
///
/// let list = Words::each(|lang| match lang {
///     Lang::En => "a list".to_owned(),
///     Lang::Zh => "列表".to_owned(),
/// });
/// assert_eq!((list.in_lang(Lang::En), list.in_lang(Lang::Zh)), ("a list", "列表"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    en: String,
    /// Where it is not the same.
    zh: Option<String>,
}

// === impl Words ===

impl Words {
    /// The words of each language.
    #[must_use]
    pub fn each(words: impl Fn(Lang) -> String) -> Self {
        let (en, zh) = (words(Lang::En), words(Lang::Zh));
        let zh = (zh != en).then_some(zh);
        Self { en, zh }
    }

    /// The words of one language.
    #[must_use]
    pub fn in_lang(&self, lang: Lang) -> &str {
        match (lang, &self.zh) {
            (Lang::Zh, Some(zh)) => zh,
            (Lang::Zh | Lang::En, _) => &self.en,
        }
    }
}

/// What is the same in every language.
impl<T: ToString> From<T> for Words {
    fn from(value: T) -> Self {
        Self {
            en: value.to_string(),
            zh: None,
        }
    }
}
