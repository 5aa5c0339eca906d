//! Whose word counts, and what that costs.

use board::presence;

use super::*;

fn peer(number: u64) -> PeerId {
    PeerId(number)
}

fn says(client: u64, clock: u32, state: Option<&str>) -> Vec<u8> {
    let client = ClientId::new(client).unwrap();
    let state = state.map(Into::into);
    encode(&[Entry {
        client,
        clock,
        state,
    }])
}

fn told(messages: &[Vec<u8>]) -> Vec<(u64, bool)> {
    let entries = messages.iter().flat_map(|m| presence::decode(m).unwrap());
    let mut told: Vec<_> = entries
        .map(|entry| (entry.client.get(), entry.state.is_some()))
        .collect();
    told.sort_unstable();
    told
}

#[test]
fn who_left_is_told_to_whoever_may_have_missed_it() {
    let mut presence = Presence::new(10, 1 << 20);
    presence
        .hear(0, peer(1), true, &says(5, 1, Some("{}")))
        .unwrap();
    presence
        .hear(0, peer(2), true, &says(6, 1, Some("{}")))
        .unwrap();
    presence.leave(10, peer(1));
    presence.tick(10 + GRACE);
    assert_eq!(told(&presence.everybody(false)), [(6, true)]);
    assert_eq!(told(&presence.everybody(true)), [(5, false), (6, true)]);
    presence.tick(10 + GRACE + REMEMBER);
    assert_eq!(told(&presence.everybody(true)), [(6, true)]);
}

#[test]
fn no_more_goodbyes_are_remembered_than_people_may_be_here() {
    let mut presence = Presence::new(3, 1 << 20);
    let hello_and_goodbye = |presence: &mut Presence, client: u64| {
        let (now, who) = (client * 100, peer(client));
        let hello = says(client, 1, Some("{}"));
        presence.hear(now, who, true, &hello).unwrap();
        let goodbye = says(client, 2, None);
        presence.hear(now, who, false, &goodbye).unwrap();
    };
    for client in 1..=5 {
        hello_and_goodbye(&mut presence, client);
    }
    let all = (1..=5).map(|client| (client, false));
    let (goodbyes, _) = presence.flush(600).unwrap();
    assert_eq!(told(&goodbyes), all.collect::<Vec<_>>(), "each is told");
    presence.tick(600);
    let last = [(3, false), (4, false), (5, false)];
    assert_eq!(told(&presence.everybody(true)), last);
    // Whoever comes makes the next be forgotten, without a tick.
    hello_and_goodbye(&mut presence, 6);
    let last = [(4, false), (5, false), (6, false)];
    assert_eq!(told(&presence.everybody(true)), last);
}

#[test]
fn an_echo_is_not_even_judged() {
    let mut presence = Presence::new(10, 1 << 20);
    presence
        .hear(0, peer(1), true, &says(5, 3, Some("{}")))
        .unwrap();
    let echo = says(5, 2, Some("{no json"));
    assert_eq!(presence.hear(0, peer(2), false, &echo), Ok(()));
    let own = says(6, 2, Some("{no json"));
    let refused = presence.hear(0, peer(2), false, &own);
    assert_eq!(refused, Err(PresenceError::NotJson));
}

#[test]
fn the_indexes_are_those_of_the_seats_whatever_happens() {
    let mut random = fastrand::Rng::with_seed(20_261_124);
    let mut presence = Presence::new(20, 20 * 200);
    let mut now = 0;
    for _ in 0..20_000 {
        now += random.u64(0..2_000);
        let who = peer(random.u64(0..12));
        match random.u32(0..10) {
            0 => presence.leave(now, who),
            1 | 2 => presence.tick(now),
            3 => drop(presence.flush(now)),
            _ => {
                let text = format!("\"{}\"", "x".repeat(random.usize(0..150)));
                let state = (random.u32(0..5) > 0).then_some(&*text);
                let message = says(random.u64(1..40), random.u32(0..50), state);
                presence.hear(now, who, random.bool(), &message).unwrap();
            }
        }
        let here = presence.seats.iter().filter(|(_, s)| s.state.is_some());
        assert_eq!(here.count(), presence.seats.here());
        let bytes = presence.seats.iter().map(|(_, seat)| seat.bytes());
        assert_eq!(bytes.sum::<usize>(), presence.seats.bytes());
        assert!(presence.seats.here() <= 20 && presence.seats.bytes() <= 20 * 200);
        for number in 0..12 {
            let owned = presence.seats.of(peer(number));
            let owner = |c: &ClientId| presence.seats.get(*c).unwrap().owner;
            assert!(owned.iter().all(|c| owner(c) == Some(peer(number))));
            assert!(owned.len() <= MAX_CLIENTS);
        }
    }
}
