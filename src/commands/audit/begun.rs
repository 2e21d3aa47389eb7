//! Changes of closed days that were begun and not ended: one is at work, or was killed.

use diesel::PgConnection;

use crate::domain::audit_trail::{Finding, Link};
use crate::store::connect::Db;
use crate::store::{audit_days, audit_trail as store, tx};

/// What a change that is begun can't have done to a day that has so many entries now.
pub(super) fn misdeed(
    conn: &mut PgConnection,
    begun: &Link,
    entries: i64,
) -> anyhow::Result<Option<&'static str>> {
    let only_removes =
        begun.change().is_some_and(|change| ["prune", "drop"].contains(&change.as_str()));
    Ok(match entries.cmp(&begun.entries) {
        std::cmp::Ordering::Less if !only_removes => Some("entries were removed"),
        std::cmp::Ordering::Equal if store::state(conn, &begun.day)?.1 != begun.digest => {
            Some("entries were changed")
        }
        // What came meanwhile is told once the change has ended.
        _ => None,
    })
}

/// What is to be said of changes that were seen begun: a finding where nobody can be at work on it, and
/// else what isn't covered.
pub(super) fn judge(db: &mut Db, begun: Vec<Link>) -> anyhow::Result<(Vec<Finding>, Vec<String>)> {
    let (mut findings, mut not_covered) = (Vec::new(), Vec::new());
    if begun.is_empty() {
        return Ok((findings, not_covered));
    }
    let mut at_work = Vec::new();
    for link in &begun {
        // Who is at work on a primary isn't known here.
        at_work.push(
            db.server.is_replica
                || tx::read(db, |conn| Ok(audit_days::may_be_at_work(conn, &link.written_at)?))?,
        );
    }
    // Who ended it between the two looks was at work.
    let now = tx::read(db, |conn| Ok(store::last_links(conn)?))?;
    for (link, may_be_at_work) in begun.into_iter().zip(at_work) {
        let what = format!("a change was begun on {} and not ended", link.written_at);
        match !may_be_at_work && now.contains(&link) {
            true => findings.push(Finding::of_day(
                &link.day,
                format!("{what}, and nobody is at it: `inboxctl audit close` ends it"),
            )),
            false => not_covered.push(format!("{}: {what}", link.day)),
        }
    }
    Ok((findings, not_covered))
}
