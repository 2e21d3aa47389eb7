//! What pgbench logged of its transactions.

use std::fs;
use std::path::Path;

/// How long each transaction of `pgbench --log` took, in microseconds, the shortest first; its logs
/// in the folder are taken away.
pub(crate) fn latencies_us(folder: &Path) -> Vec<u64> {
    let mut times_us: Vec<u64> = Vec::new();
    for entry in fs::read_dir(folder).expect("the logs") {
        let path = entry.expect("a log").path();
        if path.to_string_lossy().contains("pgbench_log") {
            let text = fs::read_to_string(&path).expect("a log");
            times_us.extend(
                text.lines().filter_map(|line| line.split(' ').nth(2)?.parse::<u64>().ok()),
            );
            fs::remove_file(path).expect("a log");
        }
    }
    times_us.sort_unstable();
    times_us
}
