//! Finding contacts, by what is given to one person each and by name.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Double, Nullable, Text};
use uuid::Uuid;

use crate::domain::id_prefix::IdRange;
use crate::domain::matching::handles;
use crate::domain::name_keys::{self, NameKeys};
use crate::domain::name_rank::WantedName;
use crate::store::scalar::ScalarQuery;

type SqlUuid = diesel::sql_types::Uuid;

/// A contact that a search found.
#[derive(Debug, Clone, QueryableByName)]
pub struct Hit {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Nullable<Text>)]
    pub name: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub phone: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub email: Option<String>,
    /// 0 to 1; exact matches of what identifies somebody are above any name.
    #[diesel(sql_type = Double)]
    pub rank: f64,
    /// Why it was found: "phone", "email", "handle", "name".
    #[diesel(sql_type = Text)]
    pub matched: String,
    /// The value that matched.
    #[diesel(sql_type = Nullable<Text>)]
    pub value: Option<String>,
}

/// Below it a name has a word that sounds alike, and little else.
const WEAK: f64 = 0.5;

impl Hit {
    /// Of whom nothing is left.
    pub fn gone(id: Uuid) -> Hit {
        let matched = String::from("gone");
        Hit { id, name: None, phone: None, email: None, rank: 0.0, matched, value: None }
    }

    /// Why it was found; with the value where name, phone and e-mail don't show it.
    pub fn reason(&self) -> String {
        if self.matched == "name" && self.rank < WEAK {
            return String::from("name, weakly");
        }
        let shown = [&self.name, &self.phone, &self.email].contains(&&self.value);
        match &self.value {
            Some(value) if !shown => format!("{} {value}", self.matched),
            _ => self.matched.clone(),
        }
    }

    /// Of all handles of the contact, the one that was looked for.
    fn pick_handle(&mut self, wanted: &str) {
        if self.matched != "handle" {
            return;
        }
        let all = self.value.take().unwrap_or_default();
        handles::visit(&all, &mut |network, handle| {
            if self.value.is_none() && handles::searched(handle) == wanted {
                self.matched = format!("{network} handle");
                self.value = Some(handle.to_owned());
            }
        });
    }
}

/// What a search looks for; `None` where the query can't be one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Search {
    /// The beginning of an id, or all of it.
    pub id: Option<IdRange>,
    /// The last eight digits.
    pub phone_tail: Option<String>,
    /// Lower case.
    pub email: Option<String>,
    /// As [`handles::searched`] has it.
    pub handle: Option<String>,
    pub name: Option<String>,
}

impl Search {
    /// What a query can be: a text with seven digits and more is a phone number, one with an @
    /// inside an e-mail, one word perhaps a handle, and with letters it may be a name. `None` where
    /// it is nothing to search for.
    pub fn understand(query: &str) -> Option<Search> {
        let query = query.trim();
        let search = Search::identities(query).unwrap_or_default();
        let has_letters = query.chars().any(char::is_alphabetic);
        let is_name = has_letters && search.email.is_none() && !query.starts_with('@');
        let search = Search { name: is_name.then(|| query.to_owned()), ..search };
        (search != Search::default()).then_some(search)
    }

    /// What it can be that identifies somebody.
    pub fn identities(query: &str) -> Option<Search> {
        let digits: String = query.chars().filter(char::is_ascii_digit).collect();
        let has_letters = query.chars().any(char::is_alphabetic);
        let is_email = query.find('@').is_some_and(|at| at > 0 && at + 1 < query.len());
        let is_word = !query.contains(char::is_whitespace) && query.contains(char::is_alphanumeric);
        let search = Search {
            id: query
                .contains(|c: char| c.is_ascii_digit())
                .then(|| IdRange::parse(query))
                .flatten(),
            phone_tail: (digits.len() >= 7 && !has_letters)
                .then(|| digits[digits.len().saturating_sub(8)..].to_owned()),
            email: is_email.then(|| query.to_lowercase()),
            handle: (is_word && !is_email).then(|| handles::searched(query)),
            name: None,
        };
        (search != Search::default()).then_some(search)
    }
}

const PHONES: &str = "
    SELECT id, 1.0 AS rank, 'phone' AS matched, phone AS value FROM contacts
    WHERE right(regexp_replace(phone, '[^0-9]', '', 'g'), 8) = $1
    UNION ALL
    SELECT contact_id, 0.98, 'earlier phone', value FROM contact_identities
    WHERE kind OPERATOR(pg_catalog.=) 'PHONE' AND right(regexp_replace(value, '[^0-9]', '', 'g'), 8) = $1";
