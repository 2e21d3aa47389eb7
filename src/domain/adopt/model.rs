//! What an inbox needs of an application's database, and by which names it is known there.

/// What a column of ours holds, and so what becomes of theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Id,
    /// The id of a row of that table.
    Reference(&'static str),
    Text,
    Time,
    Json,
    Number,
    Flag,
    /// A label of that type of ours.
    Label(&'static str),
    /// Names of placeholders.
    Names,
}

/// What stands there where theirs has nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Otherwise {
    /// Ours may be null.
    Null,
    /// It has to come from somewhere: a person decides.
    Asked,
    /// This column of ours.
    Field(&'static str),
    /// A constant, as text.
    Constant(&'static str),
    /// The part of the e-mail before the @.
    Mailbox,
    /// The moment of the conversion.
    Now,
    /// The e-mail of the user, or that it was the application.
    Actor,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    pub name: &'static str,
    pub kind: Kind,
    pub otherwise: Otherwise,
    /// Other names for it, the likelier ones first.
    pub names: &'static [&'static str],
}

#[derive(Debug, PartialEq, Eq)]
pub struct Model {
    pub table: &'static str,
    /// In the singular; the likelier ones first.
    pub names: &'static [&'static str],
    pub fields: &'static [Field],
    /// A column of which each value may stand in one row only.
    pub unique: Option<&'static str>,
}

const fn field(
    name: &'static str,
    kind: Kind,
    otherwise: Otherwise,
    names: &'static [&'static str],
) -> Field {
    Field { name, kind, otherwise, names }
}

const ID: Field = field("id", Kind::Id, Otherwise::Asked, &["uuid"]);
const CREATED: Field = field(
    "created_at",
    Kind::Time,
    Otherwise::Now,
    &[
        "created",
        "timestamp",
        "inserted_at",
        "date_created",
        "created_on",
        "occurred_at",
        "date_joined",
        "joined_at",
        "action_time",
        "logged_at",
        "performed_at",
        "sent_at",
    ],
);
const UPDATED: Field = field(
    "updated_at",
    Kind::Time,
    Otherwise::Field("created_at"),
    &["updated", "modified_at", "updated_on"],
);
const CONTACT: Field =
    field("contact_id", Kind::Reference("contacts"), Otherwise::Asked, &["contact", "customer_id"]);
const CONTENT: Field =
    field("content", Kind::Text, Otherwise::Asked, &["body", "text", "message", "note"]);
const AUTHORS: &[&str] = &["author_id", "sender_id", "created_by_id", "sent_by_id", "created_by"];

use Kind::{Flag, Json, Label, Names, Number, Reference, Text, Time};
use Otherwise::{Asked, Constant, Mailbox, Null};

