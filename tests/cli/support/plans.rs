//! The plans that the server really used, by its own log: `auto_explain` writes the plan of
//! every statement there once it has run, also of those that functions and foreign keys run.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Read as _, Seek, SeekFrom};

use diesel::connection::SimpleConnection;
use serde_json::Value;

use super::{OwnServer, Ran};

/// A table with fewer rows may be read whole: that costs next to nothing. A partition counts as a
/// table.
const LARGE_ROWS: u32 = 1_000;

/// A server that logs the plans of the databases that [`explain`] names. None, said aloud, where
/// PostgreSQL's contrib modules are not installed.
pub(crate) fn explaining(settings: &[(&str, &str)]) -> Option<OwnServer> {
    let every = [("auto_explain.log_min_duration", "0")];
    let server = OwnServer::start(&[&every, settings].concat());
    if let Err(error) = server.connect("postgres").batch_execute("LOAD 'auto_explain'") {
        super::skip("auto_explain", &error.to_string());
        return None;
    }
    Some(server)
}

/// From its next session on, every statement of a database is logged with its plan.
pub(crate) fn explain(server: &OwnServer, database: &str) {
    let sql = format!("ALTER DATABASE {database} SET session_preload_libraries = 'auto_explain'");
    server.execute("postgres", &sql);
}

/// A server that can log plans.
pub(crate) struct PlanServer {
    pub server: OwnServer,
}

impl PlanServer {
    /// None as for [`explaining`].
    pub(crate) fn start() -> Option<PlanServer> {
        let server = explaining(&[
            ("log_line_prefix", "[%d] "),
            ("auto_explain.log_nested_statements", "on"),
            ("auto_explain.log_format", "json"),
            // COPY of a table has no plan.
            ("log_statement", "all"),
        ])?;
        Some(PlanServer { server })
    }

    /// A copy of a database in which every statement is logged with its plan.
    pub(crate) fn copy(&self, template: &str, name: &str) -> Planned<'_> {
        self.server.execute("postgres", &format!("CREATE DATABASE {name} TEMPLATE {template}"));
        explain(&self.server, name);
        let names = |query: &str| {
            let query = format!("(SELECT string_agg(c.relname, ',') FROM {query})");
            let list = self.server.value(name, &query);
            list.split(',').map(str::to_owned).collect::<BTreeSet<String>>()
        };
        Planned {
            server: &self.server,
            name: name.to_owned(),
            large: names(&format!(
                "pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace \
                 AND c.reltuples >= {LARGE_ROWS}"
            )),
            partial_indexes: names(
                "pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indpred IS NOT NULL",
            ),
        }
    }
}

/// A database whose statements are looked at.
pub(crate) struct Planned<'a> {
    server: &'a OwnServer,
    pub name: String,
    large: BTreeSet<String>,
    /// To read one of them whole is what it was made for.
    partial_indexes: BTreeSet<String>,
}

/// A large table that a statement reads from end to end.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct WholeRead {
    /// For a partition, the table that it is a part of.
    pub table: String,
    /// How, and in which statement.
    pub evidence: String,
}

/// What a command did to the server.
pub(crate) struct Seen {
    pub ran: Ran,
    /// Statements with a plan.
    pub plans: usize,
    pub whole_reads: BTreeSet<WholeRead>,
}

