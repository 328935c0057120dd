//! Numbers that would be accepted and make no sense.

use super::Config;

/// The longest that a large audience may be held, or its first 1 % watched, in seconds.
const MAX_HOLD: u64 = 3600;
/// The most pence that one message costs anywhere.
const MAX_PENCE: f64 = 1000.0;
/// Messages a second that no account takes.
const MAX_RATE: f64 = 100_000.0;
/// MiB of pages that no machine has: a TiB.
const MAX_PAGES: usize = 1 << 20;

impl Config {
    /// Whether prices, rates and times are such as there are.
    pub(super) fn check_numbers(&self) -> Result<(), String> {
        let prices = [
            ("prices.sms_pence", self.prices.sms_pence),
            ("prices.whatsapp_pence", self.prices.whatsapp_pence),
        ];
        for (name, price) in prices {
            if let Some(price) = price.filter(|price| !(0.0..=MAX_PENCE).contains(price)) {
                return Err(format!("{name} is {price}. Use the pence for one, from 0 to {MAX_PENCE}."));
            }
        }
        let rates = [
            ("sms.twilio.per_second", self.sms.twilio.per_second),
            ("whatsapp.per_second", self.whatsapp.per_second),
        ];
        for (name, rate) in rates {
            if !(0.0..=MAX_RATE).contains(&rate) {
                return Err(format!("{name} is {rate}. Use messages a second, or 0 for as many as can be."));
            }
        }
        let times = [
            ("delivery.hold_seconds", self.delivery.hold_seconds),
            ("delivery.watch_seconds", self.delivery.watch_seconds),
        ];
        for (name, seconds) in times {
            if seconds > MAX_HOLD {
                return Err(format!("{name} is {seconds}. Use {MAX_HOLD} (an hour) or less."));
            }
        }
        if self.page_memory > MAX_PAGES {
            return Err(format!("page_memory is {}. Use {MAX_PAGES} (MiB) or less.", self.page_memory));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::config::{Config, Flags};

    fn load(text: &str) -> Result<Config, String> {
        let path = std::env::temp_dir().join(format!("signpost-{}.toml", uuid::Uuid::new_v4()));
        std::fs::write(&path, text).unwrap();
        Config::load(&Flags { config: Some(path), ..Flags::default() }).map_err(|error| error.to_string())
    }

    #[test]
    fn what_makes_no_sense_is_refused_by_name() {
        for (section, setting, values) in [
            ("prices", "sms_pence", &["-3.2", "nan", "inf", "99999.0"][..]),
            ("prices", "whatsapp_pence", &["-0.1", "nan"]),
            ("sms.twilio", "per_second", &["-1.0", "nan", "inf"]),
            ("whatsapp", "per_second", &["-1.0", "inf"]),
            ("delivery", "hold_seconds", &["-1", "3601", "9223372036854775807"]),
            ("delivery", "watch_seconds", &["-30", "86400"]),
            ("delivery", "hold_above", &["-1"]),
            ("delivery", "per_hour", &["-1", "0"]),
            ("email", "per_minute", &["-5"]),
            ("notify", "per_minute", &["-5"]),
            ("approval", "people_above", &["-1"]),
            ("approval", "organisations_above", &["-1"]),
        ] {
            for value in values {
                let refused = load(&format!("[{section}]\n{setting} = {value}\n")).unwrap_err();
                assert!(refused.contains(setting), "{section}.{setting} = {value}: {refused}");
            }
        }
        for (setting, values) in
            [("connections", &["-1", "0"][..]), ("page_memory", &["-1", "0", "9223372036854775807"])]
        {
            for value in values {
                let refused = load(&format!("{setting} = {value}\n")).unwrap_err();
                assert!(refused.contains(setting), "{setting} = {value}: {refused}");
            }
        }
        let fine = "[prices]\nsms_pence = 0.0\nwhatsapp_pence = 3.2\n[sms.twilio]\nper_second = 0.5\n\
                    [delivery]\nhold_seconds = 0\nhold_above = 0\n";
        load(fine).unwrap();
    }
}
