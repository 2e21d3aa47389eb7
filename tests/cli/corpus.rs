//! Files that were altered, by whoever hands them over: `tests/corpus` has them, a folder a kind, each case with
//! what must be said of it. It grows with what is found.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use inboxctl::domain::archive::hex;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::support::backups::Folder;
use crate::support::{Binary, Database, Ran, TestKeyring};

/// An input, and what comes of it. It is made of the sound one or of `text`, in the order of the fields.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    /// The file that is altered, where a kind has several.
    part: Option<String>,
    text: Option<String>,
    base64: Option<String>,
    repeat: Option<(String, usize)>,
    /// Stands for a text so many times over.
    fill: Option<(String, String, usize)>,
    /// What is there once, and what takes its place.
    change: Option<(String, String)>,
    /// Where, and in hexadecimal digits.
    bytes: Option<(usize, String)>,
    /// The number of a bit.
    flip: Option<usize>,
    /// The bytes that are left.
    cut: Option<usize>,
    append: Option<String>,
    /// Its seal is the one of what it says now.
    #[serde(default)]
    seal: bool,
    /// The manifest beside it is as if this had been written.
    #[serde(default)]
    fits: bool,
    /// A link leads to it.
    #[serde(default)]
    link: bool,
    mode: Option<u32>,
    code: i32,
    says: String,
}

impl Case {
    fn made(&self, sound: &[u8]) -> Vec<u8> {
        let text = self.text.clone().map(String::into_bytes);
        let base64 = self.base64.as_ref().map(|text| STANDARD.decode(text).expect("base64"));
        let repeat = self.repeat.as_ref().map(|(text, times)| text.repeat(*times).into_bytes());
        let mut bytes = text.or(base64).or(repeat).unwrap_or_else(|| sound.to_owned());
        if let Some((mark, text, times)) = &self.fill {
            bytes = self.replaced(&bytes, mark, &text.repeat(*times));
        }
        if let Some((from, to)) = &self.change {
            bytes = self.replaced(&bytes, from, to);
        }
        if let Some((at, digits)) = &self.bytes {
            for (number, pair) in digits.as_bytes().chunks(2).enumerate() {
                let pair = std::str::from_utf8(pair).expect("digits");
                bytes[at + number] = u8::from_str_radix(pair, 16).expect("digits");
            }
        }
        if let Some(bit) = self.flip {
            bytes[bit / 8] ^= 1 << (bit % 8);
        }
        bytes.truncate(self.cut.unwrap_or(usize::MAX));
        bytes.extend_from_slice(self.append.as_deref().unwrap_or_default().as_bytes());
        if self.seal { sealed(&bytes) } else { bytes }
    }

    fn replaced(&self, bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
        let text = std::str::from_utf8(bytes).expect("text");
        assert!(text.contains(from), "{}: {from:?} isn't there", self.name);
        text.replacen(from, to, 1).into_bytes()
    }

    /// Puts it where it is read.
    fn place(&self, path: &Path, bytes: &[u8]) {
        let _ = fs::remove_file(path);
        let real = if self.link { path.with_extension("real") } else { path.to_owned() };
        fs::write(&real, bytes).expect("written");
        let mode = Permissions::from_mode(self.mode.unwrap_or(0o600));
        fs::set_permissions(&real, mode).expect("its mode");
        if self.link {
            symlink(&real, path).expect("a link");
        }
    }

    /// What is not as it should be.
    fn judge(&self, ran: &Ran) -> Option<String> {
        let said = ran.to_string();
        let is_right = ran.code == self.code && said.contains(&self.says);
        let is_calm = !said.contains("panicked") && !said.contains("hunter2");
        (!is_right || !is_calm)
            .then(|| format!("{}, not {} with {:?}: {said}", self.name, self.code, self.says))
    }
}

/// The manifests of archives and of backups are sealed alike.
fn sealed(manifest: &[u8]) -> Vec<u8> {
    const FIELD: &str = "\"seal\": \"";
    let text = std::str::from_utf8(manifest).expect("text");
    let start = text.rfind(FIELD).expect("a seal") + FIELD.len();
    let end = start + text[start..].find('"').expect("its end");
    let seal = hex(&Sha256::digest([&text[..start], &text[end..]].concat()));
    [&text[..start], &seal, &text[end..]].concat().into_bytes()
}

fn corpus(kind: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(kind)
}

