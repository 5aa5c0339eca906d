//! Whether a page may connect: its origin is this server's own, or allowed.
//!
//! Owns what this server's own origin is, and the comparison of origins with it. Knows no connection.

use warp::http::header::{HOST, HeaderMap, ORIGIN};

/// What a trusted proxy writes the scheme of its client into.
const FORWARDED_PROTO: &str = "x-forwarded-proto";

/// How the page of this server is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scheme {
    Http,
    Https,
}

impl Scheme {
    /// What a trusted proxy says; the last word is its own.
    pub(super) fn forwarded(headers: &HeaderMap) -> Option<Self> {
        let last = headers.get_all(FORWARDED_PROTO).into_iter().next_back()?;
        Self::named(last.to_str().ok()?.rsplit(',').next()?.trim())
    }

    fn named(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "http" => Some(Self::Http),
            "https" => Some(Self::Https),
            _ => None,
        }
    }

    fn port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
        }
    }
}

/// A browser sends the origin of the page that connects; a page of another site must be allowed.
/// No origin means no browser, which could forge one anyway. Without a `scheme`, that of the page
/// is taken for the server's: a proxy that nobody named may speak TLS for it.
pub(super) fn may_connect(headers: &HeaderMap, scheme: Option<Scheme>, allowed: &[String]) -> bool {
    let Some(origin) = headers.get(ORIGIN) else {
        return true;
    };
    let Some(page) = origin.to_str().ok().and_then(site) else {
        return false;
    };
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let own = host.and_then(|host| {
        let scheme = scheme.unwrap_or(page.0);
        let (name, port) = authority(host)?;
        Some((scheme, name, port.unwrap_or(scheme.port())))
    });
    own.as_ref() == Some(&page) || allowed.iter().any(|a| site(a).as_ref() == Some(&page))
}

/// Scheme, host in lower case and port of an origin.
fn site(origin: &str) -> Option<(Scheme, String, u16)> {
    let (scheme, rest) = origin.split_once("://")?;
    let scheme = Scheme::named(scheme)?;
    let (name, port) = authority(rest)?;
    Some((scheme, name, port.unwrap_or(scheme.port())))
}

/// Host in lower case and port.
fn authority(text: &str) -> Option<(String, Option<u16>)> {
    let end = match text.starts_with('[') {
        true => text.find(']')? + 1,
        false => text.find(':').unwrap_or(text.len()),
    };
    let (name, port) = text.split_at_checked(end)?;
    let port = match port {
        "" => None,
        port => Some(port.strip_prefix(':')?.parse().ok()?),
    };
    let strange = name.is_empty() || name.contains(['/', '?', '#', '@', ' ']);
    (!strange).then(|| (name.to_ascii_lowercase(), port))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(origin: &str, host: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(ORIGIN, origin.parse().unwrap());
        if !host.is_empty() {
            headers.insert(HOST, host.parse().unwrap());
        }
        headers
    }

    #[test]
    fn a_foreign_page_may_not_connect_unless_allowed() {
        let host = "draw.example:8080";
        let allowed = ["https://friend.example".to_owned()];
        let may = |origin| may_connect(&page(origin, host), None, &allowed);
        assert!(may("http://draw.example:8080"));
        assert!(may_connect(&HeaderMap::new(), None, &[]));
        assert!(may("https://friend.example"));
        assert!(may("https://Friend.example:443"));
        for foreign in [
            "http://draw.example",
            "https://evil.example",
            "http://friend.example",
            "null",
            "http://draw.example:8080.evil",
            "http://draw.example:8080/x",
            "http://evil@draw.example:8080",
            "file://draw.example:8080",
            "",
        ] {
            assert!(!may(foreign), "{foreign}");
        }
    }

    #[test]
    fn default_ports_need_not_be_written() {
        for (origin, host) in [
            ("https://x", "x:443"),
            ("https://x:443", "x"),
            ("http://x", "x:80"),
            ("http://X", "x"),
            ("https://[2001:db8::1]", "[2001:DB8::1]:443"),
            ("http://[::1]:8080", "[::1]:8080"),
        ] {
            assert!(
                may_connect(&page(origin, host), None, &[]),
                "{origin} {host}"
            );
        }
        for (origin, host) in [
            ("https://x", "x:80"),
            ("http://x", "x:443"),
            ("http://[::1]:8080", "[::2]:8080"),
            ("http://[::1", "[::1"),
            ("http://x:", "x:"),
            ("http://x", ""),
        ] {
            assert!(
                !may_connect(&page(origin, host), None, &[]),
                "{origin} {host}"
            );
        }
    }

    #[test]
    fn where_the_scheme_is_known_it_must_be_the_same() {
        let may = |origin, scheme| may_connect(&page(origin, "x"), scheme, &[]);
        assert!(may("https://x", Some(Scheme::Https)));
        assert!(!may("http://x", Some(Scheme::Https)));
        assert!(may("http://x", Some(Scheme::Http)));
        assert!(!may("https://x", Some(Scheme::Http)));
        let mut headers = HeaderMap::new();
        assert_eq!(Scheme::forwarded(&headers), None);
        headers.append(FORWARDED_PROTO, "http".parse().unwrap());
        headers.append(FORWARDED_PROTO, "http, HTTPS".parse().unwrap());
        assert_eq!(Scheme::forwarded(&headers), Some(Scheme::Https));
    }
}