impl Planned<'_> {
    /// The large tables, each partitioned one once.
    pub(crate) fn large_tables(&self) -> BTreeSet<&str> {
        self.large.iter().map(|table| whole_table(table)).collect()
    }

    /// Runs something that ends its sessions before it returns, and reads what was logged.
    pub(crate) fn watch(&self, run: impl FnOnce() -> Ran) -> Seen {
        let mut log = File::open(self.server.log_file()).expect("the server's log");
        log.seek(SeekFrom::End(0)).expect("its end");
        let ran = run();
        let mut text = String::new();
        log.read_to_string(&mut text).expect("a log in UTF-8");
        let mut seen = Seen { ran, plans: 0, whole_reads: BTreeSet::new() };
        for message in messages(&text, &self.name) {
            if let Some((_, plan)) = message.split_once(" plan:\n") {
                let plan: Value = serde_json::from_str(plan).expect("a plan in JSON");
                seen.plans += 1;
                self.look(&plan, &mut seen.whole_reads);
            } else if let Some(table) = copied_table(&message).filter(|it| self.large.contains(*it))
            {
                let evidence = format!("COPY {table}");
                seen.whole_reads.insert(WholeRead { table: whole_table(table).into(), evidence });
            }
        }
        seen
    }

    fn look(&self, plan: &Value, found: &mut BTreeSet<WholeRead>) {
        let statement = text(plan, "Query Text").split_whitespace().collect::<Vec<_>>().join(" ");
        // What is only explained is not run.
        if !statement.starts_with("EXPLAIN") {
            self.look_at_node(&plan["Plan"], &statement, false, found);
        }
    }

    /// `is_limited`: somebody above takes the rows one by one, and no more than a few.
    fn look_at_node(
        &self,
        node: &Value,
        statement: &str,
        is_limited: bool,
        found: &mut BTreeSet<WholeRead>,
    ) {
        let kind = text(node, "Node Type");
        let table = text(node, "Relation Name");
        let index = node["Index Name"].as_str().filter(|_| node.get("Index Cond").is_none());
        let reads_all = match index {
            Some(index) => !is_limited && !self.partial_indexes.contains(index),
            None => kind == "Seq Scan",
        };
        if reads_all && self.large.contains(table) {
            let evidence = format!(
                "{kind} {} in {}",
                index.unwrap_or_default(),
                statement.chars().take(200).collect::<String>()
            );
            found.insert(WholeRead { table: whole_table(table).to_owned(), evidence });
        }
        let passes_on = kind == "Limit" || is_limited && takes_one_by_one(kind);
        for child in node["Plans"].as_array().into_iter().flatten() {
            let is_input = !["SubPlan", "InitPlan"].contains(&text(child, "Parent Relationship"));
            self.look_at_node(child, statement, passes_on && is_input, found);
        }
    }
}

/// Nodes that ask for no more rows than they are asked for; to sort, hash or count takes all.
fn takes_one_by_one(kind: &str) -> bool {
    const KINDS: [&str; 12] = [
        "Append",
        "Gather",
        "Gather Merge",
        "Incremental Sort",
        "LockRows",
        "Memoize",
        "Merge Append",
        "Merge Join",
        "Nested Loop",
        "Result",
        "Subquery Scan",
        "Unique",
    ];
    KINDS.contains(&kind)
}

fn text<'a>(node: &'a Value, key: &str) -> &'a str {
    node[key].as_str().unwrap_or_default()
}

/// `audit_logs` of `audit_logs_2026_05`.
fn whole_table(table: &str) -> &str {
    let is_month = |rest: &str| rest.chars().all(|c| c.is_ascii_digit() || c == '_');
    match table.strip_prefix("audit_logs_") {
        Some(rest) if is_month(rest) || rest == "default" => "audit_logs",
        _ => table,
    }
}

/// The messages of one database's sessions. Their further lines begin with a tab.
fn messages(log: &str, database: &str) -> Vec<String> {
    let prefix = format!("[{database}] ");
    let (mut found, mut is_ours) = (Vec::<String>::new(), false);
    for line in log.lines() {
        if let Some(more) = line.strip_prefix('\t') {
            if let Some(last) = found.last_mut().filter(|_| is_ours) {
                last.push('\n');
                last.push_str(more);
            }
            continue;
        }
        is_ours = line.starts_with(&prefix);
        if is_ours {
            found.push(line[prefix.len()..].to_owned());
        }
    }
    found
}

/// `contacts` of `LOG:  execute <unnamed>: COPY "contacts"("id", ...) TO STDOUT`.
fn copied_table(message: &str) -> Option<&str> {
    let (_, copy) = message.split_once(": COPY ").filter(|_| message.contains(" TO STDOUT"))?;
    let end = |c: char| !c.is_alphanumeric() && c != '_';
    Some(copy.trim_start_matches('"').split(end).next().unwrap_or_default())
}
