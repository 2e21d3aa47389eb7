//! `contacts merge`: by hand.

use clap::{Args, ValueEnum};
use diesel::PgConnection;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::contact_view::ContactView;
use super::hanging::{self, HangingView};
use super::named::ContactArg;
use crate::commands::consent_args::ConsentArgs;
use crate::commands::denied;
use crate::commands::id_arg::Asked;
use crate::commands::trust_arg::TrustArg;
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::audit_action::Action;
use crate::domain::consent::Consent;
use crate::domain::merge_plan::{self, Added, Identity, MergePlan, Profile};
use crate::domain::raw_json::RawJson;
use crate::domain::survivor::Prefer;
use crate::error::{Failure, Kind, Outcome};
use crate::store::audit::{self, Actor, Change};
use crate::store::connect::Db;
use crate::store::contact_references::{self, References};
use crate::store::merge_foresight::{self, Foresight};
use crate::store::merges::{self, Decided, Locked};
use crate::store::merging::{self, Merged};
use crate::store::{contacts, interference, lacking, row_losses, tx};
use crate::ui::{Block, Cell, Grid, Tabular, Tone, human};

#[derive(Debug, Args)]
pub struct MergeArgs {
    /// The contact that stays
    survivor: ContactArg,
    /// The contacts that are merged into it
    #[arg(required = true, value_name = "OTHER")]
    others: Vec<ContactArg>,
    #[command(flatten)]
    trust: TrustArg,
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
    let named = ctx.config.references();
    let mut db = ctx.connect()?;
    let (survivor, ids) = tx::read(&mut db, |conn| who(ctx, conn, &args))?;
    let (plan, references, grants, mut view) = tx::read(&mut db, |conn| {
        let references = load_references(conn, &named, args.trust)?;
        interference::see_all_rows(conn, &references.tables())?;
        let locked = merges::look(conn, &ids, &references.contacts)?;
        require_unmerged(conn, &ids)?;
        let plan = plan(&locked, &ids, survivor)?;
        let is_done = lacking::grants(conn, &merging::NEEDED)?.is_empty();
        let foresight = merge_foresight::foresee(conn, &plan, &references, is_done)?;
        let needed = merging::needed(!plan.identities.is_empty(), foresight.removed > 0);
        let mut grants = lacking::grants(conn, &needed)?;
        grants.extend(references.unread());
        let view = MergeView::new(&plan, &locked, foresight, &grants);
        Ok((plan, references, grants, view))
    })?;
    if !args.consent.dry_run {
        denied::refuse_without(&db, "merge contacts", &grants)?;
        let actor = ctx.actor(&mut db, Right::Contacts)?;
        let consent = ctx.consent(&mut db, &view, &view.question(), args.consent.yes)?;
        let merged = merge_by_hand(&mut db, &ids, &plan, &references, &actor, &consent)?;
        view.tell(merged);
    }
    ctx.ui.show(&view)?;
    Ok(Outcome::Done)
}

/// What refers to contacts, and may be changed.
///
/// # Errors
/// As for [`contact_references::load`].
pub fn load_references(
    conn: &mut PgConnection,
    named: &[String],
    trust: TrustArg,
) -> anyhow::Result<References> {
    let mut references = contact_references::load(conn, named)?;
    if trust.trust_functions {
        references.trust_functions();
    }
    Ok(references)
}

/// The one that stays, and all of them.
fn who(
    ctx: &Context,
    conn: &mut PgConnection,
    args: &MergeArgs,
) -> anyhow::Result<(Uuid, Vec<Uuid>)> {
    let asked = Asked::unless(args.consent.yes);
    let survivor = args.survivor.find_for(ctx, conn, asked)?;
    let mut ids = vec![survivor];
    for other in &args.others {
        ids.push(other.find_for(ctx, conn, asked)?);
    }
    ids.sort();
    ids.dedup();
    match ids.len() == args.others.len() + 1 {
        true => Ok((survivor, ids)),
        false => Err(Failure::usage("the same contact is named twice").into()),
    }
}

/// # Errors
/// Not found: one of them was merged into another one.
fn require_unmerged(conn: &mut PgConnection, ids: &[Uuid]) -> anyhow::Result<()> {
    for id in ids {
        if let Some(survivor) = contacts::find_existing(conn, *id)?.filter(|found| found != id) {
            let what = format!("contact {id} was merged into {survivor} already");
            return Err(Failure::new(Kind::NotFound, what)
                .hint(format!("`inboxctl contacts show {survivor}` shows it"))
                .into());
        }
    }
    Ok(())
}

