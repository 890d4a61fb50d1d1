//! What a source is about, for rows that do not say so: the first thing in it that stands out.

/// What stands out, and the feature that it belongs to; the first that is found counts.
const MARKS: &[(&[&str], &str)] = &[
    (&["list."], "package list"),
    (&["strings."], "package strings"),
    (&["strconv."], "package strconv"),
    (&["json."], "package encoding/json"),
    (&["yaml."], "package encoding/yaml"),
    (&["base64."], "package encoding/base64"),
    (&["math.", "bits."], "package math"),
    (&["regexp."], "package regexp"),
    (&["struct."], "package struct"),
    (&["net."], "package net"),
    (&["time."], "package time"),
    (&["path."], "package path"),
    (&["template."], "package text/template"),
    (
        &[
            "import", "hex.", "csv.", "sha", "md5.", "hmac.", "uuid.", "html.", "toml.",
        ],
        "other packages",
    ),
    (&["_|_"], "bottom-comparison"),
    (&["for ", "if "], "comprehensions"),
    (
        &["matchN", "matchIf", "error(", "len(", "and(", "or("],
        "builtins",
    ),
    (&[r"\(", r"\#("], "interpolation"),
    (&["#\"", "\"\"\"", "'''", r"\"], "strings"),
    (&["close(", "#", "..."], "closedness"),
    (&["!:"], "required"),
    (&["?:"], "fields"),
    (&["]:"], "patterns"),
    (&["):"], "dynamic-fields"),
    (&["let ", "X=", "Y=", "V="], "aliases"),
    (&["=="], "comparison"),
    (&["(*", "| *", ": *"], "defaults"),
    (&["|"], "disjunctions"),
    (&["<", ">", "!=", "=~", "!~"], "bounds"),
    (&["&"], "unification"),
    (&["["], "lists"),
    (&["+", "-", "*", "/", "div", "mod", "quo", "rem"], "numbers"),
];

/// The feature of a source.
pub(crate) fn of(src: &str) -> &'static str {
    let found = MARKS
        .iter()
        .find(|(marks, _)| marks.iter().any(|mark| src.contains(mark)));
    found.map_or("fields", |(_, feature)| feature)
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn the_rarer_thing_names_the_feature() {
        assert_eq!(of("x: *1 | int"), "defaults");
        assert_eq!(of("x: [for v in l if v != _|_ {v}]"), "bottom-comparison");
        assert_eq!(of("a: 1, b: a"), "fields");
    }
}
