//! Reads a printed paper back, as a viewer or a screen reader would.

use pdf_extract::{Dictionary, Document, Object, extract_text_from_mem};

/// The text, without white space: layout may put a break anywhere between Japanese characters.
pub fn text(pdf: &[u8]) -> String {
    let text = extract_text_from_mem(pdf).unwrap();
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '\u{200B}')
        .collect()
}

/// How many pages.
pub fn pages(pdf: &[u8]) -> usize {
    document(pdf).get_pages().len()
}

/// The text of one page, counted from 1, without white space.
pub fn page_text(pdf: &[u8], number: usize) -> String {
    let pages = pdf_extract::extract_text_from_mem_by_pages(pdf).unwrap();
    pages[number - 1]
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect()
}

/// The names of all fonts, each with whether its file is embedded.
pub fn fonts(pdf: &[u8]) -> Vec<(String, bool)> {
    let document = document(pdf);
    let descriptors = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|dict| dict.has_type(b"FontDescriptor"));
    descriptors
        .map(|dict| (font_name(dict), dict.has(b"FontFile2")))
        .collect()
}

/// True if the file is a tagged PDF that says its language and shows its title.
pub fn is_tagged_japanese(pdf: &[u8]) -> bool {
    let document = document(pdf);
    let catalog = document.catalog().unwrap();
    let marked = catalog
        .get(b"MarkInfo")
        .and_then(Object::as_dict)
        .and_then(|info| info.get(b"Marked"))
        .and_then(Object::as_bool);
    let language = catalog.get(b"Lang").and_then(Object::as_str);
    catalog.has(b"StructTreeRoot")
        && marked.is_ok_and(|marked| marked)
        && language.is_ok_and(|language| language.starts_with(b"ja"))
}

/// The XMP metadata, where PDF/A and PDF/UA are declared.
pub fn metadata(pdf: &[u8]) -> String {
    let document = document(pdf);
    let id = document
        .catalog()
        .unwrap()
        .get(b"Metadata")
        .unwrap()
        .as_reference()
        .unwrap();
    let stream = document.get_object(id).unwrap().as_stream().unwrap();
    let bytes = stream
        .get_plain_content()
        .unwrap_or_else(|_raw| stream.content.clone());
    String::from_utf8(bytes).unwrap()
}

fn document(pdf: &[u8]) -> Document {
    Document::load_mem(pdf).unwrap()
}

fn font_name(descriptor: &Dictionary) -> String {
    let name = descriptor
        .get(b"FontName")
        .and_then(Object::as_name)
        .unwrap();
    String::from_utf8_lossy(name).into_owned()
}
