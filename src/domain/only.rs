//! What is brought back by itself out of a backup: one contact with all that belongs to it, or the
//! rows of one table; which tables may be asked for, and in what order rows go in.

use std::fmt;
use std::str::FromStr;

use super::archive::{Column, TableColumn};

/// What of a backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Only {
    /// By the beginning of its id, a phone, an e-mail or a handle.
    Contact(String),
    Table(TableName),
}

/// A table by its name, in the schema of the inbox where none is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableName {
    pub schema: Option<String>,
    pub table: String,
}

impl FromStr for Only {
    type Err = String;

    fn from_str(text: &str) -> Result<Only, String> {
        let (kind, name) = text.split_once(':').unwrap_or((text, ""));
        match (kind, name.trim()) {
            ("contacts", "") => Err(String::from("it is written contacts:ID")),
            ("table", "") => Err(String::from("it is written table:NAME")),
            ("contacts", contact) => Ok(Only::Contact(contact.to_owned())),
            ("table", name) => match TableName::parse(name) {
                name if name.is_of_the_catalogue() => {
                    Err(String::from("a table of the server's own catalogue has no rows of yours"))
                }
                name => Ok(Only::Table(name)),
            },
            _ => Err(String::from("it is written contacts:ID or table:NAME")),
        }
    }
}

impl fmt::Display for Only {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Only::Contact(contact) => write!(f, "contacts:{contact}"),
            Only::Table(name) => write!(f, "table:{name}"),
        }
    }
}

impl TableName {
    /// PostgreSQL keeps names of schemas that begin with pg_ to itself.
    fn is_of_the_catalogue(&self) -> bool {
        let schema = self.schema.as_deref();
        schema.is_some_and(|name| name.starts_with("pg_") || name == "information_schema")
    }

    fn parse(text: &str) -> TableName {
        match text.split_once('.') {
            Some((schema, table)) if !schema.is_empty() && !table.is_empty() => {
                TableName { schema: Some(schema.to_owned()), table: table.to_owned() }
            }
            _ => TableName { schema: None, table: text.to_owned() },
        }
    }
}

impl fmt::Display for TableName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.schema {
            Some(schema) => write!(f, "{schema}.{}", self.table),
            None => f.write_str(&self.table),
        }
    }
}

/// Tables of the inbox whose rows are people's work. All others of ours are books that inboxctl
/// keeps of what it did, which rows of another day would make wrong.
const RESTORABLE: [&str; 11] = [
    "users",
    "contacts",
    "contact_identities",
    "distinct_contacts",
    "messages",
    "notes",
    "assignments",
    "presence",
    "integrations",
    "scheduled_jobs",
    "templates",
];

/// Why the rows of a table of ours don't come back by themselves, and what helps.
pub fn refusal(table: &str) -> Option<(&'static str, &'static str)> {
    match table {
        table if RESTORABLE.contains(&table) => None,
        "audit_logs" | "audit_days" => Some((
            "the audit log is only added to: entries of another day would break its chain",
            "what retention took comes back by `inboxctl retention restore MANIFEST`; to read the \
             others, restore the backup beside: `inboxctl db restore FILE --into NAME`",
        )),
        "contact_merges" | "merged_contacts" => Some((
            "it is the record of merges, which belongs to the contacts as they are now",
            "one contact comes back with its merges: --only contacts:ID; a merge is taken back by \
             `inboxctl contacts unmerge MERGE_ID`",
        )),
        _ => Some((
            "it is a book that inboxctl keeps of what it did to this database, and rows of another \
             day would make it wrong",
            "to read it, restore the backup beside: `inboxctl db restore FILE --into NAME`",
        )),
    }
}

/// Records that come along with a contact and are never changed: what they say of today is right.
pub fn is_record(table: &str) -> bool {
    ["contact_merges", "merged_contacts", "distinct_contacts"].contains(&table)
}

/// How the columns of a backup fit the table as it is now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fit {
    /// Those that both have, each with its type now.
    pub columns: Vec<(Column, String)>,
    /// Those that the table has no more.
    pub gone: Vec<String>,
    /// Those that came since: they get what the table gives by itself.
    pub new: Vec<String>,
    /// Why no row can be inserted.
    pub obstacle: Option<String>,
    /// The backup lacks what rows are known by: they can't be compared either.
    pub lacks_key: bool,
}

