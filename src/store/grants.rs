//! The group roles and their rights, as the server has them.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Nullable, Text};

use super::fingerprint::Fingerprint;
use super::statements::quote_identifier;
use crate::domain::consent::Consent;
use crate::domain::grants::{
    self, Difference, Grant, Grantee, Objects, On, Role, Routine, Sequence, Table,
};
use crate::domain::origin::BOOKS;
use crate::domain::schema_diff::Catalog;
use crate::store::scalar::ScalarQuery;

/// What there is of the inbox to grant rights on in this database; `ours` is what the migrations
/// make.
pub fn objects(conn: &mut PgConnection, ours: &Catalog) -> QueryResult<Objects> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        kind: String,
        #[diesel(sql_type = Text)]
        name: String,
        #[diesel(sql_type = Nullable<Text>)]
        base: Option<String>,
        #[diesel(sql_type = Bool)]
        is_partition: bool,
        #[diesel(sql_type = Bool)]
        is_definer: bool,
        #[diesel(sql_type = Array<Text>)]
        columns: Vec<String>,
        #[diesel(sql_type = Array<Text>)]
        sealed: Vec<String>,
        #[diesel(sql_type = BigInt)]
        number: i64,
    }
    let tables: Vec<&str> =
        ours.tables.iter().map(|table| table.name.as_str()).chain(BOOKS).collect();
    let routines = ours.definitions.iter().filter(|made| made.kind.is_routine());
    let routines: Vec<&str> = routines.map(|made| made.name.as_str()).collect();
    let rows: Vec<Row> = diesel::sql_query(include_str!("sql/grant_objects.sql"))
        .bind::<Array<Text>, _>(tables)
        .bind::<Array<Text>, _>(routines)
        .load(conn)?;
    let mut objects = Objects::default();
    for row in rows {
        let Row { name, base, is_partition, is_definer, columns, sealed, number, .. } = row;
        match row.kind.as_str() {
            "table" => objects.tables.push(Table {
                name,
                base: base.unwrap_or_default(),
                is_partition,
                columns,
                sealed,
            }),
            "sequence" => objects.sequences.push(Sequence { name, table: base }),
            "routine" => objects.routines.push(Routine { name, is_definer }),
            "not ours" => objects.not_ours = number,
            "schema" => objects.schema = name,
            _ => objects.database = name,
        }
    }
    Ok(objects)
}

/// The rights of the group roles, and of everybody, on those objects.
pub fn actual(conn: &mut PgConnection, objects: &Objects) -> QueryResult<BTreeSet<Grant>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        kind: String,
        #[diesel(sql_type = Text)]
        name: String,
        #[diesel(sql_type = Nullable<Text>)]
        column: Option<String>,
        #[diesel(sql_type = Text)]
        grantee: String,
        #[diesel(sql_type = Text)]
        privilege: String,
    }
    let rows: Vec<Row> = diesel::sql_query(include_str!("sql/grants.sql")).load(conn)?;
    let grant = |row: Row| {
        let name = row.name;
        let on = match row.kind.as_str() {
            "table" => On::Table(name),
            "column" => On::Column { table: name, column: row.column.unwrap_or_default() },
            "sequence" => On::Sequence(name),
            "routine" => On::Routine(name),
            "schema" => On::Schema(name),
            _ => On::Database(name),
        };
        if !objects.has(&on) {
            return None;
        }
        Some(Grant { on, grantee: Grantee::parse(&row.grantee)?, privilege: row.privilege })
    };
    Ok(rows.into_iter().filter_map(grant).collect())
}

/// Functions of the inbox that run as its owner and that others may call than who should. So they
/// are in every restore without the privileges of the backup.
pub fn open_functions(conn: &mut PgConnection) -> QueryResult<Vec<Grant>> {
    let ours = Fingerprint::embedded()
        .map_err(|error| diesel::result::Error::QueryBuilderError(error.into()))?;
    let objects = objects(conn, &ours.catalog)?;
    let (wanted, actual) = (grants::wanted(&objects), actual(conn, &objects)?);
    let excess = actual.difference(&wanted);
    Ok(excess.filter(|grant| matches!(grant.on, On::Routine(_))).cloned().collect())
}

