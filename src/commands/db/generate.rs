//! `db generate`: the schema of the database, written down.

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::{expected, whose};
use crate::context::Context;
use crate::domain::schema_text;
use crate::error::{Failure, Outcome};
use crate::store::diesel_tables;
use crate::store::fingerprint::Fingerprint;
use crate::ui::{Block, Tabular};

#[derive(Debug, Args)]
pub struct GenerateArgs {
    /// What to write
    #[arg(value_enum, value_name = "KIND")]
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ValueEnum)]
#[serde(rename_all = "snake_case")]
enum Kind {
    /// A schema.prisma for a Prisma client
    Prisma,
    /// The statements that make the schema
    Sql,
    /// An entity-relationship diagram
    Mermaid,
    /// The whole catalogue as data
    Json,
    /// The table! macros of Diesel
    Diesel,
}

pub fn run(ctx: &mut Context, args: GenerateArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let catalog = expected::read(&mut db)?;
    if catalog.tables.is_empty() {
        return Err(Failure::failed("there is no table to write down")
            .why("the schema of this database is empty")
            .hint("run `inboxctl db migrate` first")
            .into());
    }
    let is_foreign = whose::require_alike(&mut db).is_err();
    let text = match args.kind {
        Kind::Prisma => schema_text::prisma(&catalog, !is_foreign),
        Kind::Sql => schema_text::sql(&catalog),
        Kind::Mermaid => schema_text::mermaid(&catalog),
        Kind::Diesel => diesel_tables::diesel(&catalog),
        Kind::Json => {
            // Of a database that another program made, none is ours.
            let applied = if is_foreign { Vec::new() } else { expected::applied(&mut db)? };
            let document = Fingerprint::new(applied, catalog);
            // It is JSON in whatever format is asked for.
            ctx.ui.print(&format!("{}\n", serde_json::to_string_pretty(&document)?))?;
            return Ok(Outcome::Done);
        }
    };
    if ctx.ui.is_machine() {
        ctx.ui.show(&GenerateView { kind: args.kind, text })?;
    } else {
        ctx.ui.print(&text)?;
    }
    Ok(Outcome::Done)
}

#[derive(Debug, Serialize)]
struct GenerateView {
    kind: Kind,
    text: String,
}

impl Tabular for GenerateView {
    fn blocks(&self) -> Vec<Block> {
        vec![Block::Verbatim(self.text.clone())]
    }
}
