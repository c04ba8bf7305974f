//! How far a verification is: one line on a terminal, redrawn. Nothing of it is
//! left when it ends, and nothing is drawn where nobody watches.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::screen::Screen;

/// The line, where there is one.
pub struct Progress {
    bar: Option<ProgressBar>,
}

/// How often it is drawn although nothing happens: the seconds show that it lives.
const TICK: Duration = Duration::from_millis(250);

impl Progress {
    /// A line for whoever watches the screen.
    pub fn on(screen: &Screen) -> Self {
        let bar = screen.is_watched().then(|| {
            let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
            bar.set_style(style());
            bar
        });
        Self { bar }
    }

    /// Whether it is drawn.
    pub fn is_drawn(&self) -> bool {
        self.bar.is_some()
    }

    /// So many more steps come.
    pub fn planned(&self, steps: usize) {
        if let Some(bar) = &self.bar {
            bar.inc_length(steps as u64);
            // Nothing is drawn before there is something to do.
            bar.enable_steady_tick(TICK);
        }
    }

    /// This is being done.
    pub fn started(&self, step: &str) {
        if let Some(bar) = &self.bar {
            bar.set_message(crate::diagnostic::printable(step).into_owned());
        }
    }

    /// A step is over.
    pub fn done(&self) {
        if let Some(bar) = &self.bar {
            bar.inc(1);
        }
    }

    /// Print something above the line.
    pub fn above(&self, print: impl FnOnce()) {
        match &self.bar {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn style() -> ProgressStyle {
    let style = ProgressStyle::default_bar();
    style
        .clone()
        .template("   Verifying [{bar:24}] {pos}/{len} {elapsed} {wide_msg}")
        .unwrap_or(style)
        .progress_chars("=> ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_is_one() {
        assert!(
            ProgressStyle::with_template("[{bar:24}] {pos}/{len} {elapsed} {wide_msg}").is_ok()
        );
    }

    #[test]
    fn steps_are_counted() {
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::hidden());
        let progress = Progress {
            bar: Some(bar.clone()),
        };
        progress.planned(3);
        progress.started("lean A");
        progress.done();
        progress.planned(2);
        assert_eq!((bar.position(), bar.length()), (1, Some(5)));
        let mut printed = false;
        progress.above(|| printed = true);
        assert!(printed && !bar.is_finished());
        drop(progress);
        assert!(bar.is_finished());
    }
}
