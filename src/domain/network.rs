//! Which addresses Signpost may talk to when somebody else chose them: the
//! public internet, and what the operator allows besides.
//!
//! Whoever enters an address must not be able to look around inside the
//! operator's network. An address is judged twice: as it is written, and as it
//! is dialled (`channels::guard`), because a name may lead anywhere.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use url::{Host, Url};

/// A block of addresses, as `10.0.0.0/8`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u8,
}

impl Network {
    fn contains(&self, ip: IpAddr) -> bool {
        let same = |a: u128, b: u128, width: u32| {
            let rest = width - u32::from(self.bits);
            rest >= width || (a >> rest) == (b >> rest)
        };
        match (self.address, ip) {
            (IpAddr::V4(a), IpAddr::V4(b)) => same(a.to_bits().into(), b.to_bits().into(), 32),
            (IpAddr::V6(a), IpAddr::V6(b)) => same(a.to_bits(), b.to_bits(), 128),
            _ => false,
        }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.bits)
    }
}

impl FromStr for Network {
    type Err = String;

    /// `10.0.0.0/8`, `fd00::/8`, or one address.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("\"{text}\" is not a network. Write it as 10.0.0.0/8 or fd00::/8.");
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| wrong())?;
        let width = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(width), |b| b.parse().map_err(|_| wrong()))?;
        if bits > width {
            return Err(wrong());
        }
        Ok(Self { address, bits })
    }
}

/// What to say of an address that leads inside.
pub const PRIVATE: &str = "Enter an address on the internet. This one is inside a private network.";

/// Private networks that may be reached all the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Allowed(Vec<Network>);

impl fmt::Display for Allowed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.iter().map(Network::to_string).collect::<Vec<_>>().join(", "))
    }
}

impl Allowed {
    /// # Errors
    /// The first of them that is no network, in words.
    pub fn parse<T: AsRef<str>>(networks: &[T]) -> Result<Self, String> {
        networks.iter().map(|n| n.as_ref().trim().parse()).collect::<Result<_, _>>().map(Self)
    }

    fn names(&self, ip: IpAddr) -> bool {
        self.0.iter().any(|n| n.contains(ip) || n.contains(ip.to_canonical()))
    }

    /// Whether this address may be dialled; without TLS only where the
    /// operator said so.
    pub fn may_dial(&self, ip: IpAddr, with_tls: bool) -> bool {
        self.names(ip) || (with_tls && is_public(ip))
    }

    /// Reads an address that somebody entered, as far as it can be judged
    /// without asking for names.
    ///
    /// # Errors
    /// What is wrong with it, and what to enter, in one sentence.
    pub fn read(&self, text: &str) -> Result<Url, &'static str> {
        const HTTPS: &str = "Enter an address that starts with https://.";
        let url = Url::parse(text.trim()).map_err(|_| HTTPS)?;
        if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
            return Err("Enter the address without a user name, a password or a #.");
        }
        let with_tls = match url.scheme() {
            "https" => true,
            "http" if !self.0.is_empty() => false,
            _ => return Err(HTTPS),
        };
        let ip = match url.host() {
            Some(Host::Ipv4(ip)) => IpAddr::V4(ip),
            Some(Host::Ipv6(ip)) => IpAddr::V6(ip),
            Some(Host::Domain(_)) => return Ok(url),
            None => return Err(HTTPS),
        };
        match self.may_dial(ip, with_tls) {
            true => Ok(url),
            false if is_public(ip) => Err(HTTPS),
            false => Err(PRIVATE),
        }
    }
}

