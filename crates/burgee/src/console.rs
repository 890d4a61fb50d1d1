//! Standard output for data, standard error for talk. Everything passes the mask on its way out.

use std::{
    io::{self, IsTerminal as _},
    sync::Arc,
};

use burgee_http::{MaskingWriter, Redactor};

use crate::show::Look;

/// Both streams, masked.
#[derive(Clone)]
pub(crate) struct Console {
    redactor: Arc<Redactor>,
}

// === impl Console ===

impl Console {
    /// Streams that hide what `redactor` knows.
    pub(crate) const fn new(redactor: Arc<Redactor>) -> Self {
        Self { redactor }
    }

    /// Data. A reader that has gone away (`| head`) is no error.
    pub(crate) fn print(&self, text: &str) {
        write_all(&mut io::stdout().lock(), &self.redactor.mask(text));
    }

    /// Data that the user asked for, letter for letter: an export with a covered URL in it is another text.
    pub(crate) fn print_unmasked(&self, text: &str) {
        write_all(&mut io::stdout().lock(), text);
    }

    /// Talk, as a line.
    pub(crate) fn say(&self, text: &str) {
        let mut line = self.mask(text);
        line.push('\n');
        write_all(&mut io::stderr().lock(), &line);
    }

    /// Talk that shows the inbox's own addresses, which open nothing but this process.
    pub(crate) fn say_unmasked(&self, text: &str) {
        write_all(&mut io::stderr().lock(), &format!("{text}\n"));
    }

    /// The text without secrets.
    pub(crate) fn mask(&self, text: &str) -> String {
        self.redactor.mask(text).into_owned()
    }

    /// What hides secrets.
    pub(crate) const fn redactor(&self) -> &Arc<Redactor> {
        &self.redactor
    }

    /// True when somebody watches the talk.
    pub(crate) fn is_terminal(&self) -> bool {
        io::stderr().is_terminal()
    }

    /// How reports may look on standard error.
    pub(crate) fn talk_look(&self) -> Look {
        look(
            io::stderr().is_terminal(),
            anstream::AutoStream::choice(&io::stderr()),
        )
    }

    /// How reports may look on standard output.
    pub(crate) fn data_look(&self) -> Look {
        look(
            io::stdout().is_terminal(),
            anstream::AutoStream::choice(&io::stdout()),
        )
    }
}

fn look(terminal: bool, choice: anstream::ColorChoice) -> Look {
    match choice {
        anstream::ColorChoice::Never => Look::Plain,
        anstream::ColorChoice::Always => Look::Styled,
        anstream::ColorChoice::Auto | anstream::ColorChoice::AlwaysAnsi if terminal => Look::Styled,
        anstream::ColorChoice::Auto | anstream::ColorChoice::AlwaysAnsi => Look::Plain,
    }
}

fn write_all(stream: &mut dyn io::Write, text: &str) {
    // Nothing can be said about a stream that is closed; the exit code still tells.
    let _closed = stream
        .write_all(text.as_bytes())
        .and_then(|()| stream.flush());
}

/// Makes the log's writers: standard error, masked.
pub(crate) struct Log(Arc<Redactor>);

impl Log {
    /// A log that hides what the console hides.
    pub(crate) fn new(console: &Console) -> Self {
        Self(Arc::clone(&console.redactor))
    }
}

impl tracing_subscriber::fmt::MakeWriter<'_> for Log {
    type Writer = MaskingWriter<io::Stderr>;

    fn make_writer(&self) -> Self::Writer {
        MaskingWriter::new(io::stderr(), Arc::clone(&self.0))
    }
}
