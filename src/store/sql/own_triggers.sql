-- The functions of our own triggers: they let every row through.
WITH own_functions AS (
    SELECT oid FROM pg_proc
    WHERE proname IN
            ('set_updated_at', 'follow_merged_contact', 'json_null_is_empty', 'receive_inbound_message')
        AND pronamespace = to_regnamespace(quote_ident(current_schema()::text))::oid
)
