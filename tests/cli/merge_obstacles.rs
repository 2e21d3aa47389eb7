//! Merges where something of the application's stands in the way: said, and in nobody else's way.

use crate::support::{Binary, Database, Ran};

/// Clusters of two, by number: `00000001-...-00000000000N` is older than `00000002-...`.
pub(crate) fn pairs(numbers: std::ops::RangeInclusive<u32>) -> Database {
    let database = Database::migrated();
    const NAMES: [&str; 4] =
        ["Valentina Quiroga", "Oleksandr Hrytsenko", "Boris Klein", "Zoe Muster"];
    for (number, name) in numbers.zip(NAMES) {
        database.execute(&format!(
            "INSERT INTO contacts (id, name, phone, email, created_at) VALUES \
             ('{old}', '{name}', '+3460077{number:04}', '{number}@mail.example', '2020-01-01'), \
             ('{new}', '{name}', '+3460077{number:04}', '{number}@mail.example', '2021-01-01')",
            old = old(number),
            new = new(number)
        ));
    }
    database
}

pub(crate) fn old(number: u32) -> String {
    format!("00000001-0000-4000-8000-{number:012}")
}

pub(crate) fn new(number: u32) -> String {
    format!("00000002-0000-4000-8000-{number:012}")
}

pub(crate) fn dedupe(database: &Database) -> Ran {
    Binary::on(database).run(["contacts", "dedupe", "--yes", "--format", "json"])
}

fn contacts(database: &Database) -> String {
    database.value("(SELECT count(*) FROM contacts)")
}

/// The survivors of what is merged unasked, by their clusters.
fn certain(found: &serde_json::Value) -> Vec<String> {
    let clusters = found["clusters"].as_array().unwrap().iter();
    let cores = clusters.flat_map(|cluster| cluster["certain"].as_array().unwrap());
    let mut ids: Vec<String> = cores.map(|ids| ids[0].as_str().unwrap().to_owned()).collect();
    ids.sort();
    ids
}

/// Of three clusters the first can't be merged, for a reason that is known; the others are.
fn one_stays(schema: &str, reason: &str) {
    one_stays_unless(schema, reason, false);
}

/// The same, for what only the merge itself tells.
fn one_stays_unless(schema: &str, reason: &str, is_foreseen_by_nobody: bool) {
    let database = pairs(1..=3);
    database.execute(&schema.replace("{old}", &old(1)).replace("{new}", &new(1)));
    let rows =
        |table: &str| database.value(&format!("(SELECT string_agg(t::text, '|') FROM {table} t)"));
    let before = rows("passports");
    let all = database.contents();
    let dry = ["contacts", "merge", &old(1), &new(1), "--dry-run"];
    let dry = Binary::on(&database).run(dry);
    // What nobody can know beforehand is named.
    let is_unknown = dry.code == 0 && dry.stdout.contains("Only the merge itself tells");
    assert!(is_unknown || dry.code == 4 && dry.stderr.contains(reason), "{dry}");
    assert_eq!(is_unknown, is_foreseen_by_nobody, "{dry}");
    let dry = ["contacts", "dedupe", "--dry-run", "--format", "json"];
    let dry = Binary::on(&database).run(dry).expect_code(0).json();
    let kept = dry["skipped"][0]["reason"].as_str().unwrap_or_default();
    assert_eq!(kept.contains(reason), !is_unknown, "{dry}");
    assert!(!is_unknown || !dry["unknown"].as_array().unwrap().is_empty(), "{dry}");
    assert_eq!(dry["certain"], if is_unknown { 3 } else { 2 }, "{dry}");
    assert_eq!(certain(&dry).contains(&old(1)), is_unknown, "{dry}");
    assert_eq!(database.contents(), all);
    // What nobody could expect is said by the exit code too.
    let code = i32::from(reason.contains("did not follow"));
    let found = dedupe(&database).expect_code(code).json();
    // What is merged and what is skipped are all that is certain.
    assert_eq!(
        (&found["merged"], &found["certain"], &found["surplus"]),
        (&2.into(), &2.into(), &2.into())
    );
    assert_eq!(certain(&found), [old(2), old(3)], "{found}");
    assert_eq!(found["skipped"][0]["survivor_id"].as_str(), Some(old(1).as_str()));
    let said = found["skipped"][0]["reason"].as_str().unwrap();
    assert!(said.contains(reason), "{said}");
    assert_eq!(contacts(&database), "4");
    assert_eq!(rows("passports"), before);
}

