//! What a value of theirs is in SQL, as it stands and as it becomes ours.

use crate::domain::adopt::decide;
use crate::domain::adopt::labels;
use crate::domain::adopt::map::{MERGE, Map, OPEN};
use crate::domain::adopt::mapping::{Column, Mapping, Table, Value};
use crate::domain::adopt::model::{Kind, Otherwise};
use crate::domain::adopt::{Tenant, words};
use crate::store::statements::{quote_identifier, quote_literal};

/// The schema of what the conversion needs while it works; nothing in it is quoted.
pub const ASIDE: &str = "inboxctl_adopt";

/// The row of theirs, in every statement.
pub const ROW: &str = "t";

/// As it stands: the null where there is nothing.
pub fn raw(value: &Value) -> String {
    let column = |name: &str| format!("{ROW}.{}", quote_identifier(name));
    match value {
        Value::Column(name)
        | Value::When { column: name, .. }
        | Value::Flag { column: name, .. } => column(name),
        Value::Of { column: name, says, means } => format!(
            "(CASE WHEN pg_catalog.regexp_replace(pg_catalog.lower(pg_catalog.translate({}::text, '_- :'::text, ''::text)), 's$'::text, ''::text) \
                 IN ({}) THEN {} END)",
            column(says),
            means.iter().map(|word| quote_literal(word)).collect::<Vec<_>>().join(", "),
            column(name)
        ),
        Value::Through { key, table, target, column: other } => format!(
            "(SELECT u.{} FROM {} AS u WHERE u.{} = {})",
            quote_identifier(other),
            quote_identifier(table),
            quote_identifier(target),
            column(key),
        ),
        Value::Joined(parts) => {
            let parts: Vec<String> = parts.iter().map(|name| column(name)).collect();
            format!("nullif(pg_catalog.btrim(pg_catalog.concat_ws(' ', {})), '')", parts.join(", "))
        }
        Value::Constant(text) => format!("{}::text", quote_literal(text)),
        Value::Nothing => String::from("NULL::text"),
    }
}

/// The raw value as text, empty where there is nothing.
pub fn text(value: &Value) -> String {
    match value {
        Value::Nothing => raw(value),
        _ => format!("({})::text", raw(value)),
    }
}

/// The id here of what is called `text` there: an expression that the server takes in whole.
pub fn adopted(text: &str) -> String {
    format!("{ASIDE}.id({text})")
}

/// The id here of an id that is there: by the join of that name.
fn led(name: &str, text: &str) -> String {
    format!("coalesce({}.id, {ASIDE}.same({text}))", joined(name))
}

/// The same of one that may be nobody's: it leads nowhere here as it did there.
pub fn led_anywhere(name: &str, text: &str) -> String {
    format!("coalesce({}.id, {})", joined(name), adopted(text))
}

fn joined(name: &str) -> String {
    quote_identifier(&format!("to {name}"))
}

/// What `led` looks in: a hash of old ids takes a tenth of what it takes to make an id again.
pub fn join(name: &str, resource: &str, text: &str) -> String {
    format!(
        " LEFT JOIN adopted_ids AS {name} ON {name}.resource = {} AND {name}.old_id = {text}",
        quote_literal(resource),
        name = joined(name)
    )
}

/// The same of what has no key. A short text is an id only where `kind`, a condition, says of what.
fn renamed(text: &str, kind: Option<&str>) -> String {
    let is_id = match kind {
        Some(kind) => format!("({IS_LONG} OR {kind})"),
        None => String::from(IS_LONG),
    };
    format!(
        "coalesce((SELECT a.id::text FROM adopted_ids AS a WHERE a.old_id = {text} AND {is_id} LIMIT 1), {text})"
    )
}

/// So long a text is an id wherever it stands.
const IS_LONG: &str = "octet_length(a.old_id) BETWEEN 16 AND 64";

/// What `a.old_id` has to be, where it stands in something of that name.
pub fn is_id(name: &str) -> String {
    match words::resource(name) {
        Some(table) => format!("({IS_LONG} OR a.resource = {})", quote_literal(table)),
        None => String::from(IS_LONG),
    }
}

