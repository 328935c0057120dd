//! Text messages: the GSM 03.38 alphabet, and how many parts a text takes.
//!
//! A part holds 160 septets of the GSM alphabet. One character outside it turns
//! the whole text into UCS-2, and a part into 70 units, so the short messages
//! that Signpost writes are put into the GSM alphabet first ([`to_gsm`]).

/// The basic table of GSM 03.38 (3GPP TS 23.038, 6.2.1): one septet each.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡\
    ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

/// The extension table (6.2.1.1): an escape and a septet each.
const EXTENSION: &str = "\u{c}^{}\\[~]|€";

/// Accented Latin letters that GSM lacks, by the letter that stands in. Only a
/// text of at most one part needs this: Welsh and other names stay as written
/// everywhere else.
const PLAIN: &[(&str, &str)] = &[
    ("A", "ÀÁÂÃĀĂĄǍẠẢẤẦẨẪẬẮẰẲẴẶ"),
    ("a", "áâãāăąǎạảấầẩẫậắằẳẵặ"),
    ("C", "ĆĈĊČ"),
    ("c", "çćĉċč"),
    ("D", "ĎĐÐ"),
    ("d", "ďđð"),
    ("E", "ÈÊËĒĔĖĘĚẸẺẼẾỀỂỄỆ"),
    ("e", "êëēĕėęěẹẻẽếềểễệ"),
    ("G", "ĜĞĠĢ"),
    ("g", "ĝğġģ"),
    ("H", "ĤĦ"),
    ("h", "ĥħ"),
    ("I", "ÌÍÎÏĨĪĬĮİỈỊ"),
    ("i", "íîïĩīĭįıỉị"),
    ("J", "Ĵ"),
    ("j", "ĵ"),
    ("K", "Ķ"),
    ("k", "ķĸ"),
    ("L", "ĹĻĽĿŁ"),
    ("l", "ĺļľŀł"),
    ("N", "ŃŅŇŊ"),
    ("n", "ńņňŉŋ"),
    ("O", "ÒÓÔÕŌŎŐƠỌỎỐỒỔỖỘỚỜỞỠỢ"),
    ("o", "óôõōŏőơọỏốồổỗộớờởỡợ"),
    ("R", "ŔŖŘ"),
    ("r", "ŕŗř"),
    ("S", "ŚŜŞŠȘ"),
    ("s", "śŝşšș"),
    ("T", "ŢŤŦȚ"),
    ("t", "ţťŧț"),
    ("U", "ÙÚÛŨŪŬŮŰŲƯỤỦỨỪỬỮỰ"),
    ("u", "úûũūŭůűųưụủứừửữự"),
    ("W", "ŴẀẂẄ"),
    ("w", "ŵẁẃẅ"),
    ("Y", "ÝŶŸỲỴỶỸ"),
    ("y", "ýÿŷỳỵỷỹ"),
    ("Z", "ŹŻŽ"),
    ("z", "źżž"),
    ("SS", "ẞ"),
    ("OE", "Œ"),
    ("oe", "œ"),
    ("TH", "Þ"),
    ("th", "þ"),
];

/// The same words in the GSM alphabet, for a text that has to fit into one
/// part.
///
/// Typographic punctuation and spaces become the plain ones; accented Latin
/// letters that GSM lacks lose the accent; what cannot be seen (zero-width
/// characters, combining marks) goes; everything else, such as Cyrillic or an
/// emoji, becomes `?`, so that a reader sees that something is missing. Of
/// control characters only line breaks stay.
pub fn to_gsm(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c != '\u{c}' && cost(c).is_some() {
            out.push(c);
        } else {
            out.push_str(stand_in(c));
        }
    }
    out
}

/// What a character outside the alphabet is written as.
fn stand_in(c: char) -> &'static str {
    match c {
        '‘' | '’' | '‚' | '‛' | '′' | '`' | '´' | 'ʼ' | '‹' | '›' => "'",
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => "\"",
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '•' | '·' => "-",
        '…' => "...",
        '×' => "x",
        '\t' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => " ",
        '\u{2028}' | '\u{2029}' => "\n",
        // Soft hyphen, joiners, direction marks, combining marks, variation selectors.
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' => "",
        '\u{feff}' | '\u{300}'..='\u{36f}' | '\u{fe00}'..='\u{fe0f}' => "",
        c if c.is_control() => "",
        c => PLAIN.iter().find(|(_, letters)| letters.contains(c)).map_or("?", |(plain, _)| plain),
    }
}

