//! One message against one service's rules, without a server.

use burgee_model::Service;
use serde_json::Value;

use crate::{Refusal, dingtalk, slack};

/// Would the service take this message? Looks at the message alone: not at addresses, signatures, keywords or
/// pace, and not at the size of the request, which only its bytes tell.
///
/// # Errors
///
/// The service's answer and the rule that was broken.
pub fn judge(service: Service, message: &Value) -> Result<(), Refusal> {
    match service {
        Service::Slack => slack::message(message),
        Service::Dingding => dingtalk::message(message),
    }
}
