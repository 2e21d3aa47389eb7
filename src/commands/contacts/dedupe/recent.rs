//! A night's run: what changed since a time is matched with what may be the same, by what the last run
//! over all contacts learned; and what such a run leaves for it.

use std::collections::{HashMap, HashSet};

use diesel::PgConnection;
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use super::reading::{Read, identity};
use crate::context::Context;
use crate::domain::audit_action::Action;
use crate::domain::matching::{self, Matches, Past, Settings};
use crate::domain::raw_json::RawJson;
use crate::error;
use crate::store::audit::{self, Actor, Change};
use crate::store::connect::Db;
use crate::store::contact_neighbours::Wanted;
use crate::store::{contact_neighbours, lacking, matching_lessons, tx};
use crate::ui::human;

/// What was learned longer ago is old.
const OLD_SECONDS: f64 = 14.0 * DAY_SECONDS;
const DAY_SECONDS: f64 = 86_400.0;
/// More changes than one contact in so many, and more than a few, cost the server more to look up than to
/// hand over all contacts.
const MOST_CHANGED: u64 = 200;
const FEW_CHANGED: u64 = 1_000;
/// Contacts that are found to be the same are looked up in turn, so often at most.
const ROUNDS: usize = 3;

/// The contacts that changed since a time, and what there is to match them by.
pub(super) struct Recent {
    pub changed: Vec<Uuid>,
    /// What was learned before, or why all contacts are read.
    pub past: Result<Box<Past>, String>,
    /// How long ago it was learned.
    pub age_seconds: f64,
}

impl Recent {
    /// Tells what it goes by, where that isn't as it should be.
    pub(super) fn tell(&self, ctx: &Context) {
        match &self.past {
            Err(why) => ctx.ui.status(format!("all contacts are read: {why}")),
            Ok(_) if self.age_seconds > OLD_SECONDS => {
                let days = (self.age_seconds / DAY_SECONDS) as u64;
                let days = human::plural(days, "day", "days");
                ctx.ui.warn(format!("what the last run over all contacts learned is {days} old"));
                ctx.ui.hint("run `inboxctl contacts dedupe` without --since");
            }
            Ok(_) => {}
        }
    }
}

/// What changed since a time, and what was learned before.
///
/// # Errors
/// The server refuses.
pub(super) fn look(conn: &mut PgConnection, since: Timestamp) -> anyhow::Result<Recent> {
    let changed = contact_neighbours::changed_since(conn, since)?;
    let lessons = matching_lessons::find(conn)?;
    let age_seconds = lessons.as_ref().map_or(0.0, |lessons| lessons.age_seconds);
    let past = match lessons {
        None => Err(String::from("no run over all of them has left what it learned")),
        Some(lessons) => Past::from_parts(&lessons.figures, lessons.counts)
            .ok_or_else(|| String::from("another version of inboxctl left what it learned")),
    };
    let past = past.and_then(|past| {
        let most = (u64::from(past.rows()) / MOST_CHANGED).max(FEW_CHANGED);
        let number = changed.len() as u64;
        let is_few = number <= most;
        let changed = human::plural(number, "contact", "contacts");
        is_few.then_some(Box::new(past)).ok_or_else(|| format!("{changed} changed"))
    });
    Ok(Recent { changed, past, age_seconds })
}

/// Matches contacts that changed with those that may be one with them; the clusters that have one.
///
/// # Errors
/// The server refuses.
pub(super) fn find(
    conn: &mut PgConnection,
    past: &Past,
    changed: &[Uuid],
    settings: &Settings,
) -> anyhow::Result<(Read, Matches)> {
    contact_neighbours::by_index(conn)?;
    let keys = past.telling_keys();
    let mut read = Read::default();
    let mut looked_up: HashSet<Uuid> = HashSet::new();
    let mut places: HashMap<Uuid, u32> = HashMap::new();
    let mut next = changed.to_vec();
    let mut round = 0;
    loop {
        // Their own rows first: what they are called says what is looked for.
        take(conn, &next, &mut read, &mut places)?;
        let wanted = next.iter().map(|&id| {
            let name = places.get(&id).and_then(|&row| read.table.row(row).name);
            let name = name.unwrap_or_default();
            Wanted { id, rare_words: past.rare_words(name), pairs: matching::name_pairs(name) }
        });
        let wanted: Vec<Wanted> = wanted.collect();
        looked_up.extend(next.iter().copied());
        let found = contact_neighbours::of(conn, &wanted, &keys)?;
        let is_new = take(conn, &found, &mut read, &mut places)?;
        let mut matches = matching::run_after(past, &read.table, settings);
        let is_changed: HashSet<u32> =
            changed.iter().filter_map(|id| places.get(id)).copied().collect();
        matches.keep_with(|row| is_changed.contains(&row));
        let members = matches.clusters.iter().flat_map(|cluster| &cluster.members);
        let members = members.map(|&row| read.table.id(row));
        next = members.filter(|id| !looked_up.contains(id)).collect();
        next.sort_unstable();
        round += 1;
        if next.is_empty() || round == ROUNDS || round > 1 && !is_new {
            tracing::info!(changed = changed.len(), read = read.table.len(), round, "matched");
            return Ok((read, matches));
        }
    }
}

/// Reads the contacts that are not known yet; whether there were any.
fn take(
    conn: &mut PgConnection,
    ids: &[Uuid],
    read: &mut Read,
    places: &mut HashMap<Uuid, u32>,
) -> anyhow::Result<bool> {
    let new: Vec<Uuid> = ids.iter().copied().filter(|id| !places.contains_key(id)).collect();
    contact_neighbours::read(conn, &new, |contact, further| {
        places.insert(contact.id, read.table.len() as u32);
        read.take(&contact);
        further.iter().for_each(|more| read.table.also(identity(&more.kind), &more.value));
    })?;
    Ok(!new.is_empty())
}

/// Keeps what a run over all contacts learned for those that follow. Where that can't be, the run
/// itself goes on.
///
/// # Errors
/// The system has no randomness.
pub(super) fn keep(
    ctx: &Context,
    db: &mut Db,
    matches: &Matches,
    actor: &Actor,
) -> anyhow::Result<()> {
    let past = matches.past(ctx.random()?);
    let (figures, counts) = past.parts();
    let figures = RawJson::parse(figures)?;
    let kept = tx::write(db, |conn| {
        let lacking = match matching_lessons::exist(conn)? {
            true => lacking::grants(conn, &matching_lessons::NEEDED)?,
            false => return Ok(Vec::new()),
        };
        if lacking.is_empty() {
            matching_lessons::replace(conn, figures.clone(), counts)?;
            let details = json!({ "contacts": past.rows(), "counts_bytes": counts.len() });
            let change = Change { action: Action::ContactsLearn, resource_id: None, details };
            audit::record(conn, actor, &change)?;
        }
        Ok(lacking)
    });
    match kept {
        Ok(lacking) => {
            if let Some(grant) = lacking.first() {
                ctx.ui.warn("what was learned isn't kept: this role may not write it");
                ctx.ui.hint(grant);
            }
        }
        Err(error) => {
            let why = error::explain(&error).what;
            ctx.ui.warn(format!("what was learned isn't kept: {why}"));
        }
    }
    Ok(())
}
