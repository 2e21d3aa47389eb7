//! What a role may not do is said before it is asked, with all that gives it, and a dry run foretells it.

use crate::db_migrate::with_user;
use crate::merge_obstacles::{as_role, new, old, pairs, role};
use crate::retention::{filled, with_policies};
use crate::retention_return::archived;

#[test]
fn a_merge_names_what_it_lacks_before_it_asks() {
    for (lost, given) in [
        ("SELECT ON notes", "GRANT SELECT, UPDATE ON notes"),
        ("INSERT, UPDATE ON contact_identities", "GRANT INSERT ON contact_identities"),
        ("DELETE ON assignments", "GRANT DELETE ON assignments"),
    ] {
        let database = pairs(1..=1);
        database.execute(&format!(
            "UPDATE contacts SET email = 'other@mail.example' WHERE id = '{new}'; \
             INSERT INTO users (id, email, name) VALUES (gen_random_uuid(), 'u@x.example', 'U'); \
             INSERT INTO assignments (user_id, contact_id) SELECT u.id, c.id FROM users u, contacts c; \
             INSERT INTO notes (contact_id, user_id, content) SELECT '{new}', id, 'hello' FROM users",
            new = new(1)
        ));
        let role = role(&database);
        database.execute(&format!("REVOKE {lost} FROM {role}"));
        let merge = ["contacts", "merge", &old(1), &new(1)];
        let dry = as_role(&database, &role, &[&merge[..], &["--dry-run"]].concat()).expect_code(0);
        assert!(
            dry.stdout.contains(&format!("This role may not merge: have its owner run {given}")),
            "{dry}"
        );
        // Nobody was asked: there is nobody, and that isn't what is said.
        let ran = as_role(&database, &role, &merge).expect_code(4);
        assert!(ran.stderr.contains(&format!("hint: have its owner run: {given}")), "{ran}");
        database.execute(&format!("GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}"));
        as_role(&database, &role, &[&merge[..], &["--yes"]].concat()).expect_code(0);
        database.execute(&format!("DROP OWNED BY {role}; DROP ROLE {role}"));
    }
}

#[test]
fn what_deletes_by_age_foretells_what_it_lacks() {
    let database = filled();
    database.execute(
        "INSERT INTO presence (user_id, status, last_seen) \
         SELECT id, 'ONLINE', now() - interval '9 days' FROM users ON CONFLICT (user_id) DO UPDATE \
             SET status = 'ONLINE', last_seen = excluded.last_seen",
    );
    let role = role(&database);
    let name = &role;
    let url = with_user(&database.url(), name);
    let run = |policies: &str, args: &[&str]| {
        with_policies(&database, policies).env("DATABASE_URL", &url).run(args)
    };
    let of = |table: &str| {
        let status = if table == "presence" { "" } else { "status = 'failed'\n" };
        format!(
            "[[retention.policy]]\nname = '{table}'\ntable = '{table}'\nolder_than = '1d'\n{status}"
        )
    };
    for (table, right) in [
        ("scheduled_jobs", "DELETE ON scheduled_jobs"),
        ("scheduled_jobs", "INSERT, UPDATE ON maintenance_runs"),
        ("presence", "UPDATE ON presence"),
        ("presence", "INSERT ON audit_logs"),
    ] {
        database.execute(&format!("REVOKE {right} FROM {name}"));
        let dry = run(&of(table), &["retention", "run", "--dry-run"]).expect_code(0);
        assert!(dry.stderr.contains("a run would be refused: the role"), "{dry}");
        assert!(dry.stderr.contains(&format!("GRANT {right} TO ")), "{dry}");
        database.execute(&format!("GRANT {right} TO {name}"));
    }
    database.execute(&format!("REVOKE UPDATE ON presence FROM {name}"));
    // Nobody was asked: there is nobody, and that isn't what is said.
    let ran = run("", &["presence", "sweep"]).expect_code(4);
    assert!(ran.stderr.contains("GRANT UPDATE ON presence TO "), "{ran}");
    // And stops no deletion.
    let both = [of("scheduled_jobs"), of("presence")].concat();
    let ran = run(&both, &["retention", "run", "--yes"]).expect_code(1);
    assert!(ran.stderr.contains("presence is left out"), "{ran}");
    assert_eq!(database.value("(SELECT count(*) FROM scheduled_jobs)"), "0");
    database.execute(&format!("DROP OWNED BY {name}; DROP ROLE {name}"));
}

#[test]
fn a_return_names_all_that_it_lacks_before_it_begins() {
    let (database, _folder, manifest) = archived("");
    let role = role(&database);
    database.execute(&format!("REVOKE INSERT ON scheduled_jobs, messages FROM {role}"));
    let before = database.contents();
    for more in ["--dry-run", "--yes"] {
        let args = ["retention", "restore", manifest.to_str().unwrap(), more];
        let ran = as_role(&database, &role, &args).expect_code(4);
        let grant = "hint: have its owner run: GRANT INSERT ON messages, scheduled_jobs TO";
        assert!(ran.stderr.contains(grant), "{ran}");
    }
    assert_eq!(database.contents(), before);
    database.execute(&format!("DROP OWNED BY {role}; DROP ROLE {role}"));
}
