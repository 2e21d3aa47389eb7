//! Clusters as a document and as tables, and the export.

use std::collections::{BTreeMap, HashSet};
use std::io;

use serde::Serialize;
use uuid::Uuid;

use super::apply::Skipped;
use super::cluster_view::{ClusterView, rounded};
use super::find::Found;
use crate::commands::contacts::hanging::{self, HangingView};
use crate::commands::output::Output;
use crate::store::contact_hanging::{Differing, Hanging};
use crate::ui::{Block, Tabular, human};

/// Clusters that a table shows.
pub(super) const SHOWN: usize = 20;

#[derive(Debug, Serialize)]
pub(super) struct DedupeView {
    pub dry_run: bool,
    /// By which all of it can be taken back; null where nothing was merged.
    pub run: Option<Uuid>,
    scanned: u64,
    candidate_pairs: u64,
    /// Answers of people by which the weights were corrected.
    taught_by: u32,
    threshold: f64,
    max_wrong: f64,
    clusters_found: u64,
    /// Those and parts of them that are certain enough to be merged without being asked about, without
    /// those that are skipped,
    certain: u64,
    /// how many of these are expected to be wrong,
    expected_wrong: f64,
    /// and how many clusters have something left that somebody has to be asked about.
    left_for_review: u64,
    /// Contacts that go, or would go, in others.
    surplus: u64,
    /// Pairs left out because their cluster would have grown too large.
    oversized: u64,
    clusters: Vec<ClusterView>,
    /// `clusters` holds not all that were found.
    truncated: bool,
    /// Clusters that were merged.
    pub merged: u64,
    /// Those that were not, or would not be, though they are certain.
    skipped: Vec<Skipped>,
    /// What refers to the contacts that go.
    rows: Vec<HangingView>,
    /// Columns of the application where contacts that go hold another value than their survivor.
    discarded: Vec<DiscardedView>,
    /// What only the merges themselves can tell whether it lets them through.
    unknown: Vec<String>,
    /// Tables whose contacts are left out, for they inherit from contacts.
    left_out: Vec<String>,
    /// What the probabilities of all pairs promise, where it is to be explained.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    calibration: Vec<Promise>,
}

#[derive(Debug, Serialize)]
struct DiscardedView {
    column: String,
    contacts: i64,
}

/// What hangs on the contacts that go, and what keeps others.
pub(super) struct Around {
    pub kept: Vec<Skipped>,
    pub rows: Vec<Hanging>,
    pub differing: Vec<Differing>,
    pub elsewhere: Vec<String>,
    pub unknown: Vec<String>,
}

/// What the probabilities of a class of pairs promise.
#[derive(Debug, Serialize)]
struct Promise {
    /// The class begins here, and is a tenth wide.
    from: f64,
    pairs: u64,
    /// How many of them are expected to be one person.
    expected_right: f64,
}

/// Of all pairs of all clusters, in tenths.
fn promises(found: &Found) -> Vec<Promise> {
    let mut classes: BTreeMap<u8, (u64, f64)> = BTreeMap::new();
    for (_, _, probability) in found.clusters.iter().flat_map(|cluster| &cluster.pairs) {
        let class = classes.entry(((probability * 10.0) as u8).min(9)).or_default();
        *class = (class.0 + 1, class.1 + probability);
    }
    let promise = |(class, (pairs, right))| Promise {
        from: f64::from(class) / 10.0,
        pairs,
        expected_right: rounded(right),
    };
    classes.into_iter().map(promise).collect()
}

impl DedupeView {
    pub(super) fn new(
        found: &Found,
        around: Around,
        (threshold, max_wrong): (f64, f64),
        limit: usize,
        explain: bool,
    ) -> DedupeView {
        let shown = found.clusters.iter().take(limit);
        let mut view = DedupeView {
            dry_run: false,
            run: None,
            scanned: found.scanned,
            candidate_pairs: found.candidate_pairs,
            taught_by: found.matches.taught_by(),
            threshold,
            max_wrong,
            clusters_found: found.clusters.len() as u64,
            certain: found.merges.len() as u64,
            expected_wrong: 0.0,
            left_for_review: found.clusters.iter().filter(|one| one.is_doubtful()).count() as u64,
            surplus: found.surplus(),
            oversized: found.oversized,
            clusters: shown.map(|cluster| ClusterView::new(found, cluster, explain)).collect(),
            truncated: found.clusters.len() > limit,
            merged: 0,
            skipped: Vec::new(),
            rows: around.rows.into_iter().map(HangingView::from).collect(),
            unknown: around.unknown,
            discarded: around.differing.into_iter().map(DiscardedView::from).collect(),
            left_out: around.elsewhere,
            calibration: if explain { promises(found) } else { Vec::new() },
        };
        view.skip(found, around.kept);
        view
    }

    /// What was left alone is not among what is, or would be, merged.
    pub(super) fn skip(&mut self, found: &Found, skipped: Vec<Skipped>) {
        let survivors: HashSet<Uuid> = skipped.iter().map(|one| one.survivor_id).collect();
        self.clusters.iter_mut().for_each(|cluster| cluster.skip(&survivors));
        for merge in found.merges.iter().filter(|merge| survivors.contains(&merge.survivor)) {
            self.certain -= 1;
            self.surplus -= merge.rows.len() as u64 - 1;
        }
        self.skipped.extend(skipped);
        let skipped: HashSet<Uuid> = self.skipped.iter().map(|one| one.survivor_id).collect();
        let merges = found.merges.iter().filter(|merge| !skipped.contains(&merge.survivor));
        self.expected_wrong = rounded(merges.fold(0.0, |sum, merge| sum + merge.doubt));
    }
}

