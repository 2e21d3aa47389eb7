//! Channels, roles, statuses on the command line: in any case, with the nearest
//! one suggested.

use std::ffi::OsStr;
use std::marker::PhantomData;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Arg, Command, Error};

use crate::domain::named::Named;

/// Reads one of the values of `T`.
pub fn parser<T: Named>() -> NameParser<T> {
    NameParser(PhantomData)
}

pub struct NameParser<T>(PhantomData<fn() -> T>);

impl<T> Clone for NameParser<T> {
    fn clone(&self) -> NameParser<T> {
        NameParser(PhantomData)
    }
}

impl<T: Named> TypedValueParser for NameParser<T> {
    type Value = T;

    /// clap compares and suggests letter by letter, so it gets the word in the
    /// case of the names.
    fn parse_ref(&self, cmd: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<T, Error> {
        let names = PossibleValuesParser::new(T::ALL.iter().map(|value| value.name()));
        let name = names.parse_ref(cmd, arg, &value.to_ascii_uppercase())?;
        Ok(T::from_name(&name).expect("only names get here"))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(T::ALL.iter().map(|value| PossibleValue::new(value.name()))))
    }
}
