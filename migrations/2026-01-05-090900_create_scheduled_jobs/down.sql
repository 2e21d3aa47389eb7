DROP TABLE scheduled_jobs;
DROP TYPE job_status;
