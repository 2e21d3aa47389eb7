//! The database's native enums.

use serde::Serialize;

use crate::domain::channel;
use crate::domain::named::Named;

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

macro_rules! named {
    ($type:ident { $($value:ident = $name:literal),+ $(,)? }) => {
        impl Named for $type {
            const ALL: &'static [$type] = &[$($type::$value),+];

            fn name(self) -> &'static str {
                match self {
                    $($type::$value => $name),+
                }
            }
        }
    };
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, diesel_derive_enum::DbEnum)]
#[db_enum(existing_type_path = "crate::store::schema::sql_types::JobStatus")]
#[db_enum(value_style = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum JobStatus {
    Pending,
    Running,
    Completed,
    Failed,
    Cancelled,
}

named!(JobStatus {
    Pending = "PENDING",
    Running = "RUNNING",
    Completed = "COMPLETED",
    Failed = "FAILED",
    Cancelled = "CANCELLED",
});

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, diesel_derive_enum::DbEnum)]
#[db_enum(existing_type_path = "crate::store::schema::sql_types::MessageDirection")]
#[db_enum(value_style = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MessageDirection {
    Inbound,
    Outbound,
}

named!(MessageDirection {
    Inbound = "INBOUND",
    Outbound = "OUTBOUND",
});

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, diesel_derive_enum::DbEnum)]
#[db_enum(existing_type_path = "crate::store::schema::sql_types::MessageStatus")]
#[db_enum(value_style = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MessageStatus {
    Queued,
    Scheduled,
    Sent,
    Delivered,
    Read,
    Failed,
    Received,
}

named!(MessageStatus {
    Queued = "QUEUED",
    Scheduled = "SCHEDULED",
    Sent = "SENT",
    Delivered = "DELIVERED",
    Read = "READ",
    Failed = "FAILED",
    Received = "RECEIVED",
});

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, diesel_derive_enum::DbEnum)]
#[db_enum(existing_type_path = "crate::store::schema::sql_types::PresenceStatus")]
#[db_enum(value_style = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PresenceStatus {
    Online,
    Away,
    Offline,
}

named!(PresenceStatus {
    Online = "ONLINE",
    Away = "AWAY",
    Offline = "OFFLINE",
});

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, diesel_derive_enum::DbEnum)]
#[db_enum(existing_type_path = "crate::store::schema::sql_types::UserRole")]
#[db_enum(value_style = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum UserRole {
    Viewer,
    Editor,
    Admin,
}

named!(UserRole {
    Viewer = "VIEWER",
    Editor = "EDITOR",
    Admin = "ADMIN",
});
