//! The database's native enums.

use serde::Serialize;

use crate::domain::channel;

#[derive(Debug, Clone, Copy, PartialEq, Eq, diesel_derive_enum::DbEnum)]
#[db_enum(existing_type_path = "crate::store::schema::sql_types::Channel")]
#[db_enum(value_style = "SCREAMING_SNAKE_CASE")]
pub enum Channel {
    Sms,
    Whatsapp,
    Email,
    Twitter,
    Facebook,
    Instagram,
    Linkedin,
}

impl From<channel::Channel> for Channel {
    fn from(channel: channel::Channel) -> Channel {
        match channel {
            channel::Channel::Sms => Channel::Sms,
            channel::Channel::Whatsapp => Channel::Whatsapp,
            channel::Channel::Email => Channel::Email,
            channel::Channel::Twitter => Channel::Twitter,
            channel::Channel::Facebook => Channel::Facebook,
            channel::Channel::Instagram => Channel::Instagram,
            channel::Channel::Linkedin => Channel::Linkedin,
        }
    }
}

impl From<Channel> for channel::Channel {
    fn from(channel: Channel) -> channel::Channel {
        match channel {
            Channel::Sms => channel::Channel::Sms,
            Channel::Whatsapp => channel::Channel::Whatsapp,
            Channel::Email => channel::Channel::Email,
            Channel::Twitter => channel::Channel::Twitter,
            Channel::Facebook => channel::Channel::Facebook,
            Channel::Instagram => channel::Channel::Instagram,
            Channel::Linkedin => channel::Channel::Linkedin,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, diesel_derive_enum::DbEnum)]
#[db_enum(existing_type_path = "crate::store::schema::sql_types::IntegrationStatus")]
#[db_enum(value_style = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum IntegrationStatus {
    Active,
    Inactive,
    Error,
}

impl IntegrationStatus {
    pub fn as_str(self) -> &'static str {
        match self {
            IntegrationStatus::Active => "ACTIVE",
            IntegrationStatus::Inactive => "INACTIVE",
            IntegrationStatus::Error => "ERROR",
        }
    }
}
