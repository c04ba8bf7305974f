//! The tables of docs/performance.md.

use std::{collections::BTreeMap, fmt::Write as _, fs, io, path::Path};

use super::{measure::Measured, synthetic::Size};

/// What the tables stand between.
const MARKS: [&str; 2] = ["<!-- measured -->\n", "<!-- end of what is measured -->\n"];

/// Below this many transactions a process costs what starting one costs: a growth
/// is not to be seen there.
const GROWS_FROM: usize = 1_000;

/// What was measured, by what it is, in the order of measuring.
#[derive(Default)]
pub struct Report {
    sizes: Vec<Size>,
    rows: Vec<(String, BTreeMap<usize, Measured>)>,
}

impl Report {
    /// Put a measurement in, and print it.
    pub fn row(&mut self, size: Size, what: &str, measured: Measured) {
        println!(
            "| {} | {} | {what} | {:.4} | {} | {} |",
            size.transactions(),
            size.workflows * size.slices,
            measured.median.as_secs_f64(),
            or_dash(measured.peak_megabytes),
            or_dash(measured.written.map(kilobytes)),
        );
        if self.sizes.last().map(|last| last.transactions()) != Some(size.transactions()) {
            self.sizes.push(size);
        }
        let at = self.rows.iter().position(|(own, _)| own == what);
        let at = at.unwrap_or_else(|| {
            self.rows.push((what.to_owned(), BTreeMap::new()));
            self.rows.len() - 1
        });
        self.rows[at].1.insert(size.transactions(), measured);
    }

    /// Put the tables between the marks of a page.
    pub fn write_into(&self, page: &Path) -> io::Result<()> {
        let text = fs::read_to_string(page)?;
        let [open, close] = MARKS;
        let parts = text
            .split_once(open)
            .and_then(|(before, rest)| Some((before, rest.split_once(close)?.1)));
        let Some((before, after)) = parts else {
            return Err(io::Error::other(format!(
                "no {open} and {close} in the page"
            )));
        };
        fs::write(
            page,
            format!("{before}{open}{}\n{close}{after}", self.tables()),
        )
    }

    fn tables(&self) -> String {
        let mut tables = String::new();
        self.table(&mut tables, "seconds", true, &|measured| {
            Some(format!("{:.4}", measured.median.as_secs_f64()))
        });
        self.table(&mut tables, "peak memory, MB", false, &|measured| {
            measured.peak_megabytes.map(|peak| peak.to_string())
        });
        self.table(&mut tables, "files written, KB", false, &|measured| {
            measured.written.map(|bytes| kilobytes(bytes).to_string())
        });
        tables
    }

    fn table(
        &self,
        tables: &mut String,
        unit: &str,
        growth: bool,
        cell: &dyn Fn(&Measured) -> Option<String>,
    ) {
        let _ = write!(tables, "\n| {unit} |");
        for size in &self.sizes {
            let slices = size.workflows * size.slices;
            let _ = write!(
                tables,
                " {} transactions, {slices} slices |",
                size.transactions()
            );
        }
        tables.push_str(if growth {
            " grows with |\n|---|"
        } else {
            "\n|---|"
        });
        tables.push_str(&"---:|".repeat(self.sizes.len() + usize::from(growth)));
        tables.push('\n');
        for (what, by_size) in &self.rows {
            let cells: Vec<_> = self
                .sizes
                .iter()
                .map(|size| by_size.get(&size.transactions()).and_then(cell))
                .collect();
            if cells.iter().all(Option::is_none) {
                continue;
            }
            let _ = write!(tables, "| {what} |");
            for cell in cells {
                let _ = write!(tables, " {} |", cell.unwrap_or_default());
            }
            if growth {
                let exponent = exponent(by_size).map(|exponent| format!("n^{exponent:.2}"));
                let _ = write!(tables, " {} |", exponent.unwrap_or_default());
            }
            tables.push('\n');
        }
    }
}

/// The power of the number of transactions that the time grows with: the slope of
/// the line of least squares through the logarithms.
fn exponent(by_size: &BTreeMap<usize, Measured>) -> Option<f64> {
    let points: Vec<(f64, f64)> = by_size
        .range(GROWS_FROM..)
        .map(|(size, measured)| {
            #[allow(clippy::cast_precision_loss, reason = "far below 2^52")]
            let size = *size as f64;
            (size.ln(), measured.median.as_secs_f64().ln())
        })
        .collect();
    if points.len() < 2 {
        return None;
    }
    #[allow(clippy::cast_precision_loss, reason = "a handful")]
    let number = points.len() as f64;
    let mean = |of: &dyn Fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / number;
    let (x, y) = (mean(&|point| point.0), mean(&|point| point.1));
    let slope = mean(&|point| (point.0 - x) * (point.1 - y));
    Some(slope / mean(&|point| (point.0 - x).powi(2)))
}

fn kilobytes(bytes: u64) -> u64 {
    bytes.div_ceil(1_000)
}

fn or_dash(number: Option<u64>) -> String {
    number.map_or_else(|| "-".to_owned(), |number| number.to_string())
}
