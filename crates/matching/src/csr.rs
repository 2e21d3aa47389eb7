//! Lists of different lengths, one a row, in two flat arrays.

/// The list of row `i` is `items[ends[i - 1]..ends[i]]`.
#[derive(Clone, Debug)]
pub(crate) struct Lists<T> {
    ends: Vec<u32>,
    items: Vec<T>,
}

impl<T> Default for Lists<T> {
    fn default() -> Lists<T> {
        Lists { ends: Vec::new(), items: Vec::new() }
    }
}

impl<T: Copy> Lists<T> {
    /// Adds an item to the list in the making.
    pub(crate) fn add(&mut self, item: T) {
        self.items.push(item);
    }

    /// The items of the list in the making.
    pub(crate) fn open(&self) -> &[T] {
        &self.items[self.ends.last().map_or(0, |&end| end as usize)..]
    }

    /// Ends the list in the making.
    pub(crate) fn close(&mut self) {
        self.ends.push(self.items.len() as u32);
    }

    pub(crate) fn get(&self, row: u32) -> &[T] {
        let row = row as usize;
        let start = if row == 0 { 0 } else { self.ends[row - 1] as usize };
        &self.items[start..self.ends[row] as usize]
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// An empty table of lists with room for so many lists and items.
    pub(crate) fn with_capacity(lists: usize, items: usize) -> Lists<T> {
        Lists { ends: Vec::with_capacity(lists), items: Vec::with_capacity(items) }
    }

    /// The first item of a row's list, or what follows where it is empty.
    pub(crate) fn first(&self, row: u32) -> Option<&T> {
        let start = if row == 0 { 0 } else { self.ends[row as usize - 1] as usize };
        self.items.get(start)
    }

    /// How many items all lists have.
    pub(crate) fn items(&self) -> usize {
        self.items.len()
    }
}
