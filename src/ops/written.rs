//! When a transaction was written, as its name tells.

use super::clock::date;
use crate::{artifact::Written, transaction::TransactionId};

/// A transaction with the time in its identity: the first 48 bits of a UUID of
/// version 7 count milliseconds since 1970. Others tell no time.
pub fn written(transaction: [u8; 16]) -> Written {
    let is_timed = transaction[6] >> 4 == 7;
    let milliseconds = transaction
        .iter()
        .take(6)
        .fold(0, |count, byte| count << 8 | u64::from(*byte));
    Written {
        time: is_timed.then(|| minute(milliseconds / 60_000)),
        transaction: TransactionId::from_bytes(transaction).to_string(),
    }
}

/// A count of minutes since 1970 as `2026-01-02 03:04`.
fn minute(minutes: u64) -> String {
    let (days, minute) = (minutes / 1440, minutes % 1440);
    let (year, month, date) = date(days);
    let (hour, minute) = (minute / 60, minute % 60);
    format!("{year:04}-{month:02}-{date:02} {hour:02}:{minute:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_transaction_tells_its_time() {
        let id: TransactionId = "01a20b9b-6981-765f-a1ee-54c2fab65659"
            .parse()
            .expect("an id");
        let told = written(*id.as_bytes());
        assert_eq!(told.transaction, id.to_string());
        assert_eq!(told.time.as_deref(), Some("2026-11-24 03:31"));
        let random: TransactionId = "01a20b9b-6981-465f-a1ee-54c2fab65659"
            .parse()
            .expect("an id");
        assert_eq!(written(*random.as_bytes()).time, None);
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        for (days, date) in [
            (0, "1970-01-01"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (11_017, "2000-03-01"),
            (20_454, "2026-01-01"),
            (47_540, "2100-02-28"),
            (47_541, "2100-03-01"),
        ] {
            assert_eq!(minute(days * 1440 + 61), format!("{date} 01:01"));
        }
    }
}
