//! A dump's rows with other values in them, one line at a time.

use super::arrays;
use super::column::{Column, Shape};
use super::copy_lines::{self, Heading, Line, Lines};
use super::key::{Key, Use};
use super::kind::Kind;
use super::plan::{Plan, Planned};
use super::replacer::Replacer;
use super::shapes;

/// Which contacts are copied.
#[derive(Debug, Clone)]
pub struct Sample {
    pub key: Key,
    /// Of ten thousand.
    pub share: u16,
}

impl Sample {
    fn has(&self, contact: &str) -> bool {
        self.key.number(Use::Sample, contact, 0) % 10_000 < u64::from(self.share)
    }
}

pub struct Rewriter<'a> {
    lines: Lines,
    work: Work<'a>,
}

struct Work<'a> {
    plan: &'a Plan,
    replacer: &'a Replacer<'a>,
    sample: Option<Sample>,
    /// Of the table in hand.
    table: Option<InHand<'a>>,
    rows: u64,
}

struct InHand<'a> {
    planned: &'a Planned,
    /// What becomes of each field of a row; none of a column that was made meanwhile.
    fields: Vec<Option<(&'a Column, Kind)>>,
    /// Which field says whose it is.
    contact: Option<usize>,
    /// Where an entry says what it is about: kind and id.
    about: Option<(usize, usize)>,
}

impl<'a> Rewriter<'a> {
    pub fn new(plan: &'a Plan, replacer: &'a Replacer<'a>, sample: Option<Sample>) -> Rewriter<'a> {
        Rewriter {
            lines: Lines::default(),
            work: Work { plan, replacer, sample, table: None, rows: 0 },
        }
    }

    /// More of the dump; what becomes of it is added to `out`.
    ///
    /// # Errors
    /// A table or a column that nobody said anything of.
    pub fn take(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<(), String> {
        let work = &mut self.work;
        self.lines.take(bytes, &mut |line, text| work.line(line, text, out))
    }

    /// The rest of the dump, and how many rows came out.
    pub fn end(self, out: &mut Vec<u8>) -> u64 {
        out.extend_from_slice(&self.lines.rest());
        self.work.rows
    }
}

impl Work<'_> {
    fn line(&mut self, line: Line<'_>, text: &[u8], out: &mut Vec<u8>) -> Result<(), String> {
        match line {
            Line::Heading(heading) => {
                self.begin(heading)?;
                out.extend_from_slice(text);
            }
            Line::Row(_) => self.row(text, out),
            Line::End | Line::Other => out.extend_from_slice(text),
        }
        Ok(())
    }

    fn begin(&mut self, heading: &Heading) -> Result<(), String> {
        // A table without columns holds nothing but how many rows it has.
        self.table = None;
        if heading.columns.is_empty() {
            return Ok(());
        }
        let planned = self.plan.table(&heading.schema, &heading.table).ok_or_else(|| {
            format!("{}.{} is no table that was planned for", heading.schema, heading.table)
        })?;
        let fields: Vec<Option<(&Column, Kind)>> = heading
            .columns
            .iter()
            .map(|name| {
                let at = planned.table.columns.iter().position(|column| column.name == *name)?;
                Some((planned.table.columns.get(at)?, *planned.kinds.get(at)?))
            })
            .collect();
        if let Some(at) = fields.iter().position(Option::is_none) {
            let (table, column) = (&heading.table, &heading.columns[at]);
            return Err(format!("{table}.{column} is no column that was planned for"));
        }
        let place = |name: &str| heading.columns.iter().position(|column| column == name);
        let is_log = planned.is_ours && planned.table.root == "audit_logs";
        self.table = Some(InHand {
            contact: planned.contact.and_then(place),
            about: place("resource").zip(place("resource_id")).filter(|_| is_log),
            planned,
            fields,
        });
        Ok(())
    }

    fn row(&mut self, line: &[u8], out: &mut Vec<u8>) {
        let Some(table) = &self.table else {
            self.rows += 1;
            return out.extend_from_slice(line);
        };
        if table.planned.is_emptied || !self.is_taken(table, line) {
            return;
        }
        self.rows += 1;
        for (at, field) in copy_lines::fields(line).enumerate() {
            if at > 0 {
                out.push(b'\t');
            }
            match table.fields.get(at).copied().flatten() {
                Some((column, kind)) if kind != Kind::Keep => self.field(column, kind, field, out),
                _ => out.extend_from_slice(field),
            }
        }
        out.push(b'\n');
    }

    /// Of a sample: a row that hangs on no contact is, too.
    fn is_taken(&self, table: &InHand<'_>, line: &[u8]) -> bool {
        let Some(sample) = &self.sample else { return true };
        let field = |at: usize| copy_lines::fields(line).nth(at).and_then(copy_lines::text);
        if let Some((resource, id)) = table.about {
            let is_of_contact = field(resource).as_deref() == Some("contacts");
            let id = field(id).filter(|id| is_of_contact && shapes::is_uuid(id));
            return id.is_none_or(|id| sample.has(&id));
        }
        table.contact.and_then(field).is_none_or(|contact| sample.has(&contact))
    }

    fn field(&self, column: &Column, kind: Kind, field: &[u8], out: &mut Vec<u8>) {
        let Some(text) = copy_lines::text(field) else {
            return out.extend_from_slice(field);
        };
        if kind == Kind::Empty {
            return match column.shape {
                _ if column.is_nullable => out.extend_from_slice(b"\\N"),
                Shape::Json | Shape::List => out.extend_from_slice(b"{}"),
                Shape::Opaque if column.of_type.ends_with("[]") => out.extend_from_slice(b"{}"),
                Shape::Opaque if column.of_type == "bytea" => out.extend_from_slice(b"\\\\x"),
                _ => {}
            };
        }
        let replace = |text: &str| {
            let made = self.replacer.replace(kind, text);
            match column.length.filter(|length| made.chars().count() > *length) {
                Some(length) => made.chars().take(length).collect(),
                None => made,
            }
        };
        let made = match column.shape {
            Shape::List => arrays::rewrite(&text, &replace),
            _ => replace(&text),
        };
        copy_lines::write(&made, out);
    }
}
