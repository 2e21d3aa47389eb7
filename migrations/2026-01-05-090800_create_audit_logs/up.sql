-- By month, so that old months can be dropped instead of deleted row by row.
-- The DEFAULT partition takes what has no month of its own: an insert never fails.
-- Rows are never updated, so there is no updated_at.
CREATE TABLE audit_logs (
    id uuid NOT NULL DEFAULT uuid_v7(),
    user_id uuid REFERENCES users (id) ON DELETE RESTRICT,
    actor text NOT NULL,
    action text NOT NULL,
    resource text NOT NULL,
    resource_id text,
    details jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT audit_logs_pkey PRIMARY KEY (id, created_at),
    CONSTRAINT audit_logs_details_is_object CHECK (jsonb_typeof(details) = 'object')
) PARTITION BY RANGE (created_at);

CREATE INDEX audit_logs_user_id_created_at_idx ON audit_logs (user_id, created_at);
CREATE INDEX audit_logs_action_idx ON audit_logs (action);
CREATE INDEX audit_logs_resource_resource_id_idx ON audit_logs (resource, resource_id);
CREATE INDEX audit_logs_created_at_idx ON audit_logs (created_at);

CREATE TABLE audit_logs_default PARTITION OF audit_logs DEFAULT;
