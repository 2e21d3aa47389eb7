//! `contacts dedupe --since` beside a run over all contacts: what each takes of us, and how many
//! clusters differ.
//!
//! `cargo bench --bench dedupe -- [CONTACTS] [WORLD] [SHOWN]`: a million of them in the world `tied`
//! unless told otherwise, of which one in 200 changed; so many of the clusters that differ are shown.

#[path = "../tests/cli/support/mod.rs"]
mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use inboxctl_sample::{Sample, World};
use nix::sys::resource::{UsageWho, getrusage};
use serde_json::Value;
use support::Database;
use uuid::Uuid;

/// One contact in so many changed.
const CHANGED: u64 = 200;
const COLUMNS: &str = "id, name, phone, email, social_handles, metadata, created_at, updated_at";

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    if let [first, rest @ ..] = args.as_slice()
        && first == "measured"
    {
        return measured(rest);
    }
    let rows: u64 = args.first().map_or(1_000_000, |rows| rows.parse().expect("a number"));
    let which = args.get(1).map_or("tied", String::as_str);
    let world = World::ALL.into_iter().find(|world| world.name() == which).expect("a world");
    let database = Database::migrated();
    let folder = tempfile::tempdir().expect("a temporary folder");
    fill(&database, folder.path(), rows, world);
    let shown = args.get(2).map_or(0, |shown| shown.parse().expect("a number"));
    since(&database, rows, shown);
}

fn fill(database: &Database, folder: &Path, rows: u64, world: World) {
    let as_of = "2026-01-05T09:00:00Z".parse().expect("a time");
    let sample = Sample::new(rows, 2, as_of, [Uuid::nil(); 3]).in_world(world);
    let file = folder.join("contacts.csv");
    let mut writer = csv::Writer::from_path(&file).expect("a file");
    for contact in sample.contacts() {
        let id = contact.id.to_string();
        let some = |text: &Option<_>| text.as_deref().map_or(String::new(), str::to_owned);
        let (name, phone, email) =
            (some(&contact.name), some(&contact.phone), some(&contact.email));
        let time = "2026-01-01 00:00:00+00";
        let row =
            [&id, &name, &phone, &email, &*contact.social_handles, &*contact.metadata, time, time];
        writer.write_record(row).expect("a row");
    }
    drop(writer);
    let copy = format!("\\copy contacts ({COLUMNS}) FROM '{}' CSV", file.display());
    let mut psql = Command::new(tool("psql"));
    let status = psql.args(["-X", "-q", "-c", &copy]).arg(database.url()).status();
    assert!(status.expect("psql runs").success());
    fs::remove_file(file).expect("the file");
    database.execute("VACUUM ANALYZE contacts");
}

fn since(database: &Database, rows: u64, shown: usize) {
    // Learns, and merges nothing.
    let learn = run(database, &["--yes", "--max-wrong", "0", "--limit", "1"]);
    println!("all of {rows}, kept: {learn}");
    let size = "(SELECT length(counts) + length(figures::text) FROM matching_lessons)";
    println!("kept          {:>9} bytes", database.value(size));
    database.execute(&format!(
        "UPDATE contacts SET updated_at = now() WHERE id IN (SELECT id FROM contacts ORDER BY md5(id::text) LIMIT {})",
        rows / CHANGED
    ));
    let changed = database
        .value("(SELECT string_agg(id::text, ' ') FROM contacts WHERE updated_at > '2026-02-01')");
    let changed: BTreeSet<&str> = changed.split(' ').collect();
    println!("{} changed", changed.len());
    let all = ["--dry-run", "--limit", "99999999"];
    let night = run(database, &[&all[..], &["--since", "1d"]].concat());
    println!("since 1d      {night}");
    let whole = run(database, &all);
    println!("all           {whole}");
    let of_changed = |clusters: &BTreeSet<Vec<String>>| -> BTreeSet<Vec<String>> {
        let has_one =
            |cluster: &&Vec<String>| cluster.iter().any(|id| changed.contains(id.as_str()));
        clusters.iter().filter(has_one).cloned().collect()
    };
    let (expected, found) = (of_changed(&whole.clusters), of_changed(&night.clusters));
    let (lost, new) = (expected.difference(&found).count(), found.difference(&expected).count());
    println!(
        "of {} clusters with a contact that changed {lost} are not found as they are, {new} are others: {:.4} (bound: .005)",
        expected.len(),
        lost.max(new) as f64 / expected.len() as f64
    );
    for cluster in expected.difference(&found).take(shown) {
        println!("---");
        for id in cluster {
            let row = "(SELECT concat_ws(' | ', name, phone, email, social_handles, metadata) FROM contacts WHERE id =";
            let is_changed = if changed.contains(id.as_str()) { "*" } else { " " };
            let found = found.iter().position(|other| other.contains(id));
            let found = found.map_or(String::from("-"), |number| number.to_string());
            println!("{is_changed} {found:>6} {}", database.value(&format!("{row} '{id}')")));
        }
    }
}

