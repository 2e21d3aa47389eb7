//! CHANNEL on the command line, in any case.

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::domain::channel::Channel;

#[derive(Debug, Clone, Copy, Args)]
pub struct ChannelArg {
    /// Channel of the integration
    #[arg(value_name = "CHANNEL", ignore_case = true, value_parser = parser())]
    pub channel: Channel,
}

fn parser() -> impl TypedValueParser<Value = Channel> {
    PossibleValuesParser::new(Channel::ALL.map(Channel::as_str))
        .map(|name| Channel::parse(&name).expect("only names of channels get here"))
}
