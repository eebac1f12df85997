//! Reading an envelope into a small tree of local names.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::super::answer::Refusal;

/// An element: local name, text, children.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Node {
    pub name: String,
    pub text: String,
    pub children: Vec<Node>,
}

/// Deeper nesting is no SOAP request.
const DEPTH: usize = 32;

impl Node {
    pub(super) fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|it| it.name == name)
    }

    /// The text of a child, if it is there and not empty.
    pub(super) fn text_of(&self, name: &str) -> Option<String> {
        self.child(name).map(|it| it.text.trim().to_owned()).filter(|it| !it.is_empty())
    }

    /// The texts of all children of that name.
    pub(super) fn texts_of(&self, name: &str) -> Vec<String> {
        self.children.iter().filter(|it| it.name == name).map(|it| it.text.trim().to_owned()).collect()
    }
}

fn broken() -> Refusal {
    Refusal::new(500, "INVALID_OPERATION", "The request is not a well-formed SOAP envelope")
}

/// The children of a flat document whose outermost element has this name, and their texts.
pub(crate) fn fields(bytes: &[u8], name: &str) -> Option<Vec<(String, String)>> {
    let root = document(bytes).ok().filter(|it| it.name == name)?;
    Some(root.children.into_iter().map(|it| (it.name, it.text.trim().to_owned())).collect())
}

/// Reads an envelope.
pub(super) fn tree(bytes: &[u8]) -> Result<Node, Refusal> {
    document(bytes).ok().filter(|it| it.name == "Envelope").ok_or_else(broken)
}

/// Reads a document; document types and unknown entities are refused.
fn document(bytes: &[u8]) -> Result<Node, Refusal> {
    let text = std::str::from_utf8(bytes).map_err(|_| broken())?;
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Node> = vec![Node::default()];
    loop {
        match reader.read_event().map_err(|_| broken())? {
            Event::Start(it) => {
                if open.len() > DEPTH {
                    return Err(broken());
                }
                let name = String::from_utf8_lossy(it.local_name().as_ref()).into_owned();
                open.push(Node { name, ..Node::default() });
            }
            Event::Empty(it) => {
                let name = String::from_utf8_lossy(it.local_name().as_ref()).into_owned();
                open.last_mut().ok_or_else(broken)?.children.push(Node { name, ..Node::default() });
            }
            Event::End(_) => {
                let done = open.pop().ok_or_else(broken)?;
                open.last_mut().ok_or_else(broken)?.children.push(done);
            }
            Event::Text(it) => {
                let part = it.decode().map_err(|_| broken())?;
                open.last_mut().ok_or_else(broken)?.text.push_str(&part);
            }
            Event::CData(it) => {
                let part = it.decode().map_err(|_| broken())?;
                open.last_mut().ok_or_else(broken)?.text.push_str(&part);
            }
            Event::GeneralRef(it) => {
                let letter = match it.resolve_char_ref().map_err(|_| broken())? {
                    Some(letter) => letter,
                    None => match it.decode().map_err(|_| broken())?.as_ref() {
                        "amp" => '&',
                        "lt" => '<',
                        "gt" => '>',
                        "quot" => '"',
                        "apos" => '\'',
                        _ => return Err(broken()),
                    },
                };
                open.last_mut().ok_or_else(broken)?.text.push(letter);
            }
            Event::DocType(_) => return Err(broken()),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof => break,
        }
    }
    if open.len() != 1 {
        return Err(broken());
    }
    let mut root = open.pop().ok_or_else(broken)?;
    root.children.pop().ok_or_else(broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_are_dropped_and_entities_read() {
        let tree = tree(
            b"<?xml version=\"1.0\"?><s:Envelope xmlns:s=\"x\"><s:Body><n:login xmlns:n=\"y\"><n:username>a&amp;b&#39;</n:username></n:login></s:Body></s:Envelope>",
        )
        .unwrap();
        let login = &tree.child("Body").unwrap().children[0];
        assert_eq!((login.name.as_str(), login.text_of("username").as_deref()), ("login", Some("a&b'")));
    }

    #[test]
    fn what_is_no_envelope_is_refused() {
        for text in ["", "x", "<a/>", "<Envelope>", "<!DOCTYPE a><Envelope/>", "<Envelope>&x;</Envelope>"] {
            assert!(tree(text.as_bytes()).is_err(), "{text}");
        }
    }
}
