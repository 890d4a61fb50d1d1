//! The bare trees of a text's documents.
//!
//! A document that goes over a bound, or whose YAML is broken, is given up with one problem, and reading goes
//! on at the next `---`.

use burgee_source::{Diagnostic, Node, SourceId, Sources};
use granit_parser::{Event, Parser, ScalarStyle, StrInput};

use crate::{
    builder::Builder,
    limits::{self, MAX_DEPTH, MAX_FILE_BYTES},
};

/// The documents of a YAML or JSON text, as bare trees, and what is wrong with the text.
///
/// Empty documents are left out, as between two `---`. A document with broken YAML is left out as well and
/// has one problem.
///
/// ```
/// # use burgee_manifest::documents;
/// # use burgee_source::Sources;
/// let mut sources = Sources::default();
/// let file = sources.add("data.yaml", "price: 1.10\n---\n{\"on\": yes}\n");
/// let (nodes, problems) = documents(&sources, file);
/// assert_eq!(nodes[0].to_json_text(), r#"{"price":1.10}"#);
/// assert_eq!(nodes[1].to_json_text(), r#"{"on":true}"#);
/// assert_eq!(problems.len(), 1, "a hint that `yes` is a boolean");
/// ```
#[must_use]
pub fn documents(sources: &Sources, id: SourceId) -> (Vec<Node>, Vec<Diagnostic>) {
    let mut out = Vec::new();
    let nodes = read_all(sources, id, &mut out);
    limits::settle(&mut out);
    (nodes, out)
}

/// The documents, with problems in the order of reading.
pub(crate) fn read_all(sources: &Sources, id: SourceId, out: &mut Vec<Diagnostic>) -> Vec<Node> {
    let text = sources.text(id);
    if text.len() > MAX_FILE_BYTES {
        out.push(limits::file_too_large(sources.span(id, 0..0)));
        return Vec::new();
    }
    let mut builder = Builder::new(sources, id, out);
    let mut nodes = Vec::new();
    let mut parser = parser(text);
    while let Some(event) = parser.next_event() {
        let flow = match event {
            Ok((Event::DocumentEnd, _)) => {
                nodes.extend(builder.finish_document());
                Ok(())
            }
            Ok((Event::DocumentStart(false, _), span)) if builder.has_documents() => {
                Err(builder.after_document(span))
            }
            Ok((event, span)) => builder.event(event, span),
            Err(error) => Err(builder.syntax_error(&error)),
        };
        let Err(problem) = flow else { continue };
        builder.abandon(problem);
        if !matches!(parser.proceed_next_document(), Ok(true)) {
            break;
        }
    }
    nodes
}

/// The text of a scalar that is all in quotes.
pub(crate) fn unquote(text: &str) -> Option<String> {
    if !text.starts_with(['"', '\'']) || text.len() > MAX_FILE_BYTES {
        return None;
    }
    let mut found = None;
    for event in parser(text) {
        match event.ok()?.0 {
            Event::Scalar(value, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted, ..) => {
                found = Some(value.into_owned());
            }
            Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(..)
            | Event::DocumentEnd => {}
            _ => return None,
        }
    }
    found
}

fn parser(text: &str) -> Parser<'_, StrInput<'_>> {
    Parser::new_from_str_with_options(
        text,
        granit_parser::options! {
            emit_comments: false,
            emit_unresolved_aliases: true,
            // As libyaml, which KubeVela's reader is made from.
            block_scalar_eof_without_line_feed: true,
            // One more than the tree takes, so that ours is the bound that people meet.
            flow_nesting_limit: MAX_DEPTH + 1,
            block_nesting_limit: MAX_DEPTH + 1,
        },
    )
}
