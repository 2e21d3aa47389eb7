//! What a terminal shows, as a picture.

use std::fmt::Write;

/// Of a cell, in pixels.
const WIDTH: f64 = 8.4;
const HEIGHT: f64 = 17.0;
const MARGIN: f64 = 14.0;
const GROUND: &str = "#0d1117";
const INK: &str = "#c9d1d9";

/// Neighbours on a line that look alike.
pub(super) struct Run {
    column: u16,
    columns: u16,
    text: String,
    ink: String,
    ground: Option<String>,
    is_bold: bool,
    is_dim: bool,
    is_underlined: bool,
}

/// A test's database has a name of its own, in whose place stands `inbox`.
pub(super) fn lines(screen: &vt100::Screen, database: &str) -> Vec<Vec<Run>> {
    let (rows, columns) = screen.size();
    let line = |row| {
        let mut runs: Vec<Run> = Vec::new();
        for column in 0..columns {
            let Some(cell) = screen.cell(row, column).filter(|cell| !cell.is_wide_continuation())
            else {
                continue;
            };
            let contents = if cell.has_contents() { cell.contents() } else { " " };
            let run = Run {
                column,
                columns: if cell.is_wide() { 2 } else { 1 },
                text: contents.to_owned(),
                ink: colour(cell.fgcolor()).unwrap_or_else(|| INK.to_owned()),
                ground: colour(cell.bgcolor()),
                is_bold: cell.bold(),
                is_dim: cell.dim(),
                is_underlined: cell.underline(),
            };
            match runs.last_mut().filter(|last| last.is_like(&run)) {
                Some(last) => {
                    last.text += &run.text;
                    last.columns += run.columns;
                }
                None => runs.push(run),
            }
        }
        runs.iter_mut().for_each(|run| run.rename(database));
        runs
    };
    (0..rows).map(line).collect()
}

impl Run {
    fn rename(&mut self, database: &str) {
        if let Some((before, after)) = self.text.split_once(database) {
            let gone = database.len() - "inbox".len();
            // The frame goes on to what stands beside it.
            let frame = if before == " " { "─".repeat(gone) } else { " ".repeat(gone) };
            self.text = format!("{before}inbox{after}{frame}");
        }
    }

    fn is_like(&self, other: &Run) -> bool {
        self.ink == other.ink
            && self.ground == other.ground
            && (self.is_bold, self.is_dim, self.is_underlined)
                == (other.is_bold, other.is_dim, other.is_underlined)
    }
}

fn colour(colour: vt100::Color) -> Option<String> {
    const NAMED: [&str; 16] = [
        "#484f58", "#ff7b72", "#3fb950", "#d29922", "#58a6ff", "#bc8cff", "#39c5cf", "#b1bac4",
        "#6e7681", "#ffa198", "#56d364", "#e3b341", "#79c0ff", "#d2a8ff", "#56d4dd", "#ffffff",
    ];
    match colour {
        vt100::Color::Default => None,
        vt100::Color::Idx(number) => Some(match NAMED.get(usize::from(number)) {
            Some(named) => (*named).to_owned(),
            None if number == 24 => String::from("#1f4b73"),
            None => String::from("#ffffff"),
        }),
        vt100::Color::Rgb(red, green, blue) => Some(format!("#{red:02x}{green:02x}{blue:02x}")),
    }
}

/// One screen below the other.
pub(super) fn svg(screens: &[Vec<Vec<Run>>], columns: u16) -> String {
    let rows: usize = screens.iter().map(Vec::len).sum();
    let width = f64::from(columns) * WIDTH + 2.0 * MARGIN;
    let height = rows as f64 * HEIGHT + (screens.len() + 1) as f64 * MARGIN;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.0} {height:.0}\" font-size=\"14\" xml:space=\"preserve\" \
         font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{GROUND}\"/>\n"
    );
    let mut top = MARGIN;
    for lines in screens {
        for line in lines {
            for run in line {
                draw(&mut svg, run, top);
            }
            top += HEIGHT;
        }
        top += MARGIN;
    }
    svg + "</svg>\n"
}

fn draw(svg: &mut String, run: &Run, top: f64) {
    let (x, wide) = (MARGIN + f64::from(run.column) * WIDTH, f64::from(run.columns) * WIDTH);
    if let Some(ground) = &run.ground {
        let _ = writeln!(
            svg,
            "<rect x=\"{x:.1}\" y=\"{top:.1}\" width=\"{wide:.1}\" height=\"{HEIGHT}\" fill=\"{ground}\"/>"
        );
    }
    if run.text.trim().is_empty() {
        return;
    }
    let bold = if run.is_bold { " font-weight=\"bold\"" } else { "" };
    let dim = if run.is_dim { " opacity=\"0.6\"" } else { "" };
    let line = if run.is_underlined { " text-decoration=\"underline\"" } else { "" };
    let text = run.text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let base = top + HEIGHT * 0.76;
    let ink = &run.ink;
    let _ = writeln!(
        svg,
        "<text x=\"{x:.1}\" y=\"{base:.1}\" textLength=\"{wide:.1}\" fill=\"{ink}\"{bold}{dim}{line}>{text}</text>"
    );
}
