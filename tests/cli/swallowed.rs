//! A trigger of the application's swallows what a command writes: no command calls that done, or
//! known already.

use crate::access::commands::{COMMANDS, Does};
use crate::access::scene::Scene;

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
