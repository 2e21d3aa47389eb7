//! `db adopt`: an application's own database is read, mapped and copied into an inbox, and the
//! source is only read.

use std::fs;

use crate::support::{Binary, Database, Ran};

pub(crate) const APPLICATION: &str = include_str!("db_adopt/application.sql");

/// The application's database with its rows.
pub(crate) fn application() -> Database {
    let database = Database::empty();
    database.execute(APPLICATION);
    database
}

/// What a person answers to everything that is asked about it.
const ANSWERS: [(&str, &str); 6] = [
    ("\"U1@x.example\"", "u5@x.example"),
    ("VOICE", "add"),
    ("DRAFT", "QUEUED"),
    ("\"notes.user_id\"", "u1@x.example"),
    ("\"view waiting\"", "drop"),
    ("\"trigger contacts.contacts_touch\"", "move"),
];

/// The folder with the map in it, everything of it decided.
pub(crate) fn decided(database: &Database) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.toml");
    let out = path.to_str().unwrap();
    Binary::on(database).run(["db", "adopt", "--plan", "--out", out]).expect_code(3);
    let map = fs::read_to_string(&path).unwrap();
    let answered = map.lines().map(|line| {
        let key = line.strip_suffix(" = \"?\"").unwrap_or_default();
        match ANSWERS.iter().find(|(asked, _)| *asked == key) {
            Some((key, answer)) => format!("{key} = \"{answer}\"\n"),
            None => format!("{line}\n"),
        }
    });
    fs::write(&path, answered.collect::<String>()).unwrap();
    folder
}

fn adopt(database: &Database, map: &tempfile::TempDir, flags: &[&str]) -> Ran {
    let map = map.path().join("map.toml");
    let args = [&["db", "adopt", "--map", map.to_str().unwrap()], flags].concat();
    Binary::on(database).run(args)
}

/// A database that a command made; dropped with the test.
pub(crate) fn made(name: &str) -> Database {
    Database { name: name.to_owned() }
}

/// Everything that the source holds, as one checksum.
fn checksum(database: &Database) -> String {
    database.value(
        "(SELECT md5(string_agg(table_to_xml(c.oid::regclass, true, false, '')::text, '' ORDER BY c.oid)) \
          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
          WHERE c.relkind IN ('r', 'p') AND n.nspname IN ('public', 'billing'))",
    )
}

/// A text with every row: of the source by its ids, of the inbox by the ids that those had.
fn same(source: &Database, inbox: &Database, theirs: &str, ours: &str) {
    let all = |query: &str| {
        format!(
            "(SELECT string_agg(line, E'\\n' ORDER BY line) FROM ({query}) AS all_of_it (line))"
        )
    };
    let (before, after) = (source.value(&all(theirs)), inbox.value(&all(ours)));
    assert!(!before.is_empty(), "{theirs}");
    assert_eq!(before, after, "{theirs}");
}

/// An expression for the id that a row of ours had.
fn old(resource: &str, id: &str) -> String {
    format!("(SELECT a.old_id FROM adopted_ids a WHERE a.id = {id} AND a.resource = '{resource}')")
}

#[test]
fn the_plan_asks_what_only_a_person_knows_and_changes_nothing() {
    let database = application();
    let before = checksum(&database);
    let plan = Binary::on(&database).run(["db", "adopt", "--plan"]).expect_code(3);
    for line in [
        "[emails] \"U1@x.example\" = \"?\"",
        "[labels.channel] VOICE = \"?\"",
        "[labels.message_status] DRAFT = \"?\"",
        "[missing] \"notes.user_id\" = \"?\"",
        "[objects] \"view waiting\" = \"?\"",
        "[objects] \"trigger contacts.contacts_touch\" = \"?\"",
    ] {
        assert!(plan.stdout.contains(line), "{line}: {plan}");
    }
    assert!(plan.stdout.contains("integrations.application_credentials"), "{plan}");
    assert!(plan.stdout.contains("assignments"), "{plan}");
    assert!(!plan.stdout.contains("s3cret"), "{plan}");
    let json = Binary::on(&database)
        .run(["db", "adopt", "--dry-run", "--format", "json"])
        .expect_code(3)
        .json();
    let messages =
        json["tables"].as_array().unwrap().iter().find(|one| one["ours"] == "messages").unwrap();
    assert_eq!(messages["rows"], 240);
    assert_eq!(json["undecided"].as_array().unwrap().len(), 6, "{json:#}");
    assert!(json["not_ours"].to_string().contains("Invoice"), "{json:#}");

    let map = decided(&database);
    adopt(&database, &map, &["--plan"]).expect_code(0);
    assert_eq!(checksum(&database), before);
    // What is undecided is refused, with the way out.
    let name = format!("{}_copy", database.name);
    let ran = Binary::on(&database).run(["db", "adopt", "--into", &name]).expect_code(4);
    assert!(ran.stderr.contains("not everything is decided"), "{ran}");
    assert!(ran.stderr.contains("--plan --out"), "{ran}");
}

