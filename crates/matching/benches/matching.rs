//! How well and how fast contacts are matched: sample contacts with known truth, or a CSV.
//!
//! ```text
//! cargo bench --bench matching                    50 k and 10 k, seeds 2 and 3, in all worlds
//! cargo bench --bench matching -- --contacts 1000000 --seed 2 [--world tied] [--as-of TIME]
//! cargo bench --bench matching -- --csv FILE [--csv FILE ...] [--errors 20] [--diagram] [--max-wrong .005]
//! ```
//!
//! The CSV has a header with `id` and `truth` or `cluster` (equal values are one person); `name`,
//! `phone`, `email` and `handle` are what they say, `metadata_json` is metadata as the database
//! has it, every other column is metadata of that name.
//!
//! What would be merged unattended (at `--max-wrong`, .005 unless it says otherwise): how many
//! clusters, how many of them are expected to be wrong, and how many are.
//!
//! What a review makes of it: F1 of what is merged unasked alone, and after five questions for each
//! hundred contacts, answered as the truth has it. Then what the next run finds besides, if it knows
//! only of these pairs what was answered, and if the model was taught by them; of the latter the ECE, and
//! what would be merged unasked: how many clusters of how many are wrong.
//!
//! ECE is the expected calibration error of the pairs that a run at the threshold .5 joins: how
//! far what they promise is from how many are right, over ten classes; `--diagram` shows them.

use inboxctl_matching::{
    Answer, Certain, DEFAULT_MAX_WRONG, Matches, Row, Settings, Table, run, run_after,
};
use inboxctl_sample::{Sample, World};
use std::collections::{HashMap, HashSet};
use std::time::Instant;
use uuid::Uuid;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let option = |name: &str| {
        let place = args.iter().position(|arg| arg == name)?;
        args.get(place + 1).cloned()
    };
    let number = |name: &str| option(name).and_then(|value| value.parse::<u64>().ok());
    let mut settings = Settings::default();
    if let Some(threshold) = option("--threshold").and_then(|value| value.parse().ok()) {
        settings.threshold = threshold;
    }
    let errors = number("--errors").unwrap_or(0) as usize;
    let max_wrong = option("--max-wrong").and_then(|value| value.parse().ok());
    let max_wrong = max_wrong.unwrap_or(DEFAULT_MAX_WRONG);
    let view = View { errors, max_wrong, diagram: args.iter().any(|arg| arg == "--diagram") };
    println!(
        "data                         rows     pairs  wall s   CPU s peak MiB  precision   recall       \
         F1      ECE  by itself expected  wrong  F1 alone reviewed untaught   taught      ECE  by itself  wrong"
    );
    let files: Vec<&String> =
        args.windows(2).filter(|two| two[0] == "--csv").map(|two| &two[1]).collect();
    for file in &files {
        let (table, truth) = read_csv(file);
        let name = file.rsplit('/').next().unwrap_or(file).to_owned();
        report(&name, &table, &truth, &settings, &view);
    }
    if !files.is_empty() {
        return;
    }
    let as_of = option("--as-of").unwrap_or_else(|| "2026-01-05T09:00:00Z".into());
    let as_of: jiff::Timestamp = as_of.parse().expect("--as-of is an RFC 3339 time");
    let sizes = number("--contacts").map_or(vec![10_000, 50_000], |size| vec![size]);
    let seeds = number("--seed").map_or(vec![2, 3], |seed| vec![seed]);
    for size in sizes {
        for &seed in &seeds {
            for world in World::ALL {
                if option("--world").is_some_and(|name| name != world.name()) {
                    continue;
                }
                let (table, truth) = sample(world, size, seed, as_of);
                let name = format!("{} seed {seed}", world.name());
                report(&name, &table, &truth, &settings, &view);
            }
        }
    }
}

