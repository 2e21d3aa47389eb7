//! `assignments move`.

use clap::Args;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::change::UserView;
use crate::commands::consent_args::ConsentArgs;
use crate::commands::users as user_commands;
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::audit_action::Action;
use crate::domain::consent::Consent;
use crate::error::{Failure, Outcome};
use crate::store::audit::{self, Actor, Change};
use crate::store::connect::Db;
use crate::store::users::User;
use crate::store::{assignments, tx, users};
use crate::ui::{Block, Cell, Grid, Tabular, human};

#[derive(Debug, Args)]
pub struct MoveArgs {
    /// E-mail or id of the user whose contacts they are
    from: String,
    /// E-mail or id of the user who gets them
    to: String,
    #[command(flatten)]
    consent: ConsentArgs,
}

/// Assignments that one transaction changes.
const BATCH_ROWS: usize = 500;

pub(super) fn run(ctx: &mut Context, args: MoveArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let actor = ctx.actor_unless(args.consent.dry_run, &mut db, Right::Assignments)?;
    let (from, to, ids) = tx::read(&mut db, |conn| {
        let from = user_commands::find(conn, &args.from)?;
        let to = user_commands::find(conn, &args.to)?;
        let ids = assignments::list_ids_of(conn, from.id)?;
        Ok((from, to, ids))
    })?;
    if from.id == to.id {
        return Err(Failure::usage("both are the same user").into());
    }
    super::change::require_active(&to)?;
    let mut view = MoveView {
        dry_run: true,
        from: UserView::of(&from),
        to: UserView::of(&to),
        moved: ids.len(),
        left: 0,
    };
    if let Some(actor) = actor {
        if !ids.is_empty() {
            let many = human::plural(ids.len() as u64, "contact", "contacts");
            let what = format!("move {many} from {} to {}", from.email, to.email);
            let consent = ctx.consent(&mut db, &view, &what, args.consent.yes)?;
            view.moved = 0;
            for batch in ids.chunks(BATCH_ROWS) {
                if let Some(signal) = ctx.interrupted() {
                    view.tell(ids.len());
                    ctx.ui.show(&view)?;
                    return Ok(Outcome::Interrupted(signal));
                }
                match move_batch(&mut db, batch, (&from, &to), &actor, &consent) {
                    Ok(moved) => view.moved += moved,
                    Err(error) => {
                        if view.moved > 0 {
                            view.tell(ids.len());
                            ctx.ui.show(&view)?;
                        }
                        return Err(error);
                    }
                }
            }
        }
        view.tell(ids.len());
    }
    ctx.ui.show(&view)?;
    Ok(Outcome::Done)
}

/// Moves those of `ids` that are still the first user's, with an entry each.
fn move_batch(
    db: &mut Db,
    ids: &[Uuid],
    (from, to): (&User, &User),
    actor: &Actor,
    consent: &Consent,
) -> anyhow::Result<usize> {
    tx::write(db, |conn| {
        // The user first: nobody deactivates whom contacts are just given to.
        let now = users::lock(conn, to.id)?.ok_or_else(|| gone(&to.email))?;
        super::change::require_active(&now)?;
        let contacts = assignments::lock_of(conn, ids, from.id)?;
        assignments::update_all(conn, &contacts, to.id, consent)?;
        let contacts: Vec<String> = contacts.iter().map(Uuid::to_string).collect();
        let entry = |contact| Change {
            action: Action::AssignmentSet,
            resource_id: Some(contact),
            details: json!({ "before": from.email, "after": to.email }),
        };
        let entries: Vec<_> = contacts.iter().map(|contact| entry(contact.as_str())).collect();
        audit::record_all(conn, actor, &entries)?;
        Ok(contacts.len())
    })
}

fn gone(email: &str) -> Failure {
    Failure::refused(format!("{email} was deleted meanwhile")).hint("choose another user")
}

#[derive(Debug, Serialize)]
struct MoveView {
    dry_run: bool,
    from: UserView,
    to: UserView,
    /// How many were moved, or would be.
    moved: usize,
    /// How many were not: they came to somebody else meanwhile, or it was interrupted or failed.
    left: usize,
}

impl MoveView {
    fn tell(&mut self, of: usize) {
        self.dry_run = false;
        self.left = of - self.moved;
    }
}

impl Tabular for MoveView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid =
            Grid::facts([("from", Cell::new(&self.from.email)), ("to", Cell::new(&self.to.email))]);
        let contacts = human::plural(self.moved as u64, "contact", "contacts");
        grid.note(match (self.dry_run, self.left) {
            (true, _) => format!("Would move {contacts}; nothing was changed."),
            (false, 0) => format!("Moved {contacts}."),
            (false, left) => {
                format!("Moved {contacts}; {} were left as they are.", human::count(left as u64))
            }
        });
        vec![Block::Grid(grid)]
    }
}
