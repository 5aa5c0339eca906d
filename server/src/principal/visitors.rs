//! How visitors get the numbers of their actors.
//!
//! Owns how many a network gets in an hour: whoever opens one connection after the other must not
//! fill the table of actors. Knows no connection.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::ActorId;
use crate::addresses::household;

/// How many visitors of one network are told apart within an hour; the others are one.
const MOST: u32 = 100;
const HOUR: Duration = Duration::from_secs(3600);
/// Most networks that are remembered; beyond them all visitors of all others are one.
const NETWORKS: usize = 10_000;

/// Gives visitors their numbers.
#[derive(Debug, Default)]
pub struct Visitors {
    networks: Mutex<HashMap<IpAddr, Hour>>,
}

/// What a network got within an hour.
#[derive(Debug)]
struct Hour {
    began: Instant,
    told_apart: u32,
    /// Who all others are.
    others: Option<ActorId>,
}

impl Visitors {
    /// The number of one more visitor.
    pub(super) fn number(&self, address: IpAddr) -> ActorId {
        let mut networks = self.networks.lock().unwrap_or_else(PoisonError::into_inner);
        number(&mut networks, household(address), Instant::now(), random)
    }
}

fn number(
    networks: &mut HashMap<IpAddr, Hour>,
    network: IpAddr,
    now: Instant,
    random: impl FnOnce() -> Option<u64>,
) -> ActorId {
    if networks.len() >= NETWORKS && !networks.contains_key(&network) {
        networks.retain(|_, hour| now < hour.began + HOUR);
        if networks.len() >= NETWORKS {
            return ActorId::CROWD;
        }
    }
    let fresh = || Hour {
        began: now,
        told_apart: 0,
        others: None,
    };
    let hour = networks.entry(network).or_insert_with(fresh);
    if now >= hour.began + HOUR {
        *hour = fresh();
    }
    if let Some(others) = hour.others {
        return others;
    }
    let id = random().map_or(ActorId::CROWD, ActorId::from_random);
    if hour.told_apart < MOST {
        hour.told_apart += 1;
    } else {
        hour.others = Some(id);
    }
    id
}

fn random() -> Option<u64> {
    let drawn = getrandom::u64();
    if let Err(error) = &drawn {
        tracing::error!(%error, "no random numbers: visitors are not told apart");
    }
    drawn.ok()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::net::Ipv4Addr;

    use super::*;

    /// Visitors who come one after the other at a time.
    struct Door {
        networks: HashMap<IpAddr, Hour>,
        bits: u64,
    }

    impl Door {
        fn new() -> Self {
            Self {
                networks: HashMap::new(),
                bits: 0,
            }
        }

        fn number(&mut self, network: u32, now: Instant) -> ActorId {
            self.bits += 1 << 20;
            let network = Ipv4Addr::from_bits(network).into();
            number(&mut self.networks, network, now, || Some(self.bits))
        }
    }

    #[test]
    fn a_hundred_of_one_network_are_told_apart_in_an_hour_and_the_others_are_one() {
        let (mut door, began) = (Door::new(), Instant::now());
        let apart: HashSet<_> = (0..100).map(|_| door.number(1, began)).collect();
        assert_eq!(apart.len(), 100);
        let others: HashSet<_> = (0..500).map(|_| door.number(1, began)).collect();
        assert_eq!(others.len(), 1);
        assert!(apart.is_disjoint(&others));
        assert!(!others.contains(&door.number(2, began)), "another network");
        let later = door.number(1, began + HOUR);
        assert!(!apart.contains(&later) && !others.contains(&later));
    }

    #[test]
    fn what_is_remembered_of_networks_is_bounded() {
        let (mut door, began) = (Door::new(), Instant::now());
        for network in 0..NETWORKS as u32 {
            assert_ne!(door.number(network, began), ActorId::CROWD);
        }
        assert_eq!(door.number(u32::MAX, began), ActorId::CROWD);
        assert_ne!(door.number(7, began), ActorId::CROWD, "it is known");
        assert_ne!(door.number(u32::MAX, began + HOUR), ActorId::CROWD);
        assert_eq!(door.networks.len(), 1);
    }

    #[test]
    fn without_random_numbers_visitors_are_the_crowd() {
        let network = Ipv4Addr::LOCALHOST.into();
        let id = number(&mut HashMap::new(), network, Instant::now(), || None);
        assert_eq!(id, ActorId::CROWD);
    }
}
