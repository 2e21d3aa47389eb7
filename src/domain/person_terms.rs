//! By what texts are known to concern a person: documents of jobs, of the audit log and of archives,
//! which hold no key to it. Names and handles are none of them: others may have the same.

use uuid::Uuid;

/// A number with fewer digits stands in too many texts.
const LEAST_DIGITS: usize = 7;

/// What stands between the digits of a number, at most so much of it: blanks, hyphens and dots of any
/// kind, but nothing that tells one number from the next.
const BETWEEN: &str = r#"[^][,;:"{}<>=&\\[:alnum:]]{0,4}"#;
const BETWEEN_MOST: usize = 4;
const NOT_BETWEEN: &str = r#"][,;:"{}<>=&\"#;

/// What is looked for in a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms {
    pub ids: Vec<Uuid>,
    /// Their digits alone.
    phones: Vec<String>,
    /// In small letters.
    emails: Vec<String>,
}

impl Terms {
    /// What can't be told from other texts is left out.
    pub fn new(ids: Vec<Uuid>, phones: &[String], emails: &[String]) -> Terms {
        let digits = |phone: &String| {
            let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
            digits.strip_prefix("00").map(String::from).unwrap_or(digits)
        };
        let mut phones: Vec<String> = phones.iter().map(digits).collect();
        phones.retain(|digits| digits.len() >= LEAST_DIGITS);
        let mut emails: Vec<String> =
            emails.iter().map(|email| email.trim().to_lowercase()).collect();
        emails.retain(|email| email.split_once('@').is_some_and(|(name, _)| !name.is_empty()));
        for list in [&mut phones, &mut emails] {
            list.sort();
            list.dedup();
        }
        Terms { ids, phones, emails }
    }

    /// Whether nothing is known by these that isn't known by the others, and of the same contacts.
    pub fn covers(&self, other: &Terms) -> bool {
        let all = |own: &[String], others: &[String]| others.iter().all(|one| own.contains(one));
        self.ids == other.ids
            && all(&self.phones, &other.phones)
            && all(&self.emails, &other.emails)
    }

    /// Whether any of these phones and e-mails is one of the terms.
    pub fn has_any(&self, values: &[String]) -> bool {
        let others = Terms::new(Vec::new(), values, values);
        self.phones.iter().any(|phone| others.phones.contains(phone))
            || self.emails.iter().any(|email| others.emails.contains(email))
    }

    /// The same as a regular expression of PostgreSQL, which is to ignore case.
    pub fn pattern(&self) -> String {
        self.pattern_with(&self.ids)
    }

    /// By phones and e-mails alone.
    pub fn contact_pattern(&self) -> String {
        self.pattern_with(&[])
    }

    fn pattern_with(&self, ids: &[Uuid]) -> String {
        let ids = ids.iter().map(Uuid::to_string);
        let phones = self.phones.iter().map(|digits| {
            let digits: Vec<String> = digits.chars().map(String::from).collect();
            format!("(^|[^0-9])(00)?{}([^0-9]|$)", digits.join(BETWEEN))
        });
        let emails = self.emails.iter().map(|email| {
            let escape = |letter: char| match letter.is_alphanumeric() {
                true => String::from(letter),
                false => format!("[{letter}]").replace("[^]", "\\^").replace("[\\]", "\\\\"),
            };
            let email: String = email.chars().map(escape).collect();
            // A line break in JSON ends in a letter.
            format!("(^|[^A-Za-z0-9._%+-]|\\\\[nrt]){email}([^A-Za-z0-9.-]|[.]([^A-Za-z0-9]|$)|$)")
        });
        let all: Vec<String> = ids.chain(phones).chain(emails).collect();
        // Of nothing, nothing is found.
        if all.is_empty() { String::from("$.") } else { all.join("|") }
    }

    /// Whether it is the id of one of the contacts.
    pub fn has_id(&self, id: &str) -> bool {
        self.ids.iter().any(|own| own.to_string().eq_ignore_ascii_case(id))
    }

    pub fn is_in(&self, text: &str) -> bool {
        let lower = text.to_lowercase();
        self.ids.iter().any(|id| lower.contains(&id.to_string())) || self.is_contact_in(text)
    }

    /// As [`Terms::is_in`], by a phone or an e-mail alone.
    pub fn is_contact_in(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.emails.iter().any(|email| has_email(&text, email))
            || self.phones.iter().any(|phone| has_phone(&text, phone))
    }
}

fn has_email(text: &str, email: &str) -> bool {
    text.match_indices(email).any(|(at, _)| {
        let goes_on = |letter: char| letter.is_ascii_alphanumeric();
        let is_escape = ["\\n", "\\r", "\\t"].iter().any(|one| text[..at].ends_with(one));
        let before = text[..at].chars().next_back().filter(|_| !is_escape);
        let mut after = text[at + email.len()..].chars();
        let is_end = match after.next() {
            Some('.') => !after.next().is_some_and(goes_on),
            Some(letter) => !goes_on(letter) && letter != '-',
            None => true,
        };
        is_end && !before.is_some_and(|letter| goes_on(letter) || "._%+-".contains(letter))
    })
}

fn has_phone(text: &str, phone: &str) -> bool {
    let starts = text.char_indices().filter(|(_, letter)| letter.is_ascii_digit());
    let mut starts = starts.filter(|(at, _)| !text[..*at].ends_with(|c: char| c.is_ascii_digit()));
    starts.any(|(at, _)| {
        let rest = &text[at..];
        [Some(rest), rest.strip_prefix("00")].into_iter().flatten().any(|rest| begins(rest, phone))
    })
}

/// Whether a number stands at the beginning, however it is grouped.
fn begins(text: &str, phone: &str) -> bool {
    let mut text = text.chars().peekable();
    let is_there = phone.chars().enumerate().all(|(place, digit)| {
        let is_between =
            |letter: &char| !letter.is_alphanumeric() && !NOT_BETWEEN.contains(*letter);
        for _ in 0..BETWEEN_MOST {
            if place == 0 || !text.peek().is_some_and(is_between) {
                break;
            }
            text.next();
        }
        text.next() == Some(digit)
    });
    is_there && !text.peek().is_some_and(char::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_told_from_others_with_nearly_the_same() {
        let id = Uuid::from_u128(7);
        let terms = Terms::new(
            vec![id],
            &[String::from("+34 600-111-222"), String::from("112")],
            &[String::from("Ana.B@x.example"), String::from("@x.example")],
        );
        let here = [
            format!("{{\"contact\":\"{}\"}}", id.to_string().to_uppercase()),
            String::from("to:+34600111222"),
            String::from("0034 (600) 111 222."),
            String::from("+34\u{a0}600\u{202f}111\u{2011}222"),
            String::from("34 \u{2013} 600 111 222"),
            String::from("<ana.b@X.example>."),
            String::from("ana.b@x.example"),
            String::from("{\"to\":\"write:\\nana.b@x.example\"}"),
            String::from("给ana.b@x.example失败"),
        ];
        for text in here {
            assert!(terms.is_in(&text), "{text}");
        }
        for text in [
            "134600111222",
            "346001112223",
            "34600111 22",
            "[34600111,222]",
            "\"34600\",\"111222\"",
            "112",
            "mariana.b@x.example",
            "ana.b@x.example.org",
            "ana.b@x.example-2",
            "bob@x.example",
            "",
        ] {
            assert!(!terms.is_in(text), "{text}");
        }
    }

    #[test]
    fn nothing_known_is_nothing_found() {
        assert!(!Terms::default().is_in("anything"));
        assert_eq!(Terms::default().pattern(), "$.");
    }
}
