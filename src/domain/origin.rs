//! Whose database it is: an inbox of ours, another program's, or nobody's yet.
//!
//! One decision for every command. What was seen of the catalogue comes from
//! `store::origin`.

use super::schema_diff::{Catalog, identifier, is_month_of, path_shown};

/// Something in the schema that has a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    /// `table`, `view`, `index`, `type`, `function`, ...
    pub kind: String,
    /// Of a routine with the types of its arguments.
    pub name: String,
    pub owner: String,
    /// A member of an extension.
    pub is_extension: bool,
    /// Of the few tables whose name alone doesn't tell which program made them.
    pub columns: Vec<String>,
}

/// What was seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    pub objects: Vec<Object>,
    /// Versions in `__diesel_schema_migrations`.
    pub diesel: Vec<String>,
    /// Versions in our own ledger; `None` where that isn't there.
    pub ledger: Option<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// No table but those of extensions.
    Empty,
    /// Our ledger is there, and what it tells of.
    Ours,
    Foreign(Foreign),
}

/// A database with tables that another program made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foreign {
    /// The program, where it left its mark.
    pub maker: Option<&'static str>,
    /// What was seen: the mark first, then the other tables.
    pub tables: Vec<String>,
    /// Versions of ours that the diesel CLI applied: it keeps no ledger of ours.
    pub is_by_diesel_cli: bool,
}

/// So many tables are named.
const NAMED: usize = 5;

/// What each migration tool keeps its books in: all of these tables, with these
/// columns. What shares a name with another comes before it.
const MAKERS: [(&str, &[&str], &[&str]); 25] = [
    ("Prisma", &["_prisma_migrations"], &[]),
    ("Ruby on Rails", &["schema_migrations", "ar_internal_metadata"], &[]),
    ("Ecto", &["schema_migrations"], &["inserted_at"]),
    ("golang-migrate", &["schema_migrations"], &["dirty"]),
    ("Ruby on Rails", &["schema_migrations"], &[]),
    ("Django", &["django_migrations"], &[]),
    ("Flyway", &["flyway_schema_history"], &[]),
    ("Liquibase", &["databasechangelog"], &[]),
    ("Alembic", &["alembic_version"], &[]),
    ("Knex", &["knex_migrations"], &[]),
    ("Kysely", &["kysely_migration"], &[]),
    ("Sequelize", &["SequelizeMeta"], &[]),
    ("TypeORM", &["typeorm_metadata"], &[]),
    ("TypeORM", &["migrations"], &["timestamp"]),
    ("Laravel", &["migrations"], &["batch"]),
    ("MikroORM", &["mikro_orm_migrations"], &[]),
    ("Drizzle", &["__drizzle_migrations"], &[]),
    ("goose", &["goose_db_version"], &[]),
    ("node-pg-migrate", &["pgmigrations"], &[]),
    ("Doctrine", &["doctrine_migration_versions"], &[]),
    ("Phinx", &["phinxlog"], &[]),
    ("Entity Framework", &["__EFMigrationsHistory"], &[]),
    ("SQLx", &["_sqlx_migrations"], &[]),
    ("SeaORM", &["seaql_migrations"], &[]),
    ("Diesel", &["__diesel_schema_migrations"], &[]),
];

