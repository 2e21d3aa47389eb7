//! Companies, shops and practices: names with legal forms, domains, switchboards.

use super::countries::Country;
use super::lexicon::{LEXICON, Lexicon};
use super::names::Culture;
use super::phone::{Phone, fixed};
use super::random::{Stream, key};
use super::words::{Name, Word};

/// An organisation; everything about it follows from its key and country.
#[derive(Clone, Copy)]
pub(crate) struct Company {
    pub key: u64,
    pub country: &'static Country,
    pub city: &'static Word,
    brand: Brand,
    trade: &'static Word,
    legal: &'static Word,
    native: bool,
    /// Whether mailboxes are first.last, flast or first_last.
    pub mailboxes: u8,
}

#[derive(Clone, Copy)]
enum Brand {
    /// An invented word of three parts.
    Coined(&'static Word, &'static Word, &'static Word),
    /// A family's name; the trade belongs to it.
    Family(Name),
}

/// How much of the name is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Naming {
    Full,
    /// Without the legal form.
    Short,
    /// The legal form in another spelling.
    OtherLegal,
    /// The brand alone.
    Brand,
    Upper,
    Lower,
}

impl Company {
    pub(crate) fn new(
        key: u64,
        culture: Option<&'static Culture>,
        country: &'static Country,
    ) -> Company {
        let lexicon: &'static Lexicon = &LEXICON;
        let mut stream = Stream::new(key);
        let by_family = stream.percent(26);
        let brand = match culture {
            Some(culture) if by_family => Brand::Family(culture.family.draw(&mut stream)),
            _ => Brand::Coined(
                stream.pick(&lexicon.brand_heads),
                stream.pick(&lexicon.brand_middles),
                stream.pick(&lexicon.brand_ends),
            ),
        };
        Company {
            key,
            country,
            city: &country.cities[stream.skewed(country.cities.len() as u32) as usize],
            brand,
            trade: stream.pick(&country.trades),
            legal: &country.legal[stream.skewed(country.legal.len() as u32) as usize],
            native: stream.percent(60),
            mailboxes: stream.below(3) as u8,
        }
    }

    pub(crate) fn name(&self, naming: Naming, variant: usize) -> String {
        let mut out = String::with_capacity(40);
        let legal = self.legal_form(naming, variant);
        let in_front = self.native && matches!(self.country.language, "ru" | "uk");
        if in_front && !legal.is_empty() {
            out.push_str(legal);
            out.push(' ');
        }
        match self.brand {
            Brand::Coined(head, middle, end) => {
                [head, middle, end].iter().for_each(|part| out.push_str(&part.latin));
            }
            Brand::Family(family) => family.push_latin(&mut out),
        }
        if naming != Naming::Brand || matches!(self.brand, Brand::Family(_)) {
            self.push_trade(&mut out);
        }
        if !in_front && !legal.is_empty() {
            if !self.unspaced() {
                out.push(' ');
            }
            out.push_str(legal);
        }
        match naming {
            Naming::Upper => out.to_uppercase(),
            Naming::Lower => out.to_lowercase(),
            _ => out,
        }
    }

    fn push_trade(&self, out: &mut String) {
        if self.unspaced() {
            out.push_str(&self.trade.native);
        } else {
            out.push(' ');
            out.push_str(&self.trade.latin);
        }
    }

    /// Whether the name ends in the country's own script, which has no spaces.
    fn unspaced(&self) -> bool {
        self.native
            && !self.trade.native.is_empty()
            && matches!(self.country.language, "zh" | "ja" | "ko")
    }

    fn legal_form(&self, naming: Naming, variant: usize) -> &'static str {
        match naming {
            Naming::Short | Naming::Brand => "",
            Naming::OtherLegal if !self.legal.spellings.is_empty() => {
                &self.legal.spellings[variant % self.legal.spellings.len()]
            }
            _ if self.native && !self.legal.native.is_empty() => &self.legal.native,
            _ => &self.legal.latin,
        }
    }

    /// Appends the domain; families share names, so theirs names trade and place too.
    pub(crate) fn push_domain(&self, out: &mut String) {
        match self.brand {
            Brand::Coined(head, middle, end) => {
                [head, middle, end].iter().for_each(|part| out.push_str(&part.folded));
                if self.key & 1 == 0 {
                    out.push('-');
                    out.push_str(&self.trade.folded);
                }
            }
            Brand::Family(family) => {
                family.push_folded(out);
                out.push('-');
                out.push_str(&self.trade.folded);
                out.push('-');
                out.push_str(&self.city.folded);
            }
        }
        out.push('.');
        out.push_str(self.country.tld);
    }

    pub(crate) fn mailbox(&self, name: &str) -> String {
        let mut out = String::with_capacity(40);
        out.push_str(name);
        out.push('@');
        self.push_domain(&mut out);
        out
    }

    pub(crate) fn switchboard(&self) -> Phone {
        fixed(&mut Stream::new(key(self.key, 0x5b, 0)), self.country, self.city)
    }

    pub(crate) fn direct_line(&self, extension: u64) -> Phone {
        fixed(&mut Stream::new(key(self.key, 0x5b, 1 + extension)), self.country, self.city)
    }

    /// Appends its name as a handle.
    pub(crate) fn push_handle(&self, out: &mut String) {
        let start = out.len();
        self.push_domain(out);
        let end = out[start..].find('.').map_or(out.len(), |dot| start + dot);
        out.truncate(end);
    }
}