fn sample(world: World, size: u64, seed: u64, as_of: jiff::Timestamp) -> (Table, Vec<u64>) {
    let sample = Sample::new(size, seed, as_of, [Uuid::nil(); 3]).in_world(world);
    let mut table = Table::with_capacity(size as usize);
    let mut truth = Vec::with_capacity(size as usize);
    for (index, contact) in sample.contacts().enumerate() {
        table.push(Row {
            id: contact.id,
            name: contact.name.as_deref(),
            phone: contact.phone.as_deref(),
            email: contact.email.as_deref(),
            handles: &contact.social_handles,
            metadata: &contact.metadata,
        });
        truth.push(sample.entity(index as u64));
    }
    (table, truth)
}

fn read_csv(file: &str) -> (Table, Vec<u64>) {
    let mut reader = csv::Reader::from_path(file).expect("a readable CSV file");
    let header = reader.headers().expect("a header").clone();
    let mut table = Table::new();
    let mut truth = Vec::new();
    let mut entities: HashMap<String, u64> = HashMap::new();
    for (number, record) in reader.records().enumerate() {
        let record = record.expect("a record of the CSV");
        let mut row = Row { id: Uuid::from_u128(number as u128 + 1), ..Row::default() };
        let mut facts = serde_json::Map::new();
        let mut handles = serde_json::Map::new();
        for (key, value) in header.iter().zip(record.iter()) {
            let value = value.trim();
            let some = Some(value).filter(|value| !value.is_empty());
            match (key.trim(), some) {
                ("truth" | "cluster", _) => {
                    let next = entities.len() as u64;
                    truth.push(*entities.entry(value.to_owned()).or_insert(next));
                }
                ("id", _) | (_, None) => {}
                ("name", some) => row.name = some,
                ("phone", some) => row.phone = some,
                ("email", some) => row.email = some,
                ("handle", Some(value)) => drop(handles.insert("any".into(), value.into())),
                ("metadata_json", Some(value)) => {
                    let value = serde_json::from_str(value).expect("metadata in JSON");
                    let serde_json::Value::Object(more) = value else { continue };
                    facts.extend(more);
                }
                (key, Some(value)) => drop(facts.insert(key.into(), value.into())),
            }
        }
        let facts = serde_json::Value::Object(facts).to_string();
        let handles = serde_json::Value::Object(handles).to_string();
        table.push(Row { handles: &handles, metadata: &facts, ..row });
    }
    (table, truth)
}

/// What is shown besides the figures.
struct View {
    errors: usize,
    max_wrong: f64,
    diagram: bool,
}

fn report(name: &str, table: &Table, truth: &[u64], settings: &Settings, view: &View) {
    let cpu = cpu_seconds();
    let start = Instant::now();
    let matches = run(table, settings);
    let wall = start.elapsed().as_secs_f64();
    let cpu = cpu_seconds() - cpu;
    let score = Score::of(matches.clusters.iter().map(|cluster| &cluster.members), truth);
    let peak = peak_mib();
    let doubtful = run(table, &Settings { threshold: 0.5, ..settings.clone() });
    let reliability = Reliability::new(&doubtful, truth);
    let certain = matches.certain(view.max_wrong);
    let reviewed = Review::of(table, truth, settings, view.max_wrong);
    let entity = |row: &u32| truth[*row as usize];
    let is_wrong = |rows: &[u32]| rows.iter().any(|row| entity(row) != entity(&rows[0]));
    println!(
        "{name:<24} {:>8} {:>9} {wall:>7.2} {cpu:>7.2} {peak:>8}  {:>9.4} {:>8.4} {:>8.4} {:>8.4}  {:>9} {:>8.1} {:>6}  {:>8.4} {:>8.4} {:>8.4} {:>8.4} {:>8.4}  {:>9} {:>6}",
        table.len(),
        matches.candidate_pairs,
        score.precision(),
        score.recall(),
        score.f1(),
        reliability.error(),
        certain.cores.len(),
        certain.expected_wrong,
        certain.cores.iter().filter(|core| is_wrong(&core.members)).count(),
        reviewed.alone.f1(),
        reviewed.answered.f1(),
        reviewed.untaught.f1(),
        reviewed.taught.f1(),
        reviewed.reliability.error(),
        reviewed.certain.cores.len(),
        reviewed.certain.cores.iter().filter(|core| is_wrong(&core.members)).count(),
    );
    if view.diagram {
        reliability.show();
    }
    if view.errors > 0 {
        show_errors(table, &matches, truth, view.errors);
    }
}

