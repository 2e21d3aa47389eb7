//! A terminal that shows what a program writes to it, with somebody at its keys.

use std::fs::File;
use std::io::{Read, Write};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use rexpect::process::{PtyProcess, WaitStatus};
use rustix::termios::{self, LocalModes, OutputModes, Winsize};

/// For whatever is to be seen.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Screen {
    process: PtyProcess,
    terminal: File,
    shown: Arc<Mutex<vt100::Parser>>,
    /// All that was written, as it came.
    written: Arc<Mutex<Vec<u8>>>,
}

impl Screen {
    pub(crate) fn start(command: Command, columns: u16, rows: u16) -> Screen {
        // A pseudo-terminal has no size before somebody says one: the shell says it first.
        let mut sized = Command::new("/bin/sh");
        let script = format!("stty rows {rows} cols {columns}; exec \"$@\"");
        sized.arg("-c").arg(script).arg("sh").arg(command.get_program()).args(command.get_args());
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => sized.env(name, value),
                None => sized.env_remove(name),
            };
        }
        if let Some(folder) = command.get_current_dir() {
            sized.current_dir(folder);
        }
        let process = PtyProcess::new(sized).expect("a pseudo-terminal");
        let terminal = process.get_file_handle().expect("its other end");
        let shown = Arc::new(Mutex::new(vt100::Parser::new(rows, columns, 0)));
        let written = Arc::new(Mutex::new(Vec::new()));
        let (mut reader, screen, all) =
            (terminal.try_clone().unwrap(), Arc::clone(&shown), Arc::clone(&written));
        thread::spawn(move || {
            let mut part = [0; 4096];
            while let Ok(length @ 1..) = reader.read(&mut part) {
                all.lock().unwrap().extend_from_slice(&part[..length]);
                screen.lock().unwrap().process(&part[..length]);
            }
        });
        Screen { process, terminal, shown, written }
    }

    pub(crate) fn press(&mut self, keys: &str) {
        self.terminal.write_all(keys.as_bytes()).expect("the terminal takes keys");
    }

    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        self.shown.lock().unwrap().screen_mut().set_size(rows, columns);
        let size = Winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        termios::tcsetwinsize(&self.terminal, size).expect("a new size");
    }

    pub(crate) fn contents(&self) -> String {
        self.shown.lock().unwrap().screen().contents()
    }

    pub(crate) fn written(&self) -> Vec<u8> {
        self.written.lock().unwrap().clone()
    }

    /// Looks at what is shown as cells.
    pub(crate) fn look<T>(&self, at: impl FnOnce(&vt100::Screen) -> T) -> T {
        at(self.shown.lock().unwrap().screen())
    }

    #[track_caller]
    pub(crate) fn until(&self, what: &str, is_so: impl Fn(&str) -> bool) -> String {
        let began = Instant::now();
        loop {
            let contents = self.contents();
            if is_so(&contents) {
                return contents;
            }
            assert!(began.elapsed() < PATIENCE, "never {what}:\n{contents}");
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// What is shown once it has this text.
    #[track_caller]
    pub(crate) fn expect(&self, text: &str) -> String {
        self.until(&format!("shows {text:?}"), |contents| contents.contains(text))
    }

    #[track_caller]
    pub(crate) fn expect_no(&self, text: &str) -> String {
        self.until(&format!("is without {text:?}"), |contents| !contents.contains(text))
    }

    /// Of the program, which leads the session of its terminal.
    pub(crate) fn pid(&self) -> i32 {
        let leader = termios::tcgetsid(&self.terminal).expect("a session");
        leader.as_raw_nonzero().get()
    }

    /// Its exit code, once it has ended. The terminal is as it was.
    #[track_caller]
    pub(crate) fn end(self) -> Option<i32> {
        let ended = self.process.wait().expect("it ends");
        if let Ok(after) = termios::tcgetattr(&self.terminal) {
            let usual = LocalModes::ICANON | LocalModes::ISIG | LocalModes::IEXTEN;
            assert!(after.local_modes.contains(usual), "{:?}", after.local_modes);
            assert!(after.output_modes.contains(OutputModes::OPOST), "{:?}", after.output_modes);
        }
        // What it wrote last may still be on its way.
        let began = Instant::now();
        while self.look(vt100::Screen::alternate_screen) && began.elapsed() < PATIENCE {
            thread::sleep(Duration::from_millis(5));
        }
        self.look(|screen| {
            assert!(!screen.alternate_screen(), "the other screen is left");
            assert!(!screen.hide_cursor(), "the cursor is there");
            assert!(!screen.bracketed_paste(), "pasting is as it was");
        });
        match ended {
            WaitStatus::Exited(_, code) => Some(code),
            _ => None,
        }
    }
}