#[test]
fn a_constraint_keeps_one_cluster_and_no_other() {
    for unique in ["UNIQUE", "UNIQUE DEFERRABLE INITIALLY DEFERRED"] {
        one_stays(
            &format!(
                "CREATE TABLE passports (id int, contact_id uuid {unique} REFERENCES contacts (id) ON DELETE CASCADE); \
                 INSERT INTO passports VALUES (1, '{{old}}'), (2, '{{new}}')"
            ),
            "passports_contact_id_key",
        );
    }
    one_stays_unless(
        "CREATE TABLE passports (id int, contact_id uuid REFERENCES contacts (id) ON DELETE CASCADE \
             CHECK (contact_id <> '{old}')); \
         INSERT INTO passports VALUES (2, '{new}')",
        "passports_contact_id_check",
        true,
    );
    // A reference to the e-mail of a contact whose survivor has none.
    one_stays(
        "UPDATE contacts SET email = NULL WHERE id = '{old}'; \
         UPDATE contacts SET email = id::text WHERE email IS NOT NULL AND id <> '{new}'; \
         ALTER TABLE contacts ADD UNIQUE (email); \
         UPDATE contacts SET metadata = '{\"a\":1,\"b\":2,\"c\":3}' WHERE id = '{old}'; \
         CREATE TABLE passports (email text REFERENCES contacts (email) ON DELETE CASCADE); \
         INSERT INTO passports SELECT email FROM contacts WHERE id = '{new}'",
        "passports.email",
    );
}

/// Rows that point at rows which move, by the column that changes.
#[test]
fn what_would_be_lost_at_the_second_step_keeps_a_cluster() {
    let tables = |action: &str| {
        format!(
            "CREATE TABLE labels (contact_id uuid REFERENCES contacts, label text, PRIMARY KEY (contact_id, label)); \
             CREATE TABLE passports (id int, contact_id uuid, label text, \
                 FOREIGN KEY (contact_id, label) REFERENCES labels ON UPDATE {action}); \
             INSERT INTO labels VALUES ('{{new}}', 'x'); INSERT INTO passports VALUES (1, '{{new}}', 'x');"
        )
    };
    one_stays(&tables("SET NULL"), "passports_contact_id_label_fkey would empty contact_id");
    one_stays(&tables("SET DEFAULT"), "passports_contact_id_label_fkey would empty contact_id");
    let keep =
        "CREATE TRIGGER still BEFORE UPDATE ON passports FOR EACH ROW EXECUTE FUNCTION keep()";
    let swallowed = format!("{} {SWALLOW} {keep}", tables("CASCADE"));
    one_stays_unless(&swallowed, "passports did not follow", true);
    one_stays(&tables("NO ACTION"), "passports_contact_id_label_fkey");
}

/// The state of a table that no row of the others' contacts lies in.
#[test]
fn a_table_that_takes_no_updates_keeps_its_own_cluster_alone() {
    for on_delete in ["NO ACTION", "CASCADE"] {
        one_stays(
            &format!(
                "CREATE TABLE passports (number uuid, \
                     contact_id uuid GENERATED ALWAYS AS (number) STORED REFERENCES contacts ON DELETE {on_delete}); \
                 INSERT INTO passports VALUES ('{{new}}')"
            ),
            "column contact_id is generated",
        );
    }
    one_stays(
        "CREATE TABLE passports (contact_id uuid REFERENCES contacts); INSERT INTO passports VALUES ('{new}'); \
         CREATE RULE hard AS ON UPDATE TO passports DO INSTEAD NOTHING",
        "rule hard",
    );
    for publication in ["FOR TABLE passports", "FOR ALL TABLES"] {
        one_stays(
            &format!(
                "CREATE TABLE passports (contact_id uuid REFERENCES contacts); INSERT INTO passports VALUES ('{{new}}'); \
                 CREATE PUBLICATION changes {publication}"
            ),
            "ALTER TABLE passports REPLICA IDENTITY FULL",
        );
    }
    one_stays_unless(
        "CREATE TABLE passports (contact_id uuid REFERENCES contacts) PARTITION BY LIST (contact_id); \
         CREATE TABLE passports_of_one PARTITION OF passports FOR VALUES IN ('{new}'); INSERT INTO passports VALUES ('{new}')",
        "no partition of relation",
        true,
    );
    // Here the server lets no contact go at all, and that is said of each.
    let database = pairs(1..=2);
    database.execute(
        "CREATE TABLE passports (contact_id uuid REFERENCES contacts ON DELETE CASCADE); \
         CREATE PUBLICATION changes FOR TABLE passports",
    );
    let found = dedupe(&database).expect_code(0).json();
    assert!(
        found["skipped"][1]["reason"].as_str().unwrap().contains("REPLICA IDENTITY"),
        "{found}"
    );
}

