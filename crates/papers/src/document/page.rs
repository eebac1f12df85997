//! Pages: marks at places, in reading order, each belonging to a part of the paper or to its frame.

use std::rc::Rc;

use super::Paper;
use super::shape::Lines;
use super::tree::{Kid, NodeId, Tree};

pub(super) const LEFT: f32 = 66.0;
pub(super) const MARGIN: f32 = 72.0;

/// Shades: red, green and blue from 0 to 1.
pub(super) type Colour = [f32; 3];
pub(super) const INK: Colour = [0.11, 0.12, 0.14];
pub(super) const QUIET: Colour = [0.36, 0.38, 0.41];
pub(super) const RULE: Colour = [0.80, 0.82, 0.84];
pub(super) const ACCENT: Colour = [0.11, 0.33, 0.42];
pub(super) const TINT: Colour = [0.945, 0.957, 0.965];
pub(super) const GHOST: Colour = [0.935, 0.935, 0.935];

impl Paper {
    /// Width and height in points.
    pub(super) fn size(self) -> (f32, f32) {
        match self {
            Paper::Letter => (612.0, 792.0),
            Paper::A4 => (595.28, 841.89),
        }
    }

    /// Width of the text.
    pub(super) fn room(self) -> f32 {
        self.size().0 - 2.0 * LEFT
    }

    /// Height of the text.
    pub(super) fn height(self) -> f32 {
        self.size().1 - 2.0 * MARGIN
    }
}

/// Something drawn, in points from the lower left corner of the page.
#[derive(Debug)]
pub(super) enum Mark {
    Line {
        lines: Lines,
        n: usize,
        x: f32,
        y: f32,
        size: f32,
        colour: Colour,
    },
    /// Turned by 50 degrees to the left.
    Tilted {
        lines: Lines,
        x: f32,
        y: f32,
        size: f32,
        colour: Colour,
    },
    Rule {
        from: (f32, f32),
        to: (f32, f32),
        weight: f32,
        colour: Colour,
    },
    Fill {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        colour: Colour,
    },
    Image {
        image: Rc<Image>,
        x: f32,
        y: f32,
        width: f32,
        height: f32,
    },
}

/// A picture in red, green and blue, eight bits each.
#[derive(Debug)]
pub(super) struct Image {
    pub pixels: Vec<u8>,
    pub width: usize,
    pub height: usize,
}

/// Whom a mark belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    Node(NodeId),
    Frame(Frame),
}

/// Marks that say nothing of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frame {
    Header,
    Footer,
    Watermark,
    /// Rules, tints, and the header of a table said again.
    Layout,
}

/// Marks in a row with one owner.
#[derive(Debug)]
pub(super) struct Group {
    pub owner: Owner,
    /// Counts the groups of nodes on this page.
    pub number: usize,
    pub marks: Vec<Mark>,
}

#[derive(Debug, Default)]
pub(super) struct Page {
    pub groups: Vec<Group>,
    /// Owner of each numbered group.
    pub owners: Vec<NodeId>,
}

impl Page {
    /// Adds a mark; `n` is this page's number from 0.
    pub(super) fn mark(&mut self, n: usize, owner: Owner, mark: Mark, tree: &mut Tree) {
        if let Some(last) = self.groups.last_mut().filter(|last| last.owner == owner) {
            last.marks.push(mark);
            return;
        }
        let number = self.owners.len();
        if let Owner::Node(node) = owner {
            self.owners.push(node);
            tree.kid(node, Kid::Marks { page: n, number });
        }
        self.groups.push(Group { owner, number, marks: vec![mark] });
    }
}
