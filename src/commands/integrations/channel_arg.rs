//! CHANNEL on the command line.

use clap::Args;

use crate::commands::name_arg;
use crate::domain::vocabulary::Channel;

#[derive(Debug, Clone, Copy, Args)]
pub(super) struct ChannelArg {
    /// Channel of the integration
    #[arg(value_name = "CHANNEL", value_parser = name_arg::parser::<Channel>())]
    pub channel: Channel,
}
