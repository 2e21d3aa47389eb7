//! What there is to do with rows of a backup: which are missing, which differ, and which can't come
//! back. Only looked at, so that a dry run says what a run does.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};

use super::coming::Coming;
use super::reasons::{Awaited, Why, place, places};
use super::target::Back;
use crate::domain::raw_json::RawJson;
use crate::store::archive_insert::count;
use crate::store::archive_return::State;
use crate::store::nullable_keys::NullableKey;
use crate::store::statements::quote_identifier;

/// What there is to do with some rows of a table.
#[derive(Debug, Default)]
pub struct Judged {
    /// Those to insert, without references to what is gone, or comes later.
    pub insert: Vec<String>,
    /// Those to overwrite, if that is wanted.
    pub overwrite: Vec<String>,
    pub missing: u64,
    pub equal: u64,
    pub different: u64,
    /// Why of those that are missing some don't come back, and how many.
    pub left_out: Vec<(Why, u64)>,
    /// Why of those that differ some can't be overwritten.
    pub stuck: Vec<(Why, u64)>,
    /// References that are empty for what they led to is gone: columns and table.
    pub emptied: Vec<(String, u64)>,
    /// References that an overwritten row keeps, for what the backup has is gone.
    pub kept: Vec<(String, u64)>,
    /// What is gone: the table and the keys of its rows.
    pub gone: BTreeMap<String, BTreeSet<String>>,
    /// Rows that another contact has by now.
    pub of_others: Vec<String>,
    /// Rows to insert that point at what comes after them.
    pub awaited: Vec<Awaited>,
    /// Jobs among those to insert that a worker runs as soon as it sees them.
    pub due: u64,
}

/// Jobs `r` that are run as soon as a worker sees them.
const DUE: &str = "r.status IN ('PENDING', 'RUNNING') AND r.scheduled_at::timestamptz <= now()";

/// What a row points at that is gone.
#[derive(Debug, Default, Clone)]
struct Lost<'a> {
    /// Why it can't come back.
    why: Option<Why>,
    /// What it comes without.
    emptied: Vec<&'a NullableKey>,
    /// What comes after it.
    awaited: Vec<&'a NullableKey>,
    /// The tables, and the keys there.
    gone: Vec<(String, String)>,
}

impl Back {
    /// What there is to do with these rows, which come at once.
    pub fn judge(
        &self,
        conn: &mut PgConnection,
        lines: Vec<String>,
        coming: &Coming,
    ) -> QueryResult<Judged> {
        let mut judged = Judged::default();
        let given = self.fitting(conn, lines, &mut judged)?;
        let lost = self.lost(conn, &given, coming)?;
        let live = self.live(conn, &given, &lost)?;
        let lines: Vec<String> = given
            .iter()
            .zip(&lost)
            .enumerate()
            .map(|(at, (line, lost))| lost.without(line, live.get(&at)))
            .collect();
        let texts: Vec<&str> = lines.iter().map(String::as_str).collect();
        let states = self.target.states(conn, &texts)?;
        let of_others = self.of_others(conn, &texts)?;
        judged.of_others = of_others.iter().map(|at| given[*at].clone()).collect();
        let of_another = self.of_another(conn, &texts, &of_others, coming)?;
        let (kept_out, stuck) = (self.kept_out(conn, &texts)?, self.stuck(conn, &texts)?);
        for (at, (line, State { is_there, is_same, .. })) in lines.iter().zip(&states).enumerate() {
            let lost = &lost[at];
            if *is_there {
                let kept = lost.kept(live.get(&at));
                match *is_same && kept.is_empty() {
                    true => judged.equal += 1,
                    false => judged.different += 1,
                }
                let why = of_another.get(&at).or(lost.why.as_ref()).or(stuck.get(&at));
                if let Some(why) = why.filter(|_| !is_same) {
                    count(&mut judged.stuck, why.clone(), 1);
                    continue;
                }
                kept.into_iter().for_each(|name| count(&mut judged.kept, name, 1));
                if !is_same {
                    judged.overwrite.push(line.clone());
                }
                continue;
            }
            judged.missing += 1;
            for (table, key) in &lost.gone {
                judged.gone.entry(table.clone()).or_default().insert(key.clone());
            }
            let why = of_another.get(&at).or(kept_out.get(&at)).or(lost.why.as_ref());
            let obstacle = || self.fit.obstacle.clone().map(Why::known);
            if let Some(why) = why.cloned().or_else(obstacle) {
                count(&mut judged.left_out, why, 1);
                continue;
            }
            lost.emptied.iter().for_each(|key| count(&mut judged.emptied, key.name(), 1));
            let awaited = lost.awaited.iter();
            judged.awaited.extend(awaited.map(|key| Awaited::new(key, given[at].clone())));
            judged.insert.push(line.clone());
        }
        judged.due = self.due(conn, &judged.insert)?;
        Ok(judged)
    }

