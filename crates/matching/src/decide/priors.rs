//! What is believed before anything was seen: how often pairs of each class agree at each level.

use crate::decide::model::{LEVELS, Model, NEVER, Shares};
use crate::evidence::compare::{
    COLUMNS, EMAIL, FIELDS, HANDLE, Knowledge, NAME, PHONE, UNSEEN_PEOPLE,
};
use crate::evidence::worth;
use crate::read::columns::{Column, Kind};
use crate::read::prepare::Prepared;

const NAME_SAME: [f32; LEVELS] =
    [0.0, 0.45, 0.14, 0.12, 0.12, 0.04, 0.07, 0.01, 0.005, 0.015, 0.007, 0.02];
pub(crate) const NAME_RELATED: [f32; LEVELS] =
    [0.0, 0.012, 0.003, 0.003, 0.006, 0.006, 0.02, 0.03, 0.42, 0.03, 0.05, 0.42];
/// The first level of names that speaks for two people.
pub(crate) const APART: usize = 8;
/// Names of branches of one organisation.
const NAME_BRANCH: [f32; LEVELS] =
    [0.0, 0.12, 0.02, 0.03, 0.25, 0.005, 0.03, 0.42, 0.03, 0.06, 0.035, 0.0];
const PHONE_SAME: [f32; LEVELS] = [0.0, 0.60, 0.02, 0.01, 0.03, 0.34, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
const PHONE_RELATED: [f32; LEVELS] =
    [0.0, 0.27, 0.12, 0.10, 0.003, 0.507, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
const PHONE_BRANCH: [f32; LEVELS] =
    [0.0, 0.30, 0.08, 0.08, 0.03, 0.51, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
const EMAIL_SAME: [f32; LEVELS] =
    [0.0, 0.50, 0.02, 0.03, 0.02, 0.01, 0.41, 0.01, 0.0, 0.0, 0.0, 0.0];
const EMAIL_RELATED: [f32; LEVELS] =
    [0.0, 0.05, 0.05, 0.001, 0.0005, 0.005, 0.892, 0.0015, 0.0, 0.0, 0.0, 0.0];
const EMAIL_BRANCH: [f32; LEVELS] =
    [0.0, 0.15, 0.15, 0.03, 0.03, 0.04, 0.57, 0.03, 0.0, 0.0, 0.0, 0.0];
const HANDLE_SAME: [f32; LEVELS] = [0.0, 0.60, 0.40, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
const HANDLE_RELATED: [f32; LEVELS] =
    [0.0, 0.004, 0.996, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
const HANDLE_BRANCH: [f32; LEVELS] = [0.0, 0.30, 0.70, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
const BIRTH_SAME: [f32; LEVELS] =
    [0.0, 0.94, 0.03, 0.004, 0.003, 0.011, 0.008, 0.004, 0.0, 0.0, 0.0, 0.0];
const BIRTH_RELATED: [f32; LEVELS] =
    [0.0, 0.08, 0.006, 0.007, 0.878, 0.006, 0.005, 0.018, 0.0, 0.0, 0.0, 0.0];
const BIRTH_BRANCH: [f32; LEVELS] =
    [0.0, 0.01, 0.005, 0.01, 0.946, 0.006, 0.005, 0.018, 0.0, 0.0, 0.0, 0.0];
const DATE_SAME: [f32; LEVELS] =
    [0.0, 0.60, 0.05, 0.03, 0.23, 0.03, 0.03, 0.03, 0.0, 0.0, 0.0, 0.0];
const DATE_RELATED: [f32; LEVELS] =
    [0.0, 0.20, 0.01, 0.03, 0.69, 0.02, 0.02, 0.03, 0.0, 0.0, 0.0, 0.0];
const FACT_SAME: [f32; LEVELS] = [0.0, 0.70, 0.10, 0.05, 0.15, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
const FACT_RELATED: [f32; LEVELS] =
    [0.0, 0.50, 0.04, 0.06, 0.40, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];

const FACT_BRANCH: [f32; LEVELS] = [0.0, 0.10, 0.03, 0.12, 0.75, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];

impl Model {
    /// The model before anything was seen.
    pub(crate) fn prior(rows: &Prepared, knowledge: &Knowledge) -> Model {
        let fields = |name, phone, email, handle, birth, date, fact| {
            let mut shares = [[0.0; LEVELS]; FIELDS];
            shares[NAME] = name;
            shares[PHONE] = phone;
            shares[EMAIL] = email;
            shares[HANDLE] = handle;
            for (place, column) in rows.columns.iter().enumerate() {
                shares[COLUMNS + place] = match column.kind {
                    Kind::Birth => birth,
                    Kind::Date => date,
                    Kind::Code | Kind::Text => fact,
                };
            }
            shares
        };
        let same = fields(
            NAME_SAME,
            PHONE_SAME,
            EMAIL_SAME,
            HANDLE_SAME,
            BIRTH_SAME,
            DATE_SAME,
            FACT_SAME,
        );
        let related = fields(
            NAME_RELATED,
            PHONE_RELATED,
            EMAIL_RELATED,
            HANDLE_RELATED,
            BIRTH_RELATED,
            DATE_RELATED,
            FACT_RELATED,
        );
        let branch = fields(
            NAME_BRANCH,
            PHONE_BRANCH,
            EMAIL_BRANCH,
            HANDLE_BRANCH,
            BIRTH_BRANCH,
            DATE_RELATED,
            FACT_BRANCH,
        );
        let mut branch = logs(&branch);
        let places = places(rows);
        for &field in &places {
            let chance = &knowledge.facts[field - COLUMNS].level_bits;
            for (level, nearby) in NEARBY.into_iter().enumerate().skip(1) {
                branch[field][level] = (nearby - chance[level]).min(0.0);
            }
        }
        // One pair for every two rows, of all that there could be.
        let prior = -((rows.len() as f32 + UNSEEN_PEOPLE).log2());
        Model {
            same: logs(&same),
            related: logs(&related),
            branch,
            same_prior: prior,
            related_prior: prior - 2.0,
            branch_prior: if places.is_empty() { NEVER } else { prior - 4.0 },
            worth: vec![0.0; worth::CLASSES],
            taught_by: 0,
            doubt: 0.0,
        }
    }
}

/// Columns that tell one place from another: nearly every value is another one.
pub(crate) fn places(rows: &Prepared) -> Vec<usize> {
    let tells = |column: &&Column| {
        matches!(column.kind, Kind::Text | Kind::Code)
            && column.texts.len() >= FEWEST_PLACES
            && column.texts.len() >= column.filled / 5
    };
    let columns = rows.columns.iter().enumerate().filter(|(_, column)| tells(column));
    columns.map(|(place, _)| COLUMNS + place).collect()
}

const FEWEST_PLACES: u32 = 50;
/// How many bits likelier than strangers branches agree in a place, by level.
const NEARBY: [f32; 5] = [0.0, 2.0, 1.0, 0.5, 0.0];

fn logs(shares: &[[f32; LEVELS]; FIELDS]) -> Shares {
    shares.map(|levels| levels.map(|share| if share > 0.0 { share.log2() } else { NEVER }))
}
