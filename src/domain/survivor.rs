//! Which of several contacts survives a merge.

use std::cmp::Ordering;
use std::fmt;

use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use uuid::Uuid;

/// How the survivor is chosen; ties go on to the next rule, at last to the id.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Prefer {
    /// Most fields, then most messages, then the oldest.
    #[default]
    Complete,
    /// Most messages first.
    Active,
    /// The oldest first.
    Oldest,
    /// The newest first.
    Newest,
}

/// What decides over a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub id: Uuid,
    /// How many of its fields say something.
    pub completeness: usize,
    /// Microseconds since 1970.
    pub created_at_us: i64,
    /// Messages of the contact.
    pub messages: i64,
}

impl Standing {
    fn cmp(&self, other: &Standing, prefer: Prefer) -> Ordering {
        self.cmp_before_messages(other, prefer)
            .then(other.messages.cmp(&self.messages))
            .then(other.completeness.cmp(&self.completeness))
            .then(self.created_at_us.cmp(&other.created_at_us))
            .then(self.id.cmp(&other.id))
    }

    fn cmp_before_messages(&self, other: &Standing, prefer: Prefer) -> Ordering {
        let complete = other.completeness.cmp(&self.completeness);
        let oldest = self.created_at_us.cmp(&other.created_at_us);
        match prefer {
            Prefer::Complete => complete,
            Prefer::Active => Ordering::Equal,
            Prefer::Oldest => oldest.then(complete),
            Prefer::Newest => oldest.reverse().then(complete),
        }
    }
}

/// Sorts the contact that the others are merged into to the front, the next best after it.
pub fn rank(standings: &mut [Standing], prefer: Prefer) {
    standings.sort_unstable_by(|left, right| left.cmp(right, prefer));
}

/// Those among which the number of messages decides: two or more, or none.
pub fn contenders(standings: &[Standing], prefer: Prefer) -> Vec<Uuid> {
    let best = standings.iter().min_by(|left, right| left.cmp_before_messages(right, prefer));
    let is_best = |one: &&Standing| {
        best.is_some_and(|best| one.cmp_before_messages(best, prefer) == Ordering::Equal)
    };
    let found: Vec<Uuid> = standings.iter().filter(is_best).map(|one| one.id).collect();
    if found.len() > 1 { found } else { Vec::new() }
}

/// How many fields of a contact say something: its texts, all its handles, and what of its
/// metadata does. Both are JSON text of any shape.
pub fn completeness(texts: [Option<&str>; 3], handles: &str, metadata: &str) -> usize {
    let texts = texts.into_iter().flatten().filter(|text| is_filled(text)).count();
    texts + count_members(handles).0 + count_members(metadata).1
}

/// Whether a text has more than blanks in it.
pub fn is_filled(text: &str) -> bool {
    !text.trim().is_empty()
}

/// Whether a JSON value is more than null, a blank text, an empty list or object. What it says is
/// nobody's business here: numbers of any size and documents of any depth do.
pub fn says_something(json: &str) -> bool {
    let json = json.trim();
    match json.as_bytes() {
        b"" | b"null" => false,
        [b'"', ..] => serde_json::from_str::<String>(json).is_ok_and(|text| is_filled(&text)),
        [b'[' | b'{', inner @ .., _] => !inner.trim_ascii().is_empty(),
        _ => true,
    }
}

/// How many members an object or a list in JSON text has, and how many of them say something;
/// none of what is neither. Nothing of it is kept: a run looks at hundreds of thousands.
pub fn count_members(json: &str) -> (usize, usize) {
    if json.len() <= 2 {
        return (0, 0);
    }
    let mut json = serde_json::Deserializer::from_str(json);
    json.deserialize_any(MembersVisitor).unwrap_or_default()
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = (usize, usize);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object or list")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<(usize, usize), A::Error> {
        let (mut all, mut saying) = (0, 0);
        while let Some((IgnoredAny, value)) = object.next_entry::<IgnoredAny, &RawValue>()? {
            all += 1;
            saying += usize::from(says_something(value.get()));
        }
        Ok((all, saying))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(usize, usize), A::Error> {
        let (mut all, mut saying) = (0, 0);
        while let Some(value) = list.next_element::<&RawValue>()? {
            all += 1;
            saying += usize::from(says_something(value.get()));
        }
        Ok((all, saying))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn standing(number: u128) -> Standing {
        Standing { id: Uuid::from_u128(number), completeness: 1, created_at_us: 0, messages: 0 }
    }

    #[test]
    fn prefer_decides_first() {
        let old = Standing { created_at_us: -5, ..standing(1) };
        let busy = Standing { messages: 9, ..standing(2) };
        let full = Standing { completeness: 3, created_at_us: 7, ..standing(3) };
        let first = |prefer| {
            let mut all = [old, busy, full];
            rank(&mut all, prefer);
            all[0]
        };
        assert_eq!(first(Prefer::Complete), full);
        assert_eq!(first(Prefer::Active), busy);
        assert_eq!(first(Prefer::Oldest), old);
        assert_eq!(first(Prefer::Newest), full);
    }

    #[test]
    fn what_is_empty_says_nothing() {
        let object = json!({"a": null, "b": " ", "c": [], "d": {}, "e": 0, "f": false, "g": "x",
                            "h": [null], "i": {"j": null}, "k\"": 1.5, "l": -1});
        assert_eq!(count_members(&object.to_string()), (11, 7));
        let huge =
            format!("{{\"n\": 1e400, \"deep\": {}{}}}", "[".repeat(5_000), "]".repeat(5_000));
        assert_eq!(count_members(&huge), (2, 2));
        assert_eq!(count_members("[1, null, \"\"]"), (3, 1));
        for nothing in ["{}", "", "null", "7", "{\"a\": 1", "\"text\""] {
            assert_eq!(count_members(nothing), (0, 0), "{nothing}");
        }
    }

    proptest! {
        /// Whoever is no contender loses, however many messages there are.
        #[test]
        fn messages_decide_among_contenders_only(
            rows in prop::collection::vec((0usize..3, 0i64..3, 0i64..4), 1..6),
            prefer in prop::sample::select(vec![Prefer::Complete, Prefer::Active, Prefer::Oldest, Prefer::Newest]),
        ) {
            let all: Vec<Standing> = rows
                .iter()
                .zip(1..)
                .map(|(&(completeness, created_at_us, messages), number)| {
                    Standing { completeness, created_at_us, messages, ..standing(number) }
                })
                .collect();
            let asked = contenders(&all, prefer);
            let mut known = all.clone();
            known.iter_mut().filter(|one| !asked.contains(&one.id)).for_each(|one| one.messages = 0);
            let mut truth = all;
            rank(&mut truth, prefer);
            rank(&mut known, prefer);
            prop_assert_eq!(truth[0].id, known[0].id);
        }
    }
}
