//! Reading the contacts and matching them.

use std::time::Duration;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::commands::duration_arg;
use crate::context::Context;
use crate::domain::matching::{self, Identity, Matches, Row, Settings, Table};
use crate::domain::survivor::{self, Prefer, Standing};
use crate::store::connect::Db;
use crate::store::{contacts, contacts_scan, interference, server, tx};

/// A point in time as an operator says it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum When {
    Ago(Duration),
    At(Timestamp),
}

/// # Errors
/// Neither a duration, a date nor a time.
pub(crate) fn when(text: &str) -> Result<When, String> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(When::At(at));
    }
    if let Ok(date) = text.parse::<Date>()
        && let Ok(midnight) = date.to_zoned(TimeZone::UTC)
    {
        return Ok(When::At(midnight.timestamp()));
    }
    duration_arg::parse(text)
        .map(When::Ago)
        .map_err(|_| String::from("expected an age such as 1d or 12h, a date, or an RFC 3339 time"))
}

/// What matching found.
pub(crate) struct Found {
    pub scanned: u64,
    pub candidate_pairs: u64,
    /// The most probable first.
    pub clusters: Vec<Cluster>,
    /// Pairs that were left out, because their cluster would have grown too large.
    pub oversized: u64,
    pub table: Table,
    pub matches: Matches,
}

/// Contacts that are one person.
pub(crate) struct Cluster {
    pub survivor: Uuid,
    /// Rows of the table, the survivor first.
    pub rows: Vec<u32>,
    /// `updated_at` of each, as it was scanned: microseconds since 1970.
    pub updated_at_us: Vec<i64>,
    pub probability: f64,
    /// Pairs of rows with what speaks for them.
    pub pairs: Vec<(u32, u32, f64)>,
}

impl Found {
    /// Contacts that go in others.
    pub(crate) fn surplus(&self) -> u64 {
        self.clusters.iter().map(|cluster| cluster.rows.len() as u64 - 1).sum()
    }
}

/// When a row of the table was made and changed: microseconds since 1970.
struct Times {
    created_at_us: i64,
    updated_at_us: i64,
}

/// What matching reads, all rows of it.
const SCANNED: [&str; 3] = ["contacts", "contact_identities", "distinct_contacts"];

/// Reads all contacts in one snapshot and matches them.
///
/// # Errors
/// The server refuses.
pub(crate) fn find(
    ctx: &Context,
    db: &mut Db,
    mut settings: Settings,
    since: Option<When>,
    prefer: Prefer,
) -> anyhow::Result<Found> {
    let (table, times) = tx::read(db, |conn| {
        interference::see_all_rows(conn, &SCANNED)?;
        settings.distinct = contacts::list_distinct(conn)?;
        let cutoff = match since {
            None => None,
            Some(When::At(at)) => Some(at),
            Some(When::Ago(age)) => {
                Some(server::now(conn)?.saturating_sub(SignedDuration::try_from(age)?)?)
            }
        };
        let further = contacts_scan::further_identities(conn)?;
        let (mut table, mut times, mut changed) = (Table::new(), Vec::new(), Vec::new());
        contacts_scan::scan(conn, |row| {
            if cutoff.is_some_and(|cutoff| row.updated_at_us >= cutoff.as_microsecond()) {
                changed.push(row.id);
            }
            times
                .push(Times { created_at_us: row.created_at_us, updated_at_us: row.updated_at_us });
            table.push(Row {
                id: row.id,
                name: row.name,
                phone: row.phone,
                email: row.email,
                handles: row.social_handles,
                metadata: row.metadata,
            });
            for more in further.get(&row.id).into_iter().flatten() {
                table.also(identity(&more.kind), &more.value);
            }
        })?;
        settings.changed = cutoff.map(|_| changed);
        Ok((table, times))
    })?;
    tracing::info!(contacts = table.len(), "matching");
    let progress = ctx.ui.spinner("matching contacts");
    let matches = matching::run(&table, &settings);
    drop(progress);
    let clusters = propose(db, &table, &times, &matches, prefer)?;
    Ok(Found {
        scanned: matches.scanned,
        candidate_pairs: matches.candidate_pairs,
        oversized: matches.oversized,
        clusters,
        table,
        matches,
    })
}

fn identity(kind: &str) -> Identity {
    match kind {
        "PHONE" => Identity::Phone,
        "EMAIL" => Identity::Email,
        _ => Identity::Handle,
    }
}

/// Names the survivor of each cluster, and orders them.
fn propose(
    db: &mut Db,
    table: &Table,
    times: &[Times],
    matches: &Matches,
    prefer: Prefer,
) -> anyhow::Result<Vec<Cluster>> {
    let mut standings: Vec<Vec<Standing>> = matches
        .clusters
        .iter()
        .map(|cluster| cluster.members.iter().map(|&row| standing(table, times, row)).collect())
        .collect();
    let contenders: Vec<Uuid> =
        standings.iter().flat_map(|all| survivor::contenders(all, prefer)).collect();
    let messages = tx::read(db, |conn| {
        interference::see_all_rows(conn, &["messages"])?;
        Ok(contacts_scan::message_counts(conn, &contenders)?)
    })?;
    let mut clusters: Vec<Cluster> = matches
        .clusters
        .iter()
        .zip(&mut standings)
        .filter_map(|(cluster, standings)| {
            for one in standings.iter_mut() {
                one.messages = messages.get(&one.id).copied().unwrap_or_default();
            }
            survivor::rank(standings, prefer);
            let survivor = standings.first()?.id;
            let mut rows = cluster.members.clone();
            // The others stay in the order of their ids.
            let place = rows.iter().position(|&row| table.id(row) == survivor)?;
            rows[..=place].rotate_right(1);
            let pairs = cluster.pairs.iter();
            Some(Cluster {
                survivor,
                updated_at_us: rows.iter().map(|&row| times[row as usize].updated_at_us).collect(),
                rows,
                probability: cluster.probability,
                pairs: pairs.map(|pair| (pair.left, pair.right, pair.probability)).collect(),
            })
        })
        .collect();
    clusters.sort_unstable_by(|left, right| {
        right.probability.total_cmp(&left.probability).then(left.survivor.cmp(&right.survivor))
    });
    Ok(clusters)
}

/// Without its messages, which are asked for where they decide.
fn standing(table: &Table, times: &[Times], row: u32) -> Standing {
    let created_at_us = times[row as usize].created_at_us;
    let row = table.row(row);
    Standing {
        id: row.id,
        completeness: survivor::completeness(
            [row.name, row.phone, row.email],
            row.handles,
            row.metadata,
        ),
        created_at_us,
        messages: 0,
    }
}
