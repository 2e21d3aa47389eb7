DROP TABLE presence;
DROP TYPE presence_status;
