//! What messages cost, told before they are sent and while they are.

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

/// What a channel's providers charge for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charged {
    pub channel: Channel,
    /// Parts of text messages, or messages, that a provider has taken.
    pub certain: u64,
    /// Those of which nobody knows whether it has.
    pub maybe: u64,
}

/// What has been spent, in pence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spent {
    pub certain: f64,
    /// What it may be on top of that.
    pub maybe: f64,
}

impl Prices {
    /// What is charged for one part of a text message, or one message.
    fn each(&self, channel: Channel) -> Option<f64> {
        match channel {
            Channel::Sms => self.sms_part,
            Channel::WhatsApp => self.whatsapp,
            _ => None,
        }
    }

    /// What has been spent, at these prices. `None` where no price is known.
    pub fn spent(&self, all: &[Charged]) -> Option<Spent> {
        let priced = all.iter().filter_map(|c| Some((c, self.each(c.channel)?)));
        priced.fold(None, |sum: Option<Spent>, (c, price)| {
            let Spent { certain, maybe } = sum.unwrap_or(Spent { certain: 0.0, maybe: 0.0 });
            let (certain, maybe) = (certain + price * c.certain as f64, maybe + price * c.maybe as f64);
            Some(Spent { certain, maybe })
        })
    }

    /// What an audience costs, in pence: by the parts of all their text messages, or,
    /// where those are not known, as if everybody got words as long as these. `None`
    /// where nobody has a price, or no price is known.
    pub fn of(
        &self,
        audience: &BTreeMap<Channel, usize>,
        text_message: &str,
        text_parts: Option<u64>,
    ) -> Option<f64> {
        let each = sms::segments(text_message).segments as f64;
        let units = |channel, n: f64| match channel {
            Channel::Sms => text_parts.map_or(each * n, |all| all as f64),
            _ => n,
        };
        let cost = |(channel, n): (&Channel, &usize)| Some(self.each(*channel)? * units(*channel, *n as f64));
        let all: f64 = audience.iter().filter_map(cost).sum();
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
        assert_eq!(prices.of(&audience, "Short.", None).map(shown), Some("£3.20".into()));
        assert_eq!(prices.of(&audience, &"x".repeat(161), None).map(shown), Some("£6.40".into()));
        assert_eq!(Prices::default().of(&audience, "Short.", None), None, "a price that nobody knows");
        assert_eq!(prices.of(&BTreeMap::from([(Channel::Email, 9)]), "Short.", None), None);
        let parts = prices.of(&audience, "Short.", Some(130)).map(shown);
        assert_eq!(parts, Some("£4.16".into()), "30 readers of Arabic get two parts");
        let both = Prices { whatsapp: Some(1.0), ..prices };
        assert_eq!(both.of(&audience, "Short.", None).map(shown), Some("£3.70".into()));
    }

    #[test]
    fn what_was_spent_tells_what_is_certain_from_what_is_not() {
        let charged = [
            Charged { channel: Channel::Sms, certain: 10, maybe: 2 },
            Charged { channel: Channel::WhatsApp, certain: 3, maybe: 0 },
        ];
        let prices = Prices { sms_part: Some(3.0), whatsapp: None };
        assert_eq!(prices.spent(&charged), Some(Spent { certain: 30.0, maybe: 6.0 }));
        assert_eq!(Prices::default().spent(&charged), None);
        assert_eq!(prices.spent(&charged[1..]), None);
    }

    #[test]
    fn money_is_written_as_people_write_it() {
        assert_eq!(
            [0.2, 70.4, 100.0, 123_456.0, 123_456_789.0].map(shown),
            ["1p", "70p", "£1.00", "£1,234.56", "£1,234,567.89"]
        );
    }
}
