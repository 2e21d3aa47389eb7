//! Chains that are whole, and what is found in those that are not.

use super::*;

fn link(day: &str, place: i32, number: i64, previous: Option<&Link>) -> Link {
    let mut link = Link {
        number,
        day: day.to_owned(),
        link: place,
        format: FORMAT,
        kind: String::from(if place == 1 { "close" } else { "prune" }),
        entries: 3,
        digest: String::from("aa"),
        changed: if place == 1 { 3 } else { 0 },
        details: String::from("{}"),
        actor: None,
        written_at: format!("2026-03-1{number} 10:00:00+00"),
        written_by: String::from("inbox"),
        written_from: None,
        snapshot: String::from("1:1:"),
        hash: String::new(),
    };
    link.hash = link.computed_hash(previous.map(|one| one.hash.as_str()));
    link
}

fn chain() -> Vec<Link> {
    let first = link("2026-03-01", 1, 1, None);
    let second = link("2026-03-01", 2, 3, Some(&first));
    vec![first, second, link("2026-03-02", 1, 2, None)]
}

#[test]
fn a_chain_is_whole_or_it_is_said_where_not() {
    assert_eq!(check_links(&chain()), []);
    for change in 0..5 {
        let mut links = chain();
        match change {
            0 => links[0].entries = 2,
            1 => links[1].actor = Some(String::new()),
            2 => drop(links.remove(0)),
            3 => drop(links.remove(2)),
            _ => links[1].kind = String::from("before"),
        }
        assert!(!check_links(&links).is_empty(), "{change}");
    }
}

#[test]
fn what_was_found_before_a_change_is_what_was_left() {
    let mut links = chain();
    links[1] = Link { kind: String::from("before"), entries: 2, ..links[1].clone() };
    links[1].hash = links[1].computed_hash(Some(&links[0].hash));
    assert!(check_links(&links)[0].what.contains("before a lawful change"));
}

/// What each kind of change can do to the entries of a day, and what it can't.
#[test]
fn a_link_does_no_more_than_its_kind_can() {
    let of = |kind: &str, changed: i64, digest: &str| {
        let mut links = chain();
        links[1] = Link {
            kind: kind.to_owned(),
            changed,
            entries: 3 + changed,
            digest: digest.to_owned(),
            ..links[1].clone()
        };
        links[1].hash = links[1].computed_hash(Some(&links[0].hash));
        check_links(&links).into_iter().map(|one| one.what).collect::<Vec<_>>()
    };
    for (kind, changed, digest) in [
        ("prune", -1, "bb"),
        ("prune", 0, "aa"),
        ("drop", -3, "cc"),
        ("restore", 2, "bb"),
        ("restore", 0, "aa"),
        ("redact", 0, "bb"),
        ("before", 0, "aa"),
    ] {
        assert_eq!(of(kind, changed, digest), Vec::<String>::new(), "{kind} {changed}");
    }
    for (kind, changed, digest) in [
        ("prune", 1, "bb"),
        ("prune", 0, "bb"),
        ("drop", 0, "bb"),
        ("restore", -1, "bb"),
        ("restore", 0, "bb"),
        ("redact", 1, "bb"),
        ("late", 0, "aa"),
        ("acknowledge", 0, "bb"),
        ("close", 0, "aa"),
        ("tidy", -1, "bb"),
    ] {
        let found = of(kind, changed, digest);
        assert!(
            found.iter().any(|what| what.starts_with("link 2 ")),
            "{kind} {changed}: {found:?}"
        );
    }
}

#[test]
fn a_day_is_closed_after_it_ended() {
    for (day, is_lawful) in [
        ("2026-03-01", true),
        ("2026-03-12", false),
        ("0044-03-15 BC", true),
        ("infinity", false),
        ("5874897-12-31", false),
    ] {
        let found = check_links(&[link(day, 1, 1, None)]);
        assert_eq!(found.is_empty(), is_lawful, "{day} {found:?}");
    }
}

#[test]
fn an_entry_is_of_the_day_that_postgresql_says() {
    for (time, day) in [
        ("2026-03-01 10:00:00+00", Some("2026-03-01")),
        ("0044-03-15 00:00:00+00 BC", Some("0044-03-15 BC")),
        ("infinity", None),
        ("-infinity", None),
    ] {
        assert_eq!(day_of(time).as_deref(), day);
    }
}

#[test]
fn a_head_outside_tells_what_the_links_can_not() {
    let links = chain();
    let old = head_at(&links, 2).unwrap();
    let now = head(&links).unwrap();
    assert_eq!((old.links, now.links, old.days), (2, 3, 2));
    assert_ne!(old.sha256, now.sha256);
    for head in [&old, &now] {
        assert_eq!(misfit(&links, head, "x"), None);
        let text = serde_json::to_string(head).unwrap();
        let file = Head::all_in(&format!("{text}\n\n{text}}}\n{text}\n"));
        assert_eq!((file.heads.len(), file.junk), (2, vec![3]));
        let manifest = format!("{{\n \"rows\": 1,\n \"audit_head\": {text}\n}}\n");
        assert_eq!(Head::all_in(&manifest).heads, std::slice::from_ref(head));
        let metrics = format!("# x\n{}x 1\n", head.to_metrics());
        let read = Head::all_in(&metrics);
        assert_eq!((read.heads.as_slice(), read.junk), (std::slice::from_ref(head), vec![]));
    }
    // Written anew, consistently.
    let mut forged = chain();
    forged[0] = Link { entries: 4, changed: 4, ..forged[0].clone() };
    forged[0].hash = forged[0].computed_hash(None);
    forged[1].changed = forged[1].entries - forged[0].entries;
    forged[1].hash = forged[1].computed_hash(Some(&forged[0].hash));
    assert_eq!(check_links(&forged), []);
    assert!(misfit(&forged, &old, "x").is_some());
    assert!(misfit(&links[..1], &now, "x").unwrap().what.contains("taken away"));
    // Of another database it is no finding about this one, unless this one comes from there.
    let identity = |name: &str, server: &str| Identity {
        database: Some(name.to_owned()),
        system_identifier: Some(server.to_owned()),
    };
    let mut of_sales = now.clone();
    of_sales.say_of(&identity("sales", "7"));
    for (here, says) in [
        (identity("inbox", "7"), "is of the database sales, and these links are not"),
        (identity("sales", "8"), "is of the database sales on another server, and"),
        (identity("sales", "7"), "links were taken away"),
        (Identity::default(), "links were taken away"),
    ] {
        assert_eq!(check_head(&links, &of_sales, "x", &here), None);
        let found = check_head(&links[..1], &of_sales, "x", &here).unwrap();
        assert!(found.what.contains(says), "{}", found.what);
    }
}

#[test]
fn a_field_has_the_length_of_its_text() {
    let mut text = String::new();
    field(&mut text, "actor", Some("Zoë"));
    field(&mut text, "resource_id", None);
    field(&mut text, "resource_id", Some(""));
    assert_eq!(text, "actor=3:Zoë\nresource_id=\nresource_id=0:\n");
}
