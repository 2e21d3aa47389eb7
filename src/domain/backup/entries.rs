//! What a dump holds, as `pg_restore --list` tells it, and which of it takes more
//! rights than the restoring role has.

use std::collections::BTreeSet;

/// What the restoring role may do; a superuser is asked nothing.
#[derive(Debug, Clone, Default)]
pub struct Rights {
    /// Roles that it may give objects to.
    pub roles: BTreeSet<String>,
    /// Extensions that it may create.
    pub extensions: BTreeSet<String>,
    pub role: String,
}

/// What stands between a sound dump and a role that isn't superuser.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Needs {
    /// Without these nothing is restored: what is needed, and what an
    /// administrator must run.
    pub before: Vec<(String, String)>,
    /// Lines of the list that are left out, for an administrator to add later.
    pub later: Vec<String>,
}

/// Kinds that are made by superusers only, or that only a superuser can put back
/// as they were, and without which the rest is whole.
const LATER: [&str; 8] = [
    "EVENT TRIGGER",
    "PUBLICATION",
    "SUBSCRIPTION",
    "DEFAULT ACL",
    "FOREIGN DATA WRAPPER",
    "SERVER",
    "USER MAPPING",
    "COMMENT - EXTENSION",
];

/// Which entries of `list` need more than `rights`; owners count where they are
/// restored.
pub fn needs(list: &str, rights: &Rights, owners: bool) -> Needs {
    let mut needs = Needs::default();
    let mut wanted = BTreeSet::new();
    for (line, entry) in list.lines().filter_map(|line| Some((line, entry(line)?))) {
        if LATER.iter().any(|kind| entry.starts_with(kind)) || is_about(entry) {
            needs.later.push(line.to_owned());
        } else if let Some(name) = entry.strip_prefix("EXTENSION - ") {
            let name = name.trim();
            if !rights.extensions.contains(name) {
                let what = format!("the extension {name}");
                let remedy = String::from("restore it as a superuser");
                needs.before.push((what, remedy));
            }
        } else if owners && let Some(owner) = owner(entry) {
            wanted.insert(owner);
        }
    }
    for owner in wanted.difference(&rights.roles.iter().map(String::as_str).collect()) {
        let grant = format!("GRANT {} TO {}", quoted(owner), quoted(&rights.role));
        needs.before.push((format!("objects of the role {owner}"), grant));
    }
    needs
}

/// What is left out where the database's own owner restores, who is nobody else: without the rest a
/// backup can still be looked at. `script` has the statements of its functions.
pub fn left_out(list: &str, extensions: &BTreeSet<String>, script: &str) -> Needs {
    let rights = Rights { extensions: extensions.clone(), ..Rights::default() };
    let mut needs = needs(list, &rights, false);
    needs.before.clear();
    let native = native_functions(script);
    for (line, entry) in list.lines().filter_map(|line| Some((line, entry(line)?))) {
        let extension = entry.strip_prefix("EXTENSION - ").map(str::trim);
        let is_superusers = extension.is_some_and(|name| !extensions.contains(name))
            || native.iter().any(|start| entry.starts_with(start.as_str()));
        if is_superusers {
            needs.later.push(line.to_owned());
        }
    }
    needs
}

/// The lines of a list that are functions.
pub fn functions(list: &str) -> String {
    let is_function = |line: &&str| entry(line).is_some_and(|entry| entry.starts_with("FUNCTION "));
    list.lines().filter(is_function).collect::<Vec<_>>().join("\n")
}

/// The lines of a list that are the data of tables of this schema, by name and whether each is a
/// partition.
pub fn data_of(list: &str, schema: &str, is_wanted: impl Fn(&str, bool) -> bool) -> String {
    let of_kind = |line: &'_ str, kind: &str| -> Option<String> {
        let named = entry(line)?.strip_prefix(kind)?.strip_prefix(schema)?.strip_prefix(' ')?;
        // The owner is the last word.
        named.rsplit_once(' ').map(|(table, _)| table.to_owned())
    };
    let partitions: BTreeSet<String> =
        list.lines().filter_map(|line| of_kind(line, "TABLE ATTACH ")).collect();
    let is_data = |line: &&str| {
        let table = of_kind(line, "TABLE DATA ");
        table.is_some_and(|table| is_wanted(&table, partitions.contains(&table)))
    };
    list.lines().filter(is_data).collect::<Vec<_>>().join("\n")
}

/// `FUNCTION public f(integer) `, of each that only a superuser may make.
fn native_functions(script: &str) -> Vec<String> {
    let parts = script.split("\n-- Name: ").skip(1);
    let is_native = |line: &str| {
        let mut words = line.split_whitespace();
        words.next() == Some("LANGUAGE") && matches!(words.next(), Some("c" | "internal"))
    };
    let native = parts.filter(|part| part.lines().any(is_native));
    let start = |part: &str| {
        let (name, rest) = part.split_once("; Type: FUNCTION; Schema: ")?;
        let (schema, _) = rest.split_once(';')?;
        Some(format!("FUNCTION {schema} {name} "))
    };
    native.filter_map(start).collect()
}

/// Who makes an entry, where nothing of a dump shall run with the rights of who restores it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Maker {
    /// The restoring role, first: what the rest is made in.
    First,
    /// A role that is nobody.
    Nobody,
    /// The restoring role, when all is there.
    Last,
}

