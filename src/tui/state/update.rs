//! What each event does.

use jiff::{SignedDuration, Timestamp};
use ratatui::crossterm::event::KeyEventKind;

use super::super::data::{Answer, Lead, Question, Source};
use super::{
    Duplicates, Effect, Event, Facts, Link, List, Matching, Pending, State, Tab, Thread, Ticket,
    View,
};
use crate::error::Failure;

/// Views one over the other; foreign keys may lead in a circle.
const DEEPEST: usize = 40;

impl State {
    pub fn update(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => self.key(key),
            Event::Key(_) => Vec::new(),
            Event::Paste(text) => self.paste(&text),
            Event::Resize(columns, rows) => {
                self.size = (columns, rows);
                Vec::new()
            }
            Event::Tick(now) => {
                self.now = now;
                if self.is_stale() { self.refresh(true) } else { Vec::new() }
            }
            Event::Answered(ticket, answer) => self.answered(ticket, answer),
            Event::Connected => {
                self.link = Link::Up;
                Vec::new()
            }
            Event::Lost(failure) => {
                self.link = Link::Lost(failure);
                Vec::new()
            }
            Event::Examined(checks) => {
                if let Some(View::Overview(overview)) =
                    self.stacks[Tab::Overview as usize].first_mut()
                {
                    overview.take(checks);
                }
                Vec::new()
            }
            Event::Matched(pairs) => {
                // One that was stopped ends, too.
                if let Some(duplicates) = self.duplicates().filter(|one| one.is_matching()) {
                    duplicates.take(pairs);
                }
                Vec::new()
            }
            Event::Returned(code) => self.returned(code),
        }
    }

    fn duplicates(&mut self) -> Option<&mut Duplicates> {
        match self.stacks[Tab::Duplicates as usize].first_mut() {
            Some(View::Duplicates(duplicates)) => Some(duplicates),
            _ => None,
        }
    }

    fn ask(&mut self, question: Question, is_live: bool) -> Vec<Effect> {
        self.last_ticket += 1;
        let (ticket, since) = (self.last_ticket, self.now);
        self.pending = Some(Pending { ticket, question: question.clone(), is_live, since });
        vec![Effect::Ask(ticket, question)]
    }

    pub(super) fn ask_if(&mut self, question: Option<Question>) -> Vec<Effect> {
        question.map(|question| self.ask(question, false)).unwrap_or_default()
    }

    /// Nobody waits any more for what was asked.
    pub(super) fn forget(&mut self) -> Vec<Effect> {
        self.pending.take().map(|one| Effect::Forget(one.ticket)).into_iter().collect()
    }

    /// Reads again what is shown.
    pub(super) fn refresh(&mut self, is_live: bool) -> Vec<Effect> {
        let question = match self.view() {
            View::Overview(_) => Question::Overview,
            View::List(list) => list.first_page(),
            View::Thread(thread) => thread.newest(),
            View::Duplicates(_) | View::Facts(_) => return Vec::new(),
        };
        self.ask(question, is_live)
    }

    /// Whether what is shown should be read again by itself.
    fn is_stale(&self) -> bool {
        let every = match self.view() {
            View::Overview(_) => 10,
            View::Thread(_) => 1,
            View::List(list) if list.is_live() && list.source == Source::Audit => 1,
            View::List(list) if list.is_live() => 5,
            _ => return false,
        };
        self.pending.is_none()
            && matches!(self.link, Link::Up)
            && self.now.duration_since(self.fresh_at) >= SignedDuration::from_secs(every)
    }

    fn answered(&mut self, ticket: Ticket, answer: Result<Answer, Failure>) -> Vec<Effect> {
        let Some(pending) = self.pending.take_if(|pending| pending.ticket == ticket) else {
            return Vec::new();
        };
        self.link = Link::Up;
        self.fresh_at = self.now;
        let answer = match answer {
            Ok(answer) => answer,
            Err(failure) => {
                let why = failure.why.map(|why| format!(": {why}")).unwrap_or_default();
                self.notice = Some(format!("{}{why}", failure.what));
                return Vec::new();
            }
        };
        match (answer, pending.question, self.view_mut()) {
            (Answer::Overview(seen), _, View::Overview(overview)) => overview.seen = Some(*seen),
            (Answer::Page(page), Question::Page { source, after, .. }, View::List(list))
                if source == list.source =>
            {
                list.take(after.as_ref(), page);
            }
            (Answer::Thread(page), Question::Thread { contact, before }, View::Thread(thread))
                if contact == thread.contact =>
            {
                thread.take(before, *page);
                if thread.person.is_none() {
                    self.notice = Some(String::from("there is no such contact any more"));
                }
            }
            _ => {}
        }
        Vec::new()
    }

    fn returned(&mut self, code: Option<i32>) -> Vec<Effect> {
        self.notice = Some(match code {
            Some(0) => String::from("done"),
            Some(code) => format!("the command ended with exit code {code}"),
            None => String::from("the command was ended by a signal"),
        });
        let acted = self.acting_on.take().filter(|_| code == Some(0));
        if let (Some(ids), Some(duplicates)) = (acted, self.duplicates()) {
            duplicates.settle(ids);
        }
        if code == Some(0) {
            self.marked = None;
        }
        self.refresh(false)
    }

    pub(super) fn read_again(&mut self) -> Vec<Effect> {
        let mut effects = self.refresh(false);
        match self.view_mut() {
            View::Overview(overview) => {
                overview.is_examining = true;
                effects.push(Effect::Examine);
            }
            View::Duplicates(_) => effects.extend(self.start_matching()),
            _ => {}
        }
        effects
    }

    fn start_matching(&mut self) -> Vec<Effect> {
        let now = self.now;
        match self.duplicates() {
            Some(duplicates) if !duplicates.is_matching() => {
                duplicates.matching = Matching::Since(now);
                vec![Effect::Match]
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn go(&mut self, by: isize) -> Vec<Effect> {
        let question = match self.view_mut() {
            View::List(list) => list.go(by),
            // Down leads to what is newer.
            View::Thread(thread) => thread.scroll(by.saturating_neg()),
            View::Overview(overview) => {
                overview.go(by);
                None
            }
            View::Duplicates(duplicates) => {
                duplicates.go(by);
                None
            }
            View::Facts(facts) => {
                facts.go(by);
                None
            }
        };
        // What is being read for this view comes first.
        let is_asked =
            self.pending.as_ref().is_some_and(|one| Some(&one.question) == question.as_ref());
        if is_asked { Vec::new() } else { self.ask_if(question) }
    }

    pub(super) fn turn_to(&mut self, tab: Tab) -> Vec<Effect> {
        if tab == self.tab {
            // Its root is one key away from anywhere.
            self.stacks[tab as usize].truncate(1);
        }
        self.tab = tab;
        self.arrive()
    }

    pub(super) fn back(&mut self) -> Vec<Effect> {
        if self.depth() > 1 {
            self.stacks[self.tab as usize].pop();
            return self.arrive();
        }
        if let View::Duplicates(duplicates) = self.view_mut()
            && duplicates.is_matching()
        {
            duplicates.matching = Matching::NotYet;
            return vec![Effect::StopMatching];
        }
        self.marked = None;
        self.search("")
    }

    /// At a view that may have been read long ago.
    fn arrive(&mut self) -> Vec<Effect> {
        let mut effects = self.forget();
        let is_to_be_read = match self.view() {
            View::List(list) => !list.is_loaded || list.is_live(),
            View::Duplicates(_) | View::Facts(_) => false,
            View::Overview(_) | View::Thread(_) => true,
        };
        if is_to_be_read {
            effects.extend(self.refresh(false));
        }
        effects
    }

    pub(super) fn open(&mut self) -> Vec<Effect> {
        let next = match self.view() {
            View::List(list) => {
                let title = list.title();
                list.selected().map(|row| match (&list.source, &row.leads_to) {
                    (Source::Contacts | Source::Tables | Source::Failed, Some(lead)) => {
                        follow(lead)
                    }
                    _ => View::Facts(Facts::new(&title, row.clone())),
                })
            }
            View::Facts(facts) => {
                facts.selected().and_then(|fact| fact.leads_to.as_ref()).map(follow)
            }
            View::Duplicates(duplicates) => match duplicates.matching {
                Matching::NotYet | Matching::Failed(_) => return self.start_matching(),
                _ => duplicates.selected().map(|pair| View::Thread(Thread::new(pair.ids[0]))),
            },
            View::Overview(_) | View::Thread(_) => None,
        };
        let Some(next) = next else { return Vec::new() };
        if self.depth() >= DEEPEST {
            self.notice = Some(String::from("that is deep enough; go back first"));
            return Vec::new();
        }
        self.stacks[self.tab as usize].push(next);
        self.arrive()
    }

    /// Since when somebody waits for what they asked for.
    pub fn waiting_since(&self) -> Option<Timestamp> {
        self.pending.as_ref().filter(|pending| !pending.is_live).map(|pending| pending.since)
    }
}

fn follow(lead: &Lead) -> View {
    match lead {
        Lead::Contact(id) => View::Thread(Thread::new(*id)),
        Lead::Sheet(sheet) => View::List(List::new(Source::Sheet(sheet.clone()))),
    }
}
