//! The names of tests, as the program that holds them lists them.

use std::{env, process::Command};

use crate::diagnostic::{Diagnostic, codes::conformance::TESTS_NOT_LISTED};

/// A test.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TestName {
    /// Its path in its program: `capture_ticket::same_device_twice`.
    pub path: String,
    /// Whether it is only run when somebody asks for it.
    pub ignored: bool,
}

impl TestName {
    /// A test that is run.
    pub fn new(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            ignored: false,
        }
    }

    /// Whether the path leads through this function of this module. What comes
    /// behind are cases of one test.
    pub(super) fn shows(&self, module: &str, function: &str) -> bool {
        let parts: Vec<&str> = self.path.split("::").collect();
        parts.windows(2).any(|pair| pair == [module, function])
    }

    /// The module it stands in, and its function.
    pub(super) fn place(&self) -> Option<(&str, &str)> {
        let (modules, function) = self.path.rsplit_once("::")?;
        Some((modules.rsplit("::").next().unwrap_or(modules), function))
    }
}

/// The tests of the program that runs.
pub(super) fn this_program() -> Result<Vec<TestName>, Box<Diagnostic>> {
    let all = listed(&[])?;
    let ignored = listed(&["--ignored"])?;
    // The test that asks is one of them.
    if all.is_empty() {
        return Err(not_listed("it lists no test, not even this one"));
    }
    Ok(all
        .into_iter()
        .map(|path| TestName {
            ignored: ignored.contains(&path),
            path,
        })
        .collect())
}

fn listed(arguments: &[&str]) -> Result<Vec<String>, Box<Diagnostic>> {
    let program = env::current_exe().map_err(|cause| not_listed(&cause.to_string()))?;
    let output = Command::new(program)
        .args(["--list", "--format", "terse"])
        .args(arguments)
        .output()
        .map_err(|cause| not_listed(&cause.to_string()))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(not_listed(said.trim()));
    }
    Ok(names(&String::from_utf8_lossy(&output.stdout)))
}

/// The names in the list of a test program.
fn names(list: &str) -> Vec<String> {
    let lines = list.lines().filter_map(|line| line.strip_suffix(": test"));
    lines.map(str::to_owned).collect()
}

fn not_listed(why: &str) -> Box<Diagnostic> {
    Diagnostic::new(&TESTS_NOT_LISTED, "this program does not list its tests")
        .note(why)
        .help("give the names of the tests: `tests([TestName::new(...)])`")
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_test_is_in_the_list() {
        let tests = this_program().expect("it lists them");
        let own = TestName::new("conformance::tests_of::tests::this_test_is_in_the_list");
        assert!(tests.contains(&own), "{tests:?}");
        assert_eq!(own.place(), Some(("tests", "this_test_is_in_the_list")));
        assert!(own.shows("tests", "this_test_is_in_the_list"));
        assert!(own.shows("tests_of", "tests"));
        assert!(!own.shows("tests_of", "this_test_is_in_the_list"));
        assert_eq!(TestName::new("alone").place(), None);
    }

    #[test]
    fn only_tests_count() {
        let list = "a::b: test\nc: benchmark\n\n2 tests, 1 benchmark\n";
        assert_eq!(names(list), ["a::b"]);
    }
}
