//! A program beside its model, as its test is told.

use emc::conformance::{Implemented, Model, TestName};

use crate::project::{LENIENT, TestProject};

fn model(project: &TestProject) -> Model {
    Model::at(project.root().join("emc.toml"))
}

/// Every test that the model asks for.
fn tests(project: &TestProject) -> Vec<TestName> {
    let names = emc::disk::scan::names(&project.events()).expect("a store");
    let reading = emc::ops::reading::Reading::of(&project.open(), &names.names, &names.strange);
    emc::artifact::rust::scenarios(&reading.model)
        .iter()
        .map(|named| TestName::new(format!("shop::{}", named.test())))
        .collect()
}

#[test]
fn a_program_with_every_test_is_what_the_model_says() {
    let project = TestProject::with_store(LENIENT, "repair-desk");
    let report = model(&project).tests(tests(&project)).report();
    assert!(report.is_clean(), "{report}");
    let said = report.to_string();
    assert!(
        said.starts_with("the program is what the model says: "),
        "{said}"
    );
    assert!(said.ends_with(" scenarios"), "{said}");
}

#[test]
fn what_is_missing_is_told_with_what_to_write() {
    let project = TestProject::with_store(LENIENT, "repair-desk");
    let mut all = tests(&project);
    let at = all
        .iter()
        .position(|test| test.path.ends_with("capture_ticket::same_device_twice"))
        .expect("a scenario");
    all[at].path = "shop::capture_ticket::same_device_twyce".to_owned();
    let said = model(&project).tests(all.clone()).report().to_string();
    assert!(
        said.contains("error[EMC7001]: no test shows the scenario `Same device twice`"),
        "{said}"
    );
    assert!(
        said.contains(
            "   = help: write a test whose path ends in `capture_ticket::same_device_twice`"
        ),
        "{said}"
    );
    assert!(
        said.contains("   = note: when CaptureTicket is handled again"),
        "{said}"
    );
    assert!(said.contains("  --> model/events/events/"), "{said}");
    assert!(
        said.contains(
            "error[EMC7002]: the test `shop::capture_ticket::same_device_twyce` shows no scenario"
        ),
        "{said}"
    );
    assert!(
        said.contains("   = help: did you mean `capture_ticket::same_device_twice`?"),
        "{said}"
    );
    assert!(said.contains("\n2 found; "), "{said}");

    // Cases of one test show it; an ignored one does not.
    all[at].path = "capture_ticket::same_device_twice::case_1".to_owned();
    assert!(model(&project).tests(all.clone()).report().is_clean());
    all[at].ignored = true;
    let said = model(&project).tests(all).report().to_string();
    assert!(
        said.contains("error[EMC7003]: only ignored tests show"),
        "{said}"
    );
}

struct CaptureTicket;
struct Triage;
struct Unknown;

#[allow(dead_code)]
enum Event {
    TicketCaptured(u8),
    TicketTriaged { rank: u8 },
    Other,
}

#[test]
fn types_are_compared_by_their_names() {
    let project = TestProject::with_store(LENIENT, "repair-desk");
    let commands = emc::implemented![CaptureTicket, Triage => "TriageTicket", Unknown];
    let report = model(&project).commands(commands).report();
    let said = report.to_string();
    assert!(
        !said.contains("the command `CaptureTicket` is not"),
        "{said}"
    );
    assert!(
        !said.contains("the command `TriageTicket` is not"),
        "{said}"
    );
    assert!(
        said.contains("error[EMC7004]: the command `AssignTechnician` is not implemented"),
        "{said}"
    );
    assert!(
        said.contains("error[EMC7005]: the model has no command `Unknown`"),
        "{said}"
    );
    assert!(
        said.contains("note: it is listed for `it::conformance::Unknown`"),
        "{said}"
    );

    let events =
        emc::implemented![enum Event { TicketCaptured, TicketTriaged, Other => "TicketCaptured" }];
    let said = model(&project).events(events).report().to_string();
    assert!(
        said.contains("error[EMC7006]: the event `TicketCaptured` has several types"),
        "{said}"
    );
    assert!(!said.contains("the event `TicketTriaged` is not"), "{said}");
    assert_eq!(Implemented::of::<Vec<CaptureTicket>>().name(), "Vec");
}

#[test]
fn a_part_of_the_model_is_compared_on_its_own() {
    let project = TestProject::with_store(LENIENT, "repair-desk");
    let whole = model(&project).commands([]).report();
    let part = model(&project)
        .workflow("partner-intake")
        .commands([])
        .report();
    assert!(!part.is_clean());
    assert!(part.findings().len() < whole.findings().len());
    let said = model(&project)
        .workflow("nowhere")
        .commands([])
        .report()
        .to_string();
    assert!(
        said.contains("the model has no workflow `nowhere`"),
        "{said}"
    );
}

#[test]
fn nothing_passes_by_itself() {
    let project = TestProject::with_store(LENIENT, "repair-desk");
    let nothing = std::panic::catch_unwind(|| model(&project).report());
    assert!(nothing.is_err(), "nothing was asked for");
    let said = Model::at("/nowhere/emc.toml").commands([]).report();
    assert!(
        !said.is_clean() && said.to_string().contains("EMC1018"),
        "{said}"
    );
    let damaged = TestProject::with_store(LENIENT, "repair-desk");
    let (name, bytes) = crate::project::transactions("repair-desk").remove(0);
    damaged.add(&name, &[&bytes[..], b" "].concat());
    assert!(!model(&damaged).commands([]).report().is_clean());
    // This program has none of the tests that the model asks for.
    let said = model(&project).scenarios().report().to_string();
    assert!(said.contains("error[EMC7001]"), "{said}");
    let failed = std::panic::catch_unwind(|| model(&project).scenarios().assert());
    assert!(failed.is_err());
}
