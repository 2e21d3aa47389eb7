//! A message in a list.

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::domain::named::Named;
use crate::store::messages::Message;
use crate::store::types::{MessageDirection, MessageStatus};
use crate::ui::{Cell, Field, Listed, Tone, human};

#[derive(Debug, Serialize)]
pub struct MessageRow {
    pub created_at: Timestamp,
    pub channel: &'static str,
    pub direction: MessageDirection,
    pub status: MessageStatus,
    /// Who wrote it: the contact's name, or the user's e-mail.
    pub from: Option<String>,
    pub content: String,
    pub contact_id: Uuid,
    pub contact_name: Option<String>,
    pub thread_id: Option<Uuid>,
    pub sent_at: Option<Timestamp>,
    pub read_at: Option<Timestamp>,
    /// Why it could not be sent, as the provider put it.
    pub error: Option<String>,
    pub id: Uuid,
    #[serde(skip)]
    pub now: Timestamp,
}

impl MessageRow {
    pub fn new(message: Message, now: Timestamp) -> MessageRow {
        let from = match message.direction {
            MessageDirection::Inbound => message.contact_name.clone(),
            MessageDirection::Outbound => message.user_email.clone(),
        };
        MessageRow {
            created_at: message.created_at,
            channel: crate::domain::channel::Channel::from(message.channel).as_str(),
            direction: message.direction,
            status: message.status,
            from,
            content: message.content,
            contact_id: message.contact_id,
            contact_name: message.contact_name,
            thread_id: message.thread_id,
            sent_at: message.sent_at,
            read_at: message.read_at,
            error: error(&message.metadata),
            id: message.id,
            now,
        }
    }

    pub fn contact_cell(&self) -> Cell {
        match &self.contact_name {
            Some(name) => Cell::new(human::one_line(name, 24)),
            None => Cell::toned(self.contact_id.to_string(), Tone::Dim),
        }
    }
}

/// Providers' errors are kept as `{"error": "..."}` or
/// `{"error": {"code", "message"}}`.
fn error(metadata: &serde_json::Value) -> Option<String> {
    let error = metadata.get("error")?;
    match (error.as_str(), error.get("code"), error.get("message").and_then(|text| text.as_str())) {
        (Some(text), ..) => Some(text.to_owned()),
        (_, Some(code), Some(message)) => {
            let code = code.as_str().map_or_else(|| code.to_string(), str::to_owned);
            Some(format!("{code} {message}"))
        }
        (_, None, Some(message)) => Some(message.to_owned()),
        _ => Some(error.to_string()),
    }
}

pub fn when(at: Option<Timestamp>, now: Timestamp) -> Cell {
    at.map(|at| human::when(at, now)).unwrap_or_default().into()
}

pub fn status_cell(status: MessageStatus) -> Cell {
    let tone = match status {
        MessageStatus::Failed => Tone::Bad,
        MessageStatus::Received => Tone::Strong,
        MessageStatus::Queued | MessageStatus::Scheduled => Tone::Dim,
        _ => Tone::Plain,
    };
    Cell::toned(status.name(), tone)
}

impl Listed for MessageRow {
    const KEY: &'static str = "messages";
    const NOUN: (&'static str, &'static str) = ("message", "messages");
    const FIELDS: &'static [Field<MessageRow>] = &[
        Field::left("created_at", |row: &MessageRow| when(Some(row.created_at), row.now))
            .titled("when"),
        Field::left("channel", |row: &MessageRow| row.channel.into()),
        Field::text("from", |row: &MessageRow| match (&row.from, row.direction) {
            (Some(from), _) => from.as_str().into(),
            (None, MessageDirection::Inbound) => row.contact_cell(),
            (None, MessageDirection::Outbound) => Cell::toned("us", Tone::Dim),
        }),
        Field::left("status", |row: &MessageRow| status_cell(row.status)),
        Field::text("content", |row: &MessageRow| row.content.as_str().into()),
        Field::left("direction", |row: &MessageRow| row.direction.name().into()).on_request(),
        Field::left("contact_id", |row: &MessageRow| row.contact_id.to_string().into())
            .titled("contact id")
            .on_request(),
        Field::left("contact_name", |row: &MessageRow| row.contact_cell())
            .titled("contact")
            .on_request(),
        Field::left("thread_id", |row: &MessageRow| {
            row.thread_id.map(|id| id.to_string()).unwrap_or_default().into()
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
