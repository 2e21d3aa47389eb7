//! `contacts merge`: by hand.

use clap::{Args, ValueEnum};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::hanging::{self, HangingView};
use crate::commands::consent_args::ConsentArgs;
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::consent::Consent;
use crate::domain::merge_plan::{self, Identity, MergePlan};
use crate::domain::raw_json::RawJson;
use crate::domain::survivor::Prefer;
use crate::error::{Failure, Outcome};
use crate::store::audit::{self, Actor, Change};
use crate::store::connect::Db;
use crate::store::contact_references::{self, References};
use crate::store::merges::{self, Decided, Locked};
use crate::store::{interference, merging, tx};
use crate::ui::{Block, Cell, Grid, Tabular, human};

#[derive(Debug, Args)]
pub struct MergeArgs {
    /// The contact that stays
    survivor: Uuid,
    /// The contacts that are merged into it
    #[arg(required = true, value_name = "OTHER")]
    others: Vec<Uuid>,
    #[command(flatten)]
    consent: ConsentArgs,
}

/// Which contact of a cluster survives.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum PreferArg {
    #[default]
    Complete,
    Active,
    Oldest,
    Newest,
}

impl From<PreferArg> for Prefer {
    fn from(arg: PreferArg) -> Prefer {
        match arg {
            PreferArg::Complete => Prefer::Complete,
            PreferArg::Active => Prefer::Active,
            PreferArg::Oldest => Prefer::Oldest,
            PreferArg::Newest => Prefer::Newest,
        }
    }
}

pub fn run(ctx: &mut Context, args: MergeArgs) -> anyhow::Result<Outcome> {
    let mut ids = args.others.clone();
    ids.push(args.survivor);
    ids.sort();
    ids.dedup();
    if ids.len() != args.others.len() + 1 {
        return Err(Failure::usage("a contact stands there twice").into());
    }
    let named = ctx.config.references();
    let mut db = ctx.connect()?;
    let (plan, references, mut view) = tx::read(&mut db, |conn| {
        let references = contact_references::load(conn, &named)?;
        interference::see_all_rows(conn, &references.tables())?;
        let locked = merges::look(conn, &ids, &references.contacts)?;
        let plan = plan(&locked, &ids, args.survivor)?;
        let rows = hanging::views(conn, &references, &plan.merged)?;
        let view = MergeView::new(&plan, &locked, rows);
        Ok((plan, references, view))
    })?;
    if !args.consent.dry_run {
        let actor = ctx.actor(&mut db, Right::Contacts)?;
        let name = called(plan.name.as_deref(), plan.survivor);
        let what = format!("merge {} into {name}", view.others.join(" and "));
        let consent = ctx.consent(&mut db, &view, &what, args.consent.yes)?;
        view.id = Some(merge_by_hand(&mut db, &ids, &plan, &references, &actor, &consent)?);
    }
    ctx.ui.show(&view)?;
    Ok(Outcome::Done)
}

fn called(name: Option<&str>, id: Uuid) -> String {
    name.map_or_else(|| id.to_string(), |name| human::one_line(name, 60))
}

fn plan(locked: &[Locked], ids: &[Uuid], survivor: Uuid) -> anyhow::Result<MergePlan> {
    let found = |id: &&Uuid| locked.iter().any(|one| one.profile.id == **id);
    if let Some(missing) = ids.iter().find(|id| !found(id)) {
        return Err(super::unknown(*missing).into());
    }
    let profiles: Vec<_> = locked.iter().map(|one| one.profile.clone()).collect();
    merge_plan::plan(&profiles, survivor).ok_or_else(|| super::unknown(survivor).into())
}

