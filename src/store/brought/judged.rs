//! What there is to do with rows of a backup: which are missing, which differ, and which can't come
//! back. Only looked at, so that a dry run says what a run does.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};

use super::target::Back;
use crate::domain::raw_json::RawJson;
use crate::store::archive_insert::count;
use crate::store::archive_return::State;
use crate::store::nullable_keys::NullableKey;
use crate::store::scalar::ScalarQuery;
use crate::store::statements::quote_identifier;

/// Rows that are missing now, and will be there when others come that point at them: of each table,
/// as SQL writes it, what is pointed at, as lines.
#[derive(Debug, Default)]
pub struct Coming(BTreeMap<String, Vec<String>>);

/// What there is to do with some rows of a table.
#[derive(Debug, Default)]
pub struct Judged {
    /// Those to insert, without references to what is gone.
    pub insert: Vec<String>,
    /// Those to overwrite, if that is wanted.
    pub overwrite: Vec<String>,
    pub missing: u64,
    pub equal: u64,
    pub different: u64,
    /// Why of those that are missing some don't come back, and how many.
    pub left_out: Vec<(String, u64)>,
    /// Why of those that differ some can't be overwritten.
    pub stuck: Vec<(String, u64)>,
    /// References that are empty for what they led to is gone: columns and table.
    pub emptied: Vec<(String, u64)>,
    /// What is gone: the table and the keys of its rows.
    pub gone: BTreeMap<String, BTreeSet<String>>,
    /// Jobs among those to insert that a worker runs as soon as it sees them.
    pub due: u64,
}

/// Rows that are not brought back whatever they hold: the table of ours, what a record `r` of it is
/// then, and why.
const KEPT_OUT: [(&str, &str, &str); 3] = [
    (
        "contacts",
        "EXISTS (SELECT FROM merged_contacts m WHERE m.contact_id = r.id::uuid)",
        "they were merged into other contacts; `inboxctl contacts unmerge` takes a merge back",
    ),
    (
        "merged_contacts",
        "EXISTS (SELECT FROM contacts c WHERE c.id = r.contact_id::uuid)",
        "the contacts that they forward are there by themselves",
    ),
    (
        "merged_contacts",
        "EXISTS (SELECT FROM contact_merges m WHERE m.id = r.merge_id::uuid AND m.undone_at IS NOT NULL)",
        "their merges were taken back",
    ),
];

/// Jobs `r` that are run as soon as a worker sees them.
const DUE: &str = "r.status IN ('PENDING', 'RUNNING') AND r.scheduled_at::timestamptz <= now()";

impl Coming {
    /// Rows of a table that come, of which others may point at these columns.
    pub fn add(&mut self, relation: &str, columns: &BTreeSet<&str>, lines: &[String]) {
        if columns.is_empty() {
            return;
        }
        let known = self.0.entry(relation.to_owned()).or_default();
        known.extend(lines.iter().map(|line| {
            let row = RawJson::parse(line.clone()).unwrap_or_default();
            let members = row.members();
            let members = members.iter().filter(|(name, _)| columns.contains(name.as_str()));
            RawJson::object(members.map(|(name, value)| (name.as_str(), value))).text().to_owned()
        }));
    }

    fn of(&self, relation: &str) -> &[String] {
        self.0.get(relation).map_or(&[], Vec::as_slice)
    }
}

