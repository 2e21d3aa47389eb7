//! All word lists, read once for the life of the process.

use super::countries::{Country, countries};
use super::names::{Culture, cultures};
use super::words::{Word, words};
use std::sync::LazyLock;

pub(crate) static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);

pub(crate) struct Lexicon {
    pub countries: Vec<Country>,
    /// With weights in proportion to the contacts.
    cultures: Vec<CultureAtHome>,
    /// For each 1024th of the contacts, the place of its culture.
    shares: Vec<u8>,
    pub brand_heads: Vec<Word>,
    pub brand_middles: Vec<Word>,
    pub brand_ends: Vec<Word>,
}

struct CultureAtHome {
    culture: Culture,
    /// Places of countries and weights; never empty.
    homes: Vec<(usize, u32)>,
}

impl Lexicon {
    fn read() -> Lexicon {
        let countries = countries();
        let mut weights = Vec::new();
        let mut list = Vec::new();
        for (culture, weight) in cultures() {
            let mut homes: Vec<(usize, u32)> = culture
                .homes
                .iter()
                .filter_map(|&(code, weight)| Some((place(&countries, code)?, weight)))
                .collect();
            if homes.is_empty() {
                homes.push((0, 1));
            }
            weights.push(weight);
            list.push(CultureAtHome { culture, homes });
        }
        Lexicon {
            countries,
            cultures: list,
            shares: shares(&weights),
            brand_heads: words(BRAND_HEADS, false),
            brand_middles: words(BRAND_MIDDLES, false),
            brand_ends: words(BRAND_ENDS, false),
        }
    }

    /// A culture by a number below 1024, and its homes.
    pub(crate) fn culture(
        &'static self,
        share: u32,
    ) -> (&'static Culture, &'static [(usize, u32)]) {
        let entry = &self.cultures[usize::from(self.shares[share as usize & 1023])];
        (&entry.culture, &entry.homes)
    }
}

fn place(countries: &[Country], code: &str) -> Option<usize> {
    countries.iter().position(|country| country.code == code)
}

fn shares(weights: &[u32]) -> Vec<u8> {
    let total: u32 = weights.iter().sum();
    let mut shares = Vec::with_capacity(1024);
    let mut sum = 0;
    for (place, weight) in weights.iter().enumerate() {
        sum += weight;
        shares.resize((sum * 1024 / total) as usize, place as u8);
    }
    shares
}

const BRAND_HEADS: &str = "
Al Ap Ar Ast Av Bel Ber Bor Bri Cal Can Cor Cres Dal Del Dor Dyn El Em En Er Fal Fen Fin Flo Gal Gen Gla Gran Har Hel Hy In Is Jor Ju
Kal Kel Kor Lam Lar Lin Lo Lum Mar Mel Mer Mon Nav Neo Nor Nov Ol Om Or Pal Pan Per Pri Qua Ral Ren Ro Sal Sel Sol Stra Syn Tal Ter Tri
Ul Um Val Var Ven Vir Vol Wel Xan Yor Zan Zel Zen Alpen Blue North Green Stone River Silver Bright Clear Red";
const BRAND_MIDDLES: &str = "
a e i o u ba be bi bo da de di do fa fi ga ge go ka ki ko la le li lo ma me mi mo na ne ni no pa pe po ra re ri ro sa se si ta te ti to va ve vi vo za zo";
const BRAND_ENDS: &str = "
dex dia do don dor fex gen gon lan lia lis lix lon lum lux mar mex mon na nex nia nis nor ntis ra ran ria ris ron ros san sis sol son sta
tec tek ter tia tis tor tra tron tum va vex via vis von vora x xa xis xon zen zia";
