//! `contacts import` and `contacts import --undo`.

use std::fs;

use diesel::Connection;
use serde_json::Value;

use crate::support::backups::Folder;
use crate::support::{Binary, Contents, Database, Ran, eventually};

const AMARA: &str = "01900000-0000-7000-8000-000000000101";

fn seeded() -> Database {
    let database = Database::migrated();
    Binary::on(&database).run(["db", "seed"]).expect_code(0);
    database
}

/// An inbox, a folder with files, and imports of these.
struct Desk {
    database: Database,
    folder: Folder,
}

impl Desk {
    fn new(database: Database) -> Desk {
        Desk { database, folder: Folder::new() }
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.folder.file(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    fn import(&self, file: &str, flags: &str) -> Ran {
        let args = ["contacts", "import", file].into_iter().chain(flags.split_whitespace());
        Binary::on(&self.database).run(args)
    }

    fn json(&self, file: &str, flags: &str) -> Value {
        self.import(file, &format!("{flags} --format json")).json()
    }

    fn undo(&self, id: &Value, flags: &str) -> Ran {
        let id = id.as_str().expect("an id");
        let args = ["contacts", "import", "--undo", id].into_iter();
        Binary::on(&self.database).run(args.chain(flags.split_whitespace()))
    }

    /// Everything but the log of what was done.
    fn contents(&self) -> Contents {
        Contents::read(&mut self.database.connect()).without(&["public.audit_logs"])
    }

    /// Of the contact with this name: phone, e-mail, metadata, further identities.
    fn contact(&self, name: &str) -> String {
        self.database.value(&format!(
            "(SELECT concat_ws('|', c.phone, c.email, c.social_handles, c.metadata, \
                 (SELECT string_agg(concat(i.kind, ' ', i.value), ', ' ORDER BY i.value) \
                  FROM contact_identities i WHERE i.contact_id = c.id)) \
              FROM contacts c WHERE c.name = '{name}')"
        ))
    }

    fn count(&self) -> String {
        self.database.value("(SELECT count(*) FROM contacts)")
    }
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(unit).collect()
}

#[test]
fn files_of_the_usual_programs_are_read_whatever_their_form() {
    let google = "First Name,Last Name,Organization Name,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Value\r\n\
                  Ana,\"López, \"\"la\"\"\",Bodega,Home,Ana.Lopez@Example.org ::: ana@work.example,+34 600 111 222\r\n";
    let outlook = "\u{feff}Vorname;Nachname;Firma;Mobiltelefon;Telefon privat;E-Mail-Adresse\r\n\
                   Jörg;Groß;\"Groß & Söhne\r\nMünchen\";0151 234 56 789;+49 89 123456;joerg@example.de\r\n";
    let hubspot = "Record ID\tFirst Name\tEmail\tPhone Number\tTwitter Username\n\
                   17\tLinh\tlinh@example.vn\t+84912345678\t@linh\n";
    let lines = "{\"name\": \"Zoë\", \"email\": \"zoe@example.org\", \"metadata\": {\"n\": 12345678901234567890123}}\n\
                 \n{\"name\": \"No one\", \"phone\": null, \"email\": \"x@example.org\"}\n";
    for (name, bytes, flags, contact, expected) in [
        (
            "google.csv",
            google.as_bytes().to_vec(),
            "",
            "Ana López, \"la\"",
            "+34600111222|ana.lopez@example.org|{}|{\"company\": \"Bodega\"}|EMAIL ana@work.example",
        ),
        (
            "outlook.csv",
            outlook.as_bytes().to_vec(),
            "--phone-region DE",
            "Jörg Groß",
            "+4915123456789|joerg@example.de|{}|{\"company\": \"Groß & Söhne\\r\\nMünchen\"}|PHONE +4989123456",
        ),
        (
            "little.txt",
            utf16(outlook.trim_start_matches('\u{feff}'), u16::to_le_bytes),
            "--phone-region DE",
            "Jörg Groß",
            "+4915123456789|joerg@example.de|{}|{\"company\": \"Groß & Söhne\\r\\nMünchen\"}|PHONE +4989123456",
        ),
        (
            "big.txt",
            utf16(hubspot, u16::to_be_bytes),
            "",
            "Linh",
            "+84912345678|linh@example.vn|{\"twitter\": \"@linh\"}|{}",
        ),
        (
            "lines.jsonl",
            lines.as_bytes().to_vec(),
            "",
            "Zoë",
            "zoe@example.org|{}|{\"n\": 12345678901234567890123}",
        ),
    ] {
        let desk = Desk::new(Database::migrated());
        let file = desk.file(name, bytes);
        let ran = desk.import(&file, flags).expect_code(0);
        assert!(ran.stderr.contains("Columns: "), "it shows them first: {ran}");
        assert_eq!(desk.contact(contact), expected, "{name}: {ran}");
        assert_eq!(desk.folder.names(), [name]);
    }
    // The same on standard input.
    let desk = Desk::new(Database::migrated());
    let args = ["contacts", "import", "-"];
    Binary::on(&desk.database).input(outlook).run(args).expect_code(0);
    assert_eq!(desk.count(), "1");
}

#[test]
fn columns_are_named_where_nobody_can_know_them() {
    let desk = Desk::new(Database::migrated());
    let file = desk.file("a.csv", "Wer,Nummer,Kundennr,Name\nAna,+34600111222,7,Bodega\n");
    let ran = desk.json(
        &file,
        "--map Wer=name --map Nummer=phone --map Kundennr=metadata.crm --map Name=none",
    );
    assert_eq!(
        ran["columns"],
        serde_json::json!([
            { "column": "Wer", "field": "name" },
            { "column": "Nummer", "field": "phone" },
            { "column": "Kundennr", "field": "metadata.crm" },
            { "column": "Name", "field": null },
        ])
    );
    assert_eq!(desk.contact("Ana"), "+34600111222|{}|{\"crm\": \"7\"}");
    let wrong = desk.import(&file, "--map Numer=phone").expect_code(2);
    assert!(wrong.stderr.contains("did you mean \"Nummer\"?"), "{wrong}");
    let wrong = desk.import(&file, "--map Nummer=fone").expect_code(2);
    assert!(wrong.stderr.contains("family_name, phone"), "{wrong}");
    let unknown = desk.file("b.csv", "x,y\n1,2\n");
    let wrong = desk.import(&unknown, "").expect_code(2);
    assert!(wrong.stderr.contains("no column of the file is known"), "{wrong}");
    assert_eq!(desk.count(), "1");
}

#[test]
fn bad_lines_are_named_and_kept_and_the_others_come_in() {
    let desk = Desk::new(Database::migrated());
    let mut text = String::from("name,email,phone\n");
    for line in 0..1000 {
        match line % 10 {
            0 => text += &format!("Person {line},person{line}@,\n"),
            _ => {
                text += &format!(
                    "Person {line},person{line}@mail{line}.example,+3460{:07}\n",
                    line * 7919
                )
            }
        }
    }
    text += "\"Two\nlines\",,call me\n\n,,\nToo,many@example.org,+34600111222,cells\n";
    let file = desk.file("a.csv", text);
    let dry = desk.import(&file, "--dry-run --format json").expect_code(3).json();
    assert_eq!((dry["added"].as_u64(), dry["rejected"].as_u64()), (Some(900), Some(102)));
    assert_eq!(desk.folder.names(), ["a.csv"]);
    let ran = desk.import(&file, "").expect_code(3);
    assert!(ran.stdout.contains("line 2: \"person0@\" is no e-mail"), "{ran}");
    assert!(ran.stdout.contains("and 82 more"), "{ran}");
    assert_eq!(desk.count(), "900");
    let rejected = desk.folder.file("a.csv.rejected.csv");
    let lines = fs::read_to_string(&rejected).unwrap();
    assert!(lines.starts_with("line,reason,name,email,phone\n2,"), "{lines}");
    assert!(
        lines.contains("1002,\"\"\"call me\"\" is no phone number\",\"Two\nlines\",,call me\n"),
        "{lines}"
    );
    assert!(lines.contains("it has more cells than there are columns"), "{lines}");
    // Mended, they come in.
    let mended = desk.file("mended.csv", lines.replace("@,", "@mended.example,"));
    let ran = desk.json(&mended, "");
    assert_eq!((ran["added"].as_u64(), ran["rejected"].as_u64()), (Some(100), Some(2)), "{ran}");
    // It is somebody's file by now.
    let again = desk.import(&file, "").expect_code(4);
    assert!(again.stderr.contains("overwrite"), "{again}");
    desk.import(&file, "--yes").expect_code(3);
    assert_eq!(desk.count(), "1000");
}

#[test]
fn a_quote_that_nobody_closed_takes_no_line_along_unseen() {
    let desk = Desk::new(Database::migrated());
    let mut lines: Vec<String> = (1..=9).map(|n| format!("P{n},p{n}@mail.example")).collect();
    lines[4].insert(0, '"');
    let file = desk.file("a.csv", format!("name,email\n{}\n", lines.join("\n")));
    let ran = desk.import(&file, "").expect_code(3);
    assert!(ran.stdout.contains("line 6: a quote in it is not closed"), "{ran}");
    assert!(ran.stdout.contains("line 10"), "{ran}");
    assert_eq!(desk.count(), "4");
    assert!(fs::read_to_string(format!("{file}.rejected.csv")).unwrap().contains("P9,"));
}

#[test]
fn a_file_that_is_no_table_is_an_error_and_changes_nothing() {
    let desk = Desk::new(Database::migrated());
    let columns =
        |number: usize| (0..number).map(|n| format!("c{n}")).collect::<Vec<_>>().join(";");
    let wide = format!("name;{}\nAna;{}\n", columns(10_000), columns(10_000));
    let ran = desk.json(&desk.file("wide.csv", wide), "");
    assert_eq!(ran["added"], 1, "ten thousand columns are some");
    for (name, bytes, why) in [
        ("wider.csv", columns(20_000).into_bytes(), "more than 16384"),
        (
            "quote.csv",
            format!("name\n\"{}", "x\n".repeat(2 << 20)).into_bytes(),
            "is a quote not closed?",
        ),
        ("latin.csv", b"Stra\xdfe,name\nx,y\n".to_vec(), "is not UTF-8"),
        (
            "long.jsonl",
            format!("{{\"name\": \"{}\"}}", "x".repeat(2 << 20)).into_bytes(),
            "more than 1 MiB",
        ),
    ] {
        let ran = desk.import(&desk.file(name, bytes), "").expect_code(1);
        assert!(ran.stderr.contains(why), "{name}: {ran}");
    }
    let latin = desk.import(&desk.file("cells.csv", b"name,email\nJ\xf6rg,j@example.de\n"), "");
    assert!(latin.expect_code(3).stdout.contains("line 2: it is not UTF-8"));
    desk.import("/nonexistent/x.csv", "").expect_code(2);
    let empty = desk.json(&desk.file("empty.csv", ""), "");
    assert_eq!(empty["lines"], 0);
    assert_eq!(desk.count(), "1");
}

/// Names alone, several of the same person, people who are there already.
fn messy() -> String {
    let mut text = String::from("name,phone,email,company\n");
    for n in 0..300 {
        text += &format!("Person Number{n},+4477{:08},p{n}@mail{n}.example,\n", n * 104_729);
        if n % 3 == 0 {
            text += &format!("Person Number{n},0044 77{:08},,Firm {n}\n", n * 104_729);
        }
        if n % 5 == 0 {
            text += &format!("Only{n} Named{n},,,\n");
        }
    }
    text + "Amara Okafor,+1 415 555 0101,,\nAmara Okafor,+1 415 555 0101,,\n"
}

#[test]
fn the_same_file_twice_adds_nothing() {
    let desk = Desk::new(seeded());
    let file = desk.file("a.csv", messy());
    let first = desk.json(&file, "");
    assert!(first["added"].as_u64().unwrap() >= 360, "{first}");
    assert!(first["repeated"].as_u64().unwrap() >= 90, "{first}");
    assert!(first["matched"].as_u64().unwrap() >= 1, "{first}");
    assert_eq!(
        desk.database.value("(SELECT count(*) FROM contacts WHERE name = 'Amara Okafor')"),
        "1"
    );
    let before = desk.contents();
    for flags in ["", "--on-match update --yes"] {
        let again = desk.json(&file, flags);
        assert_eq!(again["added"], 0, "{again}");
        if flags.is_empty() {
            assert_eq!(again["id"], Value::Null);
            assert!(desk.contents() == before);
        }
    }
}

#[test]
fn an_import_of_an_export_changes_nothing() {
    let desk = Desk::new(seeded());
    Binary::on(&desk.database).run(["db", "seed", "--profile", "small"]).expect_code(0);
    desk.database.execute(
        "INSERT INTO contacts (name, phone, email, social_handles, metadata) VALUES \
         ('Strange', '(415) 555-0199', 'Mixed.Case@Example.org', '[{\"network\": \"x\", \"handle\": \"y\"}]', \
          '{\"deep\": [[[1.10, 12345678901234567890123]]]}')",
    );
    Binary::on(&desk.database).run(["contacts", "dedupe", "--yes"]).expect_code(0);
    let before = desk.contents();
    for name in ["contacts.csv", "contacts.jsonl"] {
        let file = desk.folder.file(name);
        let columns = "id,name,phone,email,social_handles,metadata,created_at,updated_at,identities,merged_ids";
        let export = ["contacts", "export", &file, "--columns", columns];
        Binary::on(&desk.database).run(export).expect_code(0);
        for flags in ["", "--on-match update --yes"] {
            let ran = desk.import(&file, &format!("{flags} --format json")).expect_code(0).json();
            assert_eq!((&ran["added"], &ran["updated"]), (&0.into(), &0.into()), "{flags}: {ran}");
            assert_eq!(ran["lines"], ran["matched"], "{ran}");
        }
        assert!(desk.contents() == before, "{name} changed something");
    }
    // Into another inbox they come as they are, with their ids.
    let other = Desk::new(Database::migrated());
    let file = desk.folder.file("contacts.jsonl");
    // Some may be one person: they are left out.
    let ran = other.json(&file, "");
    assert!(ran["left_count"].as_u64().unwrap() < 20, "{ran}");
    let ids = "(SELECT string_agg(quote_literal(id), ',') FROM contacts)";
    let ids = other.database.value(ids);
    for query in [
        format!(
            "(SELECT md5(string_agg(concat_ws('|', id, name, social_handles, metadata), '|' ORDER BY id)) \
              FROM contacts WHERE id IN ({ids}))"
        ),
        format!(
            "(SELECT md5(string_agg(concat_ws('|', contact_id, kind, network, value), '|' \
                 ORDER BY contact_id, kind, value)) FROM contact_identities WHERE contact_id IN ({ids}))"
        ),
    ] {
        assert_eq!(other.database.value(&query), desk.database.value(&query));
    }
}

#[test]
fn an_old_export_brings_nobody_back_who_was_erased() {
    let desk = Desk::new(seeded());
    let other = "00000000-0000-4000-8000-0000000000aa";
    desk.database
        .execute(&format!("INSERT INTO contacts (id, name) VALUES ('{other}', 'Amara O.')"));
    let file = desk.folder.file("contacts.csv");
    let export = ["contacts", "export", &file, "--columns", "id,name,phone,email"];
    Binary::on(&desk.database).run(export).expect_code(0);
    Binary::on(&desk.database).run(["contacts", "merge", AMARA, other, "--yes"]).expect_code(0);
    Binary::on(&desk.database).run(["contacts", "erase", AMARA, "--yes"]).expect_code(0);
    let before = desk.contents();
    let ran = desk.json(&file, "--on-match update --yes");
    assert_eq!((&ran["added"], &ran["erased"].as_array().unwrap().len()), (&0.into(), &2), "{ran}");
    assert!(desk.contents() == before, "somebody came back: {ran}");
    let told = desk.import(&file, "").expect_code(0);
    assert!(told.stdout.contains("is a contact that was erased"), "{told}");
}

#[test]
fn an_update_says_what_is_new_and_needs_consent() {
    let desk = Desk::new(seeded());
    let file = desk.file(
        "a.csv",
        format!(
            "id,name,phone,email,city,twitter\n{AMARA},Amara N. Okafor,+1 415 555 9999,,Berkeley,\n"
        ),
    );
    let before = desk.contents();
    assert_eq!(desk.json(&file, "")["matched"], 1);
    let refused = desk.import(&file, "--on-match update").expect_code(4);
    assert!(refused.stderr.contains("change 1 contact"), "{refused}");
    let dry = desk.json(&file, "--on-match update --dry-run");
    assert_eq!((&dry["updated"], &dry["id"]), (&1.into(), &Value::Null));
    assert!(desk.contents() == before);
    let ran = desk.json(&file, "--on-match update --yes");
    assert_eq!(ran["updated"], 1);
    let now = desk.contact("Amara N. Okafor");
    assert!(
        now.starts_with("+14155559999|amara.okafor@mail.example|{\"twitter\": \"@amaraok\"}|"),
        "{now}"
    );
    assert!(now.contains("Berkeley") && now.contains("\"language\": \"en\""), "{now}");
    assert!(now.ends_with("PHONE +14155550101"), "the old number still leads to her: {now}");
    let told = desk
        .database
        .value("(SELECT details::text FROM audit_logs WHERE action = 'contact.import')");
    assert!(told.contains("\"changed\": 1"), "{told}");
    desk.undo(&ran["id"], "--yes").expect_code(0);
    assert!(desk.contents() == before, "the undo left a trace");
}

#[test]
fn an_import_and_its_undo_leave_no_trace() {
    let desk = Desk::new(seeded());
    let before = desk.contents();
    let text = messy() + "Amara Again,,,Firm\nAna,\"+34600111222 ::: +34600111333\",,\n";
    let file = desk.file("a.csv", text);
    let ran = desk.json(&file, "--on-match update --yes");
    assert!(ran["added"].as_u64().unwrap() > 300 && ran["id"].is_string(), "{ran}");
    assert!(desk.contents() != before);
    let dry = desk.undo(&ran["id"], "--dry-run --format json").expect_code(0).json();
    assert_eq!((&dry["deleted"], &dry["left_count"]), (&ran["added"], &0.into()));
    let refused = desk.undo(&ran["id"], "").expect_code(4);
    assert!(refused.stderr.contains("delete"), "{refused}");
    desk.undo(&ran["id"], "--yes").expect_code(0);
    assert!(desk.contents() == before, "the undo left a trace");
    let gone = desk.undo(&ran["id"], "--yes").expect_code(2);
    assert!(gone.stderr.contains("all of it was taken back"), "{gone}");
}

#[test]
fn what_was_built_on_an_import_stays_and_is_named() {
    let desk = Desk::new(seeded());
    let people = [
        "Wrote One",
        "Changed Two",
        "Merged Three",
        "Mine Four",
        "Free Five",
        "Kept Six",
        "Called Seven",
        "Rung Eight",
    ];
    let mut text = String::from("name,email\n");
    for (n, name) in people.iter().enumerate() {
        text += &format!("{name},p{n}@mail{n}.example\n");
    }
    let ran = desk.json(&desk.file("a.csv", text), "");
    assert_eq!(ran["added"], 8, "{ran}");
    let id = |name: &str| {
        desk.database.value(&format!("(SELECT id FROM contacts WHERE name = '{name}')"))
    };
    let ids: Vec<String> = people.iter().map(|name| id(name)).collect();
    desk.database.execute(&format!(
        "INSERT INTO messages (contact_id, channel, direction, content) VALUES ('{}', 'SMS', 'INBOUND', 'x'); \
         UPDATE contacts SET name = 'Other' WHERE id = '{}'; \
         CREATE TABLE invoices (id serial PRIMARY KEY, contact_id uuid REFERENCES contacts ON DELETE CASCADE); \
         INSERT INTO invoices (contact_id) VALUES ('{}'); \
         INSERT INTO contact_identities (contact_id, kind, value) VALUES ('{}', 'PHONE', '+34600111222'); \
         CREATE TABLE calls (contact_id uuid); INSERT INTO calls VALUES ('{}'), (NULL); \
         CREATE TABLE rings (\"contactId\" text); INSERT INTO rings VALUES (upper('{}'))",
        ids[0], ids[1], ids[3], ids[5], ids[6], ids[7]
    ));
    let merge = ["contacts", "merge", AMARA, &ids[2], "--yes"];
    Binary::on(&desk.database).run(merge).expect_code(0);
    let undone = desk.undo(&ran["id"], "--yes --format json").expect_code(0).json();
    assert_eq!((&undone["deleted"], &undone["left_count"]), (&1.into(), &7.into()), "{undone}");
    let reason = |of: &str| {
        let left = undone["left"].as_array().unwrap().iter();
        left.clone().find(|one| one["id"] == of).map(|one| one["reason"].to_string()).unwrap()
    };
    assert!(reason(&ids[0]).contains("messages"), "{undone}");
    assert!(reason(&ids[1]).contains("changed since"), "{undone}");
    assert!(reason(&ids[2]).contains("merged into another contact"), "{undone}");
    assert!(reason(&ids[3]).contains("invoices"), "{undone}");
    assert!(reason(&ids[5]).contains("contact_identities"), "{undone}");
    assert!(reason(&ids[6]).contains("calls.contact_id"), "{undone}");
    assert!(reason(&ids[7]).contains("rings.contactId"), "{undone}");
    assert_eq!(id("Free Five"), "");
    assert_eq!(desk.database.value("(SELECT count(*) FROM invoices)"), "1");
    // What is free by now goes with the next try.
    desk.database.execute("DELETE FROM invoices");
    let again = desk.undo(&ran["id"], "--yes --format json").expect_code(0).json();
    assert_eq!((&again["deleted"], &again["left_count"]), (&1.into(), &6.into()), "{again}");
}

#[test]
fn a_killed_import_did_nothing_or_all_and_the_next_run_does_the_rest() {
    let desk = Desk::new(seeded());
    let text = messy() + "Two Phones,\"+34600111222 ::: +34600111333\",,\n";
    let file = desk.file("a.csv", text);
    let before = desk.contents();
    for table in ["contacts", "imported_contacts", "contact_identities", "audit_logs"] {
        let lock =
            desk.database.lock("other", &format!("LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE"));
        let args = ["contacts", "import", &file, "--on-match", "update", "--yes"];
        let run = Binary::on(&desk.database).start(args);
        eventually("it waits", || desk.database.somebody_waits());
        run.signal("KILL");
        drop(lock);
        run.wait();
        let rest = "(SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'inboxctl contacts%' \
                     AND datname = current_database())";
        eventually("the server notices", || desk.database.value(rest) == "0");
        assert!(desk.contents() == before, "killed at {table}");
    }
    assert_eq!(desk.folder.names(), ["a.csv"]);
    let ran = desk.json(&file, "--on-match update --yes");
    assert!(ran["added"].as_u64().unwrap() >= 360, "{ran}");
    // Of two at once one waits for nobody and says so.
    let lock = desk.database.lock("other", "LOCK TABLE audit_logs IN SHARE ROW EXCLUSIVE MODE");
    let more = desk.file("b.csv", "name,email\nNobody Yet,nobody@yet.example\n");
    let first = Binary::on(&desk.database).start(["contacts", "import", &more]);
    eventually("it waits", || desk.database.somebody_waits());
    let second = desk.import(&more, "").expect_code(75);
    assert!(second.stderr.contains("another run is still working"), "{second}");
    drop(lock);
    first.wait().expect_code(0);
    desk.undo(&ran["id"], "--yes").expect_code(0);
}

#[test]
fn production_is_asked_about_and_policies_refuse() {
    let desk = Desk::new(seeded());
    let file = desk.file("a.csv", "name,email\nNobody Yet,nobody@yet.example\n");
    Binary::on(&desk.database)
        .run(["db", "environment", "set", "production", "--yes"])
        .expect_code(0);
    let refused = desk.import(&file, "").expect_code(4);
    assert!(refused.stderr.contains("add 1 contact"), "{refused}");
    desk.import(&file, "--dry-run").expect_code(0);
    desk.import(&file, "--yes").expect_code(0);
    let role = format!("limited_{}", desk.database.name);
    desk.database.execute(&format!(
        "CREATE ROLE {role} LOGIN; GRANT USAGE ON SCHEMA public TO {role}; \
         GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO {role}; \
         ALTER TABLE contacts ENABLE ROW LEVEL SECURITY; \
         CREATE POLICY tenant ON contacts USING (id::text < '01900000-0000-7000-8000-000000000103')"
    ));
    let url = crate::support::with_user(&desk.database.url(), &role);
    let args = ["contacts", "import", &file, "--yes"];
    let ran = Binary::new().env("DATABASE_URL", url).run(args).expect_code(4);
    assert!(ran.stderr.contains("tenant"), "{ran}");
    assert!(diesel::PgConnection::establish(&desk.database.url()).is_ok());
    desk.database.execute(&format!("DROP OWNED BY {role}; DROP ROLE {role}"));
}

#[test]
fn who_is_asked_decides_about_each_in_doubt() {
    let desk = Desk::new(Database::migrated());
    desk.database.execute(
        "INSERT INTO contacts (name, phone) SELECT 'Somebody ' || n, '+3460' || (1000000 + n * 7919) \
         FROM generate_series(1, 40) n; \
         INSERT INTO contacts (name, phone, email) VALUES ('Ana Lopez', '+34611222333', 'ana@example.org')",
    );
    let file = desk.file("a.csv", "name,phone\nA. Lopez,+34611222333\n");
    let refused = desk.import(&file, "--on-match ask").expect_code(4);
    assert!(refused.stderr.contains("no terminal"), "{refused}");
    let left = desk.import(&file, "--dry-run --format json").json();
    assert_eq!(left["left_count"], 1, "{left}");
    let mut command = std::process::Command::new(crate::support::binary());
    command
        .args(["contacts", "import", &file, "--on-match", "ask", "--color", "never"])
        .env("DATABASE_URL", desk.database.url())
        .env("TERM", "xterm");
    let mut session = rexpect::session::spawn_command(command, Some(120_000)).unwrap();
    session.exp_string("is this").unwrap();
    session.exp_string("ana@example.org").unwrap();
    session.exp_string("[l]eave it out").unwrap();
    session.send_line("n").unwrap();
    session.exp_string("Undo it with").unwrap();
    session.exp_eof().unwrap();
    assert_eq!(desk.count(), "42");
}

#[test]
fn an_identity_that_the_application_refers_to_keeps_its_contact() {
    let desk = Desk::new(seeded());
    let file = desk.file("a.csv", "Name,Phone\nUrsula Iguaran,+34600111222 ::: +34600111333\n");
    let ran = desk.json(&file, "--yes");
    desk.database.execute(
        "CREATE TABLE checks (identity_id uuid REFERENCES contact_identities (id) ON DELETE CASCADE);
         INSERT INTO checks SELECT i.id FROM contact_identities i JOIN contacts c ON c.id = i.contact_id
         WHERE c.name = 'Ursula Iguaran'",
    );
    let undone = desk.undo(&ran["id"], "--yes --format json").expect_code(0).json();
    assert_eq!(undone["left_count"], 1, "{undone}");
    assert!(undone["left"][0]["reason"].as_str().unwrap().contains("checks"), "{undone}");
    assert_eq!(desk.database.value("(SELECT count(*) FROM checks)"), "1");
}
