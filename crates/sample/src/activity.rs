//! What the team does with contacts: notes and assignments.

use super::calendar::{timestamp, uuid};
use super::random::{Stream, key};
use super::rows::{Assignment, Note, NoteType, Text};
use super::{Sample, tag};
use std::borrow::Cow;

/// No contact has more notes; ids count on it.
const MOST_NOTES: u64 = 16;

pub(crate) fn note_count(sample: &Sample, index: u64) -> u32 {
    match key(sample.seed, tag::NOTE_COUNT, index) & 1023 {
        0..=779 => 0,
        780..=929 => 1,
        930..=989 => 2,
        990..=1012 => 3,
        1013..=1020 => 5,
        _ => 9,
    }
}

pub(crate) fn notes(sample: &Sample) -> impl Iterator<Item = Note> + '_ {
    (0..sample.contacts).flat_map(move |index| {
        (0..note_count(sample, index)).map(move |number| note(sample, index, u64::from(number)))
    })
}

fn note(sample: &Sample, index: u64, number: u64) -> Note {
    let number = index * MOST_NOTES + number;
    let mut stream = Stream::new(key(sample.seed, tag::NOTE, number));
    let created = sample.between(sample.created(index), sample.as_of, stream.next());
    let updated = if stream.percent(12) {
        sample.between(created, sample.as_of, stream.next())
    } else {
        created
    };
    Note {
        id: uuid(created, sample.unique(tag::NOTE, number)),
        contact_id: sample.contact_id(index),
        user_id: sample.users[if stream.percent(74) { 1 } else { 2 }],
        content: note_text(&mut stream),
        note_type: if stream.percent(70) { NoteType::Public } else { NoteType::Private },
        created_at: timestamp(created),
        updated_at: timestamp(updated),
    }
}

const NOTES: [&str; 22] = [
    "Prefers to be called after 18:00.",
    "Asked for a quote, follow up next week.",
    "Speaks English and French.",
    "Wants invoices by e-mail only.",
    "Complained about the courier, voucher sent.",
    "Possible duplicate of another contact, check the phone.",
    "Very friendly, interested in the new model.",
    "Don't send promotions.",
    "Número nuevo, el anterior ya no funciona.",
    "Prefiere WhatsApp.",
    "Cliente desde hace años, trato preferente.",
    "Cliente pediu desconto para dez unidades.",
    "Bevorzugt Rückruf am Vormittag.",
    "Rechnung an die Buchhaltung schicken.",
    "Rappeler après les vacances.",
    "Perezvonit posle obeda.",
    "Spoke with the partner, same address.",
    "Left a voice message, no answer.",
    "Address confirmed by phone.",
    "Payment plan agreed with finance.",
    "Refund approved by the manager.",
    "New decision maker since March.",
];

fn note_text(stream: &mut Stream) -> Text {
    let first = stream.word(&NOTES);
    if stream.percent(80) {
        return Cow::Borrowed(first);
    }
    Cow::Owned([first, " ", stream.word(&NOTES)].concat())
}

pub(crate) fn assigned(sample: &Sample, index: u64) -> bool {
    key(sample.seed, tag::ASSIGNMENT, index) % 100 < 31
}

pub(crate) fn assignments(sample: &Sample) -> impl Iterator<Item = Assignment> + '_ {
    (0..sample.contacts)
        .filter(move |&index| assigned(sample, index))
        .map(move |index| assignment(sample, index))
}

fn assignment(sample: &Sample, index: u64) -> Assignment {
    let mut stream = Stream::new(key(sample.seed, tag::ASSIGNMENT, !index));
    let created = sample.between(sample.created(index), sample.as_of, stream.next());
    let moved = stream.percent(20);
    let updated =
        if moved { sample.between(created, sample.as_of, stream.next()) } else { created };
    Assignment {
        id: uuid(created, sample.unique(tag::ASSIGNMENT, index)),
        user_id: sample.users[if stream.percent(70) { 1 } else { 2 }],
        contact_id: sample.contact_id(index),
        created_at: timestamp(created),
        updated_at: timestamp(updated),
    }
}
