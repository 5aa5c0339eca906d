//! What who draws an elbow arrow relies on.

use std::collections::VecDeque;

use fastrand::Rng;
use kurbo::{Point, Rect};
use proptest::prelude::*;

use super::*;

const GAP: f64 = 5.0;
/// How long the head of a usual arrow is.
const HEAD: f64 = 16.0;

fn on(x: f64, y: f64, w: f64, h: f64) -> Stop {
    Stop::on(Rect::new(x, y, x + w, y + h), GAP)
}

fn leaving(stop: Stop, side: Side) -> Stop {
    Stop {
        leaves: Some(side),
        ..stop
    }
}

fn free(x: f64, y: f64) -> Stop {
    Stop::free(Point::new(x, y))
}

fn points(of: &[(f64, f64)]) -> Vec<Point> {
    of.iter().map(|at| Point::from(*at)).collect()
}

fn crosses(route: &[Point], rect: &Rect) -> bool {
    let inside = rect.inset(-0.01);
    route.windows(2).any(|pair| {
        let way = Rect::from_points(pair[0], pair[1]);
        way.x0 < inside.x1 && inside.x0 < way.x1 && way.y0 < inside.y1 && inside.y0 < way.y1
    })
}

fn last_leg(route: &[Point]) -> f64 {
    length(&route[route.len().saturating_sub(2)..])
}

fn length(route: &[Point]) -> f64 {
    let legs = route.windows(2);
    legs.map(|pair| (pair[1].x - pair[0].x).abs() + (pair[1].y - pair[0].y).abs())
        .sum()
}

#[test]
fn boxes_that_face_each_other_are_joined_by_a_straight_line() {
    let (large, small) = (on(0.0, 0.0, 100.0, 200.0), on(200.0, 20.0, 80.0, 40.0));
    let straight = points(&[(105.0, 40.0), (195.0, 40.0)]);
    assert_eq!(route(&large, &small, &[], &[]), straight);
    let beside = [Rect::new(110.0, 55.0, 190.0, 80.0)];
    assert_eq!(route(&large, &small, &[], &beside), straight);
    let across = [Rect::new(120.0, 60.0, 160.0, 110.0)];
    let tall = on(200.0, 0.0, 80.0, 200.0);
    let past = points(&[(105.0, 130.0), (195.0, 130.0)]);
    assert_eq!(route(&large, &tall, &[], &across), past);
    let point = route(&large, &free(300.0, 150.0), &[], &[]);
    assert_eq!(point, points(&[(105.0, 150.0), (300.0, 150.0)]));
}

#[test]
fn two_sides_that_face_each_other_are_joined_half_way() {
    let from = leaving(on(0.0, 0.0, 100.0, 60.0), Side::Right);
    let to = leaving(on(200.0, 200.0, 100.0, 60.0), Side::Left);
    let z = points(&[(105.0, 30.0), (150.0, 30.0), (150.0, 230.0), (195.0, 230.0)]);
    assert_eq!(route(&from, &to, &[], &[]), z);
}

#[test]
fn one_bend_is_better_than_two() {
    let (from, to) = (on(0.0, 0.0, 100.0, 60.0), on(200.0, 200.0, 100.0, 60.0));
    let corner = points(&[(105.0, 30.0), (250.0, 30.0), (250.0, 195.0)]);
    assert_eq!(route(&from, &to, &[], &[]), corner);
    let free_ends = route(&free(0.0, 0.0), &free(90.0, -70.0), &[], &[]);
    assert_eq!(free_ends, points(&[(0.0, 0.0), (90.0, 0.0), (90.0, -70.0)]));
}

#[test]
fn sides_that_are_fixed_are_kept_even_if_they_look_away() {
    let from = leaving(on(0.0, 0.0, 100.0, 60.0), Side::Left);
    let to = leaving(on(300.0, 0.0, 100.0, 60.0), Side::Right);
    let way = route(&from, &to, &[], &[]);
    assert_eq!(
        (way[0], way[way.len() - 1]),
        ((-5.0, 30.0).into(), (405.0, 30.0).into())
    );
    assert_eq!(way.len(), 6, "{way:?}");
    assert!(way[1].x < way[0].x && way[4].x > way[5].x);
    assert!(!crosses(&way, &from.body.unwrap()) && !crosses(&way, &to.body.unwrap()));
}

