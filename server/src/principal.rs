//! Who somebody is to this server, and what they may do.
//!
//! Owns actors, roles, and the one place where a principal is made, for HTTP, WebSockets and the
//! command line alike. Knows no board and no route.

mod visitors;

use std::fmt;
use std::net::IpAddr;
use std::sync::{Arc, OnceLock};

pub use self::visitors::Visitors;
use crate::room::Millis;

/// Who did something, for ever: rows of boards' logs name it. A number between 0 and 2⁵³.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActorId(u64);

impl ActorId {
    /// Whoever it was: the rows from before there were actors.
    pub const UNKNOWN: Self = Self(0);
    /// Whoever has the data directory.
    pub const OPERATOR: Self = Self(1);
    /// Visitors who cannot be told apart.
    pub const CROWD: Self = Self(2);
    /// Numbers below it have a meaning of their own.
    const FIRST_VISITOR: u64 = 16;

    /// A visitor's, from random bits.
    fn from_random(bits: u64) -> Self {
        Self((bits >> 11).max(Self::FIRST_VISITOR))
    }

    /// As the store has it; `None` when it is no actor's.
    pub(crate) fn read(stored: i64) -> Option<Self> {
        let number = stored.cast_unsigned();
        (number < 1 << 53).then_some(Self(number))
    }

    /// For the store.
    pub(crate) fn number(self) -> i64 {
        self.0.cast_signed()
    }

    /// What it is, for the table of actors.
    pub(crate) fn kind(self) -> &'static str {
        match self {
            Self::OPERATOR => "operator",
            _ => "visitor",
        }
    }
}

impl fmt::Display for ActorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// An actor, who may not have a number yet: visitors get theirs with the first row that they bring,
/// never by looking.
#[derive(Debug, Clone)]
pub struct Actor(Who);

#[derive(Debug, Clone)]
enum Who {
    Known(ActorId),
    Visitor(Arc<Visitor>),
}

/// Who comes by one connection and has said nothing of themselves.
#[derive(Debug)]
struct Visitor {
    visitors: Arc<Visitors>,
    address: IpAddr,
    id: OnceLock<ActorId>,
}

impl Actor {
    /// Its number, which it has for ever from now on.
    pub fn id(&self) -> ActorId {
        match &self.0 {
            Who::Known(id) => *id,
            Who::Visitor(visitor) => *visitor
                .id
                .get_or_init(|| visitor.visitors.number(visitor.address)),
        }
    }
}

impl PartialEq for Actor {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Who::Known(one), Who::Known(other)) => one == other,
            (Who::Visitor(one), Who::Visitor(other)) => Arc::ptr_eq(one, other),
            _ => false,
        }
    }
}

impl Eq for Actor {}

impl From<ActorId> for Actor {
    fn from(id: ActorId) -> Self {
        Self(Who::Known(id))
    }
}

/// What somebody may do with a board; each role contains those before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// See it.
    View,
    /// Change it.
    Draw,
    /// Decide about it.
    Own,
}

/// Who somebody is, as far as a board is concerned.
#[derive(Debug, Clone)]
pub struct Principal {
    /// Who it is.
    pub actor: Actor,
    /// What they may do.
    pub role: Role,
    /// How long, on the clock of the rooms; `None` for as long as they like.
    pub until: Option<Millis>,
}

impl Principal {
    /// Whoever has the data directory.
    pub fn operator() -> Self {
        Self {
            actor: ActorId::OPERATOR.into(),
            role: Role::Own,
            until: None,
        }
    }

    /// Whoever comes from an address and says nothing of themselves: everybody may draw.
    pub fn visitor(visitors: &Arc<Visitors>, address: IpAddr) -> Self {
        let visitor = Visitor {
            visitors: Arc::clone(visitors),
            address,
            id: OnceLock::new(),
        };
        Self {
            actor: Actor(Who::Visitor(Arc::new(visitor))),
            role: Role::Draw,
            until: None,
        }
    }

    /// Whether they may do now what takes a role.
    pub fn may(&self, role: Role, now: Millis) -> bool {
        self.role >= role && self.until.is_none_or(|until| now < until)
    }
}
