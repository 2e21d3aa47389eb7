//! docs/requests.md, each page run as it stands there.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

use crate::contacts_data::spread;
use crate::support::binary;

/// The pages by their titles.
fn pages() -> Vec<(String, String)> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/requests.md");
    let text = fs::read_to_string(path).unwrap();
    let pages = text.split("\n## ").skip(1);
    pages
        .map(|page| page.split_once('\n').unwrap())
        .map(|(title, page)| (title.to_owned(), page.to_owned()))
        .collect()
}

/// Runs a page: its files are written, its commands run one after the other by a shell.
fn run(title: &str) -> (String, tempfile::TempDir) {
    let page = pages().into_iter().find(|(own, _)| own == title).expect("the page is there").1;
    let (database, folder) = (spread(), tempfile::tempdir().unwrap());
    database.execute(
        "UPDATE messages SET created_at = now() - interval '400 days' WHERE content LIKE '%1'",
    );
    let programs = folder.path().join("bin");
    fs::create_dir(&programs).unwrap();
    symlink(binary(), programs.join("inboxctl")).unwrap();
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap());
    let mut told = String::new();
    for block in page.split("\n```").skip(1).step_by(2) {
        let (head, text) = block.split_once('\n').unwrap();
        if let Some((_, name)) = head.split_once(' ') {
            fs::write(folder.path().join(name), text).unwrap();
            continue;
        }
        let ran = Command::new("sh")
            .args(["-euc", text])
            .env_clear()
            .env("PATH", &path)
            .env("USER", "operator")
            .env("DATABASE_URL", database.url())
            .current_dir(folder.path())
            .output()
            .unwrap();
        let (out, err) =
            (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
        assert!(ran.status.success(), "{text}\n{out}\n{err}");
        told += &out;
    }
    (told, folder)
}

#[test]
fn every_page_has_a_test() {
    let mut titles: Vec<String> = pages().into_iter().map(|(title, _)| title).collect();
    titles.sort();
    let mut tested = [STORED, FORGOTTEN, SPREADSHEET, OLD];
    tested.sort_unstable();
    assert_eq!(titles, tested);
}

const STORED: &str = "A person wants to know what you store";
const FORGOTTEN: &str = "A person wants to be forgotten";
const SPREADSHEET: &str = "Contacts come from a spreadsheet";
const OLD: &str = "Messages older than a year must go";

#[test]
fn a_person_is_told_what_is_stored() {
    let (told, _folder) = run(STORED);
    assert!(told.contains("Zanahoria") && told.contains("Calabaza"), "{told}");
}

#[test]
fn a_person_is_forgotten() {
    let (told, folder) = run(FORGOTTEN);
    assert!(told.contains("Erased 01900000"), "{told}");
    assert!(folder.path().join("erased.json").exists());
    assert!(folder.path().join("archives/erased_contacts.json").exists());
}

#[test]
fn contacts_come_from_a_spreadsheet_and_go_again() {
    let (told, _folder) = run(SPREADSHEET);
    assert!(told.contains("added"), "{told}");
}

#[test]
fn old_messages_go() {
    let (told, folder) = run(OLD);
    // One of the four is under a hold.
    assert!(told.contains("Deleted 3 rows of messages"), "{told}");
    let archives = fs::read_dir(folder.path().join("archives")).unwrap();
    assert!(archives.count() >= 2, "{told}");
}
