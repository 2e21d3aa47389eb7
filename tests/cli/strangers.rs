//! Tables of another role that refer to the inbox: none of its code runs with the operator's rights.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use crate::support::backups::Folder;
use crate::support::{Binary, Database, Ran, with_user};

const A: &str = "0192aaaa-0000-7000-8000-00000000000a";
const B: &str = "0192aaaa-0000-7000-8000-00000000000b";

/// An inbox with two contacts that are one, and a role that may refer to them.
struct Scene {
    database: Database,
    eve: String,
    own: PgConnection,
}

impl Scene {
    fn new() -> Scene {
        let database = Database::migrated();
        let eve = format!("eve_{}", database.name);
        database.execute(&format!(
            "CREATE ROLE {eve} LOGIN; CREATE SCHEMA app AUTHORIZATION {eve}; \
             GRANT USAGE ON SCHEMA public TO {eve}; \
             GRANT REFERENCES ON contacts, scheduled_jobs TO {eve}; \
             INSERT INTO contacts (id, name, phone, email) VALUES \
                 ('{A}', 'Ana Prueba', '+34600111222', 'ana@prueba.example'), \
                 ('{B}', 'Ana Prueba', '+34600111222', 'ana@prueba.example')"
        ));
        let own = PgConnection::establish(&with_user(&database.url(), &eve)).expect("eve logs in");
        let mut scene = Scene { database, eve, own };
        let eve = scene.eve.clone();
        scene.by_eve(&format!(
            "CREATE FUNCTION app.rise() RETURNS boolean LANGUAGE plpgsql AS $$BEGIN \
                 BEGIN ALTER ROLE {eve} SUPERUSER; EXCEPTION WHEN OTHERS THEN NULL; END; \
                 RETURN true; END$$"
        ));
        scene
    }

