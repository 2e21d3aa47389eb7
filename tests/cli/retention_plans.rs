//! How the server finds the rows that a batch deletes: the plan of every statement that really
//! was executed, as auto_explain tells it.

use std::fs;
use std::sync::OnceLock;

use crate::support::plans::{explain, explaining};
use crate::support::{OwnServer, Ran};

const ROWS: u32 = 120_000;

/// A server that writes plans into its log, told by database.
fn server() -> Option<&'static OwnServer> {
    static SHARED: OnceLock<Option<OwnServer>> = OnceLock::new();
    SHARED.get_or_init(|| explaining(&[("log_line_prefix", "%d|")])).as_ref()
}

/// A database on that server. It goes away with the server.
struct Large {
    server: &'static OwnServer,
    name: &'static str,
}

impl Large {
    /// Old entries in one partition, old jobs that failed among others; none where plans can't be
    /// seen.
    fn new(name: &'static str) -> Option<Large> {
        let server = server()?;
        server.execute("postgres", &format!("CREATE DATABASE {name}"));
        explain(server, name);
        let large = Large { server, name };
        large.run(&["db", "migrate"]);
        large.execute(&format!(
            "CREATE TABLE audit_logs_old PARTITION OF audit_logs
                 FOR VALUES FROM ('2001-01-01 00:00:00+00') TO ('2002-01-01 00:00:00+00');
             INSERT INTO audit_logs (actor, action, resource, resource_id, created_at)
             SELECT 'x', CASE WHEN n % 50 = 0 THEN 'rare.action' ELSE 'action.' || n % 5 END,
                 'contacts', n::text, '2001-01-01 00:00:00+00'::timestamptz + n * interval '4 min'
             FROM generate_series(1, {ROWS}) AS n;
             INSERT INTO scheduled_jobs (type, payload, scheduled_at, status, finished_at)
             SELECT 'send.reminder', '{{}}', now(),
                 (ARRAY['FAILED', 'COMPLETED'])[1 + n % 2]::job_status, now() - n * interval '4 min'
             FROM generate_series(1, {ROWS}) AS n"
        ));
        Some(large)
    }

    fn execute(&self, sql: &str) {
        self.server.execute(self.name, sql);
    }

    fn run(&self, args: &[&str]) -> Ran {
        self.server.binary(self.name).run(args).expect_code(0)
    }

    fn delete(&self, args: &[&str]) -> Ran {
        let all = ["--yes", "--max-rows", "999999", "--rate", "0", "--batch-size", "4000"];
        self.run(&[args, &all, &["--format", "json"]].concat())
    }

    /// The plans of what deleted rows of a table, in a query that calls it `t`.
    fn deleting(&self, table: &str) -> Vec<String> {
        let log = fs::read_to_string(self.server.log_file()).expect("the server's log");
        let mark = format!("{}|LOG:  duration: ", self.name);
        let mut plans: Vec<String> = Vec::new();
        let mut is_ours = false;
        for line in log.lines() {
            if !line.starts_with('\t') {
                is_ours = line.starts_with(&mark);
                plans.extend(is_ours.then(String::new));
            } else if is_ours {
                let plan = plans.last_mut().expect("one has begun");
                plan.extend([line, "\n"]);
            }
        }
        // Entries of the log are chosen by a statement of its own, which comes before.
        let mut chosen = String::new();
        let mut deleting = Vec::new();
        for plan in plans {
            if plan.contains(&format!("Delete on {table} t")) {
                deleting.push(std::mem::take(&mut chosen) + &plan);
            } else if plan.contains(" AS place") {
                chosen = plan;
            }
        }
        deleting
    }
}

/// Every batch reads `index` from where the last one ended, in whose order it goes, and deletes
/// rows by their places.
#[track_caller]
fn walks(large: &Large, ran: &Ran, table: &str, index: &str) {
    for plan in batches(large, ran, table) {
        assert!(plan.contains(&format!("Index Scan using {index} on {table} t")), "{plan}");
        assert!(!plan.contains(&format!("Bitmap Heap Scan on {table}")), "{plan}");
    }
}

/// The plan of each batch, none of which reads the table from end to end.
#[track_caller]
fn batches(large: &Large, ran: &Ran, table: &str) -> Vec<String> {
    let (done, plans) = (ran.json(), large.deleting(table));
    assert_eq!(plans.len() as u64, done["batches"]["number"].as_u64().unwrap(), "{ran}");
    assert!(plans.len() > 5, "{done}");
    for plan in &plans {
        assert!(plan.contains(&format!("Tid Scan on {table} t")), "{plan}");
        assert!(!plan.contains(&format!("Seq Scan on {table}")), "{plan}");
        assert!(!plan.contains("JIT:"), "{plan}");
    }
    plans
}

const BEFORE: [&str; 4] = ["audit", "prune", "--before", "2001-11-01"];
const INDEX: &str = "audit_logs_old_created_at_id_idx";

#[test]
fn every_batch_walks_the_index() {
    let Some(large) = Large::new("analysed") else { return };
    large.execute("ANALYZE audit_logs_old");
    let ran = large.delete(&BEFORE);
    assert!(ran.json()["deleted"].as_u64().unwrap() > 100_000, "{ran}");
    walks(&large, &ran, "audit_logs_old", INDEX);
}

#[test]
fn every_batch_walks_the_index_where_statistics_know_nothing() {
    let Some(large) = Large::new("not_analysed") else { return };
    let ran = large.delete(&BEFORE);
    walks(&large, &ran, "audit_logs_old", INDEX);
}

#[test]
fn every_batch_walks_the_index_past_holds() {
    let Some(large) = Large::new("held") else { return };
    large.execute("ANALYZE audit_logs_old");
    for held in [["--action", "rare.action"], ["--resource", "contacts/77"]] {
        large
            .run(&[&["retention", "holds", "add", "--reason", "a court asks"][..], &held].concat());
    }
    let ran = large.delete(&BEFORE);
    assert!(ran.json()["held"].as_u64().unwrap() > 2_000, "{ran}");
    walks(&large, &ran, "audit_logs_old", INDEX);
}

/// Of many rows the index by age is read, of few another one, if that is shorter.
#[test]
fn every_batch_uses_an_index_with_filters() {
    let Some(large) = Large::new("filtered") else { return };
    large.execute("ANALYZE audit_logs_old");
    let filters = ["--action", "action.1", "--action", "action.2", "--resource", "contacts"];
    let ran = large.delete(&[&BEFORE, &filters[..]].concat());
    let plans = batches(&large, &ran, "audit_logs_old");
    assert!(plans[0].contains(&format!("Index Scan using {INDEX}")), "{}", plans[0]);
}

#[test]
fn every_batch_of_jobs_walks_their_index() {
    let Some(large) = Large::new("jobs") else { return };
    large.execute("ANALYZE scheduled_jobs");
    let ran = large.delete(&["jobs", "cleanup"]);
    assert!(ran.json()["deleted"].as_u64().unwrap() > 50_000, "{ran}");
    walks(&large, &ran, "scheduled_jobs", "scheduled_jobs_cleanup_idx");
}
