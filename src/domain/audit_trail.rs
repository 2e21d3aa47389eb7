//! The chains of closed days of the audit log, without the database: how links are hashed, whether they
//! follow each other, and what a head outside says of them. docs/audit.md describes the format.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::archive::hex;
use super::audit_entry::field;
use super::audit_head::{Head, Identity};

/// The only format that there is.
const FORMAT: i32 = 1;

/// The kind of a link that says that somebody has looked at late entries.
pub const ACKNOWLEDGE: &str = "acknowledge";

/// Whether changes of this kind take entries away, and do nothing else.
pub fn only_removes(kind: &str) -> bool {
    matches!(kind, "prune" | "drop")
}

/// A link of a day's chain, each value as PostgreSQL writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub number: i64,
    /// `2026-03-01`.
    pub day: String,
    pub link: i32,
    pub format: i32,
    pub kind: String,
    pub entries: i64,
    pub digest: String,
    pub changed: i64,
    pub details: String,
    pub actor: Option<String>,
    pub written_at: String,
    pub written_by: String,
    pub written_from: Option<String>,
    pub snapshot: String,
    pub hash: String,
}

impl Link {
    /// A change is at work that it was written before, or was killed.
    pub fn is_open(&self) -> bool {
        self.kind == "before"
    }

    /// What somebody gave as the reason.
    pub fn reason(&self) -> Option<String> {
        self.detail("reason")
    }

    /// The kind of the change that it was written before.
    pub fn change(&self) -> Option<String> {
        self.detail("change")
    }

    fn detail(&self, name: &str) -> Option<String> {
        let details: serde_json::Value = serde_json::from_str(&self.details).ok()?;
        Some(details.get(name)?.as_str()?.to_owned())
    }

    /// Why a link of its kind can't follow the one before it.
    fn misplaced(&self, before: Option<&Link>) -> Option<String> {
        let begun = before.filter(|before| before.is_open());
        let is_empty = self.entries == 0;
        let follows = match self.kind.as_str() {
            "prune" | "restore" | "redact" => begun.is_some(),
            // A partition that goes leaves nothing of the days that were all in it.
            "drop" => begun.is_some() || is_empty,
            // Every day before the last one that was closed is closed, without entries.
            "before" => begun.is_none() && (before.is_some() || is_empty),
            _ => begun.is_none(),
        };
        if !follows {
            let what = before.map_or("nothing", |before| before.kind.as_str());
            return Some(format!("is of the kind {}, which can't follow {what}", self.kind));
        }
        let is_other = begun.is_some_and(|begun| begun.details != self.details);
        is_other.then(|| String::from("ends another change than the one that was begun"))
    }

    /// What a link of its kind can't do to the entries of the day, if it says that it did.
    fn misdeed(&self, before: Option<&Link>) -> Option<String> {
        let is_same = before.is_some_and(|before| before.digest == self.digest);
        let is_lawful = match self.kind.as_str() {
            "close" => before.is_none() && self.changed == self.entries,
            "before" => self.changed == 0,
            kind if only_removes(kind) => self.changed < 0 || (self.changed == 0 && is_same),
            "restore" => self.changed > 0 || (self.changed == 0 && is_same),
            "redact" => self.changed == 0,
            "late" => self.changed > 0,
            ACKNOWLEDGE => self.changed == 0 && is_same,
            other => {
                return Some(format!("is of the kind {other}, which no lawful change is"));
            }
        };
        let deed = match (self.changed.signum(), is_same) {
            (1, _) => "add entries",
            (-1, _) => "remove entries",
            (_, true) => "leave the entries as they were",
            (_, false) => "change entries",
        };
        (!is_lawful).then(|| format!("is of the kind {}, which can't {deed}", self.kind))
    }

    /// Nobody closes a day before it ended.
    fn had_ended(&self) -> bool {
        // Of years that have other than four digits, those before Christ have ended.
        let written = self.written_at.split(' ').next().unwrap_or_default();
        match (self.day.parse::<Date>(), written.parse::<Date>()) {
            (Ok(day), Ok(written)) => day < written,
            _ => self.day.ends_with(" BC"),
        }
    }

