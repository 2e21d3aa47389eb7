//! Functions that run as the owner of the inbox: who may call them, what they let through, and how
//! an administrator who owns nothing prunes by them.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use inboxctl::store::migrations::MIGRATIONS;
use inboxctl::store::retention::AUDIT_MARKS;

use crate::access_roles::Members;
use crate::db_migrate::with_user;
use crate::support::backups::Folder;
use crate::support::{Binary, Database, Ran};

const OLD: &str = "2019-03-01 00:00:00+00";

/// Each function of ours that runs as its owner, with a call that would do something.
const DEFINERS: [(&str, &str); 7] = [
    (
        "acknowledge_late_entries(date,integer,text,text)",
        "SELECT acknowledge_late_entries('2017-02-03', 1, 'x', 'x')",
    ),
    ("close_audit_day(text)", "SELECT close_audit_day('x')"),
    (
        "delete_audit_entries(uuid[],timestamp with time zone[],text[],timestamp with time zone,text[],text[],jsonb,text)",
        "SELECT delete_audit_entries(array_agg(id), array_agg(created_at), array_agg(xmin::text), \
             '2019-03-01 00:00:00+00', '{}', '{}', '{}', 'x') \
         FROM audit_logs WHERE created_at BETWEEN '2019-01-08Z' AND '2019-01-09Z'",
    ),
    (
        "drop_audit_partition(regclass,timestamp with time zone,jsonb,text)",
        "SELECT drop_audit_partition('audit_logs_2019_01', '2019-03-01 00:00:00+00')",
    ),
    ("end_audit_prune(text)", "SELECT end_audit_prune('x')"),
    ("flag_late_entries(text)", "SELECT flag_late_entries('x')"),
    ("lock_audit_partition(regclass)", "SELECT lock_audit_partition('audit_logs_2019_02')"),
];

/// What the calls change.
fn state(database: &Database) -> String {
    let links = database.value("(SELECT count(*) FROM audit_days)");
    let entries = database.value("(SELECT count(*) FROM audit_logs)");
    format!("{} {links} {entries}", months(database))
}

fn members() -> Members {
    let members = Members::new();
    members.database.add_months("'2019-01-01'::timestamp", 6);
    members.database.execute(
        "INSERT INTO audit_logs (actor, action, resource, resource_id, created_at) \
         SELECT 'x', 'message.send', 'messages', n::text, '2019-01-01Z'::timestamptz + n * interval '1 day' \
         FROM generate_series(0, 175) AS n; \
         INSERT INTO audit_logs (actor, action, resource, created_at) \
         SELECT 'x', 'import.run', 'contacts', '2018-05-05Z' FROM generate_series(1, 7); \
         CREATE TABLE audit_logs_2019_12 (LIKE audit_logs)",
    );
    // What was made since has its rights too.
    Binary::on(&members.database).run(["db", "access", "grant-roles", "--yes"]).expect_code(0);
    members
}

fn refusal(url: &str, sql: &str) -> String {
    let mut conn = PgConnection::establish(url).unwrap();
    conn.batch_execute(sql).expect_err(sql).to_string()
}

fn months(database: &Database) -> String {
    database.value(
        "(SELECT string_agg(inhrelid::regclass::text, ' ' ORDER BY inhrelid::regclass::text) FROM pg_inherits \
          WHERE inhparent = 'audit_logs'::regclass AND inhrelid::regclass::text ~ '_2019_')",
    )
}

/// What a function needs to have something to do.
fn make_work(database: &Database, name: &str) {
    match name.split('(').next() {
        Some("acknowledge_late_entries") => database.execute(
            "SELECT audit_day_link('2017-02-03', 'late', entries, digest, 0, '{}', 'x', '1:1:') \
             FROM audit_day_state('2017-02-03', NULL, NULL)",
        ),
        Some("end_audit_prune") => {
            database.execute("SELECT begin_audit_change((SELECT array_agg(day::timestamptz) FROM audit_days), '{}', 'x')");
        }
        Some("flag_late_entries") => database.execute(
            "INSERT INTO audit_logs (actor, action, resource, created_at) VALUES ('x', 'x', 'x', '2018-02-03Z')",
        ),
        _ => {}
    }
}

