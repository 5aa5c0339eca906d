//! TLS: a certificate and its key, read from files and read again on request.
//!
//! Owns the files' meaning and the protocols that are offered. Knows no connection.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::{CryptoProvider, ring};
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;
use tokio_rustls::rustls::{self, ServerConfig};

/// HTTP/2 by its name in TLS.
pub(crate) const H2: &[u8] = b"h2";
/// HTTP/1.1 by its name in TLS.
const HTTP_1_1: &[u8] = b"http/1.1";

/// Why TLS cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read as what it should be.
    #[error("cannot use {what} {}: {why}", path.display())]
    File {
        /// The certificate or the key.
        what: &'static str,
        /// Where it should be.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// The two do not go together, or rustls refuses them.
    #[error("cannot use the certificate with its key: {0}")]
    Pair(#[from] rustls::Error),
}

/// The certificate that is shown to clients from now on.
#[derive(Debug)]
pub struct Certificate {
    chain: PathBuf,
    key: PathBuf,
    provider: Arc<CryptoProvider>,
    current: RwLock<Arc<CertifiedKey>>,
}

impl Certificate {
    /// Reads a certificate chain and its private key, both PEM.
    ///
    /// # Errors
    /// In one sentence for whoever started the server.
    pub fn load(chain: &Path, key: &Path) -> Result<Self, TlsError> {
        let provider = Arc::new(ring::default_provider());
        let current = RwLock::new(read(&provider, chain, key)?);
        Ok(Self {
            chain: chain.to_owned(),
            key: key.to_owned(),
            provider,
            current,
        })
    }

    /// Reads the files again; connections that are open keep what they have.
    ///
    /// # Errors
    /// As [`Certificate::load`]; the old one stays.
    pub fn reload(&self) -> Result<(), TlsError> {
        let new = read(&self.provider, &self.chain, &self.key)?;
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = new;
        Ok(())
    }

    /// What makes a TLS connection of a TCP connection; with `h2`, clients may choose HTTP/2.
    ///
    /// # Errors
    /// When the provider lacks what TLS needs.
    pub(crate) fn acceptor(self: Arc<Self>, h2: bool) -> Result<TlsAcceptor, TlsError> {
        let mut config = ServerConfig::builder_with_provider(Arc::clone(&self.provider))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_cert_resolver(self);
        config.alpn_protocols = vec![HTTP_1_1.to_vec()];
        if h2 {
            config.alpn_protocols.insert(0, H2.to_vec());
        }
        Ok(Arc::new(config).into())
    }
}

impl ResolvesServerCert for Certificate {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        Some(Arc::clone(&current))
    }
}

fn read(
    provider: &CryptoProvider,
    chain: &Path,
    key: &Path,
) -> Result<Arc<CertifiedKey>, TlsError> {
    let unreadable = |what, path: &Path, why: &dyn std::fmt::Display| TlsError::File {
        what,
        path: path.to_owned(),
        why: why.to_string(),
    };
    let certificates = CertificateDer::pem_file_iter(chain)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| unreadable("the certificate", chain, &error))?;
    if certificates.is_empty() {
        let why = "there is no PEM certificate in it";
        return Err(unreadable("the certificate", chain, &why));
    }
    let private = PrivateKeyDer::from_pem_file(key)
        .map_err(|error| unreadable("the private key", key, &error))?;
    Ok(Arc::new(CertifiedKey::from_der(
        certificates,
        private,
        provider,
    )?))
}