fn plan(locked: &[Locked], ids: &[Uuid], survivor: Uuid) -> anyhow::Result<MergePlan> {
    let found = |id: &&Uuid| locked.iter().any(|one| one.profile.id == **id);
    if let Some(missing) = ids.iter().find(|id| !found(id)) {
        return Err(super::unknown(*missing).into());
    }
    if let Some(why) = locked.iter().find_map(Locked::refusal) {
        return Err(Failure::refused("nothing was changed")
            .why(why)
            .hint("move its row into contacts itself first")
            .into());
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
) -> anyhow::Result<Merged> {
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
        let decided =
            Decided { plan: now, before: locked, probability: None, run: None, answer: None };
        merge_locked(conn, &[decided], references, actor, consent)
    })
}

/// Carries out merges whose contacts this transaction has locked, with an audit entry each.
///
/// # Errors
/// Something of the application's or the server refuses; the transaction has to be rolled back.
pub fn merge_locked(
    conn: &mut PgConnection,
    merges: &[Decided],
    references: &References,
    actor: &Actor,
    consent: &Consent,
) -> anyhow::Result<Merged> {
    row_losses::none_lost(conn, merges, references, |conn| {
        let merged = merging::merge(conn, merges, references, &actor.name, consent)?;
        record(conn, merges, &merged, actor)?;
        Ok(merged)
    })
}

fn record(
    conn: &mut PgConnection,
    merges: &[Decided],
    merged: &Merged,
    actor: &Actor,
) -> anyhow::Result<()> {
    let survivors: Vec<String> =
        merges.iter().map(|merge| merge.plan.survivor.to_string()).collect();
    let changes: Vec<Change<'_>> = merges
        .iter()
        .zip(&survivors)
        .zip(&merged.ids)
        .map(|((merge, survivor), id)| Change {
            action: Action::ContactMerge,
            resource_id: Some(survivor),
            details: json!({ "merge": id, "merged": merge.plan.merged }),
        })
        .collect();
    Ok(audit::record_all(conn, actor, &changes)?)
}

/// Columns of a name or an e-mail.
const WIDTH: usize = 60;

#[derive(Debug, Serialize)]
struct MergeView {
    /// Of the merge; null in a dry run.
    id: Option<Uuid>,
    /// As it is afterwards.
    survivor: ContactView,
    merged: Vec<ContactView>,
    social_handles: RawJson,
    metadata: RawJson,
    identities: Vec<String>,
    /// Columns of the application, empty in the survivor, that are filled from the others.
    filled: Vec<Added>,
    /// What the others hold there, and the survivor holds otherwise.
    discarded: Vec<Added>,
    /// What refers to the contacts that go.
    rows: Vec<HangingView>,
    /// Assignments that go, because a contact has one.
    assignments_removed: usize,
    /// What only the merge itself can tell whether it lets it through.
    unknown: Vec<String>,
    /// The survivor as it was.
    #[serde(skip)]
    into: Option<ContactView>,
    /// What gives this role the rights that it lacks.
    #[serde(skip)]
    lacks: String,
}

impl MergeView {
    fn new(
        plan: &MergePlan,
        locked: &[Locked],
        foresight: Foresight,
        grants: &[String],
    ) -> MergeView {
        let who = |one: &Locked| {
            let Profile { id, name, phone, email, .. } = one.profile.clone();
            ContactView { id, name, phone, email }
        };
        let (into, others): (Vec<&Locked>, Vec<&Locked>) =
            locked.iter().partition(|one| one.profile.id == plan.survivor);
        let identity = |identity: &Identity| match identity {
            Identity::Phone(value) => format!("phone {value}"),
            Identity::Email(value) => format!("e-mail {value}"),
            Identity::Handle { network, value } => format!("{network} {value}"),
        };
        let mut view = MergeView {
            id: None,
            survivor: ContactView {
                id: plan.survivor,
                name: plan.name.clone(),
                phone: plan.phone.clone(),
                email: plan.email.clone(),
            },
            merged: others.into_iter().map(who).collect(),
            social_handles: plan.handles.clone(),
            metadata: plan.metadata.clone(),
            identities: plan.identities.iter().map(identity).collect(),
            filled: plan.filled.clone(),
            discarded: plan.discarded.clone(),
            rows: foresight.hanging.into_iter().map(HangingView::from).collect(),
            assignments_removed: foresight.removed,
            unknown: foresight.unknown,
            lacks: grants.join("; "),
            into: into.into_iter().map(who).next(),
        };
        view.take(|one| !foresight.circles.contains(&one.column));
        view
    }

