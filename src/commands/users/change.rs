//! What the commands that change a user have in common: look, ask, lock, look
//! again, change. The last administrator stays one.

use diesel::PgConnection;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use crate::commands::consent_args::ConsentArgs;
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::audit_action::Action;
use crate::domain::consent::Consent;
use crate::domain::named::{Label, Named};
use crate::domain::pg_time::PgTime;
use crate::domain::vocabulary::UserRole;
use crate::error::{Failure, Outcome};
use crate::store::audit::{self, Actor};
use crate::store::connect::Db;
use crate::store::tx;
use crate::store::users::{self, User};
use crate::ui::{Block, Cell, Grid, Tabular, human};

#[derive(Debug)]
pub(super) enum Edit {
    Role(UserRole),
    Name(String),
    Deactivate,
    Activate,
}

impl Edit {
    fn action(&self) -> Action {
        match self {
            Edit::Role(_) => Action::UserSetRole,
            Edit::Name(_) => Action::UserRename,
            Edit::Deactivate => Action::UserDeactivate,
            Edit::Activate => Action::UserActivate,
        }
    }

    /// `make ana@example.org an ADMIN`.
    fn question(&self, user: &User) -> String {
        let email = &user.email;
        match self {
            Edit::Role(role) => {
                format!("change {email} from {} to {}", user.role.name(), role.name())
            }
            Edit::Name(name) => format!("rename {email} from {:?} to {name:?}", user.name),
            Edit::Deactivate => format!("deactivate {email}"),
            Edit::Activate => format!("activate {email}"),
        }
    }

    /// Whether the user is that already.
    fn is_done(&self, user: &User) -> bool {
        match self {
            Edit::Role(role) => user.role == *role,
            Edit::Name(name) => &user.name == name,
            Edit::Deactivate => user.deactivated_at.is_some(),
            Edit::Activate => user.deactivated_at.is_none(),
        }
    }

    /// Whether the user could be an administrator before and can't after.
    fn takes_admin(&self) -> bool {
        match self {
            Edit::Role(role) => *role != UserRole::Admin,
            Edit::Deactivate => true,
            Edit::Name(_) | Edit::Activate => false,
        }
    }

    fn apply(&self, conn: &mut PgConnection, id: Uuid, consent: &Consent) -> anyhow::Result<User> {
        Ok(match self {
            Edit::Role(role) => users::update_role(conn, id, *role, consent)?,
            Edit::Name(name) => users::update_name(conn, id, name, consent)?,
            Edit::Deactivate => users::deactivate(conn, id, consent)?,
            Edit::Activate => users::activate(conn, id, consent)?,
        })
    }
}

pub(super) fn run(
    ctx: &mut Context,
    user: &str,
    edit: &Edit,
    consent: ConsentArgs,
) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let actor = ctx.actor_unless(consent.dry_run, &mut db, Right::Users)?;
    let (before, assigned) = tx::read(&mut db, |conn| {
        let user = super::find(conn, user)?;
        refuse_last_admin(edit, &user, &users::list_admins(conn)?)?;
        let assigned = match edit {
            Edit::Deactivate => Some(users::count_assigned(conn, user.id)?),
            _ => None,
        };
        Ok((user, assigned))
    })?;
    let question = edit.question(&before);
    let mut view = ChangeView::new(&before, &question, assigned);
    if edit.is_done(&before) {
        ctx.ui.show(&view)?;
    } else if let Some(actor) = actor {
        view.state = State::Planned;
        let consent = ctx.consent(&mut db, &view, &question, consent.yes)?;
        let after = change(&mut db, edit, &before, &actor, &consent)?;
        view = ChangeView::new(&after, &question, assigned);
        view.state = State::Changed;
        ctx.ui.show(&view)?;
    } else {
        view.state = State::Planned;
        ctx.ui.show(&view)?;
    }
    Ok(Outcome::Done)
}

fn change(
    db: &mut Db,
    edit: &Edit,
    before: &User,
    actor: &Actor,
    consent: &Consent,
) -> anyhow::Result<User> {
    tx::write(db, |conn| {
        // First all administrators, then the user: everybody in this order.
        let admins = if edit.takes_admin() { users::lock_admins(conn)? } else { Vec::new() };
        let user = users::lock(conn, before.id)?;
        let user = user.filter(|user| user == before).ok_or_else(|| {
            Failure::refused("nothing was changed")
                .why("the user changed while this was being asked")
                .hint("look again with --dry-run")
        })?;
        refuse_last_admin(edit, &user, &admins)?;
        let after = edit.apply(conn, user.id, consent)?;
        let state = |user: &User| json!({ "name": user.name, "role": user.role, "deactivated_at": user.deactivated_at });
        let entry = audit::Change {
            action: edit.action(),
            resource_id: Some(&user.id.to_string()),
            details: json!({
                "email": user.email, "before": state(&user), "after": state(&after),
            }),
        };
        audit::record(conn, actor, &entry)?;
        Ok(after)
    })
}

fn refuse_last_admin(edit: &Edit, user: &User, admins: &[Uuid]) -> Result<(), Failure> {
    if edit.takes_admin() && admins == [user.id] {
        return Err(Failure::refused(format!("{} is the last ADMIN", user.email))
            .why("nobody could manage users and settings any more")
            .hint("make somebody else an ADMIN first: inboxctl users set-role EMAIL ADMIN"));
    }
    Ok(())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    Unchanged,
    Planned,
    Changed,
}

#[derive(Debug, Serialize)]
struct ChangeView {
    id: Uuid,
    email: String,
    name: String,
    role: Label<UserRole>,
    deactivated_at: Option<PgTime>,
    /// Contacts that stay assigned to a deactivated user.
    #[serde(skip_serializing_if = "Option::is_none")]
    assigned: Option<i64>,
    state: State,
    #[serde(skip)]
    question: String,
}

impl ChangeView {
    fn new(user: &User, question: &str, assigned: Option<i64>) -> ChangeView {
        ChangeView {
            id: user.id,
            email: user.email.clone(),
            name: user.name.clone(),
            role: user.role.clone(),
            deactivated_at: user.deactivated_at,
            assigned,
            state: State::Unchanged,
            question: question.to_owned(),
        }
    }
}

impl Tabular for ChangeView {
    fn blocks(&self) -> Vec<Block> {
        let state = if self.deactivated_at.is_some() { "deactivated" } else { "active" };
        let mut grid = Grid::facts([
            ("e-mail", Cell::new(&self.email)),
            ("name", Cell::new(&self.name)),
            ("role", Cell::new(self.role.name())),
            ("state", Cell::new(state)),
        ]);
        grid.note(match self.state {
            State::Unchanged => String::from("Nothing was changed: it was so before."),
            State::Planned => format!("Would {}; nothing was changed.", self.question),
            State::Changed => String::from("Changed."),
        });
        if let Some(assigned) = self.assigned.filter(|assigned| *assigned > 0) {
            let contacts = human::plural(assigned.unsigned_abs(), "contact", "contacts");
            grid.note(format!(
                "Still assigned: {contacts}; see inboxctl assignments list --user {}",
                self.email
            ));
        }
        vec![Block::Grid(grid)]
    }
}
