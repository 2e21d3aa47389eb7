//! `db anonymise --into` beside `pg_dump -Fc | pg_restore` of the same database, in one run on one
//! server: `cargo bench --bench anonymise [PROFILE]`, the medium one unless told. What is asked of the
//! command's memory is 150 MB.

#[path = "shared/copied.rs"]
mod copied;
#[path = "../tests/cli/support/mod.rs"]
mod support;

use support::{Binary, Database};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let profile = args.first().map_or("medium", String::as_str);
    let source = Database::migrated();
    Binary::on(&source).run(["db", "environment", "set", "test"]).expect_code(0);
    Binary::on(&source).run(["db", "seed", "--profile", profile]).expect_code(0);
    source.execute("VACUUM ANALYZE");
    let rows = source.value(
        "(SELECT sum(reltuples)::bigint FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
          WHERE n.nspname = 'public' AND c.relkind = 'r')",
    );
    let compared = copied::compare(&source, &["db", "anonymise", "--quiet", "--into"]);
    compared.print("anonymise", "db anonymise --into", rows.parse().expect("a number"), 3);
}
