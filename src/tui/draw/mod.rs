//! How it looks: the state in, a frame out. Pure; whatever the database says is shown, never obeyed.

mod duplicates;
mod facts;
mod help;
mod list;
mod overview;
mod pen;
mod thread;

use jiff::SignedDuration;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use ratatui::widgets::{Block, BorderType, Clear, Widget};

use self::pen::Pen;
use super::state::{Link, Over, State, Tab, View};
use crate::ui::{Tone, human};

/// What the terminal may show, and what is at stake.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    pub has_colours: bool,
    pub is_production: bool,
}

impl Look {
    /// Without colours, what is bold, dim or underlined says as much.
    pub fn style(self, tone: Tone) -> Style {
        let style = Style::new();
        match (tone, self.has_colours) {
            (Tone::Plain, _) => style,
            (Tone::Strong, _) => style.add_modifier(Modifier::BOLD),
            (Tone::Dim, true) => style.fg(Color::DarkGray),
            (Tone::Dim, false) => style.add_modifier(Modifier::DIM),
            (Tone::Good, true) => style.fg(Color::Green),
            (Tone::Good, false) => style,
            (Tone::Warn, true) => style.fg(Color::Yellow),
            (Tone::Warn, false) => style.add_modifier(Modifier::BOLD),
            (Tone::Bad, true) => style.fg(Color::Red),
            (Tone::Bad, false) => style.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        }
    }

    /// What is selected.
    pub fn selected(self) -> Style {
        match self.has_colours {
            true => Style::new().bg(Color::Indexed(24)).fg(Color::Indexed(231)),
            false => Style::new().add_modifier(Modifier::REVERSED),
        }
    }

    /// What leads the eye: titles, bars, the contact's own words.
    pub fn accent(self) -> Style {
        match self.has_colours {
            true => Style::new().fg(Color::Cyan),
            false => Style::new().add_modifier(Modifier::BOLD),
        }
    }

    fn frame(self) -> (BorderType, Style) {
        match (self.is_production, self.has_colours) {
            (true, true) => (BorderType::Thick, Style::new().fg(Color::Red)),
            (true, false) => (BorderType::Double, Style::new().add_modifier(Modifier::BOLD)),
            (false, true) => (BorderType::Rounded, Style::new().fg(Color::DarkGray)),
            (false, false) => (BorderType::Rounded, Style::new()),
        }
    }
}

pub fn draw(frame: &mut Frame<'_>, state: &State, look: Look) {
    let area = frame.area();
    if area.width < 4 || area.height < 4 {
        return;
    }
    let (border, style) = look.frame();
    let mut pen = Pen::new(frame.buffer_mut(), look);
    Block::bordered().border_type(border).border_style(style).render(area, pen.buffer);
    edges(&mut pen, area, state);
    let inner = Rect { x: 2, y: 1, width: area.width - 4, height: area.height - 2 };
    tabs(&mut pen, inner, state);
    let below = Rect { y: inner.y + 1, height: inner.height - 1, ..inner };
    match state.view() {
        View::Overview(overview) => overview::draw(&mut pen, below, overview),
        View::List(list) => list::draw(&mut pen, below, list, state),
        View::Thread(thread) => thread::draw(&mut pen, below, thread, state),
        View::Duplicates(duplicates) => duplicates::draw(&mut pen, below, duplicates, state),
        View::Facts(facts) => facts::draw(&mut pen, below, facts, state),
    }
    match &state.over {
        Some(Over::Help { scrolled }) => help::draw(&mut pen, area, *scrolled),
        Some(Over::Menu { actions, selected }) => help::menu(&mut pen, area, actions, *selected),
        Some(Over::Typing(_)) | None => {}
    }
    if let (Some(Over::Typing(input)), View::List(_)) = (&state.over, state.view()) {
        let title = list::title_width(state);
        let before = input.value().chars().take(input.cursor()).collect::<String>();
        let x = inner.x + title + pen::width(&before) as u16;
        if x < inner.right() && below.height > 0 {
            frame.set_cursor_position((x, below.y));
        }
    }
}

