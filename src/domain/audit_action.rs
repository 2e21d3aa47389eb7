//! What the audit log calls a change, and what it says that the change is about.

use super::retention::policy::Table;

macro_rules! actions {
    ($($action:ident = $name:literal on $resource:literal,)+) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Action {
            $($action,)+
            /// A policy, on its table.
            RetentionRun(Table),
            /// An archive, into its table.
            RetentionRestore(Table),
        }

        impl Action {
            /// `noun.verb`.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Action::$action => $name,)+
                    Action::RetentionRun(_) => "retention.run",
                    Action::RetentionRestore(_) => "retention.restore",
                }
            }

            pub fn resource(self) -> &'static str {
                match self {
                    $(Action::$action => $resource,)+
                    Action::RetentionRun(table) | Action::RetentionRestore(table) => table.name(),
                }
            }
        }
    };
}

actions! {
    AccessGrantRoles = "access.grant_roles" on "database",
    AccessRequireActor = "access.require_actor" on "database",
    AssignmentClear = "assignment.clear" on "contacts",
    AssignmentSet = "assignment.set" on "contacts",
    AuditPrune = "audit.prune" on "audit_logs",
    ContactDistinct = "contact.distinct" on "contacts",
    ContactDistinctRemove = "contact.distinct.remove" on "contacts",
    ContactErase = "contact.erase" on "contacts",
    ContactImport = "contact.import" on "contacts",
    ContactImportUndo = "contact.import.undo" on "contacts",
    ContactMerge = "contact.merge" on "contacts",
    ContactUnmerge = "contact.unmerge" on "contacts",
    ContactsLearn = "contacts.learn" on "matching_lessons",
    CredentialsClear = "credentials.clear" on "credentials",
    CredentialsReveal = "credentials.reveal" on "credentials",
    CredentialsRotate = "credentials.rotate" on "credentials",
    CredentialsSet = "credentials.set" on "credentials",
    DatabaseAdopt = "database.adopt" on "database",
    DatabaseReset = "database.reset" on "database",
    DatabaseRestore = "database.restore" on "database",
    DatabaseRestoreRows = "database.restore_rows" on "database",
    DatabaseSeed = "database.seed" on "database",
    EnvironmentSet = "environment.set" on "database",
    IntegrationUpdate = "integration.update" on "integration",
    JobCancel = "job.cancel" on "scheduled_jobs",
    JobRelease = "job.release" on "scheduled_jobs",
    JobReschedule = "job.reschedule" on "scheduled_jobs",
    JobRetry = "job.retry" on "scheduled_jobs",
    JobsCleanup = "jobs.cleanup" on "scheduled_jobs",
    KeysRetire = "keys.retire" on "keys",
    LeftoverDrop = "leftover.drop" on "database",
    MigrationApply = "migration.apply" on "migrations",
    MigrationBaseline = "migration.baseline" on "migrations",
    MigrationRepair = "migration.repair" on "migrations",
    MigrationRevert = "migration.revert" on "migrations",
    PartitionCreate = "partition.create" on "audit_logs",
    PresenceSweep = "presence.sweep" on "presence",
    NightlyBegin = "nightly.begin" on "nightly",
    NightlyEnd = "nightly.end" on "nightly",
    NightlyStep = "nightly.step" on "nightly",
    RetentionHold = "retention.hold" on "retention_holds",
    RetentionRelease = "retention.release" on "retention_holds",
    TableSizesSnapshot = "table_sizes.snapshot" on "table_sizes",
    UserActivate = "user.activate" on "users",
    UserCreate = "user.create" on "users",
    UserDeactivate = "user.deactivate" on "users",
    UserRename = "user.rename" on "users",
    UserSetRole = "user.set_role" on "users",
}
