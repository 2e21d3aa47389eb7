//! The exit code, and nothing else.

use std::process::ExitCode;

#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(fail));
    // OpenSSL that is linked in doesn't know where this system keeps its root
    // certificates; without this, sslrootcert=system finds none.
    // SAFETY: there is no other thread yet that could read the environment.
    #[cfg(feature = "vendored-openssl")]
    unsafe {
        openssl_probe::try_init_openssl_env_vars();
    }
    ExitCode::from(inboxctl::run(std::env::args_os()))
}

/// A panic is a defect of ours, told as an error and not with a core dump. Where it happened is
/// enough to find it; its message might quote what is secret. The server rolls back what was open.
fn fail(panic: &std::panic::PanicHookInfo<'_>) {
    let place = panic.location().map_or_else(|| String::from("?"), ToString::to_string);
    eprintln!("error: this is a defect of inboxctl, at {place}");
    eprintln!(
        "hint: whatever was not committed has been rolled back; please report the line above"
    );
    std::process::exit(1);
}
