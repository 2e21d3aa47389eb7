-- With the name in it, so that a search reads this index and no contact that it doesn't show.
-- Longer names don't fit in an index; they are found by their words. CONCURRENTLY: contacts
-- arrive while it is built.
CREATE INDEX CONCURRENTLY contacts_name_sound_idx ON contacts (contact_name_sound(name) COLLATE "C")
    INCLUDE (id, name) WHERE octet_length(name) <= 1000;
