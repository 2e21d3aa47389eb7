//! Which entries: the same flags for lists and exports.

use clap::Args;
use diesel::PgConnection;
use uuid::Uuid;

use crate::commands::contacts::named::ContactArg;
use crate::commands::users;
use crate::context::Context;
use crate::domain::id_prefix::IdRange;
use crate::domain::moment::{self, Moment};
use crate::domain::suggest;
use crate::error::{self, Failure, Kind};
use crate::store::audit_log::{self, Filter, Who};
use crate::store::connect::Db;
use crate::store::{contacts, server, tx};

#[derive(Debug, Clone, Args)]
pub(super) struct FilterArgs {
    /// Only what this user did: an e-mail, an id, or os:NAME for a user of the system
    #[arg(long, value_name = "USER")]
    user: Option<String>,
    /// Only this action, such as contact.merge
    #[arg(long, value_name = "ACTION")]
    action: Option<String>,
    /// Only what was done to this: contacts, or contacts:ID for one of them, and for those whom it
    /// was merged into
    #[arg(long, value_name = "RESOURCE[:ID]")]
    resource: Option<String>,
    /// Only entries from this time on: 30d (ago), 2026-03-01, 2026-03-01T12:00:00Z
    #[arg(long, value_name = "WHEN", value_parser = moment::parse)]
    since: Option<Moment>,
    /// Only entries before this time
    #[arg(long, value_name = "WHEN", value_parser = moment::parse)]
    until: Option<Moment>,
}

/// A contact, and where it lives on: a merge is told of the survivor. The application may have ids
/// of its own there, so what is found as no contact stands as it is.
fn contact_ids(ctx: &Context, conn: &mut PgConnection, text: &str) -> anyhow::Result<Vec<String>> {
    let as_it_stands = vec![text.to_owned()];
    if IdRange::parse(text).is_none() && !text.contains('@') {
        return Ok(as_it_stands);
    }
    let Ok(contact) = text.parse::<ContactArg>();
    let found = tx::attempt(conn, |conn| -> anyhow::Result<Vec<String>> {
        let asked = contact.find(ctx, conn)?;
        let mut ids = as_it_stands.clone();
        ids.extend(contacts::way_of(conn, asked)?.iter().map(Uuid::to_string));
        Ok(ids)
    });
    match found {
        Err(error) if is_nobody_or_hidden(&error) => Ok(as_it_stands),
        found => found,
    }
}

fn is_nobody_or_hidden(error: &anyhow::Error) -> bool {
    let failure = error.downcast_ref::<Failure>();
    failure.is_some_and(|failure| failure.kind == Kind::NotFound) || error::is_denied(error)
}

impl FilterArgs {
    /// # Errors
    /// No such user.
    pub(super) fn resolve(&self, ctx: &Context, conn: &mut PgConnection) -> anyhow::Result<Filter> {
        let who = match self.user.as_deref() {
            None => None,
            Some(name) if name.starts_with("os:") => Some(Who::Other(name.to_owned())),
            Some(email_or_id) => Some(Who::User(users::find(conn, email_or_id)?.id)),
        };
        let now = server::now(conn)?;
        let (resource, resource_ids) =
            match self.resource.as_deref().map(|text| text.split_once(':')) {
                Some(Some(("contacts", contact))) => {
                    (Some(String::from("contacts")), contact_ids(ctx, conn, contact)?)
                }
                Some(Some((resource, id))) => (Some(resource.to_owned()), vec![id.to_owned()]),
                _ => (self.resource.clone(), Vec::new()),
            };
        Ok(Filter {
            who,
            action: self.action.clone(),
            resource,
            resource_ids,
            since: self.since.map(|since| since.resolve(now)),
            until: self.until.map(|until| until.resolve(now)),
            after: None,
        })
    }

    /// Where nothing was found: perhaps a word was mistyped.
    ///
    /// # Errors
    /// The server refuses.
    pub(super) fn hint(&self, ctx: &Context, db: &mut Db, filter: &Filter) -> anyhow::Result<()> {
        let (actions, resources) = tx::read(db, |conn| {
            let none = |wanted: &Option<String>| wanted.is_none();
            Ok((
                if none(&filter.action) { Vec::new() } else { audit_log::list_actions(conn)? },
                if none(&filter.resource) { Vec::new() } else { audit_log::list_resources(conn)? },
            ))
        })?;
        let wanted =
            [("action", &filter.action, actions), ("resource", &filter.resource, resources)];
        for (what, wanted, known) in wanted {
            let Some(wanted) = wanted.as_ref().filter(|wanted| !known.contains(wanted)) else {
                continue;
            };
            let near = suggest::nearest(wanted, known.iter().map(String::as_str));
            let near = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
            ctx.ui.hint(format!("no entry has the {what} {wanted}{near}"));
        }
        Ok(())
    }
}