    fn computed_hash(&self, previous: Option<&str>) -> String {
        let mut text = String::new();
        let numbers = [self.format.to_string(), self.number.to_string(), self.link.to_string()];
        let (entries, changed) = (self.entries.to_string(), self.changed.to_string());
        for (name, value) in [
            ("format", Some(numbers[0].as_str())),
            ("number", Some(&numbers[1])),
            ("day", Some(&self.day)),
            ("link", Some(&numbers[2])),
            ("kind", Some(&self.kind)),
            ("entries", Some(&entries)),
            ("digest", Some(&self.digest)),
            ("changed", Some(&changed)),
            ("details", Some(&self.details)),
            ("actor", self.actor.as_deref()),
            ("written_at", Some(&self.written_at)),
            ("written_by", Some(&self.written_by)),
            ("written_from", self.written_from.as_deref()),
            ("snapshot", Some(&self.snapshot)),
            ("previous", previous),
        ] {
            field(&mut text, name, value);
        }
        hex(&Sha256::digest(text))
    }
}

/// What is wrong with a day, or with all of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// None of what is no day's.
    pub day: Option<String>,
    pub what: String,
    /// The entries that it is about, as far as they can be named.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<String>,
}

impl Finding {
    pub fn of_day(day: &str, what: impl Into<String>) -> Finding {
        Finding { day: Some(day.to_owned()), what: what.into(), entries: Vec::new() }
    }

    pub fn of_all(what: impl Into<String>) -> Finding {
        Finding { day: None, what: what.into(), entries: Vec::new() }
    }
}

/// What the links alone show, which come in the order of their days: each must be hashed as it
/// says, over the one before, with a number of its own; and what was found before a change must be
/// what the link before it left.
pub fn check_links(links: &[Link]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut previous: Option<&Link> = None;
    for one in links {
        let before = previous.filter(|before| before.day == one.day);
        let mut wrong = |what: String| findings.push(Finding::of_day(&one.day, what));
        let place = before.map_or(1, |before| before.link.wrapping_add(1));
        if one.format != FORMAT {
            wrong(format!("link {} has format {}, which is unknown", one.link, one.format));
        } else if one.link != place {
            wrong(format!("link {place} is missing"));
        } else if one.computed_hash(before.map(|before| before.hash.as_str())) != one.hash {
            wrong(format!("link {} was changed, or the one before it", one.link));
        }
        if let Some(before) = before
            && one.is_open()
            && (one.entries, &one.digest) != (before.entries, &before.digest)
        {
            wrong(format!(
                "entries were changed, removed or added between {} and {}, before a lawful change",
                before.written_at, one.written_at
            ));
        }
        if let Some(before) = before
            && before.entries.checked_add(one.changed) != Some(one.entries)
        {
            wrong(format!(
                "link {} says {:+} entries, but there were {} before it and {} after it",
                one.link, one.changed, before.entries, one.entries
            ));
        }
        for what in one.misdeed(before).into_iter().chain(one.misplaced(before)) {
            wrong(format!("link {} {what}", one.link));
        }
        if !one.had_ended() {
            wrong(format!(
                "link {} was written on {}, and the day hadn't ended",
                one.link, one.written_at
            ));
        }
        previous = Some(one);
    }
    let mut later = i64::MAX;
    let closings = links.iter().filter(|one| one.kind == "close" && one.had_ended());
    for one in closings.rev() {
        if one.number > later {
            findings.push(Finding::of_day(&one.day, "it was closed after a later day was"));
        }
        later = later.min(one.number);
    }
    for (late, _) in late(links).filter(|(_, by)| by.is_none()) {
        findings.push(Finding::of_day(
            &late.day,
            format!(
                "entries came late: {}, flagged on {}; `inboxctl audit list` shows who recorded them, and \
                 `inboxctl audit acknowledge` says that somebody looked",
                late.changed, late.written_at
            ),
        ));
    }
    let mut numbers: Vec<i64> = links.iter().map(|one| one.number).collect();
    numbers.sort_unstable();
    if !numbers.iter().copied().eq(1..=numbers.len() as i64) {
        findings.push(Finding::of_all("links are missing: their numbers have gaps"));
    }
    findings
}

