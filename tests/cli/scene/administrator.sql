-- What only an administrator may set up.
CREATE FUNCTION "App Data".log_command() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO "App Data".commands (tag) VALUES (TG_TAG);
END
$$;
CREATE EVENT TRIGGER "log of commands" ON ddl_command_end EXECUTE FUNCTION "App Data".log_command();
CREATE PUBLICATION "changes for all" FOR TABLE contacts, messages, audit_logs, invoices;