const EMAILS: &str = "
    SELECT id, 1.0 AS rank, 'e-mail' AS matched, email AS value FROM contacts WHERE lower(email) = $1
    UNION ALL
    SELECT contact_id, 0.98, 'earlier e-mail', value FROM contact_identities
    WHERE kind OPERATOR(pg_catalog.=) 'EMAIL' AND lower(value) = $1";
const HANDLES: &str = "
    SELECT id, 0.99 AS rank, 'handle' AS matched, social_handles::text AS value FROM contacts
    WHERE contact_handles(social_handles) OPERATOR(pg_catalog.@>) ARRAY[$1]
    UNION ALL
    SELECT contact_id, 0.97, 'earlier ' || network || ' handle', value FROM contact_identities
    WHERE kind OPERATOR(pg_catalog.=) 'HANDLE' AND lower(value) IN ($1, '@' || $1)";

/// Whose id it is or was: nothing else is known of a contact that was merged away.
const IDS: &str = "
    SELECT id, name, phone, email, 1.0::double precision AS rank, 'id' AS matched, id::text AS value
    FROM contacts WHERE id BETWEEN $1 AND $2
    UNION ALL
    SELECT contact_id, NULL, NULL, NULL, 0.98, 'merged away', contact_id::text
    FROM merged_contacts WHERE contact_id BETWEEN $1 AND $2
    ORDER BY id LIMIT $3";

/// Who may be meant by what identifies somebody, and whether there are more than were looked at.
pub fn identified(
    conn: &mut PgConnection,
    search: &Search,
    is_meant: impl Fn(&Hit) -> bool,
) -> QueryResult<(Vec<Hit>, bool)> {
    let mut hits = identities(conn, search, LOOKED_AT)?;
    let truncated = hits.len() as i64 >= LOOKED_AT;
    let mut known = HashSet::new();
    hits.retain(|hit| is_meant(hit) && known.insert(hit.id));
    Ok((hits, truncated))
}

/// Many share the last digits of a number, and few all of them.
const LOOKED_AT: i64 = 1000;

fn identities(conn: &mut PgConnection, search: &Search, most: i64) -> QueryResult<Vec<Hit>> {
    let Search { id, phone_tail, email, handle, .. } = search;
    let mut hits: Vec<Hit> = Vec::new();
    if let Some(IdRange { low, high }) = id {
        let found = diesel::sql_query(IDS).bind::<SqlUuid, _>(low).bind::<SqlUuid, _>(high);
        hits = found.bind::<BigInt, _>(most).load(conn)?;
    }
    for (place, value) in [(PHONES, phone_tail), (EMAILS, email), (HANDLES, handle)] {
        if let Some(value) = value {
            let found = diesel::sql_query(
                include_str!("sql/search_identities.sql").replace("{hits}", place),
            );
            hits.extend(found.bind::<Text, _>(value).bind::<BigInt, _>(most).load::<Hit>(conn)?);
        }
    }
    if let Some(handle) = handle {
        hits.iter_mut().for_each(|hit| hit.pick_handle(handle));
    }
    Ok(hits)
}

/// The best hits first; `limit` of them at most.
pub fn search(conn: &mut PgConnection, search: &Search, limit: usize) -> QueryResult<Vec<Hit>> {
    let mut hits = identities(conn, search, i64::try_from(limit).unwrap_or(i64::MAX))?;
    // With digits in it, what somebody has for a handle is no name.
    let is_handle = |name: &String| !hits.is_empty() && name.contains(|c: char| c.is_ascii_digit());
    if let Some(name) = search.name.as_ref().filter(|name| !is_handle(name)) {
        let mut named = Named::new(name, limit, &hits);
        search_names(conn, name, &mut named)?;
        hits.extend(named.hits(conn)?);
    }
    // Stable: the order within each kind stays.
    hits.sort_by(|left, right| right.rank.total_cmp(&left.rank));
    let mut known = HashSet::new();
    hits.retain(|hit| known.insert(hit.id));
    hits.truncate(limit);
    Ok(hits)
}