/// What a run found, and what it took.
struct Ran {
    clusters: BTreeSet<Vec<String>>,
    read: u64,
    wall_seconds: f64,
    cpu_seconds: f64,
    peak_mb: f64,
}

impl std::fmt::Display for Ran {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Ran { clusters, read, wall_seconds, cpu_seconds, peak_mb } = self;
        write!(
            f,
            "{read:>9} read, {:>7} clusters, {wall_seconds:>6.2} s, {cpu_seconds:>5.2} CPU s, {peak_mb:>4.0} MB",
            clusters.len()
        )
    }
}

/// A process of its own runs it: the kernel counts what that one's children take.
fn run(database: &Database, args: &[&str]) -> Ran {
    let start = Instant::now();
    let output = Command::new(std::env::current_exe().expect("this program"))
        .arg("measured")
        .arg(support::binary())
        .args(["contacts", "dedupe", "--format", "json"])
        .args(args)
        .env("DATABASE_URL", database.url())
        .stderr(Stdio::piped())
        .output()
        .expect("it runs");
    let told = String::from_utf8_lossy(&output.stderr);
    let wall_seconds = start.elapsed().as_secs_f64();
    assert!(output.status.success(), "{told}");
    let last = told.lines().last().expect("what it took");
    told.lines().filter(|line| *line != last).for_each(|line| println!("  {line}"));
    let mut figures = last.split(' ').map(|figure| figure.parse::<f64>().expect("a figure"));
    let document: Value = serde_json::from_slice(&output.stdout).expect("a document");
    let ids = |cluster: &Value| {
        let members = cluster["members"].as_array().expect("members").iter();
        let mut ids: Vec<String> =
            members.map(|one| one["id"].as_str().expect("an id").to_owned()).collect();
        ids.sort();
        ids
    };
    Ran {
        clusters: document["clusters"].as_array().expect("clusters").iter().map(ids).collect(),
        read: document["scanned"].as_u64().expect("a number"),
        wall_seconds,
        cpu_seconds: figures.next().expect("seconds"),
        peak_mb: figures.next().expect("MB"),
    }
}

fn measured(command: &[String]) {
    let [program, args @ ..] = command else { return };
    let status = Command::new(program).args(args).status().expect("it runs");
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the kernel counts it");
    let seconds =
        |time: nix::sys::time::TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    eprintln!(
        "{:.2} {:.0}",
        seconds(usage.user_time()) + seconds(usage.system_time()),
        usage.max_rss() as f64 / 1024.0
    );
    std::process::exit(status.code().unwrap_or(1));
}

fn tool(name: &str) -> PathBuf {
    inboxctl::local::Binaries::find(None)
        .ok()
        .and_then(|binaries| binaries.tool(name))
        .unwrap_or_else(|| Path::new(name).to_owned())
}