/// A list of texts with the ids that are there.
pub fn renamed_list(list: &str, sql_type: &str, name: &str) -> String {
    format!(
        "ARRAY(SELECT coalesce((SELECT a.id::text FROM adopted_ids AS a \
             WHERE a.old_id = one::text AND {} LIMIT 1), one::text) \
             FROM pg_catalog.unnest({list}) WITH ORDINALITY AS all_of_it (one, place) ORDER BY place)::{sql_type}",
        is_id(name)
    )
}

/// The value of a column that comes along: ids in it that have no key become those here.
pub fn followed(raw: &str, sql_type: &str, name: &str) -> String {
    match sql_type {
        "jsonb" => format!("{ASIDE}.\"references\"({raw})"),
        // What has none stays the text that it is.
        "json" => format!(
            "CASE WHEN {ASIDE}.\"references\"({raw}::jsonb) = {raw}::jsonb THEN {raw} \
             ELSE {ASIDE}.\"references\"({raw}::jsonb)::json END"
        ),
        "text" | "character varying" => renamed(&format!("{raw}::text"), Some(&is_id(name))),
        "text[]" | "character varying[]" => format!(
            "CASE pg_catalog.array_ndims({raw}) WHEN 1 THEN {} ELSE {raw} END",
            renamed_list(raw, sql_type, name)
        ),
        _ => raw.to_owned(),
    }
}

/// Whether there is nothing in it that can be converted: the null of JSON is none.
pub fn is_missing(column: &Column) -> String {
    let raw = raw(&column.value);
    match column.field.kind {
        Kind::Json | Kind::Names if is_json(&column.sql_type) => {
            format!("({raw} IS NULL OR ({raw})::jsonb = 'null'::jsonb)")
        }
        _ => format!("({raw} IS NULL)"),
    }
}

pub fn is_json(sql_type: &str) -> bool {
    sql_type.starts_with("json")
}

/// How values become ours, by the decisions of the map.
pub struct Rules<'a> {
    pub map: &'a Map,
    pub mapping: &'a Mapping,
    pub tenant: Option<&'a Tenant>,
}

