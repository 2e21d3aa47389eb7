//! `table-sizes`.

use crate::support::{Binary, Database};

#[test]
fn partitions_are_rolled_up_and_sizes_add_up() {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "seed"]).expect_code(0);
    database.execute("ANALYZE");
    let json = Binary::on(&database).run(["table-sizes", "--format", "json"]).expect_code(0).json();
    let tables = json["tables"].as_array().unwrap();
    let find = |name: &str| tables.iter().find(|row| row["table"] == name).unwrap();
    assert!(tables.iter().all(|row| !row["table"].as_str().unwrap().starts_with("audit_logs_")));
    assert_eq!(find("audit_logs")["partitions"], 5);
    assert_eq!(find("contacts")["estimated_rows"], 7);
    let total: u64 = tables.iter().map(|row| row["total_bytes"].as_u64().unwrap()).sum();
    assert_eq!(json["total_bytes"].as_u64().unwrap(), total);
    assert_eq!(
        find("contacts")["total_bytes"].as_u64().unwrap().to_string(),
        database.value("pg_total_relation_size('contacts')")
    );
    let sizes: Vec<u64> = tables.iter().map(|row| row["total_bytes"].as_u64().unwrap()).collect();
    assert!(sizes.is_sorted_by(|left, right| left >= right), "largest first: {sizes:?}");
    let table = Binary::on(&database).run(["table-sizes"]).expect_code(0);
    assert!(table.stdout.contains("audit_logs (5 parts)"), "{table}");
    assert!(table.stdout.contains("~7"), "{table}");
    assert!(table.stdout.trim_end().ends_with("~ marks an estimate."), "{table}");
}
