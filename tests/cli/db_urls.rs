//! Connection strings and `.env` files as applications have them.

use std::fs;

use crate::support::{Binary, Database, Pooler};

fn with(database: &Database, parameters: &str) -> String {
    let joint = if database.url().contains('?') { '&' } else { '?' };
    format!("{}{joint}{parameters}", database.url())
}

fn status(url: &str) -> crate::support::Ran {
    Binary::new().env("DATABASE_URL", url).run(["db", "status"])
}

#[test]
fn parameters_of_drivers_do_no_harm() {
    let database = Database::migrated();
    let understood = "schema=public&connection_limit=5&pool_timeout=10&statement_cache_size=0\
                      &uselibpqcompat=true&sslaccept=accept_invalid_certs";
    let ran = status(&with(&database, understood)).expect_code(0);
    assert!(!ran.stderr.contains("warning"), "{ran}");
    let ran = status(&with(&database, "frobnicate=1&connection_limit=5&twiddle=2")).expect_code(0);
    assert_eq!(ran.stderr.matches("warning").count(), 1, "{ran}");
    assert!(ran.stderr.contains("frobnicate, twiddle"), "{ran}");
    let check = Binary::new()
        .env("DATABASE_URL", with(&database, "pgbouncer=true"))
        .run(["db", "check"])
        .expect_code(0);
    assert!(check.stdout.contains("in between"), "{check}");
}

#[test]
fn schemes_and_quotes_of_drivers() {
    let database = Database::migrated();
    let rest = database.url();
    let rest = rest.split_once("://").unwrap().1;
    for url in [
        format!("postgresql+psycopg2://{rest}"),
        format!("jdbc:postgresql://{rest}"),
        format!("\"postgres://{rest}\""),
        format!("'postgresql://{rest}'\n"),
    ] {
        status(&url).expect_code(0);
    }
    let ran = status("prisma+postgres://accelerate.example/?api_key=hunter2").expect_code(2);
    assert!(ran.stderr.contains("DIRECT_URL") && !ran.stderr.contains("hunter2"), "{ran}");
    Binary::new()
        .env("DATABASE_URL", "prisma://accelerate.example/?api_key=hunter2")
        .env("DIRECT_URL", database.url())
        .run(["db", "status"])
        .expect_code(0);
}

#[test]
fn the_url_may_stand_in_a_file_of_its_own() {
    let database = Database::migrated();
    let binary = Binary::new();
    let file = binary.folder().join("secret");
    fs::write(&file, format!("{}\r\n", database.url())).unwrap();
    // What the environment says comes before the folder's .env.
    fs::write(binary.folder().join(".env"), "DATABASE_URL=nonsense://\n").unwrap();
    binary.env("DATABASE_URL_FILE", &file).run(["db", "status"]).expect_code(0);
    let ran = Binary::new().env("DATABASE_URL_FILE", "absent").run(["db", "status"]).expect_code(2);
    assert!(ran.stderr.contains("DATABASE_URL_FILE"), "{ran}");
}

#[test]
fn one_bad_line_of_env_is_named_and_the_rest_is_read() {
    let database = Database::migrated();
    let binary = Binary::new();
    let text = format!(
        "\u{feff}NEXT_PUBLIC_X=it's hunter2\r\nKEY=\"two\r\nlines\"\r\nDATABASE_URL='{}'\r\nINBOXCTL_KEYRIGN=x\r\n",
        database.url()
    );
    fs::write(binary.folder().join(".env"), text).unwrap();
    let ran = binary.run(["db", "status"]).expect_code(0);
    assert!(ran.stderr.contains("line 1 of .env"), "{ran}");
    assert!(!ran.stderr.contains("hunter2"), "{ran}");
    assert!(ran.stderr.contains("line 5 of .env: INBOXCTL_KEYRIGN is no setting"), "{ran}");
    let ran = Binary::new().run(["db", "status", "--env-file", "/dev/zero"]).expect_code(2);
    assert!(ran.stderr.contains("more than"), "{ran}");
}

#[test]
fn direct_url_takes_the_place_of_a_pooler_where_a_session_is_needed() {
    let database = Database::empty();
    let Some(pooler) = Pooler::start(&database) else { return };
    let on_pooler = || Binary::new().env("DATABASE_URL", pooler.url(&database));
    let refused = on_pooler().run(["db", "migrate"]).expect_code(4);
    assert!(refused.stderr.contains("into DIRECT_URL"), "{refused}");
    on_pooler().env("DIRECT_URL", database.url()).run(["db", "migrate"]).expect_code(0);
    let other = Database::empty();
    let ran = on_pooler().env("DIRECT_URL", other.url()).run(["db", "seed"]).expect_code(0);
    assert!(!ran.stderr.contains("DIRECT_URL"), "what needs no session asks for none: {ran}");
    let prune = ["audit", "prune", "--older-than", "1d", "--yes"];
    let ran = on_pooler().env("DIRECT_URL", other.url()).run(prune).expect_code(4);
    assert!(ran.stderr.contains(&other.name), "{ran}");
}

#[test]
fn client_programs_get_what_they_know() {
    let database = Database::migrated();
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("inbox.dump");
    let url = with(&database, "load_balance_hosts=random&sslnegotiation=postgres&schema=public");
    Binary::new()
        .env("DATABASE_URL", url)
        .run(["db", "backup", "--out", out.to_str().unwrap()])
        .expect_code(0);
}

#[test]
fn who_did_it_is_asked_of_the_system_where_no_variable_says_it() {
    let database = Database::migrated();
    Binary::on(&database).env("USER", "").run(["db", "seed"]).expect_code(0);
    let actor = database.value("(SELECT actor FROM audit_logs ORDER BY created_at DESC LIMIT 1)");
    assert!(actor.starts_with("os:") && actor != "os:unknown" && actor != "os:", "{actor}");
}

#[test]
fn the_command_line_is_refused_in_full() {
    let ran = Binary::new().run(["contacts", "merge", "--format", "json"]).expect_code(2);
    let error: serde_json::Value = serde_json::from_str(&ran.stderr).unwrap();
    let message = error["error"]["message"].as_str().unwrap();
    assert!(message.contains("<"), "the missing arguments are named: {message}");
    let url = "postgres:///elsewhere";
    Binary::new().run(["local", "psql", "--database-url", url]).expect_code(2);
}

#[test]
fn a_suggested_command_works_where_this_one_did() {
    let database = Database::empty();
    let binary = Binary::new();
    let file = binary.folder().join("the other.env");
    fs::write(&file, format!("DATABASE_URL={}\n", database.url())).unwrap();
    let asked = binary.run(["contacts", "merges", "--env-file", "the other.env"]);
    let hint = "`inboxctl --env-file 'the other.env' db migrate`";
    assert!(asked.stderr.contains(hint), "{asked}");
}
