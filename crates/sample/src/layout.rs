//! Which rows stand for whom: blocks of 32 slots are shared out to groups of people who have
//! something in common, and each of them gets one or more rows.
//!
//! Everything follows from the seed and the number of the block, so that any slot is found
//! without looking at others.

use super::random::{Stream, key};
use super::world::World;

/// Small, since finding a slot means walking through its block.
const BLOCK: u64 = 32;

/// What the members of a group have in common, though they are different people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tie {
    /// Nobody else.
    Alone,
    /// A company or a shop, alone.
    Firm,
    /// A family with one surname, one address and one landline.
    Household,
    /// Two people with one mailbox.
    Couple,
    /// Parent and child of one name.
    Junior,
    /// One surname, one date of birth, one address.
    Twins,
    /// Strangers of one frequent name.
    Namesakes,
    /// The first gave up the number that the second has now.
    Recycled,
    /// A company and people who work there, reached by its switchboard and info mailbox.
    Company,
}

/// The place of one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub tie: Tie,
    /// The first slot of the group.
    pub group: u64,
    /// The first slot of the person or organisation: the known truth.
    pub entity: u64,
    /// Which member of the group, from 0.
    pub member: u8,
    /// Which row of the entity, from 0.
    pub copy: u8,
}

/// Finds the place of a slot.
pub(crate) fn place(world: World, seed: u64, slot: u64) -> Place {
    let start = slot - slot % BLOCK;
    let wanted = slot - start;
    let mut stream = Stream::new(key(seed, 0xb10c, start));
    let mut group = 0;
    loop {
        let (tie, members) = tie(world, stream.next(), BLOCK - group);
        let mut entity = group;
        for member in 0..members {
            // Each later member needs a slot of its own.
            let most = BLOCK - entity - u64::from(members - 1 - member);
            let rows = copies(stream.next()).min(most);
            if wanted < entity + rows {
                return Place {
                    tie,
                    group: start + group,
                    entity: start + entity,
                    member,
                    copy: (wanted - entity) as u8,
                };
            }
            entity += rows;
        }
        group = entity;
    }
}

fn tie(world: World, draw: u64, room: u64) -> (Tie, u8) {
    let members = (draw >> 32 & 3) as u8;
    let usual = draw & 1023;
    // In a crowd four of ten who would be alone share something.
    let number = if world == World::Crowded && usual < 320 { 865 + usual / 2 } else { usual };
    let (tie, members) = match number {
        0..=794 => (Tie::Alone, 1),
        795..=864 => (Tie::Firm, 1),
        865..=909 => (Tie::Household, 2 + members % 3),
        910..=927 => (Tie::Couple, 2),
        928..=941 => (Tie::Junior, 2),
        942..=953 => (Tie::Twins, 2),
        954..=979 => (Tie::Namesakes, 2),
        980..=995 => (Tie::Recycled, 2),
        _ => (Tie::Company, 3 + members),
    };
    if u64::from(members) > room { (Tie::Alone, 1) } else { (tie, members) }
}

fn copies(draw: u64) -> u64 {
    match draw % 1000 {
        0..=794 => 1,
        795..=934 => 2,
        935..=972 => 3,
        973..=987 => 4,
        988..=994 => 5,
        995..=997 => 6,
        998 => 7,
        _ => 8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_of_an_entity_follow_each_other() {
        let mut last: Option<Place> = None;
        for slot in 0..20_000 {
            let place = place(World::Tied, 5, slot);
            assert_eq!(place.entity + u64::from(place.copy), slot);
            assert!(place.group <= place.entity);
            if place.copy > 0 {
                let last = last.expect("a row before");
                assert_eq!((last.entity, last.copy + 1), (place.entity, place.copy));
            }
            last = Some(place);
        }
        place(World::Tied, 5, u64::MAX);
    }
}
