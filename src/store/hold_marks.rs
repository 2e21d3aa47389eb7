//! How a hold knows the rows of any table, ours or the application's: by the contact, the user or the
//! resource that they are about.

use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};

use super::archive_rows::Layout;
use super::statements::{quote_identifier, quote_literal};

/// Something that a hold may name a row by.
#[derive(Debug, Clone)]
pub enum Mark {
    /// What the row itself is.
    Resource { label: String, key: Option<String> },
    /// What a column says it is about.
    About(Column),
}

#[derive(Debug, Clone, QueryableByName)]
pub struct Column {
    /// `contact` or `user`.
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    name: String,
    /// The type of the document that has it inside.
    #[diesel(sql_type = Nullable<Text>)]
    document: Option<String>,
}

/// The marks of a table's rows.
pub fn of_table(conn: &mut PgConnection, layout: &Layout) -> QueryResult<Vec<Mark>> {
    let label = &layout.table;
    let mut marks = vec![Mark::Resource { label: label.clone(), key: None }];
    let id = match &layout.key[..] {
        [key] => Some(key.clone()),
        _ => layout.columns.iter().map(|column| column.name.clone()).find(|name| name == "id"),
    };
    marks.extend(id.map(|id| Mark::Resource { label: label.clone(), key: Some(id) }));
    let columns: Vec<Column> = diesel::sql_query(include_str!("sql/hold_marks.sql"))
        .bind::<Text, _>(&layout.relation)
        .load(conn)?;
    marks.extend(columns.into_iter().map(Mark::About));
    Ok(marks)
}

impl Mark {
    /// The mark of the row that goes by `alias`, in SQL; NULL if it has none.
    pub fn of(&self, alias: &str) -> String {
        match self {
            Mark::Resource { label, key: None } => quote_literal(&format!("resource:{label}")),
            Mark::Resource { label, key: Some(key) } => format!(
                "{} || {alias}.{}::text",
                quote_literal(&format!("resource:{label}/")),
                quote_identifier(key)
            ),
            Mark::About(Column { kind, name, document }) => {
                let value = format!("{alias}.{}", quote_identifier(name));
                match document.as_deref() {
                    None => format!("'{kind}:' || {value}::text"),
                    Some(form) => {
                        let document = match form {
                            "json" => format!("{}::json", without_unreadable_escapes(&value)),
                            _ => format!("{value}::jsonb"),
                        };
                        format!(
                            "'{kind}:' || coalesce({document} ->> '{kind}_id'::text, {document} ->> '{kind}Id'::text)"
                        )
                    }
                }
            }
        }
    }
}

/// The text of a json value in which the escapes that no text can have (NUL, halves of a pair) are
/// replaced: `->>` fails on a document that has one anywhere.
fn without_unreadable_escapes(value: &str) -> String {
    format!(
        "pg_catalog.regexp_replace({value}::text, '\\\\u(0000|[dD][89a-fA-F][0-9a-fA-F]{{2}})'::text, \
         '\\\\ufffd'::text, 'g'::text)"
    )
}
