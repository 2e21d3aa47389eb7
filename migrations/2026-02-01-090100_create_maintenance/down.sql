DROP TABLE retention_holds;
DROP TABLE maintenance_runs;
DROP TYPE maintenance_outcome;
