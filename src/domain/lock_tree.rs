//! Who waits for whom, as a tree.

use std::collections::{HashMap, HashSet};

/// A session with those that it waits for.
pub type Waiting = (i32, Vec<i32>);

/// Each session once, with its depth, below the one that it waits for: who waits for nobody comes
/// first, and of a circle the lowest.
pub fn order(sessions: &[Waiting]) -> Vec<(i32, usize)> {
    let mut below: HashMap<i32, Vec<i32>> = HashMap::new();
    for (pid, waits_for) in sessions {
        waits_for.iter().for_each(|other| below.entry(*other).or_default().push(*pid));
    }
    let known: HashSet<i32> = sessions.iter().map(|(pid, _)| *pid).collect();
    let waits = |(_, for_whom): &&Waiting| for_whom.iter().any(|other| known.contains(other));
    let mut all: Vec<i32> = sessions.iter().filter(|one| !waits(one)).map(|one| one.0).collect();
    let mut circles: Vec<i32> = sessions.iter().filter(waits).map(|one| one.0).collect();
    all.sort_unstable();
    circles.sort_unstable();
    all.extend(circles);
    let (mut seen, mut ordered) = (HashSet::new(), Vec::new());
    for root in all {
        // A line of waiters may be long: no recursion.
        let mut open = vec![(root, 0)];
        while let Some((pid, depth)) = open.pop() {
            if seen.insert(pid) {
                ordered.push((pid, depth));
                let mut next = below.get(&pid).cloned().unwrap_or_default();
                next.sort_unstable_by(|left, right| right.cmp(left));
                open.extend(next.into_iter().map(|pid| (pid, depth + 1)));
            }
        }
    }
    ordered
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_chain_and_a_circle() {
        let sessions = [(3, vec![2]), (2, vec![1]), (4, vec![1, 2]), (1, vec![])];
        assert_eq!(order(&sessions), [(1, 0), (2, 1), (3, 2), (4, 2)]);
        assert_eq!(order(&[(8, vec![7]), (7, vec![8])]), [(7, 0), (8, 1)]);
        // Zero is a prepared transaction, which is no session.
        assert_eq!(order(&[(5, vec![0])]), [(5, 0)]);
    }

    proptest! {
        #[test]
        fn each_session_stands_there_once(edges in prop::collection::vec((0i32..12, 0i32..12), 0..40)) {
            let mut sessions: Vec<Waiting> = (0..12).map(|pid| (pid, Vec::new())).collect();
            edges.iter().for_each(|(one, other)| sessions[*one as usize].1.push(*other));
            let mut ordered: Vec<i32> = order(&sessions).into_iter().map(|(pid, _)| pid).collect();
            ordered.sort_unstable();
            prop_assert_eq!(ordered, (0..12).collect::<Vec<_>>());
        }
    }
}
