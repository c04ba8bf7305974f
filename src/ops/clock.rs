//! A moment as text.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::event::Text;

/// RFC 3339 in UTC with milliseconds. A clock before 1970 counts as 1970.
pub fn rfc3339(moment: SystemTime) -> String {
    let since = moment.duration_since(UNIX_EPOCH).unwrap_or_default();
    let seconds = since.as_secs();
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    let (year, month, day) = date(days);
    format!(
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}.{:03}Z",
        rest / 3600,
        rest / 60 % 60,
        rest % 60,
        since.subsec_millis()
    )
}

/// A moment that somebody wrote, in the form of [`rfc3339`]; the milliseconds may
/// be left out.
///
/// # Errors
/// What is expected.
pub fn moment(text: &str) -> Result<Text, String> {
    let (whole, rest) = text.split_at_checked(19).unwrap_or((text, ""));
    let sample = "0000-00-00T00:00:00";
    let shaped = whole.len() == sample.len()
        && whole.bytes().zip(sample.bytes()).all(|(byte, like)| {
            if like == b'0' {
                byte.is_ascii_digit()
            } else {
                byte == like
            }
        });
    let fraction = rest.strip_suffix('Z').is_some_and(|rest| {
        rest.is_empty()
            || rest.strip_prefix('.').is_some_and(|digits| {
                !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
            })
    });
    let number = |from: usize| whole.get(from..from + 2).and_then(|two| two.parse().ok());
    let within = |from, range: std::ops::RangeInclusive<u8>| {
        number(from).is_some_and(|number| range.contains(&number))
    };
    let real = within(5, 1..=12)
        && within(8, 1..=31)
        && within(11, 0..=23)
        && within(14, 0..=59)
        && within(17, 0..=60);
    if shaped && fraction && real {
        Text::new(text).map_err(|_| "a moment is a text".to_owned())
    } else {
        Err("a moment in UTC is expected, as in 2026-01-31T09:30:00.000Z".to_owned())
    }
}

/// Year, month and day, so many days after 1970-01-01; computed in years that begin
/// in March, so that the day that some years have more is their last one.
pub(super) fn date(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn moments_are_written_as_the_store_wants_them() {
        for (seconds, expected) in [
            (0, "1970-01-01T00:00:00.007Z"),
            (951_782_400, "2000-02-29T00:00:00.007Z"),
            (1_078_099_199, "2004-02-29T23:59:59.007Z"),
            (4_107_542_400, "2100-03-01T00:00:00.007Z"),
            (1_792_935_123, "2026-10-25T13:32:03.007Z"),
        ] {
            let moment = UNIX_EPOCH + Duration::from_secs(seconds) + Duration::from_millis(7);
            assert_eq!(rfc3339(moment), expected);
            assert!(super::moment(expected).is_ok());
        }
    }

    #[test]
    fn a_moment_is_one() {
        assert!(moment("2026-01-31T09:30:00Z").is_ok());
        for wrong in [
            "",
            "2026-01-31",
            "2026-01-31T09:30:00",
            "2026-01-31 09:30:00Z",
            "2026-13-31T09:30:00Z",
            "2026-01-31T09:30:00.Z",
            "2026-01-31T09:30:00+01:00",
            "2026-01-31T09:30:0\u{e9}Z",
        ] {
            assert!(moment(wrong).is_err(), "{wrong}");
        }
    }
}
