//! What messages cost, told before they are sent.

use std::collections::BTreeMap;

use super::channel::Channel;
use super::sms;

/// What the providers charge, in pence; what is not known is not told.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Prices {
    /// For each part of a text message. Providers charge by part (Twilio, GOV.UK
    /// Notify: "text message pricing").
    pub sms_part: Option<f64>,
    /// For each WhatsApp message.
    pub whatsapp: Option<f64>,
}

impl Prices {
    /// What an audience costs, in pence, if everybody gets words as long as
    /// these. `None` where nobody has a price, or no price is known.
    pub fn of(&self, audience: &BTreeMap<Channel, usize>, text_message: &str) -> Option<f64> {
        let number = |channel| audience.get(&channel).copied().unwrap_or(0) as f64;
        let parts = sms::segments(text_message).segments as f64;
        let texts = self.sms_part.map(|price| price * parts * number(Channel::Sms));
        let others = self.whatsapp.map(|price| price * number(Channel::WhatsApp));
        let all = texts.unwrap_or(0.0) + others.unwrap_or(0.0);
        (all > 0.0).then_some(all)
    }
}

/// "£1,234.50", or "70p".
pub fn shown(pence: f64) -> String {
    let pence = pence.round().max(1.0) as u64;
    if pence < 100 {
        return format!("{pence}p");
    }
    let pounds = (pence / 100).to_string();
    let mut grouped = String::new();
    for (at, digit) in pounds.chars().enumerate() {
        if at > 0 && (pounds.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("£{grouped}.{:02}", pence % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_message_costs_each_of_its_parts() {
        let prices = Prices { sms_part: Some(3.2), whatsapp: None };
        let audience = BTreeMap::from([(Channel::Sms, 100), (Channel::WhatsApp, 50), (Channel::Email, 9)]);
        assert_eq!(prices.of(&audience, "Short.").map(shown), Some("£3.20".into()));
        assert_eq!(prices.of(&audience, &"x".repeat(161)).map(shown), Some("£6.40".into()));
        assert_eq!(Prices::default().of(&audience, "Short."), None, "a price that nobody knows");
        assert_eq!(prices.of(&BTreeMap::from([(Channel::Email, 9)]), "Short."), None);
        let both = Prices { whatsapp: Some(1.0), ..prices };
        assert_eq!(both.of(&audience, "Short.").map(shown), Some("£3.70".into()));
    }

    #[test]
    fn money_is_written_as_people_write_it() {
        assert_eq!(
            [0.2, 70.4, 100.0, 123_456.0, 123_456_789.0].map(shown),
            ["1p", "70p", "£1.00", "£1,234.56", "£1,234,567.89"]
        );
    }
}
