//! Who may change what.

use serde::Serialize;

/// The role of a row in `users`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Role {
    Viewer,
    Editor,
    Admin,
}

impl Role {
    pub const ALL: [Role; 3] = [Role::Viewer, Role::Editor, Role::Admin];

    pub fn as_str(self) -> &'static str {
        match self {
            Role::Viewer => "VIEWER",
            Role::Editor => "EDITOR",
            Role::Admin => "ADMIN",
        }
    }

    /// A role that this version has never heard of may as little as a viewer.
    pub fn parse(name: &str) -> Role {
        Role::ALL.into_iter().find(|role| role.as_str() == name).unwrap_or(Role::Viewer)
    }
}

/// What a command changes, and so which right it needs. Reading needs none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// Contacts and what a merge moves with them.
    Contacts,
    Jobs,
    Assignments,
    Templates,
    /// Users and their roles.
    Users,
    /// Channels, and their credentials: to set them, and to see them in plain text.
    Integrations,
    /// The keys that credentials are encrypted under.
    Keys,
    /// Old rows: to prune, archive and restore them.
    Retention,
    /// Markers of the database, and the rights of others.
    Settings,
    /// Tables, and all rows at once: migrate, seed, reset, restore. The users may
    /// not be there yet, or no more.
    Schema,
}

impl Right {
    pub const ALL: [Right; 10] = [
        Right::Contacts,
        Right::Jobs,
        Right::Assignments,
        Right::Templates,
        Right::Users,
        Right::Integrations,
        Right::Keys,
        Right::Retention,
        Right::Settings,
        Right::Schema,
    ];

    /// What is changed, in a sentence.
    pub fn object(self) -> &'static str {
        match self {
            Right::Contacts => "contacts",
            Right::Jobs => "jobs",
            Right::Assignments => "assignments",
            Right::Templates => "templates",
            Right::Users => "users",
            Right::Integrations => "integrations",
            Right::Keys => "keys",
            Right::Retention => "what is kept",
            Right::Settings => "settings of the database",
            Right::Schema => "the database as a whole",
        }
    }

    /// The least role that has it.
    pub fn least_role(self) -> Role {
        match self {
            Right::Contacts | Right::Jobs | Right::Assignments | Right::Templates => Role::Editor,
            Right::Users
            | Right::Integrations
            | Right::Keys
            | Right::Retention
            | Right::Settings
            | Right::Schema => Role::Admin,
        }
    }
}

/// Who acts, as far as the database knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Nobody was named: the operating system's user.
    Unnamed,
    /// A name that no row of `users` has.
    Unknown,
    User {
        role: Role,
        is_active: bool,
    },
}

/// Why somebody may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The database requires an actor, and none was named.
    Unnamed,
    Unknown,
    Deactivated,
    Role(Role),
}

/// Whether the change may be made. `require_actor`: the database wants to know
/// who acts.
pub fn decide(who: Who, right: Right, require_actor: bool) -> Result<(), Refusal> {
    match who {
        Who::Unnamed if require_actor => Err(Refusal::Unnamed),
        Who::Unnamed => Ok(()),
        Who::Unknown if right == Right::Schema && !require_actor => Ok(()),
        Who::Unknown => Err(Refusal::Unknown),
        Who::User { is_active: false, .. } => Err(Refusal::Deactivated),
        Who::User { role, .. } if role < right.least_role() => Err(Refusal::Role(role)),
        Who::User { .. } => Ok(()),
    }
}

/// Whether a database that requires an actor can have it: while no active ADMIN
/// is there, as after a reset, nobody could make the first one.
pub fn is_in_force(require_actor: bool, has_active_admin: bool) -> bool {
    require_actor && has_active_admin
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(role: Role) -> Who {
        Who::User { role, is_active: true }
    }

    #[test]
    fn each_role_may_what_it_says_and_no_more() {
        use Right::{Assignments, Contacts, Jobs, Templates};
        for right in Right::ALL {
            for require_actor in [false, true] {
                let may = |role| decide(user(role), right, require_actor).is_ok();
                assert!(!may(Role::Viewer), "{right:?}");
                let is_editors = [Contacts, Jobs, Assignments, Templates].contains(&right);
                assert_eq!(may(Role::Editor), is_editors, "{right:?}");
                assert!(may(Role::Admin), "{right:?}");
            }
        }
    }

    #[test]
    fn one_who_was_deactivated_may_nothing() {
        for right in Right::ALL {
            for role in Role::ALL {
                let who = Who::User { role, is_active: false };
                assert_eq!(decide(who, right, false), Err(Refusal::Deactivated));
            }
        }
    }

    #[test]
    fn without_a_name_all_or_nothing_goes() {
        for right in Right::ALL {
            assert_eq!(decide(Who::Unnamed, right, false), Ok(()));
            assert_eq!(decide(Who::Unnamed, right, true), Err(Refusal::Unnamed));
            assert_eq!(decide(Who::Unknown, right, true), Err(Refusal::Unknown));
            // Whoever makes the table of users is no row of it yet.
            assert_eq!(decide(Who::Unknown, right, false).is_ok(), right == Right::Schema);
        }
    }

    #[test]
    fn a_role_of_the_future_reads() {
        assert_eq!(Role::parse("ADMIN"), Role::Admin);
        assert_eq!(Role::parse("OWNER"), Role::Viewer);
    }

    #[test]
    fn nobody_is_locked_out_of_an_empty_database() {
        assert!(is_in_force(true, true));
        assert!(!is_in_force(true, false));
        assert!(!is_in_force(false, true));
    }
}