/// What is joined without a person, with one who answers five questions for each hundred rows, and
/// by the next run after these answers.
struct Review {
    alone: Score,
    answered: Score,
    /// The next run, which knows the answers or was taught by them as well.
    untaught: Score,
    taught: Score,
    reliability: Reliability,
    certain: Certain,
}

impl Review {
    fn of(table: &Table, truth: &[u64], settings: &Settings, max_wrong: f64) -> Review {
        // As `contacts dedupe --review` has it.
        let matches = run(table, &Settings { threshold: 0.3, ..settings.clone() });
        let mut questions = matches.questions(&matches.certain(max_wrong));
        let alone = Score::of(questions.joined().iter(), truth);
        let mut settings = settings.clone();
        for _ in 0..table.len() / 20 {
            let Some(question) = questions.ask() else { break };
            let [left, right] = question.pair;
            if truth[left as usize] == truth[right as usize] {
                questions.answer(Answer::Same);
                settings.called_same.push(matches.comparison_vector(left, right));
            } else {
                questions.answer(Answer::Different);
                settings.distinct.push((table.id(left), table.id(right)));
            }
        }
        let answered = questions.joined();
        let score = |next: &Matches| {
            let found = next.clusters.iter().map(|cluster| &cluster.members);
            Score::of(joined(answered.iter().chain(found)).iter(), truth)
        };
        let taught = run(table, &settings);
        let doubtful = run(table, &Settings { threshold: 0.5, ..settings.clone() });
        Review {
            alone,
            untaught: score(&run_after(&matches.past([0; 32]), table, &settings)),
            taught: score(&taught),
            reliability: Reliability::new(&doubtful, truth),
            certain: taught.certain(max_wrong),
            answered: Score::of(answered.iter(), truth),
        }
    }
}

/// Groups of rows, joined where they have one in common.
fn joined<'a>(groups: impl Iterator<Item = &'a Vec<u32>>) -> Vec<Vec<u32>> {
    let mut joined: Vec<Vec<u32>> = Vec::new();
    let mut of: HashMap<u32, usize> = HashMap::new();
    for group in groups {
        let mut own: Vec<u32> = group.clone();
        let known: HashSet<usize> = group.iter().filter_map(|row| of.get(row).copied()).collect();
        known.iter().for_each(|&other| own.append(&mut joined[other]));
        own.sort_unstable();
        own.dedup();
        of.extend(own.iter().map(|&row| (row, joined.len())));
        joined.push(own);
    }
    joined
}

/// Pairs of rows over clusters against pairs of rows over the truth.
struct Score {
    found: f64,
    right: f64,
    real: f64,
}

impl Score {
    fn of<'a>(clusters: impl Iterator<Item = &'a Vec<u32>>, truth: &[u64]) -> Score {
        let pairs = |n: u64| (n * n.saturating_sub(1)) as f64 / 2.0;
        let mut sizes: HashMap<u64, u64> = HashMap::new();
        truth.iter().for_each(|entity| *sizes.entry(*entity).or_default() += 1);
        let mut score =
            Score { found: 0.0, right: 0.0, real: sizes.values().map(|&n| pairs(n)).sum() };
        for members in clusters {
            let mut sizes: HashMap<u64, u64> = HashMap::new();
            members.iter().for_each(|&row| *sizes.entry(truth[row as usize]).or_default() += 1);
            score.found += pairs(members.len() as u64);
            score.right += sizes.values().map(|&n| pairs(n)).sum::<f64>();
        }
        score
    }

    fn precision(&self) -> f64 {
        if self.found == 0.0 { 1.0 } else { self.right / self.found }
    }

    fn recall(&self) -> f64 {
        if self.real == 0.0 { 1.0 } else { self.right / self.real }
    }

    fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
    }
}