/// Links of entries that came late, and the later ones that say that somebody has looked at them.
pub fn late(links: &[Link]) -> impl Iterator<Item = (&Link, Option<&Link>)> {
    let late = links.iter().enumerate().filter(|(_, one)| one.kind == "late");
    late.map(|(at, one)| {
        let mut rest = links[at..].iter().take_while(|later| later.day == one.day);
        (one, rest.find(|later| later.kind == ACKNOWLEDGE))
    })
}

/// The order of days, which isn't that of their texts: year, month and day, of which years before
/// Christ are negative.
fn order_of(day: &str) -> (i64, &str) {
    let (date, is_before_christ) = match day.strip_suffix(" BC") {
        Some(date) => (date, true),
        None => (day, false),
    };
    let (year, rest) = date.split_once('-').unwrap_or((date, ""));
    // An infinite one comes last.
    let year = year.parse().unwrap_or(i64::MAX);
    (if is_before_christ { 1 - year } else { year }, rest)
}

/// A time that PostgreSQL wrote, as documents give times.
pub fn utc(text: &str) -> String {
    text.parse::<Timestamp>().map_or_else(|_| text.to_owned(), |at| at.to_string())
}

/// The head of all chains; none of no links.
pub fn head(links: &[Link]) -> Option<Head> {
    head_at(links, i64::MAX)
}

/// As it was when there were so many links.
fn head_at(links: &[Link], number: i64) -> Option<Head> {
    let then = links.iter().filter(|one| one.number <= number);
    // The later link of a day takes the place of the former.
    let last: BTreeMap<&str, &Link> = then.clone().map(|one| (one.day.as_str(), one)).collect();
    let text: String = last.iter().map(|(day, one)| format!("{day} {}\n", one.hash)).collect();
    let newest = then.max_by_key(|one| one.number)?;
    Some(Head {
        links: newest.number.unsigned_abs(),
        days: last.len() as u64,
        closed_to: last.keys().max_by_key(|day| order_of(day)).map(|day| (*day).to_owned())?,
        sha256: hex(&Sha256::digest(text)),
        at: utc(&newest.written_at),
        database: None,
        system_identifier: None,
    })
}

/// What a head from outside shows; `name` is where it was kept. One of another database that the
/// links come from fits them; else it tells nothing of them.
pub fn check_head(links: &[Link], head: &Head, name: &str, here: &Identity) -> Option<Finding> {
    let finding = misfit(links, head, name)?;
    Some(match head.of_another(here) {
        None => finding,
        Some(other) => Finding::of_all(format!(
            "{name} is {other}, and these links are not that one's: nothing was judged by it"
        )),
    })
}

fn misfit(links: &[Link], head: &Head, name: &str) -> Option<Finding> {
    let now = links.iter().map(|one| one.number.unsigned_abs()).max().unwrap_or(0);
    if now < head.links {
        return Some(Finding::of_all(format!(
            "{name} knows {} links from {}, and there are {now}: links were taken away",
            head.links, head.at
        )));
    }
    let number = i64::try_from(head.links).unwrap_or(i64::MAX);
    let of_chains = |head: Head| (head.days, head.closed_to, head.sha256);
    let then = head_at(links, number).map(of_chains);
    (then != Some(of_chains(head.clone()))).then(|| {
        Finding::of_all(format!(
            "the links up to number {} are not those that {name} was made of on {}: they were written anew",
            head.links, head.at
        ))
    })
}

#[cfg(test)]
#[path = "audit_trail_tests.rs"]
mod tests;
