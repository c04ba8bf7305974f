//! What a build script costs at 1,000 transactions, medians of 15 runs each:
//! `cargo bench --bench build_script`, and as cargo compiles build scripts unless
//! it is told otherwise: `cargo bench --bench build_script --profile dev`.

#[allow(dead_code, reason = "the other benchmark uses more of it")]
#[path = "whole_process/synthetic.rs"]
mod synthetic;

use std::{
    ffi::OsString,
    fs, io,
    path::Path,
    time::{Duration, Instant},
};

use emc::{
    build_script::{Model, Stale},
    disk::discover,
    ops::{build, project::Project},
};
use synthetic::{Size, Synthetic};

const RUNS: usize = 15;

fn timed(root: &Path, out: &Path, model: &Model) -> Duration {
    let start = Instant::now();
    let said = model.directives(&|name| match name {
        "CARGO_MANIFEST_DIR" => Some(OsString::from(root)),
        "OUT_DIR" => Some(OsString::from(out)),
        _ => None,
    });
    let took = start.elapsed();
    assert!(!said.failed(), "{said}");
    took
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn main() -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let root = folder.path();
    let size = Size {
        workflows: 10,
        slices: 10,
        facts: 9,
    };
    let mut store = Synthetic::write(root, size, false)?;
    let surroundings = discover::Surroundings {
        current_dir: root,
        variables: &|_| None,
    };
    let found = discover::nearest(root, &surroundings).expect("a project");
    let project = Project::open(&found, &root.join("target")).expect("a manifest");
    let built = || build::build(&project, &build::Options::default(), || {}).expect("it builds");
    built();
    println!("{} transactions", size.transactions());
    let generate = Model::here().on_stale(Stale::Ignore).generate(["rust"]);
    let both = Model::here().on_stale(Stale::Fail).generate(["rust"]);
    for (what, model) in [
        ("generate the rust family", &generate),
        ("generate it, check lean, quint and review", &both),
    ] {
        let out = root.join("out");
        let mut first = Vec::new();
        let mut edited = Vec::new();
        let mut same = Vec::new();
        for _ in 0..RUNS {
            if out.exists() {
                fs::remove_dir_all(&out)?;
            }
            fs::create_dir_all(&out)?;
            first.push(timed(root, &out, model));
            store.edit(3, 4)?;
            built();
            edited.push(timed(root, &out, model));
            // A file that was written just now is read once more.
            std::thread::sleep(Duration::from_millis(30));
            timed(root, &out, model);
            same.push(timed(root, &out, model));
        }
        println!(
            "{what}: {:.1?} the first time, {:.1?} after an edit, {:.1?} when nothing changed",
            median(first),
            median(edited),
            median(same)
        );
    }
    Ok(())
}
