//! How word lists are written, read and looked at: one entry is
//! `Latin=native~spelling,spelling/nickname,nickname@area,area`, underscores are spaces.

use super::random::Stream;

/// A name, a part of one, a city or a legal form.
#[derive(Debug, Default)]
pub(crate) struct Word {
    pub latin: String,
    /// In its own script; empty where that is Latin.
    pub native: String,
    /// Lower-case ASCII letters and digits only, for addresses.
    pub folded: String,
    pub spellings: Vec<String>,
    /// Latin and native; native may be empty.
    pub nicknames: Vec<(String, String)>,
    pub areas: Vec<String>,
}

/// Reads a list; `umlauts` folds ä to ae and the like.
pub(crate) fn words(text: &str, umlauts: bool) -> Vec<Word> {
    text.split_whitespace().map(|entry| word(entry, umlauts)).collect()
}

fn word(entry: &str, umlauts: bool) -> Word {
    let (entry, areas) = entry.split_once('@').unwrap_or((entry, ""));
    let (entry, nicknames) = entry.split_once('/').unwrap_or((entry, ""));
    let (entry, spellings) = entry.split_once('~').unwrap_or((entry, ""));
    let (latin, native) = pair(entry);
    Word {
        folded: fold(&latin, umlauts),
        latin,
        native,
        spellings: list(spellings).map(spaced).collect(),
        nicknames: list(nicknames).map(pair).collect(),
        areas: list(areas).map(spaced).collect(),
    }
}

fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').filter(|item| !item.is_empty())
}

fn pair(entry: &str) -> (String, String) {
    let (latin, native) = entry.split_once('=').unwrap_or((entry, ""));
    (spaced(latin), spaced(native))
}

fn spaced(text: &str) -> String {
    text.replace('_', " ")
}

/// Lower-case ASCII letters and digits of a text, accents removed.
pub(crate) fn fold(text: &str, umlauts: bool) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            'ä' | 'Ä' if umlauts => folded.push_str("ae"),
            'ö' | 'Ö' | 'ø' | 'Ø' if umlauts => folded.push_str("oe"),
            'ü' | 'Ü' if umlauts => folded.push_str("ue"),
            'å' | 'Å' if umlauts => folded.push_str("aa"),
            _ => push_plain(&mut folded, letter),
        }
    }
    folded.retain(|letter| letter.is_ascii_alphanumeric());
    folded.make_ascii_lowercase();
    folded
}

/// Appends a letter without its accent; other scripts stay as they are.
pub(crate) fn push_plain(out: &mut String, letter: char) {
    if letter.is_ascii() {
        return out.push(letter);
    }
    let plain = match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ă' | 'ą' | 'ạ' | 'ả' | 'ấ' | 'ầ' | 'ẩ' | 'ẫ' | 'ậ'
        | 'ắ' | 'ằ' | 'ẳ' | 'ẵ' | 'ặ' => "a",
        'À' | 'Á' | 'Â' | 'Ã' | 'Ä' | 'Å' | 'Ă' | 'Ą' | 'Ấ' => "A",
        'ç' | 'ć' | 'č' => "c",
        'Ç' | 'Ć' | 'Č' => "C",
        'đ' => "d",
        'Đ' => "D",
        'è' | 'é' | 'ê' | 'ë' | 'ę' | 'ẹ' | 'ẻ' | 'ẽ' | 'ế' | 'ề' | 'ể' | 'ễ' | 'ệ' => {
            "e"
        }
        'È' | 'É' | 'Ê' | 'Ë' | 'Ę' => "E",
        'ğ' => "g",
        'Ğ' => "G",
        'ì' | 'í' | 'î' | 'ï' | 'ı' | 'ĩ' | 'ị' | 'ỉ' => "i",
        'Ì' | 'Í' | 'Î' | 'Ï' | 'İ' => "I",
        'ł' => "l",
        'Ł' => "L",
        'ñ' | 'ń' => "n",
        'Ñ' | 'Ń' => "N",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ơ' | 'ọ' | 'ỏ' | 'ố' | 'ồ' | 'ổ' | 'ỗ' | 'ộ' | 'ớ'
        | 'ờ' | 'ở' | 'ỡ' | 'ợ' => "o",
        'Ò' | 'Ó' | 'Ô' | 'Õ' | 'Ö' | 'Ø' | 'Ơ' => "O",
        'ś' | 'ş' | 'š' => "s",
        'Ś' | 'Ş' | 'Š' => "S",
        'ù' | 'ú' | 'û' | 'ü' | 'ũ' | 'ư' | 'ụ' | 'ủ' | 'ứ' | 'ừ' | 'ử' | 'ữ' | 'ự' => {
            "u"
        }
        'Ù' | 'Ú' | 'Û' | 'Ü' | 'Ư' => "U",
        'ý' | 'ÿ' | 'ỳ' | 'ỷ' | 'ỹ' | 'ỵ' => "y",
        'Ý' => "Y",
        'ź' | 'ż' | 'ž' => "z",
        'Ź' | 'Ż' | 'Ž' => "Z",
        'ß' => "ss",
        'æ' => "ae",
        'Æ' => "Ae",
        'œ' => "oe",
        _ => return out.push(letter),
    };
    out.push_str(plain);
}

