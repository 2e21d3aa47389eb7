//! `db lint`: what is unsafe in migrations, before they run.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::{applied, migration_files, whose};
use crate::config::Source;
use crate::context::Context;
use crate::domain::history::{Entry, State};
use crate::domain::ignored::Ignored;
use crate::domain::lint::{self, Facts, Finding, Script, Severity, Table};
use crate::error::{Kind, Outcome, explain};
use crate::store::catalog::{self, Partitions, TableSize};
use crate::store::connect::Db;
use crate::store::fingerprint::Fingerprint;
use crate::store::migrations::Embedded;
use crate::store::{indexes, server, tx};
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, human};

#[derive(Debug, Args)]
pub struct LintArgs {
    /// Lint a .sql file or a folder of migrations instead of what is pending
    #[arg(value_name = "PATH")]
    path: Option<PathBuf>,
}

pub fn run(ctx: &mut Context, args: LintArgs) -> anyhow::Result<Outcome> {
    let ignore = ctx.config.ignore();
    let view = match &args.path {
        None => {
            let mut db = ctx.connect()?;
            whose::require_alike(&mut db)?;
            let scripts = pending(&applied::history(&mut db)?);
            let facts = facts(&mut db)?;
            LintView::new(&scripts, &facts, &ignore, true)?
        }
        Some(path) => {
            let scripts = migration_files::read(path)?;
            let known = known(ctx)?;
            let facts = known.as_ref();
            LintView::new(&scripts, facts.unwrap_or(&Facts::default()), &ignore, facts.is_some())?
        }
    };
    ctx.ui.show(&view)?;
    Ok(Outcome::trouble_if(view.errors > 0))
}

/// What there is to lint of the migrations in the binary: those that a run would apply.
pub fn pending(history: &[Entry]) -> Vec<Script> {
    use State::{Failed, OutOfOrder, Pending, Unfinished};
    history
        .iter()
        .filter(|entry| matches!(entry.state, Pending | OutOfOrder | Failed | Unfinished))
        .filter_map(|entry| Embedded::find(&entry.version))
        .map(|migration| Script {
            name: migration.full_name(),
            text: migration.up.to_owned(),
            transactional: migration.transactional,
        })
        .collect()
}

/// Without those about tables that the operator keeps out.
pub fn kept(mut findings: Vec<Finding>, ignore: &[String]) -> anyhow::Result<Vec<Finding>> {
    let ours = Fingerprint::embedded()?.catalog;
    let ignored = Ignored::new(ignore, &ours);
    findings.retain(|finding| !finding.table.as_ref().is_some_and(|table| ignored.has(table)));
    Ok(findings)
}

/// What the linter asks a database.
///
/// # Errors
/// The server refuses.
pub fn facts(db: &mut Db) -> anyhow::Result<Facts> {
    let schema = Some(db.target.schema().to_owned());
    // What is here may be an empty shell of what is on other servers.
    let is_all_here = !db.server.is_citus;
    tx::read(db, |conn| {
        let table = |size: &TableSize| Table {
            size_bytes: u64::try_from(size.total_bytes)
                .ok()
                .filter(|_| size.is_readable && is_all_here),
            estimated_rows: size.estimated_rows.map(|rows| rows as u64).filter(|_| is_all_here),
            is_partitioned: size.partitions > 0,
        };
        // Partitions have names of their own, too; those of whole tables come last.
        let mut sizes = catalog::table_sizes(conn, Partitions::Unrolled)?;
        sizes.extend(catalog::table_sizes(conn, Partitions::RolledUp)?);
        let indexes = indexes::list(conn)?.into_iter().map(|index| (index.name, index.table_name));
        Ok(Facts {
            schema: schema.clone(),
            server_major: u32::try_from(server::facts(conn)?.version_num / 10_000).ok(),
            tables: sizes.iter().map(|size| (size.name.clone(), table(size))).collect(),
            indexes: indexes.collect(),
        })
    })
}

