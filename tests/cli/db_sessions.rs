//! A session that a pooler shares with others: they find it as they left it.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::support::{Binary, Database, Pooler};

/// Everything that is set in the session that this client gets.
fn settings(client: &mut PgConnection) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        setting: String,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT name || ' = ' || setting AS setting FROM pg_settings \
         WHERE source IN ('session', 'client') OR name = 'TimeZone' ORDER BY name",
    )
    .load(client)
    .unwrap();
    rows.into_iter().map(|row| row.setting).collect()
}

#[test]
fn another_client_of_the_pooler_keeps_its_settings() {
    let database = Database::migrated();
    let Some(pooler) = Pooler::start(&database) else { return };
    let url = pooler.url(&database);
    let run = |words: &[&str]| Binary::new().env("DATABASE_URL", &url).run(words);
    let named = format!("{url}&application_name=theirs");
    let mut client = PgConnection::establish(&named).unwrap();
    client
        .batch_execute(
            "SET statement_timeout = '61s'; SET lock_timeout = '62s'; SET search_path = 'theirs'; \
             SET extra_float_digits = 0; SET bytea_output = 'escape'; SET lc_messages = 'C'; \
             SET TimeZone = 'Asia/Tokyo'",
        )
        .unwrap();
    let theirs = settings(&mut client);
    assert!(theirs.iter().any(|setting| setting == "statement_timeout = 61000"), "{theirs:?}");
    let commands: [&[&str]; 14] = [
        &["db", "check"],
        &["db", "status"],
        &["db", "seed"],
        &["db", "verify"],
        &["db", "lint"],
        &["doctor"],
        &["contacts", "dedupe", "--dry-run"],
        &["contacts", "search", "Maria"],
        &["messages", "unread"],
        &["jobs", "cleanup", "--yes"],
        &["audit", "list"],
        &["audit", "prune", "--older-than", "1d", "--dry-run"],
        &["table-sizes"],
        &["stats"],
    ];
    for words in commands {
        let ran = run(words);
        // The pool has one connection, and what deletes needs a second one for its lock.
        let is_short_of_one = words == ["jobs", "cleanup", "--yes"];
        let codes = if is_short_of_one { &[75][..] } else { &[0, 3, 4] };
        assert!(codes.contains(&ran.code), "{words:?}: {ran}");
        assert!(!ran.stderr.contains("relation"), "{words:?}: {ran}");
        assert_eq!(settings(&mut client), theirs, "{words:?}");
    }
    assert_eq!(database.value("(SELECT count(*) FROM contacts)"), "7");
}

/// What decides how tables are made is the database's to prefer, and no other client's.
#[test]
fn months_are_made_as_the_database_prefers() {
    let database = Database::migrated();
    database.execute(&format!(
        "CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler; \
         ALTER DATABASE {} SET default_tablespace = pg_default; \
         DO $$ DECLARE name text; BEGIN \
             FOR name IN SELECT relid::regclass FROM pg_partition_tree('audit_logs') WHERE isleaf AND relid::text !~ 'default' \
             LOOP EXECUTE 'DROP TABLE ' || name; END LOOP; END $$",
        database.name
    ));
    let Some(pooler) = Pooler::start(&database) else { return };
    let url = pooler.url(&database);
    let mut other = PgConnection::establish(&url).unwrap();
    other.batch_execute("SET default_table_access_method = heap2").unwrap();
    let binary = Binary::new().env("DATABASE_URL", &url).env("DIRECT_URL", database.url());
    let ran = binary.run(["audit", "prune", "--older-than", "3650d", "--yes"]).expect_code(0);
    assert!(ran.stdout.contains("Made "), "{ran}");
    let methods = "(SELECT string_agg(DISTINCT m.amname, ',') FROM pg_partition_tree('audit_logs') p \
         JOIN pg_class c ON c.oid = p.relid AND p.isleaf AND c.relname !~ 'default' JOIN pg_am m ON m.oid = c.relam)";
    assert_eq!(database.value(methods), "heap", "{ran}");
}
