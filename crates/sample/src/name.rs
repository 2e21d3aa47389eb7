//! How a person's name is written in one row: as it is, or disturbed as in real address books.

use super::names::{Endings, Manner};
use super::person::Person;
use super::random::Stream;
use super::shape::{Origin, Shape};
use super::spelling::{inflect, plain, slip};
use super::words::Name;

/// The parts of a name on their way to the page.
struct Parts {
    given: String,
    middle: String,
    family: String,
    family2: String,
    native: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Twist {
    Keep,
    Slip,
    Nickname,
    Initial,
    Swap,
    Accents,
    Lower,
    Upper,
    Script,
    Spelling,
    Drop,
    Title,
    GivenOnly,
    Display,
    Married,
}

use Twist::*;

/// What happens to first rows: people are careful, mostly.
const CAREFUL: [(Twist, u32); 9] = [
    (Keep, 80),
    (Drop, 6),
    (Lower, 3),
    (Upper, 2),
    (Swap, 2),
    (Title, 2),
    (GivenOnly, 3),
    (Display, 1),
    (Accents, 1),
];

/// What happens to further rows.
const CARELESS: [(Twist, u32); 15] = [
    (Keep, 23),
    (Slip, 14),
    (Nickname, 12),
    (Initial, 5),
    (Swap, 5),
    (Accents, 8),
    (Lower, 4),
    (Upper, 3),
    (Script, 11),
    (Spelling, 10),
    (Drop, 10),
    (Title, 4),
    (GivenOnly, 4),
    (Display, 4),
    (Married, 1),
];

/// The name as the row of this shape has it; `copy` counts the rows of the person from 0.
pub(crate) fn write(person: &Person, shape: &Shape, copy: u8, stream: &mut Stream) -> String {
    let twist = if copy == 0 { stream.weighted(&CAREFUL) } else { stream.weighted(&CARELESS) };
    let twist = possible(twist, person, shape);
    if twist == Keep {
        return assemble(&Undisturbed(person), person, false);
    }
    let mut parts = Parts::of(person, person.native != (twist == Script));
    let second = if copy > 0 && stream.percent(20) { stream.weighted(&CARELESS) } else { Keep };
    parts.twist(twist, person, stream);
    if matches!(second, Slip | Accents | Drop | Spelling | Nickname) {
        parts.twist(second, person, stream);
    }
    match (twist, second) {
        (GivenOnly, _) => parts.given,
        (Display, _) => display(&parts, stream),
        (Title, _) => {
            let culture = person.culture;
            let titles = if person.female { &culture.female_titles } else { &culture.male_titles };
            let title = stream.word(titles);
            format!("{title} {}", assemble(&parts, person, false))
        }
        (Swap, _) => assemble(&parts, person, true),
        (Lower, _) | (_, Lower) => assemble(&parts, person, false).to_lowercase(),
        (Upper, _) | (_, Upper) => assemble(&parts, person, false).to_uppercase(),
        _ => assemble(&parts, person, false),
    }
}

/// Leaves out what a person can't have or a row can't bear.
fn possible(twist: Twist, person: &Person, shape: &Shape) -> Twist {
    let social = matches!(
        shape.origin,
        Origin::Whatsapp | Origin::Instagram | Origin::Facebook | Origin::Twitter
    );
    match twist {
        Initial | GivenOnly | Display | Married if shape.clear => Keep,
        GivenOnly | Display if !social => Keep,
        Initial | Nickname | Title if person.native => Keep,
        Swap if person.native => Keep,
        Script if person.family.head.native.is_empty() => Keep,
        Married if !person.female => Keep,
        twist => twist,
    }
}

impl Parts {
    fn of(person: &Person, native: bool) -> Parts {
        let text = |name: Name| {
            let mut out = String::with_capacity(24);
            if native {
                name.push_native(&mut out)
            } else {
                name.push_latin(&mut out)
            }
            out
        };
        let mut parts = Parts {
            given: text(person.given),
            middle: person.middle.map(text).unwrap_or_default(),
            family: text(person.family),
            family2: person.family2.map(text).unwrap_or_default(),
            native,
        };
        if person.female && person.culture.endings != Endings::Same {
            parts.family = inflect(&parts.family, person.culture.endings);
        }
        parts
    }

    fn twist(&mut self, twist: Twist, person: &Person, stream: &mut Stream) {
        match twist {
            Slip => {
                let part = if stream.percent(60) { &mut self.family } else { &mut self.given };
                *part = slip(part, stream);
            }
            Nickname => self.nickname(person, stream),
            Initial => {
                let initial = self.given.chars().next();
                self.given = initial.map(|letter| format!("{letter}.")).unwrap_or_default();
                self.middle.clear();
            }
            Accents => {
                for part in [&mut self.given, &mut self.family, &mut self.family2] {
                    *part = plain(part);
                }
            }
            Spelling => self.respell(person, stream),
            Drop => {
                self.middle.clear();
                self.family2.clear();
                self.drop_second_given(stream);
            }
            Married => {
                let own = std::mem::take(&mut self.family);
                let new = person.culture.family.draw(stream);
                if self.native {
                    new.push_native(&mut self.family)
                } else {
                    new.push_latin(&mut self.family)
                }
                if stream.percent(40) {
                    self.family.push('-');
                    self.family.push_str(&own);
                }
            }
            _ => {}
        }
    }

    fn nickname(&mut self, person: &Person, stream: &mut Stream) {
        let nicknames = &person.given.head.nicknames;
        if nicknames.is_empty() {
            return;
        }
        let (latin, native) = stream.pick(nicknames);
        if !self.native {
            self.given.clone_from(latin);
        } else if !native.is_empty() {
            self.given.clone_from(native);
        }
    }