/// The same where a database may be missing: files can be linted without.
fn known(ctx: &Context) -> anyhow::Result<Option<Facts>> {
    let why = match ctx.connect() {
        Ok(mut db) => return facts(&mut db).map(Some),
        Err(_) if matches!(ctx.config.source, Source::Unset) => {
            String::from("no database is named")
        }
        Err(error) => {
            let failure = explain(&error);
            // Whoever misspells a URL wants to hear of it.
            if failure.kind == Kind::Usage {
                return Err(error);
            }
            failure.what
        }
    };
    ctx.ui.warn(format!("linted without the sizes of tables: {why}"));
    Ok(None)
}

#[derive(Debug, Serialize)]
struct LintView {
    /// How many were linted.
    migrations: usize,
    /// Whether a database told of its tables.
    sizes_known: bool,
    errors: usize,
    warnings: usize,
    findings: Vec<Finding>,
}

impl LintView {
    fn new(
        scripts: &[Script],
        facts: &Facts,
        ignore: &[String],
        sizes_known: bool,
    ) -> anyhow::Result<LintView> {
        let findings = kept(lint::lint(scripts, facts), ignore)?;
        let errors = errors(&findings);
        let warnings = findings.len() - errors;
        Ok(LintView { migrations: scripts.len(), sizes_known, errors, warnings, findings })
    }

    fn summary(&self) -> String {
        let linted = human::plural(self.migrations as u64, "migration", "migrations");
        match (self.migrations, self.findings.len()) {
            (0, _) => String::from("Nothing is pending."),
            (_, 0) => format!("Safe: {linted}, nothing that blocks, breaks or fails."),
            _ => {
                let errors = human::plural(self.errors as u64, "error", "errors");
                let warnings = human::plural(self.warnings as u64, "warning", "warnings");
                format!("{linted}: {errors}, {warnings}.")
            }
        }
    }
}

/// How many of the findings stop a pipeline.
pub fn errors(findings: &[Finding]) -> usize {
    findings.iter().filter(|finding| finding.severity == Severity::Error).count()
}

impl Tabular for LintView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid =
            Grid::new(vec![Column::left("severity"), Column::left("found"), Column::left("table")]);
        for finding in &self.findings {
            let tone = match finding.severity {
                Severity::Error => Tone::Bad,
                Severity::Warn => Tone::Warn,
            };
            let place = format!("{}:{}:{}", finding.migration, finding.line, finding.column);
            grid.row(vec![
                Cell::toned(finding.severity.as_str(), tone),
                Cell::lines(&[finding.rule, &place]),
                table(finding),
            ]);
        }
        if self.findings.is_empty() {
            grid.note(self.summary());
            return vec![Block::Grid(grid)];
        }
        vec![
            Block::Grid(grid),
            Block::Text(explanations(&self.findings)),
            Block::Text(self.summary()),
        ]
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("findings")
    }
}

/// Its name, how large it is, and what waits for it.
fn table(finding: &Finding) -> Cell {
    let Some(name) = &finding.table else {
        return Cell::new("");
    };
    let mut lines = vec![name.clone()];
    if let Some(size) = finding.size_bytes {
        let small = if finding.is_small { "small now: " } else { "" };
        let rows = match finding.estimated_rows {
            Some(rows) => format!(", {} rows", human::count(rows)),
            None => String::new(),
        };
        lines.push(format!("{small}{}{rows}", human::bytes(size)));
    }
    lines.extend(finding.lock.map(|lock| format!("blocks {}", lock.blocks())));
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    Cell::lines(&lines)
}

/// What each rule is about, once.
fn explanations(findings: &[Finding]) -> String {
    const WIDTH: usize = 80;
    let mut told = BTreeSet::new();
    let mut text = String::new();
    for finding in findings {
        if !told.insert((finding.rule, &finding.what, &finding.remedy)) {
            continue;
        }
        text.push_str(finding.rule);
        text.push('\n');
        for (label, sentence) in [("", &finding.what), ("Safe: ", &finding.remedy)] {
            for line in human::wrapped(&format!("{label}{sentence}"), WIDTH - 2) {
                text.push_str(&format!("  {line}\n"));
            }
        }
    }
    human::printable(&text)
}
