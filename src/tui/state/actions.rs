//! What can be done with what is selected: each a command line of this program.

use uuid::Uuid;

use super::super::data::{MergeLine, Row, Source};
use super::{State, View};
use crate::domain::named::Label;
use crate::domain::vocabulary::JobStatus;
use crate::ui::human;

/// What whoever sits here may change.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct May {
    pub contacts: bool,
    pub jobs: bool,
    pub settings: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    pub key: char,
    pub label: String,
    pub words: Vec<String>,
}

impl Action {
    fn new(key: char, label: impl Into<String>, words: &[&str]) -> Action {
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        Action { key, label: label.into(), words }
    }

    /// As it is typed, but for the flags of place.
    pub fn command_line(&self) -> String {
        command_line(&self.words)
    }
}

/// `inboxctl contacts show 0190...`
pub fn command_line(words: &[String]) -> String {
    let words = words.iter().map(|word| human::shell_word(word));
    std::iter::once(String::from("inboxctl")).chain(words).collect::<Vec<_>>().join(" ")
}

impl State {
    /// None where nothing is selected, and for whoever may only look.
    pub fn actions(&self) -> Vec<Action> {
        let May { contacts, jobs, settings } = self.may;
        match self.view() {
            View::List(list) => match (&list.source, list.selected()) {
                (Source::Contacts, Some(row)) if contacts => self.of_contact(&row.id, &[]),
                (Source::Jobs(_), Some(row)) if jobs => of_job(row),
                (Source::Sizes, _) if settings => {
                    let label = "record the sizes, to tell the growth from";
                    vec![Action::new('s', label, &["table-sizes", "--snapshot"])]
                }
                _ => Vec::new(),
            },
            View::Thread(thread) if contacts => {
                let merges = thread.person.iter().flat_map(|person| &person.merges);
                let merges: Vec<&MergeLine> = merges.filter(|merge| !merge.is_undone).collect();
                self.of_contact(&thread.contact.to_string(), &merges)
            }
            View::Duplicates(duplicates) if contacts => {
                let mut actions = Vec::new();
                if let Some(pair) = duplicates.selected() {
                    let [left, right] = pair.ids.map(|id| id.to_string());
                    let merge = ["contacts", "merge", &left, &right];
                    let apart = ["contacts", "distinct", &left, &right];
                    actions.push(Action::new('m', "they are one: merge them", &merge));
                    actions.push(Action::new('n', "they are not the same: remember it", &apart));
                }
                if duplicates.pairs.iter().any(|pair| pair.is_certain) {
                    let label = "merge all that are certain";
                    actions.push(Action::new('c', label, &["contacts", "dedupe"]));
                }
                let review = ["contacts", "dedupe", "--review"];
                actions.push(Action::new('v', "be asked about all of them", &review));
                actions
            }
            _ => Vec::new(),
        }
    }

    fn of_contact(&self, id: &str, merges: &[&MergeLine]) -> Vec<Action> {
        let mut actions = Vec::new();
        if let Some((marked, name)) = self.marked.as_ref().filter(|(one, _)| one.to_string() != id)
        {
            let (marked, name) = (marked.to_string(), human::one_line(name, 30));
            let merge = ["contacts", "merge", &marked, id];
            actions.push(Action::new('m', format!("merge it into {name}"), &merge));
            let apart = ["contacts", "distinct", &marked, id];
            actions.push(Action::new('n', format!("it is not the same as {name}"), &apart));
        }
        if let Some(merge) = merges.first() {
            let undo = ["contacts", "unmerge", &merge.id.to_string()];
            actions.push(Action::new('u', format!("undo: {}", merge.text), &undo));
        }
        actions
    }

    /// What `y` copies: how a shell shows what is selected.
    pub fn shown_by(&self) -> Option<String> {
        let show = |words: &[&str]| {
            Some(command_line(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>()))
        };
        match self.view() {
            View::Overview(overview) => overview.selected()?.remedy.clone(),
            View::List(list) => {
                let row = list.selected()?;
                match &list.source {
                    Source::Contacts => show(&["contacts", "show", &row.id]),
                    Source::Jobs(_) => show(&["jobs", "show", &row.id]),
                    Source::Failed => show(&["messages", "show", &row.id]),
                    Source::Audit => show(&["audit", "list", "--columns", "all"]),
                    Source::Sizes | Source::Tables => show(&["table-sizes"]),
                    Source::Sheet(_) => Some(row.id.clone()),
                }
            }
            View::Thread(thread) => {
                show(&["messages", "thread", "--contact", &thread.contact.to_string()])
            }
            View::Duplicates(_) => show(&["contacts", "dedupe", "--dry-run", "--explain"]),
            View::Facts(facts) => Some(facts.selected()?.value.clone()),
        }
    }

    /// The contact that is selected or open, and what it is called.
    pub(super) fn contact_here(&self) -> Option<(Uuid, String)> {
        match self.view() {
            View::List(list) if list.source == Source::Contacts => {
                let row = list.selected()?;
                let name = row.facts.iter().find(|fact| fact.label == "name");
                let name = name.map_or_else(|| row.id.clone(), |fact| fact.value.clone());
                Some((row.id.parse().ok()?, name))
            }
            View::Thread(thread) => Some((thread.contact, thread.title())),
            _ => None,
        }
    }
}

fn of_job(row: &Row) -> Vec<Action> {
    let status = row.facts.iter().find(|fact| fact.label == "status");
    let of = |key, verb: &str, label: &str| Action::new(key, label, &["jobs", verb, &row.id]);
    match status.and_then(|fact| Label::read(&fact.value).known()) {
        Some(JobStatus::Failed | JobStatus::Cancelled) => {
            vec![of('t', "retry", "try it again, now")]
        }
        Some(JobStatus::Running) => vec![of('e', "release", "release it: its worker is gone")],
        Some(JobStatus::Pending) => vec![of('x', "cancel", "cancel it")],
        _ => Vec::new(),
    }
}
