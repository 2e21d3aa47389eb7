//! How lists are shown: times in the zone of the operator, cells of CSV, spans and limits.

use crate::support::{Binary, Database};

/// Central European Time, on a machine that knows no zones by name too.
const CENTRAL_EUROPE: &str = "CET-1CEST,M3.5.0,M10.5.0/3";

#[test]
fn tables_tell_times_in_the_operators_zone_and_name_it() {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "seed"]).expect_code(0);
    let job = "01900000-0000-7000-8000-000000000701";
    database.execute(&format!(
        "UPDATE scheduled_jobs SET scheduled_at = '2026-07-01 22:30+00', created_at = '2026-01-31 23:30+00' \
         WHERE id = '{job}'"
    ));
    let show = |zone: &str, more: &[&str]| {
        let ran =
            Binary::on(&database).env("TZ", zone).run([&["jobs", "show", job], more].concat());
        ran.expect_code(0).stdout
    };
    let here = show(CENTRAL_EUROPE, &[]);
    assert!(here.contains("2026-07-02 00:30:00 CEST"), "{here}");
    assert!(here.contains("2026-02-01 00:30:00 CET"), "{here}");
    for (zone, more) in
        [(CENTRAL_EUROPE, &["--utc"][..]), ("UTC", &[]), ("", &[]), ("No/Where", &[])]
    {
        let utc = show(zone, more);
        assert!(utc.contains("2026-07-01 22:30:00 UTC"), "{zone}: {utc}");
    }
    for format in ["json", "jsonl", "csv"] {
        let raw = show(CENTRAL_EUROPE, &["--format", format]);
        assert!(raw.contains("2026-07-01T22:30:00Z") && !raw.contains("CEST"), "{raw}");
    }
}

#[test]
fn every_time_that_a_table_tells_has_its_zone() {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "seed"]).expect_code(0);
    let jose = "01900000-0000-7000-8000-000000000102";
    let merge = ["contacts", "merge", "01900000-0000-7000-8000-000000000101", jose, "--yes"];
    Binary::on(&database).run(merge).expect_code(0);
    Binary::on(&database).run(["jobs", "cleanup", "--older-than", "1s", "--yes"]).expect_code(0);
    for line in ["db status", "contacts merges", "maintenance log", "stats", "audit list"] {
        let ran = Binary::on(&database).env("TZ", CENTRAL_EUROPE).run(line.split(' '));
        let text = ran.expect_code(0).stdout;
        assert!(!text.contains("UTC") || line == "stats", "{line}: {text}");
        let times = behind_times(&text);
        assert!(times.iter().all(|rest| rest.starts_with(" CE")), "{line}: {text}");
        assert!(!times.is_empty() || line == "audit list", "{line}: {text}");
    }
}

/// What stands behind each `HH:MM` of a text.
fn behind_times(text: &str) -> Vec<&str> {
    let at = |place: usize| text.as_bytes().get(place).copied().unwrap_or_default();
    let is_time = |colon: usize| {
        colon >= 3
            && at(colon - 3) == b' '
            && [colon - 2, colon - 1, colon + 1, colon + 2]
                .iter()
                .all(|&place| at(place).is_ascii_digit())
    };
    text.match_indices(':')
        .filter(|(colon, _)| is_time(*colon))
        .map(|(colon, _)| &text[colon + 3..])
        .collect()
}
