//! Contacts by what they have and lack: lists of the newest, and all of them as a stream.

use std::cell::RefCell;
use std::io::BufRead;

use diesel::connection::SimpleConnection;

use diesel::pg::{CopyFormat, CopyTarget, Pg};
use diesel::prelude::*;
use diesel::query_builder::AstPass;
use diesel::sql_types::{Array, BigInt, Jsonb, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use uuid::Uuid;

use super::after::After;
use super::contacts_scan::{self, of_the_server};
use super::json::DbJson;
use super::liveness::Rest;
use super::schema::contacts;
use super::statements::quote_literal;
use crate::domain::pg_time::PgTime;
use crate::domain::raw_json::RawJson;
use crate::domain::vocabulary::Channel;
use crate::error::Failure;

type SqlUuid = diesel::sql_types::Uuid;

/// What a contact can be without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// A phone, an e-mail or a handle: nobody can write to it.
    Identifier,
    Messages,
}

#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// With a message through it.
    pub channel: Option<Channel>,
    /// Made then or later.
    pub since: Option<Timestamp>,
    /// The user that has it.
    pub assigned: Option<Uuid>,
    pub without: Option<Lack>,
    /// Those of a list's next page.
    pub after: Option<After>,
}

impl Filter {
    /// For contacts called `c`. COPY takes no parameters, so the values stand in it.
    fn conditions(&self) -> String {
        let mut all = Vec::new();
        if let Some(since) = self.since {
            all.push(format!("c.created_at >= {}::timestamptz", quote_literal(&since.to_string())));
        }
        if let Some(channel) = self.channel {
            all.push(format!(
                "EXISTS (SELECT FROM messages m WHERE m.contact_id = c.id \
                     AND m.channel OPERATOR(pg_catalog.=) {})",
                quote_literal(channel.as_str())
            ));
        }
        if let Some(user) = self.assigned {
            all.push(format!(
                "c.id IN (SELECT a.contact_id FROM assignments a WHERE a.user_id = {}::uuid)",
                quote_literal(&user.to_string())
            ));
        }
        if let Some(After { created_at, id }) = self.after {
            all.push(format!(
                "(c.created_at, c.id) < ({}::timestamptz, {}::uuid)",
                quote_literal(&created_at.to_string()),
                quote_literal(&id.to_string())
            ));
        }
        let lacks = self.without.map(|lack| match lack {
            Lack::Identifier => {
                "(c.phone IS NULL OR c.phone = ''::text) AND (c.email IS NULL OR c.email = ''::text) \
                 AND (c.social_handles = '{}'::jsonb OR c.social_handles = '[]'::jsonb) \
                 AND NOT EXISTS (SELECT FROM contact_identities i WHERE i.contact_id = c.id)"
            }
            Lack::Messages => "NOT EXISTS (SELECT FROM messages m WHERE m.contact_id = c.id)",
        });
        all.extend(lacks.map(str::to_owned));
        if all.is_empty() { String::from("true") } else { all.join(" AND ") }
    }

    /// The tables that decide.
    pub fn tables(&self) -> Vec<&'static str> {
        let mut tables = vec!["contacts"];
        if self.channel.is_some() || self.without == Some(Lack::Messages) {
            tables.push("messages");
        }
        if self.without == Some(Lack::Identifier) {
            tables.push("contact_identities");
        }
        if self.assigned.is_some() {
            tables.push("assignments");
        }
        tables
    }
}

#[derive(Debug, Clone, QueryableByName)]
pub struct Listed {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Nullable<Text>)]
    pub name: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub phone: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub email: Option<String>,
    #[diesel(sql_type = Jsonb, deserialize_as = DbJson)]
    pub social_handles: RawJson,
    #[diesel(sql_type = Jsonb, deserialize_as = DbJson)]
    pub metadata: RawJson,
    #[diesel(sql_type = Timestamptz)]
    pub created_at: PgTime,
    #[diesel(sql_type = Timestamptz)]
    pub updated_at: PgTime,
    /// Of the user that has it.
    #[diesel(sql_type = Nullable<Text>)]
    pub assigned_to_email: Option<String>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub last_message_at: Option<PgTime>,
    /// The contacts that were merged into it.
    #[diesel(sql_type = Array<SqlUuid>)]
    pub merged_ids: Vec<Uuid>,
}

