//! Which contacts: the same flags for lists and exports.

use clap::{Args, ValueEnum};
use diesel::PgConnection;

use crate::commands::{name_arg, users};
use crate::domain::moment::{self, Moment};
use crate::domain::vocabulary::Channel;
use crate::store::contact_list::{Filter, Lack};
use crate::store::server;

#[derive(Debug, Clone, Args)]
pub(super) struct FilterArgs {
    /// Only contacts with messages through this channel
    #[arg(long, value_name = "CHANNEL", value_parser = name_arg::parser::<Channel>())]
    channel: Option<Channel>,
    /// Only contacts made since: 30d (ago), 2026-03-01, 2026-03-01T12:00:00Z
    #[arg(long, value_name = "WHEN", value_parser = moment::parse)]
    since: Option<Moment>,
    /// Only contacts that are assigned to this user, by e-mail or id
    #[arg(long, value_name = "USER")]
    assigned: Option<String>,
    /// Only contacts without any phone, e-mail and handle, or without messages
    #[arg(long, value_enum, value_name = "WHAT")]
    without: Option<Without>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Without {
    Identifier,
    Messages,
}

impl FilterArgs {
    /// # Errors
    /// No such user.
    pub(super) fn resolve(&self, conn: &mut PgConnection) -> anyhow::Result<Filter> {
        let assigned = match self.assigned.as_deref() {
            Some(user) => Some(users::find(conn, user)?.id),
            None => None,
        };
        let now = server::now(conn)?;
        Ok(Filter {
            channel: self.channel,
            since: self.since.map(|since| since.resolve(now)),
            assigned,
            without: self.without.map(|without| match without {
                Without::Identifier => Lack::Identifier,
                Without::Messages => Lack::Messages,
            }),
            after: None,
        })
    }
}
