//! What is certain is merged at once; about the rest a person is asked, one question after another.

use std::collections::{HashMap, HashSet};

use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::apply;
use super::screen::Screen;
use crate::commands::contacts::merge::merge_locked;
use crate::commands::contacts::{distinct, taking_back};
use crate::context::Context;
use crate::domain::audit_action::Action;
use crate::domain::consent::Consent;
use crate::domain::matching::{Answer, Question, Questions};
use crate::domain::merge_plan;
use crate::domain::raw_json::RawJson;
use crate::error::{Failure, Outcome};
use crate::store::audit::{self, Change};
use crate::store::connect::Db;
use crate::store::merges::{self, Decided, Locked};
use crate::store::{contacts, merging, tx};
use crate::ui::{Block, Tabular, human};

/// What is less probable is not worth a person's time.
pub(super) const LEAST: f64 = 0.3;

const KEYS: &str = "[y]es, [n]o, [s]kip, [u]ndo, [q]uit, [?]";
const LETTERS: [char; 6] = ['y', 'n', 's', 'u', 'q', '?'];
const HELP: &str = "\
y  they are one: all of both sides are merged, which `contacts unmerge` undoes
n  they are not the same: remembered, and never asked or merged again
s  skip it for now: a later review asks again
u  undo the last answer, and ask it again
q  quit: each answer so far is in the database already";

/// What a person has decided so far.
#[derive(Debug, Default, Serialize)]
struct Tally {
    /// By which all merges of this review can be taken back; null where there was none.
    run: Option<Uuid>,
    /// Clusters that were merged because they are certain,
    certain: u64,
    /// and those that an answer merged.
    merged: u64,
    /// Answers that two are not the same.
    distinct: u64,
    /// Questions that are still open.
    open: u64,
}

impl Tally {
    fn words(&self) -> String {
        let sure = match self.certain {
            0 => String::new(),
            number => format!("{} merged unasked, ", human::plural(number, "cluster", "clusters")),
        };
        let merged = human::plural(self.merged, "yes", "yeses");
        let distinct = human::count(self.distinct);
        format!("{sure}{merged} merged, {distinct} remembered as not the same")
    }
}

impl Tabular for Tally {
    fn blocks(&self) -> Vec<Block> {
        let open = human::plural(self.open, "question is", "questions are");
        let mut lines = vec![format!("{}.", self.words()), format!("{open} still open.")];
        if let Some(run) = self.run {
            lines.push(format!("`inboxctl contacts unmerge --run {run}` takes all back."));
        }
        vec![Block::Text(lines.join("\n"))]
    }
}

/// What an answer did, so that it can be undone.
enum Deed {
    Merged(Uuid),
    Apart(Vec<(Uuid, Uuid)>),
    Skipped,
}

struct Review<'a> {
    run: apply::Run<'a>,
    /// `updated_at` of the contacts as they were scanned.
    scanned: HashMap<Uuid, i64>,
    /// Contacts that this review has changed.
    ours: HashSet<Uuid>,
    tally: Tally,
}

/// Merges what is certain, if it is wanted, and asks about the rest.
///
/// # Errors
/// Nobody is there to ask; the server refuses. What was done before is said.
pub(super) fn run(ctx: &Context, db: &mut Db, run: apply::Run<'_>) -> anyhow::Result<Outcome> {
    let found = run.found;
    let mut questions = found.matches.questions(&found.certain);
    if questions.open() == 0 && found.merges.is_empty() {
        ctx.ui.status("no two contacts may be one: there is nothing to review");
        return Ok(Outcome::Done);
    }
    let rows = found.clusters.iter().flat_map(|one| one.rows.iter().zip(&one.updated_at_us));
    let scanned = rows.map(|(&row, &at_us)| (found.table.id(row), at_us)).collect();
    let mut review = Review { run, scanned, ours: HashSet::new(), tally: Tally::default() };
    let done = review.certain(ctx, db);
    let done = done.and_then(|stopped| match stopped {
        None => review.ask_all(ctx, db, &mut questions),
        Some(outcome) => Ok(outcome),
    });
    let tally = &mut review.tally;
    tally.open = questions.open() as u64;
    tally.run = Some(review.run.id).filter(|_| tally.certain + tally.merged > 0);
    // A question that a signal ended is no failure: what was done is told as at any other end.
    let done = match (done, ctx.interrupted()) {
        (Err(_), Some(signal)) => Ok(Outcome::Interrupted(signal)),
        (done, _) => done,
    };
    match done {
        Ok(outcome) => {
            ctx.ui.show(tally)?;
            Ok(outcome)
        }
        Err(error) => match error.downcast::<Failure>() {
            Ok(failure) => Err(stopped(failure, tally).into()),
            Err(error) => {
                ctx.ui.status(tally.words());
                Err(error)
            }
        },
    }
}

