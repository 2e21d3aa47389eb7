//! The channels that the inbox talks through.

use std::fmt;

use super::named::Named;

/// A channel, named as the database names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    Sms,
    Whatsapp,
    Email,
    Twitter,
    Facebook,
    Instagram,
    Linkedin,
}

impl Channel {
    pub const ALL: [Channel; 7] = [
        Channel::Sms,
        Channel::Whatsapp,
        Channel::Email,
        Channel::Twitter,
        Channel::Facebook,
        Channel::Instagram,
        Channel::Linkedin,
    ];

    /// `SMS`.
    pub fn as_str(self) -> &'static str {
        match self {
            Channel::Sms => "SMS",
            Channel::Whatsapp => "WHATSAPP",
            Channel::Email => "EMAIL",
            Channel::Twitter => "TWITTER",
            Channel::Facebook => "FACEBOOK",
            Channel::Instagram => "INSTAGRAM",
            Channel::Linkedin => "LINKEDIN",
        }
    }
}

impl Named for Channel {
    const ALL: &'static [Channel] = &Channel::ALL;

    fn name(self) -> &'static str {
        self.as_str()
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
