//! Build state that somebody else wrote: a repository can bring a `target`
//! folder along, and on a build server its place is no secret.

use emc::{
    digest::Digest,
    disk::stamp::Stamp,
    ops::build::{
        families, memory,
        outputs::{ArtifactState, FamilyState},
    },
    rel_path::RelPath,
};

use crate::project::{LENIENT, TestProject, transactions};

fn project() -> TestProject {
    let project = TestProject::new(LENIENT);
    for (name, bytes) in transactions("repair-desk").iter().take(40) {
        project.add(name, bytes);
    }
    for own in ["README.md", "src/main.rs"] {
        project.write(own, b"mine\n");
    }
    project.build();
    project
}

/// What a state would say of a file if it had been generated.
fn claimed(project: &TestProject, file: &str) -> ArtifactState {
    let metadata = std::fs::symlink_metadata(project.root().join(file)).expect("a file");
    ArtifactState {
        path: RelPath::new(file).expect("relative"),
        digest: Digest::of(project.read(file).as_bytes()),
        stamp: Stamp::of(&metadata),
        reason: 0,
    }
}

/// Change what the last build remembers of its families.
fn tamper(project: &TestProject, lie: impl FnOnce(&mut Vec<FamilyState>)) {
    let shelf = project.open().shelf;
    let mut head = memory::head(&shelf).expect("a build before");
    let (families, kept) =
        families::load(&shelf, head.families, |_, _| Vec::new()).expect("artifacts");
    let mut families = families.into_iter().map(|(state, _)| state).collect();
    lie(&mut families);
    head.families = families::keep(&shelf, families, &kept).expect("artifacts");
    memory::keep_head(&shelf, &head).expect("a head");
}

#[test]
fn a_state_that_calls_the_sources_generated_does_not_remove_them() {
    let project = project();
    let artifacts = project.artifacts();
    let own = ["README.md", "src/main.rs"].map(|file| claimed(&project, file));
    tamper(&project, |families| {
        let family = families.first_mut().expect("a family");
        family.artifacts.extend(own);
        family.artifacts.sort_by(|a, b| a.path.cmp(&b.path));
        family.key = Digest::of(b"stale");
    });
    project.build();
    for own in ["README.md", "src/main.rs"] {
        assert_eq!(project.read(own), "mine\n");
    }
    assert_eq!(project.artifacts(), artifacts);
}

#[test]
fn a_state_with_a_family_that_was_never_there_does_not_remove_its_files() {
    let project = project();
    let own = claimed(&project, "src/main.rs");
    tamper(&project, |families| {
        families.push(FamilyState {
            name: "source".to_owned(),
            folder: RelPath::new("src").expect("relative"),
            key: Digest::of(b""),
            facts: Vec::new(),
            artifacts: vec![own],
            reasons: Vec::new(),
        });
    });
    let outcome = project.build();
    assert_eq!(project.read("src/main.rs"), "mine\n");
    assert_eq!(outcome.work.removed, 0);
}