#[test]
fn each_is_the_administrators_alone() {
    let members = members();
    let database = &members.database;
    let listed = database.value(
        "(SELECT string_agg(oid::regprocedure::text, ';' ORDER BY oid::regprocedure::text) FROM pg_proc \
          WHERE prosecdef AND pronamespace = 'public'::regnamespace)",
    );
    assert_eq!(listed, DEFINERS.map(|(name, _)| name).join(";"));
    let nobody = format!("{}_nobody", database.name);
    database
        .execute(&format!("CREATE ROLE {nobody} LOGIN; GRANT USAGE ON SCHEMA public TO {nobody}; GRANT SELECT ON audit_logs TO {nobody}"));
    for (name, call) in DEFINERS {
        let acl = database.value(&format!(
            "(SELECT string_agg(CASE a.grantee WHEN 0 THEN 'PUBLIC' WHEN p.proowner THEN 'owner' \
                 ELSE a.grantee::regrole::text END || ' ' || a.privilege_type, ', ' ORDER BY a.grantee <> p.proowner) \
              FROM pg_proc p, aclexplode(p.proacl) a WHERE p.oid = '{name}'::regprocedure)"
        ));
        assert_eq!(acl, "owner EXECUTE, inbox_admin EXECUTE", "{name}");
        let is_pinned = database.value(&format!(
            "(SELECT array_to_string(proconfig, ' ') ~ '^search_path=public, pg_temp ' FROM pg_proc \
              WHERE oid = '{name}'::regprocedure)"
        ));
        assert_eq!(is_pinned, "true", "{name}");
        let before = state(database);
        let urls = ["inbox_viewer", "inbox_editor"].map(|group| members.url(group));
        for url in urls.iter().chain([&with_user(&database.url(), &nobody)]) {
            assert!(refusal(url, call).starts_with("permission denied for function"), "{call}");
        }
        // Opened to everybody it still asks who logged in.
        database.execute(&format!("GRANT EXECUTE ON FUNCTION {name} TO PUBLIC"));
        for url in urls.iter().chain([&with_user(&database.url(), &nobody)]) {
            assert!(refusal(url, call).contains("is no member of inbox_admin"), "{call}");
        }
        assert_eq!(state(database), before);
        make_work(database, name);
        let before = state(database);
        PgConnection::establish(&members.url("inbox_admin")).unwrap().batch_execute(call).unwrap();
        assert_eq!(state(database) == before, name.starts_with("lock_"), "{call}");
    }
    database.execute(&format!("DROP OWNED BY {nobody}; DROP ROLE {nobody}"));
}

