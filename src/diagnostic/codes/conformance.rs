//! 7001–7999: where a program and its model have drifted apart.

codes! {
    /// A scenario without a test.
    SCENARIO_UNTESTED = 7001 "scenario-untested" Error
        "no test shows a scenario of the model"
        "A test shows a scenario when the path of the test ends in the slice and the scenario, in snake case: `mod capture_ticket` with `fn same_device_twice` for the scenario `Same device twice` of the slice `capture-ticket`. The help says which path is looked for. Write the test, or remove the scenario from the model."
    /// A test that shows nothing any more.
    TEST_WITHOUT_SCENARIO = 7002 "test-without-scenario" Error
        "a test stands where tests of scenarios stand, and shows none"
        "The innermost module of the test is called like a slice, and the slice has no scenario of that name: the scenario was renamed or removed, or the name is misspelt. Rename the test, or move it out of the module of the slice."
    /// A test that is not run.
    TEST_IGNORED = 7003 "scenario-ignored" Error
        "the only test of a scenario is ignored"
        "A test with `#[ignore]` shows nothing until somebody runs it. Let it run, or remove the scenario from the model."
    /// Something modelled that nothing implements.
    NOT_IMPLEMENTED = 7004 "not-implemented" Error
        "an event or a command of the model is not implemented"
        "The list of types that the test gives has no type for this name. Types are listed with `emc::implemented!`, which takes them by their paths: a type that is renamed or removed does not compile there. Where the name of the type differs, write `Type => \"name in the model\"`."
    /// Something implemented that is not modelled.
    NOT_MODELLED = 7005 "not-modelled" Error
        "the program has an event or a command that the model does not have"
        "The test lists a type for this name, and the model has no such event or command. Add it to the model with `cargo emc`, remove the type, or, where the model calls it otherwise, write `Type => \"name in the model\"`."
    /// Two types for one name.
    IMPLEMENTED_TWICE = 7006 "implemented-twice" Error
        "two types are listed for one name of the model"
        "An event or a command has one type. Remove one of them from the list, or give each the name that it has in the model."
    /// The test program does not tell its tests.
    TESTS_NOT_LISTED = 7007 "tests-not-listed" Error
        "the test program does not list its tests"
        "The names of the tests are those that the program itself lists with `--list`, as every program does that cargo's own test harness makes. This one does not (`harness = false`?), or could not be started. Give the names with `tests([...])` instead."
}
