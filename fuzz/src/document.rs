//! Documents: what `apply` reads.

use std::sync::OnceLock;

use emc::{
    authoring::{Present, Request},
    document::Document,
    event::EmcEvent,
};

use super::{shown, transactions};

/// Any text is a document, or is refused with a place. A document is read back
/// as it was written, its events are stored and read as they were decided, and
/// when it is applied a second time there is nothing to do.
pub fn check(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let document = match Document::read("slice.toml", text) {
        Ok(document) => document,
        Err(refused) => {
            assert!(!refused.0.is_empty());
            return shown(refused.0);
        }
    };
    let written = document.to_toml().expect("a document can be written");
    let again = Document::read("slice.toml", &written);
    assert_eq!(again.as_ref().ok(), Some(&document), "{written}");
    for prune in [false, true] {
        let request = Request::Apply {
            document: Box::new(document.clone()),
            prune,
        };
        applied(&request);
    }
}

fn applied(request: &Request) {
    let decision = match present().decide(request) {
        Ok(decision) => decision,
        Err(refused) => {
            assert!(!refused.0.is_empty());
            return shown(refused.0);
        }
    };
    assert_eq!(decision.plan.is_empty(), decision.events.is_empty());
    for event in &decision.events {
        assert_eq!(EmcEvent::decode(&event.encode()).as_ref(), Ok(event));
    }
    let mut later = present().clone();
    later.model = decision.model;
    let again = later.decide(request).expect("what was accepted once");
    assert!(
        again.events.is_empty(),
        "{:?} after {:?}",
        again.events,
        decision.events
    );
}

/// The store that documents are applied to.
fn present() -> &'static Present {
    static PRESENT: OnceLock<Present> = OnceLock::new();
    PRESENT.get_or_init(|| Present::of(&transactions::desk()))
}
