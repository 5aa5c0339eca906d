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
    assert_eq!(presence.hear(0, peer(2), false, &echo), Ok(vec![]));
    let own = says(6, 2, Some("{no json"));
    let refused = presence.hear(0, peer(2), false, &own);
    assert_eq!(refused, Err(PresenceError::NotJson));
}

/// Says it, or panics.
fn hear(presence: &mut Presence, now: Millis, who: u64, first: bool, message: &[u8]) {
    presence.hear(now, peer(who), first, message).unwrap();
}

/// Lets everything happen that is due by then, and what is told of it: clients, clocks, states.
fn until(presence: &mut Presence, now: Millis) -> Vec<(u64, u32, Option<String>)> {
    let mut told = Vec::new();
    while let Some(due) = presence.wake_at().filter(|due| *due <= now) {
        presence.tick(due);
        let (messages, _) = presence.flush(due).unwrap_or_default();
        for entry in messages.iter().flat_map(|m| presence::decode(m).unwrap()) {
            let state = entry.state.map(|state| state.to_string());
            told.push((entry.client.get(), entry.clock, state));
        }
    }
    told
}

fn shown(clock: u32, state: &str) -> (u64, u32, Option<String>) {
    (5, clock, Some(state.to_owned()))
}

fn gone(clock: u32) -> (u64, u32, Option<String>) {
    (5, clock, None)
}

/// Somebody whose first connection is half-open, and who has said something newer on a second one.
fn half_open() -> Presence {
    let mut presence = Presence::new(10, 1 << 20);
    hear(&mut presence, 0, 1, true, &says(5, 1, Some("1")));
    assert_eq!(until(&mut presence, 0), [shown(1, "1")]);
    hear(&mut presence, 10_000, 2, true, &says(5, 2, Some("2")));
    assert_eq!(until(&mut presence, 11_000), [], "the first may be alive");
    presence
}

#[test]
fn whoever_reconnected_stays_when_the_old_connection_breaks_at_last() {
    let mut presence = half_open();
    presence.leave(12_000, peer(1));
    assert_eq!(until(&mut presence, 20_000), [shown(2, "2")]);
    assert_eq!(until(&mut presence, 200_000), []);
    presence.leave(200_000, peer(2));
    assert_eq!(until(&mut presence, 201_999), []);
    assert_eq!(until(&mut presence, 202_000), [gone(2)]);
}

#[test]
fn whoever_reconnected_is_heard_when_the_old_connection_has_long_been_silent() {
    let mut presence = half_open();
    assert_eq!(until(&mut presence, SILENT), [shown(2, "2")]);
    presence.leave(30_000, peer(1));
    assert_eq!(until(&mut presence, 40_000), []);
    hear(&mut presence, 40_000, 2, false, &says(5, 3, Some("3")));
    assert_eq!(until(&mut presence, 40_000), [shown(3, "3")]);
    presence.leave(50_000, peer(2));
    assert_eq!(until(&mut presence, 50_000 + GRACE), [gone(3)]);
}

#[test]
fn an_echo_keeps_nobody_here_even_as_a_first_word() {
    let mut presence = Presence::new(10, 1 << 20);
    hear(&mut presence, 0, 1, true, &says(5, 1, Some("1")));
    hear(&mut presence, 1_000, 2, true, &says(5, 1, Some("1")));
    presence.leave(2_000, peer(1));
    let told = until(&mut presence, 20_000);
    assert_eq!(told, [shown(1, "1"), gone(1)]);
}

#[test]
fn whoever_came_back_and_went_again_is_not_shown() {
    let mut presence = half_open();
    presence.leave(12_000, peer(2));
    assert_eq!(until(&mut presence, SILENT), []);
    let mut presence = half_open();
    hear(&mut presence, 12_000, 2, false, &says(5, 3, None));
    assert_eq!(until(&mut presence, SILENT), []);
    presence.leave(SILENT, peer(1));
    assert_eq!(until(&mut presence, SILENT + GRACE), [gone(1)]);
}

#[test]
fn a_stranger_takes_nobodys_place_while_they_speak() {
    let mut presence = Presence::new(10, 1 << 20);
    for clock in 1..100 {
        let now = Millis::from(clock) * 15_000;
        let ann = says(5, clock, Some("\"Ann\""));
        hear(&mut presence, now, 1, clock == 1, &ann);
        let eve = says(5, 1_000 + clock, Some("\"Eve\""));
        hear(&mut presence, now + 5_000, 2, clock == 1, &eve);
        let told = until(&mut presence, now + 10_000);
        assert_eq!(told, [shown(clock, "\"Ann\"")]);
    }
    // What was said before Ann's last word does not count when she leaves.
    hear(&mut presence, 1_500_000, 1, false, &says(7, 1, None));
    presence.leave(1_500_000, peer(1));
    assert_eq!(until(&mut presence, 1_510_000), [gone(99)]);
}

#[test]
fn whoever_comes_back_after_a_moment_is_heard_before_a_stranger_who_waits() {
    let mut presence = half_open();
    presence.leave(12_000, peer(1));
    assert_eq!(until(&mut presence, 13_000), []);
    hear(&mut presence, 13_000, 3, true, &says(5, 1, Some("1")));
    assert_eq!(until(&mut presence, 37_000), [shown(1, "1")]);
}

#[test]
fn claims_take_nobodys_place_on_a_full_board_and_make_way_first() {
    let mut presence = Presence::new(3, 1 << 20);
    hear(&mut presence, 0, 1, true, &says(5, 1, Some("1")));
    hear(&mut presence, 0, 3, true, &says(6, 1, Some("6")));
    hear(&mut presence, 0, 2, true, &says(5, 2, Some("2")));
    hear(&mut presence, 0, 4, true, &says(6, 2, Some("6")));
    hear(&mut presence, 0, 7, true, &says(7, 1, Some("7")));
    let everybody = [(5, true), (6, true), (7, true)];
    assert_eq!(told(&presence.everybody(true)), everybody);
    presence.leave(1_000, peer(1));
    presence.tick(1_000 + GRACE);
    let now = told(&presence.everybody(true));
    assert_eq!(now, [(5, false), (6, true), (7, true)]);
}

#[test]
fn the_indexes_are_those_of_the_seats_whatever_happens() {
    let mut random = fastrand::Rng::with_seed(20_261_124);
    let mut presence = Presence::new(20, 20 * 200);
    let mut now = 0;
    let mut most_waited = 0;
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
        assert!(presence.taken() <= 20);
        assert!(presence.seats.bytes() + presence.heirs.bytes() <= 20 * 200);
        most_waited = most_waited.max(presence.heirs.len());
        let mut waiting = 0;
        for number in 0..12 {
            let claims = presence.heirs.of(peer(number));
            waiting += claims.len();
            assert!(claims.len() + presence.seats.of(peer(number)).len() <= MAX_CLIENTS);
            let owned = presence.seats.of(peer(number));
            let owner = |c: &ClientId| presence.seats.get(*c).unwrap().owner;
            assert!(owned.iter().all(|c| owner(c) == Some(peer(number))));
        }
        assert_eq!(waiting, presence.heirs.len());
        if waiting == 0 {
            assert_eq!(presence.heirs.bytes(), 0);
        }
    }
    assert!(most_waited > 2, "{most_waited}");
}
