//! Tests of the matrix and of the SQL that is made of it.

use super::*;

fn table(base: &str, sealed: &[&str]) -> Table {
    let mut columns = vec!["id", "contact_id", "credentials"];
    if base == "audit_logs" {
        columns.extend(["recorded_at", "recorded_by", "recorded_from"]);
    }
    Table {
        name: format!("public.{base}"),
        base: base.to_owned(),
        is_partition: false,
        columns: columns.iter().map(|name| (*name).to_owned()).collect(),
        sealed: sealed.iter().map(|name| (*name).to_owned()).collect(),
    }
}

fn objects(tables: Vec<Table>) -> Objects {
    Objects {
        database: String::from("inbox"),
        schema: String::from("public"),
        tables,
        ..Objects::default()
    }
}

/// The rights of a group on tables and columns, in words.
fn rights(objects: &Objects, group: Grantee) -> Vec<String> {
    wanted(objects)
        .iter()
        .filter(|grant| grant.grantee == group)
        .filter(|grant| matches!(grant.on, On::Table(_) | On::Column { .. }))
        .map(Grant::describe)
        .collect()
}

fn everybody_else(role: Grantee) -> Role {
    Role { group: role, exists: true, attributes: vec![], member_of: vec![], members: 0 }
}

#[test]
fn ciphertext_is_for_administrators() {
    let objects = objects(vec![table("integrations", &["credentials"])]);
    let open = ["SELECT on public.integrations.contact_id", "SELECT on public.integrations.id"];
    assert_eq!(rights(&objects, Grantee::InboxViewer), open);
    assert_eq!(rights(&objects, Grantee::InboxEditor), open);
    assert!(
        rights(&objects, Grantee::InboxAdmin).contains(&"SELECT on public.integrations".into())
    );
}

#[test]
fn an_editor_moves_messages_and_no_more() {
    let objects = objects(vec![table("messages", &[])]);
    assert_eq!(
        rights(&objects, Grantee::InboxEditor),
        ["SELECT on public.messages", "UPDATE on public.messages.contact_id"]
    );
}

#[test]
fn nobody_rewrites_the_audit_log() {
    let name = String::from("public.audit_logs_2026_03");
    let month = Table { name, is_partition: true, ..table("audit_logs", &[]) };
    let objects = objects(vec![table("audit_logs", &[]), month]);
    for (group, expected) in [
        (Grantee::InboxViewer, vec!["SELECT"]),
        (Grantee::InboxEditor, vec!["SELECT"]),
        (Grantee::InboxAdmin, vec!["SELECT"]),
    ] {
        let rights = rights(&objects, group);
        assert!(
            !rights.iter().any(|right| right.contains("UPDATE") || right.contains("DELETE")),
            "{rights:?}"
        );
        // Columns, without those that the server fills.
        let inserts = rights.iter().filter(|right| right.starts_with("INSERT")).count();
        assert_eq!(inserts, if group == Grantee::InboxViewer { 0 } else { 3 }, "{rights:?}");
        assert!(!rights.iter().any(|right| right.contains("recorded")), "{rights:?}");
        let on_month =
            rights.iter().filter_map(|right| right.split_once(" on public.audit_logs_2026"));
        assert_eq!(on_month.map(|(right, _)| right).collect::<Vec<_>>(), expected, "{rights:?}");
    }
}

#[test]
fn what_runs_as_its_owner_is_for_administrators_alone() {
    let routine = |name: &str, is_definer| Routine { name: format!("public.{name}()"), is_definer };
    let routines = vec![routine("uuid_v7", false), routine("drop_month", true)];
    let objects = Objects { routines, ..objects(vec![]) };
    let may = |group: Grantee| {
        let wanted = wanted(&objects);
        let routines = wanted.iter().filter(|one| matches!(one.on, On::Routine(_)));
        routines.filter(|one| one.grantee == group).map(Grant::describe).collect::<Vec<_>>()
    };
    let open = "EXECUTE on public.uuid_v7()";
    assert_eq!(may(Grantee::InboxViewer), [open]);
    assert_eq!(may(Grantee::InboxEditor), [open]);
    assert_eq!(may(Grantee::InboxAdmin), ["EXECUTE on public.drop_month()", open]);
    assert_eq!(may(Grantee::Public), [""; 0]);
}

#[test]
fn where_all_is_as_it_should_be_there_is_nothing_to_do() {
    let wanted = wanted(&objects(vec![table("contacts", &[])]));
    let difference = Difference::between(&wanted, &wanted);
    assert!(difference.is_exact());
    assert_eq!(statements(&Grantee::GROUPS.map(everybody_else), &difference), [""; 0]);
}

#[test]
fn a_column_that_falls_with_its_table_is_granted_again() {
    let wanted = wanted(&objects(vec![table("integrations", &["credentials"])]));
    let mut actual = wanted.clone();
    actual.insert(Grant {
        on: On::Table(String::from("public.integrations")),
        grantee: Grantee::InboxViewer,
        privilege: String::from("SELECT"),
    });
    let difference = Difference::between(&wanted, &actual);
    assert_eq!(
        statements(&[], &difference),
        [
            "REVOKE SELECT ON TABLE public.integrations FROM inbox_viewer",
            "GRANT SELECT (contact_id, id) ON TABLE public.integrations TO inbox_viewer",
        ]
    );
}

#[test]
fn what_has_the_same_rights_stands_in_one_statement() {
    let wanted = wanted(&objects(vec![table("users", &[]), table("notes", &[])]));
    let reading: BTreeSet<Grant> =
        wanted.into_iter().filter(|grant| grant.privilege == "SELECT").collect();
    let difference = Difference::between(&reading, &BTreeSet::new());
    assert_eq!(
        statements(&[], &difference),
        ["GRANT SELECT ON TABLE\n       public.notes,\n       public.users\n    \
          TO inbox_viewer, inbox_editor, inbox_admin"]
    );
}

#[test]
fn a_group_role_is_nothing_but_a_group() {
    let role = Role {
        attributes: vec![String::from("LOGIN"), String::from("BYPASSRLS")],
        member_of: vec![String::from("pg_read_all_data")],
        ..everybody_else(Grantee::InboxViewer)
    };
    assert_eq!(
        statements(&[role], &Difference::default()),
        [
            "ALTER ROLE inbox_viewer NOLOGIN NOBYPASSRLS",
            "REVOKE pg_read_all_data FROM inbox_viewer",
        ]
    );
}
