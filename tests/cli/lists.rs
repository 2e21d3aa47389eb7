//! How lists are shown: times in the zone of the operator, cells of CSV, spans and limits.

use crate::support::backups::Folder;
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
fn csv_is_exact_and_harmless_to_a_spreadsheet_on_request() {
    let database = Database::migrated();
    let names = [
        "=1+1",
        "+34600111222",
        "-5",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "＝1+1",
        "plain = -5",
        "'quoted",
        "a,\"b\"",
    ];
    for name in names {
        let name = name.replace('\'', "''");
        database.execute(&format!("INSERT INTO contacts (name) VALUES ('{name}')"));
    }
    let list = |more: &[&str]| {
        let args = ["contacts", "list", "--columns", "name,phone", "--format", "csv"];
        Binary::on(&database).run([&args, more].concat()).expect_code(0).stdout
    };
    let cells = |text: String| -> Vec<String> {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let mut cells: Vec<String> =
            reader.records().map(|record| record.unwrap()[0].to_owned()).collect();
        cells.sort_unstable();
        cells
    };
    let mut exact: Vec<String> = names.map(String::from).into();
    exact.sort_unstable();
    assert_eq!(cells(list(&[])), exact);
    let mut harmless: Vec<String> = names
        .iter()
        .enumerate()
        .map(|(number, name)| if number < 7 { format!("'{name}") } else { (*name).to_owned() })
        .collect();
    harmless.sort_unstable();
    assert_eq!(cells(list(&["--spreadsheet"])), harmless);
    // Other formats aren't read by a spreadsheet.
    let args = ["contacts", "list", "--format", "jsonl", "--spreadsheet"];
    let json = Binary::on(&database).run(args).expect_code(0);
    assert!(json.stdout.contains("\"name\":\"=1+1\""), "{json}");
    // An export is CSV too.
    database.execute(
        "INSERT INTO audit_logs (action, resource, resource_id, details) \
         VALUES ('contact.merge', 'contacts', '=cmd()', '{}')",
    );
    for (more, cell) in [(&[][..], ",=cmd(),"), (&["--spreadsheet"], ",'=cmd(),")] {
        let args = [&["audit", "export", "--as", "csv", "--out", "/dev/stdout"], more].concat();
        let ran = Binary::on(&database).run(args).expect_code(0);
        assert!(ran.stdout.contains(cell), "{ran}");
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

#[test]
fn merges_and_runs_are_of_a_span() {
    let database = Database::migrated();
    let run = |line: &str| {
        let args = line.split(' ').chain(["--format", "json"]);
        Binary::on(&database).run(args).expect_code(0).json()
    };
    database.execute(
        "INSERT INTO contacts (id, name) SELECT ('00000000-0000-7000-8000-0000000000c' || n)::uuid, 'c' \
         FROM generate_series(1, 6) n",
    );
    for (survivor, merged) in [(1, 2), (3, 4), (5, 6)] {
        let id = |number: u32| format!("00000000-0000-7000-8000-0000000000c{number}");
        let merge = ["contacts", "merge", &id(survivor), &id(merged), "--yes"].map(String::from);
        Binary::on(&database).run(merge).expect_code(0);
        let cleanup = ["jobs", "cleanup", "--older-than", "1d", "--yes"];
        Binary::on(&database).run(cleanup).expect_code(0);
    }
    for (table, column) in [("contact_merges", "merged_at"), ("maintenance_runs", "started_at")] {
        database.execute(&format!(
            "UPDATE {table} t SET {column} = now() - n * interval '1 day' \
             FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM {table}) AS o WHERE o.id = t.id"
        ));
    }
    for (list, key) in [("contacts merges", "merges"), ("maintenance log", "runs")] {
        for (flags, number) in [
            ("", 3),
            (" --since 60h", 2),
            (" --until 60h", 1),
            (" --since 60h --until 36h", 1),
            (" --since 10h", 0),
        ] {
            let found = run(&format!("{list}{flags}"));
            assert_eq!(found[key].as_array().unwrap().len(), number, "{list}{flags}: {found}");
        }
    }
}

/// What is a list, but has more to say than its rows.
#[test]
fn lists_with_more_to_say_have_columns_too() {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "seed"]).expect_code(0);
    let folder = Folder::new();
    folder.back_up(&database, "inbox.dump");
    Binary::on(&database).run(["jobs", "cleanup", "--older-than", "7d", "--yes"]).expect_code(0);
    let dir = folder.file("");
    for (line, columns, beside) in [
        ("contacts search 01900000", "id,matched", "query"),
        ("integrations list", "status,channel", "absent"),
        ("maintenance log", "outcome,command,deleted", "trends"),
        ("table-sizes", "table,total_bytes,prunable_rows", "tables_total"),
        (&format!("db backups list --dir {dir}"), "state,file", "folder"),
    ] {
        let run = |format: &str| {
            let line = format!("{line} --columns {columns} --format {format}");
            Binary::on(&database).run(line.split(' ')).expect_code(0)
        };
        let csv = run("csv").stdout;
        assert_eq!(csv.lines().next(), Some(columns), "{line}");
        assert!(csv.lines().count() > 1, "{line}: {csv}");
        let json = run("json").json();
        assert!(json.get(beside).is_some(), "{line}: {json}");
        let list = json.as_object().expect("an object").values().filter_map(|one| one.as_array());
        let records = list.flatten().filter_map(|one| one.as_object());
        assert!(records.clone().any(|one| one.keys().eq(columns.split(','))), "{line}: {json}");
        let wide = Binary::on(&database).run(format!("{line} --columns {columns}").split(' '));
        assert!(wide.expect_code(0).stdout.lines().count() > 2, "{line}");
    }
    Binary::on(&database).run(["table-sizes", "--columns", "no"]).expect_code(2);
}
