//! One tenant of several that share a database: which rows are its own, and how that is known.

use super::mapping::{Mapping, Value};
use super::model::Kind;
use super::names::{singular, snake};
use super::relation::{Relation, shown};
use super::words;

/// Columns that tell tenants apart.
const COLUMNS: [&str; 6] =
    ["tenant_id", "organization_id", "organisation_id", "org_id", "workspace_id", "account_id"];

/// Whether a column of that name tells tenants apart.
pub fn tells(name: &str) -> bool {
    COLUMNS.contains(&snake(name).as_str())
}

/// A column that tells them apart, and the rows of each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenants {
    pub table: String,
    pub column: String,
    /// The most rows first.
    pub rows: Vec<(String, u64)>,
}

/// What of a table comes along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scoped {
    pub relation: Relation,
    /// The column that says whose a row is.
    pub says: Option<String>,
    /// What a row leads to, and comes with.
    pub leads: Vec<Lead>,
    /// What leads to a row, and has it come: for users that nothing says the tenant of.
    pub led_by: Vec<Led>,
}

/// From a row to one of another table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lead {
    pub columns: Vec<String>,
    /// Its name among the tables that come: see [`Relation::shown`].
    pub to: String,
    pub there: Vec<String>,
    /// By a foreign key.
    pub is_key: bool,
    /// What of the columns is emptied where that row stays behind; nothing where none may be.
    pub emptied: Vec<String>,
    /// To somebody, who may work for several tenants.
    pub is_to_user: bool,
    /// Its table comes later, for its own rows come by these, or in a circle.
    pub is_later: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Led {
    pub from: String,
    pub columns: Vec<String>,
    pub there: Vec<String>,
}

/// A tenant, and what of the database is its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tenant {
    pub id: String,
    /// Each after those by which its rows come.
    pub tables: Vec<Scoped>,
    /// What says nothing of tenants, and comes whole.
    pub whole: Vec<Relation>,
}

impl Tenant {
    /// `columns` are those in which the id stands.
    pub fn new(id: &str, relations: Vec<Relation>, mapping: &Mapping, columns: &[&str]) -> Tenant {
        let names: Vec<String> = columns.iter().map(|name| snake(name)).collect();
        let mut open: Vec<Scoped> =
            relations.into_iter().map(|relation| scoped(relation, mapping, &names)).collect();
        tables_of_tenants(&mut open, &names);
        let is_in = scope(&mut open, mapping);
        let mut tenant = Tenant { id: id.to_owned(), ..Tenant::default() };
        let mut all = Vec::new();
        for (one, is_in) in open.into_iter().zip(is_in) {
            match is_in {
                true => all.push(one),
                false => tenant.whole.push(one.relation),
            }
        }
        tenant.tables = in_order(all);
        tenant
    }

    /// Whether the column of a table of the inbox's schema says whose a row is.
    pub fn is_said_by(&self, table: &str, column: &str) -> bool {
        let mut tables = self.tables.iter();
        tables.any(|one| one.relation.shown() == table && one.says.as_deref() == Some(column))
    }
}

fn scoped(relation: Relation, mapping: &Mapping, names: &[String]) -> Scoped {
    let columns = relation.columns.iter().map(|column| &column.name);
    // What is spelled in another way tells them apart as well: nobody else's rows come by it.
    let says = columns.clone().find(|name| names.contains(&snake(name)));
    let says = says.or_else(|| columns.clone().find(|name| tells(name))).cloned();
    let leads = leads(&relation, mapping, says.as_deref());
    Scoped { relation, says, leads, led_by: Vec::new() }
}

/// By keys; without one, by what was recognised and by what a column is called.
fn leads(relation: &Relation, mapping: &Mapping, says: Option<&str>) -> Vec<Lead> {
    let users = mapping.ours("users").and_then(|table| table.name());
    let is_own = |name: &str| Some(name) == says;
    let keys = relation.keys.iter().filter(|key| !key.columns.iter().all(|name| is_own(name)));
    let mut leads: Vec<Lead> = keys
        .map(|key| Lead {
            columns: key.columns.clone(),
            to: shown(&key.schema, &key.table),
            there: key.there.clone(),
            is_key: true,
            emptied: key
                .columns
                .iter()
                .filter(|name| !is_own(name) && relation.may_be_empty(name))
                .cloned()
                .collect(),
            is_to_user: key.schema.is_empty() && Some(key.table.as_str()) == users,
            is_later: false,
        })
        .collect();
    let ours = mapping.of(&relation.name).filter(|_| relation.schema.is_empty());
    for column in &relation.columns {
        let target = match ours {
            Some(table) => {
                table.columns.iter().find_map(|one| match (&one.value, one.field.kind) {
                    (Value::Column(name), Kind::Reference(to)) if *name == column.name => Some(to),
                    _ => None,
                })
            }
            None => words::resource(&column.name),
        };
        let target = target.and_then(|target| mapping.ours(target));
        let Some((theirs, id)) =
            target.and_then(|table| Some((table.name()?, table.column("id")?)))
        else {
            continue;
        };
        let Value::Column(id) = &id.value else { continue };
        if leads.iter().any(|lead| lead.columns.contains(&column.name)) || is_own(&column.name) {
            continue;
        }
        leads.push(Lead {
            columns: vec![column.name.clone()],
            to: theirs.to_owned(),
            there: vec![id.clone()],
            is_key: false,
            emptied: Vec::new(),
            is_to_user: Some(theirs) == users,
            is_later: false,
        });
    }
    leads
}

