//! Scheduled jobs in every state: those to come, those at work, the old ones to clean up.

use super::calendar::{DAY, HOUR, MINUTE, SECOND, timestamp, uuid};
use super::json::Object;
use super::random::{Stream, key};
use super::rows::{Channel, Job, JobStatus};
use super::{Sample, tag};

/// How far back finished jobs go.
const HISTORY: i64 = 540 * DAY;
const TYPES: [(&str, u32); 7] = [
    ("send_message", 46),
    ("send_reminder", 18),
    ("sync_channel", 16),
    ("refresh_token", 8),
    ("import_contacts", 5),
    ("send_campaign", 4),
    ("export_report", 3),
];

/// Enough for every state even in the smallest sample.
pub(crate) fn count(sample: &Sample) -> u64 {
    if sample.contacts == 0 { 0 } else { sample.contacts / 20 + 60 }
}

pub(crate) fn jobs(sample: &Sample) -> impl Iterator<Item = Job> + '_ {
    (0..count(sample)).map(move |number| job(sample, number))
}

fn job(sample: &Sample, number: u64) -> Job {
    let mut stream = Stream::new(key(sample.seed, tag::JOB, number));
    let status = match number % 60 {
        // The first of each sixty cover all states, so that small samples have them too.
        0 | 1 => JobStatus::Pending,
        2 => JobStatus::Running,
        3 | 4 => JobStatus::Failed,
        5 => JobStatus::Cancelled,
        _ => stream.weighted(&[
            (JobStatus::Completed, 880),
            (JobStatus::Failed, 62),
            (JobStatus::Cancelled, 28),
            (JobStatus::Pending, 28),
            (JobStatus::Running, 2),
        ]),
    };
    let scheduled = scheduled(sample, &mut stream, status);
    let ahead = 5 * SECOND + stream.wide(6 * DAY as u64) as i64;
    let created = scheduled.min(sample.as_of) - ahead;
    let started = scheduled + stream.wide(40 * SECOND as u64) as i64;
    let finished = finished(sample, &mut stream, status, started);
    let job_type = stream.weighted(&TYPES);
    let attempts = attempts(&mut stream, status);
    let failed = status == JobStatus::Failed
        || attempts > 1
            && matches!(status, JobStatus::Completed | JobStatus::Pending | JobStatus::Running);
    let touched = match status {
        JobStatus::Running => started.min(sample.as_of),
        _ => created,
    };
    Job {
        id: uuid(created, sample.unique(tag::JOB, number)),
        job_type,
        payload: payload(sample, &mut stream, job_type),
        scheduled_at: timestamp(scheduled),
        status,
        attempts,
        last_error: failed.then(|| error(&mut stream, job_type)),
        finished_at: finished.map(timestamp),
        created_at: timestamp(created),
        updated_at: timestamp(finished.unwrap_or(touched).max(created)),
    }
}

fn scheduled(sample: &Sample, stream: &mut Stream, status: JobStatus) -> i64 {
    match status {
        // Most are to come, some are overdue.
        JobStatus::Pending if stream.percent(82) => {
            sample.as_of + MINUTE + stream.wide(21 * DAY as u64) as i64
        }
        JobStatus::Pending => sample.as_of - stream.wide(2 * HOUR as u64) as i64,
        // A worker that died leaves its job running for ever.
        JobStatus::Running if stream.percent(25) => {
            sample.as_of - DAY - stream.wide(40 * DAY as u64) as i64
        }
        JobStatus::Running => sample.as_of - MINUTE - stream.wide(10 * MINUTE as u64) as i64,
        _ => sample.as_of - HOUR - stream.wide(HISTORY as u64) as i64,
    }
}

fn finished(sample: &Sample, stream: &mut Stream, status: JobStatus, started: i64) -> Option<i64> {
    let length = match status {
        JobStatus::Completed => 80_000 + stream.wide(20 * SECOND as u64) as i64,
        JobStatus::Failed => 30 * SECOND + stream.wide(40 * MINUTE as u64) as i64,
        JobStatus::Cancelled => SECOND,
        _ => return None,
    };
    Some((started + length).min(sample.as_of))
}

fn attempts(stream: &mut Stream, status: JobStatus) -> i32 {
    match status {
        JobStatus::Pending => stream.weighted(&[(0, 88), (1, 7), (2, 5)]),
        JobStatus::Cancelled => 0,
        JobStatus::Failed => stream.weighted(&[(5, 74), (3, 20), (1, 6)]),
        _ => stream.weighted(&[(1, 91), (2, 6), (3, 3)]),
    }
}

fn error(stream: &mut Stream, job_type: &str) -> &'static str {
    let list: &[&'static str] = match job_type {
        "refresh_token" => &[
            "invalid_grant: refresh token has expired",
            "401 Unauthorized: the integration was disconnected",
        ],
        "sync_channel" => &[
            "429 Too Many Requests, retry after 900 s",
            "timeout after 30 s while reading page 14",
            "503 Service Unavailable",
        ],
        "import_contacts" => &["row 231: phone has letters", "file is not UTF-8 at byte 1048577"],
        "export_report" => &["no space left on device", "timeout after 300 s"],
        _ => &[
            "connection reset by peer",
            "550 5.1.1 mailbox does not exist",
            "recipient cannot receive messages",
            "429 Too Many Requests, retry after 60 s",
            "template is not approved",
        ],
    };
    stream.word(list)
}

fn payload(sample: &Sample, stream: &mut Stream, job_type: &str) -> String {
    let mut object = Object::new();
    let contact = sample.contact_id(stream.wide(sample.contacts)).to_string();
    match job_type {
        "send_message" => {
            object.text("contact_id", &contact).text("channel", stream.word(&Channel::LABELS[..3]));
        }
        "send_reminder" => {
            object.text("contact_id", &contact).text("template", "appointment_reminder");
        }
        "sync_channel" | "refresh_token" => {
            object.text("channel", stream.word(Channel::LABELS));
        }
        "import_contacts" => {
            object.text("file", "contacts.csv").number("rows", 20 + stream.wide(5000));
        }
        "send_campaign" => {
            object.text("campaign", "spring").number("recipients", 50 + stream.wide(20_000));
        }
        _ => {
            object.text("report", "monthly_messages").text("format", "csv");
        }
    }
    object.finish()
}
