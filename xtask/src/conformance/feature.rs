//! What a source is about, for rows that do not say so: the first thing in it that stands out.

/// What stands out, and the feature that it belongs to; the first that is found counts.
const MARKS: [(&[&str], &str); 20] = [
    (&["list."], "package list"),
    (&["strings."], "package strings"),
    (&["strconv."], "package strconv"),
    (&["json."], "package encoding/json"),
    (&["yaml."], "package encoding/yaml"),
    (&["base64."], "package encoding/base64"),
    (
        &[
            "import",
            "math.",
            "bits.",
            "regexp.",
            "struct.",
            "net.",
            "time.",
            "path.",
            "hex.",
            "csv.",
            "sha",
            "md5.",
            "hmac.",
            "uuid.",
            "html.",
            "template.",
            "toml.",
        ],
        "other packages",
    ),
    (&["_|_"], "comparison with bottom"),
    (&["for ", "if "], "comprehensions"),
    (&["matchN", "matchIf", "error("], "validators"),
    (&["#\"", "\"\"\"", "'''", "\\"], "strings and bytes"),
    (&["close(", "#", "..."], "definitions and closedness"),
    (&["?:", "!:"], "optional and required fields"),
    (&["]:", "):"], "patterns and dynamic fields"),
    (&["let ", "="], "let, aliases, comparison"),
    (&["|"], "disjunctions and defaults"),
    (&["<", ">", "!=", "=~", "!~"], "bounds"),
    (&["&"], "unification"),
    (&["["], "lists"),
    (
        &["+", "-", "*", "/", "div", "mod", "quo", "rem"],
        "arithmetic",
    ),
];

/// The feature of a source.
pub(crate) fn of(src: &str) -> &'static str {
    let found = MARKS
        .iter()
        .find(|(marks, _)| marks.iter().any(|mark| src.contains(mark)));
    found.map_or("values, fields and references", |(_, feature)| feature)
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn the_rarer_thing_names_the_feature() {
        assert_eq!(of("x: *1 | int"), "disjunctions and defaults");
        assert_eq!(
            of("x: [for v in l if v != _|_ {v}]"),
            "comparison with bottom"
        );
        assert_eq!(of("a: 1, b: a"), "values, fields and references");
    }
}
