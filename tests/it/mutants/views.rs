//! Views, and what can be done there.

use emc::event::vocabulary::{InputSourceKind, NavigationType, Recovery};

use super::{
    Mutant,
    commands::UNHANDLED,
    more::{LEVEL, button, on_board, on_desk, on_list, on_shelf, on_ticket},
    text,
};

pub const MUTANTS: &[Mutant] = &[
    Mutant {
        code: "EMC502",
        what: "A view shows a field of a read model that is not there",
        change: |f| {
            f.at("part-shelf");
            f.view("PartShelf", "Weights", &[("weight", LEVEL)], Vec::new());
        },
        also: &[],
    },
    Mutant {
        code: "EMC502",
        what: "A view shows a field of a read model of another slice",
        change: |f| {
            f.at("part-shelf");
            f.view("PartShelf", "Orders", &[("amount", LEVEL)], Vec::new());
        },
        also: &[],
    },
    Mutant {
        code: "EMC503",
        what: "A view shows a field that the read model does not have",
        change: |f| {
            f.at("part-shelf");
            f.view("PartShelf", "Parts", &[("weight", LEVEL)], Vec::new());
        },
        also: &[],
    },
    Mutant {
        code: "EMC503",
        what: "The field of the read model is misspelled",
        change: |f| {
            f.views("work-board", "WorkBoard", |view| {
                if *view.field.name == *"informed" {
                    view.field.source_field = text("infromed");
                }
            });
        },
        also: &[("EMC411", "the right field is not shown then")],
    },
    Mutant {
        code: "EMC507",
        what: "The actor decides on a value that is not visible",
        change: |f| {
            f.controls(
                "ticket-details",
                "TicketScreen",
                "AssignTechnician",
                |control| {
                    control.input.visible_to_actor = *control.input.name != *"technician";
                },
            );
        },
        also: &[],
    },
    Mutant {
        code: "EMC507",
        what: "A hidden argument is called the decision of the actor",
        change: |f| {
            f.controls("parts-list", "PartsList", "OrderPart", |control| {
                control.input.decision_field = true;
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC508",
        what: "A control opens a state that the view does not have",
        change: |f| {
            f.views("ticket-details", "TicketScreen", |view| {
                view.local_states.clear();
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC508",
        what: "The state that a control opens is misspelled",
        change: |f| {
            f.controls(
                "ticket-details",
                "TicketScreen",
                "AssignTechnician",
                |control| {
                    control.navigation.target = text("asigning");
                },
            );
        },
        also: &[],
    },
    Mutant {
        code: "EMC521",
        what: "A control issues a command that is not there",
        change: |f| {
            let mut print = button(f, "Print", "ticket_id", &[], "TicketDesk");
            print.command = text("PrintTicket");
            on_desk(f, vec![print]);
        },
        also: &[],
    },
    Mutant {
        code: "EMC521",
        what: "A control handles an error, and issues no command",
        change: |f| {
            f.controls("ticket-details", "TicketScreen", "OpenDesk", |control| {
                control.handled_errors.push(text("AlreadyAssigned"));
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC522",
        what: "A form has no field for an input",
        change: |f| {
            f.keep_controls("ticket-desk", "TicketDesk", |control| {
                *control.input.name != *"title"
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC522",
        what: "A control does not pass an argument on",
        change: |f| {
            f.keep_controls("parts-list", "PartsList", |control| {
                *control.input.name != *"desk"
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC523",
        what: "The actor types what the command takes from the session",
        change: |f| {
            f.controls("ticket-desk", "TicketDesk", "CaptureTicket", |control| {
                control.input.source_kind = InputSourceKind::Actor;
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC523",
        what: "A form has a field that is no input of the command",
        change: |f| {
            let errors = ["AlreadyOrdered"];
            let mut colour = button(f, "OrderPart", "colour", &errors, "PartsList");
            colour.recovery_behavior = Recovery::Navigation;
            on_list(f, vec![colour]);
        },
        also: &[],
    },
    Mutant {
        code: "EMC524",
        what: "A control does not handle the error of its command",
        change: |f| {
            f.controls("ticket-desk", "TicketDesk", "CaptureTicket", |control| {
                control.handled_errors.clear();
            });
        },
        also: &UNHANDLED,
    },
    Mutant {
        code: "EMC524",
        what: "An automation does not handle the error of its command",
        change: |f| {
            f.automations("notify-technician", "TechnicianNotifier", |automation| {
                automation.handled_errors.clear();
            });
        },
        also: &UNHANDLED,
    },
    Mutant {
        code: "EMC525",
        what: "A control handles an error that the command does not have",
        change: |f| {
            f.controls("ticket-desk", "TicketDesk", "CaptureTicket", |control| {
                control.handled_errors.push(text("PriorityMissing"));
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC525",
        what: "An automation handles an error that the command does not have",
        change: |f| {
            f.automations("notify-technician", "TechnicianNotifier", |automation| {
                automation.handled_errors.push(text("MailLost"));
            });
        },
        also: &[],
    },
    Mutant {
        code: "EMC526",
        what: "A control leads to a view that is not there",
        change: |f| {
            f.controls("ticket-desk", "TicketDesk", "CaptureTicket", |control| {
                control.navigation.target = text("TicketPrinter");
            });
        },
        also: &[("EMC922", "no transition leads to a view that is not there")],
    },
    Mutant {
        code: "EMC526",
        what: "The view that a control leads to is misspelled",
        change: |f| {
            f.controls("ticket-details", "TicketScreen", "OpenDesk", |control| {
                control.navigation.target = text("TicketDesc");
            });
        },
        also: &[(
            "EMC911",
            "the transition leads to the right view, the control does not",
        )],
    },
    Mutant {
        code: "EMC527",
        what: "A control leads to a workflow that is not there",
        change: |f| {
            let mut sell = button(f, "SellPart", "part", &[], "sell-parts");
            sell.navigation.kind = NavigationType::ExternalWorkflow;
            sell.navigation.external_workflow = Some(text("sell-parts"));
            on_shelf(f, vec![sell]);
        },
        also: &[],
    },
    Mutant {
        code: "EMC527",
        what: "The workflow that a control leads to is misspelled",
        change: |f| {
            f.controls("work-board", "WorkBoard", "OrderParts", |control| {
                control.navigation.external_workflow = Some(text("order-part"));
            });
        },
        also: &[(
            "EMC911",
            "the transition leads to the right workflow, the control does not",
        )],
    },
    Mutant {
        code: "EMC922",
        what: "A control leads to a view of another slice, and no transition says so",
        change: |f| {
            let desk = button(f, "BackToDesk", "ticket_id", &[], "TicketDesk");
            on_board(f, vec![desk]);
        },
        also: &[],
    },
    Mutant {
        code: "EMC922",
        what: "A control issues a command of another slice, and no transition says so",
        change: |f| {
            let inputs = ["title", "priority"];
            let mut controls = inputs
                .map(|input| button(f, "CaptureTicket", input, &["TitleMissing"], "TicketScreen"))
                .to_vec();
            let by = ("captured_by", InputSourceKind::Session);
            controls.push(f.control("CaptureTicket", by, &["TitleMissing"], "TicketScreen"));
            on_ticket(f, controls);
        },
        also: &[],
    },
];
