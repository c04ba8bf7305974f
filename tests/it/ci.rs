//! The GitHub workflow of the guide: its lines, over a model that is sound and
//! over one that is not.

use std::{fs, path::Path, process::Command};

use emc::{
    event::Text,
    ops::{
        edit::Extent,
        review::{Recording, record},
    },
};

use crate::{project::git, verify::fake::Fakes};

/// The shell lines of the workflow in docs/ci.md, in order.
fn lines() -> Vec<String> {
    let guide = include_str!("../../docs/ci.md");
    let yaml = guide.split("```yaml\n").nth(1).expect("a workflow");
    let yaml = yaml.split("```").next().expect("its end");
    let mut lines = Vec::new();
    let mut block: Option<usize> = None;
    for line in yaml.lines() {
        let text = line.trim_start();
        let indent = line.len() - text.len();
        match block {
            Some(outer) if indent > outer => {
                lines.push(text.to_owned());
                continue;
            }
            _ => block = None,
        }
        if let Some(command) = text.trim_start_matches("- ").strip_prefix("run: ") {
            if command == "|" {
                block = Some(indent);
            } else {
                lines.push(command.to_owned());
            }
        }
    }
    lines
}

/// The lines that install something; the others are run here.
fn installs(line: &str) -> bool {
    ["cargo install", "curl", "npm", "echo"]
        .iter()
        .any(|start| line.starts_with(start))
}

/// Run a line as the runner of GitHub does. The exit code, and what was printed.
fn run(root: &Path, line: &str) -> (Option<i32>, String) {
    let program = Path::new(env!("CARGO_BIN_EXE_cargo-emc"));
    let mut path = program.parent().expect("a folder").as_os_str().to_owned();
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    let output = Command::new("bash")
        .args(["-e", "-c", line])
        .current_dir(root)
        .env("PATH", path)
        .env("NO_COLOR", "1")
        .env("CARGO_TARGET_DIR", root.join("target"))
        .env("GITHUB_BASE_REF", "main")
        .env("GITHUB_STEP_SUMMARY", root.join("summary.md"))
        .env("EMC_VERIFY_CACHE", ".emc-verify")
        .output()
        .expect("bash runs");
    (
        output.status.code(),
        String::from_utf8_lossy(&output.stdout).into_owned(),
    )
}

fn annotations(printed: &str) -> Vec<&str> {
    let lines = printed.lines();
    lines.filter(|line| line.starts_with("::error ")).collect()
}

#[test]
fn the_steps_of_the_guide_do_what_they_say() {
    let fakes = Fakes::new();
    let root = fakes.project.root().to_owned();
    fakes
        .project
        .write(".gitignore", b"target/\n.emc-verify/\nsummary.md\n");
    git(&root, &["init", "--quiet", "--initial-branch=main"]);
    git(&root, &["add", "--all"]);
    git(&root, &["commit", "--quiet", "--message", "a model"]);
    git(&root, &["update-ref", "refs/remotes/origin/main", "HEAD"]);

    let lines: Vec<String> = lines().into_iter().filter(|line| !installs(line)).collect();
    let names: Vec<&str> = lines
        .iter()
        .map(|line| {
            assert!(line.starts_with("cargo emc "), "{line}");
            line.split_whitespace().nth(2).expect("a verb")
        })
        .collect();
    assert_eq!(names, ["check", "check", "verify", "review", "review"]);
    let [check, base, verify, diff, gate] = lines.as_slice() else {
        panic!("{lines:?}");
    };
    // What somebody reviewed is looked at as it is.
    let model = emc::ops::list::list(&fakes.project.open(), None).expect("no failure");
    for workflow in &model.model.workflows {
        let recording = Recording {
            workflow: workflow.slug.clone(),
            reviewer: Text::new("ada").expect("a name"),
            reviewed_at: None,
            findings: Vec::new(),
            content: None,
        };
        record(&fakes.project.open(), &recording, Extent::Build, || {}).expect("recorded");
    }
    for line in [check, base, verify, diff, gate] {
        let (code, printed) = run(&root, line);
        assert_eq!(code, Some(0), "{line}: {printed}");
        assert_eq!(annotations(&printed), [""; 0], "{line}");
    }
    assert!(!fakes.runs().is_empty());
    let (code, _) = run(&root, verify);
    assert_eq!(
        (code, fakes.runs().len()),
        (Some(0), 0),
        "the cache is used"
    );
    assert!(root.join(".emc-verify").is_dir());
    let summary = fs::read_to_string(root.join("summary.md")).expect("a summary");
    let headings = summary.lines().filter(|line| line.starts_with("### "));
    assert_eq!(headings.count(), model.model.workflows.len());
    assert!(
        summary.contains("no change of an element since"),
        "{summary}"
    );

    // A command whose event nobody declares, in a slice of a reviewed workflow.
    let (workflow, slice) = model.model.slices().next().expect("a slice");
    let words = [
        "cargo emc update slice --no-build --description Other",
        &format!("--workflow {} --slug {}", workflow.slug, slice.slug),
    ];
    assert_eq!(run(&root, &words.join(" ")).0, Some(0));
    let words = format!(
        "cargo emc add outcome --no-build --slice {} --label lost --events NobodyEmitsThis --externally-relevant true",
        slice.slug
    );
    let (code, printed) = run(&root, &words);
    assert_eq!(code, Some(0), "{printed}");
    for line in [check, gate] {
        let (code, printed) = run(&root, line);
        assert_eq!(code, Some(1), "{line}: {printed}");
        let told = annotations(&printed);
        assert!(!told.is_empty(), "{line}: {printed}");
        assert!(told[0].contains("file=model/"), "{}", told[0]);
    }
    fs::remove_file(root.join("summary.md")).expect("removed");
    assert_eq!(run(&root, diff).0, Some(0));
    let summary = fs::read_to_string(root.join("summary.md")).expect("a summary");
    assert!(summary.contains("- **added** slice"), "{summary}");
    assert!(summary.contains("  - description: "), "{summary}");
}