/// In an order in which what is referred to comes first.
pub const MODELS: [Model; 10] = [
    Model {
        table: "users",
        names: &["user", "agent", "team_member", "staff_user"],
        unique: None,
        fields: &[
            ID,
            field("email", Text, Asked, &["email_address"]),
            field("name", Text, Mailbox, &["full_name", "display_name", "first_name + last_name"]),
            field("role", Label("user_role"), Constant("VIEWER"), &["user_role"]),
            field(
                "deactivated_at",
                Time,
                Null,
                &[
                    "disabled_at",
                    "deleted_at",
                    "is_active",
                    "active",
                    "enabled",
                    "disabled",
                    "is_disabled",
                    "blocked",
                    "is_blocked",
                    "suspended",
                    "is_suspended",
                ],
            ),
            CREATED,
            UPDATED,
        ],
    },
    Model {
        table: "contacts",
        names: &["contact", "customer"],
        unique: None,
        fields: &[
            ID,
            field("name", Text, Null, &["full_name", "display_name", "first_name + last_name"]),
            field("phone", Text, Null, &["phone_number", "mobile"]),
            field("email", Text, Null, &["email_address"]),
            field(
                "social_handles",
                Json,
                Constant("{}"),
                &["socials", "handles", "social_profiles", "social_media"],
            ),
            field("metadata", Json, Constant("{}"), &["meta", "custom_fields", "attributes"]),
            CREATED,
            UPDATED,
        ],
    },
    Model {
        table: "integrations",
        names: &["integration", "channel_integration"],
        unique: Some("channel"),
        fields: &[
            ID,
            field(
                "channel",
                Label("channel"),
                Asked,
                &["channel_type", "type", "platform", "provider"],
            ),
            field("config", Json, Constant("{}"), &["configuration", "settings"]),
            field(
                "status",
                Label("integration_status"),
                Constant("INACTIVE"),
                &["is_active", "enabled"],
            ),
            CREATED,
            UPDATED,
        ],
    },
    Model {
        table: "templates",
        names: &["template", "message_template"],
        unique: None,
        fields: &[
            ID,
            field("name", Text, Asked, &["title"]),
            CONTENT,
            field("variables", Names, Constant("{}"), &["placeholders"]),
            field("channel", Label("channel"), Null, &["channel_type", "platform"]),
            field("category", Text, Null, &[]),
            field("is_active", Flag, Constant("true"), &["active", "enabled"]),
            CREATED,
            UPDATED,
        ],
    },
    Model {
        table: "messages",
        names: &["message"],
        unique: None,
        fields: &[
            ID,
            CONTACT,
            field("channel", Label("channel"), Asked, &["channel_type", "platform"]),
            field(
                "direction",
                Label("message_direction"),
                Asked,
                &["is_inbound", "inbound", "incoming", "is_outbound", "outbound"],
            ),
            CONTENT,
            // What is QUEUED would be sent once more.
            field("status", Label("message_status"), Constant("SENT"), &["delivery_status"]),
            field("thread_id", Text, Null, &["conversation_id", "thread"]),
            field("scheduled_at", Time, Null, &["scheduled_for", "send_at"]),
            field("sent_at", Time, Null, &[]),
            field("read_at", Time, Null, &["seen_at"]),
            field(
                "external_id",
                Text,
                Null,
                &["provider_message_id", "external_message_id", "provider_id", "message_sid"],
            ),
            field("user_id", Reference("users"), Null, AUTHORS),
            field("metadata", Json, Constant("{}"), &["meta"]),
            CREATED,
            UPDATED,
        ],
    },
    Model {
        table: "notes",
        names: &["note", "contact_note", "internal_note"],
        unique: None,
        fields: &[
            ID,
            CONTACT,
            field("user_id", Reference("users"), Asked, AUTHORS),
            CONTENT,
            field(
                "type",
                Label("note_type"),
                Constant("PUBLIC"),
                &["visibility", "note_type", "is_private", "private", "is_public"],
            ),
            CREATED,
            UPDATED,
        ],
    },
    Model {
        table: "assignments",
        names: &["assignment", "contact_assignment"],
        unique: Some("contact_id"),
        fields: &[
            ID,
            field(
                "user_id",
                Reference("users"),
                Asked,
                &["agent_id", "assignee_id", "assigned_to_id", "assigned_to"],
            ),
            CONTACT,
            CREATED,
            UPDATED,
        ],
    },
    Model {
        table: "presence",
        names: &["presence", "user_presence"],
        unique: Some("user_id"),
        fields: &[
            ID,
            field("user_id", Reference("users"), Asked, &["agent_id"]),
            field(
                "contact_id",
                Reference("contacts"),
                Null,
                &["active_contact_id", "viewing_contact_id", "current_contact_id"],
            ),
            field("status", Label("presence_status"), Constant("OFFLINE"), &[]),
            field(
                "last_seen",
                Time,
                Otherwise::Field("updated_at"),
                &["last_seen_at", "last_active_at"],
            ),
            field("created_at", Time, Otherwise::Field("last_seen"), &["created"]),
            field("updated_at", Time, Otherwise::Now, &["updated", "last_seen", "last_seen_at"]),
        ],
    },
    Model {
        table: "scheduled_jobs",
        names: &["scheduled_job", "job", "scheduled_message", "scheduled_task"],
        unique: None,
        fields: &[
            ID,
            field("type", Text, Constant("send_message"), &["job_type", "kind", "name"]),
            field("payload", Json, Constant("{}"), &["data"]),
            field(
                "scheduled_at",
                Time,
                // A job that is due at once would be sent.
                Asked,
                &["scheduled_for", "run_at", "send_at", "due_at"],
            ),
            field("status", Label("job_status"), Constant("PENDING"), &[]),
            field("attempts", Number, Constant("0"), &["retries", "retry_count", "attempt"]),
            field("last_error", Text, Null, &["error", "error_message"]),
            field("started_at", Time, Null, &[]),
            field("finished_at", Time, Null, &["completed_at"]),
            field("locked_by", Text, Null, &["worker_id"]),
            field("message_id", Reference("messages"), Null, &[]),
            CREATED,
            UPDATED,
        ],
    },
    Model {
        table: "audit_logs",
        names: &["audit_log", "activity_log", "audit_event", "audit", "activity"],
        unique: None,
        fields: &[
            ID,
            field(
                "user_id",
                Reference("users"),
                Null,
                &["actor_id", "performed_by_id", "author_id"],
            ),
            field("actor", Text, Otherwise::Actor, &["actor_email", "actor_name"]),
            field("action", Text, Asked, &["event", "type", "verb"]),
            field(
                "resource",
                Text,
                Constant("unknown"),
                &["entity", "resource_type", "entity_type"],
            ),
            field("resource_id", Text, Null, &["entity_id", "target_id"]),
            field("details", Json, Constant("{}"), &["metadata", "changes", "data", "payload"]),
            CREATED,
        ],
    },
];

pub fn model(table: &str) -> Option<&'static Model> {
    MODELS.iter().find(|model| model.table == table)
}

impl Model {
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        let model = model(self.table)?;
        model.fields.iter().find(|field| field.name == name)
    }
}
