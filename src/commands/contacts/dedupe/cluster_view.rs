//! One cluster as a document and as a table, with what speaks for it.

use std::collections::HashSet;

use serde::Serialize;
use uuid::Uuid;

use super::find::{Cluster, Found};
use crate::commands::contacts::contact_view::ContactView;
use crate::domain::matching::FieldEvidence;
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, human};

#[derive(Debug, Serialize)]
pub(super) struct ClusterView {
    survivor_id: Uuid,
    /// The survivor first.
    members: Vec<ContactView>,
    probability: f64,
    /// Members that are, or would be, merged without being asked about, each survivor first.
    certain: Vec<Vec<Uuid>>,
    /// Members that were left alone, though they are certain.
    #[serde(skip)]
    skipped: usize,
    evidence: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pairs: Vec<PairView>,
}

/// The waterfall of a pair: from nothing to its probability, field by field.
#[derive(Debug, Serialize)]
struct PairView {
    left_id: Uuid,
    right_id: Uuid,
    probability: f64,
    /// The odds of any two contacts of the table, before anything is compared.
    prior_bits: f64,
    fields: Vec<FieldView>,
    /// Taken off because people of one household agree like this too.
    related_bits: f64,
}

#[derive(Debug, Serialize)]
struct FieldView {
    field: String,
    left: String,
    right: String,
    agreement: String,
    /// Positive speaks for the same person: each bit doubles the odds.
    weight_bits: f64,
}

impl ClusterView {
    pub(super) fn new(found: &Found, cluster: &Cluster, explain: bool) -> ClusterView {
        let id = |&row: &u32| found.table.id(row);
        let contact = |&row: &u32| {
            let row = found.table.row(row);
            let text = |text: Option<&str>| text.map(str::to_owned);
            let (name, phone, email) = (text(row.name), text(row.phone), text(row.email));
            ContactView { id: row.id, name, phone, email }
        };
        ClusterView {
            survivor_id: cluster.survivor,
            members: cluster.rows.iter().map(contact).collect(),
            probability: rounded(cluster.probability),
            certain: cluster.certain.iter().map(|rows| rows.iter().map(id).collect()).collect(),
            skipped: 0,
            evidence: evidence(found, cluster),
            pairs: if explain { pairs(found, cluster) } else { Vec::new() },
        }
    }

    /// What was left alone into these is none of what is merged.
    pub(super) fn skip(&mut self, survivors: &HashSet<Uuid>) {
        let is_kept = |ids: &Vec<Uuid>| !ids.first().is_some_and(|id| survivors.contains(id));
        let (kept, left): (Vec<_>, Vec<_>) = self.certain.drain(..).partition(is_kept);
        self.certain = kept;
        self.skipped += left.iter().map(Vec::len).sum::<usize>();
    }
}

pub(super) fn rounded(number: f64) -> f64 {
    (number * 10_000.0).round() / 10_000.0
}

/// What speaks for each member, in words: of its strongest pair.
fn evidence(found: &Found, cluster: &Cluster) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for &row in &cluster.rows {
        let of_row = cluster.pairs.iter().filter(|(left, right, _)| *left == row || *right == row);
        let Some(best) = of_row.max_by(|one, other| one.2.total_cmp(&other.2)) else { continue };
        let line = found.matches.evidence(&found.table, best.0, best.1).join("; ");
        if !line.is_empty() && !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

fn pairs(found: &Found, cluster: &Cluster) -> Vec<PairView> {
    let bits = |bits: f32| (f64::from(bits) * 100.0).round() / 100.0;
    let field = |evidence: FieldEvidence| FieldView {
        field: evidence.field,
        left: evidence.left,
        right: evidence.right,
        agreement: evidence.words,
        weight_bits: bits(evidence.weight_bits),
    };
    cluster
        .pairs
        .iter()
        .map(|&(left, right, probability)| {
            let explained = found.matches.explain(&found.table, left, right);
            PairView {
                left_id: found.table.id(left),
                right_id: found.table.id(right),
                probability: rounded(probability),
                prior_bits: bits(explained.prior_bits),
                fields: explained.fields.into_iter().map(field).collect(),
                related_bits: bits(explained.related_bits),
            }
        })
        .collect()
}

impl Tabular for ClusterView {
    fn blocks(&self) -> Vec<Block> {
        let mut grid = Grid::new(vec![
            Column::left("name"),
            Column::left("phone"),
            Column::left("e-mail"),
            Column::left("id"),
        ])
        .records_if_wide();
        for (number, contact) in self.members.iter().enumerate() {
            let tone = if number == 0 { Tone::Strong } else { Tone::Plain };
            grid.row(contact.cells(32).map(|text| Cell::toned(text, tone)).to_vec());
        }
        let percent = self.probability * 100.0;
        let certain: usize = self.certain.iter().map(Vec::len).sum();
        let left = match certain {
            0 if self.skipped > 0 => String::from("; left alone"),
            0 => String::from("; left for a review"),
            all if all == self.members.len() && self.certain.len() == 1 => String::new(),
            some => format!("; {some} of {} are certain", self.members.len()),
        };
        grid.note(format!("{percent:.1} %: {}{left}", self.evidence.join(" | ")));
        let mut blocks = vec![Block::Grid(grid)];
        blocks.extend(self.pairs.iter().map(|pair| Block::Grid(pair.grid())));
        blocks
    }
}

impl PairView {
    fn grid(&self) -> Grid {
        let mut grid = Grid::new(vec![
            Column::left("field"),
            Column::left("left"),
            Column::left("right"),
            Column::left("agreement"),
            Column::right("bits"),
        ]);
        let mut line = |name: &str, left: &str, right: &str, words: &str, bits: f64| {
            let tone = match bits {
                bits if bits > 0.0 => Tone::Good,
                bits if bits < 0.0 => Tone::Bad,
                _ => Tone::Plain,
            };
            grid.row(vec![
                name.into(),
                human::one_line(left, 20).into(),
                human::one_line(right, 20).into(),
                human::one_line(words, 40).into(),
                Cell::toned(format!("{bits:+.1}"), tone),
            ]);
        };
        line("", "", "", "any two contacts", self.prior_bits);
        for field in &self.fields {
            line(&field.field, &field.left, &field.right, &field.agreement, field.weight_bits);
        }
        if self.related_bits < 0.0 {
            line("", "", "", "also common among relatives", self.related_bits);
        }
        let fields: f64 = self.fields.iter().map(|field| field.weight_bits).sum();
        let total = self.prior_bits + fields + self.related_bits;
        let percent = self.probability * 100.0;
        grid.note(format!("together {total:+.1} bits: {percent:.1} %"));
        grid
    }
}
