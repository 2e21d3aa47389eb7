//! `local start`.

use super::status;
use crate::context::Context;
use crate::error::Outcome;

pub fn run(ctx: &mut Context) -> anyhow::Result<Outcome> {
    ctx.start_local()?;
    status::run(ctx)
}
