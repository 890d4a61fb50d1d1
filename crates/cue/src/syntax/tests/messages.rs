//! What is said about a text that is no CUE: where, why, and the way out.

use burgee_source::Lang;

use crate::syntax::parse_file;

fn said_in(text: &str, lang: Lang) -> String {
    let (_, problems) = parse_file(text);
    let mut out = String::new();
    let at = |start: u32, end: u32| {
        let lines = text[..start as usize].matches('\n').count() + 1;
        format!("  {lines}: `{}`", &text[start as usize..end as usize])
    };
    for problem in &problems {
        let args = problem.args.iter();
        let args = args.map(|(name, words)| (*name, words.in_lang(lang).to_owned()));
        let args: Vec<_> = args.collect();
        let message = problem.rule.message.render(lang, &args);
        out.push_str(&format!("{message}\n{}\n", at(problem.start, problem.end)));
        if let Some((place, note)) = problem.also {
            let note = note.render(lang, &args);
            out.push_str(&format!("{} {note}\n", at(place.start, place.end)));
        }
        if let Some(hint) = problem.hint {
            out.push_str(&format!("  hint: {}\n", hint.render(lang, &args)));
        }
    }
    out
}

fn said(text: &str) -> String {
    said_in(text, Lang::En)
}

#[test]
fn an_unclosed_bracket_shows_where_it_is_opened() {
    insta::assert_snapshot!(said("a: {\n\tb: [1, 2\n\tc: 3\n}\n"), @r"
    `]` belongs here, not a line break
      2: ``
      2: `[` it is opened here
    ");
    insta::assert_snapshot!(said("a: {\n\tb: {\n\t\tc: 3\n}\n"), @r"
    `}` belongs here, not the end of the text
      5: ``
      1: `{` it is opened here
    ");
    insta::assert_snapshot!(said("a: f(1, 2\nb: 3\n"), @r"
    `)` belongs here, not a line break
      1: ``
      1: `(` it is opened here
    ");
    insta::assert_snapshot!(said("a: (1 + 2\nb: x[1\n"), @r"
    `)` belongs here, not a line break
      1: ``
      1: `(` it is opened here
    `]` belongs here, not a line break
      2: ``
      2: `[` it is opened here
    ");
    insta::assert_snapshot!(said_in("a: [1}", Lang::Zh), @r"
    此处应为 `]`，而不是 `}`
      1: `}`
      1: `[` 在此处打开
    ");
}

#[test]
fn an_unclosed_string_shows_its_begin() {
    insta::assert_snapshot!(said("a: \"tea\nb: 1\n"), @r#"
    this string has no closing quote
      1: `"tea`
    "#);
    insta::assert_snapshot!(said("a: \"tea \\(b + \"\n"), @r#"
    this string has no closing quote
      1: `\(`
    this string has no closing quote
      1: `"`
    "#);
    insta::assert_snapshot!(said("a: \"\"\"tea\n\t\"\"\"\n"), @r#"
    a line break must follow the opening `"""`
      1: `"""`
    "#);
}

#[test]
fn every_problem_of_a_text_is_reported() {
    let text = "a: 1 2\nb: }\nc: [1\n2]\nd: 01\ne: \"\\q\"\nf: ok\n";
    insta::assert_snapshot!(said(text), @r"
    a comma is missing before `2`
      1: `2`
    an expression belongs here, not `}`
      2: `}`
    a comma is missing before a line break
      3: ``
      hint: a line break does not separate here: end the line with a comma or an operator
    an integer cannot begin with 0
      5: `01`
    this is no escape sequence
      6: `\q`
    ");
}

#[test]
fn habits_of_other_languages_are_told_the_way_out() {
    insta::assert_snapshot!(said("a: 1; b: 2"), @r"
    a comma is missing before `;`
      1: `;`
      hint: CUE has no `;`: write a comma or begin a new line
    ");
    insta::assert_snapshot!(said("a: <-1"), @r"
    an expression belongs here, not `<-`
      1: `<-`
      hint: `<-` is read as one word: put a blank between, `< -1`
    ");
    insta::assert_snapshot!(said("X = 1"), @r"
    `X=…` is no declaration; write `let X = …`
      1: `X`
    ");
    insta::assert_snapshot!(said("let for = 1"), @r"
    a name belongs here, not `for`
      1: `for`
      hint: `for` is a keyword: it can name a field, and nothing else
    ");
    insta::assert_snapshot!(said("for i in x\n1"), @r"
    `{` belongs here, not `1`
      2: `1`
    ");
    insta::assert_snapshot!(said("a: 1\nimport \"strings\""), @r"
    imports come before everything else
      2: `import`
    ");
    insta::assert_snapshot!(said("a.b: 1"), @r"
    this cannot be the name of a field
      1: `a.b`
    ");
    insta::assert_snapshot!(said("__a: 1"), @r"
    `__a`: names that begin with `__` are reserved
      1: `__a`
    ");
    insta::assert_snapshot!(said("@experiment(tea)\na: 1"), @r"
    there is no experiment `tea`
      1: `@experiment(tea)`
      hint: there are: structcmp, testing
    ");
    insta::assert_snapshot!(said("import #a \"x y\""), @r#"
    a package cannot be called `#a`: names with `#` are definitions
      1: `#a`
    this cannot be the path of a package
      1: `"x y"`
    "#);
}

#[test]
fn names_that_clash_show_both_places() {
    insta::assert_snapshot!(said("a: 1\nlet a = 2"), @r"
    `a` cannot be both an alias and a field
      2: `a`
      1: `a` it is declared here
    ");
    insta::assert_snapshot!(said("a: b: a=3"), @r"
    `a` cannot be both an alias and a field
      1: `a`
      1: `a` it is declared here
    ");
    insta::assert_snapshot!(said("let a = 1\nlet a = 2"), @r"
    `a` is declared twice in the same scope
      2: `a`
      1: `a` it is declared here
    ");
    insta::assert_snapshot!(said("#T: string\n[#T]: int"), @r"
    this pattern refers to `#T`, a field that it would be matched with
      2: `#T`
      1: `#T` it is declared here
    ");
    insta::assert_snapshot!(said("import \"strings\"\nlet strings = 1"), @r#"
    `strings` cannot be both an alias and a field
      2: `strings`
      1: `"strings"` it is declared here
    "#);
    insta::assert_snapshot!(said_in("a: 1\nlet a = 2", Lang::Zh), @r"
    `a` 不能既是别名又是字段
      2: `a`
      1: `a` 在此处声明
    ");
    assert_eq!(said("let x = {x: 1}\ny: x"), "");
    assert_eq!(
        said("a: {[X=string]: {b: X}}, X: 1, [string]: _"),
        said("[X=string]: {b: X}, X: 1")
    );
}