impl From<Differing> for DiscardedView {
    fn from(one: Differing) -> DiscardedView {
        DiscardedView { column: one.name, contacts: one.contacts }
    }
}

impl Tabular for DedupeView {
    fn blocks(&self) -> Vec<Block> {
        let mut blocks: Vec<Block> = self.clusters.iter().flat_map(Tabular::blocks).collect();
        blocks.push(Block::Text(self.summary()));
        blocks
    }

    fn records_key(&self) -> Option<&'static str> {
        Some("clusters")
    }
}

impl DedupeView {
    /// How many of the merges are expected to be wrong.
    fn expectation(&self) -> String {
        let all = human::plural(self.certain, "merge", "merges");
        match self.expected_wrong.round() {
            0.0 => format!("Less than one of {all} is expected to be wrong."),
            number => format!("About {} of {all} will be wrong.", human::count(number as u64)),
        }
    }

    /// What the probabilities promise, in one line.
    fn promise(&self) -> Option<String> {
        let class = |one: &Promise| {
            let (right, pairs) = (one.expected_right.round() as u64, human::count(one.pairs));
            format!("{} of {pairs} from {:.0} %", human::count(right), one.from * 100.0)
        };
        let classes: Vec<String> = self.calibration.iter().map(class).collect();
        let line = || format!("Pairs that are expected to be one person: {}.", classes.join(", "));
        (!classes.is_empty()).then(line)
    }

    fn summary(&self) -> String {
        let mut lines = vec![format!(
            "Compared {} of {}.",
            human::plural(self.candidate_pairs, "pair", "pairs"),
            human::plural(self.scanned, "contact", "contacts")
        )];
        if self.taught_by > 0 {
            let answers = human::plural(u64::from(self.taught_by), "answer", "answers");
            lines.push(format!("The weights were corrected by {answers} of people."));
        }
        let clusters = human::plural(self.certain, "cluster", "clusters");
        let others = human::plural(self.surplus, "contact", "contacts");
        if self.truncated && !self.clusters.is_empty() {
            let shown = human::count(self.clusters.len() as u64);
            lines.push(format!("Showing the most likely {shown} of them; --limit shows more."));
        }
        if self.oversized > 0 {
            let pairs = human::plural(self.oversized, "pair was", "pairs were");
            lines.push(format!("{pairs} left out: their clusters would have grown too large."));
        }
        if self.dry_run && !self.clusters.is_empty() {
            lines.push(String::from(
                "The first contact of a cluster survives; `inboxctl contacts unmerge` undoes a merge.",
            ));
        }
        lines.push(match (self.clusters_found, self.certain, self.dry_run) {
            (0, ..) => format!("No two contacts match at {} or above.", self.threshold),
            (_, 0, true) if !self.skipped.is_empty() => String::from("No cluster can be merged."),
            (_, 0, false) if !self.skipped.is_empty() => String::from("No cluster was merged."),
            (_, 0, _) => String::from("No cluster is certain enough to be merged unasked."),
            (.., true) => format!("Would merge {clusters}: {others} would be merged into others."),
            (.., false) => {
                let all = self.certain + self.skipped.len() as u64;
                let all = human::plural(all, "cluster", "clusters");
                format!("Merged {} of {all}.", human::count(self.merged))
            }
        });
        if self.certain > 0 {
            lines.push(self.expectation());
        }
        lines.extend(self.promise());
        if let Some(run) = self.run {
            lines.push(format!("`inboxctl contacts unmerge --run {run}` takes all back."));
        }
        if self.left_for_review > 0 {
            let left = human::plural(self.left_for_review, "cluster is", "clusters are");
            lines.push(format!("{left} left for a review: `inboxctl contacts dedupe --review`."));
        }
        lines.extend(hanging::lines(&self.rows));
        if !self.discarded.is_empty() {
            let columns = self.discarded.iter();
            let columns = columns.map(|one| format!("{} of {}", one.contacts, one.column));
            let columns: Vec<String> = columns.collect();
            lines.push(format!(
                "Values that stay in the record alone, as their survivors have others: {}.",
                columns.join(", ")
            ));
        }
        if self.dry_run && !self.unknown.is_empty() {
            let unknown = self.unknown.join(", ");
            lines.push(format!(
                "Only the merges themselves tell whether they are let through: {unknown}."
            ));
        }
        if !self.left_out.is_empty() {
            lines.push(format!(
                "Left out: the contacts of {}, which inherits from contacts.",
                self.left_out.join(", ")
            ));
        }
        if !self.skipped.is_empty() {
            let left = human::plural(self.skipped.len() as u64, "cluster", "clusters");
            lines.push(format!("Left alone, for something stands in the way of {left}:"));
            let each = self.skipped.iter().take(SHOWN);
            lines.extend(each.map(|one| format!("  that of {}: {}", one.survivor_id, one.reason)));
            if self.skipped.len() > SHOWN {
                lines.push(String::from("  and others: --format json names them all"));
            }
        }
        lines.join("\n")
    }
}

/// `id,cluster`, a line for every contact that stands in a cluster.
///
/// # Errors
/// It can't be written.
pub(super) fn export(mut output: Output, found: &Found) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(&mut output);
    csv.write_record(["id", "cluster"])?;
    for cluster in &found.clusters {
        for &row in &cluster.rows {
            let id = found.table.id(row);
            csv.write_record([id.to_string(), cluster.survivor.to_string()])?;
        }
    }
    csv.flush()?;
    drop(csv);
    output.finish().map(drop)
}
