//! `--fault WHERE:WHAT[xN]`: what goes wrong on purpose.

use burgee_http::{Arrival, Error, Kind, Response};
use http::StatusCode;

use super::places::{Place, Places};
use crate::exit::Failure;

/// The way to write a fault.
const FORM: &str = "WHERE is a step, slack or dingtalk; WHAT is an HTTP status, timeout or refused; xN is how often, without it always: slack:503x2";

/// Something that goes wrong at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Where.
    pub(crate) place: Place,
    /// What.
    pub(crate) what: What,
    /// How often still; always where there is no number.
    pub(crate) left: Option<u32>,
}

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    /// The server answers with this status.
    Status(StatusCode),
    /// The request is taken, and no answer comes.
    Timeout,
    /// There is no connection.
    Refused,
}

// === impl Fault ===

impl Fault {
    /// Reads the flag. A step's name may have colons in it, what goes wrong has none.
    pub(crate) fn parse(text: &str, places: &Places) -> Result<Self, Failure> {
        let wrong =
            || Failure::usage(format!("--fault {text}: expected WHERE:WHAT[xN]")).hint(FORM);
        let (place, what) = text.rsplit_once(':').ok_or_else(wrong)?;
        let (what, left) = match what.rsplit_once('x') {
            None => (what, None),
            Some((what, times)) => {
                let times: u32 = times.parse().map_err(|_| wrong())?;
                (what, Some(times))
            }
        };
        let place = places.place(place);
        let place = place.map_err(|failure| failure.about(&format!("--fault {text}")))?;
        Ok(Self {
            place,
            what: What::parse(what).ok_or_else(wrong)?,
            left,
        })
    }
}

// === impl What ===

impl What {
    fn parse(text: &str) -> Option<Self> {
        match text {
            "timeout" => Some(Self::Timeout),
            "refused" => Some(Self::Refused),
            // 1xx are not answers.
            status => {
                let status = status.parse().ok().filter(|status| *status >= 200)?;
                StatusCode::from_u16(status).ok().map(Self::Status)
            }
        }
    }

    /// What the one who asks gets.
    pub(crate) async fn happen(self) -> Result<Response, Error> {
        match self {
            Self::Status(status) => Ok(Response::new(status)),
            // The limit of whoever asks ends it.
            Self::Timeout => std::future::pending().await,
            Self::Refused => Err(Error::new(
                Kind::Connect,
                Arrival::No,
                "Connection refused (simulated)",
            )),
        }
    }
}