#[test]
fn a_contact_of_a_table_that_inherits_takes_part_in_no_merge() {
    let database = pairs(1..=3);
    // The same id in both, and a contact that is only there.
    database.execute(&format!(
        "CREATE TABLE vips (level int) INHERITS (contacts); \
         INSERT INTO vips (id, name, phone, level) VALUES \
             ('{}', 'Valentina Quiroga', '+34600770001', 3), ('{}', 'Oleksandr Hrytsenko', '+34600770002', 4)",
        new(1),
        new(9)
    ));
    let before = database.contents();
    for (other, flag) in [(new(1), "--dry-run"), (new(1), "--yes"), (new(9), "--yes")] {
        let args = ["contacts", "merge", &old(1), &other, flag];
        let refused = Binary::on(&database).run(args).expect_code(4);
        assert!(refused.stderr.contains("lies in vips"), "{refused}");
    }
    assert_eq!(database.contents(), before);
    let found = dedupe(&database).expect_code(0).json();
    assert_eq!((&found["merged"], &found["left_out"]), (&2.into(), &serde_json::json!(["vips"])));
    assert!(found["skipped"][0]["reason"].as_str().unwrap().contains("lies in vips"), "{found}");
    assert_eq!(database.value("(SELECT sum(level) FROM vips)"), "7");
    assert_eq!(contacts(&database), "6");
}

/// What the application's own functions lack is not what inboxctl lacks.
#[test]
fn a_function_that_fails_stops_no_other_cluster() {
    let database = pairs(1..=3);
    database.execute(&format!(
        "CREATE TABLE calls (contact_id uuid REFERENCES contacts); INSERT INTO calls VALUES ('{}'); \
         CREATE FUNCTION lost() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM FROM nowhere; RETURN NEW; END'; \
         CREATE TRIGGER lost BEFORE UPDATE ON calls FOR EACH ROW EXECUTE FUNCTION lost()",
        new(1)
    ));
    let ran = dedupe(&database).expect_code(1);
    assert_eq!(ran.json()["merged"], 2, "{ran}");
    assert!(ran.stderr.contains("rows of calls.contact_id can't move"), "{ran}");
    // The connection that it lost was not ours.
    let database = pairs(1..=3);
    database.execute(&format!(
        "CREATE FUNCTION away() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
             IF OLD.id = '{}' THEN \
                 RAISE 'could not connect to server \"crm\"' USING ERRCODE = '08001', DETAIL = 'refused'; \
             END IF; RETURN OLD; END $$; \
         CREATE TRIGGER away AFTER DELETE ON contacts FOR EACH ROW EXECUTE FUNCTION away()",
        new(1)
    ));
    let ran = dedupe(&database).expect_code(1);
    assert_eq!(ran.json()["merged"], 2, "{ran}");
    assert!(!ran.stderr.contains("connection to the database was lost"), "{ran}");
}

/// With the URL of another role.
pub(crate) fn as_role(database: &Database, role: &str, args: &[&str]) -> Ran {
    let url = database.url();
    let without =
        url.replace("user=inbox&", "").replace("&user=inbox", "").replace("?user=inbox", "");
    let separator = if without.contains('?') { '&' } else { '?' };
    let url = format!("{without}{separator}user={role}");
    Binary::on(database).env("DATABASE_URL", url).run(args)
}

pub(crate) fn role(database: &Database) -> String {
    let role = format!("{}_merger", database.name);
    database.execute(&format!(
        "DO $$ BEGIN CREATE ROLE {role} LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$; \
         GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}"
    ));
    role
}

