//! Partitions that are large enough to be counted side by side.

use serde_json::Value;

use crate::support::{Binary, Database, Ran};

/// Five months of 20,000, 25,000, ... entries: 40 MB.
fn large() -> Database {
    let database = Database::migrated();
    database.add_months("timestamp '2025-01-01'", 5);
    database.execute(
        "INSERT INTO audit_logs (actor, action, resource, resource_id, details, created_at)
         SELECT 'x', 'action.' || i % 3, 'messages', i::text, '{\"channel\": \"SMS\"}',
             (timestamp '2025-01-01' + make_interval(months => n)) AT TIME ZONE 'UTC' + i * interval '1 min'
         FROM generate_series(0, 4) AS n, generate_series(1, 20000 + 5000 * n) AS i",
    );
    database
}

fn prune(binary: Binary, more: &[&str]) -> Ran {
    let args = ["audit", "prune", "--before", "2025-06-01", "--max-rows", "999999"];
    binary.run([&args, more, &["--format", "json"]].concat()).expect_code(0)
}

fn rows_by_partition(view: &Value) -> Vec<u64> {
    let parts = view["by_partition"].as_array().unwrap();
    parts.iter().map(|part| part["rows"].as_u64().unwrap()).collect()
}

#[test]
fn every_partition_gets_its_own_count() {
    let database = large();
    let planned = prune(Binary::on(&database), &["--dry-run"]).json();
    assert_eq!(rows_by_partition(&planned), [20_000, 25_000, 30_000, 35_000, 40_000]);
    let ran = prune(Binary::on(&database), &["--yes", "-vv"]);
    assert!(ran.stderr.contains("SET TRANSACTION SNAPSHOT"), "by one session: {ran}");
    let done = ran.json();
    assert_eq!(rows_by_partition(&done), rows_by_partition(&planned));
    for key in ["eligible", "oldest", "newest"] {
        assert_eq!(done[key], planned[key], "{key}");
    }
    assert_eq!(done["deleted"], 150_000);
    assert_eq!(
        database.value("(SELECT count(*) FROM audit_logs WHERE created_at < '2025-06-01+00')"),
        "0"
    );
}

#[test]
fn one_session_counts_them_where_the_server_has_no_more() {
    let database = large();
    let role = format!("{}_owner", database.name);
    // As good as the owner of the tables, but no superuser, for whom there is no limit.
    let owner = database.value("current_user");
    database.execute(&format!("CREATE ROLE {role} LOGIN CONNECTION LIMIT 1 IN ROLE {owner}"));
    let url = crate::db_migrate::with_user(&database.url(), &role);
    let ran = prune(Binary::new().env("DATABASE_URL", url), &["--yes", "-vv"]);
    assert!(!ran.stderr.contains("SET TRANSACTION SNAPSHOT"), "by several sessions: {ran}");
    let done = ran.json();
    assert_eq!(rows_by_partition(&done), [20_000, 25_000, 30_000, 35_000, 40_000]);
    assert_eq!((&done["deleted"], &done["outcome"]), (&150_000.into(), &"done".into()));
    database.execute(&format!("DROP OWNED BY {role}; DROP ROLE {role}"));
}
