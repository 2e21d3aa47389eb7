//! Which lines are contacts that are there already.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use serde_json::Value;
use uuid::Uuid;

use super::lines::Lines;
use crate::commands::contacts::dedupe::reading::identity;
use crate::context::Context;
use crate::domain::import::fate::{self, Fate};
use crate::domain::import::person::Further;
use crate::domain::matching::{self, DEFAULT_MAX_WRONG, Region, Row, Settings, Table};
use crate::domain::pg_time::PgTime;
use crate::store::connect::Db;
use crate::store::{contact_imports, contacts, contacts_scan, erasing, interference, tx};

/// What the contacts are compared by, all rows of it.
const SCANNED: [&str; 4] =
    ["contacts", "contact_identities", "distinct_contacts", "merged_contacts"];

pub(super) struct Decided {
    /// Of each line, in their order.
    pub fates: Vec<Fate>,
    /// Of each contact, in the order of the table behind the lines, when it was changed last.
    pub updated_at: Vec<PgTime>,
    /// Further identities of contacts.
    pub further: HashMap<Uuid, Vec<Further>>,
}

/// Reads all contacts in one snapshot into the table, behind the lines, and decides.
///
/// # Errors
/// The server refuses.
pub(super) fn decide(
    ctx: &Context,
    db: &mut Db,
    lines: &mut Lines,
    region: Option<Region>,
) -> anyhow::Result<Decided> {
    let number = lines.numbers.len();
    let mut open = Open::new(lines);
    let mut updated_at = Vec::new();
    let (distinct, further) = tx::read_once(db, |conn| {
        interference::see_all_rows(conn, &SCANNED)?;
        let distinct = contacts::list_distinct(conn)?;
        let mut further: HashMap<Uuid, Vec<Further>> = HashMap::new();
        for (contact, all) in contacts_scan::further_identities(conn)? {
            let all = all.into_iter().map(|one| Further {
                kind: identity(&one.kind),
                network: one.network,
                value: one.value,
            });
            further.insert(contact, all.collect());
        }
        let Lines { table, known, .. } = lines;
        let mut places: HashMap<Uuid, u32> = HashMap::new();
        contacts_scan::scan(conn, |row| {
            let place = table.len() as u32;
            let contact = row.row();
            open.meet(table, &contact, place);
            if known.contains_key(&row.id) {
                places.insert(row.id, place);
            }
            updated_at.push(PgTime::from_1970_us(row.updated_at_us));
            table.push(contact);
            for one in further.get(&row.id).into_iter().flatten() {
                table.also(one.kind, &one.value);
            }
        })?;
        let missing: Vec<Uuid> =
            known.keys().filter(|id| !places.contains_key(id)).copied().collect();
        let survivors = contact_imports::survivors(conn, &missing)?;
        open.recognise(known, &places);
        open.erased(known, &erasing::erased_of(conn, &missing)?);
        if !survivors.is_empty() {
            // Few were merged away, and each stands anywhere.
            let rows = number as u32..table.len() as u32;
            let all: HashMap<Uuid, u32> = rows.map(|row| (table.id(row), row)).collect();
            let led = survivors.iter().filter_map(|(id, to)| Some((*id, *all.get(to)?)));
            open.recognise(known, &led.collect());
        }
        Ok((distinct, further))
    })?;
    open.repeated(known_twice(lines));
    let changed: Vec<Uuid> = open.rows().map(|row| lines.table.id(row)).collect();
    if changed.is_empty() {
        let fates = fate::settle(open.fates, &[], &[]);
        return Ok(Decided { fates, updated_at, further });
    }
    let progress = ctx.ui.spinner("matching contacts");
    let settings =
        Settings { distinct, changed: Some(changed), phone_region: region, ..Settings::default() };
    let matches = matching::run(&lines.table, &settings);
    drop(progress);
    let certain = matches.certain(DEFAULT_MAX_WRONG);
    let fates = fate::settle(open.fates, &matches.clusters, &certain.cores);
    Ok(Decided { fates, updated_at, further })
}