#[test]
fn a_right_that_is_missing_is_named_with_the_grant() {
    for (on_delete, rights, merged) in [
        ("CASCADE", "SELECT", 1),
        ("RESTRICT", "SELECT", 1),
        ("RESTRICT", "UPDATE", 1),
        // What can't be read would be lost unseen.
        ("CASCADE", "UPDATE", 0),
    ] {
        let database = pairs(1..=2);
        let role = role(&database);
        database.execute(&format!(
            "CREATE SCHEMA app; CREATE TABLE app.calls (contact_id uuid REFERENCES contacts (id) ON DELETE {on_delete}); \
             INSERT INTO app.calls VALUES ('{}'); \
             GRANT USAGE ON SCHEMA app TO {role}; GRANT {rights} ON app.calls TO {role}",
            new(1)
        ));
        let dry = ["contacts", "merge", &old(1), &new(1), "--dry-run"];
        let dry = as_role(&database, &role, &dry);
        match (on_delete, rights) {
            // Whether there are any the server says when a contact goes.
            ("RESTRICT", "UPDATE") => {
                assert!(dry.stdout.contains("rows of app.calls, which"), "{dry}")
            }
            _ => assert!(dry.stderr.contains("GRANT SELECT, UPDATE ON app.calls"), "{dry}"),
        }
        let args = ["contacts", "dedupe", "--yes", "--format", "json"];
        let found = as_role(&database, &role, &args).expect_code(0).json();
        assert_eq!(found["merged"], merged, "{found}");
        let reason = found["skipped"][0]["reason"].as_str().unwrap();
        let grant = format!("GRANT SELECT, UPDATE ON app.calls TO {role}");
        assert!(reason.contains(&grant), "{reason}");
        assert_eq!(database.value("(SELECT contact_id FROM app.calls)"), new(1));
        database.execute(&grant);
        as_role(&database, &role, &args).expect_code(0);
        assert_eq!(database.value("(SELECT contact_id FROM app.calls)"), old(1));
        database.execute(&format!("DROP OWNED BY {role}; DROP ROLE {role}"));
    }
}

#[test]
fn what_lies_in_a_schema_that_the_role_may_not_use_is_named_and_stops_nothing() {
    let database = pairs(1..=2);
    let role = role(&database);
    database.execute(
        "CREATE SCHEMA app; CREATE TABLE app.calls (contact_id uuid); \
         CREATE TABLE app.visits (contact_id uuid REFERENCES contacts (id))",
    );
    let dry = ["contacts", "merge", &old(1), &new(1), "--dry-run"];
    let dry = as_role(&database, &role, &dry).expect_code(0);
    assert!(
        dry.stdout.contains("stay, without a foreign key: app.calls.contact_id, which"),
        "{dry}"
    );
    database.execute(&format!("INSERT INTO app.visits VALUES ('{}')", new(2)));
    let args = ["contacts", "dedupe", "--yes", "--format", "json"];
    let found = as_role(&database, &role, &args).expect_code(0).json();
    assert_eq!(
        (&found["merged"], &found["skipped"].as_array().unwrap().len()),
        (&1.into(), &1),
        "{found}"
    );
    let reason = found["skipped"][0]["reason"].as_str().unwrap();
    assert!(reason.contains(&format!("GRANT USAGE ON SCHEMA app TO {role}")), "{reason}");
    database.execute(&format!("DROP OWNED BY {role}; DROP ROLE {role}"));
}

const SWALLOW: &str =
    "CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';";

