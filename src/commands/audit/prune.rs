//! `audit prune`.

use std::time::Duration;

use clap::Args;
use clap::builder::NonEmptyStringValueParser;
use jiff::Timestamp;

use crate::commands::retention::args::EngineArgs;
use crate::commands::retention::single_table;
use crate::commands::retention::survey::{Target, Task};
use crate::context::Context;
use crate::domain::audit_action::Action;
use crate::domain::moment;
use crate::domain::retention::cutoff::{self, Older};
use crate::domain::retention::policy::Table;
use crate::error::Outcome;
use crate::store::retention::Subject;

#[derive(Debug, Args)]
pub struct PruneArgs {
    /// Delete entries older than this
    #[arg(long, value_name = "AGE", allow_hyphen_values = true, value_parser = cutoff::age, default_value = "90d")]
    older_than: Duration,
    /// Delete entries from before this date (midnight UTC) or RFC 3339 time
    #[arg(long, value_name = "WHEN", value_parser = moment::time, conflicts_with = "older_than")]
    before: Option<Timestamp>,
    /// Only entries of this action, such as session.login; may be repeated
    #[arg(long = "action", value_name = "ACTION", value_parser = NonEmptyStringValueParser::new())]
    actions: Vec<String>,
    /// Only entries about this resource, such as messages; may be repeated
    #[arg(long = "resource", value_name = "RESOURCE", value_parser = NonEmptyStringValueParser::new())]
    resources: Vec<String>,
    #[command(flatten)]
    engine: EngineArgs,
}

pub fn run(ctx: &mut Context, args: PruneArgs) -> anyhow::Result<Outcome> {
    let older = args.before.map_or(Older::Than(args.older_than), Older::Before);
    let subject = Subject::Audit { actions: args.actions, resources: args.resources };
    let task = Task {
        command: "audit prune",
        action: Action::AuditPrune,
        policy: None,
        table: Table::AuditLogs,
        targets: vec![Target { subject, older }],
        marks: Vec::new(),
        max_rows: args.engine.max_rows,
        archive: args.engine.archive.clone(),
    };
    single_table::run(ctx, &task, &args.engine)
}
