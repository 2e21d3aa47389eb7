//! What a database is for, and so how careful to be with it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The environment marker that a database carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Environment {
    Development,
    Test,
    Staging,
    Production,
}

impl Environment {
    pub const ALL: [Environment; 4] = [
        Environment::Development,
        Environment::Test,
        Environment::Staging,
        Environment::Production,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Environment::Development => "development",
            Environment::Test => "test",
            Environment::Staging => "staging",
            Environment::Production => "production",
        }
    }

    pub fn parse(name: &str) -> Option<Environment> {
        Environment::ALL.into_iter().find(|environment| environment.as_str() == name)
    }

    /// What an unmarked database is: nobody has said that it may be destroyed,
    /// unless it is on the private server of this machine.
    pub fn unmarked(on_private_server: bool) -> Environment {
        if on_private_server { Environment::Development } else { Environment::Production }
    }
}

impl fmt::Display for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What is known of the environment of a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marked {
    As(Environment),
    /// It could be and isn't.
    NotYet,
    /// Nothing of ours is there to say so, or nobody minds.
    Never,
}

/// Where something is done: `inbox on db.prod (profile prod, PRODUCTION)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub database: String,
    /// A host, a socket, or the private server.
    pub server: String,
    pub environment: Marked,
    /// The profile that leads there.
    pub profile: Option<String>,
}

impl Place {
    /// `PRODUCTION`, `profile prod, staging`; none where there is nothing to tell.
    pub fn mark(&self) -> Option<String> {
        let profile = self.profile.as_ref().map(|name| format!("profile {name}"));
        let environment = match self.environment {
            Marked::As(Environment::Production) => Some(String::from("PRODUCTION")),
            Marked::As(environment) => Some(environment.to_string()),
            Marked::NotYet => Some(String::from("not marked: taken for production")),
            Marked::Never => None,
        };
        let parts: Vec<String> = profile.into_iter().chain(environment).collect();
        Some(parts.join(", ")).filter(|mark| !mark.is_empty())
    }

    /// Whether to be as careful as can be.
    pub fn is_production(&self) -> bool {
        matches!(self.environment, Marked::As(Environment::Production) | Marked::NotYet)
    }
}
