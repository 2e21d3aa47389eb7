//! `db access grant-roles`.

use clap::Args;
use serde::Serialize;
use serde_json::json;

use super::super::whose;
use super::State;
use crate::commands::consent_args::ConsentArgs;
use crate::context::Context;
use crate::domain::access::Right;
use crate::domain::audit_action::Action;
use crate::domain::consent::Consent;
use crate::error::{Failure, Outcome};
use crate::store::audit::{self, Actor, Change};
use crate::store::connect::Db;
use crate::store::statements::quote_identifier;
use crate::store::{catalog, grants, lock, server, tx};
use crate::ui::{Block, Tabular, human};

#[derive(Debug, Args)]
pub struct GrantRolesArgs {
    #[command(flatten)]
    consent: ConsentArgs,
}

pub(super) fn run(ctx: &mut Context, args: GrantRolesArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    whose::require_alike(&mut db)?;
    let (database, state) = tx::read(&mut db, |conn| {
        require_schema(conn)?;
        Ok((server::database_name(conn)?, State::read(conn)?))
    })?;
    let mut view = GrantView::new(args.consent.dry_run, database, &state);
    let refusal = missing_right(&mut db, &view.statements)?;
    if view.dry_run || view.statements.is_empty() {
        if let Some(Failure { what, hint, .. }) = refusal {
            ctx.ui.warn(format!("{what}: {}", hint.unwrap_or_default()));
        }
        ctx.ui.show(&view)?;
        return Ok(Outcome::Done);
    }
    let actor = ctx.actor(&mut db, Right::Settings)?;
    if let Some(refusal) = refusal {
        return Err(refusal.into());
    }
    let consent = match state.losses().as_slice() {
        [] => None,
        losses => {
            view.dry_run = true;
            let what = describe(losses, &view.database);
            Some(ctx.consent(&mut db, &view, &what, args.consent.yes)?)
        }
    };
    let state = apply(&mut db, &actor, consent.as_ref())?;
    view = GrantView::new(false, view.database.clone(), &state);
    ctx.ui.show(&view)?;
    Ok(Outcome::Done)
}

/// The group roles belong to the server: not every owner of a database may make them.
fn missing_right(db: &mut Db, statements: &[String]) -> anyhow::Result<Option<Failure>> {
    let limits = tx::read(db, |conn| Ok(server::limits(conn)?))?;
    let makes_roles = statements.iter().any(|text| text.contains("CREATE ROLE"));
    let role = quote_identifier(&db.server.role);
    Ok((makes_roles && !limits.may_create_roles).then(|| {
        Failure::refused("the role may not create roles")
            .why("the group roles of the inbox are not there yet")
            .hint(format!(
                "have an administrator run: ALTER ROLE {role} CREATEROLE, or what --dry-run shows"
            ))
    }))
}

fn require_schema(conn: &mut diesel::PgConnection) -> anyhow::Result<()> {
    if catalog::table_exists(conn, "audit_logs")? {
        return Ok(());
    }
    Err(Failure::refused("there are no tables to grant rights on")
        .why("the database is not migrated")
        .hint("run `inboxctl db migrate` first")
        .into())
}

/// `revoke 3 rights in inbox: PUBLIC: CREATE on schema public, ...`.
fn describe(losses: &[String], database: &str) -> String {
    const SHOWN: usize = 3;
    let rights = human::plural(losses.len() as u64, "right", "rights");
    let listed = losses.iter().take(SHOWN).cloned().collect::<Vec<_>>().join("; ");
    let more = if losses.len() > SHOWN { "; ..." } else { "" };
    format!("revoke {rights} in {database} ({listed}{more})")
}

/// Returns what was wrong before.
fn apply(db: &mut Db, actor: &Actor, consent: Option<&Consent>) -> anyhow::Result<State> {
    tx::write(db, |conn| {
        // Two that grant the same at once would change the same rows of the catalogue.
        lock::acquire_for_transaction(conn, lock::Key::Access)?;
        let state = State::read(conn)?;
        let statements = state.statements();
        match (consent, state.losses().is_empty()) {
            (Some(consent), _) => grants::change(conn, &statements, consent)?,
            (None, true) => grants::add(conn, &statements)?,
            (None, false) => {
                return Err(Failure::refused("nothing was changed")
                    .why("rights were granted meanwhile that would be revoked")
                    .hint("look again with --dry-run")
                    .into());
            }
        }
        require_exact(&State::read(conn)?)?;
        let details = json!({
            "granted": state.difference.missing.len(),
            "revoked": state.losses(),
        });
        let change = Change { action: Action::AccessGrantRoles, resource_id: None, details };
        audit::record(conn, actor, &change)?;
        Ok(state)
    })
}

/// The server only warns of what it doesn't do.
fn require_exact(state: &State) -> Result<(), Failure> {
    let (missing, excess) = (&state.difference.missing, &state.difference.excess);
    let why = match (excess.first(), missing.first()) {
        (Some(right), _) => {
            format!("{} keeps {}", right.grantee.as_str(), right.describe())
        }
        (None, Some(right)) => {
            format!("{} didn't get {}", right.grantee.as_str(), right.describe())
        }
        (None, None) => return Ok(()),
    };
    Err(Failure::failed("the server did not change all rights; nothing was kept")
        .why(format!("{why}: another role granted it, or owns it"))
        .hint("run it as the owner of the database, or as a superuser"))
}

#[derive(Debug, Serialize)]
struct GrantView {
    dry_run: bool,
    database: String,
    granted: usize,
    revoked: Vec<String>,
    statements: Vec<String>,
    /// Objects of the application: nothing is granted or revoked on them.
    not_ours: i64,
}

impl GrantView {
    fn new(dry_run: bool, database: String, state: &State) -> GrantView {
        GrantView {
            dry_run,
            database,
            granted: state.difference.missing.len(),
            revoked: state.losses(),
            statements: state.statements(),
            not_ours: state.not_ours,
        }
    }

    /// The application's objects, if there are any.
    fn left_alone(&self) -> String {
        match self.not_ours.unsigned_abs() {
            0 => String::new(),
            number => format!(
                "\nNot ours, and left alone: {}.",
                human::plural(number, "object", "objects")
            ),
        }
    }
}

impl Tabular for GrantView {
    fn blocks(&self) -> Vec<Block> {
        let database = &self.database;
        if self.statements.is_empty() {
            return vec![Block::Text(format!(
                "The group roles have exactly their rights in {database}: nothing to do.{}",
                self.left_alone()
            ))];
        }
        let granted = human::plural(self.granted as u64, "right", "rights");
        let revoked = human::count(self.revoked.len() as u64);
        if self.dry_run {
            let sql: String = self.statements.iter().map(|one| format!("{one};\n")).collect();
            let note = format!(
                "-- Would grant {granted} in {database} and revoke {revoked}; nothing was changed.{}",
                self.left_alone().replace('\n', "\n-- ")
            );
            return vec![Block::Verbatim(sql), Block::Verbatim(note)];
        }
        vec![Block::Text(format!(
            "Granted {granted} in {database} and revoked {revoked}: inbox_viewer, inbox_editor and\n\
             inbox_admin have exactly what they should. Make people members of one:\n\
             GRANT inbox_viewer TO role{}",
            self.left_alone()
        ))]
    }
}
