//! The one HTTP client: TLS, proxy, limits, outbound policy, redaction.