/// Where this is, how the connection is, and what can be done.
fn edges(pen: &mut Pen<'_>, area: Rect, state: &State) {
    let (left, right, top, bottom) = (2, area.right().saturating_sub(2), 0, area.bottom() - 1);
    let room = usize::from(right.saturating_sub(left));
    let place = format!(" {} on {} ", state.place.database, state.place.server);
    let mut x = left + pen.put(left, top, room, &place, Style::new().add_modifier(Modifier::BOLD));
    if let Some(mark) = state.place.mark() {
        let style = match pen.look.is_production {
            true => pen.look.style(Tone::Bad).add_modifier(Modifier::BOLD | Modifier::REVERSED),
            false => pen.look.style(Tone::Good),
        };
        let room = usize::from(right.saturating_sub(x));
        x += pen.put(x, top, room, &format!(" {mark} "), style);
    }
    let (word, tone) = match &state.link {
        Link::Lost(failure) => {
            let why = failure.why.clone().unwrap_or_else(|| failure.what.clone());
            (format!(" connecting again: {} ", human::one_line(&why, 48)), Tone::Bad)
        }
        Link::Up => match state.waiting_since() {
            Some(since) if state.now.duration_since(since) >= SignedDuration::from_secs(1) => {
                let waited = human::age(state.now.duration_since(since).unsigned_abs());
                (format!(" waiting for {waited} "), Tone::Warn)
            }
            _ => (format!(" {} ", human::clock(state.now)), Tone::Dim),
        },
    };
    pen.put_right(x, top, right, &word, pen.look.style(tone));
    let (text, tone) = match &state.notice {
        Some(notice) => (format!(" {notice} "), Tone::Strong),
        None => (hints(state), Tone::Dim),
    };
    pen.put(left, bottom, room, &text, pen.look.style(tone));
}

fn hints(state: &State) -> String {
    let mut hints = vec!["? keys"];
    match state.view() {
        View::Overview(_) => hints.extend(["r look again", "y copy the remedy"]),
        View::List(list) => {
            hints.extend(["/ search", "↵ open"]);
            hints.extend(match &list.source {
                super::data::Source::Jobs(_) => Some("o status"),
                super::data::Source::Sheet(_) => Some("o order"),
                super::data::Source::Contacts => Some("space mark"),
                _ => None,
            });
        }
        View::Thread(_) => hints.extend(["k earlier", "i about", "space mark"]),
        View::Duplicates(_) => hints.extend(["j next", "↵ open"]),
        View::Facts(_) => hints.extend(["↵ follow →", "y copy"]),
    }
    if !state.actions().is_empty() {
        hints.push("a act");
    }
    hints.push(if state.depth() > 1 { "esc back" } else { "q quit" });
    format!(" {} ", hints.join(" · "))
}

fn tabs(pen: &mut Pen<'_>, area: Rect, state: &State) {
    let mut x = area.x;
    let full: usize = Tab::ALL.iter().map(|tab| tab.title().len() + 3).sum();
    let is_tight = full > usize::from(area.width) + 1;
    for (number, tab) in (1..).zip(Tab::ALL) {
        let room = usize::from(area.right().saturating_sub(x));
        let is_here = tab == state.tab;
        let title = match is_tight && !is_here {
            true => format!("{number}"),
            false => format!("{number} {}", tab.title()),
        };
        let style = match is_here {
            true => pen.look.accent().add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            false => pen.look.style(Tone::Dim),
        };
        x += pen.put(x, area.y, room, &title, style) + 1;
    }
}

/// A box over what is there, as large as there is room.
fn over(pen: &mut Pen<'_>, area: Rect, (width, height): (u16, u16), title: &str) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    let (x, y) = (area.x + (area.width - width) / 2, area.y + (area.height - height) / 2);
    let place = Rect { x, y, width, height };
    Clear.render(place, pen.buffer);
    let style = pen.look.accent();
    Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(style)
        .render(place, pen.buffer);
    pen.put(x + 2, y, usize::from(width.saturating_sub(4)), &format!(" {title} "), style);
    Rect { x: x + 2, y: y + 1, width: width.saturating_sub(4), height: height.saturating_sub(2) }
}
