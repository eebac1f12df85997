//! Names as numbers: logs repeat the same few thousand of them millions of times.

use std::collections::HashMap;

/// A name that was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Word(u32);

#[derive(Debug, Default)]
pub(super) struct Words {
    numbers: HashMap<Box<str>, Word>,
    texts: Vec<Box<str>>,
}

impl Words {
    pub fn of(&mut self, text: &str) -> Word {
        if let Some(word) = self.numbers.get(text) {
            return *word;
        }
        let word = Word(u32::try_from(self.texts.len()).unwrap_or(u32::MAX));
        self.numbers.insert(text.into(), word);
        self.texts.push(text.into());
        word
    }

    pub fn known(&self, text: &str) -> Option<Word> {
        self.numbers.get(text).copied()
    }

    pub fn text(&self, word: Word) -> &str {
        self.texts.get(usize::try_from(word.0).unwrap_or(usize::MAX)).map_or("", |it| it)
    }
}
