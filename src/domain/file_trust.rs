//! How far a file of settings is trusted, from whose it is and who may write it.

/// What the system says of a file that was opened.
#[derive(Debug, Clone, Copy)]
pub struct FileFacts {
    pub owner: u32,
    pub group: u32,
    /// Its permission bits.
    pub mode: u32,
}

/// Who runs this.
#[derive(Debug, Clone, Default)]
pub struct Person {
    pub uid: u32,
    /// The groups that are this user's alone: the primary one, and in a pod the volumes' (fsGroup).
    pub groups: Vec<u32>,
    /// SUDO_UID and SUDO_GID.
    pub sudo: Option<(u32, u32)>,
}

/// How the file came to be read.
#[derive(Debug, Clone, Copy)]
pub enum Origin {
    /// It lay in the working folder.
    WorkingFolder {
        folder_owner: u32,
        /// Whose the name is, which may be a link to another's file.
        name_owner: u32,
    },
    /// In the user's folder of settings, or in /etc.
    Usual,
    /// Somebody named it.
    Named,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// It isn't used.
    Nothing(Doubt),
    /// It may give what is harmless.
    Harmless(Doubt),
    Everything,
}

/// Why a file isn't trusted wholly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// It lay in the working folder, and not everybody chooses that with care.
    Found,
    OthersWrite,
    /// It is this user's.
    Belongs(u32),
}

/// How far the file is trusted.
pub fn judge(file: FileFacts, origin: Origin, person: &Person) -> Trust {
    let is_own = |owner: u32| owner == person.uid || owner == 0;
    let writes = |bit: u32| file.mode & bit != 0;
    let is_own_group = person.groups.contains(&file.group);
    let others_write = writes(0o002) || writes(0o020) && !is_own_group;
    if is_own(file.owner) && !others_write && !matches!(origin, Origin::WorkingFolder { .. }) {
        return Trust::Everything;
    }
    let doubt = if is_own(file.owner) { Doubt::OthersWrite } else { Doubt::Belongs(file.owner) };
    let (folder_owner, name_owner) = match origin {
        Origin::Named => return Trust::Harmless(doubt),
        Origin::Usual => (None, file.owner),
        Origin::WorkingFolder { folder_owner, name_owner } => (Some(folder_owner), name_owner),
    };
    let is_known = |owner: u32| {
        is_own(owner)
            || person.sudo.is_some_and(|(uid, _)| owner == uid)
            || person.uid == 0 && folder_owner == Some(owner)
    };
    // Under sudo, the user's own group is the one of who called it.
    let others_write =
        others_write && (writes(0o002) || person.sudo != Some((file.owner, file.group)));
    match [file.owner, name_owner].into_iter().find(|&owner| !is_known(owner)) {
        Some(stranger) => Trust::Nothing(Doubt::Belongs(stranger)),
        None if others_write => Trust::Nothing(Doubt::OthersWrite),
        None if folder_owner.is_some() => Trust::Harmless(Doubt::Found),
        None => Trust::Harmless(doubt),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ANA: u32 = 1000;
    const EVE: u32 = 1001;

    fn person(uid: u32, sudo: Option<(u32, u32)>) -> Person {
        Person { uid, groups: vec![uid], sudo }
    }

    fn facts(owner: u32, group: u32, mode: u32) -> FileFacts {
        FileFacts { owner, group, mode }
    }

    fn folder(folder_owner: u32, name_owner: u32) -> Origin {
        Origin::WorkingFolder { folder_owner, name_owner }
    }

    #[test]
    fn what_lies_in_the_working_folder() {
        let (root, ana) = (person(0, None), person(ANA, None));
        let sudo = person(0, Some((ANA, ANA)));
        let found = Trust::Harmless(Doubt::Found);
        let others = Trust::Nothing(Doubt::OthersWrite);
        let eves = Trust::Nothing(Doubt::Belongs(EVE));
        for (owner, group, mode, folder_owner, name_owner, person, expected) in [
            (ANA, ANA, 0o644, ANA, ANA, &ana, found),
            (ANA, ANA, 0o664, ANA, ANA, &ana, found),
            (ANA, 50, 0o664, ANA, ANA, &ana, others),
            (ANA, ANA, 0o666, ANA, ANA, &ana, others),
            (0, 0, 0o644, ANA, 0, &ana, found),
            (0, 0, 0o664, ANA, 0, &ana, others),
            (EVE, EVE, 0o644, EVE, EVE, &ana, eves),
            // A link of hers to a file of ours.
            (ANA, ANA, 0o600, EVE, EVE, &ana, eves),
            // Root on a mount.
            (ANA, ANA, 0o644, ANA, ANA, &root, found),
            (ANA, ANA, 0o664, ANA, ANA, &root, others),
            (EVE, EVE, 0o644, ANA, EVE, &root, eves),
            (ANA, ANA, 0o644, 0, ANA, &sudo, found),
            (ANA, ANA, 0o664, 0, ANA, &sudo, found),
            (ANA, 50, 0o664, 0, ANA, &sudo, others),
            (ANA, ANA, 0o666, 0, ANA, &sudo, others),
            (EVE, EVE, 0o644, 0, EVE, &sudo, eves),
        ] {
            let judged = judge(facts(owner, group, mode), folder(folder_owner, name_owner), person);
            assert_eq!(
                judged, expected,
                "{owner}:{group} {mode:o} in {folder_owner}'s, {person:?}"
            );
        }
    }

    #[test]
    fn what_somebody_named() {
        let pod = Person { uid: ANA, groups: vec![ANA, 2000], sudo: None };
        for (file, person, expected) in [
            (facts(ANA, ANA, 0o600), person(ANA, None), Trust::Everything),
            (facts(0, 0, 0o644), person(ANA, None), Trust::Everything),
            (facts(ANA, ANA, 0o660), person(ANA, None), Trust::Everything),
            (facts(0, 2000, 0o660), pod, Trust::Everything),
            (facts(0, 2000, 0o660), person(ANA, None), Trust::Harmless(Doubt::OthersWrite)),
            (facts(ANA, ANA, 0o602), person(ANA, None), Trust::Harmless(Doubt::OthersWrite)),
            (facts(EVE, EVE, 0o600), person(ANA, None), Trust::Harmless(Doubt::Belongs(EVE))),
            (
                facts(ANA, ANA, 0o600),
                person(0, Some((ANA, ANA))),
                Trust::Harmless(Doubt::Belongs(ANA)),
            ),
        ] {
            assert_eq!(judge(file, Origin::Named, &person), expected, "{file:?} {person:?}");
        }
    }

    proptest! {
        #[test]
        fn nobody_elses_file_gives_a_program(
            owner in 0u32..4, group in 0u32..4, mode in 0u32..0o1000, uid in 0u32..4,
            sudo in proptest::option::of((0u32..4, 0u32..4)), name_owner in 0u32..4,
        ) {
            let person = Person { uid, groups: vec![uid], sudo };
            let file = facts(owner, group, mode);
            let is_safe = (owner == uid || owner == 0) && mode & 0o002 == 0
                && (mode & 0o020 == 0 || group == uid);
            for origin in [Origin::Named, Origin::Usual] {
                prop_assert_eq!(judge(file, origin, &person) == Trust::Everything, is_safe);
            }
            let found = judge(file, folder(3, name_owner), &person);
            prop_assert_ne!(found, Trust::Everything);
            if mode & 0o002 != 0 {
                prop_assert!(matches!(found, Trust::Nothing(_)));
            }
        }
    }
}
