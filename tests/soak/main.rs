//! Kills, cut connections, crashes of the server and pairs of commands at once, for as long as one likes: nothing may be lost,
//! and nothing stay behind.
//!
//! `scripts/soak [MINUTES] [SEED]`. Each round has a database of its own, on a private server: one
//! command is killed, cut off or robbed of its server at a random moment, or two run at once; then the same command runs once
//! more, undisturbed, and all is counted. Ends with a table, and with 1 if anything was lost or left.

#[path = "../cli/support/mod.rs"]
mod support;

mod campaign;
mod inspection;

use std::process::ExitCode;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use campaign::{Campaign, Scene};

/// Small and good enough: xorshift.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound.max(1)
    }
}

/// What came of a campaign.
#[derive(Default)]
struct Tally {
    rounds: u32,
    /// The command was still at work when it was disturbed.
    met: u32,
    lost: Vec<String>,
    left: Vec<String>,
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let minutes: f64 = args.first().map_or(1.0, |text| text.parse().expect("a number of minutes"));
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
    let seed = args.get(1).map_or(now as u64 | 1, |text| text.parse().expect("a number"));
    println!("soak: {minutes} minutes, seed {seed}, {}", support::binary().display());

    let (mut random, scene) = (Random(seed), Scene::new());
    let mut tallies = Campaign::ALL.map(|campaign| (campaign, Tally::default()));
    let end = Instant::now() + Duration::from_secs_f64(minutes * 60.0);
    while Instant::now() < end {
        for (campaign, tally) in &mut tallies {
            let round = scene.round(*campaign, &mut random);
            tally.rounds += 1;
            tally.met += u32::from(round.met);
            for (kind, problems) in [("lost", &round.lost), ("left", &round.left)] {
                for problem in problems {
                    println!("{kind}: {}: {problem}", round.what);
                }
            }
            tally.lost.extend(round.lost);
            tally.left.extend(round.left);
        }
    }
    println!("\n{:<10} {:>8} {:>8} {:>8} {:>10}", "campaign", "rounds", "met", "lost", "left over");
    let mut is_sound = true;
    for (campaign, tally) in &tallies {
        let (name, lost, left) = (campaign.name(), tally.lost.len(), tally.left.len());
        println!("{name:<10} {:>8} {:>8} {lost:>8} {left:>10}", tally.rounds, tally.met);
        is_sound &= lost + left == 0;
    }
    if is_sound { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
