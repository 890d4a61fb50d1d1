//! Hides secrets in text: those that were learnt, and those that look like one.

use std::{
    borrow::Cow,
    fmt,
    ops::Range,
    sync::{PoisonError, RwLock},
};

use memchr::memmem::Finder;

use crate::{pattern, spellings};

/// What stands in place of a secret.
const MASK: &str = "***";

/// Knows secrets and covers them. Shared behind an `Arc`; learns at any time.
#[derive(Default)]
pub struct Redactor {
    /// Searchers made once: every line of output is searched for every secret.
    known: RwLock<Vec<Finder<'static>>>,
}

// === impl Redactor ===

impl Redactor {
    /// Remembers a secret: a URL (its path, query and tokens), a token, a password. Its usual spellings
    /// (percent-encoded, JSON, Base64) are covered too. What is too short to be told from ordinary words is
    /// not learnt.
    pub fn learn(&self, secret: &str) {
        let spellings = spellings::of(secret);
        if spellings.is_empty() {
            return;
        }
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        for spelling in spellings {
            if !known
                .iter()
                .any(|finder| finder.needle() == spelling.as_bytes())
            {
                known.push(Finder::new(&spelling).into_owned());
            }
        }
    }

    /// The text with every secret replaced by `***`; borrowed when there is none.
    #[must_use]
    pub fn mask<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let ranges = self.find(text);
        if ranges.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut masked = String::with_capacity(text.len());
        let mut from = 0;
        for range in ranges {
            masked.push_str(&text[from..range.start]);
            masked.push_str(MASK);
            from = range.end;
        }
        masked.push_str(&text[from..]);
        Cow::Owned(masked)
    }

    /// The text with every byte of a secret replaced by `*`: its length stays, so places in it stay good.
    #[must_use]
    pub fn cover(&self, text: &str) -> String {
        let mut covered = String::with_capacity(text.len());
        let mut from = 0;
        for range in self.find(text) {
            covered.push_str(&text[from..range.start]);
            covered.extend(std::iter::repeat_n('*', range.len()));
            from = range.end;
        }
        covered.push_str(&text[from..]);
        covered
    }

    /// Where secrets stand, in order and apart from each other.
    pub(crate) fn find(&self, text: &str) -> Vec<Range<usize>> {
        let mut found = pattern::find(text);
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        for secret in known.iter() {
            let places = secret.find_iter(text.as_bytes());
            found.extend(places.map(|at| at..at + secret.needle().len()));
        }
        merge(found)
    }
}

impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Redactor")
    }
}

