//! What `assignments set` and `clear` have in common: from one user to another,
//! or to nobody.

use diesel::PgConnection;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use crate::commands::consent_args::ConsentArgs;
use crate::commands::contacts::named::ContactArg;
use crate::commands::id_arg::Asked;
use crate::commands::users as user_commands;
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::audit_action::Action;
use crate::domain::consent::Consent;
use crate::error::{Failure, Outcome};
use crate::store::audit::{self, Actor, Change};
use crate::store::connect::Db;
use crate::store::foreign_keys::Pointing;
use crate::store::users::User;
use crate::store::{assignments, tx, users};
use crate::ui::{Block, Cell, Grid, Tabular, Tone, human};

/// What is so, and what shall be.
struct Plan {
    contact: Uuid,
    before: Option<User>,
    after: Option<User>,
    /// Rows of other tables that point at the assignment, where it would be deleted.
    pointing: Vec<Pointing>,
}

pub(super) fn run(
    ctx: &mut Context,
    contact: &ContactArg,
    user: Option<&str>,
    consent: ConsentArgs,
) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let actor = ctx.actor_unless(consent.dry_run, &mut db, Right::Assignments)?;
    let plan = tx::read(&mut db, |conn| plan(ctx, conn, contact, user))?;
    let mut view = ChangeView {
        contact_id: plan.contact,
        before: plan.before.as_ref().map(UserView::of),
        after: plan.after.as_ref().map(UserView::of),
        pointing: plan.pointing.iter().map(described).collect(),
        state: State::Unchanged,
    };
    let id = |user: &Option<User>| user.as_ref().map(|user| user.id);
    if id(&plan.before) == id(&plan.after) {
        ctx.ui.show(&view)?;
        return Ok(Outcome::Done);
    }
    view.state = State::Planned;
    if let Some(actor) = actor {
        check_pointing(&plan.pointing)?;
        let asked = match plan.before {
            None => Asked::Never,
            Some(_) => Asked::unless(consent.yes),
        };
        tx::read(&mut db, |conn| contact.find_for(ctx, conn, asked))?;
        // To assign what is nobody's only adds.
        let consent = match (&view.before, &view.after) {
            (None, _) => None,
            (Some(before), Some(after)) => {
                let question = format!(
                    "take contact {} from {} for {}",
                    plan.contact, before.email, after.email
                );
                Some(ctx.consent(&mut db, &view, &question, consent.yes)?)
            }
            (Some(before), None) => {
                let question = format!("take contact {} from {}", plan.contact, before.email);
                Some(ctx.consent(&mut db, &view, &question, consent.yes)?)
            }
        };
        change(&mut db, &plan, &actor, consent.as_ref())?;
        view.state = State::Changed;
    }
    ctx.ui.show(&view)?;
    Ok(Outcome::Done)
}

fn plan(
    ctx: &Context,
    conn: &mut PgConnection,
    contact: &ContactArg,
    user: Option<&str>,
) -> anyhow::Result<Plan> {
    let contact = contact.find_existing(ctx, conn)?;
    let after = match user {
        Some(user) => Some(user_commands::find(conn, user)?),
        None => None,
    };
    if let Some(user) = &after {
        require_active(user)?;
    }
    let before = match assignments::find_user(conn, contact)? {
        Some(id) => users::find(conn, id)?,
        None => None,
    };
    let pointing = if after.is_none() { assignments::pointing(conn, contact)? } else { Vec::new() };
    Ok(Plan { contact, before, after, pointing })
}

/// # Errors
/// Refused: nobody would take care of the contact.
pub(super) fn require_active(user: &User) -> Result<(), Failure> {
    if user.deactivated_at.is_none() {
        return Ok(());
    }
    Err(Failure::refused(format!("{} is deactivated", user.email))
        .why("nobody would take care of the contact")
        .hint("choose another user, or say `users activate` first"))
}