#[test]
fn what_a_trigger_swallows_is_no_merge() {
    for (trigger, name) in [
        (
            "CREATE TRIGGER soft BEFORE DELETE ON contacts FOR EACH ROW EXECUTE FUNCTION keep()",
            "soft",
        ),
        (
            "CREATE TRIGGER soft BEFORE UPDATE ON contacts FOR EACH ROW EXECUTE FUNCTION keep()",
            "soft",
        ),
        ("CREATE RULE hard AS ON DELETE TO contacts DO INSTEAD NOTHING", "hard"),
        (
            "CREATE TRIGGER still BEFORE UPDATE ON calls FOR EACH ROW EXECUTE FUNCTION keep()",
            "still",
        ),
        (
            "CREATE TRIGGER mute BEFORE INSERT ON audit_logs FOR EACH ROW EXECUTE FUNCTION keep()",
            "mute",
        ),
        ("CREATE RULE mute AS ON INSERT TO audit_logs DO INSTEAD NOTHING", "mute"),
    ] {
        let database = pairs(1..=1);
        database.execute(&format!(
            "{SWALLOW} CREATE TABLE calls (contact_id uuid REFERENCES contacts (id) ON DELETE CASCADE); \
             INSERT INTO calls VALUES ('{}'); {trigger}",
            new(1)
        ));
        let merge = |flag| Binary::on(&database).run(["contacts", "merge", &old(1), &new(1), flag]);
        let ran = merge("--yes");
        assert_eq!(ran.code, 1, "{trigger}: {ran}");
        assert!(ran.stderr.contains(name), "{trigger}: {ran}");
        assert!(
            ran.stderr.contains("of inboxctl through there")
                || ran.stderr.contains("let inboxctl through there"),
            "{ran}"
        );
        let dry = merge("--dry-run").expect_code(0);
        assert!(dry.stdout.contains("Only the merge itself tells"), "{trigger}: {dry}");
        assert!(dry.stdout.contains(name), "{trigger}: {dry}");
        let ran = dedupe(&database).expect_code(1);
        assert!(ran.stdout.contains(name), "{trigger}: {ran}");
        assert_eq!(contacts(&database), "2", "{trigger}");
        assert_eq!(database.value("(SELECT contact_id FROM calls)"), new(1), "{trigger}");
        assert_eq!(database.value("(SELECT count(*) FROM contact_merges)"), "0", "{trigger}");
    }
}

#[test]
fn a_surprise_is_said_at_the_end_and_the_others_are_merged() {
    let database = pairs(1..=3);
    database.execute(&format!(
        "CREATE FUNCTION grumble() RETURNS trigger LANGUAGE plpgsql AS \
             'BEGIN IF OLD.id = ''{}'' THEN RAISE EXCEPTION ''not this one''; END IF; RETURN OLD; END'; \
         CREATE TRIGGER grumble BEFORE DELETE ON contacts FOR EACH ROW EXECUTE FUNCTION grumble()",
        new(1)
    ));
    let ran = dedupe(&database).expect_code(1);
    assert_eq!(ran.json()["merged"], 2, "{ran}");
    assert!(ran.stderr.contains("not this one"), "{ran}");
    assert_eq!(contacts(&database), "4");
}

#[test]
fn what_a_merge_is_taken_back_with_is_named_at_once() {
    let database = pairs(1..=1);
    database.execute(&format!(
        "CREATE TABLE calls (contact_id uuid REFERENCES contacts (id)); INSERT INTO calls VALUES ('{}')",
        new(1)
    ));
    let merge = ["contacts", "merge", &old(1), &new(1), "--yes", "--format", "json"];
    let id =
        Binary::on(&database).run(merge).expect_code(0).json()["id"].as_str().unwrap().to_owned();
    let role = role(&database);
    let revoke = |rights: &str| database.execute(&format!("REVOKE {rights} FROM {role}"));
    let refused = || {
        let ran = as_role(&database, &role, &["contacts", "unmerge", &id, "--yes"]).expect_code(4);
        assert!(!ran.stderr.contains("changed since"), "{ran}");
        let (_, hint) = ran.stderr.split_once("hint: have its owner run: ").expect("a hint");
        database.execute(hint.trim());
    };
    revoke("UPDATE ON calls");
    refused();
    revoke("UPDATE ON contact_merges");
    revoke("INSERT ON contacts");
    refused();
    as_role(&database, &role, &["contacts", "unmerge", &id, "--yes"]).expect_code(0);
    database.execute(&format!("DROP OWNED BY {role}; DROP ROLE {role}"));
}

