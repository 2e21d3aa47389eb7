//! Why two rows are one or not: the weight of each field, and the same in words.

use crate::Matches;
use crate::Table;
use crate::decide::model;
use crate::evidence::compare::{
    COLUMNS, Comparer, EMAIL, HANDLE, NAME, PHONE, fact, handle, mail, phone,
};
use crate::evidence::names::Level;
use serde::Serialize;

/// What one field says about a pair.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FieldEvidence {
    /// `name`, `phone`, `email`, `handle`, or a key of metadata.
    pub field: String,
    /// The values as the rows have them; those of metadata normalised.
    pub left: String,
    pub right: String,
    /// Such as "same phone" or "name Bob ~ Robert".
    pub words: String,
    /// For one person where positive, against where negative; they add up.
    pub weight_bits: f32,
}

/// A waterfall: `prior_bits`, the weight of each field and `related_bits` add up to the log2
/// odds of the pair.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explanation {
    /// Of any two rows of this table, before anything is compared.
    pub prior_bits: f32,
    pub fields: Vec<FieldEvidence>,
    /// What is taken off because related people agree like this too; at most 0.
    pub related_bits: f32,
    pub probability: f64,
}

/// A learned parameter of the model.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Parameter {
    pub field: String,
    pub level: &'static str,
    /// The share of pairs of one person, and of related people, that agree at this level.
    pub same: f32,
    pub related: f32,
}

/// Weights smaller than this aren't worth a word.
const WORTH_A_WORD: f32 = 0.5;

impl Matches {
    /// The waterfall of two rows, which are numbers of the table that was matched.
    pub fn explain(&self, table: &Table, left: u32, right: u32) -> Explanation {
        let (a, b) = (self.rows.places[left as usize], self.rows.places[right as usize]);
        let comparison = Comparer::new(&self.rows, &self.knowledge).compare(a, b);
        let weight = self.model.weigh(&comparison);
        let fields = (0..COLUMNS + self.rows.columns.len()).filter_map(|field| {
            let level = comparison.levels[field];
            (level != 0).then(|| {
                let [left_value, right_value] = [(left, a), (right, b)]
                    .map(|(number, row)| self.value(table, field, number, row));
                FieldEvidence {
                    words: self.words(field, level, &left_value, &right_value),
                    field: self.field_name(field).to_owned(),
                    left: left_value,
                    right: right_value,
                    weight_bits: self.model.field(&comparison, field)[0],
                }
            })
        });
        let others = weight.odds - weight.against_strangers - self.model.same_prior;
        Explanation {
            prior_bits: self.model.same_prior,
            fields: fields.collect(),
            related_bits: others.min(0.0),
            probability: weight.probability(),
        }
    }

    /// What speaks for and against a pair in words, the strongest first.
    pub fn evidence(&self, table: &Table, left: u32, right: u32) -> Vec<String> {
        let mut fields = self.explain(table, left, right).fields;
        fields.retain(|field| field.weight_bits.abs() >= WORTH_A_WORD);
        fields.sort_by(|a, b| b.weight_bits.total_cmp(&a.weight_bits));
        fields.into_iter().map(|field| field.words).collect()
    }

    /// What the model learned, field by field and level by level.
    pub fn parameters(&self) -> Vec<Parameter> {
        let mut parameters = Vec::new();
        for field in 0..COLUMNS + self.rows.columns.len() {
            for level in 1..model::LEVELS {
                let (same, related) =
                    (self.model.same[field][level], self.model.related[field][level]);
                if same > model::NEVER {
                    parameters.push(Parameter {
                        field: self.field_name(field).to_owned(),
                        level: level_words(field, level as u8),
                        same: same.exp2(),
                        related: related.exp2(),
                    });
                }
            }
        }
        parameters
    }

    fn field_name(&self, field: usize) -> &str {
        match field {
            NAME => "name",
            PHONE => "phone",
            EMAIL => "email",
            HANDLE => "handle",
            _ => &self.rows.columns[field - COLUMNS].key,
        }
    }

    fn value(&self, table: &Table, field: usize, number: u32, row: u32) -> String {
        let raw = table.row(number);
        let text = match field {
            NAME => raw.name.map_or_else(|| self.rows.name_text(row), str::to_owned),
            PHONE => raw.phone.unwrap_or_default().to_owned(),
            EMAIL => raw.email.unwrap_or_default().to_owned(),
            HANDLE => raw.handles.to_owned(),
            _ => {
                let column = &self.rows.columns[field - COLUMNS];
                column.value(row).map_or("", |value| column.texts.get(value)).to_owned()
            }
        };
        text.trim().to_owned()
    }

    fn words(&self, field: usize, level: u8, left: &str, right: &str) -> String {
        let how = level_words(field, level);
        match field {
            NAME if level == Level::Same as u8 => "same name".to_owned(),
            NAME if level == Level::Different as u8 => format!("different names {left} / {right}"),
            NAME => format!("name {left} ~ {right} ({how})"),
            PHONE | EMAIL | HANDLE => how.to_owned(),
            _ if level == fact::SAME => format!("same {}", self.field_name(field)),
            _ => format!("{} {how}", self.field_name(field)),
        }
    }
}

fn level_words(field: usize, level: u8) -> &'static str {
    match field {
        NAME => name_words(level),
        PHONE => match level {
            phone::SAME => "same phone",
            phone::SHARED => "same phone, which several people have",
            phone::CROWDED => "same phone, which many people have",
            phone::NEAR => "phone differs in one digit",
            _ => "different phones",
        },
        EMAIL => match level {
            mail::SAME => "same e-mail",
            mail::SHARED => "same e-mail, which several people have",
            mail::NEAR => "e-mail differs in one letter",
            mail::ALIKE => "e-mail differs in some letters",
            mail::LOCAL => "same e-mail name at another provider",
            mail::NAMED => "e-mails made of the same name",
            _ => "different e-mails",
        },
        HANDLE if level == handle::SAME => "same handle",
        HANDLE => "different handles",
        _ => match level {
            fact::SAME => "same",
            fact::NEAR => "nearly the same",
            fact::LOOSE => "similar",
            fact::PART => "differs in one part",
            fact::CLOSE => "is some weeks apart",
            fact::YEAR => "has the same year only",
            _ => "different",
        },
    }
}

fn name_words(level: u8) -> &'static str {
    const WORDS: [&str; model::LEVELS] = [
        "missing",
        "same name",
        "another form",
        "a typing slip",
        "part left out",
        "an initial",
        "one word only",
        "mostly the same",
        "surname only",
        "given name only",
        "one word",
        "different",
    ];
    WORDS[usize::from(level).min(model::LEVELS - 1)]
}
