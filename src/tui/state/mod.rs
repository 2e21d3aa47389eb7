//! What is on the screen, and what becomes of it with each event. Pure: events in, state and effects
//! out; nothing here reads, writes or waits.

mod actions;
mod duplicates;
mod facts;
mod keys;
mod list;
mod overview;
mod thread;
mod update;

use jiff::Timestamp;
use ratatui::crossterm::event::KeyEvent;
use tui_input::Input;

pub use actions::{Action, May, command_line};
pub use duplicates::{Duplicates, Matching};
pub use facts::Facts;
pub use list::List;
pub use overview::OverviewState;
pub use thread::Thread;

use super::data::{Answer, Check, Pair, Question, Source};
use crate::domain::environment::Place;
use crate::error::Failure;

/// A question's number: what answers an earlier one comes too late.
pub type Ticket = u64;

#[derive(Debug, Clone)]
pub enum Event {
    Key(KeyEvent),
    Paste(String),
    Resize(u16, u16),
    /// Several times a second.
    Tick(Timestamp),
    Answered(Ticket, Result<Answer, Failure>),
    Connected,
    /// And why; it is tried again.
    Lost(Failure),
    Examined(Result<Vec<Check>, String>),
    Matched(Result<Vec<Pair>, String>),
    /// An action ended with this exit code; `None` if a signal ended it.
    Returned(Option<i32>),
}

#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Ask this, and take back what is being asked.
    Ask(Ticket, Question),
    /// Nobody waits for the answer any more.
    Forget(Ticket),
    Examine,
    Match,
    StopMatching,
    /// Leave the screen, run this command line of ours and come back.
    Run(Vec<String>),
    Copy(String),
    Quit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    Overview,
    Contacts,
    Duplicates,
    Jobs,
    Failed,
    Audit,
    Sizes,
    Tables,
}

impl Tab {
    pub const ALL: [Tab; 8] = [
        Tab::Overview,
        Tab::Contacts,
        Tab::Duplicates,
        Tab::Jobs,
        Tab::Failed,
        Tab::Audit,
        Tab::Sizes,
        Tab::Tables,
    ];

    pub fn title(self) -> &'static str {
        match self {
            Tab::Overview => "Overview",
            Tab::Contacts => "Contacts",
            Tab::Duplicates => "Duplicates",
            Tab::Jobs => "Jobs",
            Tab::Failed => "Failed",
            Tab::Audit => "Audit",
            Tab::Sizes => "Sizes",
            Tab::Tables => "Tables",
        }
    }

    fn root(self) -> View {
        let list = |source| View::List(List::new(source));
        match self {
            Tab::Overview => View::Overview(OverviewState::default()),
            Tab::Contacts => list(Source::Contacts),
            Tab::Duplicates => View::Duplicates(Duplicates::default()),
            Tab::Jobs => list(Source::Jobs(None)),
            Tab::Failed => list(Source::Failed),
            Tab::Audit => list(Source::Audit),
            Tab::Sizes => list(Source::Sizes),
            Tab::Tables => list(Source::Tables),
        }
    }
}

#[derive(Debug)]
pub enum View {
    Overview(OverviewState),
    List(List),
    Thread(Thread),
    Duplicates(Duplicates),
    Facts(Facts),
}

/// What lies over a view, and takes the keys.
#[derive(Debug)]
pub enum Over {
    Help { scrolled: u16 },
    Menu { actions: Vec<Action>, selected: usize },
    Typing(Input),
}

#[derive(Debug, Clone)]
pub enum Link {
    Up,
    Lost(Failure),
}

/// A question that is being answered.
#[derive(Debug, Clone)]
pub struct Pending {
    pub ticket: Ticket,
    pub question: Question,
    /// Nobody asked for it: it keeps fresh what is shown.
    pub is_live: bool,
    pub since: Timestamp,
}

pub struct State {
    pub place: Place,
    pub may: May,
    pub link: Link,
    pub now: Timestamp,
    pub size: (u16, u16),
    pub tab: Tab,
    /// Of each tab its views, the uppermost last; never without one.
    stacks: [Vec<View>; Tab::ALL.len()],
    pub over: Option<Over>,
    pub notice: Option<String>,
    /// The contact that another one is to be merged with.
    pub marked: Option<(uuid::Uuid, String)>,
    pub pending: Option<Pending>,
    last_ticket: Ticket,
    fresh_at: Timestamp,
    /// The pair that is being acted on.
    acting_on: Option<[uuid::Uuid; 2]>,
}

impl State {
    /// And what to do first.
    pub fn new(place: Place, may: May, now: Timestamp) -> (State, Vec<Effect>) {
        let mut state = State {
            place,
            may,
            link: Link::Up,
            now,
            size: (80, 24),
            tab: Tab::Overview,
            stacks: Tab::ALL.map(|tab| vec![tab.root()]),
            over: None,
            notice: None,
            marked: None,
            pending: None,
            last_ticket: 0,
            fresh_at: now,
            acting_on: None,
        };
        let mut effects = vec![Effect::Examine];
        effects.extend(state.refresh(false));
        (state, effects)
    }

    fn stack(&self) -> &Vec<View> {
        &self.stacks[self.tab as usize]
    }

    pub fn view(&self) -> &View {
        // A stack is never without its root.
        self.stack().last().expect("a stack has a root")
    }

    fn view_mut(&mut self) -> &mut View {
        self.stacks[self.tab as usize].last_mut().expect("a stack has a root")
    }

    /// How many views lie one over the other.
    pub fn depth(&self) -> usize {
        self.stack().len()
    }

    /// The titles of the views below this one, and its own.
    pub fn path(&self) -> Vec<String> {
        self.stack().iter().map(View::title).collect()
    }

    /// Rows that a list has on the screen.
    pub fn rows_on_screen(&self) -> usize {
        usize::from(self.size.1.saturating_sub(6)).max(1)
    }
}

impl View {
    fn title(&self) -> String {
        match self {
            View::Overview(_) => String::from("Overview"),
            View::Duplicates(_) => String::from("Duplicates"),
            View::List(list) => list.title(),
            View::Thread(thread) => thread.title(),
            View::Facts(facts) => facts.title.clone(),
        }
    }
}