/// What a row points at that is gone.
#[derive(Debug, Default, Clone)]
struct Lost {
    /// Why it can't come back.
    why: Option<String>,
    /// Columns that are emptied, and what they are called with their table.
    emptied: Vec<(Vec<String>, String)>,
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
        let lost = self.lost(conn, &lines, coming)?;
        let lines: Vec<String> =
            lines.into_iter().zip(&lost).map(|(line, lost)| without(line, lost)).collect();
        let texts: Vec<&str> = lines.iter().map(String::as_str).collect();
        let states = self.target.states(conn, &texts)?;
        let kept_out = self.kept_out(conn, &texts)?;
        for (at, (line, State { is_there, is_same, .. })) in lines.iter().zip(&states).enumerate() {
            let lost = &lost[at];
            if *is_same {
                judged.equal += 1;
                continue;
            }
            if *is_there {
                judged.different += 1;
                match &lost.why {
                    Some(why) => count(&mut judged.stuck, why.clone(), 1),
                    None => judged.overwrite.push(line.clone()),
                }
                continue;
            }
            judged.missing += 1;
            for (table, key) in &lost.gone {
                judged.gone.entry(table.clone()).or_default().insert(key.clone());
            }
            let why = kept_out.get(&at).or(lost.why.as_ref()).or(self.fit.obstacle.as_ref());
            if let Some(why) = why {
                count(&mut judged.left_out, why.clone(), 1);
                continue;
            }
            for (_, name) in &lost.emptied {
                count(&mut judged.emptied, name.clone(), 1);
            }
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
    ) -> QueryResult<Vec<Lost>> {
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
                    let Some(lost) = usize::try_from(at).ok().and_then(|at| lost.get_mut(at))
                    else {
                        continue;
                    };
                    is_news |= note(lost, key);
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
    fn pointing_at_nothing(
        &self,
        conn: &mut PgConnection,
        key: &NullableKey,
        lines: &[String],
        beside: &[&str],
    ) -> QueryResult<Vec<(i64, String)>> {
        #[derive(QueryableByName)]
        struct Row {
            #[diesel(sql_type = BigInt)]
            place: i64,
            #[diesel(sql_type = Text)]
            value: String,
        }
        let value: Vec<String> = key.columns.iter().map(|name| quoted("r", name)).collect();
        let rows: Vec<Row> = diesel::sql_query(format!(
            "SELECT l.number - 1 AS place, pg_catalog.concat_ws(' ', {}) AS value FROM {} WHERE {}",
            value.join(", "),
            self.target.records(),
            key.is_gone_beside(&self.target.layout, true)
        ))
        .bind::<Array<Text>, _>(lines)
        .bind::<Array<Text>, _>(beside)
        .load(conn)?;
        Ok(rows.into_iter().map(|row| (row.place, row.value)).collect())
    }

    /// Lines that are not brought back, by their places, and why.
    fn kept_out(
        &self,
        conn: &mut PgConnection,
        lines: &[&str],
    ) -> QueryResult<BTreeMap<usize, String>> {
        let mut found = BTreeMap::new();
        let own = KEPT_OUT.iter().filter(|(table, ..)| self.knows_merges && *table == self.label());
        for (_, condition, why) in own {
            let from = format!("{} WHERE {condition}", self.target.records());
            for place in places(conn, "l.number", &from, lines)? {
                found.entry(place).or_insert_with(|| (*why).to_owned());
            }
        }
        for unique in &self.uniques {
            let taken = unique.is_taken(self.relation());
            let from = format!("{} WHERE {taken}", self.target.archived());
            for place in places(conn, "a.\"@number\"", &from, lines)? {
                let why = format!("other rows have the same values (constraint {})", unique.name);
                found.entry(place).or_insert(why);
            }
        }
        Ok(found)
    }

    fn due(&self, conn: &mut PgConnection, lines: &[String]) -> QueryResult<u64> {
        if self.label() != "scheduled_jobs" || lines.is_empty() {
            return Ok(0);
        }
        let from = format!("{} WHERE {DUE}", self.target.records());
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        Ok(places(conn, "l.number", &from, &lines)?.len() as u64)
    }
}

/// The places, from 0, of lines whose number, from 1, a question finds.
fn places(
    conn: &mut PgConnection,
    number: &str,
    from: &str,
    lines: &[&str],
) -> QueryResult<Vec<usize>> {
    let found = diesel::sql_query(format!("SELECT {number} - 1 AS place FROM {from}"))
        .bind::<Array<Text>, _>(lines)
        .bind::<Array<Text>, _>(&[] as &[&str])
        .scalars::<BigInt, i64>(conn)?;
    Ok(found.into_iter().filter_map(|place| usize::try_from(place).ok()).collect())
}

fn quoted(record: &str, name: &str) -> String {
    format!("{record}.{}", quote_identifier(name))
}

/// Whether that was not known.
fn note(lost: &mut Lost, key: &NullableKey) -> bool {
    let name = format!("{} -> {}", key.columns.join(", "), key.label);
    // What goes with something doesn't come back without it.
    if key.can_be_empty() && !key.cascades {
        let known = lost.emptied.iter().any(|(_, known)| *known == name);
        if !known {
            lost.emptied.push((key.nullable.clone(), name));
        }
        return false;
    }
    let is_news = lost.why.is_none();
    lost.why.get_or_insert_with(|| format!("what they point at is gone ({name})"));
    is_news
}

/// The line without its references to what is gone.
fn without(line: String, lost: &Lost) -> String {
    if lost.emptied.is_empty() {
        return line;
    }
    let Ok(row) = RawJson::parse(line) else { return String::new() };
    let set = lost.emptied.iter().flat_map(|(columns, _)| columns);
    let set: Vec<(String, RawJson)> = set.map(|name| (name.clone(), RawJson::default())).collect();
    row.with(&set, &[]).text().to_owned()
}
