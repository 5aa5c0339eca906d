//! A display list whose curves are fewer and look the same: what a hand drew is many short ones, and files
//! have each in full.
//!
//! Owns how near the same is. Changes nothing but curves.

use board::display::command::Command;
use board::display::{DisplayList, Op};
use kurbo::{CubicBez, ParamCurve as _, Point, QuadBez};

/// How far two curves may be from the one that takes their place, board units.
const NEAR: f64 = 0.03;
/// So often two become one: what is far away by then is three times as far at most.
const PASSES: usize = 3;
/// A path of fewer curves stays as it is.
const FEW: usize = 8;

/// The same list with fewer curves. O(list).
pub(crate) fn lean(list: &DisplayList) -> DisplayList {
    let mut words = Vec::with_capacity(list.words().len());
    let mut run: Vec<CubicBez> = Vec::new();
    let mut own: Vec<u32> = Vec::new();
    let mut pen = Point::ZERO;
    for (command, part) in list.parts() {
        let curve = match command {
            Command::QuadTo(c, p) => Some(QuadBez::new(pen, c, p).raise()),
            Command::CubicTo(c, d, p) => Some(CubicBez::new(pen, c, d, p)),
            _ => None,
        };
        if let Some(curve) = curve {
            pen = curve.p3;
            run.push(curve);
            own.extend_from_slice(part);
            continue;
        }
        end(&mut run, &mut own, &mut words);
        if let Command::MoveTo(p) | Command::LineTo(p) = command {
            pen = p;
        }
        words.extend_from_slice(part);
    }
    end(&mut run, &mut own, &mut words);
    DisplayList::from_words(words)
}

/// Writes a run of curves, leaner if there are many.
fn end(run: &mut Vec<CubicBez>, own: &mut Vec<u32>, words: &mut Vec<u32>) {
    if run.len() < FEW {
        words.append(own);
        run.clear();
        return;
    }
    own.clear();
    (0..PASSES).for_each(|_| join(run));
    let mut list = DisplayList::new();
    for curve in run.drain(..) {
        let [c, d, p] = [curve.p1, curve.p2, curve.p3];
        list.op(Op::CubicTo, &[c.x, c.y, d.x, d.y, p.x, p.y]);
    }
    words.extend(list.into_words());
}

/// Makes one of each two neighbours that are as good as one.
fn join(run: &mut Vec<CubicBez>) {
    let mut joined: Vec<CubicBez> = Vec::with_capacity(run.len());
    let mut curves = run.drain(..).peekable();
    while let Some(curve) = curves.next() {
        match curves.peek().and_then(|next| both(curve, *next)) {
            Some(one) => {
                joined.push(one);
                curves.next();
            }
            None => joined.push(curve),
        }
    }
    drop(curves);
    *run = joined;
}

/// The curve of which these two are the parts (de Casteljau, backwards), if they are nearly.
fn both(a: CubicBez, b: CubicBez) -> Option<CubicBez> {
    let (before, behind) = ((a.p3 - a.p2).hypot(), (b.p1 - b.p0).hypot());
    let part = before / (before + behind);
    if !(0.05..0.95).contains(&part) {
        return None;
    }
    let one = CubicBez::new(
        a.p0,
        a.p0 + (a.p1 - a.p0) / part,
        b.p3 + (b.p2 - b.p3) / (1.0 - part),
        b.p3,
    );
    let is_near = |at: f64, point: Point| (one.eval(at) - point).hypot2() < NEAR * NEAR;
    let near = is_near(part, a.p3)
        && is_near(part / 2.0, a.eval(0.5))
        && is_near((1.0 + part) / 2.0, b.eval(0.5));
    near.then_some(one)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kurbo::{BezPath, Circle, ParamCurveArclen as _, ParamCurveNearest as _, Shape as _};

    /// A path in so many pieces.
    fn pieces(of: CubicBez, count: usize) -> Vec<CubicBez> {
        let at = |i: usize| i as f64 / count as f64;
        (0..count)
            .map(|i| of.subsegment(at(i)..at(i + 1)))
            .collect()
    }

    fn listed(curves: &[CubicBez]) -> DisplayList {
        let mut path = BezPath::new();
        path.move_to(curves[0].p0);
        for curve in curves {
            path.curve_to(curve.p1, curve.p2, curve.p3);
        }
        let mut list = DisplayList::new();
        list.path(&path);
        list.op(Op::Fill, &[]);
        list
    }

    fn curves(list: &DisplayList) -> Vec<CubicBez> {
        let mut pen = Point::ZERO;
        let mut curves = Vec::new();
        for command in list.iter() {
            match command {
                Command::MoveTo(p) => pen = p,
                Command::CubicTo(c, d, p) => {
                    curves.push(CubicBez::new(pen, c, d, p));
                    pen = p;
                }
                _ => {}
            }
        }
        curves
    }

    #[test]
    fn pieces_of_a_curve_become_fewer_and_stay_where_they_are() {
        let bow = CubicBez::new((0.0, 0.0), (40.0, 90.0), (120.0, -60.0), (200.0, 30.0));
        let circle = Circle::new((50.0, 50.0), 40.0).to_path(0.001);
        let round = circle.segments().map(|segment| segment.to_cubic());
        let round: Vec<CubicBez> = round.flat_map(|curve| pieces(curve, 8)).collect();
        for before in [pieces(bow, 16), round] {
            let list = listed(&before);
            let lean = curves(&lean(&list));
            assert!(
                lean.len() * 4 <= before.len(),
                "{} of {}",
                lean.len(),
                before.len()
            );
            for point in before
                .iter()
                .flat_map(|curve| [0.0, 0.3, 0.7, 1.0].map(|t| curve.eval(t)))
            {
                let nearest = lean
                    .iter()
                    .map(|curve| curve.nearest(point, 1e-6).distance_sq);
                let nearest = nearest.fold(f64::INFINITY, f64::min);
                assert!(
                    nearest.sqrt() < 3.0 * NEAR,
                    "{point} is {} away",
                    nearest.sqrt()
                );
            }
            let length = |curves: &[CubicBez]| curves.iter().map(|c| c.arclen(1e-3)).sum::<f64>();
            assert!((length(&lean) - length(&before)).abs() < 0.1);
        }
    }

    #[test]
    fn corners_and_all_else_stay() {
        let bow = CubicBez::new((0.0, 0.0), (40.0, 90.0), (120.0, -60.0), (200.0, 30.0));
        let back = CubicBez::new((200.0, 30.0), (190.0, 200.0), (10.0, 200.0), (0.0, 0.0));
        let mut list = DisplayList::new();
        list.text(Point::new(1.0, 2.0), "words");
        let corner = [pieces(bow, 8), pieces(back, 8)].concat();
        list.append(&listed(&corner));
        list.append(&listed(&[bow, back]));
        let lean = lean(&list);
        let left = curves(&lean);
        assert!(
            left.iter()
                .any(|curve| (curve.p3 - Point::new(200.0, 30.0)).hypot() < 1e-3)
        );
        assert_eq!(&left[left.len() - 2..], [bow, back]);
        let others = |list: &DisplayList| {
            let others = list
                .iter()
                .filter(|command| !matches!(command, Command::CubicTo(..)));
            others.collect::<Vec<_>>()
        };
        assert_eq!(others(&lean), others(&list));
    }
}
