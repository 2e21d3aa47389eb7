//! Whether a column of the application looks as if somebody's were in it.

use super::column::{Column, Shape};
use super::kind::Kind;

/// Words of names of columns, and what is in these. The first that fits counts.
const PERSONAL: &[(Kind, &[&str])] = &[
    (Kind::Email, &["email", "mail", "emails", "correo", "courriel"]),
    (
        Kind::Phone,
        &[
            "phone",
            "mobile",
            "tel",
            "telephone",
            "fax",
            "msisdn",
            "whatsapp",
            "cell",
            "phones",
            "gsm",
            "phonenumber",
            "handy",
            "mobil",
            "telefon",
            "rufnummer",
            "handynummer",
            "telefonnummer",
            "portable",
            "móvil",
            "movil",
            "celular",
            "teléfono",
            "telefono",
            "telefone",
            "cellulare",
            "telefoon",
            "komórka",
            "телефон",
            "电话",
            "電話",
        ],
    ),
    (
        Kind::Birth,
        &[
            "dob",
            "bday",
            "born",
            "yob",
            "geb",
            "geboren",
            "anniversaire",
            "cumpleaños",
            "cumpleanos",
            "aniversário",
            "compleanno",
            "verjaardag",
            "рождения",
            "生日",
            "誕生日",
        ],
    ),
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
        ],
    ),
    (Kind::Handle, DOCUMENTS),
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
/// Of papers, banks and taxes: they are somebody's as numbers too, where an account may be a key alone.
const DOCUMENTS: &[&str] = &[
    "passport",
    "reisepass",
    "passnummer",
    "passeport",
    "pasaporte",
    "passaporte",
    "passaporto",
    "paspoort",
    "ausweis",
    "ausweisnummer",
    "iban",
    "kontonummer",
    "ssn",
    "nino",
    "dni",
    "nif",
    "nie",
    "cpf",
    "cnpj",
    "curp",
    "rut",
    "pesel",
    "bsn",
    "personnummer",
    "steuernummer",
    "steuerid",
    "taxid",
    "tin",
    "creditcard",
    "kreditkarte",
];
/// What words of a birth hold in the usual languages: `birthdate`, `Geburtsdatum`, `fecha_nacimiento`.
const BIRTHS: [&str; 10] = [
    "birth",
    "geburt",
    "naissance",
    "nacimiento",
    "nascimento",
    "nascita",
    "geboorte",
    "urodz",
    "födel",
    "fodel",
];
/// Types that hold digits.
const NUMBERS: [&str; 4] = ["bigint", "numeric", "integer", "smallint"];
const ADDRESSES: [&str; 4] = ["inet", "cidr", "macaddr", "macaddr8"];
/// Where no word fits.
const CODE: usize = 3;

/// What may be in it; `None` where nothing of somebody's is.
pub(super) fn guess(column: &Column) -> Option<Kind> {
    let words = words(&column.name);
    let is_word = |of: &[&str]| words.iter().any(|word| of.contains(&word.as_str()));
    let is_birth = words.iter().any(|word| BIRTHS.iter().any(|birth| word.contains(birth)));
    let personal = PERSONAL.iter().find(|(_, of)| is_word(of)).map(|(kind, _)| *kind);
    let personal = if is_birth { Some(Kind::Birth) } else { personal };
    let is_number = NUMBERS.contains(&column.of_type.as_str());
    let is_time = column.of_type == "date" || column.of_type.starts_with("timestamp");
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
            Some(Kind::Birth) if is_time || is_number => Some(Kind::Birth),
            Some(Kind::Phone) if is_number => Some(Kind::Phone),
            _ if is_number && is_word(DOCUMENTS) => Some(Kind::Handle),
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
        for name in
            ["bday", "geburtstag", "date_naissance", "DOB", "fechaNacimiento", "day_of_birth"]
        {
            assert_eq!(of(name, Shape::Other, "date"), Some(Kind::Birth), "{name}");
        }
        assert_eq!(of("birth_year", Shape::Other, "smallint"), Some(Kind::Birth));
        for name in ["handy", "phone", "телефон"] {
            assert_eq!(of(name, Shape::Other, "integer"), Some(Kind::Phone), "{name}");
        }
        for name in ["ssn", "passport", "iban_no"] {
            assert_eq!(of(name, Shape::Other, "numeric"), Some(Kind::Handle), "{name}");
        }
        for name in ["account_id", "due_on", "created_by"] {
            assert_eq!(of(name, Shape::Other, "bigint"), None, "{name}");
        }
        assert_eq!(of("seen_from", Shape::Other, "inet"), Some(Kind::Ip));
        assert_eq!(of("scan", Shape::Opaque, "bytea"), Some(Kind::Empty));
        assert_eq!(of("extra", Shape::Json, "jsonb"), Some(Kind::Json));
    }
}