/// What points at a row would go with it, or lose what it points at.
fn check_pointing(pointing: &[Pointing]) -> Result<(), Failure> {
    if pointing.is_empty() {
        return Ok(());
    }
    let rows: Vec<String> = pointing.iter().map(described).collect();
    Err(Failure::refused("the assignment is referenced, so it can't be deleted")
        .why(format!("it is referenced by {}", rows.join(", ")))
        .hint("delete or move those rows first, or give the contact to another user"))
}

/// `2 rows of app.shifts`
fn described(pointing: &Pointing) -> String {
    let rows = u64::try_from(pointing.rows).unwrap_or_default();
    format!("{} of {}", human::plural(rows, "row", "rows"), pointing.relation)
}

fn change(
    db: &mut Db,
    plan: &Plan,
    actor: &Actor,
    consent: Option<&Consent>,
) -> anyhow::Result<()> {
    let moved = || {
        Failure::refused("nothing was changed")
            .why("the assignment changed while this was being asked")
            .hint("look again with --dry-run")
    };
    tx::write(db, |conn| {
        // The user first: nobody deactivates whom a contact is just given to.
        if let Some(after) = &plan.after {
            let user = users::lock(conn, after.id)?;
            if user.is_none_or(|user| user.deactivated_at.is_some()) {
                return Err(moved().into());
            }
        }
        let before = assignments::lock_user(conn, plan.contact)?;
        if before != plan.before.as_ref().map(|user| user.id) {
            return Err(moved().into());
        }
        match (consent, &plan.after) {
            (None, Some(after)) => {
                if !assignments::insert(conn, plan.contact, after.id)? {
                    return Err(moved().into());
                }
            }
            (Some(consent), Some(after)) => {
                assignments::update(conn, plan.contact, after.id, consent)?;
            }
            (Some(consent), None) => {
                check_pointing(&assignments::pointing(conn, plan.contact)?)?;
                assignments::delete(conn, plan.contact, consent)?;
            }
            (None, None) => {}
        }
        let email = |user: &Option<User>| user.as_ref().map(|user| user.email.clone());
        let entry = Change {
            action: if plan.after.is_some() {
                Action::AssignmentSet
            } else {
                Action::AssignmentClear
            },
            resource_id: Some(&plan.contact.to_string()),
            details: json!({ "before": email(&plan.before), "after": email(&plan.after) }),
        };
        Ok(audit::record(conn, actor, &entry)?)
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    Unchanged,
    Planned,
    Changed,
}

#[derive(Debug, Serialize)]
pub(super) struct UserView {
    id: Uuid,
    pub(super) email: String,
}

impl UserView {
    pub(super) fn of(user: &User) -> UserView {
        UserView { id: user.id, email: user.email.clone() }
    }
}

#[derive(Debug, Serialize)]
struct ChangeView {
    contact_id: Uuid,
    /// Null is nobody.
    before: Option<UserView>,
    after: Option<UserView>,
    /// Rows of other tables for which the assignment can't be deleted.
    #[serde(rename = "referenced_by")]
    pointing: Vec<String>,
    state: State,
}

impl Tabular for ChangeView {
    fn blocks(&self) -> Vec<Block> {
        let user = |user: &Option<UserView>| match user {
            Some(user) => Cell::new(&user.email),
            None => Cell::toned("nobody", Tone::Dim),
        };
        let mut grid = Grid::facts([
            ("contact", Cell::new(self.contact_id.to_string())),
            ("before", user(&self.before)),
            ("after", user(&self.after)),
        ]);
        if !self.pointing.is_empty() {
            grid.row(vec!["referenced by".into(), Cell::new(self.pointing.join(", "))]);
        }
        grid.note(match self.state {
            State::Unchanged => "Nothing was changed: it was so before.",
            State::Planned if !self.pointing.is_empty() => {
                "This would be refused: other rows reference the assignment."
            }
            State::Planned => "This would be changed; nothing was.",
            State::Changed => "Changed.",
        });
        vec![Block::Grid(grid)]
    }
}