/// Contacts that were found by their names so far.
struct Named {
    wanted: WantedName,
    limit: usize,
    /// Found by something else.
    others: usize,
    found: HashMap<Uuid, f64>,
    /// A common name is compared once.
    alike: HashMap<String, f64>,
}

/// Names are spelled alike from here on; from the second they may be.
const ALIKE: f64 = 0.85;
const PERHAPS: f64 = 0.6;

impl Named {
    fn new(name: &str, limit: usize, others: &[Hit]) -> Named {
        Named {
            wanted: WantedName::new(name),
            limit,
            others: others.len(),
            found: HashMap::new(),
            alike: HashMap::new(),
        }
    }

    fn add(&mut self, id: Uuid, name: String) {
        let wanted = &self.wanted;
        let alike = *self.alike.entry(name).or_insert_with_key(|name| wanted.alike(name));
        self.found.insert(id, alike);
    }

    fn has(&self, enough: usize, alike: f64) -> bool {
        let are = self.found.values().filter(|found| **found >= alike).count();
        self.others + are >= enough
    }

    /// The best with what is shown of them, in the order of their ranks, the newest first.
    fn hits(self, conn: &mut PgConnection) -> QueryResult<Vec<Hit>> {
        let mut best: Vec<(Uuid, f64)> = self.found.into_iter().collect();
        best.sort_by(|left, right| right.1.total_cmp(&left.1).then(left.0.cmp(&right.0)));
        best.truncate(self.limit);
        let (ids, ranks): (Vec<Uuid>, Vec<f64>) = best.into_iter().unzip();
        diesel::sql_query(include_str!("sql/search_named.sql"))
            .bind::<Array<SqlUuid>, _>(ids)
            .bind::<Array<Double>, _>(ranks)
            .load(conn)
    }
}

/// Where a name is looked for, and how many are ranked: of very many, all are about as good.
type Where = (&'static str, i64);
/// The index has the names in it.
const WHOLE: Where = (
    "contact_name_sound(contact_name_sounds(name)) COLLATE \"C\" = ANY ($1) AND octet_length(name) <= 1000",
    2_000,
);
/// Each costs a page of the table.
const WORDS: Where =
    ("array_to_tsvector(contact_name_keys(contact_name_sounds(name))) @@ ($1)[1]::tsquery", 250);

/// In steps, the surest and cheapest first, until there are enough: of a common name, what is a
/// letter off are thousands.
fn search_names(conn: &mut PgConnection, name: &str, named: &mut Named) -> QueryResult<()> {
    let sounds = match name_keys::sounds_of_ascii(name) {
        Some(sounds) => sounds,
        None => ask_for_sounds(conn, name)?,
    };
    let Some(keys) = NameKeys::of(sounds) else { return Ok(()) };
    find(conn, WHOLE, vec![keys.whole()], named)?;
    if !named.has(1, ALIKE) {
        find(conn, WHOLE, keys.whole_off(), named)?;
    }
    if !named.has(named.limit, ALIKE) {
        find(conn, WORDS, vec![keys.sounding()], named)?;
    }
    if !named.has(1, PERHAPS) {
        find(conn, WORDS, vec![keys.near()], named)?;
    }
    // Slips in two words are rare, and finding them takes long.
    if !named.has(1, 0.0) && !keys.is_one_word() {
        find(conn, WORDS, vec![keys.far()], named)?;
    }
    Ok(())
}

/// The server plans each step for these very words.
fn find(
    conn: &mut PgConnection,
    (condition, most): Where,
    keys: Vec<String>,
    named: &mut Named,
) -> QueryResult<()> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = SqlUuid)]
        id: Uuid,
        #[diesel(sql_type = Text)]
        name: String,
    }
    let most = most.max(i64::try_from(named.limit).unwrap_or(i64::MAX));
    let rows: Vec<Row> =
        diesel::sql_query(format!("SELECT id, name FROM contacts WHERE {condition} LIMIT $2"))
            .bind::<Array<Text>, _>(keys)
            .bind::<BigInt, _>(most)
            .load(conn)?;
    rows.into_iter().for_each(|row| named.add(row.id, row.name));
    Ok(())
}

/// As the server reads letters, because so it read them for the index.
fn ask_for_sounds(conn: &mut PgConnection, name: &str) -> QueryResult<Vec<String>> {
    diesel::sql_query(include_str!("sql/search_name_sounds.sql"))
        .bind::<Text, _>(name)
        .scalar::<Array<Text>, _>(conn)
}
