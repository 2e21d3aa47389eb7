//! What erasing a person stands on: who that is, and that no hold keeps anything of it. Every
//! transaction asks again, for much may have changed since the plan was shown.

use diesel::connection::SimpleConnection;
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel::sql_types::Text;
use uuid::Uuid;

use super::interference::Event;
use super::lock::{self, Key};
use super::person_rows::{Fate, Place};
use super::schema::{contacts, merged_contacts as merged, retention_holds as holds};
use super::strangers::{self, Runs};
use super::{catalog, people, retention};
use crate::domain::person_terms::Terms;
use crate::domain::retention::holds::Kind;
use crate::error::Failure;
use crate::store::scalar::ScalarQuery;

/// What was shown, and agreed to.
#[derive(Debug)]
pub struct Ground {
    pub terms: Terms,
    /// Where rows of the person may lie.
    pub places: Vec<Place>,
    /// Those of the contacts that were there.
    there: Vec<Uuid>,
    /// The holds that were looked at.
    holds: String,
    /// Code of other roles may run.
    trusts: bool,
}

/// What erasing writes to besides the places of a person.
pub const OWN: [&str; 3] = ["audit_logs", "audit_days", "erased_contacts"];

impl Ground {
    /// What is so now.
    ///
    /// # Errors
    /// Refused: something is under a hold, or the person is merged with others.
    pub fn read(
        conn: &mut PgConnection,
        terms: Terms,
        places: Vec<Place>,
        trusts: bool,
    ) -> anyhow::Result<Self> {
        prepare(conn)?;
        let there = contacts::table
            .filter(contacts::id.eq_any(&terms.ids))
            .select(contacts::id)
            .order(contacts::id)
            .load(conn)?;
        let mut ground = Ground { terms, places, there, holds: String::new(), trusts };
        require_unmerged(conn, &ground.terms.ids)?;
        ground.require_own_code(conn)?;
        ground.require_unheld(conn)?;
        Ok(ground)
    }

    /// Locks the contacts, and has everything as it was until the transaction ends; `is_last` looks
    /// for rows under a hold though no hold came.
    ///
    /// # Errors
    /// Refused: something changed meanwhile.
    pub fn require(&mut self, conn: &mut PgConnection, is_last: bool) -> anyhow::Result<()> {
        prepare(conn)?;
        let ids = &self.terms.ids;
        let there: Vec<Uuid> = contacts::table
            .filter(contacts::id.eq_any(ids))
            .select(contacts::id)
            .order(contacts::id)
            .for_update()
            .load(conn)?;
        require_unmerged(conn, ids)?;
        // What merges and imports recorded goes on the way, and with it what it told of.
        let (terms, shared) = people::terms(conn, ids.clone())?;
        let is_same = self.terms.covers(&terms) && !self.terms.has_any(&shared);
        if there != self.there || !is_same {
            return Err(Failure::refused("the contact changed meanwhile")
                .why("it was merged, taken apart or edited, or somebody else has its phone or e-mail now; what was erased before stays so")
                .hint("look again with --dry-run")
                .into());
        }
        strangers::keep(conn, &self.written())?;
        self.require_own_code(conn)?;
        if is_last {
            self.holds.clear();
        }
        self.require_unheld(conn)
    }

    fn written(&self) -> Vec<&str> {
        let places = self.places.iter().filter(|place| place.fate != Fate::Keeps);
        places.map(Place::table).chain(OWN).collect()
    }

    /// No code of another role runs as rows of the person go. Nobody refers to a contact anew while it is
    /// locked.
    fn require_own_code(&self, conn: &mut PgConnection) -> anyhow::Result<()> {
        if self.trusts {
            return Ok(());
        }
        let going = Runs::Written(&[Event::Delete, Event::Update]);
        let written = self.written();
        let mut found = strangers::of_tables(conn, &written, going)?;
        found.extend(strangers::of_tables(conn, &OWN, Runs::Written(&Event::ALL))?);
        let mut code = Vec::new();
        for (table, runs) in found {
            let mut rows = i64::from(OWN.contains(&table));
            for place in self.places.iter().filter(|place| place.table() == table) {
                rows += place.count(conn, &self.terms)?;
            }
            if rows > 0 {
                code.extend(runs);
            }
        }
        code.sort();
        Ok(strangers::require_none("the contact was not erased", &code)?)
    }

    fn require_unheld(&mut self, conn: &mut PgConnection) -> anyhow::Result<()> {
        if !catalog::table_exists(conn, "retention_holds")? || !retention::has_holds(conn)? {
            return Ok(());
        }
        let holds = diesel::sql_query(
            "SELECT pg_catalog.string_agg(id::text, ','::text ORDER BY id) AS holds \
             FROM retention_holds WHERE released_at IS NULL",
        )
        .scalar::<Text, String>(conn)?;
        if holds == self.holds {
            return Ok(());
        }
        require_no_hold_on(conn, &self.terms.ids)?;
        for place in &self.places {
            if place.count_held(conn, &self.terms)? > 0 {
                let name = &place.name;
                return Err(Failure::refused(format!("rows of {name} are under a hold"))
                    .why("what is under a hold stays until it is released")
                    .hint("`inboxctl retention holds list` shows them")
                    .into());
            }
        }
        self.holds = holds;
        Ok(())
    }
}

/// All rows are seen, or the server refuses; no hold comes while the transaction lasts.
fn prepare(conn: &mut PgConnection) -> QueryResult<()> {
    conn.batch_execute("SET LOCAL row_security = off")?;
    lock::share_for_transaction(conn, Key::Holds)
}

/// Neither were others merged into the person, nor the person into others.
fn require_unmerged(conn: &mut PgConnection, ids: &[Uuid]) -> anyhow::Result<()> {
    if !catalog::table_exists(conn, "merged_contacts")? {
        return Ok(());
    }
    let (stayed, went) = (|| merged::survivor_id.eq_any(ids), || merged::contact_id.eq_any(ids));
    let found: Option<Uuid> = merged::table
        .filter(stayed().or(went()))
        .filter(not(stayed().and(went())))
        .filter(not(exists(contacts::table.find(merged::contact_id))))
        .select(merged::survivor_id)
        .first(conn)
        .optional()?;
    match found {
        Some(survivor) => Err(Failure::refused("the contact is merged with others")
            .why(format!("{survivor} is what stayed of that merge, and others belong to it"))
            .hint("look with `inboxctl contacts merges`, and erase that contact or undo the merge")
            .into()),
        None => Ok(()),
    }
}

fn require_no_hold_on(conn: &mut PgConnection, ids: &[Uuid]) -> anyhow::Result<()> {
    let held: Option<(Uuid, String)> = holds::table
        .filter(holds::released_at.is_null())
        .filter(holds::kind.eq(Kind::Contact.as_str()))
        .filter(holds::value.eq_any(ids.iter().map(Uuid::to_string)))
        .select((holds::id, holds::value))
        .first(conn)
        .optional()?;
    match held {
        Some((id, value)) => Err(Failure::refused(format!("contact {value} is under a hold"))
            .why("what is under a hold stays until it is released")
            .hint(format!("`inboxctl retention holds release {id}` releases it"))
            .into()),
        None => Ok(()),
    }
}
