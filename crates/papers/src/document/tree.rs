//! What each mark on a page means: the structure of a paper, as a screen reader walks it.

/// The part that something on a page plays in the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Document,
    H1,
    H2,
    H3,
    P,
    L,
    LI,
    Lbl,
    LBody,
    Table,
    THead,
    TBody,
    TR,
    TH(Scope),
    TD,
    Figure,
}

/// What a header cell heads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    Row,
    Column,
}

impl Role {
    pub(super) fn name(self) -> &'static str {
        match self {
            Role::Document => "Document",
            Role::H1 => "H1",
            Role::H2 => "H2",
            Role::H3 => "H3",
            Role::P => "P",
            Role::L => "L",
            Role::LI => "LI",
            Role::Lbl => "Lbl",
            Role::LBody => "LBody",
            Role::Table => "Table",
            Role::THead => "THead",
            Role::TBody => "TBody",
            Role::TR => "TR",
            Role::TH(_) => "TH",
            Role::TD => "TD",
            Role::Figure => "Figure",
        }
    }
}

/// A place in the tree.
pub(super) type NodeId = usize;

#[derive(Debug)]
pub(super) struct Node {
    pub role: Role,
    pub parent: NodeId,
    pub kids: Vec<Kid>,
    pub extra: Option<Extra>,
}

/// What a node carries beside its role.
#[derive(Debug)]
pub(super) enum Extra {
    /// Words that stand for a picture, and where it stands: left, bottom, right, top.
    Alternative { words: String, place: [f32; 4] },
    /// `Decimal` or `Disc`.
    Numbering(&'static str),
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Kid {
    Node(NodeId),
    /// The marks of that number on that page, both from 0.
    Marks {
        page: usize,
        number: usize,
    },
}

/// The whole structure; the first node is the document.
#[derive(Debug)]
pub(super) struct Tree {
    pub nodes: Vec<Node>,
}

impl Tree {
    pub(super) const ROOT: NodeId = 0;

    pub(super) fn new() -> Self {
        Self { nodes: vec![Node { role: Role::Document, parent: 0, kids: Vec::new(), extra: None }] }
    }

    /// A new last child of `parent`.
    pub(super) fn add(&mut self, parent: NodeId, role: Role) -> NodeId {
        let id = self.nodes.len();
        self.nodes.push(Node { role, parent, kids: Vec::new(), extra: None });
        self.kid(parent, Kid::Node(id));
        id
    }

    pub(super) fn kid(&mut self, parent: NodeId, kid: Kid) {
        if let Some(node) = self.nodes.get_mut(parent) {
            node.kids.push(kid);
        }
    }

    pub(super) fn extra(&mut self, node: NodeId, extra: Extra) {
        if let Some(node) = self.nodes.get_mut(node) {
            node.extra = Some(extra);
        }
    }
}