#[test]
fn a_map_that_cannot_be_is_refused_with_its_line() {
    let database = application();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.toml");
    for (text, expected) in [
        ("[tables]\ncontacts = \"nobody\"", "there is no table nobody"),
        ("[tabels]", "line 1"),
        ("[columns.messages]\ncontent = \"nothing\"", "messages has no column nothing"),
        ("[columns.messages]\nsent_at = \"body\"", "can't become it"),
        ("[columns.messages]\nbody = \"body\"", "is no column of an inbox"),
        ("[labels.channel]\nVOICE = \"PIGEON\"", "PIGEON is no channel of an inbox"),
        ("[emails]\n\"a@b\" = \"c@d\"", "nothing of that name"),
    ] {
        fs::write(&path, text).unwrap();
        let args = ["db", "adopt", "--plan", "--map", path.to_str().unwrap()];
        let ran = Binary::on(&database).run(args).expect_code(2);
        assert!(ran.stderr.contains(expected), "{text}: {ran}");
    }
}

#[test]
fn the_rehearsal_holds_every_row_value_and_reference() {
    let database = application();
    let before = checksum(&database);
    let map = decided(&database);
    let name = format!("{}_copy", database.name);
    let inbox = made(&name);
    let ran = adopt(&database, &map, &["--into", &name, "--format", "json"]).expect_code(0);
    assert_eq!(checksum(&database), before);
    let done = ran.json();
    for table in done["tables"].as_array().unwrap() {
        // Several rows a user: the newest.
        let left_out = if table["table"] == "presence" { 3 } else { 0 };
        assert_eq!(table["left_out"], left_out, "{done:#}");
        let rows = table["rows"].as_i64().unwrap();
        assert_eq!(table["adopted"], rows - left_out, "{done:#}");
    }
    for command in [&["db", "status", "--check"][..], &["db", "drift"], &["db", "verify"]] {
        Binary::on(&inbox).run(command).expect_code(0);
    }
    values(&database, &inbox);
    own(&database, &inbox);
    let shown = Binary::on(&inbox)
        .run([
            "contacts",
            "show",
            &database.value("(SELECT id FROM contacts WHERE name = 'Contact 7')"),
        ])
        .expect_code(0);
    assert!(shown.stdout.contains("Contact 7"), "{shown}");
    let plan = Binary::on(&inbox).run(["db", "adopt", "--plan"]).expect_code(0);
    assert!(plan.stdout.contains("Already adopted"), "{plan}");
    let nothing = Binary::on(&inbox).run(["db", "adopt", "--into", "elsewhere"]).expect_code(4);
    assert!(nothing.stderr.contains("already adopted, since 2"), "{nothing}");
    assert!(nothing.stderr.contains("nothing was copied into elsewhere"), "{nothing}");
    let again = adopt(&database, &map, &["--into", &name]).expect_code(4);
    assert!(again.stderr.contains("is not empty"), "{again}");
}

