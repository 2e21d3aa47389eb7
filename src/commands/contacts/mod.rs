//! `inboxctl contacts`: the people who write.

mod archives;
pub(super) mod contact_view;
mod data;
pub mod dedupe;
pub mod distinct;
pub(super) mod erase;
mod export;
mod filter_args;
mod hanging;
mod import;
mod list;
pub mod merge;
pub mod merges;
pub mod named;
pub mod search;
pub mod show;
mod taking_back;
pub mod unmerge;
mod unmerge_run;

use clap::Subcommand;
use uuid::Uuid;

use crate::context::Context;
use crate::domain::matching::Region;
use crate::error::{Failure, Kind, Outcome};

#[derive(Debug, Subcommand)]
pub enum ContactsCommand {
    /// List contacts, the newest first
    List(list::ListContactsArgs),
    /// Find contacts by phone, e-mail, handle or name
    Search(search::SearchArgs),
    /// Show a contact with its messages, notes and merges
    Show(show::ShowArgs),
    /// Write contacts to a file
    Export(export::ExportContactsArgs),
    /// Write all that is stored of a person into a folder
    Data(data::DataArgs),
    /// Erase a person: all that is stored about them
    Erase(erase::EraseArgs),
    /// Add the contacts of a file, or change them, but nobody twice
    Import(import::ImportArgs),
    /// Find contacts that are one person, and merge them
    Dedupe(dedupe::DedupeArgs),
    /// Merge contacts into one
    Merge(merge::MergeArgs),
    /// List merges, the newest first
    Merges(merges::MergesArgs),
    /// Undo a merge, or all of a run
    Unmerge(unmerge::UnmergeArgs),
    /// Remember that two contacts are not the same
    Distinct(distinct::DistinctArgs),
}

pub fn run(ctx: &mut Context, command: ContactsCommand) -> anyhow::Result<Outcome> {
    match command {
        ContactsCommand::List(args) => list::run(ctx, args),
        ContactsCommand::Search(args) => search::run(ctx, args),
        ContactsCommand::Show(args) => show::run(ctx, args),
        ContactsCommand::Export(args) => export::run(ctx, args),
        ContactsCommand::Data(args) => data::run(ctx, args),
        ContactsCommand::Erase(args) => erase::run(ctx, args),
        ContactsCommand::Import(args) => import::run(ctx, args),
        ContactsCommand::Dedupe(args) => dedupe::run(ctx, args),
        ContactsCommand::Merge(args) => merge::run(ctx, args),
        ContactsCommand::Merges(args) => merges::run(ctx, args),
        ContactsCommand::Unmerge(args) => unmerge::run(ctx, args),
        ContactsCommand::Distinct(args) => distinct::run(ctx, args),
    }
}

/// The country that phone numbers without one are from.
fn region(letters: &str) -> Result<Region, Failure> {
    Region::find(letters).ok_or_else(|| {
        Failure::usage(format!("no country has the letters {letters:?}"))
            .why("--phone-region or INBOXCTL_PHONE_REGION names where numbers without a country are from")
            .hint("give the two letters of ISO 3166, such as ES, GB or US")
    })
}

/// The failure for an id that no contact has or had.
pub fn unknown(id: Uuid) -> Failure {
    Failure::new(Kind::NotFound, format!("there is no contact {id}"))
        .hint("`inboxctl contacts search` finds contacts by phone, e-mail, handle or name")
}

/// As [`unknown`], where rows may be left in archives.
pub fn unknown_or_archived(id: Uuid) -> Failure {
    unknown(id).hint(
        "`inboxctl contacts search` finds contacts by phone, e-mail, handle or name; one that lies in archives \
         alone comes back with `inboxctl retention restore`",
    )
}