#[test]
fn no_more_goes_than_a_month_that_is_old() {
    let members = members();
    let database = &members.database;
    database.execute(
        "CREATE SCHEMA other; GRANT USAGE ON SCHEMA other TO PUBLIC; CREATE TABLE other.audit_logs (id int, created_at timestamptz) PARTITION BY RANGE (created_at); \
         CREATE TABLE other.part PARTITION OF other.audit_logs FOR VALUES FROM ('2018-01-01') TO ('2018-02-01'); \
         CREATE TABLE \"odd \"\"; DROP TABLE contacts; --\" PARTITION OF audit_logs \
             FOR VALUES FROM ('2017-01-01 00:00+00') TO ('2017-02-01 00:00+00')",
    );
    let admin = members.url("inbox_admin");
    let drop = |part: &str, older_than: &str| {
        format!("SELECT drop_audit_partition($p${part}$p$, {older_than})")
    };
    let cases = [
        (
            "audit_logs_2019_03",
            "'2019-03-31 23:59:59+00'",
            "is no partition of audit_logs with nothing",
        ),
        ("audit_logs_2019_03", "now()", "entries of the last 7 days stay"),
        ("audit_logs_2019_03", "now() - interval '167 hours'", "entries of the last 7 days stay"),
        ("audit_logs_2019_03", "'infinity'", "entries of the last 7 days stay"),
        ("audit_logs_2019_03", "NULL", "entries of the last 7 days stay"),
        ("audit_logs_2019_12", "'2021-01-01'", "is no partition of audit_logs with nothing"),
        ("audit_logs_default", "'2021-01-01'", "is no partition of audit_logs with nothing"),
        ("audit_logs", "'2021-01-01'", "is no partition of audit_logs with nothing"),
        ("contacts", "'2021-01-01'", "is no partition of audit_logs with nothing"),
        ("other.part", "'2021-01-01'", "is no partition of audit_logs with nothing"),
    ];
    // Neither a month by another calendar nor another path changes what is meant.
    const TRICKS: &str = "SET DateStyle = 'SQL, DMY'; SET TimeZone = 'Pacific/Kiritimati'; \
        CREATE TEMP TABLE audit_logs (id int, created_at timestamptz) PARTITION BY RANGE (created_at); \
        CREATE TEMP TABLE retention_holds (kind text, value text, released_at timestamptz); \
        SET search_path = pg_temp, other, public; ";
    let before = months(database);
    for (part, older_than, expected) in cases {
        for tricks in ["", TRICKS] {
            let part = if part.contains('.') { part.to_owned() } else { format!("public.{part}") };
            let sql =
                format!("{tricks}{}", drop(&part, older_than).replace("drop_", "public.drop_"));
            let said = refusal(&admin, &sql);
            assert!(said.contains(expected), "{sql}: {said}");
        }
    }
    assert_eq!(months(database), before);
    // A hold, a trigger, a policy and a row that points at it keep a month.
    let held = |make: &str, unmake: &str, expected: &str| {
        database.execute(make);
        let said = refusal(&admin, &drop("audit_logs_2019_02", "'2019-03-01Z'"));
        assert!(said.contains(expected), "{make}: {said}");
        database.execute(unmake);
    };
    held(
        "INSERT INTO retention_holds (kind, value, reason, actor) VALUES ('resource', 'messages/40', 'x', 'x')",
        "DELETE FROM retention_holds",
        "under a hold",
    );
    held(
        "CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; \
         CREATE TRIGGER keep BEFORE DELETE ON audit_logs FOR EACH ROW EXECUTE FUNCTION keep()",
        "DROP FUNCTION keep() CASCADE",
        "keep looks at its rows",
    );
    held(
        "ALTER TABLE audit_logs ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE audit_logs DISABLE ROW LEVEL SECURITY",
        "row-level security",
    );
    held(
        "CREATE TABLE points (id uuid, at timestamptz, FOREIGN KEY (id, at) REFERENCES audit_logs ON DELETE CASCADE); \
         INSERT INTO points SELECT id, created_at FROM audit_logs_2019_02 LIMIT 1",
        "DROP TABLE points",
        "violates foreign key constraint",
    );
    assert_eq!(months(database), before);
    let mut conn = PgConnection::establish(&admin).unwrap();
    for part in ["audit_logs_2019_02", "\"odd \"\"; DROP TABLE contacts; --\""] {
        conn.batch_execute(&drop(part, "'2019-03-01Z'")).unwrap();
    }
    assert!(!months(database).contains("2019_02"));
    database.execute("SELECT FROM contacts");
    let traces = database.value(
        "(SELECT string_agg(actor || ' ' || resource_id, ', ' ORDER BY created_at) FROM audit_logs \
          WHERE action = 'partition.drop')",
    );
    let login = members.login("inbox_admin");
    assert_eq!(
        traces,
        format!("db:{login} audit_logs_2019_02, db:{login} odd \"; DROP TABLE contacts; --")
    );
}

/// The newest migration that makes the function decides.
#[test]
fn the_database_and_the_engine_mean_the_same_holds() {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let made = MIGRATIONS.iter().rev().find(|one| one.up.contains("FUNCTION drop_audit_partition"));
    assert!(words(made.unwrap().up).contains(&words(AUDIT_MARKS)));
}

fn prune(members: &Members, args: &[&str]) -> Ran {
    let prune =
        ["audit", "prune", "--before", OLD, "--max-rows", "999", "--actor", "admin@inbox.example"];
    members.binary("inbox_admin").run([&prune[..], args].concat())
}