/// Pairs by what they promise, from .5 to 1 in ten classes.
#[derive(Default)]
struct Reliability {
    /// Pairs of each class, what they promise together, and how many are right.
    classes: [(f64, f64, f64); 10],
}

impl Reliability {
    fn new(matches: &Matches, truth: &[u64]) -> Reliability {
        let mut reliability = Reliability::default();
        for pair in matches.clusters.iter().flat_map(|cluster| &cluster.pairs) {
            let class = ((pair.probability - 0.5) * 20.0).clamp(0.0, 9.0) as usize;
            let right = truth[pair.left as usize] == truth[pair.right as usize];
            let (pairs, promised, kept) = &mut reliability.classes[class];
            *pairs += 1.0;
            *promised += pair.probability;
            *kept += f64::from(u8::from(right));
        }
        reliability
    }

    fn error(&self) -> f64 {
        let off = |(_, promised, kept): &(f64, f64, f64)| (promised - kept).abs();
        let pairs: f64 = self.classes.iter().map(|class| class.0).sum();
        self.classes.iter().map(off).sum::<f64>() / pairs.max(1.0)
    }

    fn show(&self) {
        for (class, (pairs, promised, kept)) in self.classes.iter().enumerate() {
            let (promised, kept) = (promised / pairs.max(1.0), kept / pairs.max(1.0));
            let bar = "#".repeat((kept * 40.0).round() as usize);
            let from = 0.5 + class as f64 / 20.0;
            println!(
                "  {from:.2}  {pairs:>8} pairs  promised {promised:.3}  right {kept:.3}  {bar}"
            );
        }
    }
}

/// Some wrongly joined and some missed pairs, with what each field says.
fn show_errors(table: &Table, matches: &Matches, truth: &[u64], most: usize) {
    let mut cluster = vec![u32::MAX; table.len()];
    for (number, found) in matches.clusters.iter().enumerate() {
        found.members.iter().for_each(|&row| cluster[row as usize] = number as u32);
    }
    let mut wrong = Vec::new();
    for found in &matches.clusters {
        let pair = found.pairs.iter().find(|p| truth[p.left as usize] != truth[p.right as usize]);
        wrong.extend(pair.map(|pair| (pair.left, pair.right)));
    }
    let mut of: HashMap<u64, Vec<u32>> = HashMap::new();
    truth
        .iter()
        .enumerate()
        .for_each(|(row, entity)| of.entry(*entity).or_default().push(row as u32));
    let mut missed = Vec::new();
    for rows in of.values() {
        for pair in rows.windows(2) {
            let (a, b) = (cluster[pair[0] as usize], cluster[pair[1] as usize]);
            if a != b || a == u32::MAX {
                missed.push((pair[0], pair[1]));
            }
        }
    }
    missed.sort_unstable();
    for (what, pairs) in [("WRONG", wrong), ("MISSED", missed)] {
        println!("{what} {}", pairs.len());
        let step = (pairs.len() / most).max(1);
        for &(left, right) in pairs.iter().step_by(step).take(most) {
            for row in [left, right] {
                let row = table.row(row);
                println!(
                    "  {} | {} | {} | {} | {}",
                    row.name.unwrap_or("-"),
                    row.phone.unwrap_or("-"),
                    row.email.unwrap_or("-"),
                    row.handles,
                    row.metadata
                );
            }
            let why = matches.explain(table, left, right);
            print!("    p {:.3}: prior {:.1}", why.probability, why.prior_bits);
            why.fields.iter().for_each(|f| print!(", {} {:+.1}", f.words, f.weight_bits));
            println!(", related {:+.1}", why.related_bits);
        }
    }
}

/// Processor time of the whole process so far; 0 where there is no /proc.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
    let ticks = |place: usize| fields.get(place).and_then(|f| f.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / 100.0
}

fn peak_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    let kib: u64 = line.split_whitespace().nth(1).and_then(|kib| kib.parse().ok()).unwrap_or(0);
    kib / 1024
}
