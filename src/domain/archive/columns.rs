//! Whether archived rows fit the table as it is now.

use super::Column;

/// A column of the table now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableColumn {
    pub name: String,
    pub data_type: String,
    /// NOT NULL without a default: a row can't go without it.
    pub is_required: bool,
    /// Computed by the server from other columns.
    pub is_generated: bool,
}

/// The archived columns to restore, each with its type now. A column that came
/// since gets its default; one that is of another type now reads the archived
/// text.
///
/// # Errors
/// Values that have no place any more, and columns that would have no value:
/// all of them.
pub fn restorable<'a>(
    archived: &'a [Column],
    table: &'a [TableColumn],
) -> Result<Vec<(&'a Column, &'a str)>, Vec<String>> {
    let (mut fit, mut problems) = (Vec::new(), Vec::new());
    for column in archived {
        match table.iter().find(|now| now.name == column.name) {
            Some(now) if now.is_generated => {}
            Some(now) => fit.push((column, now.data_type.as_str())),
            None => problems.push(format!("the table has no column {} any more", column.name)),
        }
    }
    for now in table.iter().filter(|now| now.is_required) {
        if !archived.iter().any(|column| column.name == now.name) {
            problems.push(format!("{} came since and has neither NULL nor a default", now.name));
        }
    }
    if problems.is_empty() { Ok(fit) } else { Err(problems) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::archive::Form;

    fn archived(name: &str) -> Column {
        Column { name: name.to_owned(), data_type: String::from("text"), form: Form::Scalar }
    }

    fn now(name: &str, is_required: bool, is_generated: bool) -> TableColumn {
        let data_type = String::from("citext");
        TableColumn { name: name.to_owned(), data_type, is_required, is_generated }
    }

    #[test]
    fn the_type_is_the_one_of_now() {
        let archive = [archived("id"), archived("hash")];
        let table = [now("id", true, false), now("hash", false, true), now("new", false, false)];
        assert_eq!(restorable(&archive, &table), Ok(vec![(&archive[0], "citext")]));
    }

    #[test]
    fn every_misfit_is_named() {
        let archive = [archived("id"), archived("gone"), archived("lost")];
        let table = [now("id", true, false), now("new", true, false)];
        let problems = restorable(&archive, &table).unwrap_err();
        assert_eq!(problems.len(), 3, "{problems:?}");
        assert!(problems[2].starts_with("new came since"), "{problems:?}");
    }
}
