//! The rules: squawk's that matter to an inbox in production, by squawk's names, and
//! those of our own. Left out are questions of taste, what the runner sees to by
//! itself (timeouts, running twice), and rules against what nobody is hurt by.

use super::rules::{Harm, Lock, Rule, Severity, rule};

pub static RULES: &[Rule] = {
    use Harm::{Fails, Grows, Stays};
    use Lock::{AccessExclusive, Share, ShareRowExclusive};
    use Severity::{Error, Warn};
    &[
        // Of our own.
        rule(
            "syntax-error",
            Error,
            Fails,
            "It can't be read as SQL.",
            "Correct it; if the server does accept it, ignore this rule by a comment.",
        ),
        rule(
            "statement-too-long",
            Warn,
            Fails,
            "A statement is too long to be linted, and was left out.",
            "Load data with COPY or a command of its own rather than in a migration.",
        ),
        rule(
            "unknown-ignore",
            Warn,
            Fails,
            "A comment ignores a rule that doesn't exist.",
            "Write `-- squawk-ignore RULE, RULE`, and a reason after a further `--`.",
        ),
        rule(
            "not-in-transaction",
            Error,
            Fails,
            "The statement can't run inside a transaction, and migrations do: it would fail.",
            "Put it alone into a migration whose metadata.toml says run_in_transaction = false.",
        ),
        rule(
            "one-statement-without-transaction",
            Error,
            Fails,
            "Without a transaction a failure leaves the statements before it done and the rest not.",
            "Leave one statement in it, and put the others into migrations of their own.",
        ),
        rule(
            "enum-value-used-in-transaction",
            Error,
            Fails,
            "A value that was added to an enum can't be used before its transaction has committed.",
            "Add the value in a migration of its own, and use it in the next one.",
        ),
        rule(
            "concurrent-index-on-partitioned-table",
            Error,
            Fails,
            "PostgreSQL builds no index CONCURRENTLY on a partitioned table: it would fail.",
            "CREATE INDEX ON ONLY the table, build one CONCURRENTLY on each partition, and \
             ALTER INDEX ... ATTACH PARTITION them.",
        ),
        rule(
            "rewriting-table",
            Error,
            Grows,
            "The whole table is written anew, and nobody reads or writes it meanwhile.",
            "Do it in an announced downtime, or copy the rows in batches to a new table.",
        )
        .locking(AccessExclusive),
        rule(
            "refreshing-view",
            Error,
            Stays,
            "Nobody reads the materialized view until all of it has been computed.",
            "REFRESH MATERIALIZED VIEW CONCURRENTLY, which needs a unique index on the view.",
        )
        .locking(AccessExclusive),
        rule(
            "locking-table",
            Error,
            Stays,
            "The lock is held to the end of the migration, whatever follows.",
            "Leave it out: statements take the locks that they need.",
        ),
        rule(
            "changing-every-row",
            Error,
            Grows,
            "Every row is locked until the migration commits, and every old version left behind.",
            "Change rows in batches of some thousand, each committed, outside of migrations.",
        ),
        rule(
            "truncating-table",
            Warn,
            Stays,
            "All rows of the table are gone for good.",
            "Take a backup before: `inboxctl db migrate --backup`.",
        )
        .locking(AccessExclusive),
        // squawk's: locks that last.
        rule(
            "require-concurrent-index-creation",
            Error,
            Grows,
            "Whoever writes to the table waits until the index is built.",
            "CREATE INDEX CONCURRENTLY, alone in a migration with run_in_transaction = false.",
        )
        .locking(Share)
        .if_partitioned(
            "CREATE INDEX ON ONLY the table, build one CONCURRENTLY on each partition, and \
             ALTER INDEX ... ATTACH PARTITION them.",
        ),
        rule(
            "require-concurrent-index-deletion",
            Error,
            Grows,
            "It waits for every query on the table, and all others queue up behind it.",
            "DROP INDEX CONCURRENTLY, alone in a migration with run_in_transaction = false.",
        )
        .locking(AccessExclusive),
        rule(
            "require-concurrent-reindex",
            Error,
            Grows,
            "Nobody writes to the table or reads by the index until it is built anew.",
            "REINDEX ... CONCURRENTLY, alone in a migration with run_in_transaction = false.",
        )
        .locking(Share),
        rule(
            "require-concurrent-partition-detach",
            Error,
            Grows,
            "It waits for every query on the table and its partitions, and all others behind it.",
            "DETACH PARTITION ... CONCURRENTLY, alone, with run_in_transaction = false.",
        )
        .locking(AccessExclusive),
        rule(
            "constraint-missing-not-valid",
            Error,
            Grows,
            "Every row is checked while the table is locked.",
            "Add the constraint as NOT VALID; VALIDATE it in the next migration, which blocks nobody.",
        )
        .locking(AccessExclusive),
        rule(
            "adding-foreign-key-constraint",
            Error,
            Grows,
            "Every row is looked up while nobody can write to either table.",
            "Add the foreign key as NOT VALID; VALIDATE it in the next migration.",
        )
        .locking(ShareRowExclusive),
        rule(
            "disallowed-unique-constraint",
            Error,
            Grows,
            "Its index is built while nobody can read or write the table.",
            "CREATE UNIQUE INDEX CONCURRENTLY first; then ADD CONSTRAINT ... UNIQUE USING INDEX.",
        )
        .locking(AccessExclusive),
        rule(
            "adding-serial-primary-key-field",
            Error,
            Grows,
            "The index of the primary key is built while nobody can read or write the table.",
            "CREATE UNIQUE INDEX CONCURRENTLY first; then ADD CONSTRAINT ... PRIMARY KEY USING INDEX.",
        )
        .locking(AccessExclusive),
        rule(
            "adding-not-nullable-field",
            Error,
            Grows,
            "Every row is read to look for nulls while nobody can read or write the table.",
            "Add CHECK (column IS NOT NULL) NOT VALID; in the next migration VALIDATE it, SET NOT \
             NULL, and drop the check.",
        )
        .locking(AccessExclusive),
        rule(
            "adding-field-with-default",
            Error,
            Grows,
            "The value differs from row to row, so the whole table is written anew under lock.",
            "Add the column without it, then SET DEFAULT for new rows, and fill old ones in batches.",
        )
        .locking(AccessExclusive),
        rule(
            "changing-column-type",
            Error,
            Grows,
            "The table and its indexes may be written anew under lock, and clients may break.",
            "Add a column of the new type, write both, fill it in batches, then change over. A \
             varchar that only gets wider rewrites nothing: ignore the rule there.",
        )
        .locking(AccessExclusive),
        rule(
            "ban-alter-domain-with-add-constraint",
            Error,
            Stays,
            "Every table with a column of this domain is read under lock.",
            "Add the constraint to the domain as NOT VALID, and VALIDATE it in the next migration.",
        ),
        // squawk's: what breaks clients.
        rule(
            "adding-required-field",
            Error,
            Stays,
            "It fails if the table has rows, and what the application inserts fails after it.",
            "Give the column a constant default, or let it be null until every writer sets it.",
        )
        .locking(AccessExclusive),
        rule(
            "renaming-column",
            Error,
            Stays,
            "The application that is running still asks for the old name.",
            "Add a column, write both, change over, and drop the old one in a later release.",
        )
        .locking(AccessExclusive),
        rule(
            "renaming-table",
            Error,
            Stays,
            "The application that is running still asks for the old name.",
            "Leave a view of the old name behind, in the same migration, until nobody asks for it.",
        )
        .locking(AccessExclusive),
        rule(
            "ban-set-schema",
            Error,
            Stays,
            "The application that is running still looks for it in the old schema.",
            "Leave a view behind where it was, until nobody asks for it.",
        ),
        rule(
            "renaming-object",
            Warn,
            Stays,
            "Whatever still uses the old name breaks.",
            "Make the new one beside the old, and drop that in a later release.",
        ),
        rule(
            "ban-drop-column",
            Warn,
            Stays,
            "Its values are gone for good, and an application that still asks for it breaks.",
            "Release an application that doesn't use it before; keep a backup.",
        )
        .locking(AccessExclusive),
        rule(
            "ban-drop-table",
            Warn,
            Stays,
            "Its rows are gone for good, and an application that still asks for it breaks.",
            "Release an application that doesn't use it before; keep a backup.",
        )
        .locking(AccessExclusive),
        rule(
            "ban-drop-not-null",
            Warn,
            Stays,
            "Readers that never expected a null may get one.",
            "Release readers that can deal with it before.",
        ),
        rule(
            "ban-drop-default",
            Warn,
            Stays,
            "Writers that leave the column out get a null, or an error.",
            "Release writers that set it before.",
        ),
        rule(
            "ban-drop-view",
            Warn,
            Stays,
            "Whatever still reads the view breaks.",
            "Release readers that don't use it before.",
        ),
        rule(
            "ban-drop-function",
            Warn,
            Stays,
            "Whatever still calls it breaks.",
            "Release callers that don't use it before.",
        ),
        rule(
            "ban-drop-trigger",
            Warn,
            Stays,
            "What the trigger saw to no longer happens.",
            "Make sure that nothing relies on it.",
        ),
        rule(
            "ban-disable-trigger",
            Warn,
            Stays,
            "What triggers, rules or row security do for the application is no longer the same.",
            "Make sure that nothing relies on what they did before.",
        ),
        rule(
            "ban-drop-type",
            Warn,
            Stays,
            "Whatever still names the type breaks.",
            "Release clients that don't use it before.",
        ),
        rule(
            "ban-drop-sequence",
            Warn,
            Stays,
            "Where it counted is gone for good.",
            "Make sure that nothing draws numbers from it.",
        ),
        rule(
            "ban-drop-extension",
            Warn,
            Stays,
            "Whatever uses its types, functions or operators breaks.",
            "Make sure that nothing needs it.",
        ),
        rule(
            "ban-drop-schema",
            Error,
            Stays,
            "Everything in the schema may go with it.",
            "Drop what is in it by name, then the empty schema.",
        ),
        rule(
            "ban-truncate-cascade",
            Error,
            Stays,
            "The rows of every table that points to it, near or far, are gone too.",
            "Name each table that is to be emptied, without CASCADE.",
        )
        .locking(AccessExclusive),
        rule(
            "ban-drop-database",
            Error,
            Fails,
            "A whole database is gone for good.",
            "Never in a migration.",
        ),
        // squawk's: what doesn't do what it says.
        rule(
            "transaction-nesting",
            Error,
            Fails,
            "The migration's own transaction ends here, and a failure leaves it half done.",
            "Leave BEGIN, COMMIT and ROLLBACK out: the runner sees to them.",
        ),
        rule(
            "ban-uncommitted-transaction",
            Error,
            Fails,
            "A transaction is opened and never committed: what it did is lost.",
            "Leave BEGIN out: the runner sees to it.",
        ),
        rule(
            "ban-duplicate-column-assignments",
            Error,
            Fails,
            "A column is set twice in one statement, which PostgreSQL refuses.",
            "Set it once.",
        ),
        rule(
            "identifier-too-long",
            Warn,
            Fails,
            "PostgreSQL cuts names after 63 bytes, so that two long ones may turn out the same.",
            "Choose a shorter name.",
        ),
    ]
};

pub(super) fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name)
}
