//! `db generate prisma --like`: an application's own schema.prisma, on the inbox that its database
//! became; judged by its calls, made by a real Prisma client.

use std::fs;

use crate::db_adopt::made;
use crate::db_generate_prisma::run_client;
use crate::support::{Binary, Database, Ran, npm};

const MODELS: &str = include_str!("db_generate_like/schema.prisma");
const ROWS: &str = include_str!("db_generate_like/rows.sql");

/// The application's database, and the inbox that it became.
fn adopted() -> (Database, Database) {
    let database = Database::empty();
    database.execute(ROWS);
    let inbox = made(&format!("{}_inbox", database.name));
    Binary::on(&database).run(["db", "adopt", "--into", &inbox.name]).expect_code(0);
    (database, inbox)
}

fn like(inbox: &Database, models: &str, flags: &[&str]) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("schema.prisma");
    fs::write(&path, models).unwrap();
    let args = ["db", "generate", "prisma", "--like", path.to_str().unwrap()];
    Binary::on(inbox).run([&args[..], flags].concat())
}

/// The lines of a block.
fn block<'a>(text: &'a str, start: &str) -> &'a str {
    let from = text.find(start).unwrap_or_else(|| panic!("{start} is not in {text}"));
    &text[from..from + text[from..].find("\n}").unwrap()]
}

/// Each of these lines is in the block, whatever blanks it has.
fn expect(ran: &Ran, start: &str, lines: &[&str]) {
    let words = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let found: Vec<_> = block(&ran.stdout, start).lines().map(words).collect();
    for line in lines {
        assert!(found.contains(&words(line)), "{start} {line}: {ran}");
    }
}

const UNKNOWN: &str = "\nunknown thing {\n  anything = { it: \"says }\" }\n}\n";

#[test]
fn models_fields_and_values_keep_their_names() {
    let (_, inbox) = adopted();
    let ran = like(&inbox, &format!("{MODELS}{UNKNOWN}"), &["--app-only"]).expect_code(0);
    let text = &ran.stdout;
    for kept in [
        "  provider        = \"prisma-client-js\"\n  previewFeatures = [\"views\"]\n",
        "/* It stays,\n   and so does all that nobody knows. */\nenum Role {\n",
        "/// Who answers.\nmodel User {\n",
        "\n  SMS // by Twilio\n",
        "  @@map(\"audit_logs\") // never deleted\n",
        UNKNOWN,
    ] {
        assert!(text.contains(kept), "{kept}: {ran}");
    }
    let has = |start: &str, lines: &[&str]| expect(&ran, start, lines);
    has(
        "enum MessageStatus",
        &["PENDING @map(\"QUEUED\")", "RECEIVED", "@@map(\"message_status\")"],
    );
    has("enum JobStatus", &["PROCESSING @map(\"RUNNING\")", "CANCELLED"]);
    has("enum Channel {", &["LINKEDIN", "@@map(\"channel\")"]);
    // A table of the application's own keeps its type.
    has("enum Channel2", &["SMS", "EMAIL", "@@map(\"Channel\")"]);
    has(
        "model Invoice",
        &[
            "channel Channel2 @default(EMAIL)",
            "contactId String @db.Uuid",
            "@@index([contactId(sort: Desc)])",
        ],
    );
    has("model Tag", &["id String @id @default(cuid())"]);
    has("model Integration", &["credentials Json? @map(\"application_credentials\")"]);
    has("model Template", &["variables String[] @default([])", "@@map(\"templates\")"]);
    has("model AuditLog", &["id String @id @default(dbgenerated(\"uuid_v7()\")) @db.Uuid"]);
    has(
        "model Contact {",
        &[
            "company String @default(\"none\") // \"\" is never written",
            "createdAt DateTime @default(now()) @map(\"created_at\") @db.Timestamptz(6)",
            "@@index([company], map: \"contacts_company_idx\")",
        ],
    );
    has(
        "model Message {",
        &[
            "externalId String? @unique @map(\"external_id\")",
            "@@index([threadId], type: Hash, map: \"messages_thread_id_idx\")",
            "author User? @relation(\"Author\", fields: [authorId], references: [id], onDelete: Restrict, \
             onUpdate: NoAction, map: \"messages_user_id_fkey\") // who wrote it",
        ],
    );
    for absent in ["maintenance", "Dropped", "ContactIdentity", "deactivatedAt"] {
        let models = text.split_once("generator").unwrap().1;
        assert!(!models.contains(absent), "{absent}: {ran}");
    }
    for note in [
        "MessageStatus.PENDING is QUEUED in the database",
        "MessageStatus.RECEIVED is added: an inbound message that was SENT or DELIVERED is RECEIVED",
        "a filter on inbound DELIVERED finds nothing",
        "Integration.isActive is left out: integrations.status says it",
        "AuditLog.ipAddress is left out: what was adopted of it is in the details",
        "Dropped is left out: there is no table Dropped here",
        "Contact: @@index([name, phone]) is left out",
        "Template.variables was Json?, and is String[]",
        "ids are uuids",
        "without --app-only it would have besides: adopted_ids, audit_days, audit_logs.actor,",
        "a Contact can't be deleted while it has any Message, Note, Assignment",
    ] {
        assert!(ran.stderr.contains(note), "{note}: {ran}");
    }
    assert!(!ran.stderr.contains("User.name"), "the database names users: {ran}");
    assert!(text.contains("externalTables: true"), "{ran}");
    assert!(text.contains("\"public.audit_logs\"") && text.contains("\"public.channel\""), "{ran}");
    // What was made is followed as it is.
    let again = like(&inbox, text, &["--app-only"]).expect_code(0);
    assert_eq!(&again.stdout, text);
    let json = like(&inbox, MODELS, &["--format", "json"]).expect_code(0).json();
    assert!(
        json["notes"].to_string().contains("added: ")
            && json["text"].to_string().contains("ContactIdentity"),
        "{json:#}"
    );
}

