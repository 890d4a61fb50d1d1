//! TLS: who is trusted, and what a closed connection means.

use std::{path::PathBuf, sync::Arc};

use burgee_http::{Arrival, Client, ClientConfig, ConfigError, Kind, SystemClock};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use tempfile::TempDir;
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer},
};

use crate::server::{Server, Step, client, post};

/// A certificate authority and a server's certificate from it.
pub(crate) struct Authority {
    dir: TempDir,
    pub(crate) acceptor: TlsAcceptor,
}

// === impl Authority ===

impl Authority {
    pub(crate) fn new(host: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).expect("no names");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        let ca = params.self_signed(&key).expect("signed");
        let issuer = Issuer::new(params, key);
        let key = KeyPair::generate().expect("a key");
        let leaf = CertificateParams::new(vec![host.to_owned()]).expect("a name");
        let leaf = leaf.signed_by(&key, &issuer).expect("signed");
        let private = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![leaf.der().clone()], private)
            .expect("a certificate");
        let dir = TempDir::new().expect("a folder");
        std::fs::write(dir.path().join("ca.pem"), ca.pem()).expect("written");
        let acceptor = TlsAcceptor::from(Arc::new(config));
        Self { dir, acceptor }
    }

    pub(crate) fn ca(&self) -> PathBuf {
        self.dir.path().join("ca.pem")
    }

    /// A client that trusts it.
    pub(crate) fn trusted(&self) -> ClientConfig {
        ClientConfig {
            extra_ca: Some(self.ca()),
            ..ClientConfig::default()
        }
    }

    /// A server that speaks TLS and follows a script.
    async fn serve(&self, steps: impl IntoIterator<Item = Step>) -> Server {
        let mut steps: Vec<_> = steps.into_iter().collect();
        steps.reverse();
        let acceptor = self.acceptor.clone();
        Server::with(move |stream, heard| {
            let (step, acceptor) = (steps.pop(), acceptor.clone());
            async move {
                match step {
                    None | Some(Step::Close) => {}
                    Some(step) => {
                        if let Ok(stream) = acceptor.accept(stream).await {
                            step.play(stream, &heard).await;
                        }
                    }
                }
            }
        })
        .await
    }
}

#[tokio::test]
async fn own_authority_is_trusted_beside_the_usual_ones() {
    let authority = Authority::new("localhost");
    let mut server = authority.serve([Step::ok()]).await;
    let url = format!("https://localhost:{}/a", server.port);
    let response = client(authority.trusted())
        .send(&post(&url))
        .await
        .expect("an answer");
    assert_eq!(response.body, "ok");
    assert!(server.request().await.starts_with("POST /a HTTP/1.1\r\n"));
}

#[tokio::test]
async fn certificate_of_an_unknown_authority_is_a_certificate_error() {
    let authority = Authority::new("localhost");
    let server = authority.serve([Step::ok(), Step::ok()]).await;
    let url = format!("https://localhost:{}/", server.port);
    let other = Authority::new("localhost");
    for config in [ClientConfig::default(), other.trusted()] {
        let error = client(config)
            .send(&post(&url))
            .await
            .expect_err("not trusted");
        assert_eq!(
            (error.kind, error.arrival),
            (Kind::Certificate, Arrival::No),
            "{error}"
        );
    }
}

#[tokio::test]
async fn certificate_for_another_name_is_a_certificate_error() {
    let authority = Authority::new("other.test");
    let server = authority.serve([Step::ok()]).await;
    let url = format!("https://localhost:{}/", server.port);
    let error = client(authority.trusted())
        .send(&post(&url))
        .await
        .expect_err("wrong name");
    assert_eq!(
        (error.kind, error.arrival),
        (Kind::Certificate, Arrival::No)
    );
}

#[tokio::test]
async fn closing_before_the_handshake_cannot_have_arrived() {
    let authority = Authority::new("localhost");
    let server = authority.serve([Step::Close]).await;
    let url = format!("https://localhost:{}/", server.port);
    let error = client(authority.trusted())
        .send(&post(&url))
        .await
        .expect_err("closed");
    assert_eq!(
        (error.kind, error.arrival),
        (Kind::Closed, Arrival::No),
        "{error}"
    );
}

#[tokio::test]
async fn closing_after_the_request_may_have_arrived() {
    let authority = Authority::new("localhost");
    let server = authority.serve([Step::CloseAfterRequest]).await;
    let url = format!("https://localhost:{}/", server.port);
    let error = client(authority.trusted())
        .send(&post(&url))
        .await
        .expect_err("closed");
    assert_eq!(
        (error.kind, error.arrival),
        (Kind::Closed, Arrival::Maybe),
        "{error}"
    );
}

#[tokio::test]
async fn server_without_tls_is_a_tls_error() {
    let server = Server::with(|mut stream, _heard| async move {
        use tokio::io::AsyncWriteExt as _;
        let _gone = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
    })
    .await;
    let url = format!("https://localhost:{}/", server.port);
    let error = client(ClientConfig::default())
        .send(&post(&url))
        .await
        .expect_err("no TLS");
    assert_eq!(
        (error.kind, error.arrival),
        (Kind::Tls, Arrival::No),
        "{error}"
    );
}

#[test]
fn authority_that_does_not_load_is_an_error_at_once() {
    let dir = TempDir::new().expect("a folder");
    let file = |name: &str, text: &str| {
        let path = dir.path().join(name);
        std::fs::write(&path, text).expect("written");
        path
    };
    let load = |path: PathBuf| {
        let config = ClientConfig {
            extra_ca: Some(path),
            ..ClientConfig::default()
        };
        Client::new(config, Arc::new(SystemClock::default())).expect_err("does not load")
    };
    let missing = load(dir.path().join("missing.pem"));
    assert!(matches!(missing, ConfigError::ReadCa { .. }), "{missing}");
    let empty = load(file("empty.pem", "no certificate here"));
    assert!(
        matches!(empty, ConfigError::NoCertificate { .. }),
        "{empty}"
    );
    let text = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    let bad = load(file("bad.pem", text));
    assert!(matches!(bad, ConfigError::BadCertificate { .. }), "{bad}");
}
