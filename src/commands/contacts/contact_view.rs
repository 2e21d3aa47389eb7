//! A contact, wherever a document or a table names one.

use serde::Serialize;
use uuid::Uuid;

use crate::ui::human;

#[derive(Debug, Clone, Serialize)]
pub(crate) struct ContactView {
    pub id: Uuid,
    pub name: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
}

impl ContactView {
    /// Name, phone, e-mail and id for a table, each within so many columns.
    pub(crate) fn cells(&self, width: usize) -> [String; 4] {
        let text =
            |text: &Option<String>| human::one_line(text.as_deref().unwrap_or_default(), width);
        [text(&self.name), text(&self.phone), text(&self.email), self.id.to_string()]
    }
}
