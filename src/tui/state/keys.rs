//! What each key does.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_input::{Input, InputRequest};

use super::{Action, Effect, Over, State, Tab, View};

/// What is typed to search or to filter by.
const LONGEST_SEARCH: usize = 200;

impl State {
    pub(super) fn key(&mut self, key: KeyEvent) -> Vec<Effect> {
        let is_control = key.modifiers.contains(KeyModifiers::CONTROL);
        if is_control && key.code == KeyCode::Char('c') {
            return vec![Effect::Quit];
        }
        // So a terminal sends Esc and a key that follow each other closely.
        if key.modifiers.contains(KeyModifiers::ALT) {
            let plain = KeyEvent { modifiers: key.modifiers - KeyModifiers::ALT, ..key };
            let mut effects = self.key(KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE));
            effects.extend(self.key(plain));
            return effects;
        }
        match self.over.take() {
            Some(Over::Help { scrolled }) => {
                self.help_key(key.code, scrolled);
                Vec::new()
            }
            Some(Over::Menu { actions, selected }) => self.menu_key(key.code, actions, selected),
            Some(Over::Typing(input)) => self.typing_key(key, input),
            None => {
                self.notice = None;
                self.plain_key(key.code, is_control)
            }
        }
    }

    fn help_key(&mut self, code: KeyCode, scrolled: u16) {
        let scrolled = match code {
            KeyCode::Down | KeyCode::Char('j') => scrolled.saturating_add(1).min(60),
            KeyCode::Up | KeyCode::Char('k') => scrolled.saturating_sub(1),
            _ => return,
        };
        self.over = Some(Over::Help { scrolled });
    }

    fn menu_key(&mut self, code: KeyCode, actions: Vec<Action>, selected: usize) -> Vec<Effect> {
        let last = actions.len().saturating_sub(1);
        let selected = match code {
            KeyCode::Down | KeyCode::Char('j') => (selected + 1).min(last),
            KeyCode::Up | KeyCode::Char('k') => selected.saturating_sub(1),
            KeyCode::Enter => {
                return actions
                    .into_iter()
                    .nth(selected)
                    .map(|one| self.act(one))
                    .unwrap_or_default();
            }
            KeyCode::Char('y') => {
                let line = actions.get(selected).map(Action::command_line);
                return self.copy(line);
            }
            KeyCode::Char(letter) if actions.iter().any(|one| one.key == letter) => {
                let action = actions.into_iter().find(|one| one.key == letter);
                return action.map(|one| self.act(one)).unwrap_or_default();
            }
            _ => return Vec::new(),
        };
        self.over = Some(Over::Menu { actions, selected });
        Vec::new()
    }

    fn act(&mut self, action: Action) -> Vec<Effect> {
        if let View::Duplicates(duplicates) = self.view() {
            let is_of_pair = ['m', 'n'].contains(&action.key);
            self.acting_on = duplicates.selected().filter(|_| is_of_pair).map(|pair| pair.ids);
        }
        let mut effects = self.forget();
        effects.push(Effect::Run(action.words));
        effects
    }

    fn copy(&mut self, line: Option<String>) -> Vec<Effect> {
        let Some(line) = line.filter(|line| !line.is_empty()) else { return Vec::new() };
        self.notice = Some(format!("copied: {line}"));
        vec![Effect::Copy(line)]
    }

    fn typing_key(&mut self, key: KeyEvent, mut input: Input) -> Vec<Effect> {
        let is_control = key.modifiers.contains(KeyModifiers::CONTROL);
        let request = match key.code {
            KeyCode::Enter => return Vec::new(),
            KeyCode::Esc => return self.search(""),
            KeyCode::Down | KeyCode::Up => {
                self.over = Some(Over::Typing(input));
                return self.go(if key.code == KeyCode::Down { 1 } else { -1 });
            }
            KeyCode::Backspace => InputRequest::DeletePrevChar,
            KeyCode::Delete => InputRequest::DeleteNextChar,
            KeyCode::Left => InputRequest::GoToPrevChar,
            KeyCode::Right => InputRequest::GoToNextChar,
            KeyCode::Home => InputRequest::GoToStart,
            KeyCode::End => InputRequest::GoToEnd,
            KeyCode::Char('a') if is_control => InputRequest::GoToStart,
            KeyCode::Char('e') if is_control => InputRequest::GoToEnd,
            KeyCode::Char('w') if is_control => InputRequest::DeletePrevWord,
            KeyCode::Char('u') if is_control => InputRequest::DeleteLine,
            KeyCode::Char(letter)
                if !is_control && input.value().chars().count() < LONGEST_SEARCH =>
            {
                InputRequest::InsertChar(letter)
            }
            _ => {
                self.over = Some(Over::Typing(input));
                return Vec::new();
            }
        };
        input.handle(request);
        let text = input.value().to_owned();
        self.over = Some(Over::Typing(input));
        self.search(&text)
    }

    pub(super) fn paste(&mut self, text: &str) -> Vec<Effect> {
        let Some(Over::Typing(input)) = &mut self.over else { return Vec::new() };
        let room = LONGEST_SEARCH.saturating_sub(input.value().chars().count());
        for letter in text.chars().filter(|letter| !letter.is_control()).take(room) {
            input.handle(InputRequest::InsertChar(letter));
        }
        let text = input.value().to_owned();
        self.search(&text)
    }

    pub(super) fn search(&mut self, text: &str) -> Vec<Effect> {
        let View::List(list) = self.view_mut() else { return Vec::new() };
        let question = list.search_for(text);
        self.ask_if(question)
    }

    fn plain_key(&mut self, code: KeyCode, is_control: bool) -> Vec<Effect> {
        let screen = self.rows_on_screen() as isize;
        match code {
            KeyCode::Char('d') if is_control => self.go(screen / 2),
            KeyCode::Char('u') if is_control => self.go(-screen / 2),
            KeyCode::Char('f') if is_control => self.go(screen),
            KeyCode::Char('b') if is_control => self.go(-screen),
            _ if is_control => Vec::new(),
            KeyCode::Char('?') | KeyCode::F(1) => {
                self.over = Some(Over::Help { scrolled: 0 });
                Vec::new()
            }
            KeyCode::Char('q') if self.depth() == 1 => vec![Effect::Quit],
            KeyCode::Char('q' | 'h') | KeyCode::Esc | KeyCode::Left | KeyCode::Backspace => {
                self.back()
            }
            KeyCode::Char(digit @ '1'..='8') => {
                let place = digit as usize - '1' as usize;
                self.turn_to(Tab::ALL[place])
            }
            KeyCode::Tab => self.turn_to(Tab::ALL[(self.tab as usize + 1) % Tab::ALL.len()]),
            KeyCode::BackTab => {
                self.turn_to(Tab::ALL[(self.tab as usize + Tab::ALL.len() - 1) % Tab::ALL.len()])
            }
            KeyCode::Down | KeyCode::Char('j') => self.go(1),
            KeyCode::Up | KeyCode::Char('k') => self.go(-1),
            KeyCode::PageDown | KeyCode::Char(' ') if !self.can_mark(code) => self.go(screen),
            KeyCode::PageUp => self.go(-screen),
            KeyCode::Home | KeyCode::Char('g') => self.go(isize::MIN + 1),
            KeyCode::End | KeyCode::Char('G') => self.go(isize::MAX),
            KeyCode::Enter | KeyCode::Right | KeyCode::Char('l') => self.open(),
            KeyCode::Char('/') => {
                if let View::List(list) = self.view() {
                    self.over = Some(Over::Typing(Input::new(list.search.clone())));
                }
                Vec::new()
            }
            KeyCode::Char('r') => self.read_again(),
            KeyCode::Char('a') => {
                let actions = self.actions();
                match actions.is_empty() {
                    true => self.notice = Some(String::from("there is nothing to do here")),
                    false => self.over = Some(Over::Menu { actions, selected: 0 }),
                }
                Vec::new()
            }
            KeyCode::Char('y') => {
                let line = self.shown_by();
                self.copy(line)
            }
            KeyCode::Char(letter) => self.letter(letter),
            _ => Vec::new(),
        }
    }

    fn can_mark(&self, code: KeyCode) -> bool {
        code == KeyCode::Char(' ') && self.contact_here().is_some()
    }

    fn letter(&mut self, letter: char) -> Vec<Effect> {
        if let Some(action) = self.actions().into_iter().find(|one| one.key == letter) {
            return self.act(action);
        }
        let question = match (letter, self.view_mut()) {
            (' ', _) => {
                let here = self.contact_here();
                let is_it = self.marked.as_ref().map(|one| one.0) == here.as_ref().map(|one| one.0);
                self.marked = here.filter(|_| !is_it);
                None
            }
            ('o', View::List(list)) => list.turn(),
            ('O', View::List(list)) => list.reverse(),
            ('n', View::List(list)) => list.further(),
            ('i', View::Thread(thread)) => {
                thread.shows_facts = !thread.shows_facts;
                None
            }
            _ => None,
        };
        self.ask_if(question)
    }
}
