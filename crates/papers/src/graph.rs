//! Graphs in columns as figures: what leads to what, from left to right, with words that tell the same.

use crate::document::{Figure, Picture, Shape};

/// A figure never has more rows: what is left over is counted in its last row.
pub const MOST_ROWS: usize = 24;

const ROW: f32 = 21.0;
const BOX: f32 = 17.0;
const HEAD: f32 = 20.0;
const WIDTH: f32 = 480.0;
const GAP: f32 = 58.0;
/// Points that a letter takes on average.
const LETTER: f32 = 5.1;

const FILL: [f32; 3] = [0.925, 0.945, 0.957];
const MARKED: [f32; 3] = [0.988, 0.902, 0.878];
const BAR: [f32; 3] = [0.70, 0.20, 0.10];
const THIN: [f32; 3] = [0.74, 0.77, 0.80];
const THICK: [f32; 3] = [0.11, 0.33, 0.42];

/// A graph of columns; an edge leads from a node to one in the next column.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    pub columns: Vec<Column>,
    pub edges: Vec<Edge>,
    /// What the edges mean, printed under the picture.
    pub caption: String,
    /// The whole graph in words.
    pub alternative: String,
}

#[derive(Debug, Clone)]
pub struct Column {
    pub title: String,
    /// Share of the width, relative to the other columns.
    pub width: f32,
    pub nodes: Vec<Node>,
}

#[derive(Debug, Clone)]
pub struct Node {
    pub label: String,
    /// Stands out by a bar at its side and a warm ground.
    pub marked: bool,
}

/// From the node `from` of column `column` to the node `to` of the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    pub column: usize,
    pub from: usize,
    pub to: usize,
    pub thick: bool,
}

/// The graph as a figure that fits a page.
pub fn figure(graph: &Graph) -> Figure {
    let rows = graph.columns.iter().map(|it| it.nodes.len().min(MOST_ROWS)).max().unwrap_or(0);
    let height = HEAD + ROW * number(rows.max(1));
    let places = places(graph);
    let mut shapes = Vec::new();
    for edge in &graph.edges {
        if edge.from >= MOST_ROWS || edge.to >= MOST_ROWS {
            continue;
        }
        let (Some((left, width)), Some((right, _))) = (places.get(edge.column), places.get(edge.column + 1))
        else {
            continue;
        };
        let (colour, weight) = if edge.thick { (THICK, 1.4) } else { (THIN, 0.6) };
        let from = (left + width, middle(graph, edge.column, edge.from, rows));
        let to = (*right, middle(graph, edge.column + 1, edge.to, rows));
        shapes.push(Shape::Line { from, to, weight, colour });
    }
    for (n, (column, (x, width))) in graph.columns.iter().zip(&places).enumerate() {
        shapes.push(Shape::Words { x: *x, y: 10.0, text: short(&column.title, *width) });
        for (row, node) in column.nodes.iter().take(MOST_ROWS).enumerate() {
            let y = middle(graph, n, row, rows) - BOX / 2.0;
            let fill = if node.marked { MARKED } else { FILL };
            shapes.push(Shape::Rectangle { x: *x, y, width: *width, height: BOX, fill });
            if node.marked {
                shapes.push(Shape::Rectangle { x: *x, y, width: 3.5, height: BOX, fill: BAR });
            }
            let left = column.nodes.len() - MOST_ROWS.min(column.nodes.len());
            let text = match left {
                0 => node.label.clone(),
                _ if row + 1 == MOST_ROWS => format!("and {} more", left + 1),
                _ => node.label.clone(),
            };
            shapes.push(Shape::Words { x: x + 7.0, y: y + 12.0, text: short(&text, width - 9.0) });
        }
    }
    Figure {
        picture: Picture::Drawing(shapes),
        alternative: graph.alternative.clone(),
        caption: graph.caption.clone(),
        width: WIDTH,
        height,
    }
}

/// Left edge and width of each column.
fn places(graph: &Graph) -> Vec<(f32, f32)> {
    let total: f32 = graph.columns.iter().map(|it| it.width.max(0.01)).sum();
    let room = WIDTH - GAP * number(graph.columns.len().saturating_sub(1));
    let mut x = 0.0;
    graph
        .columns
        .iter()
        .map(|column| {
            let width = room * column.width.max(0.01) / total;
            let place = (x, width);
            x += width + GAP;
            place
        })
        .collect()
}

/// The height of a node's middle; short columns stand in the middle of long ones.
fn middle(graph: &Graph, column: usize, row: usize, rows: usize) -> f32 {
    let own = graph.columns.get(column).map_or(0, |it| it.nodes.len().min(MOST_ROWS));
    let above = number(rows.saturating_sub(own)) / 2.0;
    HEAD + ROW * (above + number(row)) + ROW / 2.0
}

/// As much of a text as about fits a width.
fn short(text: &str, width: f32) -> String {
    let mut room = 0;
    let mut used = LETTER;
    while used <= width {
        room += 1;
        used += LETTER;
    }
    if text.chars().count() <= room {
        return text.to_owned();
    }
    let kept: String = text.chars().take(room.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// Exact for every number of rows and columns that a figure can have.
fn number(n: usize) -> f32 {
    f32::from(u16::try_from(n).unwrap_or(u16::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(title: &str, nodes: usize) -> Column {
        let node = |n| Node { label: format!("{title} {n}"), marked: n == 0 };
        Column { title: title.to_owned(), width: 1.0, nodes: (0..nodes).map(node).collect() }
    }

    #[test]
    fn a_graph_fits_its_figure_and_says_what_it_left_out() {
        let edges = vec![
            Edge { column: 0, from: 0, to: 0, thick: true },
            Edge { column: 0, from: 0, to: 30, thick: false },
        ];
        let graph =
            Graph { columns: vec![column("app", 2), column("object", 31)], edges, ..Graph::default() };
        let drawn = figure(&graph);
        let Picture::Drawing(shapes) = &drawn.picture else { panic!("no drawing") };
        let lines = shapes.iter().filter(|it| matches!(it, Shape::Line { .. })).count();
        assert_eq!(lines, 1, "an edge to what is not drawn is not drawn");
        let words: Vec<&str> = shapes
            .iter()
            .filter_map(|it| match it {
                Shape::Words { text, .. } => Some(text.as_str()),
                Shape::Rectangle { .. } | Shape::Line { .. } => None,
            })
            .collect();
        assert!(words.contains(&"and 8 more"), "{words:?}");
        for shape in shapes {
            if let Shape::Rectangle { x, y, width, height, .. } = shape {
                assert!(
                    *x >= 0.0 && x + width <= WIDTH + 0.1 && *y >= 0.0 && y + height <= drawn.height + 0.1
                );
            }
        }
    }

    #[test]
    fn a_long_name_is_cut_and_not_run_over() {
        assert_eq!(short("ContactPointTypeConsent", 300.0), "ContactPointTypeConsent");
        assert!(short("ContactPointTypeConsent", 60.0).ends_with('…'));
    }
}
