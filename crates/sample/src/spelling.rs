//! Ways in which the same word comes out different: typing slips, accents, endings, case.

use super::names::Endings;
use super::random::Stream;
use super::words::push_plain;

const ROWS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/// One typing slip somewhere after the first letter; short words stay as they are.
pub(crate) fn slip(word: &str, stream: &mut Stream) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() < 4 {
        return word.to_owned();
    }
    let place = 1 + stream.below(letters.len() as u32 - 2) as usize;
    match stream.below(4) {
        0 => letters.swap(place, place + 1),
        1 => {
            letters.remove(place);
        }
        2 => letters.insert(place, letters[place]),
        _ => match neighbour(letters[place], stream) {
            Some(letter) => letters[place] = letter,
            None => letters.swap(place, place + 1),
        },
    }
    letters.into_iter().collect()
}

fn neighbour(letter: char, stream: &mut Stream) -> Option<char> {
    let row = ROWS.iter().find(|row| row.contains(letter))?;
    let place = row.find(letter)?;
    let right = stream.percent(50);
    let other = if right && place + 1 < row.len() || place == 0 { place + 1 } else { place - 1 };
    row[other..].chars().next()
}

/// Letters without their accents; other scripts stay.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|letter| push_plain(&mut out, letter));
    out
}

/// The form of a surname that a woman has.
pub(crate) fn inflect(family: &str, endings: Endings) -> String {
    let rules: &[(&str, &str)] = match endings {
        Endings::Same => &[],
        Endings::Polish => &[("ski", "ska"), ("cki", "cka"), ("dzki", "dzka")],
        Endings::Slavic => &[
            ("skiy", "skaya"),
            ("skii", "skaya"),
            ("skyi", "ska"),
            ("sky", "skaya"),
            ("ov", "ova"),
            ("ev", "eva"),
            ("yov", "yova"),
            ("in", "ina"),
            ("yn", "yna"),
            ("ський", "ська"),
            ("ский", "ская"),
            ("ов", "ова"),
            ("ев", "ева"),
            ("ёв", "ёва"),
            ("ин", "ина"),
            ("ын", "ына"),
        ],
        Endings::Greek => &[
            ("os", "ou"),
            ("is", "i"),
            ("as", "a"),
            ("όπουλος", "οπούλου"),
            ("ος", "ου"),
            ("ός", "ού"),
            ("ης", "η"),
            ("ής", "ή"),
            ("ας", "α"),
            ("άς", "ά"),
        ],
    };
    for (from, to) in rules {
        if let Some(stem) = family.strip_suffix(from) {
            return [stem, to].concat();
        }
    }
    family.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings() {
        assert_eq!(inflect("Kowalski", Endings::Polish), "Kowalska");
        assert_eq!(inflect("Иванов", Endings::Slavic), "Иванова");
        assert_eq!(inflect("Papadopoulos", Endings::Greek), "Papadopoulou");
        assert_eq!(inflect("Nowak", Endings::Polish), "Nowak");
    }

    #[test]
    fn slips_survive_any_word() {
        let mut stream = Stream::new(3);
        for word in ["", "a", "abcd", "Müller", "Александр", "佐々木裕子", "qqqq"] {
            for _ in 0..50 {
                slip(word, &mut stream);
            }
        }
        assert_eq!(plain("Nuñez Łukasz Ивано"), "Nunez Lukasz Ивано");
    }
}
