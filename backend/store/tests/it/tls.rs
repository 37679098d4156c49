//! PostgreSQL over TLS: what `sslmode` asks for happens, or nothing is said at all.

use store::Database;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

/// What a client sends that would like TLS (PostgreSQL protocol 3.0, SSLRequest).
const SSL_REQUEST: [u8; 8] = [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f];

/// How a TLS handshake begins (RFC 8446 §5.1).
const HANDSHAKE: u8 = 22;

/// The first byte that somebody says who wants TLS at all costs, once the server has answered with
/// this. Nothing where they leave.
async fn said_after(answer: u8) -> Option<u8> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(async move {
        let (mut client, _) = listener.accept().await.unwrap();
        let mut request = [0; 8];
        client.read_exact(&mut request).await.unwrap();
        assert_eq!(request, SSL_REQUEST);
        client.write_all(&[answer]).await.unwrap();
        client.read_u8().await.ok()
    });
    let url = format!("postgres://yoriai@{address}/yoriai?sslmode=require");
    assert!(Database::connect(&url, 1).await.is_err());
    server.await.unwrap()
}

#[tokio::test]
async fn a_server_that_speaks_tls_is_spoken_to_in_tls() {
    assert_eq!(said_after(b'S').await, Some(HANDSHAKE));
}

#[tokio::test]
async fn a_server_that_does_not_is_told_nothing_in_the_clear() {
    assert_eq!(said_after(b'N').await, None);
}
