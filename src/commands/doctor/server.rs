//! Checks of the server and of the way to it.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::probe::Probe;
use crate::domain::check::{Finding, Status};
use crate::domain::clock_skew::Skew;
use crate::domain::{server_release, wraparound};
use crate::store::health::{self, IdsUsed};
use crate::store::{grants, server};
use crate::ui::human;

/// Time to plan a major upgrade in.
const MONTHS_BEFORE_END: i64 = 6;

pub(super) fn connection(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    let pooler = if probe.db.pooled { ", through a pooler" } else { "" };
    let role = probe.facts()?.role.clone();
    Ok(Finding::ok(format!("as {role} in {}{pooler}", human::duration(probe.connected))))
}

pub(super) fn encryption(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    let facts = probe.facts()?;
    Ok(match &facts.tls {
        Some(protocol) => Finding::ok(protocol.clone()),
        None if facts.is_socket => Finding::ok("none needed: a unix socket"),
        None => Finding::warn("none: passwords and messages can be read on the way")
            .remedy("add sslmode=verify-full to DATABASE_URL"),
    })
}

pub(super) fn schema_rights(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    let schema = probe.db.target.schema().to_owned();
    Ok(match probe.ask(|conn| grants::creators(conn, &schema))? {
        None => Finding::ok(format!("only owners may create in the schema {schema}")),
        Some(found) => Finding::warn(format!("{} may create in the schema {schema}", found.names))
            .remedy(found.revoke),
    })
}

pub(super) fn version(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    let facts = probe.facts()?;
    let today = server::timestamp(facts.clock_us).to_zoned(TimeZone::UTC).date();
    let name = format!("PostgreSQL {}", facts.version.split(' ').next().unwrap_or_default());
    let Some(last_day) = server_release::last_day(facts.version_num / 10_000) else {
        return Ok(Finding::ok(name));
    };
    let warn_from = last_day.saturating_sub(MONTHS_BEFORE_END.months());
    let status = Status::by_limit(today, warn_from, last_day.saturating_add(1.day()));
    let verb = if today > last_day { "got its last fixes on" } else { "gets fixes until" };
    Ok(Finding::new(status, format!("{name} {verb} {last_day}"))
        .remedy("upgrade to a newer major version with pg_upgrade"))
}

pub(super) fn clock(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    let asked = Timestamp::now();
    let theirs = probe.ask(server::now)?;
    let skew = Skew::new(asked, Timestamp::now(), theirs);
    let ahead = if skew.ahead.is_negative() { "behind" } else { "ahead of" };
    let duration = human::duration(skew.ahead.unsigned_abs());
    let status = if skew.is_wrong() { Status::Fail } else { Status::Ok };
    Ok(Finding::new(status, format!("the server is {duration} {ahead} this machine"))
        .remedy("have NTP set the clocks of both machines"))
}

pub(super) fn connections(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    let found = probe.ask(health::connections)?;
    let share = |used: i64, limit: i64| used * 100 / limit.max(1);
    let of_server = (found.used, found.limit, "the server's");
    let (used, limit, whose) = match found.database_limit {
        Some(limit) if share(found.database_used, limit) > share(found.used, found.limit) => {
            (found.database_used, limit, "the database's")
        }
        _ => of_server,
    };
    let top = found.by_application.map(|top| format!(" ({top})")).unwrap_or_default();
    let detail = format!("{used} of {whose} {limit} in use{top}");
    Ok(Finding::new(Status::by_limit(share(used, limit), 80, 95), detail)
        .remedy("make the application's pools smaller, or use PgBouncer"))
}

pub(super) fn wraparound(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    let all = probe.ask(health::ids_used)?;
    let Some(worst) = wraparound::worst(all, IdsUsed::used) else {
        return Ok(Finding::unknown("the server has no database"));
    };
    let (used, kind) = (worst.used(), &worst.kind);
    let share = format!("{}% of the {kind} ids are used", used.percent());
    let count = |number: i64| human::count(number.unsigned_abs());
    let detail = match used.status() {
        Status::Ok => share,
        _ => format!(
            "{share}: {} by {}, where autovacuum should begin at {}",
            count(used.ids),
            worst.database,
            count(used.freeze_at)
        ),
    };
    let remedy = format!(
        "end old transactions and unused slots, then VACUUM (FREEZE) in the database {}",
        worst.database
    );
    Ok(Finding::new(used.status(), detail).remedy(remedy))
}

pub(super) fn replication(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    const REMEDY: &str = "look at the standby: disk, network, long queries";
    if probe.facts()?.is_replica {
        let lag = probe.ask(health::replay_lag_seconds)?.unwrap_or_default();
        let detail = format!("this is a standby, {lag} s behind");
        return Ok(Finding::new(Status::by_limit(lag, 30, 300), detail).remedy(REMEDY));
    }
    let replicas = probe.ask(health::replicas)?;
    let Some(worst) = replicas.iter().max_by_key(|replica| replica.lag_bytes) else {
        return Ok(Finding::ok("no standby is connected"));
    };
    let Some(lag_bytes) = worst.lag_bytes else {
        return Ok(Finding::unknown("this role may not see the standbys")
            .remedy("GRANT pg_read_all_stats to the role"));
    };
    let seconds = worst.lag_seconds.unwrap_or_default();
    let status =
        Status::by_limit(lag_bytes, 64 << 20, 1 << 30).max_of(Status::by_limit(seconds, 30, 300));
    let count = human::plural(replicas.len() as u64, "standby", "standbys");
    let detail = format!(
        "{count}, {} is {} behind ({seconds} s)",
        worst.name,
        human::bytes(lag_bytes.unsigned_abs())
    );
    Ok(Finding::new(status, detail).remedy(REMEDY))
}

pub(super) fn slots(probe: &mut Probe<'_>) -> anyhow::Result<Finding> {
    const FAIL_FROM_BYTES: i64 = 10 << 30;
    let slots = probe.ask(health::slots)?;
    let idle: Vec<_> = slots.iter().filter(|slot| !slot.active || slot.is_lost).collect();
    let Some(worst) = idle.iter().max_by_key(|slot| slot.kept_bytes) else {
        return Ok(Finding::ok(match slots.len() {
            0 => String::from("none"),
            count => format!("{count}, all in use"),
        }));
    };
    let is_lost = idle.iter().any(|slot| slot.is_lost);
    let fails = is_lost || worst.kept_bytes >= FAIL_FROM_BYTES;
    let detail = format!(
        "{} nobody reads, {} keeps {} of WAL",
        human::plural(idle.len() as u64, "slot that", "slots that"),
        worst.name,
        human::bytes(worst.kept_bytes.unsigned_abs())
    );
    Ok(Finding::new(if fails { Status::Fail } else { Status::Warn }, detail).remedy(format!(
        "start the standby that reads it; only if that is gone for good: \
             SELECT pg_drop_replication_slot('{}')",
        worst.name.replace('\'', "''")
    )))
}
