//! Check of the channels' credentials against the keyring.

use std::collections::BTreeSet;

use super::probe::Probe;
use crate::commands::integrations::credentials::{self, Credentials};
use crate::context::keyring::Loaded;
use crate::domain::check::{Finding, Status};
use crate::domain::vault::OpenError;
use crate::domain::vocabulary::IntegrationStatus;
use crate::store::integrations::{self, Integration};
use crate::ui::human;

pub(super) fn credentials(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    let rows = probe.ask(integrations::list)?;
    let bare =
        names(&rows, |row| row.status == IntegrationStatus::Active && row.credentials.is_none());
    if !bare.is_empty() {
        let words = ("active channel without any", "active channels without any");
        return Ok(Finding::of_list(Status::Fail, "", words, &bare)
            .remedy(format!("inboxctl integrations set-credentials {}", bare[0])));
    }
    let sealed = rows.iter().filter(|row| row.credentials.is_some()).count();
    if sealed == 0 {
        return Ok(Finding::ok("no channel has any"));
    }
    // Without a keyring nothing is known: the check fails to run.
    let loaded = credentials::keyring_for(probe.ctx, &rows)?;
    Ok(judge(&rows, &loaded, sealed))
}

fn judge(rows: &[Integration], loaded: &Loaded, sealed: usize) -> Finding {
    let shut = names(rows, |row| matches!(credentials::of(row, loaded), Credentials::Shut(_)));
    if !shut.is_empty() {
        let words = ("channel's don't open", "channels' don't open");
        let missing: BTreeSet<String> = rows
            .iter()
            .filter_map(|row| match credentials::of(row, loaded) {
                Credentials::Shut(OpenError::KeyMissing(id)) => Some(format!("the key {id}")),
                _ => None,
            })
            .collect();
        let remedy = match missing.is_empty() {
            true => String::from("inboxctl integrations verify"),
            false => format!(
                "name the keyring that has {} in INBOXCTL_KEYRING_FILE; inboxctl keys list shows \
                 which one this is",
                Vec::from_iter(missing).join(" and ")
            ),
        };
        return Finding::of_list(Status::Fail, "", words, &shut).remedy(remedy);
    }
    let primary = loaded.keyring.primary().id();
    let old = names(
        rows,
        |row| matches!(credentials::of(row, loaded), Credentials::Open { key_id, .. } if key_id != primary),
    );
    if !old.is_empty() {
        let words = ("channel's under an old key", "channels' under an old key");
        return Finding::of_list(Status::Warn, "", words, &old)
            .remedy("inboxctl integrations rotate-keys");
    }
    let in_error = names(rows, |row| row.status == IntegrationStatus::Error);
    let none = format!("{} open", human::plural(sealed as u64, "channel's", "channels'"));
    Finding::of_list(Status::Warn, &none, ("channel in ERROR", "channels in ERROR"), &in_error)
        .remedy("inboxctl integrations list")
}

fn names(rows: &[Integration], wanted: impl Fn(&Integration) -> bool) -> Vec<String> {
    rows.iter().filter(|row| wanted(row)).map(|row| row.channel.to_string()).collect()
}
