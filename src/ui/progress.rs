//! Progress of long work, on a terminal only.

use std::time::Duration;

use super::{Ui, human};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

/// A bar with rate and ETA; hidden where stderr is no terminal. Goes away when
/// dropped, so that the summary stands alone.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    ui: Ui,
}

impl Progress {
    pub(super) fn new(ui: Ui, label: &str, total: u64) -> Progress {
        let target =
            if ui.draws() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(total), target);
        let style = ProgressStyle::with_template(
            "{msg:<14} {bar:24} {percent:>3}%  {human_pos}/{human_len}  {rate}/s  {eta} left",
        )
        .expect("the template is a constant")
        .with_key("rate", |state: &ProgressState, into: &mut dyn std::fmt::Write| {
            // A bar that can't be written is none.
            let _ = into.write_str(&human::count(state.per_sec() as u64));
        });
        bar.set_style(style.progress_chars("━╸ "));
        bar.set_message(label.to_owned());
        bar.enable_steady_tick(Duration::from_millis(200));
        Progress { bar, ui }
    }

    pub(super) fn spinner(ui: Ui, label: &str) -> Progress {
        let bar = if ui.draws() { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
        bar.set_message(label.to_owned());
        bar.enable_steady_tick(Duration::from_millis(100));
        Progress { bar, ui }
    }

    /// Says what is done now: beside the bar, or as a line of a log.
    pub fn step(&self, what: &str) {
        if self.bar.is_hidden() {
            self.ui.status(what);
        } else {
            self.bar.set_message(what.to_owned());
        }
    }

    /// Starts the next part of the same work.
    pub fn label(&self, label: &str) {
        self.bar.set_message(label.to_owned());
    }

    pub fn advance(&self, by: u64) {
        self.bar.inc(by);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