/// Whether an address is on the public internet and nowhere else, by IANA's
/// registries of special-purpose addresses (RFC 6890 and its updates). An IPv6
/// address that carries an IPv4 address is no better than that one.
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = match a {
        // "This network", private, loopback.
        0 | 10 | 127 => true,
        // Between a carrier and its customers (RFC 6598).
        100 => (64..128).contains(&b),
        169 => b == 254,
        172 => (16..32).contains(&b),
        // Protocol assignments, documentation, 6to4 relays, private.
        192 => matches!((b, c), (0, 0) | (0, 2) | (88, 99) | (168, _)),
        // Benchmarks, documentation.
        198 => b == 18 || b == 19 || (b, c) == (51, 100),
        203 => (b, c) == (0, 113),
        // Multicast, reserved, broadcast.
        224.. => true,
        _ => false,
    };
    !special
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let s = ip.segments();
    let v4 = |high: u16, low: u16| Ipv4Addr::from_bits((u32::from(high) << 16) | u32::from(low));
    let last = v4(s[6], s[7]);
    // IPv4-mapped and IPv4-compatible, `::` and `::1` among them, and NAT64's
    // well-known prefix (RFC 6052).
    if s[..5] == [0; 5] && matches!(s[5], 0 | 0xffff) || s[..6] == [0x64, 0xff9b, 0, 0, 0, 0] {
        return is_public_v4(last);
    }
    // Only this eighth has been given out (RFC 4291, section 2.4).
    if s[0] & 0xe000 != 0x2000 {
        return false;
    }
    // ISATAP (RFC 5214) carries an IPv4 address below any prefix.
    if matches!(s[4..6], [0 | 0x200, 0x5efe]) && !is_public_v4(last) {
        return false;
    }
    match s[..2] {
        // Teredo (RFC 4380): the server, and the client with its bits inverted.
        [0x2001, 0] => is_public_v4(v4(s[2], s[3])) && is_public_v4(v4(!s[6], !s[7])),
        // The other protocol assignments (RFC 2928): benchmarks, ORCHID and so on.
        [0x2001, 1..=0x1ff] => false,
        // Documentation (RFC 3849, RFC 9637).
        [0x2001, 0xdb8] => false,
        [0x3fff, 0..=0xfff] => false,
        // 6to4 (RFC 3056).
        [0x2002, high] => is_public_v4(v4(high, s[2])),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn only_the_public_internet_is_public() {
        for public in [
            "8.8.8.8",
            "1.1.1.1",
            "99.255.255.255",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.0",
            "169.253.255.255",
            "169.255.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.255",
            "192.0.3.0",
            "192.88.98.255",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "203.0.112.255",
            "203.0.114.0",
            "223.255.255.255",
            "2606:4700:4700::1111",
            "2a00:1450:4009::8b",
            "2001:200::1",
            "::ffff:8.8.8.8",
            "::8.8.8.8",
            "64:ff9b::8.8.8.8",
            "2002:808:808::1",
            "2001:0:808:808::f7f7:f7f7",
        ] {
            assert!(is_public(ip(public)), "{public}");
        }
        for private in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.0",
            "10.255.255.255",
            "100.64.0.0",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.255",
            "169.254.0.0",
            "169.254.169.254",
            "172.16.0.0",
            "172.31.255.255",
            "192.0.0.0",
            "192.0.0.170",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.0.0",
            "192.168.255.255",
            "198.18.0.0",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.255",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "::127.0.0.1",
            "::ffff:0:127.0.0.1",
            "64:ff9b::10.0.0.1",
            "64:ff9b::127.0.0.1",
            "64:ff9b:1::8.8.8.8",
            "100::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "5f00::1",
            "4000::1",
            "2001:db8::1",
            "3fff::1",
            "2001:2::1",
            "2001:10::1",
            "2001:20::1",
            "2002:7f00:1::1",
            "2002:a00:1::1",
            "2002:c0a8:1::1",
            // Teredo: a private server; a private client, inverted.
            "2001:0:a00:1::f7f7:f7f7",
            "2001:0:808:808::f5ff:fffe",
            "2a00:1450::5efe:10.0.0.1",
            "2a00:1450::200:5efe:192.168.0.1",
        ] {
            assert!(!is_public(ip(private)), "{private}");
        }
    }

    #[test]
    fn what_somebody_enters_is_read_with_care() {
        let none = Allowed::default();
        for good in ["https://hooks.example/a?b=c", " https://8.8.8.8/x", "https://[2606:4700::1]:8443/"] {
            assert!(none.read(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "hooks.example",
            "http://hooks.example/",
            "ftp://hooks.example/",
            "file:///etc/passwd",
            "https://",
            "https://user@hooks.example/",
            "https://user:pass@hooks.example/",
            "https://hooks.example/#x",
            "https://127.0.0.1/",
            // All of these are 127.0.0.1 to a URL parser.
            "https://127.1/",
            "https://2130706433/",
            "https://0x7f.0.0.1/",
            "https://0177.0.0.1/",
            "https://１２７.0.0.1/",
            "https://[::1]/",
            "https://[::ffff:127.0.0.1]/",
            "https://[::ffff:7f00:1]/",
            "https://169.254.169.254/latest/meta-data/",
            "http://8.8.8.8/",
        ] {
            assert!(none.read(bad).is_err(), "{bad}");
        }
        let tests = Allowed::parse(&["127.0.0.0/8", "fd00::/8"]).unwrap();
        for good in [
            "http://127.0.0.1:3900/",
            "https://127.0.0.1/",
            "http://[::ffff:127.0.0.9]/",
            "https://[fd00::1]/",
        ] {
            assert!(tests.read(good).is_ok(), "{good}");
        }
        for bad in ["https://10.0.0.1/", "https://[::1]/", "http://8.8.8.8/", "https://[fc00::1]/"] {
            assert!(tests.read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_network_is_read_or_refused() {
        for bad in ["", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0/8", "::/129", "localhost", "10.0.0.0/8/8"] {
            assert!(Allowed::parse(&[bad]).is_err(), "{bad}");
        }
        let all = Allowed::parse(&["0.0.0.0/0", "::/0", "10.1.2.3"]).unwrap();
        assert!(all.may_dial(ip("127.0.0.1"), false) && all.may_dial(ip("::1"), false));
    }

    proptest! {
        /// However an IPv4 address is dressed up, it stays what it is.
        #[test]
        fn no_dress_makes_an_address_public(bits in any::<u32>(), low in any::<u64>()) {
            let v4 = Ipv4Addr::from_bits(bits);
            let (high, rest) = ((bits >> 16) as u16, bits as u16);
            let plain = is_public(IpAddr::V4(v4));
            let six = |s: [u16; 8]| is_public(IpAddr::V6(Ipv6Addr::from(s)));
            prop_assert_eq!(six([0, 0, 0, 0, 0, 0xffff, high, rest]), plain);
            prop_assert_eq!(six([0, 0, 0, 0, 0, 0, high, rest]), plain);
            prop_assert_eq!(six([0x64, 0xff9b, 0, 0, 0, 0, high, rest]), plain);
            prop_assert_eq!(six([0x2001, 0, 0x808, 0x808, 0, 0, !high, !rest]), plain);
            prop_assert_eq!(six([0x2001, 0, high, rest, 0, 0, 0xf7f7, 0xf7f7]), plain);
            prop_assert_eq!(six([0x2a00, 1, 2, 3, 0, 0x5efe, high, rest]), plain);
            let l = low.to_be_bytes().chunks(2).map(|c| u16::from_be_bytes([c[0], c[1]])).collect::<Vec<_>>();
            if l[1] != 0x5efe {
                prop_assert_eq!(six([0x2002, high, rest, 0, l[0], l[1], l[2], l[3]]), plain);
            }
        }

        /// Outside the eighth that was given out, nothing is public but what
        /// carries a public IPv4 address.
        #[test]
        fn the_rest_of_ipv6_is_not_public(bits in any::<u128>()) {
            let ip = Ipv6Addr::from_bits(bits);
            prop_assume!(bits >> 125 != 1 && bits >> 32 != 0 && bits >> 32 != 0xffff);
            prop_assume!(bits >> 32 != 0x0064_ff9b_0000_0000_0000_0000);
            prop_assert!(!is_public(IpAddr::V6(ip)));
        }

        #[test]
        fn a_network_holds_what_begins_alike(a in any::<u32>(), b in any::<u32>(), bits in 0u8..=32) {
            let network = Network { address: Ipv4Addr::from_bits(a).into(), bits };
            let mask = u32::MAX.checked_shl(32 - u32::from(bits)).unwrap_or(0);
            prop_assert_eq!(network.contains(Ipv4Addr::from_bits(b).into()), a & mask == b & mask);
            prop_assert!(!network.contains(Ipv6Addr::from_bits(b.into()).into()));
        }
    }
}
