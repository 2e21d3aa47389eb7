//! What becomes of a message: sent, read, failed, and the ids that providers give.

use super::Sample;
use super::calendar::{DAY, HOUR, MINUTE, SECOND};
use super::json::{push_hex, push_padded};
use super::random::Stream;
use super::rows::{Channel, MessageStatus};

/// What became of a message, in micros.
pub(crate) struct Fate {
    pub status: MessageStatus,
    pub scheduled: Option<i64>,
    pub sent: Option<i64>,
    pub read: Option<i64>,
}

/// The fate of an inbound message; the last ones of late are mostly unread.
pub(crate) fn received(sample: &Sample, stream: &mut Stream, at: i64, last: bool) -> Fate {
    let unread = if last && sample.as_of - at < 3 * DAY { 62 } else { 7 };
    let read = at + 20 * SECOND + stream.wide(6 * HOUR as u64) as i64;
    let read = (!stream.percent(unread) && read <= sample.as_of).then_some(read);
    let status = if read.is_some() { MessageStatus::Read } else { MessageStatus::Received };
    Fate { status, scheduled: None, sent: Some(at), read }
}

/// The fate of an outbound message.
pub(crate) fn sent(
    sample: &Sample,
    stream: &mut Stream,
    channel: Channel,
    at: i64,
    last: bool,
) -> Fate {
    let mut fate = Fate { status: MessageStatus::Failed, scheduled: None, sent: None, read: None };
    let draw = stream.below(1000);
    if draw < 26 {
        return fate;
    }
    let age = sample.as_of - at;
    if last && age < 40 * DAY && draw < 250 {
        fate.status = MessageStatus::Scheduled;
        fate.scheduled = Some(sample.as_of + HOUR + stream.wide(14 * DAY as u64) as i64);
        return fate;
    }
    if last && age < 2 * DAY && draw < 500 || age < HOUR && draw < 600 {
        fate.status = MessageStatus::Queued;
        return fate;
    }
    let planned = at + 5 * MINUTE + stream.wide(3 * HOUR as u64) as i64;
    fate.scheduled = (draw > 960 && planned < sample.as_of).then_some(planned);
    let sent = fate.scheduled.unwrap_or(at) + 200_000 + stream.wide(3 * SECOND as u64) as i64;
    fate.sent = Some(sent.min(sample.as_of));
    let (read, delivered) = match channel {
        Channel::Sms => (0, 90),
        Channel::Email => (34, 56),
        _ => (70, 22),
    };
    let seen = sent + 3 * SECOND + stream.wide(9 * HOUR as u64) as i64;
    let draw = stream.below(100);
    fate.status = if draw < read && seen <= sample.as_of {
        fate.read = Some(seen);
        MessageStatus::Read
    } else if draw < read + delivered {
        MessageStatus::Delivered
    } else {
        MessageStatus::Sent
    };
    fate
}

/// Why a message failed, as metadata.
pub(crate) fn failure(channel: Channel, stream: &mut Stream) -> &'static str {
    match channel {
        Channel::Sms => stream.word(&[
            r#"{"error":{"code":"30003","message":"unreachable destination handset"}}"#,
            r#"{"error":{"code":"30006","message":"landline or unreachable carrier"}}"#,
        ]),
        Channel::Whatsapp => stream.word(&[
            r#"{"error":{"code":"131047","message":"more than 24 hours since the last reply"}}"#,
            r#"{"error":{"code":"131026","message":"recipient cannot receive messages"}}"#,
        ]),
        Channel::Email => stream.word(&[
            r#"{"error":{"code":"550 5.1.1","message":"mailbox does not exist"}}"#,
            r#"{"error":{"code":"452 4.2.2","message":"mailbox full"}}"#,
        ]),
        _ => stream.word(&[
            r#"{"error":{"code":"rate_limited","message":"too many requests"}}"#,
            r#"{"error":{"code":"forbidden","message":"recipient does not accept messages"}}"#,
        ]),
    }
}

/// Ids in the manner of each provider.
pub(crate) fn external_id(channel: Channel, random: u64) -> String {
    let mut out = String::with_capacity(48);
    match channel {
        Channel::Sms => out.push_str("SM"),
        Channel::Whatsapp => out.push_str("wamid."),
        Channel::Email => out.push('<'),
        Channel::Facebook | Channel::Instagram => out.push_str("m_"),
        Channel::Linkedin => out.push_str("urn:li:msg:"),
        Channel::Twitter => {
            push_padded(&mut out, 1_000_000_000_000_000_000 + (random >> 4), 19);
            return out;
        }
    }
    push_hex(&mut out, random, 16);
    push_hex(&mut out, random.wrapping_mul(0xd134_2543_de82_ef95), 12);
    if channel == Channel::Email {
        out.push_str("@mail.inbox.example>");
    }
    out
}