#[test]
fn an_end_that_is_meant_for_a_place_beside_the_middle_is_there() {
    let to = Stop {
        at: Point::new(290.0, 290.0),
        ..on(200.0, 200.0, 100.0, 100.0)
    };
    let from = on(0.0, 0.0, 100.0, 60.0);
    let way = route(&from, &to, &[], &[]);
    let end = way[way.len() - 1];
    assert!(
        end == Point::new(290.0, 195.0) || end == Point::new(195.0, 290.0),
        "{way:?}"
    );
}

#[test]
fn an_arrow_from_a_box_to_itself_is_a_loop() {
    let body = on(0.0, 0.0, 100.0, 60.0);
    let (from, to) = (leaving(body, Side::Right), leaving(body, Side::Top));
    let way = route(&from, &to, &[], &[]);
    assert_eq!(
        (way[0], way[way.len() - 1]),
        ((105.0, 30.0).into(), (50.0, -5.0).into())
    );
    assert!(!crosses(&way, &body.body.unwrap()), "{way:?}");
}

#[test]
fn what_is_in_a_box_is_joined_to_it_from_inside() {
    let (outer, inner) = (on(0.0, 0.0, 400.0, 300.0), on(150.0, 60.0, 80.0, 60.0));
    let way = route(&outer, &inner, &[], &[]);
    assert_eq!(way, points(&[(190.0, 5.0), (190.0, 55.0)]));
}

#[test]
fn a_route_keeps_its_distance_where_there_is_room() {
    let (from, to) = (on(0.0, 0.0, 100.0, 60.0), on(400.0, 0.0, 100.0, 60.0));
    let wall = Rect::new(200.0, -100.0, 260.0, 90.0);
    let way = route(&from, &to, &[], &[wall]);
    assert!(!crosses(&way, &wall.inflate(19.0, 19.0)), "{way:?}");
    assert_eq!(way.len(), 4, "{way:?}");
}

#[test]
fn a_gap_is_passed_in_its_middle() {
    let (from, to) = (free(0.0, 0.0), free(400.0, 200.0));
    let (from, to) = (leaving(from, Side::Right), leaving(to, Side::Left));
    let walls = [
        Rect::new(60.0, -300.0, 250.0, -10.0),
        Rect::new(60.0, 10.0, 250.0, 500.0),
        Rect::new(280.0, -300.0, 330.0, 190.0),
        Rect::new(280.0, 210.0, 330.0, 500.0),
    ];
    let way = route(&from, &to, &[], &walls);
    let middle = points(&[(0.0, 0.0), (265.0, 0.0), (265.0, 200.0), (400.0, 200.0)]);
    assert_eq!(way, middle);
}

#[test]
fn obstacles_are_those_nearest_to_the_way() {
    let (from, to) = (on(0.0, 0.0, 100.0, 60.0), on(400.0, 0.0, 100.0, 60.0));
    let ids = ids(40);
    let far = Rect::new(0.0, 170.0, 20.0, 190.0);
    let beside = Rect::new(0.0, 140.0, 20.0, 155.0);
    let between = Rect::new(200.0, 0.0, 260.0, 60.0);
    let of = |rects: &[Rect]| {
        let candidates = named(&ids, rects);
        obstacles_between(&from, &to, &mut candidates.into_iter())
    };
    assert_eq!(of(&[far, beside, between]), [between, beside]);
    let many = vec![between; 40];
    assert_eq!(of(&many).len(), MAX_OBSTACLES);
    let backwards = named(&ids, &many).into_iter().rev();
    assert_eq!(obstacles_between(&from, &to, &mut { backwards }), of(&many));
}

fn ids(count: usize) -> Vec<String> {
    (0..count).map(|i| format!("{i:02}")).collect()
}

fn named<'a>(ids: &'a [String], boxes: &[Rect]) -> Vec<(&'a str, Rect)> {
    let names = ids.iter().map(String::as_str);
    names.zip(boxes.iter().copied()).collect()
}

/// Boxes that are apart by less than any margin, on an area of 800 by 600.
fn scene(rng: &mut Rng, count: usize) -> Vec<Rect> {
    let mut boxes: Vec<Rect> = Vec::new();
    while boxes.len() < count {
        let (x, y) = (rng.u32(0..100) * 8, rng.u32(0..75) * 8);
        let (w, h) = (rng.u32(4..16) * 8, rng.u32(3..12) * 8);
        let rect = Rect::new(x.into(), y.into(), (x + w).into(), (y + h).into());
        if boxes
            .iter()
            .all(|other| !other.inflate(15.0, 15.0).overlaps(rect))
        {
            boxes.push(rect);
        }
    }
    boxes
}

