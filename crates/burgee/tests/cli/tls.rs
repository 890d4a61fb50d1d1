//! Real TLS, with a certificate authority of its own.

use std::sync::Arc;

use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto::ring, pki_types::PrivatePkcs8KeyDer},
};

use crate::{env::Env, server::Server};

/// A server certificate for 127.0.0.1 and the authority that signed it, as PEM.
fn certificates() -> (TlsAcceptor, String) {
    let authority_key = rcgen::KeyPair::generate().expect("a key");
    let mut authority = rcgen::CertificateParams::new(Vec::new()).expect("parameters");
    authority.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let authority_certificate = authority
        .self_signed(&authority_key)
        .expect("a certificate");
    let issuer = rcgen::Issuer::new(authority, authority_key);

    let key = rcgen::KeyPair::generate().expect("a key");
    let server = rcgen::CertificateParams::new(vec!["127.0.0.1".to_owned()]).expect("parameters");
    let certificate = server.signed_by(&key, &issuer).expect("a certificate");
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
        )
        .expect("a server configuration");
    (
        TlsAcceptor::from(Arc::new(config)),
        authority_certificate.pem(),
    )
}

#[test]
fn own_authority_is_trusted_when_it_is_named_and_not_otherwise() {
    let (tls, authority) = certificates();
    let server = Server::https(&[(200, "ok")], tls);
    let env = Env::new().var(
        "SLACK",
        &format!("https://{}/services/T0/B0/sEcReT", server.address),
    );
    let ca = env.file("ca.pem", authority);
    let send = [
        "send",
        "slack",
        "--url",
        "env:SLACK",
        "--text",
        "hi",
        "--ca",
        &ca,
    ];
    let out = env.run(&send).exits(0);
    out.never_shows("sEcReT");
    assert_eq!(server.sent().len(), 1);
}

#[test]
fn authority_file_that_does_not_load_is_an_error() {
    let env = Env::new().var("SLACK", "https://127.0.0.1:9/services/T0/B0/x");
    let ca = env.file("ca.pem", "no certificate");
    let out = env.run(&[
        "send",
        "slack",
        "--url",
        "env:SLACK",
        "--text",
        "hi",
        "--ca",
        &ca,
    ]);
    assert_ne!(out.code, 0);
    assert!(
        out.stderr.contains("ca.pem") || out.stdout.contains("ca.pem"),
        "{out:?}"
    );
}
