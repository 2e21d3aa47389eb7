//! The promises of a sample, on samples of many sizes.

use super::*;
use proptest::prelude::*;
use std::collections::{HashMap, HashSet};

const AS_OF: &str = "2026-03-15T10:30:00Z";

fn users() -> [Uuid; 3] {
    [Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3)]
}

fn as_of() -> Timestamp {
    AS_OF.parse().expect("a constant")
}

fn sample(contacts: u64, seed: u64) -> Sample {
    Sample::new(contacts, seed, as_of(), users())
}

fn object(text: &str) -> serde_json::Value {
    let value: serde_json::Value =
        serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    assert!(value.is_object(), "{text}");
    value
}

#[test]
fn the_same_rows_each_time() {
    let (one, two, other) = (sample(300, 7), sample(300, 7), sample(300, 8));
    assert!(one.contacts().eq(two.contacts()));
    assert!(one.messages().eq(two.messages()));
    assert!(one.notes().eq(two.notes()));
    assert!(one.assignments().eq(two.assignments()));
    assert!(one.jobs().eq(two.jobs()));
    assert!(one.audit_entries().eq(two.audit_entries()));
    assert!(!one.contacts().eq(other.contacts()));
    // Random access and iteration agree.
    assert!(one.contacts().eq((0..300).map(|index| two.contact(index))));
}

#[test]
fn rows_are_the_same_on_every_machine() {
    let sample = sample(500, 42);
    let digest = [
        digest(sample.contacts()),
        digest(sample.messages()),
        digest(sample.notes()),
        digest(sample.assignments()),
        digest(sample.jobs()),
        digest(sample.audit_entries()),
    ];
    // Whoever changes rows on purpose takes the new numbers from the failure.
    assert_eq!(digest, [1635457825, 3818607885, 940296249, 3046146134, 1544435365, 204381466]);
}

