//! Properties of the matcher on sample contacts.

use inboxctl::domain::matching::{Cluster, Likeness, Phone, Row, Settings, Table, run};
use inboxctl::domain::sample::Sample;
use proptest::prelude::*;
use uuid::Uuid;

fn sample(contacts: u64, seed: u64) -> Sample {
    let as_of = jiff::Timestamp::from_second(1_767_600_000).expect("a time");
    Sample::new(contacts, seed, as_of, [Uuid::nil(); 3])
}

#[test]
fn own_reading_of_phones_agrees_with_the_plans() {
    let mut compared = 0;
    for text in sample(400, 11).contacts().filter_map(|contact| contact.phone) {
        let own = Phone::parse(&text, None);
        if let (Some(plan), Some(own)) = (e164(&text), own) {
            compared += 1;
            let of_plan = Phone::parse(&plan, None).map(|plan| plan.like(own));
            assert_eq!(of_plan, Some(Likeness::Same), "{text}");
            if text.starts_with('+') {
                assert_eq!(own.to_string(), plan, "{text}");
            }
        }
    }
    assert!(compared > 50, "{compared}");
}

/// In E.164 by its country's own numbering plan.
fn e164(text: &str) -> Option<String> {
    let number = phonenumber::parse(None, text).ok()?;
    number.is_valid().then(|| number.format().mode(phonenumber::Mode::E164).to_string())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn order_of_rows_does_not_matter(seed in 0u64..1000, turn in 1usize..199) {
        let contacts: Vec<_> = sample(200, seed).contacts().collect();
        let found = |turn: usize| {
            let mut table = Table::new();
            for contact in contacts.iter().cycle().skip(turn).take(contacts.len()) {
                table.push(Row {
                    id: contact.id,
                    name: contact.name.as_deref(),
                    phone: contact.phone.as_deref(),
                    email: contact.email.as_deref(),
                    handles: &contact.social_handles,
                    metadata: &contact.metadata,
                });
            }
            let matches = run(&table, &Settings::default());
            let ids = |cluster: &Cluster| -> Vec<Uuid> {
                cluster.members.iter().map(|&row| table.id(row)).collect()
            };
            let found = matches.clusters.iter().map(|cluster| (ids(cluster), cluster.probability));
            found.collect::<Vec<_>>()
        };
        prop_assert_eq!(found(0), found(turn));
    }
}
