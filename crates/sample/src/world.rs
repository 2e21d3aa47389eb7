//! In which world a sample lives: what rows of one person have in common, and who shares what.

/// A world of contacts; each makes another mistake easy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum World {
    /// Each further row of somebody is tied to the first by something that can be found, so that
    /// a name alone is mostly a stranger's.
    #[default]
    Tied,
    /// Each row came by a channel of its own, by WhatsApp or by e-mail, and has what that channel
    /// knows: a private or a work mailbox, a number mistyped, often nothing in common but the name.
    Channels,
    /// The same with many families on one landline, couples with one mailbox, and companies that
    /// are reached by a switchboard.
    Crowded,
}

impl World {
    pub const ALL: [World; 3] = [World::Tied, World::Channels, World::Crowded];

    pub fn name(self) -> &'static str {
        match self {
            World::Tied => "tied",
            World::Channels => "channels",
            World::Crowded => "crowded",
        }
    }
}