#[test]
fn rows_that_a_policy_hides_are_not_merged_away() {
    for (table, forced) in [("contacts", false), ("messages", false), ("calls", true)] {
        let database = pairs(1..=1);
        database.execute(&format!(
            "CREATE TABLE calls (contact_id uuid REFERENCES contacts (id) ON DELETE CASCADE); \
             INSERT INTO calls VALUES ('{}'); \
             ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; \
             CREATE POLICY tenant ON {table} USING (false)",
            new(1)
        ));
        if forced {
            database.execute(&format!("ALTER TABLE {table} FORCE ROW LEVEL SECURITY"));
        }
        let role = role(&database);
        for args in [
            vec!["contacts", "dedupe", "--dry-run"],
            vec!["contacts", "dedupe", "--yes"],
            vec!["contacts", "merge", &old(1), &new(1), "--yes"],
        ] {
            let refused = as_role(&database, &role, &args).expect_code(4);
            assert!(
                refused.stderr.contains("tenant") && refused.stderr.contains(table),
                "{refused}"
            );
            assert!(refused.stderr.contains("BYPASSRLS"), "{refused}");
        }
        assert_eq!(contacts(&database), "2");
        // Its own log may have policies: whoever may write an entry need not see the others.
        database.execute(&format!(
            "ALTER TABLE {table} DISABLE ROW LEVEL SECURITY; \
             ALTER TABLE audit_logs ENABLE ROW LEVEL SECURITY; CREATE POLICY write ON audit_logs FOR INSERT WITH CHECK (true)"
        ));
        let args = ["contacts", "merge", &old(1), &new(1), "--yes"];
        as_role(&database, &role, &args).expect_code(0);
        database.execute(&format!("DROP OWNED BY {role}; DROP ROLE {role}"));
    }
}

#[test]
fn an_assignment_that_others_refer_to_is_not_deleted_unseen() {
    for action in ["CASCADE", "SET NULL", "RESTRICT", "NO ACTION"] {
        an_assignment_stays(action);
    }
}

fn an_assignment_stays(action: &str) {
    let database = pairs(1..=1);
    database.execute(&format!(
        "INSERT INTO users (email, name, role) VALUES ('a@inbox.example', 'A', 'EDITOR'); \
         INSERT INTO assignments (contact_id, user_id) SELECT c.id, u.id FROM contacts c, users u; \
         CREATE TABLE shifts (assignment_id uuid REFERENCES assignments (id) ON DELETE {action}); \
         INSERT INTO shifts SELECT id FROM assignments WHERE contact_id = '{}'",
        new(1)
    ));
    let merge = |flag| Binary::on(&database).run(["contacts", "merge", &old(1), &new(1), flag]);
    assert!(merge("--dry-run").expect_code(4).stderr.contains("shifts"));
    let dry = ["contacts", "dedupe", "--dry-run", "--format", "json"];
    let dry = Binary::on(&database).run(dry).expect_code(0).json();
    assert_eq!(dry["certain"], 0, "{dry}");
    assert!(dry["skipped"][0]["reason"].as_str().unwrap().contains("shifts"), "{dry}");
    let found = dedupe(&database).expect_code(0).json();
    assert!(found["skipped"][0]["reason"].as_str().unwrap().contains("shifts"), "{found}");
    assert_eq!(database.value("(SELECT count(*) FROM shifts)"), "1");
    // Both have one: the other's goes, and doesn't move.
    database.execute("DELETE FROM shifts");
    let dry = merge("--dry-run").expect_code(0);
    assert!(dry.stdout.contains("1 assignment of theirs: removed"), "{dry}");
    assert!(!dry.stdout.contains("assignments.contact_id"), "{dry}");
}

#[test]
fn an_unmerge_that_a_trigger_swallows_changes_nothing() {
    let database = pairs(1..=1);
    let args = ["contacts", "merge", &old(1), &new(1), "--yes", "--format", "json"];
    let id =
        Binary::on(&database).run(args).expect_code(0).json()["id"].as_str().unwrap().to_owned();
    database.execute(&format!(
        "{SWALLOW} CREATE TRIGGER shut BEFORE INSERT ON contacts FOR EACH ROW EXECUTE FUNCTION keep()"
    ));
    let ran = Binary::on(&database).run(["contacts", "unmerge", &id, "--yes"]).expect_code(1);
    assert!(ran.stderr.contains("trigger shut"), "{ran}");
    assert_eq!(
        database.value("(SELECT count(*) FROM contact_merges WHERE undone_at IS NULL)"),
        "1"
    );
}

/// A value that fills a gap comes from a contact that is gone afterwards.
#[test]
fn a_value_that_a_trigger_drops_is_no_merge() {
    let database = pairs(1..=1);
    database.execute(&format!(
        "UPDATE contacts SET email = NULL WHERE id = '{}'; \
         CREATE FUNCTION st() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.email = OLD.email; RETURN NEW; END'; \
         CREATE TRIGGER st BEFORE UPDATE ON contacts FOR EACH ROW EXECUTE FUNCTION st()",
        old(1)
    ));
    let before = database.contents();
    let ran = Binary::on(&database).run(["contacts", "merge", &old(1), &new(1), "--yes"]);
    assert!(ran.stderr.contains("trigger st"), "{ran}");
    assert_ne!(ran.code, 0, "{ran}");
    assert_eq!(database.contents(), before);
}