/// The tables of the tenants themselves: to which such a column leads, or which are called so.
fn tables_of_tenants(open: &mut [Scoped], names: &[String]) {
    let mut found: Vec<(String, String)> = Vec::new();
    for one in open.iter() {
        let Some(says) = &one.says else { continue };
        let mut keys = one.relation.keys.iter().filter(|key| key.columns == [says.clone()]);
        found.extend(keys.next().map(|key| (shown(&key.schema, &key.table), key.there[0].clone())));
    }
    let noun = |name: &String| name.strip_suffix("_id").unwrap_or(name).to_owned();
    let nouns: Vec<String> = names.iter().map(noun).collect();
    for one in open.iter_mut().filter(|one| one.says.is_none()) {
        let shown = one.relation.shown();
        let is_called_so = || {
            let id = one.relation.columns.iter().find(|column| column.name == "id");
            id.filter(|_| nouns.contains(&singular(&one.relation.name)))
        };
        let column = found.iter().find(|(table, _)| *table == shown);
        one.says = column
            .map(|(_, column)| column.clone())
            .or_else(|| is_called_so().map(|column| column.name.clone()));
    }
}

/// Whether each table has something by which it is known what comes along.
fn scope(open: &mut [Scoped], mapping: &Mapping) -> Vec<bool> {
    let mut is_in: Vec<bool> = open.iter().map(|one| one.says.is_some()).collect();
    let shown: Vec<String> = open.iter().map(|one| one.relation.shown()).collect();
    let place = |name: &str| shown.iter().position(|one| one == name);
    let is_ours = |at: usize, open: &[Scoped]| {
        open[at].relation.schema.is_empty() && mapping.of(&open[at].relation.name).is_some()
    };
    let is_people = |at: usize| {
        mapping.ours("users").and_then(|users| users.name()) == Some(shown[at].as_str())
    };
    // Users come last: whoever a row names comes, whatever they have to do with others.
    for are_all in [false, true] {
        loop {
            let next = (0..open.len()).find(|&at| {
                let leads = || {
                    open[at]
                        .leads
                        .iter()
                        .filter_map(|lead| place(&lead.to))
                        .any(|to| is_in[to] && to != at)
                };
                !is_in[at] && (are_all || !is_people(at)) && leads()
            });
            let Some(at) = next else { break };
            is_in[at] = true;
        }
        if are_all {
            break;
        }
        let to_come: Vec<usize> =
            (0..open.len()).filter(|&at| !is_in[at] && is_ours(at, open)).collect();
        for at in to_come {
            let led: Vec<Led> = (0..open.len())
                .filter(|&from| is_in[from] && from != at)
                .flat_map(|from| open[from].leads.iter().map(move |lead| (from, lead)))
                .filter(|(_, lead)| lead.to == shown[at])
                .map(|(from, lead)| Led {
                    from: shown[from].clone(),
                    columns: lead.columns.clone(),
                    there: lead.there.clone(),
                })
                .collect();
            open[at].led_by = led;
        }
        for (at, one) in open.iter().enumerate() {
            is_in[at] |= !one.led_by.is_empty();
        }
    }
    for one in open.iter_mut() {
        one.leads.retain(|lead| place(&lead.to).is_some_and(|to| is_in[to]));
    }
    is_in
}

/// Each after those that it is known by. What closes a circle is looked at later.
fn in_order(mut open: Vec<Scoped>) -> Vec<Scoped> {
    let mut done: Vec<Scoped> = Vec::new();
    while !open.is_empty() {
        let is_done = |name: &str| done.iter().any(|one| one.relation.shown() == name);
        let led_by = |name: &str, from: &str| {
            let table = open.iter().find(|one| one.relation.shown() == name);
            table.is_some_and(|one| one.led_by.iter().any(|led| led.from == from))
        };
        let is_ready = |one: &Scoped| {
            let here = one.relation.shown();
            one.led_by.iter().all(|led| is_done(&led.from))
                && (!one.led_by.is_empty()
                    || one.leads.iter().all(|lead| {
                        lead.to == here || is_done(&lead.to) || led_by(&lead.to, &here)
                    }))
        };
        let at = open.iter().position(is_ready).unwrap_or_default();
        let mut next = open.remove(at);
        for lead in &mut next.leads {
            lead.is_later = !done.iter().any(|one| one.relation.shown() == lead.to);
        }
        next.led_by.retain(|led| done.iter().any(|one| one.relation.shown() == led.from));
        done.push(next);
    }
    done
}
