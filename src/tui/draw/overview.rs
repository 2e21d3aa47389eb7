//! Traffic of the last day, what waits, and what the doctor found.

use ratatui::layout::Rect;

use super::super::data::{Check, HOURS, Overview, Traffic};
use super::super::state::OverviewState;
use super::pen::{Pen, wrapped};
use crate::domain::check::Status;
use crate::ui::{Tone, chart, human};

/// From this width on the doctor stands beside the traffic.
const WIDE: u16 = 110;
/// Lines for what is said of the selected check.
const DETAIL: u16 = 4;

pub(super) fn draw(pen: &mut Pen<'_>, area: Rect, overview: &OverviewState) {
    if area.height < 4 {
        return;
    }
    let area = Rect { y: area.y + 1, height: area.height - 1, ..area };
    if area.width >= WIDE {
        let left = Rect { width: 58, ..area };
        traffic(pen, left, overview);
        let right = Rect { x: area.x + 61, width: area.width - 61, ..area };
        checks(pen, right, overview);
        return;
    }
    let used = traffic(pen, area, overview);
    let below = Rect { y: area.y + used, height: area.height.saturating_sub(used), ..area };
    checks(pen, below, overview);
}

/// Returns the lines that it took.
fn traffic(pen: &mut Pen<'_>, area: Rect, overview: &OverviewState) -> u16 {
    let Some(seen) = &overview.seen else {
        pen.put(area.x, area.y, usize::from(area.width), "…", pen.look.style(Tone::Dim));
        return 2;
    };
    numbers(pen, area, seen);
    let head = pen.look.style(Tone::Dim);
    let y = area.y + 2;
    pen.put(area.x, y, 12, "channel", head);
    pen.put(area.x + 12, y, HOURS, "last 24 hours", head);
    for (name, right) in [("in", 44), ("out", 51), ("unread", 58)] {
        pen.put_right(area.x + 36, y, area.x + right, name, head);
    }
    // At 24 lines the doctor has half of them.
    let most = if area.width >= WIDE / 2 && area.height > 24 { 12 } else { 5 };
    let lines = seen.channels.iter().take(most);
    for (y, one) in (y + 1..area.bottom()).zip(lines) {
        channel(pen, Rect { y, ..area }, one, &seen.channels);
    }
    4 + seen.channels.len().min(most) as u16
}

/// What waits, in one line.
fn numbers(pen: &mut Pen<'_>, area: Rect, seen: &Overview) {
    let mut x = area.x;
    for (number, what, tone) in [
        (seen.unread, "unread", Tone::Strong),
        (seen.failed, "failed today", Tone::Bad),
        (seen.stuck_jobs, "stuck", Tone::Bad),
        (seen.overdue_jobs, "overdue", Tone::Warn),
    ] {
        let tone = if number == 0 { Tone::Good } else { tone };
        let room = usize::from(area.right().saturating_sub(x));
        x += pen.put(x, area.y, room, &human::count(number), pen.look.style(tone));
        let room = usize::from(area.right().saturating_sub(x));
        x += pen.put(x, area.y, room, &format!(" {what}"), pen.look.style(Tone::Dim)) + 3;
    }
}

fn channel(pen: &mut Pen<'_>, line: Rect, one: &Traffic, all: &[Traffic]) {
    let sum = |hours: &[u64; HOURS]| hours.iter().sum::<u64>();
    let hours: Vec<u64> = one
        .inbound
        .iter()
        .zip(&one.outbound)
        .map(|(inbound, outbound)| inbound + outbound)
        .collect();
    pen.put(line.x, line.y, 11, &one.channel, pen.look.style(Tone::Plain));
    let spark = chart::sparkline(&hours, HOURS);
    pen.put(line.x + 12, line.y, HOURS, &spark, pen.look.accent());
    let (inbound, outbound) = (sum(&one.inbound), sum(&one.outbound));
    for (number, right) in [(inbound, 44), (outbound, 51), (one.unread, 58)] {
        let tone = if number == 0 { Tone::Dim } else { Tone::Plain };
        let text = human::count(number);
        pen.put_right(line.x + 36, line.y, line.x + right, &text, pen.look.style(tone));
    }
    // The share of all, where there is room for it.
    let most = all.iter().map(|one| sum(&one.inbound) + sum(&one.outbound)).max().unwrap_or(0);
    let room = usize::from(line.width.saturating_sub(60));
    if most > 0 && room >= 8 {
        let bar = chart::bar((inbound + outbound) as f64 / most as f64, room);
        pen.put(line.x + 60, line.y, room, &bar, pen.look.accent());
    }
}

fn checks(pen: &mut Pen<'_>, area: Rect, overview: &OverviewState) {
    if area.height < 2 {
        return;
    }
    let count = |status| overview.checks.iter().filter(|check| check.status == status).count();
    let title = match (&overview.trouble, overview.checks.is_empty()) {
        (Some(trouble), _) => format!("The doctor could not look: {trouble}"),
        (None, true) => String::from("The doctor is looking …"),
        (None, false) => {
            let worst_first = [Status::Fail, Status::Warn, Status::Unknown, Status::Ok];
            let counts = worst_first.map(|status| (count(status), status.as_str()));
            let told = counts.into_iter().filter(|(count, _)| *count > 0);
            let told: Vec<String> = told.map(|(count, word)| format!("{count} {word}")).collect();
            let again = if overview.is_examining { " …" } else { "" };
            format!("Doctor: {}{again}", told.join(", "))
        }
    };
    let room = usize::from(area.width);
    pen.put(area.x, area.y, room, &title, pen.look.style(Tone::Strong));
    let detail = DETAIL.min(area.height / 3);
    let height = usize::from(area.height.saturating_sub(2 + detail)).max(1);
    let first = overview.selected.saturating_sub(height * 2 / 3);
    let first = first.min(overview.checks.len().saturating_sub(height));
    let rows = overview.checks.iter().enumerate().skip(first).take(height);
    for (y, (place, check)) in (area.y + 1..area.bottom()).zip(rows) {
        line(pen, Rect { y, height: 1, ..area }, check);
        if place == overview.selected {
            pen.paint(area, y, pen.look.selected());
        }
    }
    if let Some(check) = overview.selected() {
        let y = area.bottom() - detail;
        let text = match &check.remedy {
            Some(remedy) => format!("{}\n{remedy}", check.detail),
            None => check.detail.clone(),
        };
        let lines = wrapped(&text, room, usize::from(detail));
        for (y, text) in (y..area.bottom()).zip(lines) {
            pen.put(area.x, y, room, &text, pen.look.style(Tone::Plain));
        }
    }
}

fn line(pen: &mut Pen<'_>, area: Rect, check: &Check) {
    let style = pen.look.style(Tone::of_check(check.status));
    pen.put(area.x, area.y, 8, check.status.as_str(), style);
    pen.put(area.x + 8, area.y, 18, &check.name, pen.look.style(Tone::Plain));
    let room = usize::from(area.width.saturating_sub(27));
    pen.put(area.x + 27, area.y, room, &check.detail, pen.look.style(Tone::Dim));
}
