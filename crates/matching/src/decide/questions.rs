//! What to ask a person about what isn't certain: once for two groups of rows, the question first
//! whose answer tells most.

use crate::{Certain, Cluster};
use std::collections::{HashMap, HashSet};

/// Whether two groups of rows are one.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The rows of the pair that speaks most for it,
    pub pair: [u32; 2],
    pub probability: f64,
    /// and all rows of its two groups, which a yes joins.
    pub groups: [Vec<u32>; 2],
}

impl Question {
    /// Pairs of rows that an answer settles.
    pub fn settles(&self) -> usize {
        self.groups[0].len() * self.groups[1].len()
    }
}

/// What an answer says of two groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Same,
    Different,
    /// Not to be asked again.
    Skipped,
}

/// Questions that are still open, and the answers so far.
pub struct Questions {
    /// The rows that are certainly one, or stand alone.
    certain: Vec<Vec<u32>>,
    /// Pairs of those, each with its most probable pair of rows.
    pairs: Vec<(usize, usize, [u32; 2], f64)>,
    answers: Vec<(usize, Answer)>,
    /// As the answers have it: the group of each of `certain`, and pairs of groups that are settled.
    group: Vec<usize>,
    settled: Vec<bool>,
    asked: Option<usize>,
}

impl Questions {
    pub(crate) fn new(clusters: &[Cluster], certain: &Certain) -> Questions {
        let mut groups: Vec<Vec<u32>> = Vec::new();
        let mut of: HashMap<u32, usize> = HashMap::new();
        let alone = clusters.iter().flat_map(|cluster| &cluster.members).map(|&row| vec![row]);
        let cores = certain.cores.iter().map(|core| core.members.clone());
        for rows in cores.chain(alone) {
            if !of.contains_key(&rows[0]) {
                of.extend(rows.iter().map(|&row| (row, groups.len())));
                groups.push(rows);
            }
        }
        let mut best: HashMap<(usize, usize), ([u32; 2], f64)> = HashMap::new();
        for pair in clusters.iter().flat_map(|cluster| &cluster.pairs) {
            let (left, right) = (of[&pair.left], of[&pair.right]);
            let kept = best.entry((left.min(right), left.max(right))).or_insert(([0, 0], 0.0));
            if left != right && pair.probability > kept.1 {
                *kept = ([pair.left, pair.right], pair.probability);
            }
        }
        let pairs = best.into_iter().filter(|((left, right), _)| left != right);
        let mut pairs: Vec<_> = pairs.map(|((a, b), (pair, p))| (a, b, pair, p)).collect();
        pairs.sort_unstable_by(|left, right| right.3.total_cmp(&left.3).then(left.2.cmp(&right.2)));
        let mut questions = Questions {
            settled: vec![false; pairs.len()],
            group: (0..groups.len()).collect(),
            certain: groups,
            pairs,
            answers: Vec::new(),
            asked: None,
        };
        questions.settle();
        questions
    }

    /// How many are open: fewer, where answers settle others too.
    pub fn open(&self) -> usize {
        self.settled.iter().filter(|settled| !**settled).count()
    }

    /// The question whose answer is expected to join most pairs.
    pub fn ask(&mut self) -> Option<Question> {
        let size = self.sizes();
        let worth = |&number: &usize| {
            let (left, right, _, probability) = self.pairs[number];
            probability * (size[self.group[left]] * size[self.group[right]]) as f64
        };
        let open = (0..self.pairs.len()).filter(|&number| !self.settled[number]);
        // Of equals the first.
        let best = open.rev().max_by(|left, right| worth(left).total_cmp(&worth(right)))?;
        self.asked = Some(best);
        let (left, right, pair, probability) = self.pairs[best];
        let groups = [left, right].map(|one| self.rows(self.group[one]));
        Some(Question { pair, probability, groups })
    }

    /// Answers what was asked last.
    pub fn answer(&mut self, answer: Answer) {
        if let Some(asked) = self.asked.take() {
            self.answers.push((asked, answer));
            self.join(asked, answer);
            self.settle();
        }
    }

    /// Takes the last answer back; false if there is none.
    pub fn take_back(&mut self) -> bool {
        let is_some = self.answers.pop().is_some();
        self.group = (0..self.certain.len()).collect();
        for (number, answer) in self.answers.clone() {
            self.join(number, answer);
        }
        self.settle();
        is_some
    }

    /// Rows that the answers have joined, two at least each.
    pub fn joined(&self) -> Vec<Vec<u32>> {
        let mut groups: Vec<Vec<u32>> = vec![Vec::new(); self.certain.len()];
        for (rows, &group) in self.certain.iter().zip(&self.group) {
            groups[group].extend(rows);
        }
        groups.retain(|rows| rows.len() > 1);
        groups
    }

    fn rows(&self, group: usize) -> Vec<u32> {
        let parts = self.certain.iter().zip(&self.group).filter(|(_, of)| **of == group);
        parts.flat_map(|(rows, _)| rows.iter().copied()).collect()
    }

    fn sizes(&self) -> Vec<usize> {
        let mut size = vec![0; self.certain.len()];
        self.certain.iter().zip(&self.group).for_each(|(rows, &group)| size[group] += rows.len());
        size
    }

    fn join(&mut self, number: usize, answer: Answer) {
        let [left, right] = self.between(number);
        if answer == Answer::Same {
            self.group.iter_mut().filter(|of| **of == right).for_each(|of| *of = left);
        }
    }

    /// The groups that a pair lies between.
    fn between(&self, number: usize) -> [usize; 2] {
        let (left, right, ..) = self.pairs[number];
        let (left, right) = (self.group[left], self.group[right]);
        [left.min(right), left.max(right)]
    }

    /// What all answers together have settled.
    fn settle(&mut self) {
        let others = self.answers.iter().filter(|(_, answer)| *answer != Answer::Same);
        let apart: HashSet<[usize; 2]> = others.map(|&(number, _)| self.between(number)).collect();
        for number in 0..self.pairs.len() {
            let between = self.between(number);
            self.settled[number] = between[0] == between[1] || apart.contains(&between);
        }
    }
}
