//! Where secrets come from: a file, standard input, or a prompt without echo.
//! Never from an argument, which every user of the machine can see.

use std::io::{self, Read};
use std::path::Path;

use zeroize::Zeroizing;

use crate::bounded_file;
use crate::context::Context;
use crate::domain::vault::{FieldError, Fields, INPUT_LIMIT_BYTES, Provider};
use crate::domain::vocabulary::Channel;
use crate::error::Failure;

/// The fields that the operator gives.
///
/// # Errors
/// Usage: they can't be read, or are no object of strings.
pub(super) fn fields(
    ctx: &Context,
    channel: Channel,
    file: Option<&Path>,
    provider: &Provider,
    is_merge: bool,
) -> Result<Fields, Failure> {
    match file {
        Some(path) if path != Path::new("-") => {
            let open = bounded_file::open_any(path).and_then(read);
            let bytes = open.map_err(|error| {
                Failure::usage(format!("{} can't be read", path.display())).why(error.to_string())
            })?;
            Fields::parse(&bytes)
                .map_err(|error| unusable(&path.display().to_string(), &error, provider))
        }
        None if ctx.ui.can_ask() => ask(ctx, channel, provider, is_merge),
        _ => {
            let bytes = read(io::stdin().lock()).map_err(|error| {
                Failure::usage("standard input can't be read").why(error.to_string())
            })?;
            Fields::parse(&bytes).map_err(|error| unusable("standard input", &error, provider))
        }
    }
}

fn read(source: impl Read) -> io::Result<Zeroizing<Vec<u8>>> {
    bounded_file::read_from(source, INPUT_LIMIT_BYTES).map(Zeroizing::new)
}

fn unusable(place: &str, error: &FieldError, provider: &Provider) -> Failure {
    let fields = provider.required.iter().map(|name| format!("\"{name}\": \"...\""));
    let fields = fields.collect::<Vec<_>>().join(", ");
    Failure::usage(format!("{place} holds no credentials"))
        .why(error.to_string())
        .hint(format!("give a JSON object of strings: {{{fields}}}"))
}

fn ask(
    ctx: &Context,
    channel: Channel,
    provider: &Provider,
    is_merge: bool,
) -> Result<Fields, Failure> {
    ctx.ui.status(format!("Credentials of {channel} by {}; nothing is shown.", provider.name));
    let mut fields = Fields::default();
    for name in provider.fields() {
        let is_optional = is_merge || provider.optional.contains(&name);
        let question = match (is_merge, is_optional) {
            (true, _) => format!("{name} (Enter keeps it)"),
            (false, true) => format!("{name} (Enter leaves it out)"),
            (false, false) => name.to_owned(),
        };
        let value = ctx.ui.ask_secret(&question, &|| ctx.interrupted())?;
        if value.is_empty() && is_optional {
            continue;
        }
        fields.add(name, value).map_err(|error| unusable("what was typed", &error, provider))?;
    }
    Ok(fields)
}