    /// With what came of it.
    fn tell(&mut self, merged: Merged) {
        self.id = merged.ids.first().copied();
        self.unknown.clear();
        self.rows.retain(|row| !row.moves);
        self.rows.splice(0..0, merged.moved.into_iter().map(HangingView::moved));
        self.assignments_removed = merged.removed;
        self.take(|one| {
            let mut values = merged.survivors.iter().filter_map(|row| row.member(&one.column));
            values.any(|value| !value.is_null())
        });
    }

    /// What isn't taken stays in the record.
    fn take(&mut self, is_taken: impl Fn(&Added) -> bool) {
        let (taken, left): (Vec<Added>, Vec<Added>) = self.filled.drain(..).partition(is_taken);
        self.filled = taken;
        self.discarded.extend(left);
    }

    /// Names; where they don't tell them apart, ids too.
    fn question(&self) -> String {
        let into = self.into.as_ref().unwrap_or(&self.survivor);
        let namesakes = |name: &str| {
            let all = self.merged.iter().chain([into]);
            all.filter(|other| other.cells(WIDTH)[0] == name).count()
        };
        let called = |contact: &ContactView| match contact.cells(WIDTH) {
            [name, .., id] if name.is_empty() => id,
            [name, ..] if namesakes(&name) == 1 => name,
            [name, .., id] => format!("{name} ({id})"),
        };
        let others: Vec<String> = self.merged.iter().map(called).collect();
        format!("merge {} into {}", others.join(" and "), called(into))
    }

    /// What the survivor gets in the application's columns, and what it doesn't.
    fn columns(&self) -> Vec<String> {
        let told = |all: &[Added]| {
            let each = all.iter().map(|one| format!("{} {}", one.column, one.value.plain()));
            each.collect::<Vec<_>>()
        };
        let all = [
            ("Also filled: ", told(&self.filled)),
            ("What stays in the record alone: ", told(&self.discarded)),
        ];
        let lines = all.into_iter().filter(|(_, list)| !list.is_empty());
        lines
            .map(|(about, list)| human::one_line(&format!("{about}{}.", list.join(", ")), 400))
            .collect()
    }
}

impl Tabular for MergeView {
    fn blocks(&self) -> Vec<Block> {
        let text = |text: &Option<String>| Cell::new(text.clone().unwrap_or_default());
        let mut grid = Grid::facts([
            ("survivor", Cell::new(self.survivor.id.to_string())),
            ("name", text(&self.survivor.name)),
            ("phone", text(&self.survivor.phone)),
            ("e-mail", text(&self.survivor.email)),
            ("also", Cell::new(self.identities.join(", "))),
        ]);
        let who = |one: &ContactView| {
            let [name, phone, email, id] = one.cells(WIDTH);
            let parts = [name, id, phone, email].into_iter().filter(|part| !part.is_empty());
            parts.collect::<Vec<_>>().join(", ")
        };
        for one in &self.merged {
            grid.row(vec![Cell::toned("merged in", Tone::Dim), Cell::new(who(one))]);
        }
        for line in hanging::lines(&self.rows).into_iter().chain(self.columns()) {
            grid.note(line);
        }
        if self.assignments_removed > 0 {
            let count = self.assignments_removed as u64;
            let assignments = human::plural(count, "assignment", "assignments");
            grid.note(format!("{assignments} of theirs: removed, because a contact has one."));
        }
        if !self.unknown.is_empty() {
            let unknown = self.unknown.join(", ");
            grid.note(format!("Only the merge itself tells whether it is let through: {unknown}."));
        }
        if !self.lacks.is_empty() {
            grid.note(format!("This role may not merge: have its owner run {}.", self.lacks));
        }
        let others = human::plural(self.merged.len() as u64, "contact", "contacts");
        grid.note(match self.id {
            Some(id) => {
                format!("Merged {others}. Undo it with: inboxctl contacts unmerge {id}")
            }
            None => format!("Would merge {others}; nothing was changed."),
        });
        vec![Block::Grid(grid)]
    }
}
