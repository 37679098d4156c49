//! The pretend identity provider (デジタル認証サービスの代役).
