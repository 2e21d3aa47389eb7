-- The extension stays: it may have been here before, and others may use it.
SELECT 1;
