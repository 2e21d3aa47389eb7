//! The tables as Diesel sees them; tests/schema.rs holds them against the
//! migrated database.

pub(super) mod sql_types {
    use diesel::query_builder::QueryId;
    use diesel::sql_types::SqlType;

    #[derive(QueryId, SqlType)]
    #[diesel(postgres_type(name = "channel"))]
    pub struct Channel;

    #[derive(QueryId, SqlType)]
    #[diesel(postgres_type(name = "integration_status"))]
    pub struct IntegrationStatus;

    #[derive(QueryId, SqlType)]
    #[diesel(postgres_type(name = "job_status"))]
    pub struct JobStatus;

    #[derive(QueryId, SqlType)]
    #[diesel(postgres_type(name = "message_direction"))]
    pub struct MessageDirection;

    #[derive(QueryId, SqlType)]
    #[diesel(postgres_type(name = "message_status"))]
    pub struct MessageStatus;

    #[derive(QueryId, SqlType)]
    #[diesel(postgres_type(name = "note_type"))]
    pub struct NoteType;

    #[derive(QueryId, SqlType)]
    #[diesel(postgres_type(name = "presence_status"))]
    pub struct PresenceStatus;

    #[derive(QueryId, SqlType)]
    #[diesel(postgres_type(name = "user_role"))]
    pub struct UserRole;
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text, Timestamptz, Uuid};
    use super::sql_types::UserRole;

    users (id) {
        id -> Uuid,
        email -> Text,
        name -> Text,
        role -> UserRole,
        deactivated_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::{Jsonb, Nullable, Text, Timestamptz, Uuid};

    contacts (id) {
        id -> Uuid,
        name -> Nullable<Text>,
        phone -> Nullable<Text>,
        email -> Nullable<Text>,
        social_handles -> Jsonb,
        metadata -> Jsonb,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::{Jsonb, Nullable, Text, Timestamptz, Uuid};
    use super::sql_types::{Channel, MessageDirection, MessageStatus};

    messages (id) {
        id -> Uuid,
        contact_id -> Uuid,
        channel -> Channel,
        direction -> MessageDirection,
        content -> Text,
        status -> MessageStatus,
        thread_id -> Nullable<Text>,
        scheduled_at -> Nullable<Timestamptz>,
        sent_at -> Nullable<Timestamptz>,
        read_at -> Nullable<Timestamptz>,
        external_id -> Nullable<Text>,
        user_id -> Nullable<Uuid>,
        metadata -> Jsonb,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::{Text, Timestamptz, Uuid};
    use super::sql_types::NoteType;

    notes (id) {
        id -> Uuid,
        contact_id -> Uuid,
        user_id -> Uuid,
        content -> Text,
        #[sql_name = "type"]
        type_ -> NoteType,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::{Jsonb, Nullable, Text, Timestamptz, Uuid};
    use super::sql_types::{Channel, IntegrationStatus};

    integrations (id) {
        id -> Uuid,
        channel -> Channel,
        config -> Jsonb,
        status -> IntegrationStatus,
        credentials -> Nullable<Text>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::{Timestamptz, Uuid};

    assignments (id) {
        id -> Uuid,
        user_id -> Uuid,
        contact_id -> Uuid,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Timestamptz, Uuid};
    use super::sql_types::PresenceStatus;

    presence (id) {
        id -> Uuid,
        user_id -> Uuid,
        contact_id -> Nullable<Uuid>,
        status -> PresenceStatus,
        last_seen -> Timestamptz,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::{Inet, Jsonb, Nullable, Text, Timestamptz, Uuid};

    audit_logs (id, created_at) {
        id -> Uuid,
        user_id -> Nullable<Uuid>,
        actor -> Text,
        action -> Text,
        resource -> Text,
        resource_id -> Nullable<Text>,
        details -> Jsonb,
        created_at -> Timestamptz,
        recorded_at -> Nullable<Timestamptz>,
        recorded_by -> Nullable<Text>,
        recorded_from -> Nullable<Inet>,
    }
}

diesel::table! {
    use diesel::sql_types::{Integer, Jsonb, Nullable, Text, Timestamptz, Uuid};
    use super::sql_types::JobStatus;

    scheduled_jobs (id) {
        id -> Uuid,
        #[sql_name = "type"]
        type_ -> Text,
        payload -> Jsonb,
        scheduled_at -> Timestamptz,
        status -> JobStatus,
        attempts -> Integer,
        last_error -> Nullable<Text>,
        started_at -> Nullable<Timestamptz>,
        locked_by -> Nullable<Text>,
        message_id -> Nullable<Uuid>,
        finished_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::{Array, Bool, Nullable, Text, Timestamptz, Uuid};
    use super::sql_types::Channel;

    templates (id) {
        id -> Uuid,
        name -> Text,
        content -> Text,
        variables -> Array<Text>,
        channel -> Nullable<Channel>,
        category -> Nullable<Text>,
        is_active -> Bool,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::{Text, Uuid};

    adopted_ids (old_id, resource) {
        resource -> Text,
        old_id -> Text,
        id -> Uuid,
    }
}

diesel::table! {
    use diesel::sql_types::{Jsonb, Nullable, Timestamptz, Uuid};

    imported_contacts (import_id, contact_id) {
        import_id -> Uuid,
        contact_id -> Uuid,
        imported_at -> Timestamptz,
        before -> Nullable<Jsonb>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(assignments, contacts, messages, presence, users);
