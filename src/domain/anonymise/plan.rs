//! What becomes of each column of a database, by what is known of our own and by rules for the rest.

use std::collections::{BTreeMap, BTreeSet};

use super::column::{Column, Shape};
use super::fates;
use super::kind::Kind;
use super::looks;

/// No other program has all of them.
const INBOX: [&str; 4] = ["contacts", "messages", "contact_merges", "audit_logs"];

/// A table that has rows of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub schema: String,
    pub name: String,
    /// Of a partition, the table that it is part of; otherwise its own name.
    pub root: String,
    /// In the schema of the inbox.
    pub is_beside: bool,
    /// An extension's.
    pub is_lent: bool,
    pub columns: Vec<Column>,
}

impl Table {
    /// As rules name a column.
    pub fn named(&self, column: &str) -> String {
        match self.is_beside {
            true => format!("{}.{column}", self.root),
            false => format!("{}.{}.{column}", self.schema, self.root),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    pub table: Table,
    /// One of an inbox: this one, or one in another schema.
    pub is_ours: bool,
    /// By column.
    pub kinds: Vec<Kind>,
    pub is_emptied: bool,
    /// The column by which its rows hang on a contact.
    pub contact: Option<&'static str>,
}

impl Planned {
    /// Whether a column holds what people are called or reached by.
    pub fn is_identifying(&self, kind: Kind) -> bool {
        let is_of = |tables: &[&str]| self.is_ours && tables.contains(&self.table.root.as_str());
        match kind {
            Kind::Name | Kind::Email | Kind::Phone | Kind::Handles => true,
            // Names of conversations are many, and nobody's.
            Kind::Handle => !is_of(&["messages"]),
            // Rows of contacts as they were.
            Kind::Json => is_of(&["contact_merges", "imported_contacts"]),
            _ => false,
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan(BTreeMap<(String, String), Planned>);

/// Why there is none.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Undecided {
    /// Columns that look personal, and what seems to be in them.
    pub columns: Vec<(String, Kind)>,
    /// What is wrong with rules.
    pub wrong: Vec<String>,
}

impl Plan {
    pub fn tables(&self) -> impl Iterator<Item = &Planned> {
        self.0.values()
    }

    pub(super) fn table(&self, schema: &str, name: &str) -> Option<&Planned> {
        self.0.get(&(schema.to_owned(), name.to_owned()))
    }
}

/// # Errors
/// Columns that look personal and have no rule, or rules that can't be used.
pub fn plan(tables: Vec<Table>, rules: &BTreeMap<String, Kind>) -> Result<Plan, Undecided> {
    let mut plan = Plan::default();
    let mut undecided = Undecided::default();
    let mut used: Vec<String> = Vec::new();
    let inboxes = inboxes(&tables);
    for table in tables {
        let is_inbox = table.is_beside || inboxes.contains(&table.schema);
        let ours = is_inbox.then(|| fates::of_table(&table.root)).flatten();
        let kinds = table.columns.iter().map(|column| {
            let name = table.named(&column.name);
            let full = format!("{}.{}.{}", table.schema, table.root, column.name);
            let rule = [&name, &full].into_iter().find_map(|name| Some((name, *rules.get(name)?)));
            if let Some((rule, kind)) = rule {
                used.push(rule.clone());
                undecided.wrong.extend(unfit(column, kind).map(|why| format!("{rule} {why}")));
                return kind;
            }
            let known = ours.and_then(|ours| fates::of_column(ours, &column.name));
            known.unwrap_or_else(|| match looks::guess(column).filter(|_| !table.is_lent) {
                Some(kind) => {
                    if !undecided.columns.iter().any(|(one, _)| *one == name) {
                        undecided.columns.push((name, fitting(column, kind)));
                    }
                    Kind::Keep
                }
                None => Kind::Keep,
            })
        });
        let kinds = kinds.collect();
        let planned = Planned {
            is_ours: ours.is_some(),
            kinds,
            is_emptied: ours.is_some_and(|ours| ours.is_emptied),
            contact: ours.and_then(|ours| ours.contact),
            table,
        };
        plan.0.insert((planned.table.schema.clone(), planned.table.name.clone()), planned);
    }
    let unused = rules.keys().filter(|rule| !used.contains(rule));
    undecided.wrong.extend(unused.map(|rule| format!("{rule} is no column")));
    match undecided.columns.is_empty() && undecided.wrong.is_empty() {
        true => Ok(plan),
        false => Err(undecided),
    }
}

/// Schemas that hold an inbox by the tables in them.
fn inboxes(tables: &[Table]) -> BTreeSet<String> {
    let has = |schema: &str, name: &str| {
        tables.iter().any(|table| table.schema == schema && table.root == name)
    };
    let schemas: BTreeSet<String> = tables.iter().map(|table| table.schema.clone()).collect();
    let is_inbox = |schema: &String| INBOX.iter().all(|name| has(schema, name));
    schemas.into_iter().filter(is_inbox).collect()
}

/// The kind, or what a rule may say instead: nothing is proposed that would be rejected.
fn fitting(column: &Column, kind: Kind) -> Kind {
    let all = [kind, Kind::Empty];
    all.into_iter().find(|kind| unfit(column, *kind).is_none()).unwrap_or(Kind::Keep)
}

/// Why a rule doesn't go with a column.
fn unfit(column: &Column, kind: Kind) -> Option<String> {
    let is_fit = match (kind, column.shape) {
        (Kind::Keep, _) => true,
        (Kind::Empty, _) => column.may_be_empty(),
        (Kind::Json, Shape::Json) => true,
        (Kind::Json, Shape::Text) => true,
        (_, Shape::Text | Shape::List) => true,
        (Kind::Birth, Shape::Other) => {
            column.of_type == "date" || column.of_type.starts_with("timestamp")
        }
        (Kind::Ip, Shape::Other) => ["inet", "cidr"].contains(&column.of_type.as_str()),
        (Kind::Phone, Shape::Other) => ["bigint", "numeric"].contains(&column.of_type.as_str()),
        _ => false,
    };
    (!is_fit).then(|| {
        let may_be = match column.shape {
            Shape::Json => "json, empty or keep",
            _ if !column.may_be_empty() => "keep",
            _ => "empty or keep",
        };
        format!("is {}, which can be {may_be}, not {}", column.of_type, kind.as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(name: &str, columns: &[(&str, Shape)]) -> Table {
        let column = |(name, shape): &(&str, Shape)| Column {
            name: (*name).to_owned(),
            shape: *shape,
            of_type: String::from("text"),
            length: None,
            is_nullable: true,
        };
        Table {
            schema: String::from("public"),
            name: name.to_owned(),
            root: name.to_owned(),
            is_beside: true,
            is_lent: false,
            columns: columns.iter().map(column).collect(),
        }
    }

    #[test]
    fn a_column_of_the_application_needs_a_rule_where_it_looks_personal() {
        let tables = || {
            vec![
                table(
                    "contacts",
                    &[("name", Shape::Text), ("shoe", Shape::Text), ("id", Shape::Other)],
                ),
                table(
                    "orders",
                    &[("buyer", Shape::Text), ("status", Shape::Text), ("extra", Shape::Json)],
                ),
            ]
        };
        let undecided = plan(tables(), &BTreeMap::new()).unwrap_err();
        let columns: Vec<(&str, Kind)> =
            undecided.columns.iter().map(|(name, kind)| (&**name, *kind)).collect();
        assert_eq!(
            columns,
            [
                ("contacts.shoe", Kind::Text),
                ("orders.buyer", Kind::Name),
                ("orders.extra", Kind::Json)
            ]
        );
        let rules = [
            ("contacts.shoe", Kind::Keep),
            ("public.orders.buyer", Kind::Name),
            ("orders.extra", Kind::Empty),
        ];
        let rules: BTreeMap<String, Kind> =
            rules.into_iter().map(|(name, kind)| (name.to_owned(), kind)).collect();
        let made = plan(tables(), &rules).unwrap();
        assert_eq!(
            made.table("public", "orders").unwrap().kinds,
            [Kind::Name, Kind::Keep, Kind::Empty]
        );
        assert_eq!(
            made.table("public", "contacts").unwrap().kinds,
            [Kind::Name, Kind::Keep, Kind::Keep]
        );
    }

    #[test]
    fn another_inbox_needs_no_rules() {
        let elsewhere = |name: &str| Table {
            schema: String::from("other"),
            is_beside: false,
            ..table(name, &[("name", Shape::Text)])
        };
        let tables: Vec<Table> = INBOX.iter().map(|name| elsewhere(name)).collect();
        let undecided = plan(tables, &BTreeMap::new()).unwrap_err().columns;
        assert!(!undecided.iter().any(|(name, _)| name == "other.contacts.name"), "{undecided:?}");
        let undecided = plan(vec![elsewhere("contacts")], &BTreeMap::new()).unwrap_err().columns;
        assert_eq!(undecided.len(), 1);
    }

    #[test]
    fn a_rule_that_cant_be_used_is_named() {
        let rules = BTreeMap::from([
            (String::from("orders.extra"), Kind::Phone),
            (String::from("orders.byer"), Kind::Name),
        ]);
        let tables = vec![table("orders", &[("extra", Shape::Json)])];
        let wrong = plan(tables, &rules).unwrap_err().wrong;
        assert_eq!(wrong.len(), 2, "{wrong:?}");
        assert!(
            wrong[0].contains("can be json, empty or keep") && wrong[1].contains("is no column")
        );
    }
}
