//! Whether the tables that inboxctl keeps its books in are its own: who may make tables
//! in the schema can make them first, with triggers that run as the operator.

use super::origin::shown;

/// What stands under the name of a book.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Book {
    pub name: String,
    pub is_table: bool,
    pub owner: String,
    /// The owner could do anything here anyway.
    pub is_trusted: bool,
    /// The tables of the inbox are the same owner's.
    pub is_of_an_inbox: bool,
    pub has_policies: bool,
    pub columns: Vec<String>,
    pub rules: Vec<String>,
    /// Those that somebody else could have made.
    pub triggers: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Ours,
    /// Another program's, by its columns.
    Other,
    /// Somebody's who isn't trusted, and why it isn't touched.
    Somebodys(String),
}

/// Each with some columns that no other program's has.
const COLUMNS: [(&str, &[&str]); 3] = [
    ("inboxctl_migrations", &["version", "name", "event", "sha256", "finished_at"]),
    ("inboxctl_settings", &["key", "value", "updated_at", "updated_by"]),
    ("__diesel_schema_migrations", &["version", "run_on"]),
];

pub fn judge(book: &Book) -> Verdict {
    let runs: Vec<String> = (book.triggers.iter().map(|name| format!("trigger {}", shown(name))))
        .chain(book.rules.iter().map(|name| format!("rule {}", shown(name))))
        .chain(book.has_policies.then(|| String::from("row-level security")))
        .collect();
    let is_whose = || format!("{} owns it", shown(&book.owner));
    if !book.is_trusted && !book.is_table {
        return Verdict::Somebodys(format!("it is no table, and {}", is_whose()));
    }
    if !book.triggers.is_empty() || !book.is_trusted && !runs.is_empty() {
        return Verdict::Somebodys(format!("{}, and {} would run", is_whose(), runs.join(", ")));
    }
    if !book.is_trusted && !book.is_of_an_inbox {
        return Verdict::Somebodys(format!(
            "{}, who owns neither the database, the schema nor an inbox",
            is_whose()
        ));
    }
    let needed = COLUMNS.iter().find(|(name, _)| *name == book.name).map_or(&[][..], |one| one.1);
    let has = |name: &&str| book.columns.iter().any(|column| column == name);
    match book.is_table && needed.iter().all(has) {
        true => Verdict::Ours,
        false => Verdict::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_known_to_be_ours_is_touched() {
        let own = Book {
            name: String::from("__diesel_schema_migrations"),
            is_table: true,
            owner: String::from("owner"),
            is_trusted: true,
            columns: ["version", "run_on"].map(str::to_owned).to_vec(),
            ..Book::default()
        };
        let is_somebodys = |book: Book| matches!(judge(&book), Verdict::Somebodys(_));
        assert_eq!(judge(&own), Verdict::Ours);
        let other = Book { columns: vec![String::from("id")], ..own.clone() };
        assert_eq!(judge(&other), Verdict::Other);
        let stranger = Book { is_trusted: false, ..own.clone() };
        assert!(is_somebodys(stranger.clone()));
        let operators = Book { is_of_an_inbox: true, ..stranger };
        assert_eq!(judge(&operators), Verdict::Ours);
        let trap = vec![String::from("trap")];
        assert!(is_somebodys(Book { triggers: trap.clone(), ..own.clone() }));
        assert!(is_somebodys(Book { rules: trap, ..operators.clone() }));
        assert!(is_somebodys(Book { has_policies: true, ..operators.clone() }));
        assert!(is_somebodys(Book { is_table: false, ..operators }));
    }
}