const ASSIGNED_TO: &str = "(SELECT u.email FROM assignments a JOIN users u ON u.id = a.user_id \
    WHERE a.contact_id = c.id)";
const LAST_MESSAGE: &str = "(SELECT m.created_at FROM messages m WHERE m.contact_id = c.id ORDER BY m.created_at DESC LIMIT 1)";
const MERGED: &str = "ARRAY(SELECT g.contact_id FROM merged_contacts g WHERE g.survivor_id = c.id ORDER BY g.contact_id)";

/// The newest first. Few rows are picked, and only then is looked what hangs on them.
pub fn list(conn: &mut PgConnection, filter: &Filter, limit: i64) -> QueryResult<Vec<Listed>> {
    diesel::sql_query(format!(
        "SELECT c.id, c.name, c.phone, c.email, c.social_handles, c.metadata, c.created_at, c.updated_at, \
             {ASSIGNED_TO} AS assigned_to_email, {LAST_MESSAGE} AS last_message_at, {MERGED} AS merged_ids \
         FROM (SELECT * FROM contacts c WHERE {} ORDER BY c.created_at DESC, c.id DESC LIMIT $1) c \
         ORDER BY c.created_at DESC, c.id DESC",
        filter.conditions()
    ))
    .bind::<BigInt, _>(limit)
    .load(conn)
}

/// The columns of an export; a plain one has what stands in `contacts` itself.
pub const COLUMNS: [&str; 12] = [
    "id",
    "name",
    "phone",
    "email",
    "social_handles",
    "metadata",
    "created_at",
    "updated_at",
    "identities",
    "assigned_to_email",
    "last_message_at",
    "merged_ids",
];
/// So many of them are plain.
pub const PLAIN: usize = 8;

/// How a column is written, of a contact called `c`.
fn expression(column: &str, is_json: bool) -> String {
    // RFC 3339, but for what has no place there.
    let time = |value: &str| {
        format!(
            "CASE WHEN {value} >= '0001-01-01T00:00:00Z'::timestamptz \
                 THEN replace(replace({value}::text, ' '::text, 'T'::text), '+00'::text, 'Z'::text) \
                 ELSE {value}::text END"
        )
    };
    match column {
        "created_at" | "updated_at" => time(&format!("c.{column}")),
        "last_message_at" => {
            format!("(SELECT {} FROM (SELECT {LAST_MESSAGE} AS at) AS last)", time("last.at"))
        }
        "assigned_to_email" => ASSIGNED_TO.to_owned(),
        "merged_ids" if is_json => MERGED.to_owned(),
        "merged_ids" => format!("pg_catalog.array_to_string({MERGED}, ' '::text)"),
        "identities" => String::from(
            "(SELECT coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object( \
                  'kind', i.kind, 'network', i.network, 'value', i.value) ORDER BY i.kind, i.value), '[]'::jsonb) \
              FROM contact_identities i WHERE i.contact_id = c.id)",
        ),
        plain => format!("c.{plain}"),
    }
}

/// The tables that these columns are read from, beside `contacts`.
pub fn tables_of(columns: &[String]) -> Vec<&'static str> {
    let of = |column: &String| match column.as_str() {
        "identities" => &["contact_identities"][..],
        "assigned_to_email" => &["assignments", "users"],
        "last_message_at" => &["messages"],
        "merged_ids" => &["merged_contacts"],
        _ => &[],
    };
    columns.iter().flat_map(of).copied().collect()
}

