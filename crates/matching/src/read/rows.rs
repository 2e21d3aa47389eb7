//! Reads a run of rows: names into words, phones, mailboxes, handles and metadata into their
//! parts. Runs of rows are read in parallel, each with word lists of its own.

use crate::FETCHED;
use crate::csr::Lists;
use crate::handles;
use crate::hash::{self, HashedMap};
use crate::json;
use crate::read::email;
use crate::read::fold::{self, fold};
use crate::read::phone::Phone;
use crate::read::region::Region;
use crate::read::table::{Identity, Row, Table};

/// A mailbox: where its one spelling stands, and hashes of the whole and of the local part.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mailbox {
    pub whole: u64,
    pub local: u64,
    pub start: u64,
    pub length: u16,
    pub local_length: u16,
    /// Whether it belongs to a function rather than to a person.
    pub is_role: bool,
}

/// Distinct texts with a number each, in order of first appearance.
#[derive(Default)]
pub(crate) struct Words {
    numbers: HashedMap<u32>,
    pub text: String,
    /// Where each text ends, its hash, and the group it belongs to.
    pub entries: Vec<(u32, u64, u32)>,
}

impl Words {
    pub(crate) fn number(&mut self, text: &str, group: u32) -> u32 {
        let hash = hash::pair(hash::bytes(text.as_bytes()), u64::from(group));
        if let Some(&number) = self.numbers.get(&hash) {
            return number;
        }
        let number = self.entries.len() as u32;
        self.numbers.insert(hash, number);
        self.text.push_str(text);
        self.entries.push((self.text.len() as u32, hash, group));
        number
    }

    pub(crate) fn get(&self, number: u32) -> &str {
        let number = number as usize;
        let start = if number == 0 { 0 } else { self.entries[number - 1].0 as usize };
        &self.text[start..self.entries[number].0 as usize]
    }

    pub(crate) fn len(&self) -> u32 {
        self.entries.len() as u32
    }
}

/// What a run of rows says.
#[derive(Default)]
pub(crate) struct Run {
    pub words: Words,
    pub names: Lists<u32>,
    pub phones: Lists<Phone>,
    pub mailboxes: Lists<Mailbox>,
    pub mail_text: String,
    pub handles: Lists<u64>,
    pub keys: Words,
    pub values: Words,
    pub facts: Lists<u32>,
}

/// Marks of the scripts of a run of letters.
pub(crate) const ABJAD: u8 = 1;
pub(crate) const NATIVE_FORM: u8 = 2;
const SYLLABLES: u8 = 4;

/// The group of words in Arabic or Hebrew; signs are in the group of their code point.
pub(crate) const ABJAD_GROUP: u32 = 1;

/// A name of more words is a sentence; what follows tells nothing.
const MOST_WORDS: usize = 8;
/// More different keys of metadata than this in one run aren't fields but data.
const MOST_KEYS: u32 = 200;
const MOST_FACTS: usize = 40;

/// Reads rows in the order given.
pub(crate) fn read(table: &Table, rows: &[u32], region: Option<&Region>) -> Run {
    let mut run = Run::default();
    let mut buffer = String::new();
    for next in rows.chunks(FETCHED) {
        table.fetch(next);
        next.iter().for_each(|&row| run.row(table, row, region, &mut buffer));
    }
    run
}

impl Run {
    fn row(&mut self, table: &Table, number: u32, region: Option<&Region>, buffer: &mut String) {
        let row = table.row(number);
        row.phone.into_iter().for_each(|phone| self.phone(phone, region));
        row.email.into_iter().for_each(|email| self.mailbox(email));
        handles::visit(row.handles, &mut |_, handle| self.handle(handle));
        for (identity, value) in table.more(number) {
            match identity {
                Identity::Phone => self.phone(value, region),
                Identity::Email => self.mailbox(value),
                Identity::Handle => self.handle(value),
            }
        }
        self.name(&row, buffer);
        self.metadata(&row);
        self.phones.close();
        self.mailboxes.close();
        self.handles.close();
        self.names.close();
        self.facts.close();
    }

    fn phone(&mut self, text: &str, region: Option<&Region>) {
        if let Some(phone) = Phone::parse(text, region)
            && !self.phones.open().contains(&phone)
        {
            self.phones.add(phone);
        }
    }

