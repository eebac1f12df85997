//! Pictures: PNG files made opaque, and drawings of a few shapes.

use std::rc::Rc;

use super::flow::CELL;
use super::page::{INK, Image, Mark};
use super::shape::Shaper;
use super::{Picture, Shape};
use crate::error::Error;

/// The largest picture that is taken, in pixels: an A4 page at 600 dots per inch.
const MOST_PIXELS: usize = 36_000_000;

/// What draws a picture whose upper left corner is at `corner`.
pub(super) fn marks(
    picture: &Picture,
    shaper: &mut Shaper<'_>,
    (left, top): (f32, f32),
    (width, height): (f32, f32),
    scale: f32,
) -> Result<Vec<Mark>, Error> {
    let shapes = match picture {
        Picture::Png(bytes) => {
            let image = Rc::new(opaque(bytes)?);
            return Ok(vec![Mark::Image { image, x: left, y: top - height, width, height }]);
        }
        Picture::Drawing(shapes) => shapes,
    };
    let at = |(x, y): (f32, f32)| (left + x * scale, top - y * scale);
    Ok(shapes
        .iter()
        .map(|shape| match shape {
            Shape::Rectangle { x, y, width, height, fill } => {
                let (x, y) = at((*x, *y + *height));
                Mark::Fill { x, y, width: width * scale, height: height * scale, colour: *fill }
            }
            Shape::Line { from, to, weight, colour } => {
                Mark::Rule { from: at(*from), to: at(*to), weight: *weight, colour: *colour }
            }
            Shape::Words { x, y, text } => {
                let (x, y) = at((*x, *y));
                let lines = shaper.one_line(text, CELL.size, (left + width - x).max(CELL.size));
                Mark::Line { lines, n: 0, x, y, size: CELL.size, colour: INK }
            }
        })
        .collect())
}

/// Width and height in pixels of a PNG file that can be drawn.
///
/// # Errors
/// [`Error::Picture`] when it cannot be.
pub(crate) fn size_of(png: &[u8]) -> Result<(usize, usize), Error> {
    opaque(png).map(|it| (it.width, it.height))
}

/// The PNG file in red, green and blue; what is transparent lets white through.
fn opaque(bytes: &[u8]) -> Result<Image, Error> {
    let broken = |because: &dyn std::fmt::Display| Error::Picture { because: because.to_string() };
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(|error| broken(&error))?;
    let size = reader
        .output_buffer_size()
        .filter(|size| *size <= MOST_PIXELS * 4)
        .ok_or_else(|| broken(&"it is too large"))?;
    let mut raw = vec![0; size];
    let info = reader.next_frame(&mut raw).map_err(|error| broken(&error))?;
    raw.truncate(info.buffer_size());
    let over_white = |value: u8, alpha: u8| {
        let blended = (u32::from(value) * u32::from(alpha) + 255 * (255 - u32::from(alpha))) / 255;
        u8::try_from(blended).unwrap_or(u8::MAX)
    };
    let pixels = match info.color_type {
        png::ColorType::Rgb => raw,
        png::ColorType::Rgba => raw
            .chunks_exact(4)
            .flat_map(|it| match it {
                [r, g, b, a] => [over_white(*r, *a), over_white(*g, *a), over_white(*b, *a)],
                _ => [255; 3],
            })
            .collect(),
        png::ColorType::Grayscale => raw.iter().flat_map(|grey| [*grey; 3]).collect(),
        png::ColorType::GrayscaleAlpha => raw
            .chunks_exact(2)
            .flat_map(|it| match it {
                [grey, alpha] => [over_white(*grey, *alpha); 3],
                _ => [255; 3],
            })
            .collect(),
        png::ColorType::Indexed => return Err(broken(&"its colours could not be looked up")),
    };
    let side = |length: u32| usize::try_from(length).unwrap_or_default();
    Ok(Image { pixels, width: side(info.width), height: side(info.height) })
}
