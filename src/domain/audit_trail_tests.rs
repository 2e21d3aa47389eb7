//! Chains that are whole, and what is found in those that are not.

use super::*;

fn link(day: &str, place: i32, number: i64, previous: Option<&Link>) -> Link {
    let mut link = Link {
        number,
        day: day.to_owned(),
        link: place,
        format: FORMAT,
        kind: String::from(["close", "before", "prune"][place as usize - 1]),
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
    let third = link("2026-03-01", 3, 4, Some(&second));
    vec![first, second, third, link("2026-03-02", 1, 2, None)]
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
            3 => drop(links.remove(3)),
            _ => links[2].kind = String::from("before"),
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
        links[2] = Link {
            kind: kind.to_owned(),
            changed,
            entries: 3 + changed,
            digest: digest.to_owned(),
            ..links[2].clone()
        };
        links[2].hash = links[2].computed_hash(Some(&links[1].hash));
        check_links(&links).into_iter().map(|one| one.what).collect::<Vec<_>>()
    };
    for (kind, changed, digest) in [
        ("prune", -1, "bb"),
        ("prune", 0, "aa"),
        ("drop", -3, "cc"),
        ("restore", 2, "bb"),
        ("restore", 0, "aa"),
        ("redact", 0, "bb"),
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
        ("before", 0, "aa"),
        ("acknowledge", 0, "bb"),
        ("close", 0, "aa"),
        ("tidy", -1, "bb"),
    ] {
        let found = of(kind, changed, digest);
        assert!(
            found.iter().any(|what| what.starts_with("link 3 ")),
            "{kind} {changed}: {found:?}"
        );
    }
}

/// A change has its beginning, and no other day's place.
#[test]
fn links_stand_in_their_order() {
    let wrong = |links: &[Link], says: &str| {
        let found = check_links(links);
        assert!(found.iter().any(|one| one.what.contains(says)), "{says}: {found:?}");
    };
    let first = link("2026-03-01", 1, 1, None);
    let mut at_once = link("2026-03-01", 2, 2, Some(&first));
    at_once.kind = String::from("prune");
    at_once.hash = at_once.computed_hash(Some(&first.hash));
    wrong(&[first, at_once], "of the kind prune, which can't follow close");
    let mut of_another = chain();
    of_another[2].details = String::from("{\"change\": \"redact\"}");
    of_another[2].hash = of_another[2].computed_hash(Some(&of_another[1].hash));
    wrong(&of_another, "ends another change");
    let mut unseen = link("2026-03-01", 1, 1, None);
    unseen.kind = String::from("before");
    unseen.changed = 0;
    unseen.hash = unseen.computed_hash(None);
    wrong(
        &[unseen, link("2026-03-02", 1, 2, None)],
        "of the kind before, which can't follow nothing",
    );
    let later = [link("2026-03-01", 1, 2, None), link("2026-03-02", 1, 1, None)];
    wrong(&later, "closed after a later day was");
}

#[test]
fn days_before_christ_come_before_all_others() {
    let links = [link("4713-11-25 BC", 1, 1, None), link("2026-03-02", 1, 2, None)];
    assert_eq!(head(&links).unwrap().closed_to, "2026-03-02");
    assert!(order_of("0044-03-15 BC") < order_of("0001-01-01"));
    assert!(order_of("9999-12-31") < order_of("12026-01-01"));
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
fn a_head_outside_tells_what_the_links_can_not() {
    let links = chain();
    let old = head_at(&links, 2).unwrap();
    let now = head(&links).unwrap();
    assert_eq!((old.links, now.links, old.days), (2, 4, 2));
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
    forged[1].entries = 4;
    forged[1].hash = forged[1].computed_hash(Some(&forged[0].hash));
    forged[2].changed = -1;
    forged[2].hash = forged[2].computed_hash(Some(&forged[1].hash));
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
