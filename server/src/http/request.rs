//! A request, but for its body.
//!
//! Owns what of it endpoints may look at, and where it is taken to come from. Knows no endpoint.

use std::net::{IpAddr, Ipv4Addr};

use hyper::upgrade::OnUpgrade;
use warp::Filter;
use warp::filters::BoxedFilter;
use warp::http::{HeaderMap, Method};
use warp::path::FullPath;

use super::origin::{self, Scheme};
use super::{Admission, Context};
use crate::principal::Principal;

/// What somebody asks for, and by which connection.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) method: Method,
    /// As it was written, percent-encoded.
    pub(super) path: FullPath,
    /// What stands behind its question mark.
    pub(super) query: String,
    pub(super) headers: HeaderMap,
    pub(super) upgrade: Option<OnUpgrade>,
    pub(super) admission: Option<Admission>,
}

impl Request {
    /// Takes any.
    pub(super) fn any() -> BoxedFilter<(Self,)> {
        warp::method()
            .and(warp::path::full())
            .and(warp::query::raw().or(warp::any().map(String::new)).unify())
            .and(warp::header::headers_cloned())
            .and(warp::ext::optional::<OnUpgrade>())
            .and(warp::ext::optional::<Admission>())
            .map(|method, path, query, headers, upgrade, admission| Self {
                method,
                path,
                query,
                headers,
                upgrade,
                admission,
            })
            .boxed()
    }

    /// The other end of the connection, which may be a proxy.
    pub(super) fn peer(&self) -> IpAddr {
        let peer = self.admission.as_ref().map(Admission::peer);
        peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
    }

    /// Who is behind it.
    pub(super) fn address(&self, context: &Context) -> IpAddr {
        context.addresses.client(self.peer(), &self.headers)
    }

    /// Who asks, and what they may do: everybody may draw.
    pub(super) fn principal(&self, context: &Context) -> Principal {
        match &self.admission {
            Some(admission) if admission.is_operators() => Principal::operator(),
            _ => Principal::visitor(&context.visitors, self.address(context)),
        }
    }

    /// How the page is reached, where that is known.
    pub(super) fn scheme(&self, context: &Context) -> Option<Scheme> {
        let admission = self.admission.as_ref()?;
        // Who is in between may have taken TLS off.
        if context.addresses.is_proxy(admission.peer()) {
            return Scheme::forwarded(&self.headers);
        }
        admission.is_encrypted().then_some(Scheme::Https)
    }

    /// Whether pages of the origin that it comes from may have what is on boards.
    pub(super) fn is_welcome(&self, context: &Context) -> bool {
        origin::may_connect(&self.headers, self.scheme(context), &context.origins)
    }
}
