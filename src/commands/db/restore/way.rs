//! With whose rights a backup is restored.

use serde::Serialize;

use super::{RestoreArgs, Source};
use crate::commands::db::backup::contents::Findings;
use crate::commands::db::backup::entries::Entries;
use crate::commands::db::backup::fresh::Fresh;
use crate::commands::db::backup::steps::{self, HandedOver, Steps};
use crate::commands::db::scratch;
use crate::context::Context;
use crate::domain::backup::trusted::Trusted;
use crate::error::Failure;
use crate::store::connect::Db;
use crate::ui::human::{self, shell_word};
use crate::ui::{Block, Column, Grid, Tabular};

/// With the rights of nobody, where that can be.
pub(super) enum Way {
    Nobody(Box<Steps>, OwnRights),
    /// It can't be restored so, and what stands in the way.
    Asked(OwnRights),
    /// A script, a role that may make no roles, or it was said.
    Own,
}

/// What has to be restored with the rights of who restores it, and what would run then.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct OwnRights {
    /// What only a superuser may make.
    #[serde(rename = "with_own_rights")]
    pub why: Vec<String>,
    #[serde(rename = "would_run")]
    pub trusted: Trusted,
    /// The command that writes all of its statements.
    #[serde(skip)]
    pub read_by: String,
}

impl OwnRights {
    fn of(source: &Source, steps: &Steps) -> OwnRights {
        let file = shell_word(source.name());
        let read_by = match source.identities.is_empty() {
            true => format!("`pg_restore --file=- {file}`"),
            false => format!("`age --decrypt --identity KEY_FILE {file} | pg_restore --file=-`"),
        };
        let (why, trusted) = (steps.for_superusers.clone(), steps.trusted.clone());
        OwnRights { why, trusted, read_by }
    }
}

/// A line for each line of what is shown: cut where the terminal is narrow, so that no part of one
/// can be taken for something that we say.
impl Tabular for OwnRights {
    fn blocks(&self) -> Vec<Block> {
        if self.trusted.statements.is_empty() {
            return Vec::new();
        }
        let mut grid = Grid::new(vec![Column::left("of the backup"), Column::text("what it says")]);
        for shown in &self.trusted.statements {
            let mut what = shown.what.as_str();
            for line in shown.statement.lines().filter(|line| !line.trim().is_empty()) {
                let line = human::one_line(line, LETTERS_OF_A_LINE);
                grid.row(vec![std::mem::take(&mut what).into(), line.into()]);
            }
            if shown.is_cut {
                grid.row(vec!["".into(), "(it goes on)".into()]);
            }
        }
        let total = self.trusted.total;
        let more = match total - self.trusted.statements.len() {
            0 => String::new(),
            more => format!(" ({} more than are shown)", human::count(more as u64)),
        };
        grid.note(format!(
            "With your own rights would run {} of the backup{more}, and whatever its checks, \
             columns, indexes and views call. All of it is written by {}.",
            human::plural(total as u64, "statement or function", "statements and functions"),
            self.read_by
        ));
        vec![Block::Grid(grid)]
    }
}

/// So many of what stands in the way are named.
pub(super) const MOST_NAMED: usize = 10;
/// So much of each line is shown.
const LETTERS_OF_A_LINE: usize = 160;

impl Way {
    pub(super) fn plan(
        ctx: &Context,
        db: &mut Db,
        args: &RestoreArgs,
        source: &Source,
        entries: &Entries,
    ) -> anyhow::Result<Way> {
        // Somebody who only looks is shown what there is.
        if args.trust_functions && !args.dry_run {
            return Ok(Way::Own);
        }
        let Some(steps) = Steps::plan(ctx, db, source, entries)? else { return Ok(Way::Own) };
        let own = OwnRights::of(source, &steps);
        Ok(match own.why.is_empty() && !args.trust_functions {
            true => Way::Nobody(Box::new(steps), own),
            false => Way::Asked(own),
        })
    }