fn merge(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            Some(_) | None => merged.push(range),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    use proptest::prelude::*;

    use super::*;

    const SLACK: &str =
        "https://hooks.slack.com/services/T0AAAAAAA/B0BBBBBBB/ccccccccccccccccccccccdd";
    const TOKEN: &str = "ccccccccccccccccccccccdd";
    const DINGTALK: &str =
        "https://oapi.dingtalk.com/robot/send?access_token=0123456789abcdef0123456789abcdef";
    const SECRET: &str = "SEC000000000000000000000000000000000000000000000000000000000000test";

    fn knowing(secret: &str) -> Redactor {
        let redactor = Redactor::default();
        redactor.learn(secret);
        redactor
    }

    #[test]
    fn text_without_secrets_is_not_copied() {
        let text = "a step, its services and their signs: timestamp=1";
        assert!(matches!(knowing(SLACK).mask(text), Cow::Borrowed(_)));
    }

    #[test]
    fn known_services_are_covered_without_being_learnt() {
        let redactor = Redactor::default();
        let cases = [
            (SLACK.to_owned(), "https://hooks.slack.com/services/***"),
            (
                "http://127.0.0.1:8080/services/T0AAAAAAA/B0BBBBBBB/cccccccccccc".to_owned(),
                "http://127.0.0.1:8080/services/***",
            ),
            (
                "https:\\/\\/hooks.slack.com\\/triggers\\/T1\\/22\\/ab".to_owned(),
                "https:\\/\\/hooks.slack.com\\/triggers\\/***",
            ),
            (
                format!("{DINGTALK}&timestamp=1700000000000&sign=abcdef%3D x"),
                "https://oapi.dingtalk.com/robot/send?access_token=***&timestamp=***&sign=*** x",
            ),
            (
                "access_token%3D0123456789abcdef".to_owned(),
                "access_token%3D***",
            ),
            (format!("secret: {SECRET}"), "secret: ***"),
            ("xoxb-1234567890-abc".to_owned(), "***"),
        ];
        for (text, masked) in cases {
            assert_eq!(redactor.mask(&text), masked);
        }
    }

    #[test]
    fn learnt_secrets_are_covered_in_their_usual_spellings() {
        let redactor = knowing("p&ss/w\"rd=1");
        for spelling in [
            "p&ss/w\"rd=1",
            "p%26ss%2Fw%22rd%3D1",
            "p%26ss%2fw%22rd%3d1",
            r#"p&ss/w\"rd=1"#,
            r#"p&ss\/w\"rd=1"#,
            r#"p\u0026ss/w\"rd=1"#,
            "p&amp;ss/w\"rd=1",
            "cCZzcy93InJkPTE=",
        ] {
            let text = format!("<{spelling}>");
            assert_eq!(redactor.mask(&text), "<***>", "{spelling}");
        }
    }

    #[test]
    fn base64_of_a_text_around_a_token_shows_nothing_of_it() {
        let redactor = knowing(SLACK);
        for before in ["", "a", "ab"] {
            let text = STANDARD.encode(format!("{before}{SLACK}\n"));
            let masked = redactor.mask(&text).into_owned();
            assert!(masked.contains("***"), "{masked}");
            assert!(!masked.contains("Y2NjY2"), "{masked}");
        }
    }

    #[test]
    fn ordinary_words_are_not_learnt() {
        for word in [
            "",
            "true",
            "8080",
            "https://kubevela.io",
            "https://kubevela.io/",
        ] {
            let redactor = knowing(word);
            let text = format!("it is {word} here");
            assert_eq!(redactor.mask(&text), text);
        }
    }

    #[test]
    fn configuration_file_in_a_secret_is_known_by_its_tokens() {
        let redactor = knowing("apiVersion: v1\nkind: Config\ntoken: 0123456789abcdef0123\n");
        assert_eq!(redactor.mask("kind: Config"), "kind: Config");
        assert_eq!(redactor.mask("t=0123456789abcdef0123;"), "t=***;");
    }

    #[test]
    fn shape_of_a_url_in_a_hint_is_shown() {
        for text in [
            "copy it: https://hooks.slack.com/services/T…/B…/…",
            "copy it: https://oapi.dingtalk.com/robot/send?access_token=…",
        ] {
            assert_eq!(Redactor::default().mask(text), text);
        }
    }

    #[test]
    fn path_that_only_begins_like_slacks_is_shown() {
        let text = "https://a.test/services/Terraform/Backend/status and /services/T1/x";
        assert_eq!(Redactor::default().mask(text), text);
    }

    #[test]
    fn covered_text_keeps_its_length() {
        let text = format!("url: {SLACK}\n流程: {TOKEN}\n");
        let covered = knowing(SLACK).cover(&text);
        assert_eq!(covered.len(), text.len());
        assert!(covered.contains("流程"));
        assert!(!covered.contains(TOKEN));
    }

    proptest! {
        #[test]
        fn learnt_token_is_never_seen_again(token in "[a-zA-Z0-9!#-~]{8,40}", before in ".{0,20}", after in ".{0,20}") {
            let redactor = knowing(&token);
            let text = format!("{before}{token}{after}");
            // What is left of a masked text is shorter than the token, or was there twice.
            let masked = redactor.mask(&text);
            prop_assert!(!masked.contains(token.as_str()), "{masked}");
            let covered = redactor.cover(&text);
            prop_assert_eq!(covered.len(), text.len());
            prop_assert!(!covered.contains(token.as_str()));
        }

        #[test]
        fn masking_never_panics(text in ".{0,200}") {
            let redactor = knowing(SLACK);
            let _masked = redactor.mask(&text);
        }
    }
}
