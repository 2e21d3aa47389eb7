//! Traps that a matcher must not fall into, and properties that hold for any table.

use super::*;
use crate::evidence::text;
use crate::read::{date, email, fold, phone};
use inboxctl_sample::{Sample, World};
use proptest::prelude::*;

/// A contact: name, phone, e-mail, metadata.
type Given<'a> = (&'a str, &'a str, &'a str, &'a str);

fn table(rows: &[Given<'_>]) -> Table {
    let mut table = Table::new();
    for (number, (name, phone, email, metadata)) in rows.iter().enumerate() {
        table.push(Row {
            id: Uuid::from_u128(number as u128 + 1),
            name: Some(name).filter(|text| !text.is_empty()).copied(),
            phone: Some(phone).filter(|text| !text.is_empty()).copied(),
            email: Some(email).filter(|text| !text.is_empty()).copied(),
            handles: "{}",
            metadata,
        });
    }
    table
}

/// Sample contacts of a world, and who each is.
pub(crate) fn sample(contacts: u64, world: World) -> (Table, Vec<u64>) {
    let as_of = "2026-01-05T09:00:00Z".parse().unwrap();
    let sample = Sample::new(contacts, 2, as_of, [Uuid::nil(); 3]).in_world(world);
    let mut table = Table::new();
    for contact in sample.contacts() {
        table.push(Row {
            id: contact.id,
            name: contact.name.as_deref(),
            phone: contact.phone.as_deref(),
            email: contact.email.as_deref(),
            handles: &contact.social_handles,
            metadata: &contact.metadata,
        });
    }
    let truth = (0..table.len()).map(|row| sample.entity(row as u64)).collect();
    (table, truth)
}

/// Clusters as lists of row numbers.
fn clusters(rows: &[Given<'_>]) -> Vec<Vec<u32>> {
    let matches = run(&table(rows), &Settings::default());
    matches.clusters.into_iter().map(|cluster| cluster.members).collect()
}

#[test]
fn one_person_in_many_spellings() {
    let same: [(Given<'_>, Given<'_>); 12] = [
        (("Bob Smith", "+34600111222", "", "{}"), ("Robert Smith", "0034 600 111 222", "", "{}")),
        (
            ("García, Ana", "", "ana.garcia@gmail.com", "{}"),
            ("Ana Garcia", "", "AnaGarcia+shop@googlemail.com", "{}"),
        ),
        (
            ("Dr. Jürgen Müller", "030 1234567", "", "{}"),
            ("Juergen Mueller", "+49 30 1234567", "", "{}"),
        ),
        (
            ("Мария Иванова", "+79161234567", "", "{}"),
            ("Maria Ivanova", "+7 916 123-45-67", "", "{}"),
        ),
        (("王小明", "+8613812345678", "", "{}"), ("Xiaoming Wang", "138 1234 5678", "", "{}")),
        (
            ("محمد الأنصاري", "+201001234567", "", "{}"),
            ("Mohamed El Ansari", "+201001234567", "", "{}"),
        ),
        (
            ("Acme Logistics GmbH", "", "info@acme-logistics.de", "{}"),
            ("ACME LOGISTICS", "", "info@acme-logistics.de", "{}"),
        ),
        (
            ("J. Quintanar", "+34600111333", "", "{}"),
            ("Javier Quintanar", "600 11 13 33", "", "{}"),
        ),
        (("", "+34600111444", "", "{}"), ("Eva Ruiz", "+34600111444", "", "{}")),
        (
            ("Eva Ruiz", "", "eva.ruiz82@gmail.com", "{}"),
            ("Eva Ruiz", "", "eva.ruiz82@gmial.com", "{}"),
        ),
        (
            ("Zoltan Quirke", "", "", r#"{"dob":"1980-02-03"}"#),
            ("Zoltan Quirke", "", "", r#"{"dob":"1980-02-03"}"#),
        ),
        (
            ("Eva Ruiz", "+34600111555", "e@x.example", "{}"),
            ("Eva Ruiz", "+34600111556", "e@x.example", "{}"),
        ),
    ];
    for (left, right) in same {
        assert_eq!(clusters(&[left, right]), [[0, 1]], "{left:?} {right:?}");
    }
}

#[test]
fn different_people_with_something_in_common() {
    let different: [(Given<'_>, Given<'_>); 9] = [
        (("Ana Garcia", "+34915550000", "", "{}"), ("Luis Garcia", "+34915550000", "", "{}")),
        (("Ana Garcia", "", "casa@x.example", "{}"), ("Peter Smith", "", "casa@x.example", "{}")),
        (("Ana Garcia", "", "", "{}"), ("Ana Garcia", "", "", "{}")),
        (
            ("John Miller", "+12125550000", "", r#"{"date_of_birth":"1950-01-02"}"#),
            ("John Miller", "+12125550000", "", r#"{"date_of_birth":"1981-07-22"}"#),
        ),
        (
            ("Nina Orlova", "+74951234567", "", r#"{"date_of_birth":"1990-05-05"}"#),
            ("Vera Orlova", "+74951234567", "", r#"{"date_of_birth":"1990-05-05"}"#),
        ),
        (
            ("Hans Weber", "+491711234567", "hw@x.example", "{}"),
            ("Ute Kern", "+491711234567", "uk@y.example", "{}"),
        ),
        (("Ann Lee", "", "info@firm.example", "{}"), ("Tom Ray", "", "info@firm.example", "{}")),
        (("", "", "", "{}"), ("", "", "", "{}")),
        (("김민준", "", "", r#"{"city":"Seoul"}"#), ("김민재", "", "", r#"{"city":"Seoul"}"#)),
    ];
    for (left, right) in different {
        assert!(clusters(&[left, right]).is_empty(), "{left:?} {right:?}");
    }
}

/// People of whom nothing is known but their names and birthdays, each twice.
#[test]
fn names_and_birthdays_are_enough() {
    const GIVEN: [&str; 8] =
        ["Anna", "Brian", "Clara", "David", "Elena", "Frank", "Greta", "Henry"];
    const FAMILY: [&str; 7] =
        ["Abbott", "Barlow", "Cantrell", "Dunmore", "Everhart", "Fairbank", "Goodwin"];
    let mut rows = Vec::new();
    for number in 0..200usize {
        let (given, family) = (GIVEN[number % 8], FAMILY[number / 8 % 7]);
        let (year, month) = (1930 + number * 37 % 70, 1 + number % 12);
        let born = format!(r#"{{"dob":"{year}-{month:02}-{:02}"}}"#, 1 + number % 28);
        // The other row has lost a letter of the surname, or all of the given name.
        let slip = match number % 2 {
            0 => format!("{given} {}{}", &family[..3], &family[4..]),
            _ => family.to_owned(),
        };
        rows.extend([(format!("{given} {family}"), born.clone()), (slip, born)]);
    }
    let given: Vec<Given<'_>> =
        rows.iter().map(|(name, born)| (name.as_str(), "", "", born.as_str())).collect();
    let found = clusters(&given);
    let right = found.iter().filter(|rows| rows.len() == 2 && rows[0] / 2 == rows[1] / 2).count();
    assert_eq!(right, found.len(), "nobody else of that name is joined");
    assert!(right >= 190, "{right} of 200 people found");
}

#[test]
fn what_somebody_declared_different_stays_so() {
    let rows =
        table(&[("Eva Ruiz", "+34600111444", "", "{}"), ("Eva Ruiz", "+34600111444", "", "{}")]);
    let mut settings = Settings::default();
    assert_eq!(run(&rows, &settings).clusters.len(), 1);
    settings.distinct = vec![(rows.id(1), rows.id(0))];
    assert!(run(&rows, &settings).clusters.is_empty());
}

#[test]
fn what_is_certain_needs_no_question() {
    let given = [
        ("Eva Ruiz", "+34600111444", "eva@ruiz.example", "{}"),
        ("Eva Ruiz", "+34600111444", "eva@ruiz.example", "{}"),
        ("J. Ray", "+12125551234", "", "{}"),
        ("James Ray", "+12125551234", "", "{}"),
        ("Ana Sol", "", "ana@sol.example", "{}"),
        ("Ute Kern", "", "", "{}"),
    ];
    let matches = run(&table(&given), &Settings::default());
    assert_eq!(matches.clusters.len(), 2);
    let members = |max_wrong| {
        let cores = matches.certain(max_wrong).cores.into_iter();
        let mut members: Vec<_> = cores.map(|core| core.members).collect();
        members.sort();
        members
    };
    assert!(members(0.0).is_empty());
    assert_eq!(members(DEFAULT_MAX_WRONG), [[0, 1]], "an initial is no name");
    assert_eq!(members(1.0), [[0, 1], [2, 3]]);
}

#[test]
fn a_cluster_is_cut_to_its_certain_core() {
    let pair = |left, right, probability| ScoredPair { left, right, probability };
    let joins = vec![pair(4, 7, 0.9999), pair(5, 9, 0.9999), pair(4, 5, 0.9)];
    let cluster =
        Cluster { members: vec![4, 5, 7, 9], probability: 0.9, pairs: joins.clone(), joins };
    let cut = |max_wrong| certain::within(std::slice::from_ref(&cluster), max_wrong);
    let cores =
        |certain: Certain| certain.cores.into_iter().map(|core| core.members).collect::<Vec<_>>();
    assert!((cut(0.005).expected_wrong - 0.0002).abs() < 1e-9);
    assert_eq!(cores(cut(0.005)), [[4, 7], [5, 9]]);
    assert_eq!(cores(cut(0.2)), [[4, 5, 7, 9]]);
}

#[test]
fn only_what_changed() {
    let rows = table(&[
        ("Eva Ruiz", "+34600111444", "", "{}"),
        ("Eva Ruiz", "+34600111444", "", "{}"),
        ("Tom Ray", "+12125551234", "", "{}"),
        ("Tom Ray", "+12125551234", "", "{}"),
    ]);
    let settings = Settings { changed: Some(vec![rows.id(3)]), ..Settings::default() };
    let matches = run(&rows, &settings);
    assert_eq!(matches.clusters.len(), 1);
    assert_eq!(matches.clusters[0].members, [2, 3]);
}

#[test]
fn an_old_number_finds_its_owner() {
    let mut rows = table(&[("Eva Ruiz", "+34600111444", "", "{}")]);
    rows.also(Identity::Phone, "+34699888777");
    rows.push(Row { id: Uuid::from_u128(9), phone: Some("699 888 777"), ..Row::default() });
    assert_eq!(run(&rows, &Settings::default()).clusters.len(), 1);
}

#[test]
fn explanations_add_up() {
    let rows = table(&[
        ("Bob Smith", "+34600111222", "bob@x.example", r#"{"city":"Graz"}"#),
        ("Robert Smith", "+34600111222", "bob@y.example", r#"{"city":"Wien"}"#),
    ]);
    let matches = run(&rows, &Settings::default());
    let why = matches.explain(&rows, 0, 1);
    let sum: f32 = why.fields.iter().map(|field| field.weight_bits).sum();
    let odds = (why.probability / (1.0 - why.probability)).log2() as f32;
    assert!((why.prior_bits + sum + why.related_bits - odds).abs() < 0.01);
    let words = matches.evidence(&rows, 0, 1);
    assert!(words.contains(&"same phone".to_owned()), "{words:?}");
    assert!(words.iter().any(|word| word.contains("Bob Smith ~ Robert Smith")), "{words:?}");
}

#[test]
fn crowds_stay_linear_and_bounded() {
    for (name, phone) in
        [("Maria Garcia", ""), ("", "+34600111222"), ("Maria Garcia", "+34600111222")]
    {
        let mut rows = Table::new();
        for number in 0..20_000u128 {
            rows.push(Row {
                id: Uuid::from_u128(number),
                name: Some(name).filter(|name| !name.is_empty()),
                phone: Some(phone).filter(|phone| !phone.is_empty()),
                ..Row::default()
            });
        }
        let matches = run(&rows, &Settings::default());
        assert!(matches.candidate_pairs < 20 * 20_000, "{}", matches.candidate_pairs);
        let largest = matches.clusters.iter().map(|cluster| cluster.members.len()).max();
        assert!(largest.unwrap_or(0) <= DEFAULT_MAX_CLUSTER);
    }
}

/// In E.164 by its country's own numbering plan.
fn e164(text: &str, region: Option<&str>) -> Option<String> {
    let region = region.and_then(|region| region.parse().ok());
    let number = phonenumber::parse(region, text).ok()?;
    number.is_valid().then(|| number.format().mode(phonenumber::Mode::E164).to_string())
}

#[test]
fn a_region_completes_its_numbers_as_the_plans_do() {
    for (region, text) in [
        ("ES", "600 111 222"),
        ("FR", "06 12 34 56 78"),
        ("FR", "33 6 12 34 56 78"),
        ("US", "(415) 555-2671"),
        ("US", "1 415 555 2671"),
        ("IT", "06 698 1234"),
        ("GB", "020 7946 0018"),
        ("DE", "0151 23456789"),
        ("RU", "8 (912) 345-67-89"),
        ("HU", "06 20 123 4567"),
        ("in", "098765 43210"),
    ] {
        let plan = Region::find(region).expect(region);
        let own = Phone::parse(text, Some(&plan)).map(|phone| phone.to_string());
        assert_eq!(own, e164(text, Some(&region.to_uppercase())), "{region} {text}");
    }
    let spain = Region::find("ES");
    let of = |text| Phone::parse(text, spain.as_ref()).map(|phone| phone.to_string());
    assert_eq!(of("+44 20 7946 0018").as_deref(), Some("+442079460018"), "has its country");
    assert_eq!(of("12 34 567 89 10 11").as_deref(), Some("1234567891011"));
    assert!(Region::find("XX").is_none());
}

#[test]
fn distances_are_those_of_strsim() {
    for (left, right) in
        [("", ""), ("maria", "mraia"), ("kitten", "sitting"), ("ab", "ba"), ("abcdef", "badcfe")]
    {
        let expected = strsim::osa_distance(left, right);
        assert_eq!(distance::osa(left.as_bytes(), right.as_bytes(), 9), expected, "{left} {right}");
    }
}

proptest! {
    #[test]
    fn folding_twice_is_folding_once(text in "\\PC{0,40}") {
        let mut once = String::new();
        fold::fold(&text, &mut once);
        let mut twice = String::new();
        fold::fold(&once, &mut twice);
        prop_assert_eq!(&once, &twice);
        prop_assert!(once.is_ascii());
    }

    #[test]
    fn mailboxes_have_one_spelling(text in "[a-zA-Z.+]{1,9}@[a-z]{1,7}\\.(com|de|example)") {
        let mut once = String::new();
        if email::canonical(&text, &mut once).is_some() {
            let mut twice = String::new();
            email::canonical(&once, &mut twice);
            prop_assert_eq!(once, twice);
        }
    }

    #[test]
    fn phones_are_read_back(text in "\\+?[0-9 ()-]{0,20}") {
        if let Some(phone) = phone::Phone::parse(&text, None) {
            prop_assert_eq!(phone::Phone::parse(&phone.to_string(), None), Some(phone));
        }
    }

    #[test]
    fn likeness_is_symmetric(left in "[a-z0-9 ]{1,20}", right in "[a-z0-9 ]{1,20}") {
        prop_assert_eq!(text::level(&left, &right), text::level(&right, &left));
        prop_assert_eq!(date::like(&left, &right), date::like(&right, &left));
        let distance = |a: &str, b: &str| distance::osa(a.as_bytes(), b.as_bytes(), 30);
        prop_assert_eq!(distance(&left, &right), distance(&right, &left));
        prop_assert_eq!(distance(&left, &right), strsim::osa_distance(&left, &right));
    }

    #[test]
    fn pairs_weigh_the_same_from_both_sides(names in prop::collection::vec("(Ana|Bob|Eva|Robert|J\\.) (Ruiz|Smith|Smyth|Li)( Vega)?", 2..8)) {
        let rows: Vec<Given<'_>> = names.iter().map(|name| (name.as_str(), "", "", "{}")).collect();
        let rows = table(&rows);
        let matches = run(&rows, &Settings::default());
        let there = matches.explain(&rows, 0, 1).probability;
        let back = matches.explain(&rows, 1, 0).probability;
        prop_assert!((there - back).abs() < 1e-6);
    }

    #[test]
    fn anything_goes_in(
        rows in prop::collection::vec(("\\PC{0,30}", "\\PC{0,20}", "\\PC{0,20}", "\\PC{0,30}"), 0..12)
    ) {
        let given: Vec<Given<'_>> =
            rows.iter().map(|(a, b, c, d)| (a.as_str(), b.as_str(), c.as_str(), d.as_str())).collect();
        run(&table(&given), &Settings::default());
    }

}
