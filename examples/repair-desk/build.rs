//! The model beside this crate: its artifacts are checked, its names are generated.

use emc::build_script::{Model, Stale};

fn main() {
    Model::here().on_stale(Stale::Fail).generate(["rust"]).run();
}
