//! The exit code, and nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    // OpenSSL that is linked in doesn't know where this system keeps its root
    // certificates; without this, sslrootcert=system finds none.
    // SAFETY: there is no other thread yet that could read the environment.
    #[cfg(feature = "vendored-openssl")]
    unsafe {
        openssl_probe::try_init_openssl_env_vars();
    }
    ExitCode::from(inboxctl::run(std::env::args_os()))
}
