//! Which secrets a channel needs of whom.

use std::fmt;

use super::fields::Fields;
use crate::domain::suggest;
use crate::domain::vocabulary::Channel;

/// Who carries a channel's messages, and the fields that it signs in with.
#[derive(Debug, PartialEq, Eq)]
pub struct Provider {
    pub name: &'static str,
    pub required: &'static [&'static str],
    pub optional: &'static [&'static str],
}

const TWILIO: Provider = Provider {
    name: "twilio",
    required: &["account_sid", "auth_token"],
    optional: &["api_key_sid", "api_key_secret", "messaging_service_sid"],
};

const META: Provider = Provider {
    name: "meta",
    required: &["access_token", "phone_number_id"],
    optional: &["app_id", "app_secret", "business_account_id", "verify_token"],
};

const SMTP_IMAP: Provider = Provider {
    name: "smtp_imap",
    required: &[
        "smtp_host",
        "smtp_username",
        "smtp_password",
        "imap_host",
        "imap_username",
        "imap_password",
    ],
    optional: &["smtp_port", "imap_port"],
};

/// For an inbox that only sends.
const SMTP: Provider = Provider {
    name: "smtp",
    required: &["smtp_host", "smtp_username", "smtp_password"],
    optional: &["smtp_port"],
};

const TWITTER: Provider = Provider {
    name: "twitter",
    required: &["api_key", "api_secret", "access_token", "access_token_secret"],
    optional: &["bearer_token"],
};

const FACEBOOK: Provider = Provider {
    name: "facebook",
    required: &["app_id", "app_secret", "page_access_token"],
    optional: &["page_id", "verify_token"],
};

const INSTAGRAM: Provider = Provider {
    name: "instagram",
    required: &["app_id", "app_secret", "access_token"],
    optional: &["instagram_account_id", "verify_token"],
};

const LINKEDIN: Provider = Provider {
    name: "linkedin",
    required: &["client_id", "client_secret", "access_token"],
    optional: &["refresh_token", "organization_id"],
};

/// Who can carry a channel; the first is the usual one.
pub fn providers_of(channel: Channel) -> &'static [Provider] {
    match channel {
        Channel::Sms | Channel::Whatsapp => &[TWILIO, META],
        Channel::Email => &[SMTP_IMAP, SMTP],
        Channel::Twitter => &[TWITTER],
        Channel::Facebook => &[FACEBOOK],
        Channel::Instagram => &[INSTAGRAM],
        Channel::Linkedin => &[LINKEDIN],
    }
}

/// The provider that these fields are for: one that they are complete for, else
/// the one that knows most of them, else the usual one.
pub fn guess<'a>(channel: Channel, names: impl Iterator<Item = &'a str>) -> &'static Provider {
    let names: Vec<&str> = names.collect();
    let rank = |provider: &&Provider| {
        let is_complete = provider.required.iter().all(|field| names.contains(field));
        let known = names.iter().filter(|name| provider.knows(name)).count();
        (is_complete, known)
    };
    // The last of several equals wins, and the usual one shall.
    let best = providers_of(channel).iter().rev().max_by_key(rank);
    best.expect("every channel has a provider")
}

/// What is wrong with the fields of a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    Missing {
        field: &'static str,
    },
    /// Not a field of the provider, and the one that was probably meant.
    Unknown {
        field: String,
        nearest: Option<&'static str>,
    },
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::Missing { field } => write!(f, "{field} is missing"),
            Problem::Unknown { field, nearest: Some(nearest) } => {
                write!(f, "{field} is unknown, did you mean {nearest}?")
            }
            Problem::Unknown { field, nearest: None } => write!(f, "{field} is unknown"),
        }
    }
}

impl Provider {
    /// The provider of this name, if it carries the channel.
    pub fn find(channel: Channel, name: &str) -> Option<&'static Provider> {
        providers_of(channel).iter().find(|provider| provider.name == name)
    }

    pub fn fields(&self) -> impl Iterator<Item = &'static str> {
        self.required.iter().chain(self.optional).copied()
    }

    fn knows(&self, name: &str) -> bool {
        self.fields().any(|field| field == name)
    }

    /// What is missing, then what is unknown. A missing field that an unknown
    /// one was meant for is told of once, as unknown.
    pub fn problems(&self, fields: &Fields, allow_unknown: bool) -> Vec<Problem> {
        let missing = self.required.iter().filter(|field| fields.get(field).is_none());
        let mut problems = Vec::new();
        let mut meant = Vec::new();
        if !allow_unknown {
            for name in fields.names().filter(|name| !self.knows(name)) {
                let absent = self.fields().filter(|field| fields.get(field).is_none());
                let nearest = suggest::nearest(name, absent);
                meant.extend(nearest);
                problems.push(Problem::Unknown { field: name.to_owned(), nearest });
            }
        }
        let mut all: Vec<Problem> = missing
            .filter(|field| !meant.contains(field))
            .map(|field| Problem::Missing { field })
            .collect();
        all.append(&mut problems);
        all
    }
}

/// Whether a name is that of a secret, so that its value belongs into the
/// credentials and on no command line.
pub fn is_secret_name(name: &str) -> bool {
    const WORDS: [&str; 7] =
        ["password", "passwd", "passphrase", "secret", "token", "api_key", "private_key"];
    let name = name.to_lowercase().replace('-', "_");
    WORDS.iter().any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(names: &[&str]) -> Fields {
        let mut fields = Fields::default();
        for name in names {
            fields.add(name, String::from("x").into()).unwrap();
        }
        fields
    }

    #[test]
    fn a_misspelt_field_is_told_of_once_with_the_right_one() {
        let problems = TWILIO.problems(&fields(&["acount_sid", "auth_token"]), false);
        let expected =
            Problem::Unknown { field: String::from("acount_sid"), nearest: Some("account_sid") };
        assert_eq!(problems, [expected]);
        assert_eq!(TWILIO.problems(&fields(&["account_sid", "auth_token", "zzz"]), true), []);
        let problems = TWILIO.problems(&fields(&["zzz"]), false);
        assert_eq!(problems.len(), 3, "{problems:?}");
    }

    #[test]
    fn the_provider_follows_from_the_fields() {
        let name = |channel, names: &[&'static str]| guess(channel, names.iter().copied()).name;
        assert_eq!(name(Channel::Whatsapp, &[]), "twilio");
        assert_eq!(name(Channel::Whatsapp, &["access_token"]), "meta");
        assert_eq!(name(Channel::Email, &["smtp_host"]), "smtp_imap");
        assert_eq!(name(Channel::Email, SMTP.required), "smtp");
        assert_eq!(name(Channel::Email, SMTP_IMAP.required), "smtp_imap");
    }

    #[test]
    fn every_secret_field_is_known_as_one() {
        for &channel in Channel::ALL {
            for field in providers_of(channel).iter().flat_map(Provider::fields) {
                let is_secret = ["password", "token", "secret", "api_key"]
                    .iter()
                    .any(|word| field.contains(word));
                assert_eq!(is_secret_name(field), is_secret, "{field}");
            }
        }
        assert!(is_secret_name("SMTP-Password") && !is_secret_name("from_number"));
    }
}