/// The shortest way from beside one box to beside another on a grid of 8 units, by breadth first.
fn shortest(from: Rect, to: Rect, obstacles: &[Rect]) -> Option<f64> {
    const CELL: f64 = 8.0;
    let (wide, high) = (160_usize, 140_usize);
    let place = |i: usize| {
        let (x, y) = ((i % wide) as f64, (i / wide) as f64);
        Point::new(x * CELL - 240.0, y * CELL - 240.0)
    };
    let strictly_in = |rect: &Rect, at: Point| {
        rect.x0 < at.x && at.x < rect.x1 && rect.y0 < at.y && at.y < rect.y1
    };
    let blocked = |at: Point| {
        let mut all = obstacles.iter().chain([&from, &to]);
        all.any(|rect| strictly_in(rect, at))
    };
    let beside = |rect: Rect, at: Point| {
        let around = rect.inflate(CELL * 1.5, CELL * 1.5);
        strictly_in(&around, at)
    };
    let mut steps = vec![usize::MAX; wide * high];
    let mut queue = VecDeque::new();
    for (i, steps) in steps.iter_mut().enumerate() {
        if beside(from, place(i)) && !blocked(place(i)) {
            *steps = 0;
            queue.push_back(i);
        }
    }
    while let Some(i) = queue.pop_front() {
        if beside(to, place(i)) {
            return Some(steps[i] as f64 * CELL);
        }
        let (x, y) = (i % wide, i / wide);
        let mut next = Vec::new();
        next.extend((x > 0).then(|| i - 1));
        next.extend((x + 1 < wide).then(|| i + 1));
        next.extend((y > 0).then(|| i - wide));
        next.extend((y + 1 < high).then(|| i + wide));
        for i_next in next {
            if steps[i_next] == usize::MAX && !blocked(place(i_next)) {
                steps[i_next] = steps[i] + 1;
                queue.push_back(i_next);
            }
        }
    }
    None
}

/// The route around what of these counts as an obstacle.
fn around(from: &Stop, to: &Stop, boxes: &[Rect]) -> Vec<Point> {
    let ids = ids(boxes.len());
    let obstacles = obstacles_between(from, to, &mut named(&ids, boxes).into_iter());
    route(from, to, &[], &obstacles)
}

#[test]
fn routes_cross_nothing_where_there_is_a_way_around() {
    let (mut possible, mut crossed, mut longest) = (0, Vec::new(), 0.0_f64);
    let mut short = 0;
    for seed in 0..100 {
        let mut boxes = scene(&mut Rng::with_seed(seed), 20);
        let (from, to) = (boxes.remove(0), boxes.remove(0));
        let direct = length(&[from.center(), to.center()]);
        let Some(least) = shortest(from, to, &boxes).filter(|least| *least <= 3.0 * direct) else {
            continue;
        };
        possible += 1;
        let stop = |rect: Rect, head: f64| Stop {
            head,
            ..Stop::on(rect, GAP)
        };
        // The second way ends in a head.
        let way = around(&stop(from, 0.0), &stop(to, 0.0), &boxes);
        let headed = around(&stop(from, 0.0), &stop(to, HEAD), &boxes);
        let is_crossed = |way: &[Point]| {
            let mut all = boxes.iter().chain([&from, &to]);
            all.any(|rect| crosses(way, rect))
        };
        if is_crossed(&way) || is_crossed(&headed) {
            crossed.push(seed);
        }
        short += usize::from(headed.len() > 2 && last_leg(&headed) < HEAD + 4.0);
        longest = longest.max(length(&way) / least.max(direct));
    }
    println!("{possible} scenes with a way, crossed in seeds {crossed:?}, longest {longest:.2}");
    println!("{short} with a last leg that is too short for a head");
    assert!(possible >= 90, "{possible}");
    assert!(
        crossed.len() * 20 <= possible,
        "seeds {crossed:?} of {possible}"
    );
    assert!(short * 20 <= possible, "{short} of {possible}");
}

fn coordinate() -> impl Strategy<Value = f64> {
    prop_oneof![
        6 => (-400..400).prop_map(|v| f64::from(v) * 1.37),
        3 => (-8..8).prop_map(|v| f64::from(v) * 40.0),
        1 => prop_oneof![Just(f64::NAN), Just(1e300), Just(-1e7), Just(f64::INFINITY)],
    ]
}