/// Rows of lines that name a contact which an earlier line names too.
fn known_twice(lines: &Lines) -> Vec<(u32, u32)> {
    let later = lines.known.values().flat_map(|rows| {
        let first = rows[0];
        rows[1..].iter().map(move |&row| (row, first))
    });
    later.collect()
}

/// Lines of which nothing is decided, by all that they say: the same file twice adds nothing, however
/// little it says of somebody.
struct Open {
    fates: Vec<Option<Fate>>,
    /// By name, phone and e-mail: most contacts need no second look.
    begun: HashSet<u64>,
    by_value: HashMap<u64, u32>,
    hasher: BuildHasherDefault<DefaultHasher>,
}

impl Open {
    fn new(lines: &Lines) -> Open {
        let mut open = Open {
            fates: vec![None; lines.numbers.len()],
            begun: HashSet::new(),
            by_value: HashMap::new(),
            hasher: BuildHasherDefault::default(),
        };
        let named: HashSet<u32> = lines.known.values().flatten().copied().collect();
        for row in 0..lines.numbers.len() as u32 {
            let line = lines.table.row(row);
            open.begun.insert(open.hasher.hash_one((line.name, line.phone, line.email)));
            let hash = open.hash(&line);
            let first = *open.by_value.entry(hash).or_insert(row);
            let is_same = is_equal(&line, &lines.table.row(first))
                && lines.more.get(&row) == lines.more.get(&first)
                && !named.contains(&row);
            if first != row && is_same {
                open.fates[row as usize] = Some(Fate::Repeats(first));
            }
        }
        open
    }

    fn hash(&self, row: &Row<'_>) -> u64 {
        self.hasher.hash_one((
            (row.name, row.phone, row.email),
            canonical(row.handles),
            canonical(row.metadata),
        ))
    }

    /// A contact that is read: a line may say just that.
    fn meet(&mut self, table: &Table, contact: &Row<'_>, place: u32) {
        let nothing = |text: Option<&str>| text.is_none_or(str::is_empty);
        let empty = nothing(contact.name) && nothing(contact.phone) && nothing(contact.email);
        let begun = self.hasher.hash_one((contact.name, contact.phone, contact.email));
        if !self.begun.contains(&begun) {
            return;
        }
        let Some(&row) = self.by_value.get(&self.hash(contact)) else { return };
        if !empty && is_equal(&table.row(row), contact) && self.fates[row as usize].is_none() {
            self.fates[row as usize] = Some(Fate::Same(place));
        }
    }

    /// Lines that were written from these contacts.
    fn recognise(&mut self, known: &HashMap<Uuid, Vec<u32>>, places: &HashMap<Uuid, u32>) {
        for (id, place) in places {
            for &row in known.get(id).into_iter().flatten() {
                self.fates[row as usize] = Some(Fate::Same(*place));
            }
        }
    }

    /// Lines of contacts that were erased: an old export doesn't bring them back.
    fn erased(&mut self, known: &HashMap<Uuid, Vec<u32>>, ids: &[Uuid]) {
        for &row in ids.iter().filter_map(|id| known.get(id)).flatten() {
            self.fates[row as usize] = Some(Fate::Erased);
        }
    }

    fn repeated(&mut self, later: Vec<(u32, u32)>) {
        for (row, first) in later {
            self.fates[row as usize].get_or_insert(Fate::Repeats(first));
        }
    }

    /// The rows of those that are still open.
    fn rows(&self) -> impl Iterator<Item = u32> {
        let all = self.fates.iter().enumerate();
        all.filter(|(_, fate)| fate.is_none()).map(|(row, _)| row as u32)
    }
}

fn is_equal(left: &Row<'_>, right: &Row<'_>) -> bool {
    (left.name, left.phone, left.email) == (right.name, right.phone, right.email)
        && canonical(left.handles) == canonical(right.handles)
        && canonical(left.metadata) == canonical(right.metadata)
}

/// JSON whose members are in order, with no blanks.
fn canonical(json: &str) -> String {
    if json == "{}" || json.is_empty() {
        return String::new();
    }
    match serde_json::from_str::<Value>(json) {
        Ok(mut value) => {
            value.sort_all_objects();
            value.to_string()
        }
        Err(_) => json.to_owned(),
    }
}
