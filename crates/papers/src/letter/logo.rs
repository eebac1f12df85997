//! The business's logo, as it stands at the head of its letters.

use std::sync::Arc;

use crate::document::{Block, Figure, Picture, size_of};
use crate::error::Error;

/// A PNG file that can stand on paper.
#[derive(Debug, Clone)]
pub struct Logo {
    png: Arc<[u8]>,
    /// In pixels.
    pub width: usize,
    pub height: usize,
}

impl Logo {
    /// The largest file that is taken, in bytes.
    pub const MOST_BYTES: usize = 512 * 1024;
    /// The widest and highest picture that is taken, in pixels: every letter carries it.
    pub const WIDEST: usize = 1_200;
    pub const HIGHEST: usize = 600;
    /// The room on paper, in points.
    const ROOM: (f32, f32) = (190.0, 56.0);

    /// The logo in a PNG file.
    ///
    /// # Errors
    /// [`Error::Picture`] when it is no readable PNG, or larger than a logo may be.
    pub fn of(png: &[u8]) -> Result<Logo, Error> {
        let too_large = || Error::Picture { because: "it is too large".to_owned() };
        if png.len() > Self::MOST_BYTES {
            return Err(too_large());
        }
        let (width, height) = size_of(png)?;
        if width > Self::WIDEST || height > Self::HIGHEST {
            return Err(too_large());
        }
        Ok(Logo { png: png.into(), width, height })
    }

    /// At most as large as on a screen of 96 dots an inch. `words` are read out in its place.
    pub(super) fn block(&self, words: &str) -> Block {
        let points = |pixels: usize| f32::from(u16::try_from(pixels).unwrap_or(u16::MAX)).max(1.0) * 0.75;
        let (width, height) = (points(self.width), points(self.height));
        let scale = (Self::ROOM.0 / width).min(Self::ROOM.1 / height).min(1.0);
        Block::Figure(Figure {
            picture: Picture::Png(self.png.to_vec()),
            alternative: words.to_owned(),
            caption: String::new(),
            width: width * scale,
            height: height * scale,
        })
    }
}
