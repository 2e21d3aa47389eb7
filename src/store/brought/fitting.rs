//! Values that a column can't take whole any more: it is shorter now, of another type, or its type has
//! lost them. A cast would cut them without a word, or end all of it.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};

use super::columns::Trial;
use super::judged::Judged;
use super::reasons::{Why, place, places};
use super::target::Back;
use crate::store::archive_insert::{count, refusal};
use crate::store::tx;

impl Back {
    /// The lines that the table can take whole; the others are judged.
    pub(super) fn fitting(
        &self,
        conn: &mut PgConnection,
        lines: Vec<String>,
        judged: &mut Judged,
    ) -> QueryResult<Vec<String>> {
        if self.trials.is_empty() {
            return Ok(lines);
        }
        let texts: Vec<&str> = lines.iter().map(String::as_str).collect();
        let trials: Vec<&Trial> = self.trials.iter().collect();
        let mut lost = BTreeMap::new();
        self.try_out(conn, &trials, &texts, 0, &mut lost)?;
        for (at, trial) in &lost {
            let why = Why::failure(format!(
                "{} is {} now and can't hold what they have there",
                trial.name, trial.data_type
            ));
            match self.stands(conn, texts[*at])? {
                true => {
                    judged.different += 1;
                    count(&mut judged.stuck, why, 1);
                }
                false => {
                    judged.missing += 1;
                    count(&mut judged.left_out, why, 1);
                }
            }
        }
        let lines = lines.into_iter().enumerate().filter(|(at, _)| !lost.contains_key(at));
        Ok(lines.map(|(_, line)| line).collect())
    }

    /// What some of these lines, of which the first has the place `first`, have that doesn't come through.
    fn try_out<'a>(
        &self,
        conn: &mut PgConnection,
        trials: &[&'a Trial],
        lines: &[&str],
        first: usize,
        lost: &mut BTreeMap<usize, &'a Trial>,
    ) -> QueryResult<()> {
        match tx::attempt(conn, |conn| self.lost_values(conn, trials, lines)) {
            Ok(found) => {
                let found = found
                    .into_iter()
                    .filter_map(|(at, trial)| Some((first + at, *trials.get(trial)?)));
                lost.extend(found);
                Ok(())
            }
            // One of them can't even be read: each half by itself, then each column.
            Err(error) => {
                refusal(error)?;
                match (lines.len(), trials) {
                    (0 | 1, [trial]) => {
                        lost.insert(first, trial);
                        Ok(())
                    }
                    (0 | 1, _) => trials
                        .iter()
                        .try_for_each(|trial| self.try_out(conn, &[trial], lines, first, lost)),
                    (many, _) => {
                        let (some, others) = lines.split_at(many / 2);
                        self.try_out(conn, trials, some, first, lost)?;
                        self.try_out(conn, trials, others, first + some.len(), lost)
                    }
                }
            }
        }
    }

    /// Places of lines, and of the trial that each fails.
    fn lost_values(
        &self,
        conn: &mut PgConnection,
        trials: &[&Trial],
        lines: &[&str],
    ) -> QueryResult<Vec<(usize, usize)>> {
        #[derive(QueryableByName)]
        struct Row {
            #[diesel(sql_type = BigInt)]
            place: i64,
            #[diesel(sql_type = BigInt)]
            trial: i64,
        }
        let cases = trials.iter().enumerate();
        let cases = cases.map(|(at, trial)| format!("WHEN {} THEN {at}::bigint", trial.is_lost));
        let rows: Vec<Row> = diesel::sql_query(format!(
            "SELECT x.place, x.trial FROM (SELECT l.number - 1 AS place, CASE {} END AS trial FROM {}) AS x \
             WHERE x.trial IS NOT NULL",
            cases.collect::<Vec<_>>().join(" "),
            self.target.records()
        ))
        .bind::<Array<Text>, _>(lines)
        .bind::<Array<Text>, _>(&[] as &[&str])
        .load(conn)?;
        Ok(rows
            .into_iter()
            .filter_map(|row| Some((place(row.place)?, place(row.trial)?)))
            .collect())
    }

    /// Whether a row has the key of a line of which no more can be said.
    fn stands(&self, conn: &mut PgConnection, line: &str) -> QueryResult<bool> {
        if !self.target.has_key() {
            return Ok(false);
        }
        let from = format!(
            "{} JOIN {} t ON {}",
            self.target.archived(),
            self.relation(),
            self.target.same_key("t")
        );
        let found = tx::attempt(conn, |conn| places(conn, "a.\"@number\"", &from, &[line], &[]));
        match found {
            Ok(found) => Ok(!found.is_empty()),
            // The key itself can't be read: no row has it.
            Err(error) => refusal(error).map(|_| false),
        }
    }
}