#[test]
fn a_client_makes_the_calls_that_the_application_makes() {
    let Some(packages) = npm::packages("prisma") else { return };
    let (database, inbox) = adopted();
    for flags in [&["--app-only"][..], &[]] {
        let copy = inbox.copy();
        let schema = like(&inbox, MODELS, flags).expect_code(0).stdout;
        let said = run_client(&packages, &copy, &schema, "calls.mjs")
            .unwrap_or_else(|why| panic!("{why}"));
        let count = |word: &str| said.iter().filter(|line| line.starts_with(word)).count();
        assert_eq!((count("ok "), count("refused ")), (34, 5), "{said:#?}");
        for (model, table) in [
            ("user", "users"),
            ("contact", "contacts"),
            ("message", "messages"),
            ("note", "notes"),
            ("integration", "integrations"),
            ("assignment", "assignments"),
            ("presence", "user_presence"),
            ("job", "scheduled_jobs"),
            ("template", "message_templates"),
            ("invoice", "\"Invoice\""),
            ("tag", "\"Tag\""),
            ("owed", "owed"),
        ] {
            let rows = database.value(&format!("(SELECT count(*) FROM {table})"));
            assert!(said.contains(&format!("{model} {rows}")), "{table} has {rows}: {said:#?}");
        }
    }
}

const PASCAL: &str = "
model Customer {
  id       String    @id @default(uuid())
  fullName String
  Messages Message[]
}
model Message {
  id         Int      @id @default(autoincrement())
  customerId Int
  body       String   @db.VarChar(500)
  isInbound  Boolean
  kind       String
  customer   Customer @relation(fields: [customerId], references: [id])
}
";