    /// For each line, what it points at that is neither there nor to come.
    fn lost(
        &self,
        conn: &mut PgConnection,
        lines: &[String],
        coming: &Coming,
    ) -> QueryResult<Vec<Lost<'_>>> {
        let mut lost = vec![Lost::default(); lines.len()];
        for key in &self.keys {
            loop {
                // A row that can't come back takes those along that need it.
                let mut beside: Vec<&str> =
                    coming.of(&key.parent).iter().map(String::as_str).collect();
                if key.is_own {
                    let own = lines.iter().zip(&lost).filter(|(_, lost)| lost.why.is_none());
                    beside.extend(own.map(|(line, _)| line.as_str()));
                }
                let mut is_news = false;
                for (at, value) in self.pointing_at_nothing(conn, key, lines, &beside)? {
                    let Some(lost) = lost.get_mut(at) else { continue };
                    if self.is_awaited(key) {
                        lost.awaited.push(key);
                        continue;
                    }
                    is_news |= lost.note(key);
                    lost.gone.push((key.label.clone(), value));
                }
                if !is_news || !key.is_own {
                    break;
                }
            }
        }
        Ok(lost)
    }

    /// The places of lines that point at nothing by a key, and at what.
    pub(super) fn pointing_at_nothing(
        &self,
        conn: &mut PgConnection,
        key: &NullableKey,
        lines: &[impl AsRef<str>],
        beside: &[&str],
    ) -> QueryResult<Vec<(usize, String)>> {
        #[derive(QueryableByName)]
        struct Row {
            #[diesel(sql_type = BigInt)]
            place: i64,
            #[diesel(sql_type = Text)]
            value: String,
        }
        let lines: Vec<&str> = lines.iter().map(AsRef::as_ref).collect();
        let value = key.columns.iter().map(|name| format!("r.{}", quote_identifier(name)));
        let rows: Vec<Row> = diesel::sql_query(format!(
            "SELECT l.number - 1 AS place, pg_catalog.concat_ws(' ', {}) AS value FROM {} WHERE {}",
            value.collect::<Vec<_>>().join(", "),
            self.target.records(),
            key.is_gone_beside(&self.target.layout, true)
        ))
        .bind::<Array<Text>, _>(lines)
        .bind::<Array<Text>, _>(beside)
        .load(conn)?;
        Ok(rows.into_iter().filter_map(|row| Some((place(row.place)?, row.value))).collect())
    }

    /// What stands of the rows that point at what is gone, by their places.
    fn live(
        &self,
        conn: &mut PgConnection,
        lines: &[String],
        lost: &[Lost<'_>],
    ) -> QueryResult<BTreeMap<usize, RawJson>> {
        #[derive(QueryableByName)]
        struct Row {
            #[diesel(sql_type = BigInt)]
            place: i64,
            #[diesel(sql_type = Text)]
            line: String,
        }
        let has_lost = |at: &usize| !lost[*at].emptied.is_empty() || !lost[*at].awaited.is_empty();
        let places: Vec<usize> = (0..lines.len()).filter(has_lost).collect();
        if places.is_empty() || !self.target.has_key() {
            return Ok(BTreeMap::new());
        }
        let lines: Vec<&str> = places.iter().map(|at| lines[*at].as_str()).collect();
        let rows: Vec<Row> = diesel::sql_query(format!(
            "SELECT a.\"@number\" - 1 AS place, {} AS line FROM {} JOIN {} t ON {}",
            self.target.layout.line_sql("t", None),
            self.target.archived(),
            self.relation(),
            self.target.same_key("t")
        ))
        .bind::<Array<Text>, _>(lines)
        .bind::<Array<Text>, _>(&[] as &[&str])
        .load(conn)?;
        let row = |Row { place: at, line }| {
            Some((*places.get(place(at)?)?, RawJson::parse(line).unwrap_or_default()))
        };
        Ok(rows.into_iter().filter_map(row).collect())
    }

    fn due(&self, conn: &mut PgConnection, lines: &[String]) -> QueryResult<u64> {
        if self.label() != "scheduled_jobs" || lines.is_empty() {
            return Ok(0);
        }
        let from = format!("{} WHERE {DUE}", self.target.records());
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        Ok(places(conn, "l.number", &from, &lines, &[])?.len() as u64)
    }
}

impl<'a> Lost<'a> {
    /// Whether that was not known.
    fn note(&mut self, key: &'a NullableKey) -> bool {
        // What goes with something doesn't come back without it.
        if key.can_be_empty() && !key.cascades {
            if !self.emptied.iter().any(|known| known.constraint_name == key.constraint_name) {
                self.emptied.push(key);
            }
            return false;
        }
        let is_news = self.why.is_none();
        self.why.get_or_insert_with(|| Why::gone(key));
        is_news
    }

    /// The line without references to what is gone or not there yet: of a row that stands, with those
    /// that it has.
    fn without(&self, line: &str, live: Option<&RawJson>) -> String {
        let missing = self.emptied.iter().chain(&self.awaited);
        let set: Vec<(String, RawJson)> = match live {
            Some(live) => missing
                .flat_map(|key| &key.columns)
                .map(|name| (name.clone(), live.member(name).unwrap_or_default()))
                .collect(),
            None => missing
                .filter(|key| key.can_be_empty())
                .flat_map(|key| &key.nullable)
                .map(|name| (name.clone(), RawJson::default()))
                .collect(),
        };
        match RawJson::parse(line.to_owned()) {
            Ok(row) if !set.is_empty() => row.with(&set, &[]).text().to_owned(),
            _ => line.to_owned(),
        }
    }

    /// The references that a row that stands keeps.
    fn kept(&self, live: Option<&RawJson>) -> Vec<String> {
        let Some(live) = live else { return Vec::new() };
        let is_full = |name: &String| live.member(name).is_some_and(|value| !value.is_null());
        let missing = self.emptied.iter().chain(&self.awaited);
        missing.filter(|key| key.nullable.iter().any(is_full)).map(|key| key.name()).collect()
    }
}