fn values(database: &Database, inbox: &Database) {
    let time = "'YYYY-MM-DD HH24:MI:SS.MS'";
    same(
        database,
        inbox,
        &format!(
            "SELECT concat_ws('|', id, lower(replace(email, 'U1@', 'u5@')), coalesce(name, split_part(email, '@', 1)), role, \
             \"avatarUrl\", to_char(\"createdAt\", {time}), to_char(\"updatedAt\", {time})) FROM users"
        ),
        &format!(
            "SELECT concat_ws('|', {}, email, name, role, \"avatarUrl\", to_char(created_at AT TIME ZONE 'UTC', {time}), \
             to_char(updated_at AT TIME ZONE 'UTC', {time})) FROM users",
            old("users", "users.id")
        ),
    );
    same(
        database,
        inbox,
        &format!(
            "SELECT concat_ws('|', id, name, phone, email, coalesce(nullif(\"socialHandles\", 'null'), '{{}}'), \
             coalesce(metadata, '{{}}'), \"ownerId\", company, to_char(\"createdAt\", {time})) FROM contacts"
        ),
        &format!(
            "SELECT concat_ws('|', {}, name, phone, email, social_handles, metadata, {}, company, \
             to_char(created_at AT TIME ZONE 'UTC', {time})) FROM contacts",
            old("contacts", "contacts.id"),
            old("users", "contacts.\"ownerId\"")
        ),
    );
    same(
        database,
        inbox,
        &format!(
            "SELECT concat_ws('|', id, \"contactId\", coalesce(\"senderId\", '-'), channel, direction, body, \
             CASE WHEN direction = 'INBOUND' AND status IN ('PENDING', 'SENT', 'DELIVERED', 'DRAFT') THEN 'RECEIVED' \
                  WHEN status IN ('PENDING', 'DRAFT') THEN 'QUEUED' ELSE status::text END, \
             \"externalId\", \"threadId\", CASE WHEN metadata ? 'replyTo' THEN metadata ->> 'replyTo' ELSE coalesce(metadata, '{{}}')::text END, \
             to_char(\"sentAt\", {time}), to_char(\"createdAt\", {time})) FROM messages"
        ),
        &format!(
            "SELECT concat_ws('|', {}, {}, coalesce({}, '-'), channel, direction, content, status, external_id, \
             coalesce((SELECT old_id FROM adopted_ids a WHERE a.id::text = thread_id), thread_id), \
             coalesce((SELECT old_id FROM adopted_ids a WHERE a.id::text = metadata ->> 'replyTo'), metadata::text), \
             to_char(sent_at AT TIME ZONE 'UTC', {time}), to_char(created_at AT TIME ZONE 'UTC', {time})) FROM messages",
            old("messages", "messages.id"),
            old("contacts", "contact_id"),
            old("users", "user_id")
        ),
    );
    same(
        database,
        inbox,
        "SELECT concat_ws('|', id, \"contactId\", \"authorId\", content, CASE WHEN \"isPrivate\" THEN 'PRIVATE' ELSE 'PUBLIC' END) \
         FROM notes WHERE \"authorId\" IS NOT NULL",
        &format!(
            "SELECT concat_ws('|', {}, {}, {}, content, type) FROM notes \
             WHERE content NOT IN ('note 1', 'note 2', 'note 3')",
            old("notes", "notes.id"),
            old("contacts", "contact_id"),
            old("users", "user_id")
        ),
    );
    same(
        database,
        inbox,
        "SELECT concat_ws('|', id, type, CASE status WHEN 'PROCESSING' THEN 'RUNNING' ELSE status::text END, attempts, error, \
         CASE WHEN payload ? 'messageId' THEN payload ->> 'messageId' ELSE payload::text END) FROM scheduled_jobs",
        &format!(
            "SELECT concat_ws('|', {}, type, status, attempts, last_error, \
             coalesce((SELECT old_id FROM adopted_ids a WHERE a.id::text = payload ->> 'messageId'), payload::text)) FROM scheduled_jobs",
            old("scheduled_jobs", "scheduled_jobs.id")
        ),
    );
    same(
        database,
        inbox,
        "SELECT concat_ws('|', id, \"userId\", action, resource, \"resourceId\", \"ipAddress\") FROM audit_logs",
        &format!(
            "SELECT concat_ws('|', {}, {}, action, resource, (SELECT old_id FROM adopted_ids a WHERE a.id::text = resource_id), \
             details ->> 'ipAddress') FROM audit_logs WHERE action = 'UPDATE'",
            old("audit_logs", "audit_logs.id"),
            old("users", "user_id")
        ),
    );
    same(
        database,
        inbox,
        "SELECT concat_ws('|', channel, credentials, CASE WHEN \"isActive\" THEN 'ACTIVE' ELSE 'INACTIVE' END) FROM integrations",
        "SELECT concat_ws('|', channel, application_credentials, status) FROM integrations WHERE credentials IS NULL",
    );
    assert_eq!(
        inbox.value("(SELECT string_agg(variables::text, ' ' ORDER BY name) FROM templates)"),
        "{name,city} {name} {name} {}"
    );
    assert_eq!(
        inbox.value("(SELECT count(*) FROM audit_logs_default)"),
        "0",
        "every entry lies in the partition of its month"
    );
}

