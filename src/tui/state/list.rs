//! A list that is read page by page as one goes down.

use super::super::data::{Column, Key, PAGE, Page, Question, Row, Source};
use crate::domain::vocabulary::JobStatus;

/// Rows that are kept: beyond, those that were read first go.
const KEPT: usize = 5_000;
/// So near the end the next page is asked for.
const AHEAD: usize = 30;

#[derive(Debug)]
pub struct List {
    pub source: Source,
    /// What contacts are searched for, and what the other lists are filtered by.
    pub search: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// Of the rows, those that the filter lets through.
    shown: Vec<usize>,
    /// Among those that are shown.
    pub selected: usize,
    pub next: Option<Key>,
    pub note: String,
    pub orders: usize,
    pub is_loaded: bool,
    /// The first rows went: they are read again when one goes to the top.
    is_cut: bool,
}

impl List {
    pub fn new(source: Source) -> List {
        List {
            source,
            search: String::new(),
            columns: Vec::new(),
            rows: Vec::new(),
            shown: Vec::new(),
            selected: 0,
            next: None,
            note: String::new(),
            orders: 0,
            is_loaded: false,
            is_cut: false,
        }
    }

    pub fn title(&self) -> String {
        match &self.source {
            Source::Contacts => String::from("Contacts"),
            Source::Jobs(None) => String::from("Jobs"),
            Source::Jobs(Some(status)) => format!("Jobs, {}", status.as_str().to_lowercase()),
            Source::Failed => String::from("Failed messages"),
            Source::Audit => String::from("Audit log"),
            Source::Sizes => String::from("Sizes"),
            Source::Tables => String::from("Tables"),
            Source::Sheet(sheet) => match &sheet.only {
                None => sheet.label.clone(),
                Some((column, value)) => format!("{} where {column} is {value}", sheet.label),
            },
        }
    }

    /// Whether the server looks for the text, not we in what was read.
    pub fn is_searched_by_the_server(&self) -> bool {
        matches!(self.source, Source::Contacts | Source::Sheet(_))
    }

    /// Whether new rows come at its top by themselves.
    pub fn is_live(&self) -> bool {
        let is_of_time = matches!(self.source, Source::Audit | Source::Jobs(_) | Source::Failed)
            || self.source == Source::Contacts && self.search.is_empty();
        is_of_time && self.rows.len() <= PAGE && !self.is_cut && self.selected < PAGE / 2
    }

    pub fn shown(&self) -> impl ExactSizeIterator<Item = &Row> {
        self.shown.iter().map(|&place| &self.rows[place])
    }

    pub fn selected(&self) -> Option<&Row> {
        self.shown().nth(self.selected)
    }

    pub fn first_page(&self) -> Question {
        self.page(None)
    }

    fn page(&self, after: Option<Key>) -> Question {
        let search =
            if self.is_searched_by_the_server() { self.search.clone() } else { String::new() };
        Question::Page { source: self.source.clone(), search, after }
    }

    /// The next page, if one is near the end of what was read.
    pub fn wanted(&self) -> Option<Question> {
        let is_near = self.selected + AHEAD >= self.shown.len();
        let next = self.next.clone().filter(|_| self.is_loaded && is_near)?;
        // A filter that found little goes on where somebody asks it to, not by itself.
        let waits = matches!(self.source, Source::Sheet(_)) && !self.search.is_empty();
        (!waits || self.selected + 1 >= self.shown.len() && !self.shown.is_empty())
            .then(|| self.page(Some(next)))
    }

    /// What follows, where it was broken off.
    pub fn further(&self) -> Option<Question> {
        self.next.clone().map(|next| self.page(Some(next)))
    }

    /// Takes a page in that came for this list.
    pub fn take(&mut self, after: Option<&Key>, page: Page) {
        let was = self.selected().map(|row| row.id.clone());
        if after.is_none() {
            self.rows.clear();
            self.is_cut = false;
        } else if self.next.as_ref() != after {
            // It was read already.
            return;
        }
        self.columns = page.columns;
        self.rows.extend(page.rows);
        self.next = page.next;
        self.note = page.note;
        self.orders = page.orders;
        self.is_loaded = true;
        if self.rows.len() > KEPT {
            self.rows.drain(..self.rows.len() - KEPT);
            self.is_cut = true;
        }
        self.filter();
        let at_top = self.selected == 0 && self.source == Source::Audit;
        if let Some(place) = was.and_then(|id| self.shown().position(|row| row.id == id))
            && !at_top
        {
            self.selected = place;
        }
    }

    /// Searches for something else.
    pub fn search_for(&mut self, text: &str) -> Option<Question> {
        if self.search == text {
            return None;
        }
        self.search = text.to_owned();
        self.selected = 0;
        if self.is_searched_by_the_server() {
            return Some(self.page(None));
        }
        self.filter();
        None
    }

    fn filter(&mut self) {
        let wanted = self.search.to_lowercase();
        let by_us = !self.is_searched_by_the_server() && !wanted.is_empty();
        let has = |row: &Row| {
            row.facts.iter().any(|fact| fact.value.to_lowercase().contains(&wanted))
                || row.id.to_lowercase().contains(&wanted)
        };
        let rows = self.rows.iter().enumerate();
        self.shown = rows.filter(|(_, row)| !by_us || has(row)).map(|(place, _)| place).collect();
        self.selected = self.selected.min(self.shown.len().saturating_sub(1));
    }

    /// Goes down, or up. To the top of a list whose first rows went it is read anew.
    pub fn go(&mut self, by: isize) -> Option<Question> {
        let last = self.shown.len().saturating_sub(1);
        let is_at_top = self.selected == 0 && by < 0;
        self.selected = self.selected.saturating_add_signed(by).min(last);
        if is_at_top && self.is_cut { Some(self.page(None)) } else { self.wanted() }
    }

    /// The other side of what the list can show: jobs of the next status, rows in the next order.
    pub fn turn(&mut self) -> Option<Question> {
        match &mut self.source {
            Source::Jobs(status) => *status = next_status(*status),
            Source::Sheet(sheet) if self.orders > 1 => {
                sheet.order = (sheet.order + 1) % self.orders;
            }
            _ => return None,
        }
        self.start_anew()
    }

    /// The other direction.
    pub fn reverse(&mut self) -> Option<Question> {
        let Source::Sheet(sheet) = &mut self.source else { return None };
        sheet.is_descending = !sheet.is_descending;
        self.start_anew()
    }

    fn start_anew(&mut self) -> Option<Question> {
        self.rows.clear();
        self.shown.clear();
        (self.selected, self.is_loaded, self.next) = (0, false, None);
        Some(self.page(None))
    }
}

fn next_status(status: Option<JobStatus>) -> Option<JobStatus> {
    use JobStatus::{Cancelled, Completed, Failed, Pending, Running};
    match status {
        None => Some(Failed),
        Some(Failed) => Some(Running),
        Some(Running) => Some(Pending),
        Some(Pending) => Some(Completed),
        Some(Completed) => Some(Cancelled),
        Some(Cancelled) => None,
    }
}
