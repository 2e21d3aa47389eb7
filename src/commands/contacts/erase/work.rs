//! Erasing, in small transactions: for the command, and for a restore that brought a person back.

use diesel::PgConnection;
use serde_json::json;
use uuid::Uuid;

use crate::context::Context;
use crate::domain::audit_action::Action;
use crate::domain::consent::Consent;
use crate::store::audit::{self, Actor, Change};
use crate::store::audit_days::Trail;
use crate::store::connect::Db;
use crate::store::erasing::{self, Cursor, Erased};
use crate::store::erasing_ground::{Ground, OWN};
use crate::store::erasing_kept;
use crate::store::person_rows::Place;
use crate::store::rows_written::{self, Changed};
use crate::store::tx;

/// Erases a person, or what a run that was killed left of it; the signal that ended it before it was
/// done, and what triggers changed of other tables.
///
/// # Errors
/// Refused: a hold came meanwhile, or the contact changed. Or a trigger swallowed something, or the server refuses; what was
/// erased before stays so.
pub(in crate::commands) fn erase(
    ctx: &Context,
    db: &mut Db,
    ground: &mut Ground,
    erased: &Erased,
    actor: &Actor,
    keeps_messages: bool,
    consent: &Consent,
) -> anyhow::Result<(Option<u8>, Changed)> {
    let trail = Trail {
        actor: actor.name.clone(),
        why: json!({ "change": "redact", "contact": erased.contact_id }),
        by_function: false,
    };
    let progress = ctx.ui.spinner("erasing");
    let terms = &ground.terms.clone();
    let ids = &terms.ids;
    let (mut entry, mut job, mut nobody) = (Cursor::default(), Uuid::nil(), None);
    let id = erased.contact_id.to_string();
    let record = |conn: &mut PgConnection, details| {
        let change = Change { action: Action::ContactErase, resource_id: Some(&id), details };
        audit::record(conn, actor, &change)
    };
    let mut messages = |conn: &mut PgConnection| match keeps_messages {
        true => erasing_kept::keep_messages(conn, ids, &mut nobody, consent),
        false => erasing::delete_rows(conn, "messages", ids, consent),
    };
    let (mut changed, mut done) = (Changed::new(), 0);
    let places = ground.places.iter().map(Place::table);
    let meant: Vec<String> = places.chain(OWN).map(str::to_owned).collect();
    let mut step = |what: &str,
                    work: &mut dyn FnMut(&mut PgConnection) -> anyhow::Result<usize>|
     -> anyhow::Result<Option<u8>> {
        loop {
            if let Some(signal) = ctx.interrupted() {
                return Ok(Some(signal));
            }
            let (rows, elsewhere) = tx::write(db, |conn| {
                ground.require(conn, what == "contacts")?;
                let (rows, elsewhere) = rows_written::elsewhere(conn, &meant, |conn| work(conn))?;
                if rows > 0 {
                    record(conn, json!({ "of": what, "rows": rows }))?;
                }
                Ok((rows, elsewhere))
            })
            .inspect_err(|_| {
                if done > 0 {
                    ctx.ui.warn("what was erased before that stays erased");
                }
            })?;
            done += rows;
            for (table, rows) in elsewhere {
                *changed.entry(table).or_default() += rows;
            }
            if rows == 0 {
                return Ok(None);
            }
            progress.advance(rows as u64);
        }
    };
    let ended = [
        step("audit_logs", &mut |conn| {
            erasing::redact_entries(conn, terms, &trail, &mut entry, consent)
        })?,
        step("scheduled_jobs", &mut |conn| erasing::redact_jobs(conn, terms, &mut job, consent))?,
        step("records", &mut |conn| erasing::delete_records(conn, terms, consent))?,
        step("messages", &mut messages)?,
        step("notes", &mut |conn| erasing::delete_rows(conn, "notes", ids, consent))?,
        step("contacts", &mut |conn| {
            erasing::delete_contacts(conn, terms, &trail, consent, &mut messages)?;
            if erasing::is_there(conn)? {
                erasing::remember(conn, erased)?;
            }
            record(conn, json!({ "merged": erased.merged_ids, "reason": erased.reason }))?;
            Ok(0)
        })?,
    ];
    Ok((ended.into_iter().flatten().next(), changed))
}