/// Whose it is; `known` are the versions of the migrations in the binary.
pub fn recognise(seen: &Seen, known: &[&str]) -> Origin {
    let is_known = |version: &String| known.contains(&version.as_str());
    if let Some(ledger) = &seen.ledger
        && (seen.diesel.is_empty()
            || seen.diesel.iter().any(|version| is_known(version) || ledger.contains(version)))
    {
        return Origin::Ours;
    }
    let tables: Vec<&Object> = seen
        .objects
        .iter()
        .filter(|object| object.kind == "table" && !object.is_extension)
        .filter(|object| !is_of_settings(seen, object))
        .collect();
    if tables.is_empty() {
        return Origin::Empty;
    }
    let find = |name: &str| tables.iter().find(|table| table.name == name);
    let maker = MAKERS.iter().find(|(_, marks, columns)| {
        let has_columns =
            |mark: &&str| columns.iter().all(|one| find(mark).is_some_and(|t| t.has_column(one)));
        marks.iter().all(|mark| find(mark).is_some()) && marks.iter().all(has_columns)
    });
    let marks = maker.map_or(&[] as &[&str], |(_, marks, _)| marks);
    let others =
        tables.iter().map(|table| table.name.as_str()).filter(|name| !marks.contains(name));
    Origin::Foreign(Foreign {
        maker: maker.map(|(name, _, _)| *name),
        tables: marks.iter().copied().chain(others).map(str::to_owned).collect(),
        is_by_diesel_cli: seen.diesel.iter().any(is_known),
    })
}

impl Object {
    fn has_column(&self, name: &str) -> bool {
        self.columns.iter().any(|column| column == name)
    }
}

impl Foreign {
    /// `made by Prisma: _prisma_migrations, "Contact" and 9 more tables`.
    pub fn describe(&self) -> String {
        let maker = self.maker.unwrap_or("another program");
        let named: Vec<String> =
            self.tables.iter().take(NAMED).map(|name| identifier::shown(name)).collect();
        let more = match self.tables.len().saturating_sub(NAMED) {
            0 => String::new(),
            1 => String::from(" and 1 more table"),
            number => format!(" and {number} more tables"),
        };
        format!("made by {maker}: {}{more}", named.join(", "))
    }
}

/// The name of a database for people.
pub use super::schema_diff::identifier::{name as spelled, shown};

/// The names of ours that are taken: where there is one, an inbox can't be made
/// beside what is there. `ours` is what the migrations make; our own books are in
/// nobody's way.
pub fn taken(seen: &Seen, ours: &Catalog, has_books: bool) -> Vec<String> {
    let found = seen.objects.iter();
    let found = found.filter(|object| is_name_of(ours, &object.name));
    let found = found.filter(|object| !(has_books && is_book(&object.name)));
    let found = found.filter(|object| !is_of_settings(seen, object));
    let title = |object: &Object| {
        format!("{} {} of {}", object.kind, path_shown(&object.name), shown(&object.owner))
    };
    found.map(title).collect()
}

/// What an application made in the schema of an inbox.
pub fn not_ours(seen: &Seen, ours: &Catalog) -> Vec<String> {
    const KINDS: [&str; 7] =
        ["table", "foreign table", "view", "materialized view", "function", "sequence", "type"];
    let found = seen.objects.iter().filter(|object| !object.is_extension);
    let found = found.filter(|object| KINDS.contains(&object.kind.as_str()));
    let found = found.filter(|object| !is_name_of(ours, &object.name));
    found.map(|object| format!("{} {}", object.kind, path_shown(&object.name))).collect()
}

/// Whether it is a name that the migrations give, or that a month of theirs has.
pub fn is_name_of(ours: &Catalog, name: &str) -> bool {
    ours.names().contains(name)
        || is_book(name)
        || ours.tables.iter().any(|table| is_month_of(name, &table.name))
}

/// Whether it belongs to our settings: they say what the database is for, and may be there before
/// anything else.
fn is_of_settings(seen: &Seen, object: &Object) -> bool {
    const COLUMNS: [&str; 4] = ["key", "value", "updated_at", "updated_by"];
    let is_ours = |table: &Object| {
        table.name == "inboxctl_settings" && COLUMNS.iter().all(|column| table.has_column(column))
    };
    object.name.starts_with("inboxctl_settings") && seen.objects.iter().any(is_ours)
}

/// The tables that inboxctl and Diesel keep their books in.
pub const BOOKS: [&str; 3] =
    ["inboxctl_migrations", "inboxctl_settings", "__diesel_schema_migrations"];

