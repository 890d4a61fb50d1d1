//! Text for people, in the languages we speak.

/// A language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Simplified Chinese.
    Zh,
}

/// One message in every language, with `{name}` where an argument goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    /// English.
    pub en: &'static str,
    /// Simplified Chinese; empty where it has not been written, then English is used.
    pub zh: &'static str,
}

// === impl Lang ===

impl Lang {
    /// The language of a POSIX locale such as `zh_CN.UTF-8`; English for all we do not speak.
    ///
    /// ```
    /// # use burgee_source::Lang;
    /// assert_eq!(Lang::from_locale("zh_CN.UTF-8"), Lang::Zh);
    /// assert_eq!(Lang::from_locale("de_DE"), Lang::En);
    /// ```
    #[must_use]
    pub fn from_locale(locale: &str) -> Self {
        match locale.get(..2) {
            Some("zh") => Self::Zh,
            Some(_) | None => Self::En,
        }
    }
}

// === impl Text ===

impl Text {
    /// Both languages.
    #[must_use]
    pub const fn new(en: &'static str, zh: &'static str) -> Self {
        Self { en, zh }
    }

    /// The template in one language.
    #[must_use]
    pub const fn template(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh if !self.zh.is_empty() => self.zh,
            Lang::Zh | Lang::En => self.en,
        }
    }

    /// The text with its arguments in place. `{{` stands for a brace; a name without an argument stays
    /// as it is written, so that a slip shows.
    ///
    /// ```
    /// # use burgee_source::{Lang, Text};
    /// let text = Text::new("{n} of {all}", "");
    /// assert_eq!(text.render(Lang::Zh, &[("n", "1".into()), ("all", "2".into())]), "1 of 2");
    /// ```
    #[must_use]
    pub fn render(self, lang: Lang, args: &[(&'static str, String)]) -> String {
        self.render_with(lang, |wanted| {
            let (_, value) = args.iter().find(|(name, _)| *name == wanted)?;
            Some(value)
        })
    }

    /// The same with arguments that are looked up by their names.
    pub(crate) fn render_with<'a>(
        self,
        lang: Lang,
        argument_of: impl Fn(&str) -> Option<&'a str>,
    ) -> String {
        let mut out = String::new();
        let mut rest = self.template(lang);
        while let Some(open) = rest.find('{') {
            out.push_str(&rest[..open]);
            rest = &rest[open + 1..];
            if let Some(after) = rest.strip_prefix('{') {
                out.push('{');
                rest = after;
                continue;
            }
            let argument = rest
                .find('}')
                .and_then(|close| Some((close, argument_of(&rest[..close])?)));
            match argument {
                Some((close, value)) => {
                    out.push_str(value);
                    rest = &rest[close + 1..];
                }
                None => out.push('{'),
            }
        }
        out.push_str(rest);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_argument_stays_visible() {
        let text = Text::new("a {b} {{c} {", "");
        assert_eq!(text.render(Lang::En, &[]), "a {b} {c} {");
    }
}