#[test]
fn who_was_merged_away_and_came_again_can_be_merged_again() {
    let database = pairs(1..=1);
    let again = format!(
        "INSERT INTO contacts (id, name, phone) VALUES ('{}', 'Valentina Quiroga', '+34600770001')",
        new(1)
    );
    let merge = |keep: &str, other: &str| {
        let args = ["contacts", "merge", keep, other, "--yes", "--format", "json"];
        Binary::on(&database).run(args).expect_code(0).json()
    };
    merge(&old(1), &new(1));
    database.execute(&again);
    let shown = Binary::on(&database).run(["contacts", "show", &new(1), "--format", "json"]);
    assert_eq!(shown.expect_code(0).json()["id"].as_str(), Some(new(1).as_str()));
    let second = merge(&old(1), &new(1));
    assert_eq!(contacts(&database), "1");
    let undone = ["contacts", "unmerge", second["id"].as_str().unwrap(), "--yes"];
    Binary::on(&database).run(undone).expect_code(0);
    assert_eq!(contacts(&database), "2");
}

/// Rows that no foreign key binds, and that a trigger takes along with a contact.
#[test]
fn rows_that_a_trigger_takes_along_keep_a_cluster() {
    for (deed, event) in [
        ("DELETE FROM app.passports WHERE contact_id = OLD.id", "BEFORE DELETE"),
        ("DELETE FROM app.passports WHERE contact_id = OLD.id", "AFTER DELETE"),
        ("UPDATE app.passports SET contact_id = NULL WHERE contact_id = OLD.id", "AFTER DELETE"),
    ] {
        let database = pairs(1..=2);
        database.execute(&format!(
            "CREATE SCHEMA app; \
             CREATE TABLE app.passports (id int, contact_id uuid) PARTITION BY HASH (contact_id); \
             CREATE TABLE app.a PARTITION OF app.passports FOR VALUES WITH (MODULUS 2, REMAINDER 0); \
             CREATE TABLE app.b PARTITION OF app.passports FOR VALUES WITH (MODULUS 2, REMAINDER 1); \
             INSERT INTO app.passports VALUES (1, '{new}'); \
             CREATE TABLE app.counts (contacts int); INSERT INTO app.counts VALUES (4); \
             CREATE TABLE app.sent AS SELECT generate_series(1, 9) AS id; \
             CREATE TABLE app.stats (contact_id uuid PRIMARY KEY, seen int); INSERT INTO app.stats VALUES ('{new}'); \
             CREATE FUNCTION tidy() RETURNS trigger LANGUAGE plpgsql AS \
                 'BEGIN {deed}; DELETE FROM app.sent WHERE id IN (SELECT min(id) FROM app.sent); UPDATE app.stats SET seen = 1; UPDATE app.counts SET contacts = contacts - 1; RETURN OLD; END'; \
             CREATE TRIGGER tidy {event} ON contacts FOR EACH ROW EXECUTE FUNCTION tidy()",
            new = new(1)
        ));
        let passports = || database.value("(SELECT string_agg(p::text, '|') FROM app.passports p)");
        let before = passports();
        let found = dedupe(&database).expect_code(0).json();
        assert_eq!(found["merged"], 1, "{found}");
        let said = found["skipped"][0]["reason"].as_str().unwrap();
        assert!(said.contains("app.passports") && said.contains("trigger tidy"), "{said}");
        assert_eq!(passports(), before);
        // The way out that is named.
        let binary = Binary::on(&database);
        let settings = "[merge]\nreferences = ['app.passports.contact_id']";
        std::fs::write(binary.folder().join("inboxctl.toml"), settings).unwrap();
        binary.run(["contacts", "merge", &old(1), &new(1), "--yes"]).expect_code(0);
        assert_eq!(passports(), before.replace(&new(1), &old(1)));
        assert_eq!(database.value("(SELECT contacts FROM app.counts)"), "2");
        // What has nothing to do with a contact keeps nobody from it.
        assert_eq!(database.value("(SELECT count(*) FROM app.sent)"), "7");
    }
}