const FIRST: [&str; 4] = ["SCHEMA ", "EXTENSION ", "FOREIGN DATA WRAPPER ", "SERVER "];
const LAST: [&str; 9] = [
    "ACL ",
    "DEFAULT ACL ",
    "COMMENT ",
    "SECURITY LABEL ",
    "PUBLICATION ",
    "SUBSCRIPTION ",
    "USER MAPPING ",
    "EVENT TRIGGER ",
    // Until the rows are there and were compared, nothing hides one.
    "ROW SECURITY ",
];
const DATA: [&str; 5] =
    ["TABLE DATA ", "BLOBS ", "SEQUENCE SET ", "MATERIALIZED VIEW DATA ", "STATISTICS DATA "];

/// The lines of a list that are made by `makers`; without rights where owners are left out too,
/// and without data where only statements are wanted.
pub fn made_by(list: &str, needs: &Needs, makers: &[Maker], owners: bool, data: bool) -> String {
    let begins = |entry: &str, kinds: &[&str]| kinds.iter().any(|kind| entry.starts_with(kind));
    let maker = |entry: &str| match entry {
        entry if begins(entry, &FIRST) => Maker::First,
        entry if begins(entry, &LAST) => Maker::Last,
        _ => Maker::Nobody,
    };
    let kept = list.lines().filter(|line| {
        entry(line).is_some_and(|entry| {
            makers.contains(&maker(entry))
                && (owners || !begins(entry, &["ACL ", "DEFAULT ACL "]))
                && (data || !begins(entry, &DATA))
                && !needs.later.iter().any(|later| later == line)
        })
    });
    kept.map(|line| format!("{line}\n")).collect()
}

/// What a line of the list is about: `EVENT TRIGGER watch`.
pub fn about(line: &str) -> String {
    let entry = entry(line).unwrap_or(line);
    let words = entry.rsplit_once(' ').map_or(entry, |(words, _)| words);
    words.replace(" - ", " ").trim().to_owned()
}

/// `TABLE public contacts alice`, without the numbers before it; `None` for a
/// comment of the list.
fn entry(line: &str) -> Option<&str> {
    let (number, rest) = line.split_once("; ")?;
    number.parse::<u64>().ok()?;
    Some(rest.splitn(3, ' ').nth(2)?.trim_start())
}

/// Comments and labels on what only superusers make.
fn is_about(entry: &str) -> bool {
    let kinds = ["COMMENT - ", "SECURITY LABEL - ", "ACL - "];
    let about = kinds.iter().find_map(|kind| entry.strip_prefix(kind));
    about.is_some_and(|about| {
        ["EXTENSION ", "EVENT TRIGGER ", "PUBLICATION ", "SUBSCRIPTION ", "LANGUAGE ", "FOREIGN "]
            .iter()
            .any(|kind| about.starts_with(kind))
    })
}

/// The last word; what has no owner of its own ends in its name.
fn owner(entry: &str) -> Option<&str> {
    const OWNED: [&str; 17] = [
        "TABLE ",
        "SEQUENCE ",
        "FUNCTION ",
        "PROCEDURE ",
        "AGGREGATE ",
        "TYPE ",
        "DOMAIN ",
        "VIEW ",
        "MATERIALIZED VIEW ",
        "SCHEMA ",
        "OPERATOR ",
        "COLLATION ",
        "CONVERSION ",
        "TEXT SEARCH ",
        "STATISTICS ",
        "FOREIGN TABLE ",
        "SHELL TYPE ",
    ];
    let is_owned = OWNED.iter().any(|kind| entry.starts_with(kind))
        && !["TABLE DATA ", "TABLE ATTACH ", "SEQUENCE OWNED", "SEQUENCE SET"]
            .iter()
            .any(|kind| entry.starts_with(kind));
    is_owned.then(|| entry.rsplit(' ').next()).flatten().filter(|owner| !owner.is_empty())
}

fn quoted(role: &str) -> String {
    crate::domain::schema_diff::identifier::name(role)
}

/// The list without the lines that are left for later, as pg_restore reads it.
pub fn without_later(list: &str, needs: &Needs) -> String {
    let mut text = String::with_capacity(list.len());
    for line in list.lines().filter(|line| !needs.later.iter().any(|later| later == line)) {
        text.push_str(line);
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "\
;
; Archive created at 2026-04-02 09:00:00 UTC
;     Dump Version: 1.14-0
2; 3079 16384 EXTENSION - hstore \n\
3; 3079 16385 EXTENSION - file_fdw \n\
4010; 0 0 COMMENT - EXTENSION hstore \n\
215; 1259 16386 TABLE public contacts alice
216; 1259 16390 TABLE public app_orders shop owner
4011; 0 16386 TABLE DATA public contacts alice
3800; 2606 16400 CONSTRAINT public contacts contacts_pkey alice
3900; 3466 16500 EVENT TRIGGER - watch postgres
3901; 6104 16501 PUBLICATION - everything postgres
3902; 826 16502 DEFAULT ACL public DEFAULT PRIVILEGES FOR TABLES postgres
";

    fn rights() -> Rights {
        let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Rights { roles: set(&["alice"]), extensions: set(&["hstore"]), role: String::from("alice") }
    }

    #[test]
    fn what_takes_more_rights_is_known_before() {
        let found = needs(LIST, &rights(), true);
        let what: Vec<&str> = found.before.iter().map(|(what, _)| what.as_str()).collect();
        assert_eq!(what, ["the extension file_fdw", "objects of the role owner"]);
        assert_eq!(found.before[1].1, "GRANT owner TO alice");
        assert_eq!(found.later.len(), 4, "{:?}", found.later);
        let kept = without_later(LIST, &found);
        assert!(
            kept.contains("TABLE public contacts") && !kept.contains("EVENT TRIGGER"),
            "{kept}"
        );
        assert_eq!(needs(LIST, &rights(), false).before.len(), 1, "owners are left out");
    }
}