impl Rules<'_> {
    /// What stands in the column of ours.
    pub fn converted(&self, table: &Table, column: &Column) -> String {
        self.of(table, column, 0)
    }

    fn of(&self, table: &Table, column: &Column, depth: u8) -> String {
        let found = self.found(table, column);
        let instead = self.instead(table, column, depth);
        let whole = match (found, instead) {
            (Some(found), Some(instead)) => format!("coalesce({found}, {instead})"),
            (Some(only), None) | (None, Some(only)) => only,
            (None, None) => String::from("NULL"),
        };
        match (table.model.table, column.field.name) {
            ("messages", "status") => self.received(table, &whole),
            ("messages", "read_at") => self.read(table, &whole),
            ("scheduled_jobs", "attempts") => format!("greatest({whole}, 0)"),
            ("users", "email") => self.email(&whole),
            _ => whole,
        }
    }

    /// What was sent to the inbox was received.
    fn received(&self, table: &Table, status: &str) -> String {
        let Some(direction) = table.column("direction") else { return status.to_owned() };
        let direction = self.converted(table, direction);
        format!(
            "CASE WHEN {direction} = 'INBOUND'::message_direction AND {status} = \
             ANY ('{{QUEUED,SENT,DELIVERED}}'::message_status[]) THEN 'RECEIVED'::message_status \
             ELSE {status} END"
        )
    }

    /// What is known to be read, but not when, was read when it last changed.
    fn read(&self, table: &Table, read_at: &str) -> String {
        let (Some(status), Some(updated_at)) = (table.column("status"), table.column("updated_at"))
        else {
            return read_at.to_owned();
        };
        // What was received keeps its status where it was read.
        let Some(status) = self.found(table, status) else { return read_at.to_owned() };
        let updated_at = self.converted(table, updated_at);
        format!(
            "coalesce({read_at}, CASE WHEN {status} OPERATOR(pg_catalog.=) 'READ'::message_status \
             THEN {updated_at} END)"
        )
    }

    fn email(&self, email: &str) -> String {
        let decided = self.map.emails.iter().filter(|(_, new)| *new != OPEN && *new != MERGE);
        let whens: Vec<String> = decided
            .map(|(old, new)| format!("WHEN {} THEN {}", quote_literal(old), quote_literal(new)))
            .collect();
        match whens.is_empty() {
            true => email.to_owned(),
            false => format!("CASE {email} {} ELSE {email} END", whens.join(" ")),
        }
    }

    /// Theirs, as ours; the null where theirs is nothing.
    fn found(&self, table: &Table, column: &Column) -> Option<String> {
        if column.value == Value::Nothing {
            return None;
        }
        let (raw, text) = (raw(&column.value), text(&column.value));
        let sql_type = column.sql_type.as_str();
        Some(match column.field.kind {
            Kind::Id => led(column.field.name, &text),
            Kind::Reference(to) if self.is_kept_by_a_key(table, column, to) => {
                led(column.field.name, &text)
            }
            Kind::Reference(to) => format!(
                "coalesce({}.id, (SELECT r.id FROM {} AS r WHERE r.id = {ASIDE}.same({text})))",
                joined(column.field.name),
                quote_identifier(to)
            ),
            Kind::Text if column.field.name == "thread_id" => renamed(&text, None),
            Kind::Text if column.field.name == "resource_id" => {
                let resource = table.column("resource").map(|resource| self::text(&resource.value));
                let kind = resource.map(|kind| format!("a.resource = {ASIDE}.resource({kind})"));
                renamed(&text, kind.as_deref())
            }
            Kind::Text if column.field.name == "name" && table.model.table == "users" => {
                format!("nullif(pg_catalog.btrim({text}), '')")
            }
            Kind::Text => text,
            Kind::Time if let Value::When { is_when_true, .. } = column.value => {
                let changed = table.column("updated_at").map(|made| self.converted(table, made));
                let changed = changed.unwrap_or_else(|| String::from("now()"));
                format!("CASE {raw} WHEN {is_when_true} THEN {changed} END")
            }
            Kind::Time if sql_type.ends_with("with time zone") => raw,
            Kind::Time => {
                let zone = self.map.decision("times", decide::ZONE).unwrap_or("UTC");
                format!("(({raw})::timestamp AT TIME ZONE {})", quote_literal(zone))
            }
            Kind::Number => format!("({raw})::integer"),
            Kind::Flag => format!("({raw})::boolean"),
            Kind::Json => json(&raw, sql_type),
            Kind::Names if is_json(sql_type) => format!("{ASIDE}.names(({raw})::jsonb)"),
            Kind::Names => format!("({raw})::text[]"),
            Kind::Label(name) => self.label(&column.value, &text, name),
        })
    }

    /// What the values of a table are looked up in, after the table in FROM.
    pub fn joins(&self, table: &Table) -> String {
        let columns = table.columns.iter().filter(|column| column.value != Value::Nothing);
        columns
            .filter_map(|column| match column.field.kind {
                Kind::Id => Some((column, table.model.table)),
                Kind::Reference(to) => Some((column, to)),
                _ => None,
            })
            .map(|(column, to)| join(column.field.name, to, &text(&column.value)))
            .collect()
    }

    /// Whether the row that it leads to is there for certain.
    fn is_kept_by_a_key(&self, table: &Table, column: &Column, to: &str) -> bool {
        let is_left_out =
            |key: &String| key.strip_prefix(to).is_some_and(|rest| rest.starts_with('.'));
        let is_there = |target| table.is_kept_by_a_key(column, target);
        !self.map.missing.keys().any(is_left_out) && self.mapping.ours(to).is_some_and(is_there)
    }

    fn label(&self, value: &Value, text: &str, name: &str) -> String {
        let made = quote_identifier(name);
        if let Value::Flag { column, yes, no } = value {
            let column = format!("{ROW}.{}", quote_identifier(column));
            return format!(
                "(CASE {column} WHEN true THEN {} WHEN false THEN {} END)::{made}",
                quote_literal(yes),
                quote_literal(no)
            );
        }
        let when = |theirs: &str, ours: &str| {
            format!("WHEN {} THEN {}::{made}", quote_literal(theirs), quote_literal(ours))
        };
        let own = self.map.labels.get(name);
        let mapped = own.into_iter().flatten();
        let mapped = mapped
            .map(|(theirs, ours)| when(theirs, if ours == decide::ADD { theirs } else { ours }));
        let known = labels::of_type(name).map_or(Vec::new(), |known| {
            let labels = known.labels.iter().map(|label| (*label, *label));
            let all = labels.chain(known.synonyms.iter().copied());
            all.map(|(theirs, ours)| when(theirs, ours)).collect()
        });
        let known = known.join(" ");
        // What a label is called in another case comes after what the map says, and after what is
        // spelled as ours are: most of them, and quicker.
        format!(
            "(CASE {text} {} {known} ELSE CASE pg_catalog.upper(pg_catalog.translate(pg_catalog.btrim({text}), '- ', '__')) {known} END END)",
            mapped.collect::<Vec<_>>().join(" ")
        )
    }

    /// What stands there where theirs has nothing.
    fn instead(&self, table: &Table, column: &Column, depth: u8) -> Option<String> {
        let key = format!("{}.{}", table.model.table, column.field.name);
        let decided = self.map.decision("missing", &key).filter(|how| *how != decide::LEAVE_OUT);
        if let Some(constant) = decided {
            return Some(match column.field.kind {
                Kind::Reference(_) => format!(
                    "(SELECT r.id FROM users AS r WHERE lower(r.email) = lower({}))",
                    quote_literal(constant)
                ),
                kind => constant_of(kind, constant),
            });
        }
        match column.field.otherwise {
            Otherwise::Null | Otherwise::Asked => None,
            Otherwise::Constant(text) => Some(constant_of(column.field.kind, text)),
            Otherwise::Now => Some(String::from("now()")),
            Otherwise::Field(name) if depth < 3 => {
                table.column(name).map(|other| self.of(table, other, depth + 1))
            }
            Otherwise::Field(_) => Some(String::from("now()")),
            Otherwise::Mailbox => {
                let email = text(&table.column("email")?.value);
                Some(format!(
                    "coalesce(nullif(pg_catalog.split_part({email}, '@', 1), ''), {email})"
                ))
            }
            Otherwise::Actor => {
                let user = table.column("user_id")?;
                let Some(id) = self.found(table, user) else {
                    return Some(String::from("'application'::text"));
                };
                Some(format!(
                    "coalesce((SELECT r.email FROM users AS r WHERE r.id = {id}), 'user:' || {}, 'application')",
                    text(&user.value)
                ))
            }
        }
    }

    /// The rows of theirs that become rows of ours.
    pub fn kept(&self, table: &Table) -> String {
        let left_out = table.columns.iter().filter(|column| {
            let key = format!("{}.{}", table.model.table, column.field.name);
            self.map.decision("missing", &key) == Some(decide::LEAVE_OUT)
        });
        let there: Vec<String> = left_out
            .filter_map(|column| self.found(table, column))
            .map(|found| format!("{found} IS NOT NULL"))
            .collect();
        let merged = self.map.merged();
        let email =
            table.column("email").filter(|_| table.model.table == "users" && !merged.is_empty());
        let stays = email.map(|email| {
            let merged: Vec<String> = merged.iter().map(|email| quote_literal(email)).collect();
            format!("coalesce({}, '') NOT IN ({})", text(&email.value), merged.join(", "))
        });
        let there: Vec<String> = there.into_iter().chain(stays).collect();
        match there.is_empty() {
            true => String::from("true"),
            false => there.join(" AND "),
        }
    }
}

fn constant_of(kind: Kind, text: &str) -> String {
    let text = quote_literal(text);
    match kind {
        Kind::Label(name) => format!("{text}::{}", quote_identifier(name)),
        Kind::Json => format!("{text}::jsonb"),
        Kind::Names => format!("{text}::text[]"),
        Kind::Number => format!("{text}::integer"),
        Kind::Flag => format!("{text}::boolean"),
        Kind::Time => format!("{text}::timestamptz"),
        _ => format!("{text}::text"),
    }
}

fn json(raw: &str, sql_type: &str) -> String {
    let value = match is_json(sql_type) {
        true => format!("({raw})::jsonb"),
        false => format!("pg_catalog.to_jsonb({raw})"),
    };
    format!("{ASIDE}.\"references\"(nullif({value}, 'null'::jsonb))")
}
