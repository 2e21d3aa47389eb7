//! Whether a column of the application looks as if somebody's were in it.

use super::column::{Column, Shape};
use super::kind::Kind;

/// Words of names of columns, and what is in these. The first that fits counts.
const PERSONAL: &[(Kind, &[&str])] = &[
    (Kind::Email, &["email", "mail", "emails"]),
    (
        Kind::Phone,
        &["phone", "mobile", "tel", "telephone", "fax", "msisdn", "whatsapp", "cell", "phones"],
    ),
    (Kind::Birth, &["birth", "birthday", "birthdate", "dob", "born"]),
    (Kind::Ip, &["ip", "ipaddress"]),
    (
        Kind::Handle,
        &[
            "handle",
            "username",
            "login",
            "nick",
            "nickname",
            "twitter",
            "instagram",
            "facebook",
            "linkedin",
            "telegram",
            "url",
            "website",
            "external",
            "token",
            "account",
            "iban",
            "passport",
            "ssn",
        ],
    ),
    (
        Kind::Name,
        &[
            "name",
            "firstname",
            "lastname",
            "surname",
            "fullname",
            "buyer",
            "customer",
            "contact",
            "person",
            "author",
            "owner",
            "recipient",
            "sender",
            "company",
            "by",
        ],
    ),
];
/// Words of names of columns that tell of nobody.
const IMPERSONAL: &[&str] = &[
    "status", "state", "type", "kind", "currency", "locale", "language", "lang", "country", "unit",
    "sku", "color", "colour", "size", "format", "mime", "priority", "level", "stage", "source",
    "channel", "version", "timezone", "category",
];
/// Types that hold digits.
const NUMBERS: [&str; 3] = ["bigint", "numeric", "integer"];
const ADDRESSES: [&str; 4] = ["inet", "cidr", "macaddr", "macaddr8"];
/// Where no word fits.
const CODE: usize = 3;

/// What may be in it; `None` where nothing of somebody's is.
pub(super) fn guess(column: &Column) -> Option<Kind> {
    let words = words(&column.name);
    let is_word = |of: &[&str]| words.iter().any(|word| of.contains(&word.as_str()));
    let personal = PERSONAL.iter().find(|(_, of)| is_word(of)).map(|(kind, _)| *kind);
    match column.shape {
        Shape::Json => Some(Kind::Json),
        Shape::Opaque => Some(Kind::Empty),
        Shape::Text if column.length.is_some_and(|length| length <= CODE) => None,
        Shape::Text | Shape::List => match personal {
            None if is_word(IMPERSONAL) => None,
            Some(kind) => Some(kind),
            None => Some(Kind::Text),
        },
        Shape::Other if ADDRESSES.contains(&column.of_type.as_str()) => Some(Kind::Ip),
        Shape::Other => match personal {
            Some(Kind::Birth) if column.of_type == "date" => Some(Kind::Birth),
            Some(Kind::Phone) if NUMBERS.contains(&column.of_type.as_str()) => Some(Kind::Phone),
            _ => None,
        },
    }
}

/// `buyerName`, `buyer_name` and `BUYER-NAME`.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for letter in name.chars() {
        if !letter.is_alphanumeric() || letter.is_uppercase() && was_lower {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| letter.is_alphanumeric()) {
            word.extend(letter.to_lowercase());
        }
        was_lower = letter.is_lowercase();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, shape: Shape, of_type: &str) -> Option<Kind> {
        let (name, of_type) = (name.to_owned(), of_type.to_owned());
        guess(&Column { name, shape, of_type, length: None, is_nullable: true })
    }

    #[test]
    fn columns_are_told_by_name_and_type() {
        assert_eq!(of("buyerEmail", Shape::Text, "text"), Some(Kind::Email));
        assert_eq!(of("buyer", Shape::Text, "text"), Some(Kind::Name));
        assert_eq!(of("what", Shape::Text, "text"), Some(Kind::Text));
        assert_eq!(of("status", Shape::Text, "text"), None);
        assert_eq!(of("payment_status", Shape::Text, "character varying"), None);
        assert_eq!(of("id", Shape::Other, "uuid"), None);
        assert_eq!(of("total", Shape::Other, "numeric"), None);
        assert_eq!(of("mobile", Shape::Other, "bigint"), Some(Kind::Phone));
        assert_eq!(of("date_of_birth", Shape::Other, "date"), Some(Kind::Birth));
        assert_eq!(of("seen_from", Shape::Other, "inet"), Some(Kind::Ip));
        assert_eq!(of("scan", Shape::Opaque, "bytea"), Some(Kind::Empty));
        assert_eq!(of("extra", Shape::Json, "jsonb"), Some(Kind::Json));
    }
}
