DROP TABLE notes;
DROP TYPE note_type;
