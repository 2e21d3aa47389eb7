//! Rows of `templates`.

use diesel::dsl::sql;
use diesel::expression::SqlLiteral;
use diesel::prelude::*;
use diesel::sql_types::{Array, Text};
use uuid::Uuid;

use super::schema::templates;
use super::types::{Word, same};
use crate::domain::named::Label;
use crate::domain::pg_time::PgTime;
use crate::domain::vocabulary::Channel;

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = templates)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Template {
    pub id: Uuid,
    pub name: String,
    pub content: String,
    /// As declared.
    #[diesel(select_expression = sql::<Array<Text>>(VARIABLES))]
    #[diesel(select_expression_type = SqlLiteral<Array<Text>>)]
    pub variables: Vec<String>,
    /// None for any channel.
    pub channel: Option<Label<Channel>>,
    pub category: Option<String>,
    pub is_active: bool,
    pub created_at: PgTime,
    pub updated_at: PgTime,
}

/// Of whatever dimensions, and without NULLs.
const VARIABLES: &str =
    "ARRAY(SELECT name FROM pg_catalog.unnest(templates.variables) AS name WHERE name IS NOT NULL)";

#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub channel: Option<Channel>,
    pub category: Option<String>,
    pub active: bool,
}

/// In the order of their names.
pub fn list(conn: &mut PgConnection, filter: &Filter, limit: i64) -> QueryResult<Vec<Template>> {
    let mut query = templates::table
        .select(Template::as_select())
        .order((templates::name, templates::id))
        .limit(limit)
        .into_boxed();
    if let Some(channel) = filter.channel {
        query = query.filter(same(templates::channel, Word(channel)));
    }
    if let Some(category) = &filter.category {
        query = query.filter(templates::category.eq(category));
    }
    if filter.active {
        query = query.filter(templates::is_active);
    }
    query.load(conn)
}

/// All with this name: a channel may have one of its own.
pub fn list_by_name(conn: &mut PgConnection, name: &str) -> QueryResult<Vec<Template>> {
    templates::table
        .filter(templates::name.eq(name))
        .select(Template::as_select())
        .order((templates::channel, templates::id))
        .load(conn)
}

pub fn find(conn: &mut PgConnection, id: Uuid) -> QueryResult<Option<Template>> {
    templates::table.find(id).select(Template::as_select()).first(conn).optional()
}

/// Names, to suggest one of them.
pub fn list_names(conn: &mut PgConnection, limit: i64) -> QueryResult<Vec<String>> {
    templates::table.select(templates::name).order(templates::name).limit(limit).load(conn)
}