/// Whether it is one of those, or hangs on one.
fn is_book(name: &str) -> bool {
    name.starts_with("inboxctl_") || name.starts_with("__diesel_schema_migrations")
}

/// Whether tables that nothing tells of are an inbox all the same: most of ours
/// are there, each with every column of ours in its type.
pub fn is_alike(found: &Catalog, ours: &Catalog) -> bool {
    let whole = || ours.tables.iter().filter(|table| table.partition_of.is_none());
    let is_there = |table: &&super::schema_diff::Table| {
        found.table(&table.name).is_some_and(|other| {
            let same = |column: &super::schema_diff::Column| {
                other.column(&column.name).is_some_and(|one| one.sql_type == column.sql_type)
            };
            table.columns.iter().all(same)
        })
    };
    whole().filter(is_there).count() * 2 > whole().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(name: &str) -> Object {
        Object {
            kind: String::from("table"),
            name: name.to_owned(),
            owner: String::new(),
            is_extension: false,
            columns: Vec::new(),
        }
    }

    fn seen(names: &[&str]) -> Seen {
        Seen { objects: names.iter().map(|name| table(name)).collect(), ..Seen::default() }
    }

    fn versions(list: &[&str]) -> Vec<String> {
        list.iter().map(|version| (*version).to_owned()).collect()
    }

    fn maker(seen: &Seen) -> Option<&'static str> {
        match recognise(seen, &["1", "2"]) {
            Origin::Foreign(foreign) => foreign.maker,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn tables_of_extensions_are_nobodys() {
        let mut postgis = seen(&["spatial_ref_sys"]);
        postgis.objects[0].is_extension = true;
        assert_eq!(recognise(&postgis, &[]), Origin::Empty);
        assert_eq!(recognise(&Seen::default(), &[]), Origin::Empty);
    }

    #[test]
    fn a_ledger_of_ours_makes_it_ours_and_diesels_own_does_not() {
        let diesel = |list: &[&str], ledger: Option<&[&str]>| {
            let seen = Seen {
                diesel: versions(list),
                ledger: ledger.map(versions),
                ..seen(&["__diesel_schema_migrations", "posts"])
            };
            recognise(&seen, &["1", "2"])
        };
        assert_eq!(diesel(&["1"], Some(&["1"])), Origin::Ours);
        assert_eq!(diesel(&[], Some(&[])), Origin::Ours, "everything was reverted");
        assert_eq!(diesel(&["9"], Some(&["9"])), Origin::Ours, "a newer inboxctl made it");
        for (list, ledger) in [(&["8"][..], None), (&["1"][..], None), (&["8"][..], Some(&[][..]))]
        {
            let Origin::Foreign(found) = diesel(list, ledger) else {
                panic!("{list:?} {ledger:?}")
            };
            assert_eq!(found.maker, Some("Diesel"));
            assert_eq!(found.is_by_diesel_cli, list == ["1"]);
        }
    }

    #[test]
    fn the_program_is_known_by_its_books() {
        for (program, marks, columns) in MAKERS {
            let mut seen = seen(&["Contact"]);
            for mark in marks {
                let columns = columns.iter().map(|column| (*column).to_owned()).collect();
                seen.objects.push(Object { columns, ..table(mark) });
            }
            assert_eq!(maker(&seen), Some(program), "{marks:?}");
        }
        assert_eq!(maker(&seen(&["Contact", "migrations"])), None);
    }

    #[test]
    fn what_was_seen_is_named_with_the_mark_first() {
        let Origin::Foreign(found) =
            recognise(&seen(&["Contact", "a\nb", "t1", "t2", "t3", "_prisma_migrations"]), &[])
        else {
            panic!("it is foreign")
        };
        assert_eq!(
            found.describe(),
            "made by Prisma: _prisma_migrations, \"Contact\", \"a\\nb\", t1, t2 and 1 more table"
        );
    }
}
