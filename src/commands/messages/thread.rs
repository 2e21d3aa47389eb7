//! `messages thread`.

use clap::Args;

use super::OnlyArgs;
use super::row::MessageRow;
use crate::commands::contacts::named::ContactArg;
use crate::commands::list_args::ListArgs;
use crate::context::Context;
use crate::error::{Failure, Kind, Outcome};
use crate::store::messages::Only;
use crate::store::{contacts, messages, server, tx};

#[derive(Debug, Args)]
pub struct ThreadArgs {
    /// The thread
    #[arg(required_unless_present = "contact", conflicts_with = "contact")]
    thread: Option<String>,
    /// Everything that this contact and we wrote, in all threads
    #[arg(long, value_name = "CONTACT")]
    contact: Option<ContactArg>,
    #[command(flatten)]
    only: OnlyArgs,
    #[command(flatten)]
    list: ListArgs<MessageRow>,
}

pub(super) fn run(ctx: &mut Context, args: ThreadArgs) -> anyhow::Result<Outcome> {
    let mut db = ctx.connect()?;
    let limit = args.list.probe();
    let (found, now) = tx::read(&mut db, |conn| {
        let now = server::now(conn)?;
        let only = args.only.resolve(now);
        let found = match (&args.contact, &args.thread) {
            (Some(contact), _) => {
                let contact = contact.find_existing(ctx, conn)?;
                messages::list_by_contact(conn, contact, only, limit)?
            }
            (None, Some(thread)) => {
                let found = messages::list_by_thread(conn, thread, only, limit)?;
                if found.is_empty()
                    && messages::list_by_thread(conn, thread, Only::default(), 1)?.is_empty()
                {
                    let is_contact = match thread.parse() {
                        Ok(id) => contacts::find_existing(conn, id)?.is_some(),
                        Err(_) => false,
                    };
                    return Err(unknown(thread, is_contact).into());
                }
                found
            }
            (None, None) => Vec::new(),
        };
        Ok((found, now))
    })?;
    // The newest were asked for; a conversation is read from its beginning.
    let rows = found.into_iter().map(|message| MessageRow::new(message, now)).collect();
    args.list.show_reversed(ctx, &mut db, rows)
}

fn unknown(thread: &str, is_contact: bool) -> Failure {
    let failure = Failure::new(Kind::NotFound, format!("there is no thread {thread}"));
    match is_contact {
        true => failure.hint(format!("it is a contact: messages thread --contact {thread}")),
        false => failure.hint(
            "`inboxctl messages thread --contact ID --columns thread_id,content` shows threads",
        ),
    }
}
