//! Which cryptography TLS uses.

/// Makes *ring* the process's TLS cryptography, once. `reqwest` is built without one of its own, so
/// that nothing else has to be compiled; whoever installed another one first keeps it.
pub fn install_provider() {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        // Losing a race against another caller is as good as winning it.
        let _already_installed = rustls::crypto::ring::default_provider().install_default();
    }
}
