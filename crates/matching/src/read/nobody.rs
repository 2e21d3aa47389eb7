//! Whether a word of a name says anything of who bears it.

use crate::read::{titles, tokens};

/// Whether a folded word of a name names nobody: titles, degrees, legal forms, particles.
pub fn names_nobody(word: &str) -> bool {
    titles::is_title(word)
        || titles::is_legal_form(word)
        || titles::is_suffix(word)
        || tokens::is_particle(word)
}
