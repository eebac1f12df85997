//! The text of a PDF, by lopdf, with its own bounds on what streams may unpack to.

use std::borrow::Cow;

use lopdf::{Document, LoadOptions};

use super::{Format, LARGEST_TEXT, Read, Unread};

const MOST_PAGES: usize = 5_000;

pub(super) fn read(bytes: &[u8]) -> Read<'static> {
    let options = LoadOptions { max_decompressed_size: Some(LARGEST_TEXT), ..LoadOptions::default() };
    let document = match Document::load_mem_with_options(bytes, options) {
        Ok(document) => document,
        Err(lopdf::Error::Decryption(_) | lopdf::Error::InvalidPassword) => {
            return Read::Unread(Unread::Encrypted);
        }
        Err(_) => {
            return Read::Unread(if names_encryption(bytes) { Unread::Encrypted } else { Unread::Broken });
        }
    };
    if document.is_encrypted() {
        return Read::Unread(Unread::Encrypted);
    }
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    if pages.is_empty() {
        return Read::Unread(Unread::Broken);
    }
    if pages.len() > MOST_PAGES {
        return Read::Unread(Unread::TooLarge);
    }
    let mut text = String::new();
    for page in pages {
        match document.extract_text_with_limit(&[page], LARGEST_TEXT) {
            Ok(page) => text.push_str(&page),
            Err(_) => return Read::Unread(Unread::Broken),
        }
        text.push('\n');
        if text.len() > LARGEST_TEXT {
            return Read::Unread(Unread::TooLarge);
        }
    }
    // What a person typed into the fields of a form, and notes on a page.
    for object in document.objects.values() {
        let Ok(dictionary) = object.as_dict() else { continue };
        for key in [b"V".as_slice(), b"Contents", b"TU"] {
            if let Ok(written) = dictionary.get(key).and_then(lopdf::decode_text_string) {
                text.push_str(&written);
                text.push('\n');
            }
        }
    }
    let pictures = document
        .objects
        .values()
        .filter(|it| {
            it.as_stream().is_ok_and(|it| {
                it.dict.get(b"Subtype").and_then(|it| it.as_name()).is_ok_and(|it| it == b"Image")
            })
        })
        .count();
    if text.trim().is_empty() {
        return Read::Unread(Unread::WithoutText);
    }
    Read::Text { format: Format::Pdf, text: Cow::Owned(text), pictures }
}

fn names_encryption(bytes: &[u8]) -> bool {
    bytes.windows(8).any(|it| it == b"/Encrypt")
}