/// How contacts are written, a line each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// With a line of names before. NULL is nothing, an empty text is `""`.
    Csv,
    /// An object a line.
    Jsonl,
}

thread_local! {
    /// What is copied: Diesel copies tables alone, and asks a type, not a value, for their names.
    static COPIED: RefCell<String> = const { RefCell::new(String::new()) };
}

struct Query;

impl CopyTarget for Query {
    type Table = contacts::table;
    type SqlType = contacts::SqlType;

    fn walk_target(mut pass: AstPass<'_, '_, Pg>) -> QueryResult<()> {
        COPIED.with_borrow(|query| pass.push_sql(query));
        Ok(())
    }
}

/// Hands every contact that the filter lets through to `each`, a line or more at a time, in the order
/// of the table. The server writes the lines, so memory doesn't grow with them; the number of contacts.
///
/// # Errors
/// The server, or what `each` says.
pub fn stream(
    conn: &mut PgConnection,
    filter: &Filter,
    columns: &[String],
    form: Form,
    mut each: impl FnMut(&[u8]) -> anyhow::Result<()>,
) -> anyhow::Result<u64> {
    let is_json = form == Form::Jsonl;
    let selected: Vec<String> = columns
        .iter()
        .map(|column| format!("{} AS {column}", expression(column, is_json)))
        .collect();
    let rows =
        format!("SELECT {} FROM contacts c WHERE {}", selected.join(", "), filter.conditions());
    COPIED.set(match form {
        Form::Csv => format!("({rows})"),
        Form::Jsonl => format!("(SELECT pg_catalog.row_to_json(r.*)::text FROM ({rows}) AS r)"),
    });
    // As long as it takes to write it.
    conn.batch_execute("SET LOCAL statement_timeout = 0")?;
    let copied = diesel::copy_to(Query);
    let contacts = match form {
        Form::Csv => {
            let input = copied.with_format(CopyFormat::Csv).with_header(true).load_raw(conn)?;
            lines(input, &mut each)
        }
        Form::Jsonl => {
            let input = copied.with_format(CopyFormat::Binary).load_raw(conn)?;
            objects(input, &mut each)
        }
    }?;
    contacts_scan::end(conn).map_err(|_| {
        Failure::failed("the server broke off in the middle of the contacts")
            .why("it could not read one of them")
            .hint("its log says why; `inboxctl db verify` looks for damage")
    })?;
    Ok(contacts)
}

type Each<'a> = &'a mut dyn FnMut(&[u8]) -> anyhow::Result<()>;

/// Each message of the server's is a row, the first one the header.
fn lines(input: impl BufRead, each: Each<'_>) -> anyhow::Result<u64> {
    let rows = messages(input, &Rest::begin(), |message| {
        if !message.is_empty() {
            each(message)?;
        }
        Ok(!message.is_empty())
    })?;
    Ok(rows.max(1) - 1)
}

/// Rows of one text each.
fn objects(mut input: impl BufRead, each: Each<'_>) -> anyhow::Result<u64> {
    let answer = Rest::begin();
    contacts_scan::skip_header(&mut input)?;
    messages(input, &answer, |message| {
        // The number of fields, and the length of the only one; the last message has no fields.
        let Some(text) = message.get(6..) else { return Ok(false) };
        each(text)?;
        each(b"\n")?;
        Ok(true)
    })
}

/// Hands over one message after the other, until `take` says that it was the last; how many came
/// before it.
fn messages(
    mut input: impl BufRead,
    answer: &Rest,
    mut take: impl FnMut(&[u8]) -> anyhow::Result<bool>,
) -> anyhow::Result<u64> {
    for number in 0_u64.. {
        if number.is_multiple_of(1024) {
            answer.arrives();
        }
        let message = input.fill_buf().map_err(of_the_server)?;
        let length = message.len();
        if !take(message)? {
            return Ok(number);
        }
        input.consume(length);
    }
    Ok(0)
}
