//! `man DIR`.

use std::path::PathBuf;
use std::{fs, io};

use anyhow::Context as _;
use clap::Args;

use crate::context::Context;
use crate::error::Outcome;
use crate::ui::human;

#[derive(Debug, Args)]
pub struct ManArgs {
    /// Folder to write into; made if it isn't there
    #[arg(value_name = "DIR")]
    dir: PathBuf,
}

/// `tree` is the whole command tree.
pub fn run(ctx: &mut Context, args: ManArgs, tree: clap::Command) -> anyhow::Result<Outcome> {
    let write = || -> io::Result<usize> {
        fs::create_dir_all(&args.dir)?;
        clap_mangen::generate_to(tree, &args.dir)?;
        let mut pages = 0;
        for page in fs::read_dir(&args.dir)? {
            let path = page?.path();
            let text = fs::read_to_string(&path)?;
            // What follows the options has no title of its own in the tree.
            let told = text.replace(".SH EXTRA\nExamples:\n", ".SH EXAMPLES\n");
            if told != text {
                fs::write(&path, told)?;
            }
            pages += 1;
        }
        Ok(pages)
    };
    let pages = write().with_context(|| format!("can't write into {}", args.dir.display()))?;
    ctx.ui.status(format!(
        "wrote {} into {}",
        human::plural(pages as u64, "page", "pages"),
        args.dir.display()
    ));
    Ok(Outcome::Done)
}