/// `key` are the columns by which a row of the table is known.
pub fn fit(backed_up: &[Column], table: &[TableColumn], key: &[String]) -> Fit {
    let mut found = Fit::default();
    for column in backed_up {
        match table.iter().find(|now| now.name == column.name) {
            Some(now) if now.is_generated => {}
            Some(now) => found.columns.push((column.clone(), now.data_type.clone())),
            None => found.gone.push(column.name.clone()),
        }
    }
    let is_new = |now: &&TableColumn| !backed_up.iter().any(|column| column.name == now.name);
    for now in table.iter().filter(|now| !now.is_generated).filter(is_new) {
        found.new.push(now.name.clone());
        if now.is_required {
            let name = &now.name;
            let why = format!("the column {name} came since and has neither NULL nor a default");
            found.obstacle.get_or_insert(why);
        }
    }
    let lacks = |name: &&String| !found.columns.iter().any(|(column, _)| column.name == **name);
    if let Some(name) = key.iter().find(lacks) {
        found.obstacle = Some(format!("the backup lacks {name}, by which rows are known"));
        found.lacks_key = true;
    }
    found
}

/// Places of tables, those first that others point at: `points(a, b)` says that rows of `a` point at
/// rows of `b`. In a circle the order that was given stays.
pub fn in_order(tables: usize, points: impl Fn(usize, usize) -> bool) -> Vec<usize> {
    let mut left: Vec<usize> = (0..tables).collect();
    let mut order = Vec::with_capacity(tables);
    while !left.is_empty() {
        // One that leads to none but such as lead back to it: to none at all, or it is of a circle.
        let leads_back = |&at: &usize| {
            let mut ahead = reached(at, &left, &points).into_iter();
            ahead.all(|other| reached(other, &left, &points).contains(&at))
        };
        let next = left.iter().position(leads_back).unwrap_or(0);
        order.push(left.remove(next));
    }
    order
}

/// Those of the tables that one leads to, by any number of steps.
fn reached(from: usize, among: &[usize], points: impl Fn(usize, usize) -> bool) -> Vec<usize> {
    let mut found = Vec::new();
    let mut next = vec![from];
    while let Some(at) = next.pop() {
        for &other in among.iter().filter(|&&other| other != at && points(at, other)) {
            if !found.contains(&other) {
                found.push(other);
                next.push(other);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::archive::Form;

    #[test]
    fn what_is_asked_for_is_read() {
        let table = |schema: Option<&str>, table: &str| {
            Only::Table(TableName { schema: schema.map(str::to_owned), table: table.to_owned() })
        };
        assert_eq!("contacts:+34 600".parse(), Ok(Only::Contact(String::from("+34 600"))));
        assert_eq!("table:templates".parse(), Ok(table(None, "templates")));
        assert_eq!("table:shop.Orders".parse(), Ok(table(Some("shop"), "Orders")));
        let catalogue = ["table:pg_catalog.pg_am", "table:information_schema.sql_features"];
        for text in
            ["contacts", "contacts:", "table:", "messages:1", ""].into_iter().chain(catalogue)
        {
            assert!(text.parse::<Only>().is_err(), "{text}");
        }
    }

    #[test]
    fn books_of_ours_stay() {
        assert_eq!(refusal("messages"), None);
        for table in ["audit_logs", "erased_contacts", "contact_merges", "maintenance_runs"] {
            assert!(refusal(table).is_some(), "{table}");
        }
    }

    #[test]
    fn columns_that_both_have_are_taken() {
        let column = |name: &str| Column {
            name: name.to_owned(),
            data_type: String::from("text"),
            form: Form::Scalar,
        };
        let now = |name: &str, is_required, is_generated| TableColumn {
            name: name.to_owned(),
            data_type: String::from("citext"),
            is_required,
            is_generated,
        };
        let key = [String::from("id")];
        let table = [now("id", true, false), now("sum", false, true), now("new", false, false)];
        let found = fit(&[column("id"), column("sum"), column("old")], &table, &key);
        assert_eq!(found.columns, [(column("id"), String::from("citext"))]);
        assert_eq!(found.gone, ["old"]);
        assert_eq!(found.new, ["new"]);
        assert_eq!(found.obstacle, None);
        let strict = fit(&[column("id")], &[now("id", true, false), now("x", true, false)], &key);
        assert!(strict.obstacle.is_some_and(|why| why.contains("column x")));
        let keyless = fit(&[column("a")], &[now("id", false, false), now("a", true, false)], &key);
        assert!(keyless.obstacle.is_some_and(|why| why.contains("lacks id")));
    }

    #[test]
    fn what_others_point_at_goes_first() {
        // 0 jobs -> 1 messages -> 2 contacts; 2 and 3 point at one another.
        let edges = [(0, 1), (1, 2), (2, 3), (3, 2)];
        let order = in_order(4, |from, to| edges.contains(&(from, to)));
        let place = |table| order.iter().position(|at| *at == table).unwrap();
        assert!(place(2) < place(1) && place(1) < place(0), "{order:?}");
        assert_eq!(order.len(), 4);
    }
}