/// FNV-1a over what rows print as.
fn digest(rows: impl Iterator<Item = impl std::fmt::Debug>) -> u32 {
    rows.flat_map(|row| format!("{row:?}").into_bytes())
        .fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[test]
fn worlds_differ_in_what_rows_of_one_person_share() {
    let shared = |world: World| {
        let sample = sample(20_000, 3).in_world(world);
        let mut phones: HashMap<u64, Vec<String>> = HashMap::new();
        for (index, contact) in sample.contacts().enumerate() {
            let entity = sample.entity(index as u64);
            let digits: Option<String> =
                contact.phone.map(|phone| phone.chars().filter(char::is_ascii_digit).collect());
            phones.entry(entity).or_default().push(digits.unwrap_or_default());
        }
        let tail = |phone: &str| phone.get(phone.len().saturating_sub(7)..).map(str::to_owned);
        let many = phones.values().filter(|rows| rows.len() > 1);
        let (mut all, mut same) = (0, 0);
        for rows in many {
            all += 1;
            same += u32::from(!rows[0].is_empty() && tail(&rows[0]) == tail(&rows[1]));
        }
        f64::from(same) / f64::from(all)
    };
    let [tied, channels] = [World::Tied, World::Channels].map(shared);
    assert!(tied > channels + 0.03, "{tied} {channels}");
}

#[test]
fn counts_are_exact() {
    for contacts in [0, 1, 2, 63, 64, 65, 1000, 3001] {
        let sample = sample(contacts, 3);
        let counted = Counts {
            contacts: sample.contacts().count() as u64,
            messages: sample.messages().count() as u64,
            notes: sample.notes().count() as u64,
            assignments: sample.assignments().count() as u64,
            jobs: sample.jobs().count() as u64,
            audit_entries: sample.audit_entries().count() as u64,
        };
        assert_eq!(sample.counts(), counted);
    }
    let counts = sample(20_000, 3).counts();
    assert!((90_000..110_000).contains(&counts.messages), "{counts:?}");
}

#[test]
fn ids_are_unique_and_of_version_7() {
    let sample = sample(5000, 11);
    let mut seen = HashSet::new();
    let mut last = Uuid::nil();
    for contact in sample.contacts() {
        assert!(contact.id > last, "contact ids rise");
        last = contact.id;
        assert!(seen.insert(contact.id));
    }
    let ids = sample
        .messages()
        .map(|row| row.id)
        .chain(sample.notes().map(|row| row.id))
        .chain(sample.assignments().map(|row| row.id))
        .chain(sample.jobs().map(|row| row.id))
        .chain(sample.audit_entries().map(|row| row.id));
    for id in ids {
        assert_eq!(id.get_version_num(), 7);
        assert!(seen.insert(id));
    }
    let external: Vec<String> = sample.messages().filter_map(|row| row.external_id).collect();
    assert_eq!(external.iter().collect::<HashSet<_>>().len(), external.len());
}

#[test]
fn json_columns_hold_objects() {
    let sample = sample(3000, 5);
    for contact in sample.contacts() {
        object(&contact.social_handles);
        object(&contact.metadata);
        let texts = [&contact.name, &contact.phone, &contact.email];
        for text in texts.into_iter().flatten() {
            assert!(
                !text.trim().is_empty() && !text.contains('\0') && text.trim() == text,
                "{text:?}"
            );
        }
    }
    sample.messages().for_each(|row| assert!(object(&row.metadata).is_object()));
    sample.jobs().for_each(|row| assert!(object(&row.payload).is_object()));
    sample.audit_entries().for_each(|row| assert!(object(&row.details).is_object()));
}

#[test]
fn a_known_share_are_duplicates() {
    for (contacts, seed) in [(1000, 1), (1000, 2), (50_000, 1)] {
        let sample = sample(contacts, seed);
        let mut sizes: HashMap<u64, u64> = HashMap::new();
        (0..contacts).for_each(|index| *sizes.entry(sample.entity(index)).or_default() += 1);
        let share = 100 * (contacts - sizes.len() as u64) / contacts;
        assert!((18..=28).contains(&share), "{share} % of {contacts}");
        assert!(sizes.values().all(|&size| size <= 8));
    }
}

#[test]
fn assignments_are_unique_and_references_valid() {
    let sample = sample(2000, 9);
    let contacts: HashMap<Uuid, Timestamp> =
        sample.contacts().map(|row| (row.id, row.created_at)).collect();
    let mut assigned = HashSet::new();
    for row in sample.assignments() {
        assert!(assigned.insert(row.contact_id));
        assert!(contacts[&row.contact_id] <= row.created_at && row.created_at <= row.updated_at);
        assert!(users().contains(&row.user_id));
    }
    for row in sample.notes() {
        assert!(contacts[&row.contact_id] <= row.created_at && row.updated_at <= as_of());
        assert!(users().contains(&row.user_id));
    }
    for row in sample.audit_entries() {
        assert_eq!(row.user_id.is_some(), row.actor.contains('@'));
        if row.resource == "contacts" && row.resource_id.is_some() {
            let id = row.resource_id.and_then(|id| id.parse().ok()).expect("an id");
            assert!(contacts[&id] <= row.created_at);
        }
    }
}

#[test]
fn contact_times_lie_in_order() {
    let rows: Vec<Contact> = sample(4000, 4).contacts().collect();
    assert!(rows.windows(2).all(|pair| pair[0].created_at < pair[1].created_at));
    assert!(rows.iter().all(|row| row.created_at <= row.updated_at && row.updated_at <= as_of()));
}

#[test]
fn messages_are_consistent() {
    let sample = sample(3000, 6);
    let contacts: HashMap<Uuid, Timestamp> =
        sample.contacts().map(|row| (row.id, row.created_at)).collect();
    let mut threads: HashMap<Uuid, (Uuid, Channel)> = HashMap::new();
    let mut statuses = HashSet::new();
    let mut channels = HashSet::new();
    for row in sample.messages() {
        check_message(&row, contacts[&row.contact_id]);
        let thread = threads.entry(row.thread_id).or_insert((row.contact_id, row.channel));
        assert_eq!(*thread, (row.contact_id, row.channel));
        statuses.insert(row.status);
        channels.insert(row.channel);
    }
    assert_eq!(channels.len(), Channel::ALL.len());
    assert!(statuses.len() >= MessageStatus::ALL.len() - 1, "{statuses:?}");
}

fn check_message(row: &Message, contact_created: Timestamp) {
    use MessageStatus::*;
    let inbound = row.direction == Direction::Inbound;
    assert!(contact_created <= row.created_at && row.created_at <= as_of(), "{row:?}");
    assert!(row.created_at <= row.updated_at && row.updated_at <= as_of(), "{row:?}");
    assert_eq!(row.read_at.is_some(), row.status == Read, "{row:?}");
    assert_eq!(row.sent_at.is_none(), matches!(row.status, Queued | Scheduled | Failed), "{row:?}");
    assert_eq!(row.status == Scheduled, row.scheduled_at.is_some_and(|at| at > as_of()), "{row:?}");
    assert!(row.sent_at.is_none_or(|sent| sent >= row.created_at && sent <= as_of()), "{row:?}");
    assert!(row.read_at.is_none_or(|read| Some(read) >= row.sent_at && read <= as_of()), "{row:?}");
    assert!(!inbound || matches!(row.status, Received | Read) && row.user_id.is_none(), "{row:?}");
    assert!(inbound || row.status != Received, "{row:?}");
    assert!(!row.content.is_empty() && !row.content.contains('{'), "{row:?}");
    assert!(row.content.chars().count() < 500, "{row:?}");
}

#[test]
fn jobs_are_in_every_state() {
    let rows: Vec<Job> = sample(1, 2).jobs().collect();
    for status in JobStatus::ALL {
        assert!(rows.iter().any(|row| row.status == *status), "{status:?}");
    }
    for row in sample(20_000, 2).jobs() {
        let done =
            matches!(row.status, JobStatus::Completed | JobStatus::Failed | JobStatus::Cancelled);
        assert_eq!(row.finished_at.is_some(), done, "{row:?}");
        assert!(row.created_at <= row.scheduled_at && row.created_at <= row.updated_at, "{row:?}");
        assert!(
            row.finished_at.is_none_or(|at| at >= row.scheduled_at && at <= as_of()),
            "{row:?}"
        );
        assert!(row.status != JobStatus::Failed || row.last_error.is_some());
    }
}

#[test]
fn audit_entries_spread_over_the_months() {
    let rows: Vec<AuditEntry> = sample(2000, 2).audit_entries().collect();
    assert!(rows.windows(2).all(|pair| pair[0].created_at <= pair[1].created_at));
    let months: HashSet<String> =
        rows.iter().map(|row| row.created_at.strftime("%Y-%m").to_string()).collect();
    assert!((18..=20).contains(&months.len()), "{months:?}");
    assert!(rows.iter().all(|row| row.created_at <= as_of()));
}

#[test]
fn twins_and_namesakes_are_other_people() {
    let sample = sample(50_000, 13);
    let mut people: HashMap<(String, String), HashSet<u64>> = HashMap::new();
    for index in 0..50_000 {
        let contact = sample.contact(index);
        if let (Some(name), Some(phone)) = (contact.name, contact.phone) {
            people.entry((name, phone)).or_default().insert(sample.entity(index));
        }
    }
    let confused = people.values().filter(|entities| entities.len() > 1).count();
    assert!(confused < 40, "{confused} pairs share name and phone");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_input_panics(contacts in 0u64..200, seed: u64, second in -377_705_023_201i64..253_402_207_200) {
        let as_of = Timestamp::from_second(second).expect("in range");
        let sample = Sample::new(contacts, seed, as_of, users());
        prop_assert_eq!(sample.counts().messages, sample.messages().count() as u64);
        sample.contacts().for_each(drop);
        sample.audit_entries().for_each(drop);
        sample.jobs().for_each(drop);
        sample.notes().for_each(drop);
    }

    #[test]
    fn any_row_of_any_size(contacts: u64, seed: u64, index: u64) {
        let sample = Sample::new(contacts, seed, as_of(), users());
        sample.contact(index);
        sample.entity(index);
        sample.messages().take(20).for_each(drop);
        sample.jobs().take(20).for_each(drop);
        sample.audit_entries().take(20).for_each(drop);
    }
}
