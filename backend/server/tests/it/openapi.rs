//! The document is a promise: a change of it is a change somebody has to have wanted.

#[test]
fn the_openapi_document_is_the_one_that_was_agreed() {
    let document = serde_json::to_string_pretty(&server::document()).unwrap();
    assert!(document.contains("\"openapi\": \"3.1.0\""));
    insta::assert_snapshot!("openapi", document);
}
