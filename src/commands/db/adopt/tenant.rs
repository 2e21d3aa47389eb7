//! `db adopt --tenant ID`: one of those that share the database, and what of it is its own.

use diesel::PgConnection;
use serde::Serialize;

use crate::domain::adopt::Mapping;
use crate::domain::adopt::names::snake;
use crate::domain::adopt::relation::Besides;
use crate::domain::adopt::tenant::{Lead, Scoped, Tenant, Tenants, tells};
use crate::error::Failure;
use crate::store::adopt::tenant::{self, Share};
use crate::ui::human;

/// So many tenants are told.
const NAMED: usize = 20;

/// What of a table is the tenant's.
#[derive(Debug, Serialize)]
pub(super) struct ShareView {
    pub table: String,
    /// Those that come along.
    pub rows: u64,
    pub of: u64,
    /// How that is known, and what doesn't come.
    pub how: String,
}

/// # Errors
/// Refused: there are several, and nobody said which. Usage: there is none of that name.
pub(super) fn choose(
    conn: &mut PgConnection,
    mapping: &Mapping,
    besides: &Besides,
    asked: Option<&str>,
) -> anyhow::Result<Option<Tenant>> {
    let found = tenant::tenants(conn, mapping)?;
    let Some(id) = asked else {
        return match found.iter().find(|one| one.rows.len() > 1) {
            None => Ok(None),
            Some(several) => Err(Failure::refused("several tenants share this database")
                .why(format!("an inbox is one tenant's, and {}", listed(several)))
                .hint("adopt one into a database of its own: `inboxctl db adopt --plan --tenant ID`, then with --into NAME")
                .into()),
        };
    };
    let (column, id) = match id.split_once('=') {
        Some((column, id)) if tells(column) => (Some(snake(column)), id),
        _ => (None, id),
    };
    let is_asked = |one: &&Tenants| {
        column.as_ref().is_none_or(|column| snake(&one.column) == *column)
            && one.rows.iter().any(|(tenant, _)| tenant == id)
    };
    let columns: Vec<&str> = found.iter().filter(is_asked).map(|one| one.column.as_str()).collect();
    if let Some(other) = columns.iter().find(|one| snake(one) != snake(columns[0])) {
        let first = columns[0];
        return Err(Failure::usage(format!("{id} stands in columns of two kinds"))
            .why(format!("{first} and {other} both tell rows apart"))
            .hint(format!("say which of them is the tenant's: --tenant {first}={id}"))
            .into());
    }
    if columns.is_empty() {
        let failure = Failure::usage(format!("there is no tenant {id} in this database"));
        return Err(match found.iter().find(|one| !one.rows.is_empty()) {
            Some(one) => failure.why(listed(one)).hint("name one of these with --tenant"),
            None => failure
                .why("no column of contacts, messages or users tells tenants apart, such as organizationId or workspaceId")
                .hint("leave --tenant out"),
        }
        .into());
    }
    Ok(Some(Tenant::new(id, besides.relations.clone(), mapping, &columns)))
}

fn listed(one: &Tenants) -> String {
    let tenants: Vec<String> = one
        .rows
        .iter()
        .map(|(tenant, rows)| format!("{tenant} ({})", human::plural(*rows, "row", "rows")))
        .collect();
    format!(
        "{}.{} tells {} apart: {}",
        one.table,
        one.column,
        human::count(one.rows.len() as u64),
        human::listed(&tenants, NAMED)
    )
}

/// Of every table, those that come whole last.
///
/// # Errors
/// The server refuses.
pub(super) fn shares(conn: &mut PgConnection, tenant: &Tenant) -> anyhow::Result<Vec<ShareView>> {
    let mut views = Vec::new();
    for one in &tenant.tables {
        let share = tenant::share(conn, tenant, one)?;
        views.push(ShareView {
            table: one.relation.shown(),
            rows: share.rows,
            of: share.of,
            how: how(tenant, one, &share),
        });
    }
    for relation in &tenant.whole {
        let rows = tenant::whole(conn, relation)?;
        let how = String::from("whole: nothing says whose its rows are");
        views.push(ShareView { table: relation.shown(), rows, of: rows, how });
    }
    Ok(views)
}

fn how(tenant: &Tenant, one: &Scoped, share: &Share) -> String {
    let by = |leads: &mut dyn Iterator<Item = &Lead>| {
        let columns: Vec<String> = leads.map(|lead| lead.columns.join(" + ")).collect();
        columns.join(", ")
    };
    let mut told = vec![match &one.says {
        Some(column) => format!("by {column}"),
        None if !one.led_by.is_empty() => String::from("those to whom rows that come lead"),
        None => format!(
            "by what they lead to: {}",
            by(&mut one.leads.iter().filter(|lead| !lead.is_later))
        ),
    }];
    if share.held > 0 {
        told.push(format!(
            "{} that {} stay behind, for they lead to another's rows too",
            human::plural(share.held, "row", "rows"),
            match one.says {
                Some(_) => format!("are {}'s", tenant.id),
                None => format!("lead to {}'s", tenant.id),
            }
        ));
    }
    for (columns, rows) in &share.emptied {
        told.push(format!(
            "{columns} of {} is emptied, for it leads to a row that stays behind",
            human::plural(*rows, "row", "rows")
        ));
    }
    told.join("; ")
}
