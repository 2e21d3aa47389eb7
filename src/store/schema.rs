//! The tables as Diesel sees them; tests/schema.rs holds them against the
//! migrated database.

pub(super) mod sql_types {
    use diesel::query_builder::QueryId;
    use diesel::sql_types::SqlType;

    #[derive(QueryId, SqlType)]
    #[diesel(postgres_type(name = "channel"))]
    pub struct Channel;

    #[derive(QueryId, SqlType)]
    #[diesel(postgres_type(name = "identity_kind"))]
    pub struct IdentityKind;

    #[derive(QueryId, SqlType)]
    #[diesel(postgres_type(name = "integration_status"))]
    pub struct IntegrationStatus;

    #[derive(QueryId, SqlType)]
    #[diesel(postgres_type(name = "job_status"))]
    pub struct JobStatus;

    #[derive(QueryId, SqlType)]
    #[diesel(postgres_type(name = "maintenance_outcome"))]
    pub struct MaintenanceOutcome;

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
    use diesel::sql_types::{Array, Double, Jsonb, Nullable, Text, Timestamptz, Uuid};

    contact_merges (id) {
        id -> Uuid,
        survivor_id -> Uuid,
        merged_ids -> Array<Uuid>,
        probability -> Nullable<Double>,
        actor -> Text,
        before -> Jsonb,
        after -> Jsonb,
        moved -> Jsonb,
        merged_at -> Timestamptz,
        undone_at -> Nullable<Timestamptz>,
        undone_by -> Nullable<Text>,
        run_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::Uuid;

    merged_contacts (contact_id) {
        contact_id -> Uuid,
        survivor_id -> Uuid,
        merge_id -> Uuid,
    }
}

diesel::table! {
    use diesel::sql_types::{Text, Timestamptz, Uuid};

    distinct_contacts (low_id, high_id) {
        low_id -> Uuid,
        high_id -> Uuid,
        actor -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text, Timestamptz, Uuid};
    use super::sql_types::IdentityKind;

    contact_identities (id) {
        id -> Uuid,
        contact_id -> Uuid,
        kind -> IdentityKind,
        network -> Nullable<Text>,
        value -> Text,
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
    use diesel::sql_types::{BigInt, Jsonb, Nullable, Text, Timestamptz, Uuid};
    use super::sql_types::MaintenanceOutcome;

    maintenance_runs (id) {
        id -> Uuid,
        command -> Text,
        policy -> Nullable<Text>,
        table_name -> Text,
        actor -> Text,
        cutoff -> Timestamptz,
        eligible -> BigInt,
        held -> BigInt,
        deleted -> BigInt,
        archived -> BigInt,
        duration_ms -> BigInt,
        outcome -> MaintenanceOutcome,
        details -> Jsonb,
        started_at -> Timestamptz,
        finished_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text, Timestamptz, Uuid};

    retention_holds (id) {
        id -> Uuid,
        kind -> Text,
        value -> Text,
        reason -> Text,
        actor -> Text,
        created_at -> Timestamptz,
        released_at -> Nullable<Timestamptz>,
        released_by -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Nullable, Text, Timestamptz};

    table_size_snapshots (taken_at, table_name) {
        taken_at -> Timestamptz,
        table_name -> Text,
        total_bytes -> BigInt,
        estimated_rows -> Nullable<BigInt>,
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

diesel::table! {
    use diesel::sql_types::{Array, Nullable, Text, Timestamptz, Uuid};

    erased_contacts (contact_id) {
        contact_id -> Uuid,
        merged_ids -> Array<Uuid>,
        reason -> Nullable<Text>,
        actor -> Text,
        erased_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Jsonb, Timestamptz};

    matching_lessons (learned_at) {
        learned_at -> Timestamptz,
        figures -> Jsonb,
        counts -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Nullable, Text, Timestamptz};

    inboxctl_migrations (id) {
        id -> BigInt,
        version -> Text,
        name -> Text,
        event -> Text,
        sha256 -> Text,
        started_at -> Timestamptz,
        finished_at -> Nullable<Timestamptz>,
        duration_ms -> Nullable<BigInt>,
        binary_version -> Text,
        actor -> Text,
        error -> Nullable<Text>,
        backup -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::{Jsonb, Text, Timestamptz};

    inboxctl_settings (key) {
        key -> Text,
        value -> Jsonb,
        updated_at -> Timestamptz,
        updated_by -> Text,
    }
}

diesel::allow_tables_to_appear_in_same_query!(assignments, contacts, messages, presence, users);
diesel::allow_tables_to_appear_in_same_query!(contacts, merged_contacts);
