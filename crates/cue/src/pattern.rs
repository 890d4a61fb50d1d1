//! Regular expressions as Go's RE2 reads them, for the `regex` crate.

use std::sync::Mutex;

use regex::{Regex, RegexBuilder};
use rustc_hash::FxHashMap;

/// The compiled patterns of a program.
#[derive(Debug, Default)]
pub(crate) struct Patterns {
    known: Mutex<FxHashMap<String, Regex>>,
}

/// More patterns than this are data, not program text, and not kept.
const MAX_KEPT: usize = 64;

/// The most that RE2 lets a part repeat.
const MAX_REPEAT: u32 = 1000;

/// What a compiled pattern may take in memory.
const MAX_COMPILED: usize = 2 << 20;

// === impl Patterns ===

impl Patterns {
    /// The pattern, compiled at most once as long as it is kept.
    pub(crate) fn get(&self, pattern: &str) -> Result<Regex, String> {
        let mut known = self
            .known
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(regex) = known.get(pattern) {
            return Ok(regex.clone());
        }
        let regex = compile(pattern)?;
        if known.len() < MAX_KEPT {
            known.insert(pattern.to_owned(), regex.clone());
        }
        Ok(regex)
    }
}

fn compile(pattern: &str) -> Result<Regex, String> {
    let translated = translate(pattern)?;
    RegexBuilder::new(&translated)
        .size_limit(MAX_COMPILED)
        .nest_limit(100)
        .build()
        .map_err(|error| match error {
            regex::Error::Syntax(text) => {
                let last = text.lines().last().unwrap_or("").trim();
                last.trim_start_matches("error: ").to_owned()
            }
            regex::Error::CompiledTooBig(limit) => format!("it takes more than {limit} bytes"),
            other => other.to_string(),
        })
}

/// Where the dialects differ: Perl classes and `\b` are ASCII in RE2, `\Q…\E` and octal escapes exist, and
/// a bracket or `&&` inside a class is nothing special.
fn translate(pattern: &str) -> Result<String, String> {
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern;
    let mut in_class = false;
    let mut class_start = false;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        let first_in_class = std::mem::take(&mut class_start);
        match c {
            '\\' => rest = escape(rest, in_class, &mut out)?,
            '[' if !in_class => {
                in_class = true;
                class_start = true;
                out.push('[');
                if let Some(negated) = rest.strip_prefix('^') {
                    out.push('^');
                    rest = negated;
                }
            }
            '[' if rest.starts_with(':') && rest.contains(":]") => out.push('['),
            '[' => out.push_str("\\["),
            ']' if in_class && first_in_class => out.push_str("\\]"),
            ']' if in_class && out.ends_with(':') => {
                out.push(']');
            }
            ']' if in_class => {
                in_class = false;
                out.push(']');
            }
            '&' | '~' if in_class => {
                out.push('\\');
                out.push(c);
            }
            '{' if !in_class => {
                check_repeat(rest)?;
                out.push('{');
            }
            c => out.push(c),
        }
    }
    Ok(out)
}

fn check_repeat(rest: &str) -> Result<(), String> {
    let Some((inner, _)) = rest.split_once('}') else {
        return Ok(());
    };
    let too_often = inner
        .split(',')
        .filter_map(|count| count.parse::<u32>().ok())
        .any(|count| count > MAX_REPEAT);
    match too_often {
        true => Err(format!("invalid repeat count: `{{{inner}}}`")),
        false => Ok(()),
    }
}

fn escape<'p>(rest: &'p str, in_class: bool, out: &mut String) -> Result<&'p str, String> {
    const DIGIT: &str = "0-9";
    const WORD: &str = "0-9A-Za-z_";
    const SPACE: &str = "\\t\\n\\f\\r ";
    let Some(kind) = rest.chars().next() else {
        return Err("trailing backslash at end of expression: ``".to_owned());
    };
    let after = &rest[kind.len_utf8()..];
    let mut class = |set: &str, negated: bool| match (in_class, negated) {
        (true, false) => out.push_str(set),
        (_, true) => {
            out.push_str("[^");
            out.push_str(set);
            out.push(']');
        }
        (false, false) => {
            out.push('[');
            out.push_str(set);
            out.push(']');
        }
    };
    match kind {
        'd' => class(DIGIT, false),
        'D' => class(DIGIT, true),
        'w' => class(WORD, false),
        'W' => class(WORD, true),
        's' => class(SPACE, false),
        'S' => class(SPACE, true),
        'b' if !in_class => out.push_str("(?-u:\\b)"),
        'Q' => {
            let (literal, after) = after.split_once("\\E").unwrap_or((after, ""));
            out.push_str(&regex::escape(literal));
            return Ok(after);
        }
        'E' => {}
        '0'..='7' => {
            let length = rest
                .bytes()
                .take(3)
                .take_while(|byte| matches!(byte, b'0'..=b'7'));
            let length = length.count();
            if kind != '0' && length < 3 {
                return Err(format!("invalid escape sequence: `\\{kind}`"));
            }
            let code = u32::from_str_radix(&rest[..length], 8).unwrap_or(0);
            out.push_str(&format!("\\x{{{code:x}}}"));
            return Ok(&rest[length..]);
        }
        'C' => return Err("invalid escape sequence: `\\C`".to_owned()),
        kind => {
            out.push('\\');
            out.push(kind);
        }
    }
    Ok(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, text: &str) -> bool {
        Patterns::default()
            .get(pattern)
            .is_ok_and(|regex| regex.is_match(text))
    }

    #[test]
    fn perl_classes_are_ascii() {
        assert!(!matches(r"^\d$", "٣"));
        assert!(!matches(r"^[\w]$", "é"));
        assert!(matches(r"^[^\d]$", "٣"));
        assert!(matches(r"(?i)é", "É"));
    }

    #[test]
    fn quoted_and_octal_text_is_literal() {
        assert!(matches(r"^\Qa.b\E$", "a.b"));
        assert!(!matches(r"\Qa.b\E", "axb"));
        assert!(matches(r"^\141$", "a"));
    }

    #[test]
    fn class_has_no_set_operations() {
        assert!(matches("^[a&&b]$", "&"));
        assert!(matches("^[[a]$", "["));
        assert!(matches("^[[:alpha:]]$", "x"));
    }

    #[test]
    fn what_re2_refuses_is_refused() {
        for bad in ["(?=a)", "a{1001}", "(", r"\1"] {
            assert!(Patterns::default().get(bad).is_err(), "{bad}");
        }
    }
}
