//! Names as Kubernetes takes them.

/// The most letters in a label (RFC 1123).
const LABEL: usize = 63;
/// The most letters in a whole name.
const NAME: usize = 253;
/// The most letters in the name of a port (RFC 6335).
const PORT: usize = 15;

/// Lower-case letters, digits and `-`; ends are no `-`.
pub(crate) fn is_label(name: &str) -> bool {
    let word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    name.len() <= LABEL
        && name.starts_with(word)
        && name.ends_with(word)
        && name.chars().all(|c| word(c) || c == '-')
}

/// A label that begins with a letter: what a Service may be called.
pub(crate) fn is_service_name(name: &str) -> bool {
    is_label(name) && name.starts_with(|c: char| c.is_ascii_lowercase())
}

/// A host of an Ingress; `*.` may stand before it.
pub(crate) fn is_domain(name: &str) -> bool {
    let rest = name.strip_prefix("*.").unwrap_or(name);
    rest.len() <= NAME && rest.split('.').all(is_label)
}

/// A port's name.
pub(crate) fn is_port_name(name: &str) -> bool {
    let letter = name.contains(|c: char| c.is_ascii_lowercase());
    is_label(name) && name.len() <= PORT && letter && !name.contains("--")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_are_bare_names() {
        for good in ["a", "testsvc.example.com", "*.example.com", "1.2.3.nip.io"] {
            assert!(is_domain(good), "{good}");
        }
        for bad in [
            "", "A.com", "http://a", "a:80", "a/b", "*", "a.*.b", "a..b", "a.", "ä.de",
        ] {
            assert!(!is_domain(bad), "{bad}");
        }
    }

    #[test]
    fn port_names_are_short_and_hold_a_letter() {
        for good in ["http", "port-65535-sctp", "8k"] {
            assert!(is_port_name(good), "{good}");
        }
        for bad in ["", "80", "a--b", "-a", "Http", "sixteen-letters1"] {
            assert!(!is_port_name(bad), "{bad}");
        }
    }
}
