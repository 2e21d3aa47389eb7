//! One question on one screen: two records side by side, and in words what agrees and differs.

use super::find::Found;
use crate::domain::agreement;
use crate::domain::matching::{FieldEvidence, Question};
use crate::ui::{Block, Cell, Column, Grid, Tabular, Tone, human};

/// With its head, its notes and the question below it, it fits 24 lines.
const MOST_FIELDS: usize = 14;
/// Fields with fewer bits for or against neither agree nor differ.
const TELLING_BITS: f32 = 0.5;

pub(super) struct Screen {
    title: String,
    fields: Vec<Field>,
    notes: Vec<String>,
}

struct Field {
    name: String,
    values: [String; 2],
    how: &'static str,
    words: String,
    tone: Tone,
}

impl Screen {
    /// `number` of the question, and how many are `open` with it.
    pub(super) fn new(found: &Found, question: &Question, number: usize, open: usize) -> Screen {
        let [left, right] = question.pair;
        let explained = found.matches.explain(&found.table, left, right);
        let rows = [left, right].map(|row| found.table.row(row));
        let mut fields: Vec<Field> = explained.fields.into_iter().map(Field::compared).collect();
        // What only one of them has says something to a person.
        let texts = rows.map(|row| [row.name, row.phone, row.email]);
        for (place, name) in ["name", "phone", "email"].into_iter().enumerate() {
            let values = [0, 1].map(|side| texts[side][place].unwrap_or_default().to_owned());
            let is_known = values.iter().any(|value| !value.trim().is_empty());
            if is_known && !fields.iter().any(|field| field.name == name) {
                fields.push(Field::lone(name, values));
            }
        }
        let mut notes = Vec::new();
        if fields.len() > MOST_FIELDS {
            let more =
                human::plural((fields.len() - MOST_FIELDS) as u64, "field says", "fields say");
            notes.push(format!("{more} less."));
            fields.truncate(MOST_FIELDS);
        }
        let [left, right] = question.groups.each_ref().map(Vec::len);
        if left + right > 2 {
            let contacts = |rows: usize| human::plural(rows as u64, "contact", "contacts");
            notes.push(format!(
                "On the left {} that are one, on the right {}: a yes merges all.",
                contacts(left),
                contacts(right)
            ));
        }
        let percent = question.probability * 100.0;
        let title = format!("Question {number} of {open} at most: {percent:.0} % likely one.");
        Screen { title, fields, notes }
    }
}

impl Field {
    fn compared(evidence: FieldEvidence) -> Field {
        let (how, tone) = match evidence.weight_bits {
            bits if bits > TELLING_BITS => ("agrees", Tone::Good),
            bits if bits < -TELLING_BITS => ("differs", Tone::Bad),
            _ => ("", Tone::Plain),
        };
        // Both values stand beside it.
        let words = match agreement::level(&evidence.words) {
            Some(level) => level.to_owned(),
            None if evidence.field == "name" && how == "differs" => String::from("another name"),
            None => evidence.words,
        };
        let values = [evidence.left, evidence.right];
        Field { name: evidence.field, values, how, words, tone }
    }

    fn lone(name: &str, values: [String; 2]) -> Field {
        let words = String::from("one has it");
        Field { name: name.to_owned(), values, how: "", words, tone: Tone::Plain }
    }
}

impl Tabular for Screen {
    fn blocks(&self) -> Vec<Block> {
        let mut grid = Grid::new(vec![
            Column::left("field"),
            Column::text("left"),
            Column::text("right"),
            Column::left(""),
            Column::text("how"),
        ]);
        for field in &self.fields {
            let [left, right] = field.values.each_ref().map(|value| human::one_line(value, 40));
            grid.row(vec![
                human::one_line(&field.name, 14).into(),
                left.into(),
                right.into(),
                Cell::toned(field.how, field.tone),
                human::one_line(&field.words, 30).into(),
            ]);
        }
        self.notes.iter().for_each(|note| grid.note(note));
        vec![Block::Text(self.title.clone()), Block::Grid(grid)]
    }
}
