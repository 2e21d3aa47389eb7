//! What may be deleted by age, how fast, and when not at all.

pub mod batch;
pub mod cutoff;
pub mod holds;
pub mod job_status;
pub mod lag;
pub mod lateness;
pub mod metrics;
pub mod partition;
pub mod policy;
pub mod trend;
pub mod tripwire;
