//! The scenarios of the model, each shown by the test of its name.

use eventcore::{CommandError, CommandLogic, RetryPolicy, StreamId, execute};
use eventcore_fs::FileEventStore;
use repair_desk::{
    CaptureTicket, OpenTickets, TicketDetails, TitleMissing, model::Event,
    model::workflows::repair::TicketCaptured,
};
use uuid::Uuid;

fn stream() -> StreamId {
    StreamId::try_new("ticket-1").expect("a stream")
}

fn captured(id: u128, priority: u8) -> Event {
    Event::TicketCaptured(TicketCaptured {
        stream_id: stream(),
        ticket_id: Uuid::from_u128(id),
        title: format!("Cracked display {id}"),
        priority,
    })
}

fn command(title: &str) -> CaptureTicket {
    CaptureTicket {
        ticket: stream(),
        ticket_id: Uuid::from_u128(1),
        title: title.to_owned(),
        priority: 1,
    }
}

mod ticket_desk {
    use super::*;

    #[test]
    fn the_desk_sees_open_tickets() {
        let desk = OpenTickets::of(&[captured(1, 2), captured(2, 2)]);
        assert_eq!(desk.rows().len(), 2);
    }

    #[test]
    fn captured_tickets_are_listed() {
        let desk = OpenTickets::of(&[captured(7, 2)]);
        assert_eq!(desk.rows()[0].title, "Cracked display 7");
    }

    #[test]
    fn priority_1_is_urgent() {
        assert!(OpenTickets::of(&[captured(1, 1)]).rows()[0].is_urgent());
        assert!(!OpenTickets::of(&[captured(1, 2)]).rows()[0].is_urgent());
    }

    #[test]
    fn urgent_tickets_come_first() {
        let desk = OpenTickets::of(&[captured(1, 3), captured(2, 1)]);
        assert_eq!(desk.rows()[0].ticket_id, Uuid::from_u128(2));
    }

    #[test]
    fn an_empty_desk() {
        assert!(OpenTickets::of(&[]).is_idle());
        assert!(!OpenTickets::of(&[captured(1, 1)]).is_idle());
    }
}

mod capture_ticket {
    use super::*;

    #[test]
    fn the_desk_captures_a_ticket() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = FileEventStore::open(folder.path()).expect("a store");
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .expect("a runtime");
        runtime
            .block_on(execute(
                &store,
                command("Cracked display"),
                RetryPolicy::new(),
            ))
            .expect("it is captured");
        let events = folder.path().join("events");
        let file = std::fs::read_dir(events).expect("a folder").next();
        let file = file.expect("a transaction").expect("an entry").path();
        let text = std::fs::read_to_string(file).expect("text");
        assert!(
            text.contains(r#""event_data":{"TicketCaptured":{"#),
            "{text}"
        );
    }

    #[test]
    fn a_ticket_is_recorded() {
        let events = command("Cracked display")
            .handle(())
            .expect("it is allowed");
        let events: Vec<Event> = events.into();
        assert!(matches!(&events[..], [Event::TicketCaptured(event)] if event.priority == 1));
    }

    #[test]
    fn a_ticket_needs_a_title() {
        let Err(CommandError::BusinessRuleViolation(error)) = command(" ").handle(()) else {
            panic!("it is refused");
        };
        assert!(error.is::<TitleMissing>());
        assert_eq!(error.to_string(), "TitleMissing");
    }
}

mod ticket_details {
    use super::*;

    #[test]
    fn the_desk_looks_at_a_ticket() {
        let events = [captured(1, 2), captured(2, 2)];
        assert!(TicketDetails::of(&events, Uuid::from_u128(2)).is_some());
    }

    #[test]
    fn a_captured_ticket_is_shown() {
        let details = TicketDetails::of(&[captured(1, 2)], Uuid::from_u128(1));
        assert_eq!(details.expect("it is there").title, "Cracked display 1");
        assert_eq!(TicketDetails::of(&[], Uuid::from_u128(1)), None);
    }
}

#[test]
fn the_program_is_what_the_model_says() {
    emc::conformance::Model::here()
        .scenarios()
        .commands(emc::implemented![CaptureTicket])
        .events(emc::implemented![
            enum Event {
                TicketCaptured,
            }
        ])
        .assert();
}

#[test]
fn the_model_is_known_by_its_digest() {
    assert_eq!(repair_desk::MODEL_DIGEST.len(), 64);
}
