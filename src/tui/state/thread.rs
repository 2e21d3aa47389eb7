//! A contact: what was said over all channels, the newest last, and what is known of it.

use uuid::Uuid;

use super::super::data::{Person, Question, Said, ThreadPage};
use crate::store::after::After;

#[derive(Debug)]
pub struct Thread {
    pub contact: Uuid,
    pub person: Option<Person>,
    /// The oldest first.
    pub said: Vec<Said>,
    earlier: Option<After>,
    /// Lines below the screen; 0 at the newest.
    pub scrolled: usize,
    /// What came while one looked further up.
    pub unseen: usize,
    pub is_loaded: bool,
    /// What is known of the contact lies over the thread, where there is no room beside it.
    pub shows_facts: bool,
}

impl Thread {
    pub fn new(contact: Uuid) -> Thread {
        Thread {
            contact,
            person: None,
            said: Vec::new(),
            earlier: None,
            scrolled: 0,
            unseen: 0,
            is_loaded: false,
            shows_facts: false,
        }
    }

    pub fn title(&self) -> String {
        match &self.person {
            Some(person) => person.name.clone(),
            None => self.contact.to_string(),
        }
    }

    pub fn newest(&self) -> Question {
        Question::Thread { contact: self.contact, before: None }
    }

    pub fn take(&mut self, before: Option<After>, page: ThreadPage) {
        if let Some(person) = page.person {
            self.person = Some(person);
        }
        match before {
            Some(before) if self.earlier == Some(before) => {
                self.earlier = page.earlier;
                self.said.splice(0..0, page.said);
            }
            Some(_) => {}
            None if !self.is_loaded => {
                self.said = page.said;
                self.earlier = page.earlier;
            }
            // What is shown stays; what is new, or changed its status, is taken over.
            None => {
                for said in page.said {
                    match self.said.iter().position(|one| one.id == said.id) {
                        Some(place) => self.said[place] = said,
                        None if self.said.first().is_none_or(|first| first.at <= said.at) => {
                            self.unseen += usize::from(self.scrolled > 0);
                            let place = self.said.partition_point(|one| one.at <= said.at);
                            self.said.insert(place, said);
                        }
                        None => {}
                    }
                }
            }
        }
        self.is_loaded = true;
    }

    /// Scrolls towards the beginning, or back: near it what was said before is asked for.
    pub fn scroll(&mut self, lines: isize) -> Option<Question> {
        // A message has two lines at least, and what is beyond the first one can't be seen.
        let most = self.said.iter().map(|said| 3 + said.text.len() / 8).sum::<usize>();
        self.scrolled = self.scrolled.saturating_add_signed(lines).min(most);
        if self.scrolled == 0 {
            self.unseen = 0;
        }
        let is_near = lines > 0 && self.scrolled + 60 >= self.said.len() * 3;
        let before = self.earlier.filter(|_| is_near)?;
        Some(Question::Thread { contact: self.contact, before: Some(before) })
    }
}
