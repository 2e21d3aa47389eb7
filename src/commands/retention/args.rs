//! The flags that everything that deletes by age has.

use std::path::PathBuf;
use std::time::Duration;

use age::x25519::Recipient;
use clap::Args;

use crate::age_files;
use crate::commands::consent_args::ConsentArgs;
use crate::commands::lock_wait_arg::LockWaitArgs;
use crate::commands::trust_arg::TrustArg;
use crate::domain::moment;
use crate::error::Failure;

#[derive(Debug, Clone, Args)]
pub struct EngineArgs {
    #[command(flatten)]
    pub consent: ConsentArgs,
    /// Write every row to a verified archive in this folder before it is deleted
    #[arg(long, value_name = "DIR")]
    pub archive: Option<PathBuf>,
    /// Encrypt the archives to this public key of age; give it again for another
    #[arg(long, value_name = "RECIPIENT", value_parser = age_files::recipient)]
    pub encrypt_to: Vec<Recipient>,
    /// Delete at most this many rows in one transaction; fewer where that takes long
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub batch_size: u32,
    /// Let one transaction take about this long
    #[arg(long, value_name = "DURATION", value_parser = moment::duration, default_value = "50ms")]
    pub batch_time: Duration,
    /// Refuse if more rows than this would go [default: half of the table]
    #[arg(long, value_name = "N")]
    pub max_rows: Option<u64>,
    /// Stop after this long; the next run goes on
    #[arg(long, value_name = "DURATION", value_parser = moment::duration)]
    pub max_runtime: Option<Duration>,
    /// Delete at most this many rows a second; 0 is no limit
    #[arg(long, value_name = "N", default_value_t = 20_000)]
    pub rate: u32,
    /// Pause while a replica is further behind than this
    #[arg(long, value_name = "DURATION", value_parser = moment::duration, default_value = "10s")]
    pub max_lag: Duration,
    /// Run VACUUM (ANALYZE) afterwards on what rows were deleted from
    #[arg(long)]
    pub vacuum: bool,
    /// Write the result as a Prometheus text file too
    #[arg(long, value_name = "FILE")]
    pub metrics_file: Option<PathBuf>,
    #[command(flatten)]
    pub wait: LockWaitArgs,
    #[command(flatten)]
    pub trust: TrustArg,
}

impl EngineArgs {
    /// # Errors
    /// Usage: archives are to be encrypted, and there are none.
    pub fn require_archive(&self, is_there: bool) -> Result<(), Failure> {
        if is_there || self.encrypt_to.is_empty() {
            return Ok(());
        }
        Err(Failure::usage("there is no archive to encrypt")
            .why("--encrypt-to was given, and no folder for archives")
            .hint("name one: --archive DIR"))
    }
}