    /// Another spelling of the surname, of the given name, or of how its parts are joined.
    fn respell(&mut self, person: &Person, stream: &mut Stream) {
        if self.native {
            return;
        }
        let joined = matches!(person.culture.key, "chinese" | "korean");
        if let (true, Some(tail)) = (joined && stream.percent(60), person.given.tail) {
            let separator = if stream.percent(50) { "-" } else { " " };
            self.given = [person.given.head.latin.as_str(), separator, &tail.latin].concat();
            return;
        }
        let family = stream.percent(55);
        let name = if family { person.family } else { person.given };
        let Some(other) = respelled(name, stream) else { return };
        if family {
            self.family = inflected(other, person);
        } else {
            self.given = other;
        }
    }

    /// The second of two given names is often left out.
    fn drop_second_given(&mut self, stream: &mut Stream) {
        if let Some(end) = self.given.find([' ', '-'])
            && stream.percent(50)
        {
            self.given.truncate(end);
        }
    }
}

fn inflected(family: String, person: &Person) -> String {
    if person.female { inflect(&family, person.culture.endings) } else { family }
}

fn respelled(name: Name, stream: &mut Stream) -> Option<String> {
    let tail = name.tail.filter(|tail| !tail.spellings.is_empty());
    if let Some(tail) = tail {
        return Some([name.head.latin.as_str(), stream.pick(&tail.spellings).as_str()].concat());
    }
    let head = name.head;
    if head.spellings.is_empty() {
        return None;
    }
    let rest = name.tail.map_or("", |tail| tail.latin.as_str());
    Some([stream.pick(&head.spellings).as_str(), rest].concat())
}

/// Parts of a name in the order of its culture.
trait Sounds {
    fn native(&self) -> bool;
    fn push_given(&self, out: &mut String);
    fn push_middle(&self, out: &mut String);
    fn push_family(&self, out: &mut String);
    fn push_family2(&self, out: &mut String);
}

impl Sounds for Parts {
    fn native(&self) -> bool {
        self.native
    }
    fn push_given(&self, out: &mut String) {
        out.push_str(&self.given);
    }
    fn push_middle(&self, out: &mut String) {
        out.push_str(&self.middle);
    }
    fn push_family(&self, out: &mut String) {
        out.push_str(&self.family);
    }
    fn push_family2(&self, out: &mut String) {
        out.push_str(&self.family2);
    }
}

/// The parts straight from the lists: most rows, so it must be fast.
struct Undisturbed<'a>(&'a Person);

impl Undisturbed<'_> {
    fn push(&self, out: &mut String, name: Name) {
        if self.0.native { name.push_native(out) } else { name.push_latin(out) }
    }
}

impl Sounds for Undisturbed<'_> {
    fn native(&self) -> bool {
        self.0.native
    }
    fn push_given(&self, out: &mut String) {
        self.push(out, self.0.given);
    }
    fn push_middle(&self, out: &mut String) {
        if let Some(middle) = self.0.middle {
            out.push(middle.initial().to_ascii_uppercase());
            out.push('.');
        }
    }
    fn push_family(&self, out: &mut String) {
        let start = out.len();
        self.push(out, self.0.family);
        if self.0.female && self.0.culture.endings != Endings::Same {
            let inflected = inflect(&out[start..], self.0.culture.endings);
            out.truncate(start);
            out.push_str(&inflected);
        }
    }
    fn push_family2(&self, out: &mut String) {
        if let Some(family) = self.0.family2 {
            self.push(out, family);
        }
    }
}

fn assemble(parts: &impl Sounds, person: &Person, swapped: bool) -> String {
    let mut out = String::with_capacity(40);
    let asian = person.culture.manner == Manner::EastAsian;
    if asian && parts.native() {
        parts.push_family(&mut out);
        parts.push_given(&mut out);
        return out;
    }
    let at_home = matches!(person.country.code, "VN" | "CN" | "KR" | "JP");
    let family_first = match person.culture.manner {
        Manner::Vietnamese => at_home,
        Manner::EastAsian => at_home && person.key & 7 < 4,
        _ => false,
    };
    let start = out.len();
    if swapped || family_first {
        parts.push_family(&mut out);
        spaced(&mut out, start, |out| parts.push_family2(out));
        out.push_str(if swapped && !family_first { ", " } else { " " });
        parts.push_given(&mut out);
        return out;
    }
    parts.push_given(&mut out);
    spaced(&mut out, start, |out| parts.push_middle(out));
    spaced(&mut out, start, |out| parts.push_family(out));
    spaced(&mut out, start, |out| parts.push_family2(out));
    out
}

/// Appends what `push` writes behind a space, and no space where it writes nothing.
fn spaced(out: &mut String, start: usize, push: impl FnOnce(&mut String)) {
    if out.len() == start {
        return push(out);
    }
    out.push(' ');
    let length = out.len();
    push(out);
    if out.len() == length {
        out.pop();
    }
}

/// A name as people show themselves on social networks.
fn display(parts: &Parts, stream: &mut Stream) -> String {
    let given = &parts.given;
    let initial = parts.family.chars().next().unwrap_or('x');
    match stream.below(8) {
        0 => format!("{given} 🌸"),
        1 => format!("{given} {initial}."),
        2 => format!("{}.{}", plain(given), plain(&parts.family)).to_lowercase().replace(' ', ""),
        3 => format!("☆ {given} ☆"),
        4 => format!("{given}{initial}"),
        5 => format!("{given} {} 🚀", parts.family),
        6 => given.to_lowercase(),
        _ => format!("{given} | {}", parts.family),
    }
}