fn cases(file: &str) -> Vec<Case> {
    #[derive(Deserialize)]
    struct Cases {
        case: Vec<Case>,
    }
    let text = fs::read_to_string(corpus(file)).expect("the cases");
    toml::from_str::<Cases>(&text).unwrap_or_else(|error| panic!("{file}: {error}")).case
}

/// The sound files of a kind, unpacked; which is how a case finds them.
struct Sound(Vec<(String, Vec<u8>)>);

impl Sound {
    fn of(kind: &str) -> Sound {
        let entries = fs::read_dir(corpus(kind)).expect("the folder");
        let names = entries.map(|entry| entry.expect("an entry").file_name());
        let names = names.map(|name| name.into_string().expect("UTF-8"));
        let files = names.filter(|name| !name.ends_with(".toml")).map(|name| {
            let bytes = fs::read(corpus(kind).join(&name)).expect("the file");
            match name.strip_suffix(".b64") {
                Some(name) => {
                    let letters: Vec<u8> =
                        bytes.into_iter().filter(|byte| !byte.is_ascii_whitespace()).collect();
                    (name.to_owned(), STANDARD.decode(letters).expect("base64"))
                }
                None => (name, bytes),
            }
        });
        Sound(files.collect())
    }

    fn get(&self, name: &str) -> &[u8] {
        &self.0.iter().find(|(one, _)| one == name).expect("the sound file").1
    }

    /// A folder with the sound ones, but for what the case alters.
    fn folder(&self, case: &Case, usual: &str) -> Folder {
        let folder = Folder::new();
        for (name, bytes) in &self.0 {
            fs::write(folder.path().join(name), bytes).expect("written");
        }
        let part = case.part.as_deref().unwrap_or(usual);
        let made = case.made(self.get(part));
        case.place(&folder.path().join(part), &made);
        if case.fits {
            let (manifest, sound) = (format!("{part}.manifest.json"), self.get(part));
            let text = String::from_utf8(self.get(&manifest).to_owned()).expect("text");
            let sums = |bytes: &[u8]| (bytes.len().to_string(), hex(&Sha256::digest(bytes)));
            let ((size, hash), (new_size, new_hash)) = (sums(sound), sums(&made));
            let size = |text: &str| {
                text.replace(&format!("bytes\": {size},"), &format!("bytes\": {new_size},"))
            };
            let fitting = size(&text).replace(&hash, &new_hash);
            fs::write(folder.path().join(manifest), sealed(fitting.as_bytes())).expect("written");
        }
        folder
    }
}

