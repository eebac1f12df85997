//! Bar charts as figures: how much in each stretch of time, with words that tell the same.

use crate::document::{Figure, Picture, Shape};

const WIDTH: f32 = 480.0;
const HEIGHT: f32 = 190.0;
const LEFT: f32 = 62.0;
const TOP: f32 = 8.0;
const FLOOR: f32 = 150.0;
const BAR: [f32; 3] = [0.55, 0.64, 0.70];
const MARKED: [f32; 3] = [0.70, 0.20, 0.10];
const RULE: [f32; 3] = [0.80, 0.82, 0.84];

/// One bar.
#[derive(Debug, Clone)]
pub struct Bar {
    pub label: String,
    pub value: u64,
    /// Stands out in a darker colour, and by a line under its foot.
    pub marked: bool,
}

/// The bars from left to right, at most a few dozen.
pub fn figure(bars: &[Bar], caption: &str, alternative: &str) -> Figure {
    let most = bars.iter().map(|it| it.value).max().unwrap_or(0).max(1);
    let step = (WIDTH - LEFT) / float(u64::try_from(bars.len()).unwrap_or(1).max(1));
    let mut shapes = Vec::new();
    for (share, value) in [(0.0, 0), (0.5, most / 2), (1.0, most)] {
        let y = FLOOR - (FLOOR - TOP) * share;
        shapes.push(Shape::Line { from: (LEFT, y), to: (WIDTH, y), weight: 0.5, colour: RULE });
        shapes.push(Shape::Words { x: 0.0, y: y + 3.0, text: value.to_string() });
    }
    // As many labels as fit side by side.
    let every = (74.0 / step).ceil().max(1.0);
    let mut next = 0.0;
    for (n, bar) in bars.iter().enumerate() {
        let place = float(u64::try_from(n).unwrap_or_default());
        let x = LEFT + step * place;
        let height = (FLOOR - TOP) * (float(bar.value) / float(most));
        let (width, gap) = (step * 0.8, step * 0.1);
        let fill = if bar.marked { MARKED } else { BAR };
        if bar.value > 0 {
            let height = height.max(1.0);
            shapes.push(Shape::Rectangle { x: x + gap, y: FLOOR - height, width, height, fill });
        }
        if bar.marked {
            shapes.push(Shape::Rectangle { x, y: FLOOR + 2.0, width: step, height: 3.0, fill: MARKED });
        }
        if place >= next {
            shapes.push(Shape::Words { x, y: FLOOR + 19.0, text: bar.label.clone() });
            next = place + every;
        }
    }
    Figure {
        picture: Picture::Drawing(shapes),
        alternative: alternative.to_owned(),
        caption: caption.to_owned(),
        width: WIDTH,
        height: HEIGHT,
    }
}

/// Near enough for the height of a bar.
fn float(n: u64) -> f32 {
    let mut value = 0.0_f32;
    for part in [48, 32, 16, 0] {
        value = value * 65_536.0 + f32::from(u16::try_from((n >> part) & 0xffff).unwrap_or_default());
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_bar_reaches_the_top_and_small_ones_are_still_seen() {
        let bar = |value, marked| Bar { label: format!("{value}"), value, marked };
        let drawn = figure(&[bar(1_000_000, true), bar(1, false), bar(0, false)], "c", "a");
        let Picture::Drawing(shapes) = &drawn.picture else { panic!("no drawing") };
        let heights: Vec<f32> = shapes
            .iter()
            .filter_map(|it| match it {
                Shape::Rectangle { height, y, .. } if *y < FLOOR => Some(*height),
                Shape::Rectangle { .. } | Shape::Line { .. } | Shape::Words { .. } => None,
            })
            .collect();
        assert_eq!(heights, [FLOOR - TOP, 1.0], "nothing is drawn for nothing");
        assert!(figure(&[], "c", "a").height > 0.0);
        assert!((float(70_000) - 70_000.0).abs() < 0.5);
    }
}
