//! Whom to trust. Loaded when the first `https` request is made: reading the system's certificates takes
//! milliseconds that a run on loopback need not spend.

use std::{
    path::Path,
    sync::{Arc, OnceLock},
};

use rustls::{
    ClientConfig as TlsConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject as _},
};

use crate::{ConfigError, Error, Kind};

/// The trust store, loaded on first use.
pub(crate) struct Tls {
    extra: Vec<CertificateDer<'static>>,
    config: OnceLock<Arc<TlsConfig>>,
}

// === impl Tls ===

impl Tls {
    /// Reads the extra authorities at once: a file that does not load is an error and not a surprise later.
    pub(crate) fn new(extra_ca: Option<&Path>) -> Result<Self, ConfigError> {
        let extra = match extra_ca {
            Some(path) => read_ca(path)?,
            None => Vec::new(),
        };
        let config = OnceLock::new();
        Ok(Self { extra, config })
    }

    /// The configuration of every connection.
    pub(crate) fn config(&self) -> Result<Arc<TlsConfig>, Error> {
        if let Some(config) = self.config.get() {
            return Ok(Arc::clone(config));
        }
        let built = self.build();
        let built = Arc::new(built.map_err(|error| Error::unsent(Kind::Tls, error))?);
        Ok(Arc::clone(self.config.get_or_init(|| built)))
    }

    fn build(&self) -> Result<TlsConfig, rustls::Error> {
        let mut roots = usual_roots();
        for certificate in &self.extra {
            roots.add(certificate.clone())?;
        }
        // The provider is named here, so that nothing has to be installed for the whole process first.
        let builder = TlsConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let builder = builder.with_safe_default_protocol_versions()?;
        let mut config = builder.with_root_certificates(roots).with_no_client_auth();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(config)
    }
}

/// The system's authorities (`SSL_CERT_FILE` names others); Mozilla's where the system has none.
fn usual_roots() -> RootCertStore {
    let mut roots = RootCertStore::empty();
    let native = rustls_native_certs::load_native_certs();
    for error in &native.errors {
        tracing::warn!(%error, "a certificate authority could not be loaded");
    }
    roots.add_parsable_certificates(native.certs);
    if roots.is_empty() {
        tracing::info!("the system has no certificate authorities; using Mozilla's");
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    }
    roots
}

fn read_ca(path: &Path) -> Result<Vec<CertificateDer<'static>>, ConfigError> {
    let unreadable = |reason: String| ConfigError::ReadCa {
        path: path.to_owned(),
        reason,
    };
    let certificates: Vec<_> = CertificateDer::pem_file_iter(path)
        .and_then(Iterator::collect)
        .map_err(|error| unreadable(error.to_string()))?;
    if certificates.is_empty() {
        return Err(ConfigError::NoCertificate {
            path: path.to_owned(),
        });
    }
    let mut probe = RootCertStore::empty();
    for certificate in &certificates {
        let bad = |error: rustls::Error| ConfigError::BadCertificate {
            path: path.to_owned(),
            reason: error.to_string(),
        };
        probe.add(certificate.clone()).map_err(bad)?;
    }
    Ok(certificates)
}
