DROP FUNCTION contact_name_sound(text);
