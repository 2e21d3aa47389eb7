//! What becomes of each line: it is added, it is a contact that is there, or an earlier line, or
//! perhaps one of them.

use crate::domain::matching::{Cluster, Core};

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fate {
    Add,
    /// It is this row of the table, a contact.
    Same(u32),
    /// An earlier line says the same.
    Repeats(u32),
    /// It may be this row, a contact or a line.
    Doubtful(u32, f64),
    /// It is the line of a contact that was erased since it was written.
    Erased,
}

/// Decides what is still open: of a table whose first rows are the lines, in their order, and whose
/// others are contacts, by its clusters and what is certain of them.
pub fn settle(mut fates: Vec<Option<Fate>>, clusters: &[Cluster], cores: &[Core]) -> Vec<Fate> {
    let lines = fates.len();
    for core in cores {
        let pairs = &clusters[core.cluster];
        let contacts = contacts(&core.members, lines);
        let mut first = leader(&core.members, &fates);
        for line in open(&core.members, &fates) {
            let fate = match (contacts.is_empty(), first) {
                (false, _) => Fate::Same(likeliest(pairs, line, &contacts).0),
                (true, Some(Fate::Same(row))) => Fate::Same(row),
                (true, Some(Fate::Repeats(earlier))) => Fate::Repeats(earlier),
                (true, _) => {
                    first = Some(Fate::Repeats(line));
                    Fate::Add
                }
            };
            fates[line as usize] = Some(fate);
        }
    }
    for cluster in clusters {
        let mut others = contacts(&cluster.members, lines);
        let is_settled = |row: &u32| {
            let fate = fates.get(*row as usize).copied().flatten();
            matches!(fate, Some(Fate::Add | Fate::Same(_)))
        };
        others.extend(cluster.members.iter().copied().filter(is_settled));
        for line in open(&cluster.members, &fates) {
            fates[line as usize] = Some(match others.is_empty() {
                true => {
                    others.push(line);
                    Fate::Add
                }
                false => {
                    let (row, probability) = likeliest(cluster, line, &others);
                    Fate::Doubtful(row, probability)
                }
            });
        }
    }
    fates.into_iter().map(|fate| fate.unwrap_or(Fate::Add)).collect()
}

fn contacts(members: &[u32], lines: usize) -> Vec<u32> {
    members.iter().copied().filter(|&row| row as usize >= lines).collect()
}

/// Lines that nothing is decided of, the first ones first.
fn open(members: &[u32], fates: &[Option<Fate>]) -> Vec<u32> {
    let is_open = |row: &u32| fates.get(*row as usize).is_some_and(Option::is_none);
    let mut open: Vec<u32> = members.iter().copied().filter(is_open).collect();
    open.sort_unstable();
    open
}

/// What the others of a core become, where one of its lines is decided.
fn leader(members: &[u32], fates: &[Option<Fate>]) -> Option<Fate> {
    let mut decided = members.iter().filter_map(|&row| Some((row, (*fates.get(row as usize)?)?)));
    decided.find_map(|(row, fate)| match fate {
        Fate::Add => Some(Fate::Repeats(row)),
        Fate::Same(_) | Fate::Repeats(_) => Some(fate),
        Fate::Doubtful(..) | Fate::Erased => None,
    })
}

/// Which of these rows it most probably is.
fn likeliest(cluster: &Cluster, line: u32, others: &[u32]) -> (u32, f64) {
    let pairs = cluster.pairs.iter().filter_map(|pair| {
        let other = match (pair.left == line, pair.right == line) {
            (true, _) => pair.right,
            (_, true) => pair.left,
            _ => return None,
        };
        others.contains(&other).then_some((other, pair.probability))
    });
    // Without a pair they are one by way of others.
    let indirect = (others.first().copied().unwrap_or(line), cluster.probability);
    pairs.max_by(|left, right| left.1.total_cmp(&right.1)).unwrap_or(indirect)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::matching::ScoredPair;

    fn cluster(members: &[u32], pairs: &[(u32, u32, f64)]) -> Cluster {
        let pairs =
            pairs.iter().map(|&(left, right, probability)| ScoredPair { left, right, probability });
        Cluster {
            members: members.to_vec(),
            probability: 0.9,
            pairs: pairs.collect(),
            joins: Vec::new(),
        }
    }

    #[test]
    fn who_is_there_already_is_not_added() {
        // Lines 0 to 5, contacts 6 to 8.
        let clusters = [
            cluster(&[0, 1, 6, 7], &[(0, 7, 0.99), (0, 6, 0.95), (1, 6, 0.9)]),
            cluster(&[2, 3, 4], &[(2, 3, 0.99), (3, 4, 0.88)]),
        ];
        let cores = [
            Core { cluster: 0, members: vec![0, 6, 7], doubt: 0.0 },
            Core { cluster: 1, members: vec![2, 3], doubt: 0.0 },
        ];
        let fates = settle(vec![None; 6], &clusters, &cores);
        assert_eq!(
            fates,
            [
                Fate::Same(7),
                Fate::Doubtful(6, 0.9),
                Fate::Add,
                Fate::Repeats(2),
                Fate::Doubtful(2, 0.9),
                Fate::Add
            ]
        );
    }

    #[test]
    fn a_line_in_doubt_about_a_decided_one_is_nobody_new() {
        let clusters = [cluster(&[0, 1], &[(0, 1, 0.9)])];
        let fates = settle(vec![Some(Fate::Same(4)), None], &clusters, &[]);
        assert_eq!(fates, [Fate::Same(4), Fate::Doubtful(0, 0.9)]);
    }

    #[test]
    fn what_is_decided_stays_and_leads_the_others() {
        let clusters = [cluster(&[0, 1], &[(0, 1, 0.99)]), cluster(&[2, 3], &[(2, 3, 0.9)])];
        let cores = [Core { cluster: 0, members: vec![0, 1], doubt: 0.0 }];
        let fates = settle(vec![Some(Fate::Same(4)), None, None, None], &clusters, &cores);
        assert_eq!(fates, [Fate::Same(4), Fate::Same(4), Fate::Add, Fate::Doubtful(2, 0.9)]);
    }
}