/// What is the application's own.
fn own(database: &Database, inbox: &Database) {
    same(
        database,
        inbox,
        "SELECT concat_ws('|', id, \"contactId\", \"createdBy\", \"messageId\", amount, channel) FROM \"Invoice\"",
        &format!(
            "SELECT concat_ws('|', id, {}, {}, (SELECT old_id FROM adopted_ids a WHERE a.id::text = \"messageId\"), amount, channel) FROM \"Invoice\"",
            old("contacts", "\"contactId\""),
            old("users", "\"createdBy\"")
        ),
    );
    same(
        database,
        inbox,
        "SELECT concat_ws('|', id, contact) FROM billing.refunds",
        &format!("SELECT concat_ws('|', id, {}) FROM billing.refunds", old("contacts", "contact")),
    );
    same(
        database,
        inbox,
        "SELECT amount::text FROM owed_much",
        "SELECT amount::text FROM owed_much",
    );
    let keys = "(SELECT string_agg(pg_get_constraintdef(oid), '; ' ORDER BY conname) FROM pg_constraint \
                WHERE contype = 'f' AND conrelid IN ('\"Invoice\"'::regclass, 'billing.refunds'::regclass))";
    assert_eq!(inbox.value(keys), database.value(keys));
    assert_eq!(inbox.value("obj_description('\"Invoice\"'::regclass)"), "what is owed");
    // A moved trigger fires, a sequence goes on, and nothing is left of the work.
    inbox.execute("UPDATE contacts SET company = 'ACME' WHERE name = 'Contact 1'");
    assert_eq!(inbox.value("(SELECT company FROM contacts WHERE name = 'Contact 1')"), "acme");
    assert_eq!(inbox.value("nextval('\"Invoice_id_seq\"')"), "41");
    assert_eq!(inbox.value("to_regnamespace('inboxctl_adopt')"), "");
    assert_eq!(inbox.value("to_regclass('contacts_company_idx')"), "contacts_company_idx");
    let error = inbox
        .try_execute("INSERT INTO messages (contact_id, channel, direction, content, external_id) SELECT id, 'SMS', 'OUTBOUND', 'x', 'SM2' FROM contacts LIMIT 1")
        .unwrap_err();
    assert!(error.to_string().contains("duplicate key"), "their unique key stays: {error}");
}

#[test]
fn into_a_database_that_is_there_and_empty() {
    let (database, target) = (application(), Database::empty());
    let map = decided(&database);
    adopt(&database, &map, &["--into", &database.name]).expect_code(4);
    adopt(&database, &map, &["--into", &target.name]).expect_code(0);
    Binary::on(&target).run(["db", "drift"]).expect_code(0);
    assert_eq!(target.value("(SELECT count(*) FROM messages)"), "240");
}

#[test]
fn the_function_of_ids_is_the_same_in_sql_and_here() {
    let database = Database::migrated();
    for old in [
        "",
        "1",
        "cjld2cjxh0000qzrmn831i7rn",
        "czzzzzzzzzzzzzzzzzzzzzzzz",
        "cJld2cjxh0000qzrmn831i7rn",
        "tz4a98xxat96iws9zmbrgj3a",
        "018F2E00-0000-4000-8000-00000000ABCD",
        "018f2e000000400080000000000abcd0",
        "ä'\\ 😀",
        "01ARZ3NDEKTSV4RRFFQ69G5FAV",
    ] {
        let quoted = old.replace('\'', "''");
        let made = database.value(&format!("adopted_id('{quoted}')"));
        assert_eq!(made, inboxctl::domain::adopt::ids::adopted(old).to_string(), "{old}");
    }
    assert_eq!(database.value("adopted_id(NULL)"), "");
}

#[test]
fn what_cannot_be_adopted_says_why() {
    let empty = Database::empty();
    let ran = Binary::on(&empty).run(["db", "adopt", "--plan"]).expect_code(4);
    assert!(ran.stderr.contains("no table of contacts"), "{ran}");
    let shop = Database::empty();
    shop.execute("CREATE TABLE orders (id int); CREATE TABLE products (id int)");
    let ran = Binary::on(&shop).run(["db", "adopt", "--plan"]).expect_code(4);
    assert!(ran.stderr.contains("orders") && ran.stderr.contains("[tables] contacts"), "{ran}");
    let ours = Database::migrated();
    let ran = Binary::on(&ours).run(["db", "adopt", "--plan"]).expect_code(0);
    assert!(ran.stdout.contains("nothing to adopt"), "{ran}");
    let tenants = application();
    tenants.execute("ALTER TABLE contacts ADD COLUMN \"organizationId\" text; UPDATE contacts SET \"organizationId\" = left(id, 2)");
    let ran = Binary::on(&tenants).run(["db", "adopt", "--plan"]).expect_code(4);
    assert!(ran.stderr.contains("several tenants"), "{ran}");
    let taken = application();
    taken.execute("CREATE TABLE contact_merges (id int)");
    let ran = Binary::on(&taken).run(["db", "adopt", "--plan"]).expect_code(4);
    assert!(ran.stderr.contains("table contact_merges"), "{ran}");
}
