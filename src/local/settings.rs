//! How the server is configured: a file that takes PostgreSQL's own in and adds ours, and what
//! goes on the command line.

use std::ffi::{OsStr, OsString};
use std::fs::{self, Permissions};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::layout::Layout;
use super::{CLUSTER_NAME, LocalError};

const HEAD: &str = "\
# Written by inboxctl at every start. Your own settings: ALTER SYSTEM, or data/postgresql.conf.
include 'data/postgresql.conf'
listen_addresses = ''
timezone = 'UTC'
log_timezone = 'UTC'
logging_collector = off
log_destination = 'stderr'
";

/// Renamed into place: a start must never read half of it.
pub(super) fn write(path: &Path, settings: &[(String, String)]) -> Result<(), LocalError> {
    let mut text = HEAD.to_owned();
    for (name, value) in settings {
        let value = value.replace('\\', "\\\\").replace('\'', "''").replace('\n', "\\n");
        text.push_str(&format!("{name} = '{value}'\n"));
    }
    let fresh = path.with_extension("conf.new");
    fs::write(&fresh, text).map_err(LocalError::io("write", &fresh))?;
    // The server's user reads it, whatever the umask says; there are no secrets in it.
    fs::set_permissions(&fresh, Permissions::from_mode(0o644))
        .map_err(LocalError::io("set the mode of", &fresh))?;
    fs::rename(&fresh, path).map_err(LocalError::io("write", path))
}

/// What this module relies on to find and recognise the server. On the command line neither a
/// settings file nor ALTER SYSTEM changes it.
pub(super) fn fixed(layout: &Layout, major: u32) -> Vec<OsString> {
    let join = |name: &str, path: &OsStr| {
        let mut setting = OsString::from(name);
        setting.push(path);
        setting
    };
    vec![
        join("config_file=", layout.settings_file(major).as_os_str()),
        join("unix_socket_directories=", &quoted_list_item(layout.socket_dir().as_os_str())),
        OsString::from("unix_socket_permissions=0700"),
        OsString::from(format!("port={}", layout.port)),
        OsString::from(format!("cluster_name={CLUSTER_NAME}")),
    ]
}

/// The setting is a list: commas and spaces of a path need quotes.
fn quoted_list_item(path: &OsStr) -> OsString {
    let mut quoted = vec![b'"'];
    for &byte in path.as_bytes() {
        if byte == b'"' {
            quoted.push(b'"');
        }
        quoted.push(byte);
    }
    quoted.push(b'"');
    OsString::from_vec(quoted)
}