fn rect() -> impl Strategy<Value = Rect> {
    let size = || prop_oneof![3 => (0..200).prop_map(f64::from), 1 => Just(0.0)];
    (coordinate(), coordinate(), size(), size())
        .prop_map(|(x, y, w, h)| Rect::new(x, y, x + w, y + h))
}

fn side() -> impl Strategy<Value = Option<Side>> {
    prop_oneof![
        4 => Just(None),
        1 => (0..4_usize).prop_map(|i| Some(Side::ALL[i])),
    ]
}

fn stop() -> impl Strategy<Value = Stop> {
    let body = prop_oneof![2 => rect().prop_map(Some), 1 => Just(None)];
    let share = || (0..=10).prop_map(|v| f64::from(v) / 10.0);
    let gap = prop_oneof![Just(0.0), Just(5.0), Just(60.0), Just(f64::NAN)];
    let head = prop_oneof![Just(0.0), Just(16.0), Just(54.0), Just(f64::NAN)];
    (
        body,
        coordinate(),
        coordinate(),
        share(),
        share(),
        side(),
        gap,
        head,
    )
        .prop_map(|(body, x, y, u, v, leaves, gap, head)| Stop {
            at: body.map_or(Point::new(x, y), |body| {
                Point::new(body.x0 + u * body.width(), body.y0 + v * body.height())
            }),
            body,
            leaves,
            gap,
            head,
            tips: Tips::default(),
        })
}

fn snapped(at: Point) -> Point {
    Spot::of(at).point()
}

/// Whether a place is as far from one of the sides as it should be, and beside it.
fn is_end_of(stop: &Stop, at: Point) -> bool {
    let Some(body) = stop.body else {
        return at == snapped(stop.at);
    };
    let (near, far) = (
        snapped(body.origin()),
        snapped(Point::new(body.x1, body.y1)),
    );
    let gap = if stop.gap.is_nan() { 0.0 } else { stop.gap };
    let level = near.y <= at.y && at.y <= far.y;
    let upright = near.x <= at.x && at.x <= far.x;
    let off = |edge: f64, v: f64| (edge - v).abs() == gap;
    (level && (off(near.x, at.x) || off(far.x, at.x)))
        || (upright && (off(near.y, at.y) || off(far.y, at.y)))
}

fn passes(route: &[Point], at: Point) -> bool {
    let on = |pair: &[Point]| {
        let way = Rect::from_points(pair[0], pair[1]);
        way.x0 <= at.x && at.x <= way.x1 && way.y0 <= at.y && at.y <= way.y1
    };
    route == [at] || route.windows(2).any(on)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_is_asked_for_a_route_is_one(
        from in stop(),
        to in stop(),
        through in prop::collection::vec((coordinate(), coordinate()), 0..4),
        obstacles in prop::collection::vec(rect(), 0..12),
    ) {
        let through: Vec<Point> = through.into_iter().map(Point::from).collect();
        let way = route(&from, &to, &through, &obstacles);
        prop_assert!(!way.is_empty());
        prop_assert!(is_end_of(&from, way[0]), "{:?}", way);
        prop_assert!(is_end_of(&to, way[way.len() - 1]), "{:?}", way);
        for pair in way.windows(2) {
            let level = pair[0].y == pair[1].y;
            prop_assert!(level != (pair[0].x == pair[1].x), "{:?}", way);
        }
        for three in way.windows(3) {
            let level = three[0].y == three[1].y;
            prop_assert!(level != (three[1].y == three[2].y), "{:?}", way);
        }
        for at in &through {
            prop_assert!(passes(&way, snapped(*at)), "{:?} {:?}", at, way);
        }
        let most = (through.len() + 1) * (8 + 4 * obstacles.len());
        prop_assert!(way.len() <= most, "{} of {most}", way.len());
        prop_assert_eq!(&way, &route(&from, &to, &through, &obstacles));
    }

    #[test]
    fn exchanged_stops_are_joined_by_the_same_way(
        from in stop(),
        to in stop(),
        obstacles in prop::collection::vec(rect(), 0..12),
    ) {
        let held = from.body.is_some() || to.body.is_some();
        prop_assume!(held && Spot::of(from.at) != Spot::of(to.at));
        let mut back = route(&to, &from, &[], &obstacles);
        back.reverse();
        prop_assert_eq!(route(&from, &to, &[], &obstacles), back);
    }
}
