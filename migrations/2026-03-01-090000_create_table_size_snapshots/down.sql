DROP TABLE table_size_snapshots;
