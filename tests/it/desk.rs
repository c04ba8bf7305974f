//! A small model without a fault: a customer's device is taken in, reviewed, and
//! its parts are ordered.

use emc::{
    event::{
        ExternalPayload, Translation,
        vocabulary::{Recovery, SliceKind, TransitionKind as Via},
    },
    model::{Model, Relationship, Slice, Workflow},
};

use crate::sample::{Words, recorded, workflow};

impl Words<'_> {
    fn intake(&self) -> [Slice; 4] {
        let mut form = self.view("ticket-form", None, None);
        form.relationship = Relationship::Entry;
        self.control(
            &mut form,
            "OpenTicket",
            "SerialUnknown",
            Recovery::StayOnScreen,
            "ticket-form screen",
        );
        self.scenario(
            &mut form,
            "A customer fills the form",
            &["ticket"],
            None,
            None,
        );
        let mut open = self.decision(
            "open-ticket",
            SliceKind::StateChange,
            "OpenTicket",
            &[("opened", "TicketOpened", "ticket")],
            None,
            Some(("SerialUnknown", Recovery::StayOnScreen)),
        );
        self.scenario(
            &mut open,
            "A customer opens a ticket",
            &["ticket"],
            None,
            None,
        );
        self.scenario(
            &mut open,
            "A serial number nobody knows",
            &["ticket"],
            Some("SerialUnknown"),
            None,
        );
        let queue = self.view("ticket-queue", Some("TicketOpened"), None);
        let mut review = self.view(
            "ticket-review",
            Some("TicketOpened"),
            Some("WarrantyRecorded"),
        );
        self.control(
            &mut review,
            "ReviewTicket",
            "AlreadyReviewed",
            Recovery::Navigation,
            "ticket-queue screen",
        );
        self.scenario(
            &mut review,
            "The warranty is not known yet",
            &[],
            None,
            Some("note"),
        );
        [form, open, queue, review]
    }

    fn decisions(&self) -> [Slice; 2] {
        let mut decide = self.decision(
            "review-ticket",
            SliceKind::StateChange,
            "ReviewTicket",
            &[
                ("accepted", "TicketAccepted", "ticket"),
                ("rejected", "TicketRejected", "refusal"),
            ],
            Some("TicketOpened"),
            Some(("AlreadyReviewed", Recovery::Navigation)),
        );
        self.scenario(
            &mut decide,
            "An agent accepts a ticket",
            &["ticket"],
            None,
            None,
        );
        self.scenario(
            &mut decide,
            "An agent does both",
            &["ticket", "refusal"],
            None,
            None,
        );
        let notice = ("notified", "CustomerNotified", "notice");
        let mut notify = self.automation(
            "notify-customer",
            "TicketRejected",
            "SendNotice",
            notice,
            Some("MailboxUnavailable"),
        );
        self.scenario(
            &mut notify,
            "The customer learns of it",
            &["notice"],
            None,
            None,
        );
        [decide, notify]
    }

    fn warranty(&self) -> Slice {
        let mut warranty = self.decision(
            "record-warranty",
            SliceKind::Translation,
            "RecordWarranty",
            &[("recorded", "WarrantyRecorded", "warranty")],
            None,
            None,
        );
        warranty.translations.push(recorded(Translation {
            name: self.word("Warranty translation"),
            external_event: self.word("WarrantyReported"),
            payload_contract: self.word("WarrantyReport"),
            command: self.word("RecordWarranty"),
        }));
        warranty.external_payloads.push(recorded(ExternalPayload {
            name: self.word("WarrantyReport"),
            field: self.word("id"),
            field_provenance: self.word("Sent by the maker."),
            bit_encoding: self.word("UTF-8 text"),
        }));
        warranty
    }

    /// The workflow that takes a device in.
    pub fn open_ticket(&self) -> Workflow {
        let [form, open, queue, review] = self.intake();
        let [decide, notify] = self.decisions();
        let warranty = self.warranty();
        let mut history = self.view("ticket-history", Some("CustomerNotified"), None);
        self.scenario(&mut history, "Sees it", &[], None, None);
        let mut workflow = workflow(self.word("open-ticket"), "A device is taken in.");
        workflow.slices = vec![form, open, queue, review, decide, notify, warranty, history];
        workflow.transitions = vec![
            self.transition("ticket-form", Via::Command, "OpenTicket", "open-ticket"),
            self.transition("open-ticket", Via::Event, "TicketOpened", "ticket-queue"),
            self.transition("ticket-queue", Via::Navigation, "Inspect", "ticket-review"),
            self.transition("ticket-review", Via::Navigation, "Back", "ticket-queue"),
            self.transition(
                "ticket-review",
                Via::Command,
                "ReviewTicket",
                "review-ticket",
            ),
            self.transition(
                "review-ticket",
                Via::Event,
                "TicketRejected",
                "notify-customer",
            ),
            self.transition("review-ticket", Via::ExitOutcome, "accepted", "order-parts"),
            self.transition(
                "notify-customer",
                Via::Event,
                "CustomerNotified",
                "ticket-history",
            ),
        ];
        workflow
    }

    /// A workflow that needs what another one has recorded.
    pub fn order_parts(&self) -> Workflow {
        let mut list = self.view("parts-list", Some("TicketAccepted"), None);
        list.relationship = Relationship::Entry;
        self.control(
            &mut list,
            "OrderParts",
            "OutOfStock",
            Recovery::Retry,
            "parts-list screen",
        );
        let order = self.decision(
            "order-parts",
            SliceKind::StateChange,
            "OrderParts",
            &[("ordered", "PartsOrdered", "order")],
            Some("TicketAccepted"),
            Some(("OutOfStock", Recovery::Retry)),
        );
        let mut workflow = workflow(self.word("order-parts"), "Parts are ordered.");
        workflow.slices = vec![
            list,
            order,
            self.view("parts-ordered", Some("PartsOrdered"), None),
        ];
        workflow.transitions = vec![
            self.transition("parts-list", Via::Command, "OrderParts", "order-parts"),
            self.transition("order-parts", Via::Event, "PartsOrdered", "parts-ordered"),
        ];
        workflow
    }

    /// Both.
    pub fn desk(&self) -> Model {
        Model {
            project: Some(recorded(self.word("Repair desk"))),
            workflows: vec![self.open_ticket(), self.order_parts()],
            ..Model::default()
        }
    }
}

/// The model in plain names.
pub const PLAIN: Words<'static> = Words(&|word| word.to_owned());
