//! Nothing of ours is without a fate.

use serde_json::Value;

use super::*;

/// What the migrations make, as docs/schema has it.
#[test]
fn each_column_of_ours_has_a_fate_and_no_other_has() {
    let schema: Value =
        serde_json::from_str(include_str!("../../../docs/schema/schema.json")).unwrap();
    let tables = schema["tables"].as_array().unwrap();
    let mut made = 0;
    for table in tables {
        let name = table["name"].as_str().unwrap();
        // A partition has the columns of its table.
        let Some(ours) = of_table(name.trim_end_matches("_default")) else {
            panic!("say in fates.rs what becomes of {name}");
        };
        let columns = table["columns"].as_array().unwrap();
        let names: Vec<&str> = columns.iter().map(|one| one["name"].as_str().unwrap()).collect();
        for column in &names {
            assert!(
                of_column(ours, column).is_some(),
                "say in fates.rs what becomes of {name}.{column}"
            );
        }
        for (column, _) in ours.columns {
            assert!(names.contains(column), "{name} has no column {column}");
        }
        made += usize::from(ours.name == name);
    }
    let books =
        OURS.iter().filter(|ours| ours.name.starts_with("inboxctl") || ours.name.starts_with('_'));
    assert_eq!(made + books.count(), OURS.len(), "a table that no migration makes");
}

/// Texts and JSON are kept nowhere but where inboxctl itself wrote them.
#[test]
fn no_text_of_the_application_is_kept() {
    let schema: Value =
        serde_json::from_str(include_str!("../../../docs/schema/schema.json")).unwrap();
    for table in schema["tables"].as_array().unwrap() {
        let name = table["name"].as_str().unwrap();
        let ours = of_table(name.trim_end_matches("_default")).unwrap();
        for column in table["columns"].as_array().unwrap() {
            let (column, of) = (column["name"].as_str().unwrap(), column["type"].as_str().unwrap());
            let is_text =
                ["text", "jsonb", "bytea", "inet"].iter().any(|text| of.starts_with(text));
            let is_kept = of_column(ours, column) == Some(Keep);
            let is_word_of_ours = ours.is_emptied || (name, column) == ("retention_holds", "kind");
            assert!(!is_text || !is_kept || is_word_of_ours, "{name}.{column}");
        }
    }
}
