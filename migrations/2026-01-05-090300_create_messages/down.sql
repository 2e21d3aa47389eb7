DROP TABLE messages;
DROP TYPE message_status;
DROP TYPE message_direction;
