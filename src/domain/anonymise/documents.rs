//! JSON documents: what becomes of a value by the name that it stands under, and by its looks.

use super::digits;
use super::fates;
use super::json::{self, Change, Place};
use super::shapes;
use super::values::Values;

/// Names under which stand words of the application's, which are kept unless they name somebody.
const LABELS: &[&str] = &[
    "action",
    "campaign",
    "category",
    "channel",
    "command",
    "content_type",
    "country",
    "currency",
    "direction",
    "environment",
    "format",
    "kind",
    "lang",
    "language",
    "locale",
    "medium",
    "mime_type",
    "mode",
    "network",
    "outcome",
    "plan",
    "platform",
    "policy",
    "priority",
    "provider",
    "resource",
    "role",
    "service",
    "source",
    "state",
    "status",
    "table",
    "table_name",
    "tier",
    "timezone",
    "type",
    "tz",
    "version",
];
/// Names under which stands what somebody wrote.
const TEXTS: &[&str] = &[
    "body",
    "caption",
    "comment",
    "content",
    "description",
    "message",
    "note",
    "notes",
    "reason",
    "subject",
    "text",
    "title",
];
/// What a number is that is nobody's.
const COUNTS: &[&str] = &[
    "amount",
    "at",
    "bytes",
    "count",
    "duration",
    "ms",
    "price",
    "rows",
    "seconds",
    "size",
    "time",
    "timestamp",
    "total",
    "ts",
    "us",
];
const LABEL_BYTES: usize = 40;
/// A shorter name of a member is a word.
const LEAST_NAME: usize = 5;

/// The document with other values in it; `is_handles` where all its texts are handles.
pub(super) fn json(values: &Values<'_>, text: &str, is_handles: bool) -> String {
    json::rewrite(text, &mut Document { values, is_handles })
}

struct Document<'a, 'b> {
    values: &'a Values<'b>,
    is_handles: bool,
}

impl Change for Document<'_, '_> {
    fn text(&mut self, place: &Place<'_>, text: &str) -> Option<String> {
        let key = place.key.to_lowercase();
        let is_birth = key.contains("birth") || key == "dob";
        if text.is_empty() || shapes::is_uuid(text) || shapes::is_time(text) && !is_birth {
            return None;
        }
        let is_handles = self.is_handles || is_of_handles(place);
        Some(match () {
            () if is_birth => self.values.birth(text),
            () if is_label(&key) && text.len() <= LABEL_BYTES => self.values.label(text),
            () if is_handles || key == "name" || key.ends_with("_name") => {
                self.values.writer.short(text)
            }
            () if TEXTS.contains(&&*key) => self.values.writer.prose(text),
            () => self.values.any(text),
        })
    }

    fn number(&mut self, place: &Place<'_>, number: &str) -> Option<String> {
        let key = place.key.to_lowercase();
        let is_count = key.split(['_', '-']).any(|part| COUNTS.contains(&part));
        let is_whole = number.bytes().all(|byte| byte.is_ascii_digit());
        if is_count || !is_whole {
            return None;
        }
        digits::phone(self.values.writer.words.key, self.values.writer.words.known, number)
    }

    fn name(&mut self, name: &str) -> Option<String> {
        let known = self.values.writer.words.known;
        let is_word = || is_label(name) || TEXTS.contains(&name) || fates::is_word(name);
        let names_somebody = shapes::is_email(name)
            || shapes::is_phone(name)
            || name.len() >= LEAST_NAME && known.has_whole(name) && !is_word();
        names_somebody.then(|| self.values.writer.short(name))
    }
}

/// Whether a word of the application's stands under a name.
pub(super) fn is_label(key: &str) -> bool {
    LABELS.contains(&key)
}

/// Where a contact's handles stand, as in what a merge remembers.
pub(super) fn is_of_handles(place: &Place<'_>) -> bool {
    const HANDLES: &str = "social_handles";
    place.key == HANDLES || place.above.iter().any(|name| name == HANDLES)
}