/// A failure of asking, which says that nothing was changed: not so here, once something was.
fn stopped(failure: Failure, tally: &Tally) -> Failure {
    if tally.certain + tally.merged + tally.distinct == 0 {
        return failure;
    }
    Failure { what: format!("stopped: {}", tally.words()), ..failure }
}

impl Review<'_> {
    /// Merges the certain clusters, if the person wants it; some outcome where that was all.
    fn certain(&mut self, ctx: &Context, db: &mut Db) -> anyhow::Result<Option<Outcome>> {
        let found = self.run.found;
        if found.merges.is_empty() {
            return Ok(None);
        }
        let clusters = found.merges.len() as u64;
        let clusters = human::plural(clusters, "cluster that is", "clusters that are");
        let surplus = human::plural(found.surplus(), "contact", "contacts");
        let what = format!("Merge {clusters} certain, {surplus} into others,");
        let place = ctx.place(db)?;
        let keys = ("[y]es, [n]o, [q]uit", &['y', 'n', 'q'][..]);
        match ctx.ui.choose(&what, Some(&place), keys, &|| ctx.interrupted())? {
            ('y', consent) => {
                let done = apply::merge_all(ctx, db, &self.run, &consent)?;
                self.tally.certain = done.merged;
                self.ours.extend(found.merges.iter().map(|cluster| cluster.survivor));
                done.skipped.iter().for_each(|one| ctx.ui.warn(one.warning()));
                match done.surprise {
                    Some(surprise) => Err(surprise.into()),
                    None => {
                        Ok(Some(done.outcome).filter(|outcome| !matches!(outcome, Outcome::Done)))
                    }
                }
            }
            ('n', _) => Ok(None),
            _ => Ok(Some(Outcome::Done)),
        }
    }

    fn ask_all(
        &mut self,
        ctx: &Context,
        db: &mut Db,
        questions: &mut Questions,
    ) -> anyhow::Result<Outcome> {
        let mut deeds: Vec<Deed> = Vec::new();
        let mut is_help_wanted = false;
        while let Some(question) = questions.ask() {
            let Some(sides) = self.living(db, &question)? else {
                ctx.ui.warn("a question is left out: a contact of it changed since it was read");
                questions.answer(Answer::Skipped);
                deeds.push(Deed::Skipped);
                continue;
            };
            let number = deeds.len() + 1;
            let open = deeds.len() + questions.open();
            match is_help_wanted {
                true => ctx.ui.status(HELP),
                false => ctx.ui.preview(&Screen::new(self.run.found, &question, number, open)),
            }
            let (letter, consent) =
                ctx.ui.choose("Are they one", None, (KEYS, &LETTERS), &|| ctx.interrupted())?;
            is_help_wanted = letter == '?';
            let (deed, answer) = match letter {
                'y' => match self.merge(db, &sides, &question, &consent)? {
                    Ok(merge) => (Deed::Merged(merge), Answer::Same),
                    Err(reason) => {
                        ctx.ui.warn(format!("left alone: {}", reason.text));
                        (Deed::Skipped, Answer::Skipped)
                    }
                },
                'n' => (Deed::Apart(self.part(db, &sides)?), Answer::Different),
                's' => (Deed::Skipped, Answer::Skipped),
                'u' => {
                    match deeds.pop() {
                        None => ctx.ui.status("there is no answer to undo"),
                        Some(deed) => self.undo(ctx, db, deed, questions, &consent)?,
                    }
                    continue;
                }
                '?' => continue,
                _ => return Ok(Outcome::Done),
            };
            questions.answer(answer);
            deeds.push(deed);
        }
        Ok(Outcome::Done)
    }

    /// The contacts of both sides as they live now; `None` where one changed that we didn't.
    fn living(&self, db: &mut Db, question: &Question) -> anyhow::Result<Option<[Vec<Uuid>; 2]>> {
        let found = self.run.found;
        tx::read(db, |conn| {
            let mut sides: [Vec<Uuid>; 2] = Default::default();
            for (side, rows) in sides.iter_mut().zip(&question.groups) {
                for &row in rows {
                    side.push(contacts::survivor_of(conn, found.table.id(row))?);
                }
                side.sort();
                side.dedup();
            }
            let all = sides.concat();
            let now = merges::look(conn, &all, &self.run.references.contacts)?;
            let is_as_read = |one: &Locked| {
                self.ours.contains(&one.profile.id)
                    || self.scanned.get(&one.profile.id) == Some(&one.updated_at_us)
            };
            let apart = all.iter().collect::<HashSet<_>>().len() == all.len();
            let is_same = apart && now.len() == all.len() && now.iter().all(is_as_read);
            Ok(is_same.then_some(sides))
        })
    }

    /// The merge of both sides, or why there was none.
    fn merge(
        &mut self,
        db: &mut Db,
        sides: &[Vec<Uuid>; 2],
        question: &Question,
        consent: &Consent,
    ) -> anyhow::Result<apply::Merged> {
        let mut ids = sides.concat();
        ids.sort();
        let run = &self.run;
        let [left, right] = question.pair;
        let answer = RawJson::parse(run.found.matches.comparison_vector(left, right).to_json())?;
        let merged = tx::write(db, |conn| {
            merging::prepare(conn)?;
            let before = merges::lock(conn, &ids, &run.references.contacts)?;
            if let Some(why) = before.iter().find_map(Locked::refusal) {
                return Ok(Err(apply::Reason::from(why)));
            }
            let profiles: Vec<_> = before.iter().map(|one| one.profile.clone()).collect();
            let survivor = merge_plan::survivor(&profiles, run.prefer);
            let plan = survivor.and_then(|survivor| merge_plan::plan(&profiles, survivor));
            let Some(plan) = plan.filter(|_| before.len() == ids.len()) else {
                return Ok(Err(apply::Reason::from("a contact is gone")));
            };
            let survivor = plan.survivor;
            let decided = Decided {
                plan,
                before,
                probability: Some(question.probability),
                run: Some(run.id),
                answer: Some(answer.clone()),
            };
            let merged = merge_locked(conn, &[decided], run.references, run.actor, consent)?;
            Ok(Ok((merged.ids[0], survivor)))
        });
        match merged {
            Ok(Ok((merge, survivor))) => {
                self.ours.insert(survivor);
                self.tally.merged += 1;
                Ok(Ok(merge))
            }
            Ok(Err(reason)) => Ok(Err(reason)),
            Err(error) if crate::error::ends_a_run(&error) => Err(error),
            Err(error) => Ok(Err(apply::Reason::of(db, error))),
        }
    }

    /// No contact of one side is one with one of the other: the pairs that are new.
    fn part(&mut self, db: &mut Db, sides: &[Vec<Uuid>; 2]) -> anyhow::Result<Vec<(Uuid, Uuid)>> {
        let actor = self.run.actor;
        let added = tx::write(db, |conn| {
            let mut added = Vec::new();
            for &left in &sides[0] {
                for &right in &sides[1] {
                    if contacts::insert_distinct(conn, left, right, &actor.name)? {
                        added.push((left, right));
                    }
                }
            }
            let change = Change {
                action: Action::ContactDistinct,
                resource_id: Some(&sides[0][0].to_string()),
                details: json!({ "left": sides[0], "right": sides[1] }),
            };
            audit::record(conn, actor, &change)?;
            Ok(added)
        })?;
        self.tally.distinct += 1;
        Ok(added)
    }

    fn undo(
        &mut self,
        ctx: &Context,
        db: &mut Db,
        deed: Deed,
        questions: &mut Questions,
        consent: &Consent,
    ) -> anyhow::Result<()> {
        match deed {
            Deed::Skipped => {}
            Deed::Merged(merge) => {
                let (references, actor) = (self.run.references, self.run.actor);
                taking_back::take_back(db, merge, references, actor, consent)?;
                self.tally.merged -= 1;
            }
            Deed::Apart(pairs) => {
                tx::write(db, |conn| distinct::forget(conn, self.run.actor, &pairs))?;
                self.tally.distinct -= 1;
            }
        }
        questions.take_back();
        ctx.ui.status("the last answer is undone");
        Ok(())
    }
}
