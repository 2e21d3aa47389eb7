//! `demo`: the main job, twice.

use crate::local::Private;
use crate::support::migrations;

#[test]
fn runs_from_nothing_and_again() {
    let private = Private::new();
    for _ in 0..2 {
        let ran = private.run(&["demo"]).expect_code(0);
        for step in [
            "$ inboxctl db migrate",
            &format!("Applied {} migrations", migrations()),
            "Merged ",
            "$ inboxctl integrations verify",
            "$ inboxctl table-sizes",
            "contacts",
        ] {
            assert!(ran.stdout.contains(step), "{step} is missing: {ran}");
        }
    }
    // What somebody keeps in the private server is not touched.
    let databases =
        ["local", "psql", "--", "-Atc", "SELECT count(*) FROM pg_database WHERE datname = 'demo'"];
    assert_eq!(private.run(&databases).expect_code(0).stdout, "1\n");
    private.run(&["local", "destroy", "--yes"]).expect_code(0);
}
