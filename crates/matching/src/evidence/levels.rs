//! The levels at which two values of a field agree.

/// Level 0 of every field: one of the two has no value.
pub(crate) const MISSING: u8 = 0;

/// Levels of phones.
pub(crate) mod phone {
    pub(crate) const SAME: u8 = 1;
    /// The same, but three to five people have it; more than that.
    pub(crate) const SHARED: u8 = 2;
    pub(crate) const CROWDED: u8 = 3;
    pub(crate) const NEAR: u8 = 4;
    pub(crate) const DIFFERENT: u8 = 5;
}

/// Levels of mailboxes.
pub(crate) mod mail {
    pub(crate) const SAME: u8 = 1;
    /// The same, but of a function, or several people have it.
    pub(crate) const SHARED: u8 = 2;
    /// One letter off, anywhere in the address.
    pub(crate) const NEAR: u8 = 3;
    /// The same local part elsewhere, which isn't made of the name alone.
    pub(crate) const LOCAL: u8 = 4;
    /// The same local part elsewhere, made of the name alone: nothing that the name doesn't say.
    pub(crate) const NAMED: u8 = 5;
    pub(crate) const DIFFERENT: u8 = 6;
    /// Some letters off, or scrambled.
    pub(crate) const ALIKE: u8 = 7;
}

/// Levels of handles.
pub(crate) mod handle {
    pub(crate) const SAME: u8 = 1;
    pub(crate) const DIFFERENT: u8 = 2;
}

/// Levels of columns.
pub(crate) mod fact {
    pub(crate) const SAME: u8 = 1;
    pub(crate) const NEAR: u8 = 2;
    pub(crate) const LOOSE: u8 = 3;
    pub(crate) const DIFFERENT: u8 = 4;
    /// Of dates: two of year, month and day are the same; they are a month and some days apart;
    /// only the year is the same.
    pub(crate) const PART: u8 = 5;
    pub(crate) const CLOSE: u8 = 6;
    pub(crate) const YEAR: u8 = 7;
    /// One more than the last.
    pub(crate) const LEVELS: usize = 8;
}

/// Agreement of two names, from none missing to nothing in common.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    Missing,
    /// The same words, in any order.
    Same,
    /// The same name in another form: nickname, transliteration, spelling.
    Variant,
    /// One word has a typing slip.
    Slip,
    /// One has the words of the other and more.
    Subset,
    /// A given name against its first letter.
    Initial,
    /// One of them is a single word that the other has as well.
    Single,
    /// Two words or more agree, others don't.
    Mostly,
    /// The last word agrees, the first doesn't: a family.
    Family,
    /// The first word agrees, the last doesn't.
    Given,
    /// One other word agrees.
    Word,
    Different,
}
