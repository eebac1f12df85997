//! Names as numbers: logs repeat the same few thousand of them millions of times.

use super::super::quick::Quick;

/// A name that was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Word(u32);

impl Word {
    pub fn number(self) -> u32 {
        self.0
    }

    /// As part of a key.
    pub fn number_of(word: Option<Self>) -> u32 {
        word.map_or(u32::MAX, Self::number)
    }

    /// What it is called in another list, which took its own list in.
    pub fn among(self, names: &[Self]) -> Self {
        names.get(place(self.0)).copied().unwrap_or(self)
    }
}

#[derive(Debug, Default)]
pub(super) struct Words {
    numbers: Quick<Box<str>, Word>,
    texts: Vec<Box<str>>,
}

impl Words {
    pub fn of(&mut self, text: &str) -> Word {
        if let Some(word) = self.numbers.get(text) {
            return *word;
        }
        let word = Word(number(self.texts.len()));
        self.numbers.insert(text.into(), word);
        self.texts.push(text.into());
        word
    }

    pub fn known(&self, text: &str) -> Option<Word> {
        self.numbers.get(text).copied()
    }

    pub fn text(&self, word: Word) -> &str {
        self.texts.get(place(word.0)).map_or("", |it| it)
    }

    /// Takes in the names of another list; gives what each of its names is called here.
    pub fn join(&mut self, other: &Self) -> Vec<Word> {
        other.texts.iter().map(|text| self.of(text)).collect()
    }
}

/// Names beside a list that others read at the same time.
#[derive(Debug)]
pub(super) struct Besides<'b> {
    base: &'b Words,
    more: Words,
}

impl<'b> Besides<'b> {
    pub fn new(base: &'b Words) -> Self {
        Self { base, more: Words::default() }
    }

    pub fn of(&mut self, text: &str) -> Word {
        let beside = |more: &mut Words| Word(number(self.base.texts.len()).saturating_add(more.of(text).0));
        self.base.known(text).unwrap_or_else(|| beside(&mut self.more))
    }

    /// The names that the list did not have.
    pub fn done(self) -> Found {
        Found { from: self.base.texts.len(), more: self.more }
    }
}

/// Names that are not in a list yet.
#[derive(Debug)]
pub(super) struct Found {
    from: usize,
    more: Words,
}

impl Found {
    /// Takes the names into the list; gives what tells how one of them is called there.
    pub fn into(self, base: &mut Words) -> impl Fn(Word) -> Word + use<> {
        let names = base.join(&self.more);
        let from = self.from;
        move |word| {
            let beside = place(word.0).checked_sub(from);
            beside.and_then(|it| names.get(it)).copied().unwrap_or(word)
        }
    }
}

fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

fn place(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_found_beside_a_list_come_into_it() {
        let mut base = Words::default();
        let old = base.of("a");
        let mut beside = Besides::new(&base);
        let (same, new, other) = (beside.of("a"), beside.of("b"), beside.of("c"));
        assert_eq!(same, old);
        let mut twin = Besides::new(&base);
        let twice = twin.of("c");
        let (found, more) = (beside.done(), twin.done());
        let renamed = found.into(&mut base);
        let again = more.into(&mut base);
        assert_eq!([old, new, other].map(|it| base.text(renamed(it)).to_owned()), ["a", "b", "c"]);
        assert_eq!(base.text(again(twice)), "c");
    }
}
