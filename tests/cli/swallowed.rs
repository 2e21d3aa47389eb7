//! A trigger of the application's swallows what a command writes: no command calls that done, or
//! known already.

use crate::access::commands::{COMMANDS, Does};
use crate::access::scene::Scene;
use crate::support::{Binary, Database};

#[test]
fn what_a_trigger_swallows_is_said_by_each_command() {
    for (name, table) in [
        ("contacts distinct", "distinct_contacts"),
        ("contacts erase", "audit_logs"),
        ("contacts unmerge", "merged_contacts"),
        ("db environment set", "inboxctl_settings"),
        ("db redo", "__diesel_schema_migrations"),
        ("db repair", "inboxctl_migrations"),
        ("db seed", "messages"),
        ("integrations rotate-keys", "integrations"),
        ("integrations set-config", "integrations"),
        ("integrations set-credentials", "integrations"),
        ("assignments move", "assignments"),
        ("jobs release", "scheduled_jobs"),
        ("jobs reschedule", "scheduled_jobs"),
        ("jobs retry", "scheduled_jobs"),
        ("presence sweep", "presence"),
        ("retention holds add", "retention_holds"),
        ("retention holds release", "retention_holds"),
        ("table-sizes", "table_size_snapshots"),
        ("users create", "users"),
        ("users rename", "users"),
    ] {
        let change = COMMANDS.iter().find_map(|(one, does)| match does {
            Does::Changes(_, change) if *one == name => Some(*change),
            _ => None,
        });
        let change = change.unwrap_or_else(|| panic!("{name} changes nothing"));
        let scene = Scene::new(change.before);
        scene.database.execute(&format!(
            "CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; \
             CREATE TRIGGER swallow BEFORE INSERT OR UPDATE OR DELETE ON {table} \
                 FOR EACH ROW EXECUTE FUNCTION keep()"
        ));
        let before = scene.state();
        let ran = scene.run(name, change, Some("admin@inbox.example"));
        assert_ne!(ran.code, 0, "{name}: {ran}");
        assert!(ran.stderr.contains("trigger swallow"), "{name}: {ran}");
        // A revert that failed is recorded.
        assert!(scene.state() == before || name == "db redo", "{name} changed something");
    }
}

/// What a try may leave, which no audit entry need tell of: links of the log's closed days, the
/// record that a revert failed, a database that was restored beside this one.
const LEAVES: [&str; 6] =
    ["audit acknowledge", "audit close", "audit prune", "db redo", "db restore", "db rollback"];

/// An entry may also go, or become another, once it is written.
#[test]
fn an_entry_that_does_not_stay_rolls_its_change_back() {
    let function = |body: &str| {
        format!("CREATE FUNCTION act() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN {body} END'; ")
    };
    let gone = function("DELETE FROM audit_logs WHERE id = NEW.id; RETURN NULL;");
    let ways = [
        format!(
            "{gone} CREATE TRIGGER act AFTER INSERT ON audit_logs FOR EACH ROW EXECUTE FUNCTION act()"
        ),
        format!(
            "{gone} DO $$ BEGIN EXECUTE (SELECT string_agg(format( \
                 'CREATE CONSTRAINT TRIGGER act AFTER INSERT ON %s DEFERRABLE INITIALLY DEFERRED \
                  FOR EACH ROW EXECUTE FUNCTION act()', inhrelid::regclass), '; ') \
             FROM pg_inherits WHERE inhparent = 'audit_logs'::regclass); END $$"
        ),
        function("NEW.action := ''application.entry''; RETURN NEW;")
            + "CREATE TRIGGER act BEFORE INSERT ON audit_logs FOR EACH ROW EXECUTE FUNCTION act()",
        function("NEW.actor := ''somebody''; RETURN NEW;")
            + "CREATE TRIGGER act BEFORE INSERT ON audit_logs FOR EACH ROW EXECUTE FUNCTION act()",
        String::from(
            "CREATE TABLE sink (LIKE audit_logs); CREATE RULE act AS ON INSERT TO audit_logs \
             DO INSTEAD INSERT INTO sink VALUES (NEW.*) RETURNING sink.*",
        ),
    ];
    for way in ways {
        let database = Database::migrated();
        Binary::on(&database).run(["db", "seed"]).expect_code(0);
        database.execute(&way);
        let name = "(SELECT name FROM users WHERE email = 'viewer@inbox.example')";
        let before = database.value(name);
        let rename = ["users", "rename", "viewer@inbox.example", "Other", "--yes"];
        let ran = Binary::on(&database).run(rename).expect_code(1);
        assert!(ran.stderr.contains("act may do that"), "{way}: {ran}");
        assert_eq!(database.value(name), before, "{way}");
    }
    // What only listens changes nothing.
    let database = Database::migrated();
    Binary::on(&database).run(["db", "seed"]).expect_code(0);
    let listens =
        "CREATE TRIGGER act AFTER INSERT ON audit_logs FOR EACH ROW EXECUTE FUNCTION act()";
    database.execute(&format!(
        "{} {listens}",
        function("PERFORM pg_notify(''x'', ''y''); RETURN NULL;")
    ));
    let rename = ["users", "rename", "viewer@inbox.example", "Other", "--yes"];
    Binary::on(&database).run(rename).expect_code(0);
}

#[test]
fn a_change_that_the_audit_log_does_not_tell_of_leaves_nothing() {
    for (name, does) in COMMANDS {
        let Does::Changes(_, change) = does else { continue };
        if LEAVES.contains(name) {
            continue;
        }
        let scene = Scene::new(change.before);
        scene.database.execute(
            "CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; \
             CREATE TRIGGER swallow BEFORE INSERT ON audit_logs FOR EACH ROW EXECUTE FUNCTION keep()",
        );
        let before = scene.state();
        let ran = scene.run(name, *change, Some("admin@inbox.example"));
        assert!(scene.state() == before, "{name} changed something: {ran}");
    }
}
