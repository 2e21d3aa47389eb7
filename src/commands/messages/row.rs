//! A message in a list.

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::domain::named::Label;
use crate::domain::pg_time::PgTime;
use crate::domain::vocabulary::Channel;
use crate::domain::vocabulary::{MessageDirection, MessageStatus};
use crate::store::messages::Message;
use crate::ui::{Cell, Field, Listed, Tone, human};

#[derive(Debug, Serialize)]
pub(super) struct MessageRow {
    pub created_at: PgTime,
    pub channel: Label<Channel>,
    pub direction: Label<MessageDirection>,
    pub status: Label<MessageStatus>,
    /// Who wrote it: the contact's name, or the user's e-mail.
    pub from: Option<String>,
    pub content: String,
    pub contact_id: Uuid,
    pub contact_name: Option<String>,
    #[serde(skip)]
    pub contact_known_by: Option<String>,
    pub thread_id: Option<String>,
    pub sent_at: Option<PgTime>,
    pub read_at: Option<PgTime>,
    /// Why it could not be sent, as the provider put it.
    pub error: Option<String>,
    pub id: Uuid,
    #[serde(skip)]
    pub now: Timestamp,
}

impl MessageRow {
    pub(super) fn new(message: Message, now: Timestamp) -> MessageRow {
        let from = match message.direction.known() {
            Some(MessageDirection::Inbound) => message.contact_name.clone(),
            Some(MessageDirection::Outbound) | None => message.user_email.clone(),
        };
        let error = message.error();
        MessageRow {
            created_at: message.created_at,
            channel: message.channel,
            direction: message.direction,
            status: message.status,
            from,
            content: message.content,
            contact_id: message.contact_id,
            contact_name: message.contact_name,
            contact_known_by: message.contact_known_by,
            thread_id: message.thread_id,
            sent_at: message.sent_at,
            read_at: message.read_at,
            error,
            id: message.id,
            now,
        }
    }

    pub(super) fn contact_cell(&self) -> Cell {
        match (&self.contact_name, &self.contact_known_by) {
            (Some(known), _) | (None, Some(known)) => Cell::new(human::one_line(known, 24)),
            (None, None) => Cell::toned(self.contact_id.to_string(), Tone::Dim),
        }
    }
}

pub(super) fn when(at: Option<PgTime>, now: Timestamp) -> Cell {
    at.map(|at| human::when(at, now)).unwrap_or_default().into()
}

pub(super) fn status_cell(status: &Label<MessageStatus>) -> Cell {
    Cell::toned(status.name(), Tone::of_message(status))
}

impl Listed for MessageRow {
    const KEY: &'static str = "messages";
    const TABLES: &'static [&'static str] = &["messages", "contacts", "users"];
    const NOUN: (&'static str, &'static str) = ("message", "messages");
    const FIELDS: &'static [Field<MessageRow>] = &[
        Field::left("created_at", |row: &MessageRow| when(Some(row.created_at), row.now))
            .titled("when"),
        Field::left("channel", |row: &MessageRow| row.channel.name().into()),
        Field::text("from", |row: &MessageRow| match (&row.from, row.direction.known()) {
            (Some(from), _) => from.as_str().into(),
            (None, Some(MessageDirection::Inbound)) => row.contact_cell(),
            (None, Some(MessageDirection::Outbound)) => Cell::toned("us", Tone::Dim),
            (None, None) => Cell::new(""),
        }),
        Field::left("status", |row: &MessageRow| status_cell(&row.status)),
        Field::text("content", |row: &MessageRow| row.content.as_str().into()),
        Field::left("direction", |row: &MessageRow| row.direction.name().into()).on_request(),
        Field::left("contact_id", |row: &MessageRow| row.contact_id.to_string().into())
            .titled("contact id")
            .on_request(),
        Field::left("contact_name", |row: &MessageRow| row.contact_cell())
            .titled("contact")
            .on_request(),
        Field::left("thread_id", |row: &MessageRow| {
            row.thread_id.as_deref().unwrap_or_default().into()
        })
        .titled("thread")
        .on_request(),
        Field::left("sent_at", |row: &MessageRow| when(row.sent_at, row.now))
            .titled("sent")
            .on_request(),
        Field::left("read_at", |row: &MessageRow| when(row.read_at, row.now))
            .titled("read")
            .on_request(),
        Field::text("error", |row: &MessageRow| row.error.clone().unwrap_or_default().into())
            .on_request(),
        Field::left("id", |row: &MessageRow| row.id.to_string().into()).on_request(),
    ];
}
