//! `users create`.

use clap::Args;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use crate::commands::consent_args::ConsentArgs;
use crate::commands::name_arg;
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::audit_action::Action;
use crate::domain::email;
use crate::domain::named::Named;
use crate::domain::vocabulary::UserRole;
use crate::error::{Failure, Outcome};
use crate::store::audit::{self, Change};
use crate::store::{tx, users};
use crate::ui::{Block, Cell, Grid, Tabular};

#[derive(Debug, Args)]
pub struct CreateArgs {
    /// E-mail, which no other user has
    #[arg(value_parser = email::parse)]
    email: String,
    /// Name that others see
    #[arg(long, value_parser = super::parse_name)]
    name: String,
    /// What the user may do
    #[arg(long, default_value = "VIEWER", value_parser = name_arg::parser::<UserRole>())]
    role: UserRole,
    #[command(flatten)]
    consent: ConsentArgs,
}

pub(super) fn run(ctx: &mut Context, args: CreateArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let taken = |email: &str| {
        Failure::refused(format!("a user has the e-mail {email} already"))
            .why("e-mails are the same whatever their case")
            .hint("change that user with users set-role, rename or activate")
    };
    let id = if args.consent.dry_run {
        if tx::read(&mut db, |conn| Ok(users::find_id_by_email(conn, &args.email)?))?.is_some() {
            return Err(taken(&args.email).into());
        }
        None
    } else {
        let actor = ctx.actor(&mut db, Right::Users)?;
        let user = tx::write(&mut db, |conn| {
            let user = users::insert(conn, &args.email, &args.name, args.role)?
                .ok_or_else(|| taken(&args.email))?;
            let change = Change {
                action: Action::UserCreate,
                resource_id: Some(&user.id.to_string()),
                details: json!({ "email": user.email, "name": user.name, "role": user.role }),
            };
            audit::record(conn, &actor, &change)?;
            Ok(user)
        })?;
        Some(user.id)
    };
    ctx.ui.show(&CreateView { id, email: args.email, name: args.name, role: args.role })?;
    Ok(Outcome::Done)
}

#[derive(Debug, Serialize)]
struct CreateView {
    /// Null in a dry run.
    id: Option<Uuid>,
    email: String,
    name: String,
    role: UserRole,
}

impl Tabular for CreateView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid = Grid::facts([
            ("e-mail", Cell::new(&self.email)),
            ("name", Cell::new(&self.name)),
            ("role", Cell::new(self.role.name())),
        ]);
        grid.note(match self.id {
            Some(id) => format!("Added as {id}."),
            None => String::from("Would add this user; nothing was changed."),
        });
        vec![Block::Grid(grid)]
    }
}
