//! Properties of the comparison.

use proptest::prelude::*;

use super::*;

const OPTIONS: Options<'static> = Options {
    privileges: true,
    obstacles: &Obstacles {
        dependents: Vec::new(),
        unfilled: std::collections::BTreeSet::new(),
        broken: std::collections::BTreeSet::new(),
    },
};

fn column() -> impl Strategy<Value = Column> {
    ("[a-c]", prop::sample::select(vec!["text", "integer", "uuid"]), any::<bool>(), any::<bool>())
        .prop_map(|(name, kind, not_null, has_default)| Column {
            name,
            sql_type: kind.to_owned(),
            not_null,
            default: has_default.then(|| format!("NULL::{kind}")),
            ..Column::default()
        })
}

fn table() -> impl Strategy<Value = Table> {
    ("t[1-3]", prop::collection::vec(column(), 1..4), any::<bool>()).prop_map(
        |(name, mut columns, row_security)| {
            columns.sort_by(|one, other| one.name.cmp(&other.name));
            columns.dedup_by(|one, other| one.name == other.name);
            Table { name, columns, row_security, ..Table::default() }
        },
    )
}

fn catalog() -> impl Strategy<Value = Catalog> {
    let labels = prop::collection::btree_set("[A-D]", 1..4);
    let made = labels.prop_map(|labels| Enum {
        name: String::from("mood"),
        labels: labels.into_iter().collect(),
    });
    (prop::collection::vec(table(), 0..4), prop::option::of(made)).prop_map(|(mut tables, made)| {
        tables.sort_by(|one, other| one.name.cmp(&other.name));
        tables.dedup_by(|one, other| one.name == other.name);
        Catalog { tables, enums: made.into_iter().collect(), ..Catalog::default() }
    })
}

proptest! {
    #[test]
    fn equal_schemas_do_not_differ(catalog in catalog()) {
        let same = compare(&catalog, &catalog, OPTIONS);
        prop_assert_eq!(same, Comparison::default());
    }

    #[test]
    fn unequal_schemas_differ_and_each_difference_has_sql(one in catalog(), other in catalog()) {
        let found = compare(&one, &other, OPTIONS);
        prop_assert_eq!(found == Comparison::default(), one == other);
        for difference in &found.differences {
            prop_assert!(!difference.sql.is_empty());
        }
        prop_assert!(script(&found.differences, "public").iter().all(|sql| !sql.contains("DROP TABLE")));
    }

    #[test]
    fn what_is_only_added_is_not_ours(one in catalog(), other in catalog()) {
        let mut both = one.clone();
        let added = other.tables.into_iter().filter(|table| one.table(&table.name).is_none());
        both.tables.extend(added.map(|table| Table {
            columns: table.columns.into_iter().map(|column| Column { position: 99, ..column }).collect(),
            ..table
        }));
        let found = compare(&one, &both, OPTIONS);
        prop_assert_eq!(found.differences, vec![]);
        prop_assert_eq!(found.not_ours.len(), both.tables.len() - one.tables.len());
    }

    #[test]
    fn the_model_survives_json(catalog in catalog()) {
        let text = serde_json::to_string(&catalog).unwrap();
        prop_assert_eq!(serde_json::from_str::<Catalog>(&text).unwrap(), catalog);
    }
}

#[test]
fn months_made_as_time_goes_by_are_no_drift() {
    let parent = Table {
        name: String::from("logs"),
        partition_key: Some(String::from("RANGE (at)")),
        ..Table::default()
    };
    let month = |name: &str, bound: &str| Table {
        name: name.to_owned(),
        partition_of: Some(Partition { table: String::from("logs"), bound: bound.to_owned() }),
        ..Table::default()
    };
    let expected = Catalog { tables: vec![parent.clone()], ..Catalog::default() };
    let differ = |table: Table| {
        let found = Catalog { tables: vec![parent.clone(), table], ..Catalog::default() };
        compare(&expected, &found, OPTIONS).not_ours.len()
    };
    let bound = "FOR VALUES FROM ('2026-12-01 00:00:00+00') TO ('2027-01-01 00:00:00+00')";
    assert_eq!(differ(month("logs_2026_12", bound)), 0);
    assert_eq!(differ(month("logs_2026_11", bound)), 0);
    assert_eq!(differ(month("december", bound)), 0, "a month is known by its bounds");
    let days = "FOR VALUES FROM ('2026-12-01 00:00:00+00') TO ('2026-12-09 00:00:00+00')";
    assert_eq!(differ(month("logs_2026_12", days)), 1);
}

#[test]
fn names_are_quoted_only_where_they_must_be() {
    assert_eq!(identifier::name("contacts"), "contacts");
    assert_eq!(identifier::name("user"), "\"user\"");
    assert_eq!(identifier::name("a\"b"), "\"a\"\"b\"");
    assert_eq!(identifier::text("it's"), "'it''s'");
}
