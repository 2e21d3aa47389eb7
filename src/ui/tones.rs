//! What the words of the database mean to the reader.

use super::Tone;
use crate::domain::check::Status;
use crate::domain::named::Label;
use crate::domain::vocabulary::{JobStatus, MessageStatus};

impl Tone {
    pub fn of_check(status: Status) -> Tone {
        match status {
            Status::Ok => Tone::Good,
            Status::Warn => Tone::Warn,
            Status::Fail => Tone::Bad,
            Status::Unknown => Tone::Dim,
        }
    }

    pub fn of_job(status: &Label<JobStatus>) -> Tone {
        match status.known() {
            Some(JobStatus::Pending) | None => Tone::Plain,
            Some(JobStatus::Running) => Tone::Strong,
            Some(JobStatus::Completed) => Tone::Good,
            Some(JobStatus::Failed) => Tone::Bad,
            Some(JobStatus::Cancelled) => Tone::Dim,
        }
    }

    pub fn of_message(status: &Label<MessageStatus>) -> Tone {
        match status.known() {
            Some(MessageStatus::Failed) => Tone::Bad,
            Some(MessageStatus::Received) => Tone::Strong,
            Some(MessageStatus::Queued | MessageStatus::Scheduled) => Tone::Dim,
            _ => Tone::Plain,
        }
    }
}