    fn mailbox(&mut self, text: &str) {
        let start = self.mail_text.len();
        let Some(local_length) = email::canonical(text, &mut self.mail_text) else {
            return self.mail_text.truncate(start);
        };
        let spelling = &self.mail_text.as_bytes()[start..];
        let mailbox = Mailbox {
            whole: hash::bytes(spelling),
            local: hash::bytes(&spelling[..local_length]),
            start: start as u64,
            length: spelling.len() as u16,
            local_length: local_length as u16,
            is_role: email::is_role(&self.mail_text[start..start + local_length]),
        };
        if self.mailboxes.open().iter().any(|other| other.whole == mailbox.whole) {
            return self.mail_text.truncate(start);
        }
        self.mailboxes.add(mailbox);
    }

    fn handle(&mut self, text: &str) {
        let text = handles::bare(text);
        if text.len() < 3 {
            return;
        }
        let hash = hash::bytes(text.as_bytes());
        if !self.handles.open().contains(&hash) {
            self.handles.add(hash);
        }
    }

    fn name(&mut self, row: &Row<'_>, buffer: &mut String) {
        let mut script = 0;
        match row.name.map(str::trim) {
            Some(name) if !name.is_empty() => self.words(name, buffer, &mut script),
            _ => {
                for part in [GIVEN, MIDDLE, FAMILY] {
                    json::visit(row.metadata, &mut |key, value| {
                        if name_part(key) == Some(part) {
                            self.words(value, buffer, &mut script);
                        }
                    });
                }
            }
        }
    }

    fn words(&mut self, name: &str, buffer: &mut String, script: &mut u8) {
        buffer.clear();
        if fold::is_latin(name) {
            fold(name, buffer);
        } else {
            let (name, form) = crate::read::titles::without_native_form(name);
            fold(&name, buffer);
            *script |= if form { NATIVE_FORM } else { 0 };
            *script |= if fold::is_abjad(&name) { ABJAD } else { 0 };
            *script |= if name.chars().any(fold::is_syllable) { SYLLABLES } else { 0 };
        }
        let mut syllables = name.chars().filter(|&letter| fold::is_syllable(letter));
        for word in buffer.split_ascii_whitespace() {
            if self.names.open().len() >= MOST_WORDS {
                break;
            }
            // Syllables that sound the same are other names: their sign tells them apart.
            let group = match *script & (ABJAD | SYLLABLES) {
                0 => 0,
                ABJAD => ABJAD_GROUP,
                _ if word.len() > 7 => 0,
                _ => syllables.next().map_or(0, u32::from),
            };
            let number = self.words.number(&word[..word.len().min(40)], group);
            self.names.add(number);
        }
    }

    fn metadata(&mut self, row: &Row<'_>) {
        if row.metadata.len() <= 2 {
            return;
        }
        json::visit(row.metadata, &mut |key, value| {
            let value = value.trim();
            let unusable = value.is_empty() || self.facts.open().len() >= MOST_FACTS;
            if unusable || name_part(key).is_some() {
                return;
            }
            let key = if self.keys.len() < MOST_KEYS {
                self.keys.number(key, 0)
            } else {
                return;
            };
            let mut end = value.len().min(200);
            while !value.is_char_boundary(end) {
                end -= 1;
            }
            let number = self.values.number(&value[..end], key);
            self.facts.add(number);
        });
    }
}

const GIVEN: u8 = 0;
const MIDDLE: u8 = 1;
const FAMILY: u8 = 2;

/// Which part of a person's name a key of metadata holds, if any.
fn name_part(key: &str) -> Option<u8> {
    if key.len() > 16 {
        return None;
    }
    match key {
        "given_name" | "givenname" | "givenName" | "first_name" | "firstname" | "firstName"
        | "forename" | "vorname" | "prenom" | "nombre" | "name" | "full_name" | "fullname"
        | "fullName" | "display_name" | "displayName" | "fname" => Some(GIVEN),
        "middle_name" | "middlename" | "middleName" => Some(MIDDLE),
        "surname" | "last_name" | "lastname" | "lastName" | "family_name" | "familyname"
        | "familyName" | "nachname" | "apellido" | "apellidos" | "lname" => Some(FAMILY),
        _ => None,
    }
}
