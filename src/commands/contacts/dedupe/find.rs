//! Reading the contacts and matching them.

use std::collections::HashSet;

use diesel::{PgConnection, QueryResult};
use uuid::Uuid;

use super::reading::{Read, Times, read_all};
use super::recent::{self, Recent};
use crate::context::Context;
use crate::domain::matching::{
    self, Certain, ComparisonVector, Matches, ScoredPair, Settings, Table,
};
use crate::domain::moment::Moment;
use crate::domain::survivor::{self, Prefer, Standing};
use crate::store::connect::Db;
use crate::store::contact_reference::Gone;
use crate::store::{contact_answers, contacts, contacts_scan, interference, server, tx};

/// What matching found.
pub(crate) struct Found {
    pub scanned: u64,
    pub candidate_pairs: u64,
    /// The most probable first.
    pub clusters: Vec<Cluster>,
    /// Their certain cores, which are merged without being asked about, in the same order.
    pub merges: Vec<Cluster>,
    /// The same as rows.
    pub certain: Certain,
    /// Pairs that were left out, because their cluster would have grown too large.
    pub oversized: u64,
    /// All contacts were compared with one another.
    pub is_whole: bool,
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
    /// How likely it is wrong to merge it unasked, where that may be done.
    pub doubt: f64,
    /// Pairs of rows with what speaks for them.
    pub pairs: Vec<(u32, u32, f64)>,
    /// Which rows are merged without being asked about, each survivor first.
    pub certain: Vec<Vec<u32>>,
}

impl Cluster {
    /// Whether somebody has to be asked about some of it.
    pub(crate) fn is_doubtful(&self) -> bool {
        self.certain.first().is_none_or(|rows| rows.len() < self.rows.len())
    }
}

impl Found {
    /// Contacts that go in others.
    pub(crate) fn surplus(&self) -> u64 {
        self.merges.iter().map(|cluster| cluster.rows.len() as u64 - 1).sum()
    }

    /// Those contacts, each with its survivor.
    pub(crate) fn gone(&self) -> Gone {
        let others = |cluster: &Cluster| {
            let survivor = cluster.survivor;
            let rows = cluster.rows[1..].iter();
            rows.map(move |&row| (self.table.id(row), survivor)).collect::<Vec<_>>()
        };
        let (contacts, heirs) = self.merges.iter().flat_map(others).unzip();
        Gone { contacts, heirs }
    }
}

/// What matching reads, all rows of it.
const SCANNED: [&str; 4] =
    ["contacts", "contact_identities", "distinct_contacts", "contact_merges"];

/// Reads contacts in one snapshot and matches them: all, or what changed and what may be the same.
///
/// # Errors
/// The server refuses.
pub(crate) fn find(
    ctx: &Context,
    db: &mut Db,
    mut settings: Settings,
    since: Option<Moment>,
    (prefer, max_wrong): (Prefer, f64),
) -> anyhow::Result<Found> {
    let (recent, read, matches) = tx::read(db, |conn| {
        interference::see_all_rows(conn, &SCANNED)?;
        settings.distinct = contacts::list_distinct(conn)?;
        let recent = match since {
            None => None,
            Some(since) => {
                let since = since.resolve(server::now(conn)?);
                Some(recent::look(conn, since)?)
            }
        };
        if let Some(Recent { changed, past: Ok(past), .. }) = &recent {
            let (read, matches) = recent::find(conn, past, changed, &settings)?;
            return Ok((recent, read, Some(matches)));
        }
        settings.taken_back = contact_answers::taken_back(conn)?;
        settings.called_same = called_same(conn)?;
        Ok((recent, read_all(conn)?, None))
    })?;
    recent.iter().for_each(|recent| recent.tell(ctx));
    let is_whole = matches.is_none();
    tracing::info!(contacts = read.table.len(), "matching");
    let Read { table, times } = read;
    let mut matches = matches.unwrap_or_else(|| {
        let _progress = ctx.ui.spinner("matching contacts");
        matching::run(&table, &settings)
    });
    if let Some(recent) = recent.filter(|_| is_whole) {
        let changed: HashSet<Uuid> = recent.changed.into_iter().collect();
        matches.keep_with(|row| changed.contains(&table.id(row)));
    }
    let certain = matches.certain(max_wrong);
    let whole = matches.clusters.iter();
    let whole = whole.map(|cluster| Group { rows: &cluster.members, pairs: &cluster.pairs });
    let cores = certain
        .cores
        .iter()
        .map(|core| Group { rows: &core.members, pairs: &matches.clusters[core.cluster].pairs });
    let mut clusters =
        propose(db, &table, &times, &whole.chain(cores).collect::<Vec<_>>(), prefer)?;
    let mut merges = clusters.split_off(matches.clusters.len());
    for (core, merge) in certain.cores.iter().zip(&mut merges) {
        merge.doubt = core.doubt;
        clusters[core.cluster].certain.push(merge.rows.clone());
    }
    in_order(&mut clusters);
    in_order(&mut merges);
    Ok(Found {
        scanned: matches.scanned,
        candidate_pairs: matches.candidate_pairs,
        oversized: matches.oversized,
        certain,
        clusters,
        merges,
        is_whole,
        table,
        matches,
    })
}

