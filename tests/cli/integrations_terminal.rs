//! `integrations set-credentials` at a terminal: what is typed stays hidden.

use std::process::Command;

use rexpect::session::{PtySession, spawn_command};

use crate::integrations::Inbox;
use crate::support::binary;

fn at_terminal(inbox: &Inbox, args: &[&str]) -> PtySession {
    let mut command = Command::new(binary());
    command.args(args);
    in_terminal(inbox, command)
}

fn in_shell(inbox: &Inbox, script: &str) -> PtySession {
    let mut command = Command::new("sh");
    command.args(["-c", script]);
    in_terminal(inbox, command)
}

fn in_terminal(inbox: &Inbox, mut command: Command) -> PtySession {
    command
        .env("DATABASE_URL", inbox.database.url())
        .env("INBOXCTL_KEYRING_FILE", inbox.keyring.path())
        .env("TERM", "xterm");
    spawn_command(command, Some(30_000)).expect("a pseudo-terminal")
}

#[test]
fn a_prompt_shows_nothing() {
    let inbox = Inbox::new();
    // The pseudo-terminal of the tests has no echo from the start: a shell turns it on.
    let script = format!("stty echo; {} integrations set-credentials SMS", binary().display());
    let mut session = in_shell(&inbox, &script);
    for (question, answer) in [
        ("account_sid: ", "AC0123456789abcdef0123456789abcdef"),
        ("auth_token: ", "canary-typed-4711"),
        ("api_key_sid (Enter leaves it out): ", ""),
        ("api_key_secret (Enter leaves it out): ", ""),
        ("messaging_service_sid (Enter leaves it out): ", ""),
    ] {
        let shown = session.exp_string(question).unwrap();
        assert!(!shown.contains("canary"), "{shown}");
        session.send_line(answer).unwrap();
    }
    let rest = session.exp_eof().unwrap();
    assert!(!rest.contains("canary"), "{rest}");
    assert!(rest.contains("The credentials are set."), "{rest}");
    let mut session = at_terminal(&inbox, &["integrations", "show", "SMS", "--reveal"]);
    // At a terminal nobody is asked.
    session.exp_string("canary-typed-4711").unwrap();
    session.exp_eof().unwrap();
    assert_eq!(inbox.audited("credentials.reveal").split(' ').next(), Some("SMS"));
}

#[test]
fn ctrl_c_at_a_prompt_restores_the_echo() {
    let inbox = Inbox::new();
    // A shell around it, whose terminal is the same one.
    let binary = binary();
    let binary = binary.display();
    let script = format!(
        "trap : INT; stty echo; {binary} integrations set-credentials SMS; echo code $?; stty -a | grep -o '.echo ' ; echo end"
    );
    let mut session = in_shell(&inbox, &script);
    session.exp_string("account_sid: ").unwrap();
    session.send_control('c').unwrap();
    let told = session.exp_string("code 130").unwrap();
    assert!(told.contains("nothing was changed"), "{told}");
    let rest = session.exp_string("end").unwrap();
    assert!(rest.contains(" echo") && !rest.contains("-echo"), "{rest}");
    assert_eq!(inbox.database.value("(SELECT count(*) FROM integrations)"), "0");
}