const SNAKE: &str = "
enum message_state {
  queued @map(\"pending\")
  gone   @map(\"archived\")
  sent
}
model messages {
  id         String        @id
  contact_id String
  text       String        @map(\"body\")
  state      message_state @default(gone) @map(\"status\")
  contacts   contacts      @relation(\"talk\", fields: [contact_id], references: [id], onDelete: Cascade)
}
model contacts {
  id       String     @id @default(nanoid())
  messages messages[] @relation(\"talk\")
}
";

/// Messages that hang on conversations, and keys that only the client knows.
const CONVERSATIONS: &str = "
model Conversation {
  id        String    @id @default(cuid())
  contactId String
  contact   Contact   @relation(fields: [contactId], references: [id], onDelete: Cascade)
  messages  Message[]
  @@index([contactId])
}
model Contact {
  id            String         @id @default(cuid())
  conversations Conversation[]
}
model User {
  id       String    @id @default(cuid())
  email    String    @unique
  messages Message[]
}
model Message {
  id             String       @id @default(cuid())
  conversationId String
  isInbound      Boolean
  body           String
  authorId       String?
  conversation   Conversation @relation(fields: [conversationId], references: [id], onDelete: Cascade)
  author         User?        @relation(fields: [authorId], references: [id])
}
";

#[test]
fn a_client_walks_models_that_are_written_in_other_ways() {
    let Some(packages) = npm::packages("prisma") else { return };
    let (inbox, keyless) = (Database::migrated(), Database::migrated());
    keyless.execute(
        "CREATE TABLE \"Conversation\" (id text PRIMARY KEY, \"contactId\" uuid NOT NULL); \
         ALTER TABLE messages ADD COLUMN \"conversationId\" text NOT NULL, \
             DROP CONSTRAINT messages_contact_id_fkey",
    );
    let source = |more: &str| {
        format!(
            "generator client {{\n  provider = \"prisma-client-js\"\n}}\n\
             datasource db {{\n  provider = \"postgresql\"\n{more}}}\n"
        )
    };
    let emulated = source("  relationMode = \"prisma\"\n");
    for (inbox, source, models, rows) in [
        (&inbox, source(""), PASCAL, ["Customer 2", "Message 5"].as_slice()),
        (&inbox, source(""), SNAKE, &["messages 5", "contacts 2"]),
        (
            &keyless,
            emulated,
            CONVERSATIONS,
            &["Conversation 5", "Contact 2", "User 2", "Message 10"],
        ),
    ] {
        let schema = like(inbox, &format!("{source}{models}"), &["--app-only"]);
        let schema = schema.expect_code(0).stdout;
        let walked = run_client(&packages, inbox, &schema, "walk.mjs");
        assert_eq!(walked.unwrap_or_else(|why| panic!("{why}\n{schema}")), rows);
    }
}

/// Models as other applications write them, on an inbox.
#[test]
fn other_ways_of_writing_models() {
    let inbox = Database::migrated();
    let ran = like(&inbox, PASCAL, &["--app-only"]).expect_code(0);
    expect(
        &ran,
        "model Customer",
        &[
            "id String @id @default(uuid()) @db.Uuid",
            "fullName String @map(\"name\")",
            "Messages Message[]",
            "@@map(\"contacts\")",
        ],
    );
    expect(
        &ran,
        "model Message {",
        &[
            "id String @id @default(dbgenerated(\"uuid_v7()\")) @db.Uuid",
            "customerId String @map(\"contact_id\") @db.Uuid",
            "body String @map(\"content\")",
            "customer Customer @relation(fields: [customerId], references: [id], onDelete: Restrict, \
             onUpdate: NoAction, map: \"messages_contact_id_fkey\")",
            // Nothing can be written without them.
            "channel Channel",
            "direction MessageDirection",
            "@@map(\"messages\")",
        ],
    );
    expect(&ran, "enum MessageDirection", &["INBOUND", "OUTBOUND"]);
    for note in [
        "Message.isInbound is left out: messages.direction says it",
        "Message.kind is left out: messages has no such column",
        "Message.id was Int, and is String",
        "Message.direction is added: a new row needs it",
        "Customer.fullName is required in the model, and may be null here",
    ] {
        assert!(ran.stderr.contains(note), "{note}: {ran}");
    }

    let folder = tempfile::tempdir().unwrap();
    let map = folder.path().join("map.toml");
    fs::write(&map, "[labels.message_status]\narchived = \"READ\"\n").unwrap();
    let ran = like(&inbox, SNAKE, &["--map", map.to_str().unwrap()]).expect_code(0);
    expect(
        &ran,
        "enum message_state",
        &["queued @map(\"QUEUED\")", "gone @map(\"READ\")", "sent @map(\"SENT\")", "SCHEDULED"],
    );
    expect(
        &ran,
        "model messages",
        &["text String @map(\"content\")", "state message_state @default(gone) @map(\"status\")"],
    );
    // A trigger names users.
    let ran = like(&inbox, CONVERSATIONS, &["--app-only"]).expect_code(0);
    assert!(ran.stderr.contains("Message.contactId is added: a new row needs it"), "{ran}");
    assert!(!block(&ran.stdout, "model User").contains("name"), "{ran}");
    let ran = like(&inbox, CONVERSATIONS, &[]).expect_code(0);
    expect(
        &ran,
        "model User",
        &["name String?", "deactivatedAt DateTime? @map(\"deactivated_at\") @db.Timestamptz(6)"],
    );
    // Without the map, nobody knows what it became.
    let ran = like(&inbox, SNAKE, &["--app-only"]).expect_code(0);
    assert!(ran.stderr.contains("message_state.gone is left out: no label of the type"), "{ran}");
    assert!(ran.stdout.contains("@default(queued)"), "{ran}");

    // What is ours already stays, and is told from what inboxctl keeps to itself.
    let own = Binary::on(&inbox).run(["db", "generate", "prisma"]).expect_code(0).stdout;
    let ran = like(&inbox, &own, &[]).expect_code(0);
    assert_eq!(ran.stderr, "");
    assert!(ran.stdout.ends_with(own.split_once("generator").unwrap().1), "{ran}");
}

#[test]
fn what_cannot_be_followed_says_the_line() {
    let inbox = Database::migrated();
    let contacts = "model contacts {\n  id String @id\n";
    for (models, expected) in [
        (String::from("nonsense"), "line 1: no block begins like this: nonsense"),
        (contacts.to_owned(), "line 1: model contacts isn't closed"),
        (format!("\n{contacts}  name\n}}"), "line 4: contacts.name is of the type ?"),
        (format!("{contacts}  name Strin\n}}"), "line 3: contacts.name is of the type Strin"),
        (format!("{contacts}  name String @\n}}"), "line 3: this is no attribute: @"),
        (format!("{contacts}  name String @default(\"x)\n}}"), "line 3: a text isn't closed"),
        (format!("{contacts}  name String @default(now(\n}}\n"), "line 3: a bracket isn't closed"),
        (format!("{contacts}  name String)\n}}"), "line 3: ) closes nothing"),
        (format!("{contacts}}}\n/* open"), "line 4: a comment isn't closed"),
        (
            format!("{contacts}}}\nenum contacts {{\n A\n}}"),
            "line 4: contacts is the name of a block in line 1 too",
        ),
        (
            format!("{contacts}}}\nmodel Contact {{\n id Int @id\n @@map(\"contacts\")\n}}"),
            "line 4: Contact is the second model of the table contacts",
        ),
        (
            format!(
                "{contacts} @@schema(\"a\")\n}}\nmodel X {{\n id Int @id\n @@schema(\"b\")\n}}"
            ),
            "line 5: X is in the schema b, others are in a",
        ),
        (format!("{contacts}}}\nmodel Contact {{\n id Int @id\n}}"), "may be any of"),
        (
            String::from("model Thing {\n  id Int @id\n}"),
            "none of its models is a table of this database",
        ),
        ("// ä".repeat(300_000), "it has more than 1024 KiB"),
    ] {
        let ran = like(&inbox, &models, &[]).expect_code(2);
        assert!(ran.stderr.contains(expected), "{expected}: {ran}");
        assert_eq!(ran.stdout, "");
    }
    let ran = Binary::on(&inbox).run(["db", "generate", "sql", "--like", "x"]).expect_code(2);
    assert!(ran.stderr.contains("db generate prisma --like FILE"), "{ran}");
    let foreign = Database::empty();
    foreign.execute(ROWS);
    let ran = like(&foreign, MODELS, &[]).expect_code(4);
    assert!(ran.stderr.contains("inboxctl db adopt --plan"), "{ran}");
}