    /// What has to be restored with the rights of who restores it.
    pub(super) fn own_rights(&self) -> OwnRights {
        match self {
            Way::Asked(own) => own.clone(),
            Way::Nobody(..) | Way::Own => OwnRights::default(),
        }
    }

    /// # Errors
    /// Refused: it was not said, or the answer was no.
    pub(super) fn ask(&self, ctx: &Context, args: &RestoreArgs) -> Result<(), Failure> {
        match self {
            Way::Asked(own) => {
                let what = human::listed(&own.why, MOST_NAMED);
                ask(ctx, args, &format!("it holds {what}"), own)
            }
            Way::Nobody(..) | Way::Own => Ok(()),
        }
    }

    /// The database to restore into.
    ///
    /// # Errors
    /// The server refuses, or no role can be made and nobody said that it needs none.
    pub(super) fn make<'a>(
        &self,
        ctx: &'a Context,
        args: &RestoreArgs,
        base: &str,
        model: &str,
    ) -> anyhow::Result<Fresh<'a>> {
        if let Way::Nobody(_, own) = self {
            if let Some(fresh) = Fresh::for_nobody(ctx, scratch::admin(ctx)?, base, Some(model))? {
                return Ok(fresh);
            }
            ask(ctx, args, "a role made for the restore can't log in here", own)?;
        }
        Fresh::create(ctx, base, model)
    }

    /// Why not every credential that is in it could be opened: no reason to be without all the rest.
    ///
    /// # Errors
    /// It could not be restored, or isn't what the backup was.
    pub(super) fn fill(
        &self,
        fresh: &mut Fresh<'_>,
        source: &Source,
        entries: &Entries,
    ) -> anyhow::Result<Option<String>> {
        let Findings { problems, unopened, .. } = match self {
            Way::Nobody(steps, _) if fresh.is_nobodys() => fresh.fill_as_nobody(source, steps)?,
            _ => fresh.fill(source, entries)?,
        };
        if problems.is_empty() {
            return Ok(unopened.map(|unopened| unopened.why()));
        }
        Err(Failure::failed(format!("{} was not restored", source.name()))
            .why(problems.join("; "))
            .hint("what was made for it was dropped again; nothing else was touched")
            .into())
    }

    /// To the owners. What a backup without its privileges would open is closed. Returns the
    /// materialized views that were left empty.
    ///
    /// # Errors
    /// The server refuses.
    pub(super) fn hand_over(
        &self,
        ctx: &Context,
        fresh: &mut Fresh<'_>,
        source: &Source,
        is_ours: bool,
    ) -> anyhow::Result<Vec<String>> {
        let HandedOver { closed, unfilled } = match self {
            Way::Nobody(steps, _) if fresh.is_nobodys() => {
                fresh.hand_over(source, steps, is_ours)?
            }
            _ if is_ours => HandedOver {
                closed: steps::close(&mut fresh.scratch.open()?)?,
                ..HandedOver::default()
            },
            _ => HandedOver::default(),
        };
        for grant in closed {
            ctx.ui.warn(format!(
                "the backup came without its privileges: {} was closed again to {}",
                grant.describe(),
                grant.grantee.as_str()
            ));
        }
        Ok(unfilled)
    }
}

fn ask(ctx: &Context, args: &RestoreArgs, why: &str, own: &OwnRights) -> Result<(), Failure> {
    let file = args.file.display();
    let what =
        format!("restore {file} with your own rights, with which the functions in it will run");
    if ctx.ui.can_ask() {
        ctx.ui.preview(own);
        return ctx.consent_here(&format!("{what} ({why})"), false).map(drop);
    }
    let total = human::plural(
        own.trusted.total as u64,
        "statement or function",
        "statements and functions",
    );
    Err(Failure::refused(format!("will not {what}, without consent"))
        .why(format!("{why}; {total} of it would run"))
        .hint("look at them with --dry-run, then say --trust-functions"))
}