    fn by_eve(&mut self, sql: &str) {
        self.own.batch_execute(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    fn run(&self, line: &str) -> Ran {
        Binary::on(&self.database).run(line.split(' '))
    }

    #[track_caller]
    fn assert_powerless(&self, after: &str) {
        let is_super = format!("(SELECT rolsuper FROM pg_roles WHERE rolname = '{}')", self.eve);
        assert_eq!(self.database.value(&is_super), "false", "after {after}");
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        let eve = &self.eve;
        // Where a test failed, it is gone with the server.
        let _ = self.database.try_execute(&format!("DROP OWNED BY {eve} CASCADE; DROP ROLE {eve}"));
    }
}

const TRIGGER: &str = "CREATE FUNCTION app.fire() RETURNS trigger LANGUAGE plpgsql AS \
     $$BEGIN PERFORM app.rise(); RETURN coalesce(new, old); END$$; \
     CREATE TRIGGER t BEFORE INSERT OR UPDATE OR DELETE ON app.orders FOR EACH ROW EXECUTE FUNCTION app.fire()";

/// A way for code to hang on a table of `contact`, `job` and `id`, of which each is one.
const WAYS: [(&str, &str); 9] = [
    (
        "a check that the server's own function runs",
        "ALTER TABLE app.orders ADD CHECK (query_to_xml('SELECT app.rise()', true, true, '') IS NOT NULL) NOT VALID",
    ),
    (
        "a condition of a trigger that does nothing",
        "CREATE TRIGGER t BEFORE UPDATE ON app.orders FOR EACH ROW \
         WHEN (query_to_xml('SELECT app.rise()', true, true, '') IS NOT NULL) \
         EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    ),
    ("a trigger", TRIGGER),
    (
        "a check",
        "CREATE FUNCTION app.hold(uuid) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS \
         $$BEGIN RETURN app.rise(); END$$; \
         ALTER TABLE app.orders ADD CHECK (app.hold(contact)) NOT VALID",
    ),
    (
        "an index",
        "CREATE FUNCTION app.key(uuid) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS \
         $$BEGIN RETURN app.rise(); END$$; CREATE INDEX ON app.orders (app.key(contact))",
    ),
    ("a rule", "CREATE RULE r AS ON UPDATE TO app.orders DO ALSO SELECT app.rise()"),
    (
        "a cast to JSON",
        "CREATE TYPE app.mood AS ENUM ('well'); \
         CREATE FUNCTION app.told(app.mood) RETURNS json LANGUAGE plpgsql AS \
         $$BEGIN PERFORM app.rise(); RETURN '1'::json; END$$; \
         CREATE CAST (app.mood AS json) WITH FUNCTION app.told(app.mood); \
         ALTER TABLE app.orders ADD mood app.mood DEFAULT 'well'",
    ),
    (
        "a cast from text",
        "CREATE TYPE app.mood AS ENUM ('well'); \
         CREATE FUNCTION app.felt(text) RETURNS app.mood LANGUAGE plpgsql IMMUTABLE AS \
         $$BEGIN PERFORM app.rise(); RETURN (enum_range(null::app.mood))[1]; END$$; \
         CREATE CAST (text AS app.mood) WITH FUNCTION app.felt(text) AS ASSIGNMENT; \
         ALTER TABLE app.orders ADD mood app.mood",
    ),
    (
        "a domain that only an expression knows",
        "CREATE FUNCTION app.hold(uuid) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS \
         $$BEGIN RETURN app.rise(); END$$; \
         CREATE DOMAIN app.held AS uuid CHECK (app.hold(VALUE)); \
         ALTER TABLE app.orders ADD CHECK ((contact::app.held) IS NOT NULL) NOT VALID",
    ),
];

#[test]
fn a_merge_runs_no_code_of_another_role() {
    for (way, hangs) in WAYS {
        let mut scene = Scene::new();
        scene.by_eve(&format!(
            "CREATE TABLE app.orders (id int, contact uuid REFERENCES public.contacts ON DELETE CASCADE, \
                 job uuid REFERENCES public.scheduled_jobs ON DELETE CASCADE); \
             INSERT INTO app.orders VALUES (1, '{B}', NULL); {hangs}"
        ));
        let merge = format!("contacts merge {A} {B} --yes");
        let dry = scene.run(&format!("contacts merge {A} {B} --dry-run")).expect_code(4);
        assert!(dry.stderr.contains("--trust-functions"), "{way}: {dry}");
        let ran = scene.run(&merge).expect_code(4);
        assert!(
            ran.stderr.contains(&format!(" of app.orders, a table of {}", scene.eve)),
            "{way}: {ran}"
        );
        scene.assert_powerless(way);
        // One that can't be merged stops no other cluster, and is named.
        let ran = scene.run("contacts dedupe --yes").expect_code(0);
        assert!(ran.stdout.contains("Left alone"), "{way}: {ran}");
        scene.assert_powerless(way);
        scene.run(&format!("contacts data {B} --out data")).expect_code(0);
        scene.assert_powerless(way);
        let contacts = "(SELECT count(*) FROM contacts)";
        assert_eq!(scene.database.value(contacts), "2", "{way}");
        // Who has looked at it may let it run; a rule stands in the way of its own, and not every server
        // is built with XML.
        if way != "a rule" && !hangs.contains("_to_xml") {
            scene.run(&format!("{merge} --trust-functions")).expect_code(0);
            assert_eq!(scene.database.value(contacts), "1", "{way}");
        }
    }
}

#[test]
fn taking_back_runs_no_code_of_another_role() {
    let mut scene = Scene::new();
    scene.by_eve(&format!(
        "CREATE TABLE app.orders (id int PRIMARY KEY, contact uuid REFERENCES public.contacts); \
         INSERT INTO app.orders VALUES (1, '{B}')"
    ));
    scene.run(&format!("contacts merge {A} {B} --yes")).expect_code(0);
    let run = scene.database.value("(SELECT id FROM contact_merges)");
    scene.by_eve(TRIGGER);
    for line in
        [format!("contacts unmerge {run} --yes"), format!("contacts unmerge {run} --dry-run")]
    {
        let ran = scene.run(&line).expect_code(4);
        assert!(ran.stderr.contains("(app.fire())"), "{ran}");
        scene.assert_powerless(&line);
    }
    scene.run(&format!("contacts unmerge {run} --yes --trust-functions")).expect_code(0);
}

#[test]
fn rows_come_back_without_code_of_another_role() {
    let mut scene = Scene::new();
    let job = "0192aaaa-0000-7000-8000-0000000000aa";
    scene.database.execute(&format!(
        "INSERT INTO scheduled_jobs (id, type, payload, status, scheduled_at, finished_at, created_at) \
         VALUES ('{job}', 'x', '{{}}', 'COMPLETED', now() - interval '90 days', \
             now() - interval '90 days', now() - interval '90 days')"
    ));
    scene.by_eve(&format!(
        "CREATE TABLE app.orders (id int PRIMARY KEY, contact uuid, \
             job uuid REFERENCES public.scheduled_jobs ON DELETE CASCADE); \
         INSERT INTO app.orders VALUES (1, NULL, '{job}')"
    ));
    let folder = Folder::new();
    let cleanup = format!(
        "jobs cleanup --older-than 30d --status completed --archive {} --yes",
        folder.file("")
    );
    scene.run(&cleanup).expect_code(0);
    assert_eq!(scene.database.value("(SELECT count(*) FROM app.orders)"), "0");
    let names = folder.names();
    let manifest = names.iter().find(|name| name.ends_with(".manifest.json")).expect("a manifest");
    let manifest = folder.file(manifest);
    scene.by_eve(TRIGGER);
    for more in ["--dry-run", "--yes"] {
        let ran = scene.run(&format!("retention restore {manifest} {more}")).expect_code(4);
        assert!(ran.stderr.contains("(app.fire())"), "{ran}");
        scene.assert_powerless(more);
    }
    scene.run(&format!("retention restore {manifest} --yes --trust-functions")).expect_code(0);
    assert_eq!(scene.database.value("(SELECT count(*) FROM app.orders)"), "1");
}

#[test]
fn rows_of_a_backup_come_back_without_code_of_another_role() {
    let mut scene = Scene::new();
    scene.by_eve(&format!(
        "CREATE TABLE app.orders (id int PRIMARY KEY, contact uuid REFERENCES public.contacts ON DELETE CASCADE); \
         INSERT INTO app.orders VALUES (1, '{B}')"
    ));
    let folder = Folder::new();
    let file = folder.back_up(&scene.database, "inbox.dump");
    scene.database.execute(&format!("DELETE FROM contacts WHERE id = '{B}'"));
    scene.by_eve(TRIGGER);
    let restore = format!("db restore {file} --only contacts:{B}");
    for more in ["--dry-run", "--yes"] {
        let ran = scene.run(&format!("{restore} {more}")).expect_code(4);
        assert!(ran.stderr.contains("(app.fire())"), "{ran}");
        scene.assert_powerless(more);
    }
    scene.run(&format!("{restore} --yes --trust-functions")).expect_code(0);
    assert_eq!(scene.database.value("(SELECT count(*) FROM app.orders)"), "1");
}

/// A row that would run a cast of another role's as it goes into an archive stays.
#[test]
fn what_goes_into_an_archive_runs_no_code_of_another_role() {
    let mut scene = Scene::new();
    let job = "0192aaaa-0000-7000-8000-0000000000aa";
    scene.database.execute(&format!(
        "INSERT INTO scheduled_jobs (id, type, payload, status, scheduled_at, finished_at, created_at) \
         VALUES ('{job}', 'x', '{{}}', 'COMPLETED', now() - interval '90 days', \
             now() - interval '90 days', now() - interval '90 days')"
    ));
    scene.by_eve(&format!(
        "CREATE TABLE app.orders (id int PRIMARY KEY, contact uuid, \
             job uuid REFERENCES public.scheduled_jobs ON DELETE CASCADE); \
         INSERT INTO app.orders VALUES (1, NULL, '{job}')"
    ));
    let folder = Folder::new();
    let cleanup = format!(
        "jobs cleanup --older-than 30d --status completed --archive {} --yes",
        folder.file("")
    );
    for hangs in [WAYS[6].1, &TRIGGER.replace("BEFORE", "AFTER")] {
        scene.by_eve(hangs);
        let ran = scene.run(&cleanup).expect_code(0);
        scene.assert_powerless("cleanup");
        assert!(ran.stdout.contains("app.orders"), "{ran}");
        assert_eq!(scene.database.value("(SELECT count(*) FROM app.orders)"), "1");
    }
    // On the very table it stops the run, until somebody has looked.
    scene.database.execute(&format!("GRANT TRIGGER ON scheduled_jobs TO {}", scene.eve));
    scene.by_eve(
        "DROP TABLE app.orders; CREATE TRIGGER t AFTER DELETE ON public.scheduled_jobs \
         FOR EACH ROW EXECUTE FUNCTION app.fire()",
    );
    let ran = scene.run(&cleanup.replace("--yes", "--dry-run")).expect_code(0);
    assert!(ran.stderr.contains("a run would be refused"), "{ran}");
    let ran = scene.run(&cleanup).expect_code(4);
    assert!(ran.stderr.contains("(app.fire()"), "{ran}");
    scene.assert_powerless("cleanup");
    scene.run(&format!("{cleanup} --trust-functions")).expect_code(0);
    assert_eq!(scene.database.value("(SELECT count(*) FROM scheduled_jobs)"), "0");
}

#[test]
fn erasing_and_importing_run_no_code_of_another_role() {
    let mut scene = Scene::new();
    scene.by_eve(&format!(
        "CREATE TABLE app.orders (id int, contact uuid REFERENCES public.contacts ON DELETE CASCADE); \
         INSERT INTO app.orders VALUES (1, '{B}'); {}",
        TRIGGER.replace("BEFORE", "AFTER")
    ));
    for more in ["--dry-run", "--yes"] {
        let ran = scene.run(&format!("contacts erase {B} {more}")).expect_code(4);
        assert!(ran.stderr.contains("the contact was not erased"), "{ran}");
        assert!(ran.stderr.contains("(app.fire())"), "{ran}");
        scene.assert_powerless(more);
    }
    // She keeps nobody whom her rows don't name.
    scene.run(&format!("contacts erase {A} --yes")).expect_code(0);
    scene.assert_powerless("another contact");
    scene.database.execute(&format!("GRANT TRIGGER ON contacts TO {}", scene.eve));
    scene.by_eve(
        "CREATE TRIGGER t BEFORE INSERT ON public.contacts FOR EACH ROW EXECUTE FUNCTION app.fire()",
    );
    let folder = Folder::new();
    let file = folder.file("people.csv");
    std::fs::write(&file, "name,email\nOlga Prueba,olga@prueba.example\n").unwrap();
    let ran = scene.run(&format!("contacts import {file} --yes")).expect_code(4);
    assert!(ran.stderr.contains("(app.fire()"), "{ran}");
    scene.assert_powerless("import");
    // Who lets it run has let it run.
    scene.run(&format!("contacts erase {B} --yes --trust-functions")).expect_code(0);
    assert_eq!(scene.database.value("(SELECT count(*) FROM app.orders)"), "0");
}

/// A trigger that isn't there yet when all is judged, and is when the rows change.
#[test]
fn code_that_comes_meanwhile_does_not_run() {
    let mut scene = Scene::new();
    scene.by_eve(&format!(
        "CREATE TABLE app.orders (id int, contact uuid REFERENCES public.contacts ON DELETE CASCADE); \
         INSERT INTO app.orders VALUES (1, '{B}')"
    ));
    scene.by_eve(&format!("BEGIN; {TRIGGER}"));
    let merge = ["contacts", "merge", A, B, "--yes"];
    let merge = Binary::on(&scene.database).start(merge);
    while !scene.database.somebody_waits() {
        std::thread::yield_now();
    }
    scene.by_eve("COMMIT");
    let ran = merge.wait().expect_code(4);
    assert!(ran.stderr.contains("meanwhile"), "{ran}");
    scene.assert_powerless("a merge");
    assert_eq!(scene.database.value("(SELECT count(*) FROM contacts)"), "2");
}

/// What every application has: keys that the server makes up, and triggers that no merge fires.
#[test]
fn what_the_server_itself_brings_is_nobodys_code() {
    let mut scene = Scene::new();
    scene.by_eve(&format!(
        "CREATE TABLE app.orders (id uuid DEFAULT gen_random_uuid(), \
             contact uuid REFERENCES public.contacts ON DELETE CASCADE, \
             luck float DEFAULT random(), made timestamptz DEFAULT now(), \
             told jsonb DEFAULT jsonb_build_object('by', current_user), \
             place text DEFAULT current_setting('TimeZone') CHECK (length(place || 1) > 1)); \
         INSERT INTO app.orders (contact) VALUES ('{B}'); {}",
        TRIGGER.replace("INSERT OR UPDATE OR DELETE", "INSERT")
    ));
    scene.run(&format!("contacts merge {A} {B} --yes")).expect_code(0);
    assert_eq!(
        scene.database.value(&format!("(SELECT count(*) FROM app.orders WHERE contact = '{A}')")),
        "1"
    );
}

/// An operator in the schema of the inbox that fits an enum better than the server's own.
#[test]
fn what_drift_prints_calls_no_operator_of_another_role() {
    let mut scene = Scene::new();
    let eve = scene.eve.clone();
    scene.database.execute(&format!("GRANT CREATE ON SCHEMA public TO {eve}"));
    scene.by_eve(
        "CREATE FUNCTION public.equal(maintenance_outcome, maintenance_outcome) RETURNS boolean \
         LANGUAGE plpgsql IMMUTABLE AS $$BEGIN PERFORM app.rise(); RETURN pg_catalog.enum_eq($1, $2); END$$; \
         CREATE OPERATOR public.= (leftarg = maintenance_outcome, rightarg = maintenance_outcome, \
             function = public.equal)",
    );
    // That it is there changes nothing of ours.
    scene.run("db drift").expect_code(0);
    scene.database.execute("DROP INDEX maintenance_runs_running_idx");
    let script = scene.run("db drift --sql").expect_code(3).stdout;
    assert!(script.contains("outcome OPERATOR(pg_catalog.=) 'RUNNING'"), "{script}");
    scene.database.execute(&format!("BEGIN; {script} COMMIT"));
    scene.database.execute(
        "INSERT INTO maintenance_runs (command, table_name, actor, cutoff, eligible, held) \
         VALUES ('x', 'audit_logs', 'x', now(), 0, 0)",
    );
    scene.assert_powerless("the SQL of db drift");
    scene.run("db drift").expect_code(0);
    // One that was made without care is ours no more.
    scene.database.execute(
        "DROP INDEX maintenance_runs_running_idx; \
         CREATE INDEX maintenance_runs_running_idx ON maintenance_runs (id) WHERE outcome = 'RUNNING'",
    );
    let ran = scene.run("db drift --format json").expect_code(3);
    assert!(ran.stdout.contains(&format!("of {eve}")), "{ran}");
}