fn merge_by_hand(
    db: &mut Db,
    ids: &[Uuid],
    planned: &MergePlan,
    references: &References,
    actor: &Actor,
    consent: &Consent,
) -> anyhow::Result<Uuid> {
    tx::write(db, |conn| {
        merging::prepare(conn)?;
        let locked = merges::lock(conn, ids, &references.contacts)?;
        let now = plan(&locked, ids, planned.survivor)?;
        if &now != planned {
            return Err(Failure::refused("nothing was changed")
                .why("a contact changed while this was being asked")
                .hint("look again with --dry-run")
                .into());
        }
        let decided = Decided { plan: now, before: locked, probability: None };
        let ids = merge_locked(conn, &[decided], references, actor, consent)?;
        ids.first().copied().ok_or_else(|| super::unknown(planned.survivor).into())
    })
}

/// Carries out merges whose contacts this transaction has locked, with an audit entry each.
///
/// # Errors
/// Something of the application's or the server refuses; the transaction has to be rolled back.
pub fn merge_locked(
    conn: &mut diesel::PgConnection,
    merges: &[Decided],
    references: &References,
    actor: &Actor,
    consent: &Consent,
) -> anyhow::Result<Vec<Uuid>> {
    let ids = merging::merge(conn, merges, references, &actor.name, consent)?;
    let survivors: Vec<String> =
        merges.iter().map(|merge| merge.plan.survivor.to_string()).collect();
    let changes: Vec<Change<'_>> = merges
        .iter()
        .zip(&survivors)
        .zip(&ids)
        .map(|((merge, survivor), id)| Change {
            action: "contact.merge",
            resource: "contacts",
            resource_id: Some(survivor),
            details: json!({ "merge": id, "merged": merge.plan.merged }),
        })
        .collect();
    audit::record_all(conn, actor, &changes)?;
    Ok(ids)
}

#[derive(Debug, Serialize)]
struct MergeView {
    /// Of the merge; null in a dry run.
    id: Option<Uuid>,
    survivor: Uuid,
    merged: Vec<Uuid>,
    name: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    social_handles: RawJson,
    metadata: RawJson,
    identities: Vec<String>,
    /// What refers to the contacts that go.
    rows: Vec<HangingView>,
    /// Who they are.
    #[serde(skip)]
    others: Vec<String>,
}

impl MergeView {
    fn new(plan: &MergePlan, locked: &[Locked], rows: Vec<HangingView>) -> MergeView {
        let others = locked.iter().map(|one| &one.profile);
        let others = others.filter(|profile| profile.id != plan.survivor);
        let identity = |identity: &Identity| match identity {
            Identity::Phone(value) => format!("phone {value}"),
            Identity::Email(value) => format!("e-mail {value}"),
            Identity::Handle { network, value } => format!("{network} {value}"),
        };
        MergeView {
            id: None,
            survivor: plan.survivor,
            merged: plan.merged.clone(),
            name: plan.name.clone(),
            phone: plan.phone.clone(),
            email: plan.email.clone(),
            social_handles: plan.handles.clone(),
            metadata: plan.metadata.clone(),
            identities: plan.identities.iter().map(identity).collect(),
            rows,
            others: others.map(|one| called(one.name.as_deref(), one.id)).collect(),
        }
    }
}

impl Tabular for MergeView {
    fn blocks(&self) -> Vec<Block> {
        let text = |text: &Option<String>| Cell::new(text.clone().unwrap_or_default());
        let mut grid = Grid::facts([
            ("survivor", Cell::new(self.survivor.to_string())),
            ("name", text(&self.name)),
            ("phone", text(&self.phone)),
            ("e-mail", text(&self.email)),
            ("also", Cell::new(self.identities.join(", "))),
            ("goes", Cell::new(self.others.join(", "))),
        ]);
        for line in hanging::lines(&self.rows) {
            grid.note(line);
        }
        let others = human::plural(self.merged.len() as u64, "contact", "contacts");
        grid.note(match self.id {
            Some(id) => {
                format!("Merged {others}. Take it back with: inboxctl contacts unmerge {id}")
            }
            None => format!("Would merge {others}; nothing was changed."),
        });
        vec![Block::Grid(grid)]
    }
}