/// Closes them in a database that this command has just filled, and returns what was open.
pub fn close_functions(conn: &mut PgConnection) -> QueryResult<Vec<Grant>> {
    let excess = open_functions(conn)?;
    let difference = Difference { excess, ..Difference::default() };
    complete(conn, &grants::statements(&[], &difference))?;
    Ok(difference.excess)
}

/// Who else may create in the schema of the inbox, and what ends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Creators {
    /// `PUBLIC, eve`.
    pub names: String,
    pub revoke: String,
}

/// `None` where nobody may but its owner and the inbox's.
pub fn creators(conn: &mut PgConnection, schema: &str) -> QueryResult<Option<Creators>> {
    let names = diesel::sql_query(include_str!("sql/creators.sql"))
        .scalars::<Text, String>(conn)?
        .join(", ");
    let revoke = format!("REVOKE CREATE ON SCHEMA {} FROM {names}", quote_identifier(schema));
    Ok((!names.is_empty()).then_some(Creators { names, revoke }))
}

/// The three roles, made or not.
pub fn roles(conn: &mut PgConnection) -> QueryResult<Vec<Role>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        name: String,
        #[diesel(sql_type = Array<Text>)]
        attributes: Vec<String>,
        #[diesel(sql_type = Array<Text>)]
        member_of: Vec<String>,
        #[diesel(sql_type = BigInt)]
        members: i64,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT rolname::text AS name, \
             pg_catalog.array_remove(ARRAY[ \
                 CASE WHEN rolcanlogin THEN 'LOGIN' END, \
                 CASE WHEN rolsuper THEN 'SUPERUSER' END, \
                 CASE WHEN rolcreatedb THEN 'CREATEDB' END, \
                 CASE WHEN rolcreaterole THEN 'CREATEROLE' END, \
                 CASE WHEN rolreplication THEN 'REPLICATION' END, \
                 CASE WHEN rolbypassrls THEN 'BYPASSRLS' END], NULL) AS attributes, \
             ARRAY(SELECT DISTINCT quote_ident(pg_get_userbyid(roleid)::text) FROM pg_auth_members \
                   WHERE member = r.oid) AS member_of, \
             (SELECT pg_catalog.count(DISTINCT member) FROM pg_auth_members WHERE roleid = r.oid) AS members \
         FROM pg_roles r WHERE rolname IN ('inbox_viewer', 'inbox_editor', 'inbox_admin')",
    )
    .load(conn)?;
    let role = |group: Grantee| match rows.iter().find(|row| row.name == group.as_str()) {
        Some(row) => Role {
            group,
            exists: true,
            attributes: row.attributes.clone(),
            member_of: row.member_of.clone(),
            members: row.members,
        },
        None => Role { group, exists: false, attributes: vec![], member_of: vec![], members: 0 },
    };
    Ok(Grantee::GROUPS.into_iter().map(role).collect())
}

/// Runs statements that only add rights.
pub fn add(conn: &mut PgConnection, statements: &[String]) -> QueryResult<()> {
    // One statement a call: no name that was read can begin a second one.
    statements.iter().try_for_each(|statement| diesel::sql_query(statement).execute(conn).map(drop))
}

/// Runs statements on objects that this transaction made: nobody had a right on
/// them yet, so taking what the defaults gave needs no consent.
pub fn complete(conn: &mut PgConnection, statements: &[String]) -> QueryResult<()> {
    add(conn, statements)
}

/// Runs statements some of which take rights away.
pub fn change(
    conn: &mut PgConnection,
    statements: &[String],
    _consent: &Consent,
) -> QueryResult<()> {
    add(conn, statements)
}
