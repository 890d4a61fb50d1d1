//! What follows a backslash, in and outside of brackets.

/// A character, by its code point, or a set of them, written as in the `regex` crate for use inside of brackets.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Escape {
    Char(u32),
    Set(String),
}

/// The names of general categories, as RE2 compares them: without regard to case and separators.
const CATEGORIES: &str = "any ascii assigned c cc cf cn co cs l lc ll lm lo lt lu m mc me mn n nd nl no p pc pd pe pf pi po ps \
    s sc sk sm so z zl zp zs casedletter closepunctuation cntrl combiningmark connectorpunctuation control currencysymbol \
    dashpunctuation decimalnumber digit enclosingmark finalpunctuation format initialpunctuation letter letternumber \
    lineseparator lowercaseletter mark mathsymbol modifierletter modifiersymbol nonspacingmark number openpunctuation \
    other otherletter othernumber otherpunctuation othersymbol paragraphseparator privateuse punct punctuation separator \
    spaceseparator spacingmark surrogate symbol titlecaseletter unassigned uppercaseletter";

/// Scripts whose name has four letters; other words of four letters are abbreviations, which RE2 does not know.
const SHORT_SCRIPTS: [&str; 5] = ["cham", "lisu", "newa", "thai", "toto"];

const DIGIT: &str = "0-9";
const NO_DIGIT: &str = "[^0-9]";
const WORD: &str = "0-9A-Za-z_";
const NO_WORD: &str = "[^0-9A-Za-z_]";
const SPACE: &str = "\\t\\n\\x0C\\r ";
const NO_SPACE: &str = "[^\\t\\n\\x0C\\r ]";

/// Reads an escape, backslash included; what stands behind it comes second.
pub(super) fn read(text: &str) -> Result<(Escape, &str), String> {
    let body = text.strip_prefix('\\').unwrap_or(text);
    let invalid = || {
        let shown: String = text.chars().take(2).collect();
        format!("invalid escape sequence: `{shown}`")
    };
    let Some(kind) = body.chars().next() else {
        return Err("trailing backslash at end of expression".to_owned());
    };
    let rest = &body[kind.len_utf8()..];
    let set = |set: &str| Ok((Escape::Set(set.to_owned()), rest));
    let char = |c: char| Ok((Escape::Char(c.into()), rest));
    match kind {
        'd' => set(DIGIT),
        'D' => set(NO_DIGIT),
        'w' => set(WORD),
        'W' => set(NO_WORD),
        's' => set(SPACE),
        'S' => set(NO_SPACE),
        'p' | 'P' => property(kind == 'P', rest),
        'a' => char('\u{7}'),
        'f' => char('\u{c}'),
        'n' => char('\n'),
        'r' => char('\r'),
        't' => char('\t'),
        'v' => char('\u{b}'),
        '0'..='7' => octal(body).ok_or_else(invalid),
        'x' => hexadecimal(rest).ok_or_else(invalid),
        kind if kind.is_ascii() && !kind.is_ascii_alphanumeric() => char(kind),
        _ => Err(invalid()),
    }
}

/// A single digit other than 0 would refer to a group, which RE2 does not do.
fn octal(digits: &str) -> Option<(Escape, &str)> {
    let octal = digits
        .bytes()
        .take(3)
        .take_while(|byte| matches!(byte, b'0'..=b'7'));
    let length = octal.count();
    if length < 2 && !digits.starts_with('0') {
        return None;
    }
    let (octal, rest) = digits.split_at(length);
    Some((Escape::Char(u32::from_str_radix(octal, 8).ok()?), rest))
}

fn hexadecimal(text: &str) -> Option<(Escape, &str)> {
    let (digits, rest) = match text.strip_prefix('{') {
        Some(braced) => braced.split_once('}')?,
        None => text.split_at_checked(2)?,
    };
    let is_hex = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let digits = digits.trim_start_matches('0');
    let code = match digits.is_empty() {
        true => 0,
        false => u32::from_str_radix(digits, 16).ok()?,
    };
    (is_hex && code <= u32::from(char::MAX)).then_some((Escape::Char(code), rest))
}

/// `\pL` and `\p{Greek}`: a general category or a script, never another property.
fn property(negated: bool, text: &str) -> Result<(Escape, &str), String> {
    let invalid = |name: &str| format!("invalid character class range: `\\p{{{name}}}`");
    let (name, rest) = match text.strip_prefix('{') {
        Some(braced) => braced.split_once('}').ok_or_else(|| invalid(braced))?,
        None => {
            let length = text.chars().next().map_or(0, char::len_utf8);
            text.split_at(length)
        }
    };
    let (negated, name) = match name.strip_prefix('^') {
        Some(name) => (!negated, name),
        None => (negated, name),
    };
    let plain: String = name
        .chars()
        .filter(|c| !matches!(c, ' ' | '_' | '-'))
        .collect();
    let plain = plain.to_lowercase();
    let is_word = !plain.is_empty() && plain.bytes().all(|byte| byte.is_ascii_lowercase());
    let property = match () {
        () if !is_word => return Err(invalid(name)),
        // These are no Unicode text.
        () if matches!(plain.as_str(), "cs" | "surrogate") => "^\\x00-\\x{10FFFF}".to_owned(),
        () if CATEGORIES.split_whitespace().any(|known| known == plain) => {
            format!("\\p{{{plain}}}")
        }
        () if plain.len() == 4 && !SHORT_SCRIPTS.contains(&plain.as_str()) => {
            return Err(invalid(name));
        }
        () => format!("\\p{{Script={plain}}}"),
    };
    let known = regex_syntax::Parser::new().parse(&format!("[{property}]"));
    known.map_err(|_| invalid(name))?;
    let set = match negated {
        true => format!("[^[{property}]]"),
        false => format!("[{property}]"),
    };
    Ok((Escape::Set(set), rest))
}
