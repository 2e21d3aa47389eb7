//! What a session of ours is set to, whatever the role, the database, PGOPTIONS or a driver's URL
//! prefer: our statements are written for it, and what we read is read by it.

use super::statements::quote_literal;

/// The setting by which a session of ours is recognised; a pooler doesn't hand it on.
pub(super) const MARK: &str = "inboxctl.session";

/// Before the schema of the inbox was seen: nobody's objects but the server's own.
pub(super) const NO_SCHEMA: &str = "pg_catalog, pg_temp";

/// What decides how a value is written and read, and how long that takes. Without it `ALTER DATABASE ... SET` changes
/// what a dump, a digest or a comparison says.
const PINNED: [(&str, &str); 11] = [
    ("DateStyle", "ISO, MDY"),
    ("IntervalStyle", "postgres"),
    ("TimeZone", "UTC"),
    ("bytea_output", "hex"),
    ("extra_float_digits", "1"),
    ("quote_all_identifiers", "off"),
    ("standard_conforming_strings", "on"),
    ("check_function_bodies", "on"),
    ("array_nulls", "on"),
    ("transform_null_equals", "off"),
    // To compile a look at the catalogue takes a hundred times as long as the look.
    ("jit", "off"),
];

/// What decides how tables are made, since which version of the server. That is the database's and the
/// role's to prefer, but not another client's of the same pooler.
const OF_TABLES: [(&str, i32); 4] = [
    ("default_tablespace", 0),
    ("temp_tablespaces", 0),
    ("default_table_access_method", 120_000),
    ("default_toast_compression", 140_000),
];

/// Statements that give them back their usual values until the transaction ends.
pub(super) fn usual_for_a_transaction(version_num: i32) -> String {
    let known = OF_TABLES.iter().filter(|(_, since)| version_num >= *since);
    known.map(|(name, _)| format!("SET LOCAL {name} TO DEFAULT; ")).collect()
}

/// Settings with their values.
#[derive(Debug, Clone, Default)]
pub(super) struct Settings(Vec<(&'static str, String)>);

impl Settings {
    pub(super) fn pinned() -> Settings {
        Settings(PINNED.iter().map(|(name, value)| (*name, (*value).to_owned())).collect())
    }

    pub(super) fn with(mut self, name: &'static str, value: impl ToString) -> Settings {
        self.0.push((name, value.to_string()));
        self
    }

    /// For the startup packet, after what the operator wants: the last word counts.
    pub(super) fn startup_options(&self, theirs: &str) -> String {
        let escaped = |value: &str| value.replace('\\', "\\\\").replace(' ', "\\ ");
        let ours = self.0.iter().map(|(name, value)| format!("-c {name}={}", escaped(value)));
        let all = Some(theirs.trim().to_owned()).filter(|text| !text.is_empty());
        all.into_iter().chain(ours).collect::<Vec<_>>().join(" ")
    }

    /// One statement that sets them until the transaction ends.
    pub(super) fn for_a_transaction(&self) -> String {
        self.calls(true)
    }

    /// The same for as long as the session lasts.
    pub(super) fn for_a_session(&self) -> String {
        self.calls(false)
    }

    fn calls(&self, is_local: bool) -> String {
        let calls = self.0.iter().map(|(name, value)| {
            let (name, value) = (quote_literal(name), quote_literal(value));
            format!("pg_catalog.set_config({name}, {value}, {is_local})")
        });
        format!("SELECT {}", calls.collect::<Vec<_>>().join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::Settings;

    #[test]
    fn blanks_and_quotes_survive() {
        let settings = Settings::default().with("search_path", "\"my app\", pg_temp");
        assert_eq!(
            settings.startup_options("-c a=b "),
            "-c a=b -c search_path=\"my\\ app\",\\ pg_temp"
        );
        let settings = Settings::default().with("x", "it's");
        assert_eq!(
            settings.for_a_transaction(),
            "SELECT pg_catalog.set_config('x', 'it''s', true)"
        );
    }
}