#[test]
fn an_administrator_prunes_whole_months() {
    let members = members();
    let database = &members.database;
    let folder = Folder::new();
    let (archive, rest) = (
        folder.file("archive"),
        "audit_logs_2019_03 audit_logs_2019_04 \
        audit_logs_2019_05 audit_logs_2019_06",
    );
    std::fs::create_dir(&archive).unwrap();
    database.execute(
        "INSERT INTO retention_holds (kind, value, reason, actor) VALUES ('resource', 'messages/40', 'x', 'x')",
    );
    let planned = prune(&members, &["--dry-run", "--format", "json"]).expect_code(0).json();
    assert_eq!((&planned["eligible"], &planned["held"]), (&65.into(), &1.into()), "{planned:#}");
    let ran = prune(&members, &["--yes", "--format", "json", "--archive", &archive, "--vacuum"]);
    let done = ran.expect_code(0);
    let json = done.json();
    assert_eq!((&json["deleted"], &json["archived"]), (&65.into(), &65.into()), "{done}");
    // The month with the hold was emptied row by row.
    assert_eq!(months(database), format!("audit_logs_2019_02 {rest}"));
    assert_eq!(database.value("(SELECT count(*) FROM audit_logs_2019_02)"), "1");
    assert_eq!(
        database.value("(SELECT count(*) FROM audit_logs_default WHERE created_at < '2019-01-01')"),
        "0"
    );
    // It says what is left to the owner, and vacuums nothing that isn't its own.
    assert!(done.stderr.contains("left to autovacuum"), "{done}");
    database.execute("DELETE FROM retention_holds");
    let done = prune(&members, &["--yes", "--format", "json"]).expect_code(0);
    assert_eq!((&done.json()["deleted"], months(database).as_str()), (&1.into(), rest), "{done}");
    let traces = "(SELECT string_agg(DISTINCT action, ' ' ORDER BY action) FROM audit_logs \
                   WHERE created_at > '2020-01-01' AND action ~ '^(audit|partition.drop)')";
    assert_eq!(database.value(traces), "audit.prune partition.drop");
    members.binary("inbox_admin").run(["retention", "verify", &archive]).expect_code(0);
    // What was recorded of an entry nobody but the owner may write: who that is, is said.
    let archives = std::fs::read_dir(&archive).unwrap().map(|one| one.unwrap().path());
    let manifest = archives.filter_map(|path| path.to_str().map(str::to_owned));
    let manifest = manifest.into_iter().find(|name| name.ends_with(".manifest.json")).unwrap();
    let restore = ["retention", "restore", &manifest, "--yes"];
    let by_admin = [&restore[..], &["--actor", "admin@inbox.example"]].concat();
    let refused = members.binary("inbox_admin").run(by_admin).expect_code(4);
    let owner = database.value("session_user");
    assert!(refused.stderr.contains(&format!("have {owner} run this command")), "{refused}");
    Binary::on(database).run(restore).expect_code(0);
    let cleanup =
        ["jobs", "cleanup", "--older-than", "1d", "--yes", "--actor", "admin@inbox.example"];
    members.binary("inbox_admin").run(cleanup).expect_code(0);
}

#[test]
fn what_only_the_owner_can_do_is_said() {
    let members = members();
    members.database.execute(
        "INSERT INTO audit_logs (actor, action, resource, created_at) VALUES ('x', 'x', 'x', '2019-08-08Z')",
    );
    let done = prune(&members, &["--yes"]).expect_code(0);
    let hint = "run `inboxctl audit prune --older-than 36500d --yes`";
    assert!(done.stderr.contains("the DEFAULT one has "), "{done}");
    assert!(done.stderr.contains(hint), "{done}");
    let owner = ["audit", "prune", "--older-than", "36500d", "--yes"];
    Binary::on(&members.database).run(owner).expect_code(0);
    let done = prune(&members, &["--yes"]).expect_code(0);
    assert!(!done.stderr.contains("owner"), "{done}");
}

/// A dump without its privileges opens every function to everybody.
#[test]
fn what_a_restore_opens_is_seen_and_closed() {
    let members = members();
    let (database, folder) = (&members.database, Folder::new());
    let is_open = |database: &Database| {
        database.value(
            "EXISTS (SELECT FROM pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a \
             WHERE a.grantee = 0 AND p.prosecdef AND p.pronamespace = 'public'::regnamespace)",
        )
    };
    let file = folder.back_up(database, "inbox.dump");
    let restore =
        ["db", "restore", &file, "--no-owner", "--confirm-db", &database.name, "--format", "json"];
    let ran = Binary::on(database).run(restore).expect_code(0);
    let former = Database { name: ran.json()["former"].as_str().unwrap().to_owned() };
    assert!(ran.stderr.contains("was closed again to PUBLIC"), "{ran}");
    assert_eq!(is_open(database), "false");
    Binary::on(database).run(["db", "verify"]).expect_code(0);
    drop(former);

    // As pg_restore itself leaves it.
    database.execute(&format!("GRANT EXECUTE ON FUNCTION {} TO PUBLIC", DEFINERS[0].0));
    let found = Binary::on(database).run(["db", "verify"]).expect_code(3);
    assert!(found.stdout.contains("function open to others"), "{found}");
    assert!(found.stderr.contains("`inboxctl db access grant-roles`"), "{found}");
    Binary::on(database).run(["db", "access", "show"]).expect_code(3);
    Binary::on(database).run(["db", "access", "grant-roles", "--yes"]).expect_code(0);
    assert_eq!(is_open(database), "false");
    Binary::on(database).run(["db", "verify"]).expect_code(0);
}
