-- $1 a name. Its words as they sound, in their order.
SELECT coalesce(contact_name_sounds($1), '{}') AS sounds
