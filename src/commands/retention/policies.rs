//! The policies of `inboxctl.toml` as tasks for the engine.

use std::path::Path;

use clap::Args;
use serde::Serialize;

use super::left_out::LeftOut;
use super::presence::SweepView;
use super::survey::{Target, Task};
use super::view::RunView;
use crate::config::Policies;
use crate::context::Context;
use crate::domain::audit_action::Action;
use crate::domain::retention::cutoff::Older;
use crate::domain::retention::policy::{Policy, Retention, Table};
use crate::domain::suggest;
use crate::error::{Failure, Kind};
use crate::store::retention::Subject;
use crate::ui::{Block, Tabular};

#[derive(Debug, Args)]
pub(super) struct PolicyArgs {
    /// Only the policy of this name; may be repeated
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
}

/// What a policy asks for.
pub(super) enum Work {
    Rows(Task),
    Presence { name: String, older: Older },
}

impl Work {
    pub(super) fn name(&self) -> String {
        match self {
            Work::Rows(task) => task.name(),
            Work::Presence { name, .. } => name.clone(),
        }
    }
}

/// # Errors
/// No file has policies, or a name is no policy.
pub(super) fn read(ctx: &Context, args: &PolicyArgs) -> anyhow::Result<Vec<Work>> {
    let Some(Policies { retention, file: path }) = &ctx.config.reading.policies else {
        let failure = Failure::usage("there are no policies")
            .why("no inboxctl.toml that was read has a section [retention]")
            .hint("docs/retention.md shows one; --config names a file that lies elsewhere");
        return Err(ctx.config.missing(failure, &["--config"]).into());
    };
    let file = path.display();
    let wrong = |why: String| Failure::usage(format!("{file} can't be used")).why(why);
    let marks = retention.marks().map_err(wrong)?;
    check_names(retention, &args.only)?;
    let is_wanted = |policy: &&Policy| {
        args.only.is_empty() || args.only.iter().any(|name| name == policy.name())
    };
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut wanted: Vec<&Policy> = retention.policies.iter().filter(is_wanted).collect();
    // Contacts come first: those that a later policy leaves without messages go another time, for
    // nobody was shown them.
    wanted.sort_by_key(|policy| policy.table != Table::Contacts);
    let references = ctx.config.references();
    let work = |policy| work(policy, retention, folder, &marks, &references).map_err(wrong);
    Ok(wanted.into_iter().map(work).collect::<Result<_, _>>()?)
}

fn check_names(retention: &Retention, only: &[String]) -> Result<(), Failure> {
    let names = || retention.policies.iter().map(|policy| policy.name());
    for wanted in only {
        if !names().any(|name| name == wanted) {
            let failure = Failure::new(Kind::NotFound, format!("there is no policy {wanted:?}"));
            return Err(match suggest::nearest(wanted, names()) {
                Some(near) => failure.hint(format!("did you mean {near:?}?")),
                None => failure,
            });
        }
    }
    Ok(())
}

fn work(
    policy: &Policy,
    retention: &Retention,
    folder: &Path,
    marks: &[String],
    references: &[String],
) -> Result<Work, String> {
    let older = Older::Than(policy.older_than);
    let subject = match policy.table {
        Table::Presence => return Ok(Work::Presence { name: policy.name().to_owned(), older }),
        Table::AuditLogs => Subject::Audit {
            actions: policy.actions.clone().unwrap_or_default(),
            resources: policy.resources.clone().unwrap_or_default(),
        },
        Table::ScheduledJobs => {
            Subject::Jobs { status: policy.job_status().map_err(|wrong| wrong.why)?.label() }
        }
        Table::Messages => Subject::Messages(policy.messages().map_err(|wrong| wrong.why)?),
        Table::Notes => Subject::Notes,
        Table::Contacts => Subject::Contacts { references: references.to_vec() },
        Table::ContactMerges => Subject::Merges,
    };
    let archive = policy.archive.as_ref().or(retention.archive.as_ref());
    Ok(Work::Rows(Task {
        command: "retention run",
        action: Action::RetentionRun(policy.table),
        policy: Some(policy.name().to_owned()),
        table: policy.table,
        targets: vec![Target { subject, older }],
        marks: marks.to_vec(),
        max_rows: policy.max_rows,
        // A folder is meant from where the file lies.
        archive: archive.map(|archive| folder.join(archive)),
    }))
}

/// What became of a policy, or would.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum PolicyView {
    Rows(Box<RunView>),
    Presence(SweepView),
    LeftOut { left_out: LeftOut },
}

#[derive(Debug, Serialize)]
pub(super) struct PoliciesView {
    pub policies: Vec<NamedView>,
}

#[derive(Debug, Serialize)]
pub(super) struct NamedView {
    pub name: String,
    #[serde(flatten)]
    pub view: PolicyView,
}

impl PoliciesView {
    /// What all policies would delete.
    pub(super) fn eligible(&self) -> u64 {
        let rows = |named: &NamedView| match &named.view {
            PolicyView::Rows(view) => view.eligible,
            PolicyView::Presence(view) => view.eligible,
            PolicyView::LeftOut { .. } => 0,
        };
        self.policies.iter().map(rows).sum()
    }

    /// What is to be consented to, without the policies that have nothing to do.
    pub(super) fn question(&self) -> String {
        let questions = self.policies.iter().filter_map(|named| match &named.view {
            PolicyView::Rows(view) => (view.eligible > 0).then(|| view.question()),
            PolicyView::Presence(view) => (view.eligible > 0).then(|| view.question()),
            PolicyView::LeftOut { .. } => None,
        });
        questions.collect::<Vec<_>>().join("; ")
    }
}

impl Tabular for PoliciesView {
    fn blocks(&self) -> Vec<Block> {
        if self.policies.is_empty() {
            return vec![Block::Text(String::from("There are no policies."))];
        }
        let mut blocks = Vec::new();
        for NamedView { name, view } in &self.policies {
            blocks.push(Block::Text(format!("policy {name}")));
            blocks.extend(match view {
                PolicyView::Rows(view) => view.blocks(),
                PolicyView::Presence(view) => view.blocks(),
                PolicyView::LeftOut { left_out } => {
                    vec![Block::Text(format!("left out: {}", left_out.why))]
                }
            });
        }
        blocks
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("policies")
    }
}
