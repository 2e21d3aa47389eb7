//! The country that phone numbers without one are taken to be from.

use phonenumber::metadata::DATABASE;

/// A country's numbering plan, as far as it tells its own numbers; from libphonenumber's data.
#[derive(Clone, Debug)]
pub struct Region {
    /// Such as "34".
    country_code: String,
    /// What is dialled before a number within the country, such as "0".
    trunk_prefix: Option<String>,
    /// Of a number without prefix, in digits.
    lengths: Vec<u16>,
}

impl Region {
    /// By the two letters of ISO 3166, such as "ES"; nothing where there is no such country.
    pub fn find(letters: &str) -> Option<Region> {
        let plan = DATABASE.by_id(&letters.to_ascii_uppercase())?;
        let kinds = [plan.descriptors().fixed_line(), plan.descriptors().mobile()];
        let lengths = kinds.into_iter().flatten().flat_map(|kind| kind.possible_length());
        Some(Region {
            country_code: plan.country_code().to_string(),
            trunk_prefix: plan.national_prefix().map(str::to_owned),
            lengths: lengths.copied().collect(),
        })
    }

    /// The digits to dial from anywhere, for `dialled` within the country; nothing for a number
    /// that the plan doesn't have.
    pub fn international(&self, dialled: &str) -> Option<String> {
        let without = |prefix: &str| dialled.strip_prefix(prefix).filter(|rest| self.has(rest));
        let national = self.trunk_prefix.as_deref().and_then(without);
        let national = national.or(Some(dialled).filter(|number| self.has(number)));
        // The country code without its plus.
        let national = national.or_else(|| without(&self.country_code))?;
        Some(format!("{}{national}", self.country_code))
    }

    fn has(&self, number: &str) -> bool {
        self.lengths.iter().any(|length| usize::from(*length) == number.len())
    }
}