/// A name: a word, or one put together of two.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Name {
    pub head: &'static Word,
    pub tail: Option<&'static Word>,
}

impl Name {
    pub(crate) fn of(head: &'static Word) -> Name {
        Name { head, tail: None }
    }

    #[inline]
    pub(crate) fn push_latin(&self, out: &mut String) {
        out.push_str(&self.head.latin);
        if let Some(tail) = self.tail {
            out.push_str(&tail.latin);
        }
    }

    #[inline]
    pub(crate) fn push_native(&self, out: &mut String) {
        out.push_str(&self.head.native);
        if let Some(tail) = self.tail {
            out.push_str(&tail.native);
        }
    }

    #[inline]
    pub(crate) fn push_folded(&self, out: &mut String) {
        out.push_str(&self.head.folded);
        if let Some(tail) = self.tail {
            out.push_str(&tail.folded);
        }
    }

    /// The first folded letter, for initials and addresses.
    pub(crate) fn initial(&self) -> char {
        self.head.folded.chars().next().unwrap_or('x')
    }
}

/// A list with a long tail: some of the names are put together of a stem and an ending.
#[derive(Debug)]
pub(crate) struct NameList {
    pub heads: Vec<Word>,
    pub stems: Vec<Word>,
    pub ends: Vec<Word>,
    /// How many in a hundred are put together.
    pub tail_percent: u32,
}

impl NameList {
    #[inline]
    pub(crate) fn draw(&'static self, stream: &mut Stream) -> Name {
        if self.tail_percent > 0 && stream.percent(self.tail_percent) {
            return Name {
                head: &self.stems[stream.below(self.stems.len() as u32) as usize],
                tail: Some(&self.ends[stream.skewed(self.ends.len() as u32) as usize]),
            };
        }
        self.common(stream)
    }

    /// One of the frequent names.
    #[inline]
    pub(crate) fn common(&'static self, stream: &mut Stream) -> Name {
        Name::of(&self.heads[stream.skewed(self.heads.len() as u32) as usize])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_read_in_parts() {
        let word = word("Moskva=Москва~Moscow@495,499", false);
        assert_eq!(word.latin, "Moskva");
        assert_eq!(word.native, "Москва");
        assert_eq!(word.spellings, ["Moscow"]);
        assert_eq!(word.areas, ["495", "499"]);
        let named = super::word("Aleksandr=Александр~Alexander/Sasha=Саша,Alex", false);
        assert_eq!(named.nicknames[0], ("Sasha".into(), "Саша".into()));
        assert_eq!(named.nicknames[1], ("Alex".into(), String::new()));
    }

    #[test]
    fn folding() {
        assert_eq!(fold("Jürgen Groß", true), "juergengross");
        assert_eq!(fold("Nuñez-Đặng", false), "nunezdang");
        assert_eq!(fold("Łukasz", false), "lukasz");
    }
}
