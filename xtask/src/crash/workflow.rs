//! What is run: four workflows, and what each of them sends.

use crate::workspace::root;

/// A workflow and its messages.
pub(super) struct Workflow {
    /// Its name in the table.
    pub(super) name: &'static str,
    /// Its manifest; `BASE` stands for the service.
    pub(super) manifest: String,
    /// What `run` is told besides.
    pub(super) flags: &'static [&'static str],
    /// What it sends, in no order.
    pub(super) messages: &'static [Message],
}

/// A request that a step makes.
pub(super) struct Message {
    /// The step.
    pub(super) step: &'static str,
    /// Where it goes: no two go to the same place.
    pub(super) path: &'static str,
    /// Whether it may be asked again, since asking changes nothing.
    pub(super) observes: bool,
}

/// Where the mission's example sends to; no text with a real token's form is in a file.
pub(super) const DINGTALK: &str =
    "/robot/send?access_token=8f2a7f1c9d3b4e5f60718293a4b5c6d78f2a7f1c9d3b4e5f60718293a4b5c6d7";
/// Likewise.
pub(super) const SLACK: &str = "/services/T024BE7LD/B19AXC3TR/kq3TmPz8Jw5VhYcN2uXbRdLe";
/// The service is busy when it is first asked for this.
pub(super) const BUSY: &str = "/services/T024BE7LD/B19AXC3TR/busy";

const EXAMPLE: [Message; 2] = [
    once("dingtalk-message", DINGTALK),
    once("slack-message", SLACK),
];
const GROUPS: [Message; 6] = [
    once("tell", "/robot/send?access_token=tell"),
    once("tell", "/services/T024BE7LD/B19AXC3TR/tell"),
    once("posted", "/post/request"),
    once("hooked", "/post/webhook"),
    Message {
        observes: true,
        ..once("asked", "/get/asked")
    },
    once("ended", "/services/T024BE7LD/B19AXC3TR/ended"),
];
const RETRY: [Message; 2] = [once("busy", BUSY), once("after", "/post/after")];
const APPROVAL: [Message; 3] = [
    once("asks", "/services/T024BE7LD/B19AXC3TR/asks"),
    once("paused", "/post/paused"),
    once("approved", "/robot/send?access_token=approved"),
];

const fn once(step: &'static str, path: &'static str) -> Message {
    Message {
        step,
        path,
        observes: false,
    }
}

// === impl Workflow ===

impl Workflow {
    /// All of them.
    pub(super) fn all() -> Vec<Self> {
        let example = root().join("docs/examples/first-vela-workflow.yaml");
        let example = std::fs::read_to_string(example).unwrap_or_default();
        vec![
            Self {
                name: "the example",
                manifest: example,
                flags: &[
                    "--set-from=dingtalk-message.dingding.url=env:DINGTALK_URL",
                    "--set-from=slack-message.slack.url=env:SLACK_URL",
                    "--send-anyway",
                ],
                messages: &EXAMPLE,
            },
            Self::own("groups", include_str!("groups.yaml"), &GROUPS),
            Self::own("retry", include_str!("retry.yaml"), &RETRY),
            Self::own("approval", include_str!("approval.yaml"), &APPROVAL),
        ]
    }

    fn own(name: &'static str, manifest: &str, messages: &'static [Message]) -> Self {
        Self {
            name,
            manifest: manifest.to_owned(),
            flags: &[],
            messages,
        }
    }
}
