//! `db generate`: the schema of the database, written down.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::{adopt, expected, whose};
use crate::bounded_file;
use crate::context::Context;
use crate::domain::schema_diff::Catalog;
use crate::domain::schema_text;
use crate::domain::schema_text::prisma::like;
use crate::error::{Failure, Outcome};
use crate::store::connect::Db;
use crate::store::diesel_tables;
use crate::store::fingerprint::Fingerprint;
use crate::ui::{Block, Tabular};

#[derive(Debug, Args)]
pub struct GenerateArgs {
    /// What to write
    #[arg(value_enum, value_name = "KIND")]
    kind: Kind,
    /// Write this schema.prisma anew: its models, fields and enums keep their names, on what the
    /// application's database became; what code must know is said
    #[arg(long, value_name = "FILE")]
    like: Option<PathBuf>,
    /// Leave out what that file lacks: further tables and columns of the inbox
    #[arg(long, requires = "like")]
    app_only: bool,
    /// The map with what was decided by `db adopt`
    #[arg(long, value_name = "FILE", requires = "like")]
    map: Option<PathBuf>,
}

/// No schema.prisma is as large.
const PRISMA_BYTES: usize = 1024 * 1024;

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
    if args.like.is_some() && args.kind != Kind::Prisma {
        return Err(Failure::usage("--like is for a schema.prisma")
            .hint("inboxctl db generate prisma --like FILE")
            .into());
    }
    let mut db = ctx.connect()?;
    let catalog = expected::read(&mut db)?;
    if catalog.tables.is_empty() {
        return Err(Failure::failed("there is no table to write down")
            .why("the schema of this database is empty")
            .hint("run `inboxctl db migrate` first")
            .into());
    }
    if let Some(path) = &args.like {
        return alike(ctx, &mut db, &catalog, path, &args);
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
    show(ctx, GenerateView { kind: args.kind, text, notes: Vec::new() })
}

/// As the application's own file has it.
fn alike(
    ctx: &Context,
    db: &mut Db,
    catalog: &Catalog,
    path: &Path,
    args: &GenerateArgs,
) -> anyhow::Result<Outcome> {
    whose::require_alike(db)?;
    let text = bounded_file::read_text(path, PRISMA_BYTES).map_err(|error| {
        let failure = Failure::usage(format!("{} can't be read", path.display()));
        let failure = failure.why(error.to_string());
        match path.is_dir() {
            true => failure.hint("it has to be one file: put those of a folder into one"),
            false => failure,
        }
    })?;
    let request = like::Request {
        text: &text,
        map: &adopt::read_map(args.map.as_deref())?,
        app_only: args.app_only,
        schema: db.target.schema(),
    };
    let ours = Fingerprint::embedded()?.catalog;
    let made = like::like(catalog, &ours, &request).map_err(|wrong| {
        Failure::usage(format!("{} can't be followed", path.display()))
            .why(format!("line {}: {}", wrong.line, wrong.what))
    })?;
    if !ctx.ui.is_machine() {
        made.notes.iter().for_each(|note| ctx.ui.status(note));
    }
    show(ctx, GenerateView { kind: args.kind, text: made.text, notes: made.notes })
}

fn show(ctx: &Context, view: GenerateView) -> anyhow::Result<Outcome> {
    match ctx.ui.is_machine() {
        true => ctx.ui.show(&view)?,
        false => ctx.ui.print(&view.text)?,
    }
    Ok(Outcome::Done)
}

#[derive(Debug, Serialize)]
struct GenerateView {
    kind: Kind,
    text: String,
    /// What code must know that goes by it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
}

impl Tabular for GenerateView {
    fn blocks(&self) -> Vec<Block> {
        vec![Block::Verbatim(self.text.clone())]
    }
}
