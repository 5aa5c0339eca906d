//! Where connections come from, and how many each address has.
//!
//! Owns whose word is taken for an address: a connection's own, or behind a proxy that the operator
//! trusts, what that proxy says. Knows no connection.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use ipnet::IpNet;
use warp::http::HeaderMap;

/// What a proxy writes the address of its client into.
const FORWARDED: &str = "x-forwarded-for";

/// Counts the places that addresses take.
#[derive(Debug)]
pub(crate) struct Addresses {
    /// Most places of one address.
    limit: usize,
    trusted: Vec<IpNet>,
    taken: Mutex<HashMap<IpAddr, usize>>,
}

/// A place; given back when it is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    addresses: Arc<Addresses>,
    address: IpAddr,
}

impl Addresses {
    /// At most `limit` places for each address; `trusted` proxies speak for others.
    pub(crate) fn new(limit: usize, trusted: Vec<IpNet>) -> Self {
        Self {
            limit,
            trusted,
            taken: Mutex::default(),
        }
    }

    /// Whether somebody else's address comes from here.
    pub(crate) fn is_proxy(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.trusted.iter().any(|net| net.contains(&address))
    }

    /// Who is behind a connection from `peer`: the last address that a trusted proxy vouches for.
    /// What comes before it in the header, anybody can have written.
    pub(crate) fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = peer.to_canonical();
        let lines = headers.get_all(FORWARDED).into_iter();
        // Bytes, not text: what is nonsense in one hop must not hide those behind it.
        let hops = lines.flat_map(|line| line.as_bytes().split(|&byte| byte == b','));
        let hops: Vec<&[u8]> = hops.collect();
        for hop in hops.into_iter().rev() {
            if !self.is_proxy(client) {
                break;
            }
            let Some(address) = hop_address(hop) else {
                break;
            };
            client = address.to_canonical();
        }
        client
    }

    /// A place for an address, if it has not too many.
    pub(crate) fn admit(self: &Arc<Self>, address: IpAddr) -> Option<Place> {
        let address = household(address);
        let mut all = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = all.entry(address).or_default();
        if *taken >= self.limit {
            return None;
        }
        *taken += 1;
        Some(Place {
            addresses: Arc::clone(self),
            address,
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let all = self.addresses.taken.lock();
        let mut all = all.unwrap_or_else(PoisonError::into_inner);
        if let Some(taken) = all.get_mut(&self.address) {
            *taken -= 1;
            if *taken == 0 {
                all.remove(&self.address);
            }
        }
    }
}

/// An address as proxies write it: with or without a port, IPv6 with or without brackets.
fn hop_address(hop: &[u8]) -> Option<IpAddr> {
    let hop = std::str::from_utf8(hop).ok()?.trim();
    let bare = hop.strip_prefix('[').and_then(|hop| hop.strip_suffix(']'));
    let with_port = || hop.parse::<SocketAddr>().map(|address| address.ip());
    bare.unwrap_or(hop).parse().or_else(|_| with_port()).ok()
}

/// What one customer gets: an IPv4 address, or a /64 of IPv6.
pub(crate) fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forwarded(value: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(FORWARDED, value.parse().unwrap());
        headers
    }

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn only_a_trusted_proxy_is_believed_and_only_what_it_saw() {
        let trusted = vec!["10.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()];
        let addresses = Addresses::new(1, trusted);
        let said = forwarded("6.6.6.6, 203.0.113.9");
        assert_eq!(
            addresses.client(ip("198.51.100.1"), &said),
            ip("198.51.100.1")
        );
        assert_eq!(addresses.client(ip("10.1.2.3"), &said), ip("203.0.113.9"));
        assert_eq!(
            addresses.client(ip("::ffff:10.1.2.3"), &said),
            ip("203.0.113.9")
        );
        let two = forwarded("6.6.6.6, 203.0.113.9, 10.9.9.9");
        assert_eq!(addresses.client(ip("::1"), &two), ip("203.0.113.9"));
        let nonsense = forwarded("203.0.113.9, unknown");
        assert_eq!(addresses.client(ip("::1"), &nonsense), ip("::1"));
        assert_eq!(addresses.client(ip("::1"), &HeaderMap::new()), ip("::1"));
    }

    #[test]
    fn addresses_are_read_as_proxies_write_them() {
        let addresses = Addresses::new(1, vec!["10.0.0.0/8".parse().unwrap()]);
        for (said, client) in [
            ("203.0.113.9:4711", "203.0.113.9"),
            ("[2001:db8::7]", "2001:db8::7"),
            ("[2001:db8::7]:443", "2001:db8::7"),
            ("2001:db8::7", "2001:db8::7"),
            ("::ffff:203.0.113.9", "203.0.113.9"),
            ("[::ffff:203.0.113.9]:1", "203.0.113.9"),
            ("  203.0.113.9\t", "203.0.113.9"),
            ("203.0.113.9, ::ffff:10.0.0.7", "203.0.113.9"),
            ("203.0.113.9, 10.0.0.7:80", "203.0.113.9"),
        ] {
            let seen = addresses.client(ip("10.0.0.1"), &forwarded(said));
            assert_eq!(seen, ip(client), "{said}");
        }
        for nonsense in [
            "",
            ",",
            "unknown",
            "203.0.113.9:",
            "[2001:db8::7",
            "1.2.3",
            "_x",
        ] {
            let seen = addresses.client(ip("10.0.0.1"), &forwarded(nonsense));
            assert_eq!(seen, ip("10.0.0.1"), "{nonsense}");
        }
    }

    #[test]
    fn what_a_client_forges_before_the_proxy_adds_to_it_counts_for_nothing() {
        let addresses = Addresses::new(1, vec!["10.0.0.0/8".parse().unwrap()]);
        let forged = "6.6.6.6, ".repeat(5_000) + "10.0.0.9, 203.0.113.9";
        let seen = addresses.client(ip("10.0.0.1"), &forwarded(&forged));
        assert_eq!(seen, ip("203.0.113.9"));
        let mut headers = HeaderMap::new();
        headers.append(FORWARDED, "6.6.6.6".parse().unwrap());
        headers.append(FORWARDED, "203.0.113.9, 10.0.0.2".parse().unwrap());
        assert_eq!(
            addresses.client(ip("10.0.0.1"), &headers),
            ip("203.0.113.9"),
            "repeated headers are one list"
        );
        let mut headers = HeaderMap::new();
        let strange = warp::http::HeaderValue::from_bytes(b"caf\xe9 \xff, 203.0.113.9");
        headers.insert(FORWARDED, strange.unwrap());
        assert_eq!(
            addresses.client(ip("10.0.0.1"), &headers),
            ip("203.0.113.9"),
            "bytes that are no text hide nobody"
        );
    }

    #[test]
    fn places_are_counted_by_household_and_given_back() {
        let addresses = Arc::new(Addresses::new(2, Vec::new()));
        let one = addresses.admit(ip("2001:db8::1")).unwrap();
        let _two = addresses.admit(ip("2001:db8::ffff:2")).unwrap();
        assert!(addresses.admit(ip("2001:db8::3")).is_none());
        assert!(
            addresses.admit(ip("2001:db8:0:1::3")).is_some(),
            "a neighbour"
        );
        drop(one);
        assert!(addresses.admit(ip("2001:db8::4")).is_some());
        assert_eq!(addresses.taken.lock().unwrap().len(), 1);
    }
}
