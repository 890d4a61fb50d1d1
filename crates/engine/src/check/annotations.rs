//! Annotations of KubeVela's that exclude each other.

use burgee_model::Metadata;
use burgee_source::{Diagnostic, Rule, Severity, Text};

const AUTO_UPDATE: &str = "app.oam.dev/autoUpdate";
const PUBLISH_VERSION: &str = "app.oam.dev/publishVersion";

/// Both at once, which KubeVela refuses.
static AUTO_UPDATE_AND_VERSION: Rule = Rule {
    code: "manifest/auto-update-and-version",
    severity: Severity::Error,
    message: Text::new(
        "an application has either `app.oam.dev/autoUpdate: \"true\"` or `app.oam.dev/publishVersion`, not both",
        "应用只能有 `app.oam.dev/autoUpdate: \"true\"` 或 `app.oam.dev/publishVersion` 之一，不能同时存在",
    ),
};

/// Reports annotations that KubeVela would refuse.
pub(super) fn check(metadata: &Metadata, out: &mut Vec<Diagnostic>) {
    let annotation = |key| metadata.annotations.get(key).map(String::as_str);
    if annotation(AUTO_UPDATE) == Some("true") && annotation(PUBLISH_VERSION).is_some() {
        out.push(
            Diagnostic::new(&AUTO_UPDATE_AND_VERSION)
                .at(metadata.name.span)
                .hint(Text::new("take one of the two out", "请去掉其中之一")),
        );
    }
}