/// Septets that a character takes: 1, 2 with its escape, `None` outside GSM.
fn cost(c: char) -> Option<usize> {
    if BASIC.contains(c) {
        Some(1)
    } else if EXTENSION.contains(c) {
        Some(2)
    } else {
        None
    }
}

/// The length of a text in septets; `None` when it is not all GSM.
pub fn septets(text: &str) -> Option<usize> {
    text.chars().map(cost).sum()
}

/// How a text is written on the air.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Gsm7,
    Ucs2,
}

/// What a text costs to send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segments {
    pub encoding: Encoding,
    /// Septets, or UTF-16 units.
    pub units: usize,
    /// Parts that are sent and paid for; 1 for the empty text.
    pub segments: usize,
}

/// Counts the parts of a text: 160 septets or 70 units alone, 153 or 67 in each
/// of several (the rest is the header that joins them). Neither an escape and
/// its septet nor a surrogate pair is split between two parts.
pub fn segments(text: &str) -> Segments {
    let gsm: Option<Vec<usize>> = text.chars().map(cost).collect();
    let (encoding, costs, alone, joined) = match gsm {
        Some(costs) => (Encoding::Gsm7, costs, 160, 153),
        None => (Encoding::Ucs2, text.chars().map(char::len_utf16).collect(), 70, 67),
    };
    let units = costs.iter().sum();
    let segments = if units <= alone { 1 } else { parts(&costs, joined) };
    Segments { encoding, units, segments }
}

/// Fills parts of `room` units with characters that stay whole.
fn parts(costs: &[usize], room: usize) -> usize {
    let (mut parts, mut used) = (1, 0);
    for cost in costs {
        if used + cost > room {
            parts += 1;
            used = 0;
        }
        used += cost;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_counted_as_the_networks_do() {
        // The table that Twilio's calculator, split-sms and smsutil agree on.
        for (text, expected) in [
            ("a".repeat(160), 1),
            ("a".repeat(161), 2),
            ("€".repeat(80), 1),
            ("€".repeat(81), 2),
            (format!("{0}€{0}", "a".repeat(152)), 3),
            ("ж".repeat(70), 1),
            ("ж".repeat(71), 2),
            (format!("{0}👍{0}", "ж".repeat(66)), 3),
            ("a".repeat(306), 2),
            ("a".repeat(307), 3),
            (String::new(), 1),
        ] {
            assert_eq!(segments(&text).segments, expected, "{text}");
        }
        let one_dash = segments(&format!("{}–", "a".repeat(70)));
        assert_eq!(one_dash, Segments { encoding: Encoding::Ucs2, units: 71, segments: 2 });
    }

    #[test]
    fn the_alphabet_is_whole() {
        assert_eq!((BASIC.chars().count(), EXTENSION.chars().count()), (127, 10));
        assert_eq!(septets("£5 [now]"), Some(10));
        assert_eq!(septets("ŵ"), None);
        assert_eq!(septets("ç"), None);
        assert_eq!(septets("Ç"), Some(1));
    }

    #[test]
    fn punctuation_and_accents_are_brought_into_the_alphabet() {
        for (text, expected) in [
            ("Don’t come – “call” 111…", "Don't come - \"call\" 111..."),
            ("Meddygfa’r Tŷ Gwŷn, Llandŵr", "Meddygfa'r Ty Gwyn, Llandwr"),
            ("a\u{a0}b`c´", "a b'c'"),
            ("garçon Ç é ñ £ €", "garcon Ç é ñ £ €"),
            ("cafe\u{301} 👍\u{fe0f} Київ", "cafe ? ????"),
            ("one\r\ntwo\tthree\u{0}\u{c}", "one\r\ntwo three"),
        ] {
            assert_eq!(to_gsm(text), expected);
        }
    }

    #[test]
    fn what_was_converted_is_gsm_and_stays() {
        let every: String = ('\u{0}'..='\u{2fff}').collect();
        let once = to_gsm(&every);
        assert!(septets(&once).is_some());
        assert_eq!(to_gsm(&once), once);
    }
}