/// How pairs compared that somebody called one.
fn called_same(conn: &mut PgConnection) -> QueryResult<Vec<ComparisonVector>> {
    let vectors = contact_answers::same(conn)?.into_iter();
    Ok(vectors.filter_map(|text| ComparisonVector::from_json(&text)).collect())
}

/// The most probable first.
fn in_order(clusters: &mut [Cluster]) {
    clusters.sort_unstable_by(|left, right| {
        right.probability.total_cmp(&left.probability).then(left.survivor.cmp(&right.survivor))
    });
}

/// Rows that are one person, and pairs that say so, perhaps of more rows.
struct Group<'a> {
    rows: &'a [u32],
    pairs: &'a [ScoredPair],
}

/// Names the survivor of each group.
fn propose(
    db: &mut Db,
    table: &Table,
    times: &[Times],
    groups: &[Group<'_>],
    prefer: Prefer,
) -> anyhow::Result<Vec<Cluster>> {
    let standings = groups.iter();
    let mut standings: Vec<Vec<Standing>> = standings
        .map(|group| group.rows.iter().map(|&row| standing(table, times, row)).collect())
        .collect();
    let contenders: Vec<Uuid> =
        standings.iter().flat_map(|all| survivor::contenders(all, prefer)).collect();
    let messages = tx::read(db, |conn| {
        interference::see_all_rows(conn, &["messages"])?;
        Ok(contacts_scan::message_counts(conn, &contenders)?)
    })?;
    let cluster = |(group, standings): (&Group<'_>, &mut Vec<Standing>)| {
        for one in standings.iter_mut() {
            one.messages = messages.get(&one.id).copied().unwrap_or_default();
        }
        survivor::rank(standings, prefer);
        let survives = |row: &u32| standings.first().is_some_and(|one| one.id == table.id(*row));
        let mut rows = group.rows.to_vec();
        // The others stay in the order of their ids.
        let place = rows.iter().position(survives).unwrap_or_default();
        rows[..=place].rotate_right(1);
        let is_inside =
            |pair: &&ScoredPair| rows.contains(&pair.left) && rows.contains(&pair.right);
        let pairs = group.pairs.iter().filter(is_inside);
        let pairs: Vec<_> = pairs.map(|pair| (pair.left, pair.right, pair.probability)).collect();
        Cluster {
            survivor: table.id(rows[0]),
            updated_at_us: rows.iter().map(|&row| times[row as usize].updated_at_us).collect(),
            probability: pairs.iter().fold(1.0, |least: f64, pair| least.min(pair.2)),
            doubt: 0.0,
            rows,
            pairs,
            certain: Vec::new(),
        }
    };
    Ok(groups.iter().zip(&mut standings).map(cluster).collect())
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