#[test]
fn files_of_settings() {
    let mut wrong = Vec::new();
    for (kind, flag, name) in
        [("settings", "--config", "x.toml"), ("environment", "--env-file", "x.env")]
    {
        for case in cases(&format!("{kind}/cases.toml")) {
            let ready = || {
                let binary = Binary::new();
                case.place(&binary.folder().join(name), &case.made(b""));
                binary
            };
            let ran = ready().run(["config", "show", "--format", "json", flag, name]);
            wrong.extend(case.judge(&ran));
            // What can't be used is not used.
            let ran = ready().run(["db", "status", flag, name]);
            if !(ran.code == 2 || case.code == 0 && ran.code == 1) {
                wrong.push(format!("{}: {ran}", case.name));
            }
            assert!(!ran.to_string().contains("hunter2"), "{}: {ran}", case.name);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn keyrings() {
    let mut wrong = Vec::new();
    let sound = Sound::of("keyrings");
    for (file, passphrase) in [("keyrings/cases.toml", ""), ("keyrings/locked.toml", "hunter2")] {
        for case in cases(file) {
            let keyring = TestKeyring::none();
            let made = case.made(sound.get("sound.json"));
            case.place(&keyring.path(), &made);
            for args in [&["list"][..], &["stage"], &["promote", "41806472f3577cd1"]] {
                let binary = Binary::new().env("INBOXCTL_KEYRING_FILE", keyring.path());
                let binary = binary.env("INBOXCTL_KEYRING_PASSPHRASE", passphrase);
                let ran = binary.run([&["keys"], args].concat());
                wrong.extend(case.judge(&ran));
                assert!(!ran.to_string().contains("AAECAwQF"), "{}: {ran}", case.name);
                assert!(fs::read(keyring.path()).expect("it") == made, "{} changed it", case.name);
            }
        }
    }
    let keyring = TestKeyring::none();
    fs::write(keyring.path(), sound.get("sound.json")).expect("written");
    fs::set_permissions(keyring.path(), Permissions::from_mode(0o600)).expect("its mode");
    keyring.keys(&["stage"]).expect_code(0);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The vectors of `tests/vectors` (`tests/vault.rs`), where an operator meets them.
#[test]
fn envelopes() {
    let database = Database::migrated();
    let text = fs::read_to_string(corpus("../vectors/negative.json")).expect("the vectors");
    let document: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let keyring = TestKeyring::none();
    fs::write(keyring.path(), document["keyring"].to_string()).expect("written");
    fs::set_permissions(keyring.path(), Permissions::from_mode(0o600)).expect("its mode");
    let vectors = document["vectors"].as_array().expect("vectors").iter();
    for vector in
        vectors.filter(|one| one["table"] == "integrations" && one["column"] == "credentials")
    {
        let part = |key: &str| vector[key].as_str().expect("a text");
        let (name, envelope) = (part("name"), part("envelope").replace('\'', "''"));
        database.execute(&format!(
            "DELETE FROM integrations; INSERT INTO integrations (id, channel, credentials) \
             VALUES ('{}', '{}', '{envelope}')",
            part("row_id"),
            part("channel"),
        ));
        let verify = ["integrations", "verify", "--format", "json"];
        let ran = keyring.on(&database).run(verify).expect_code(3);
        assert!(ran.stdout.contains(&format!("\"{}\"", part("error"))), "{name}: {ran}");
        let ran = keyring.on(&database).run(["integrations", "show", part("channel"), "--reveal"]);
        assert!(!ran.to_string().contains("canary"), "{name}: {ran}");
        let kept = database.value("(SELECT credentials FROM integrations)");
        assert_eq!(kept, part("envelope"), "{name}");
    }
}

#[test]
fn archives() {
    let (database, sound) = (Database::migrated(), Sound::of("archives"));
    let run = |folder: &Folder| {
        let verify = ["retention", "verify", folder.path().to_str().expect("UTF-8")];
        let verified = Binary::new().run([&verify[..], &["--format", "json"]].concat());
        let manifest = folder.file("sound.manifest.json");
        let restore = ["retention", "restore", &manifest, "--unknown-archive", "--yes"];
        (verified, Binary::on(&database).run(restore))
    };
    let mut wrong = Vec::new();
    let rows = "(SELECT count(*) FROM audit_logs WHERE created_at < '2025-01-01')";
    for case in cases("archives/cases.toml") {
        let (verified, restored) = run(&sound.folder(&case, "sound.manifest.json"));
        wrong.extend(case.judge(&verified));
        assert_eq!(restored.code, 1, "{}: {restored}", case.name);
        assert_eq!(database.value(rows), "0", "{}", case.name);
    }
    let folder = Folder::new();
    for (name, bytes) in &sound.0 {
        fs::write(folder.path().join(name), bytes).expect("written");
    }
    let (verified, restored) = run(&folder);
    assert_eq!((verified.code, restored.code), (0, 0), "{verified}{restored}");
    assert_eq!(database.value(rows), "5");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn backups() {
    let (database, sound) = (Database::empty(), Sound::of("backups"));
    let mut wrong = Vec::new();
    let name = format!("{}_restored", database.name);
    let there = format!("(SELECT count(*) FROM pg_database WHERE datname = '{name}')");
    let restore =
        |file: &str| Binary::on(&database).run(["db", "restore", file, "--into", &name, "--yes"]);
    for case in cases("backups/cases.toml") {
        let folder = sound.folder(&case, "sound.dump.manifest.json");
        let file = folder.file("sound.dump");
        let list = ["db", "backups", "list", "--dir", folder.path().to_str().expect("UTF-8")];
        let listed = Binary::new().run(list);
        assert!([0, 1, 3].contains(&listed.code), "{}: {listed}", case.name);
        let ran = Binary::new().run(["db", "backup", "verify", &file, "--level", "2"]);
        wrong.extend(case.judge(&ran));
        if case.part.is_some() {
            let ran = restore(&file);
            assert!([1, 3, 4].contains(&ran.code), "{}: {ran}", case.name);
            assert_eq!(database.value(&there), "0", "{}: {ran}", case.name);
        }
    }
    let folder = Folder::new();
    for (name, bytes) in &sound.0 {
        fs::write(folder.path().join(name), bytes).expect("written");
    }
    restore(&folder.file("sound.dump")).expect_code(0);
    let restored = Database { name };
    assert_eq!(restored.value("(SELECT count(*) FROM notes)"), "20");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
