//! A signature as it was written: strokes, redrawn as vectors.

use serde::{Deserialize, Serialize};

use thiserror::Error;

use super::{Colour, Page};

/// Where the pen was, in hundredths of the pad's pixels from its upper left corner, and when (milliseconds since the
/// first touch; kept as evidence, not drawn).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct InkPoint {
    /// To the right, in 1/100 px.
    pub x: i32,
    /// Downwards, in 1/100 px.
    pub y: i32,
    /// Milliseconds since the first touch.
    pub at: u32,
}

/// A written signature: each stroke from pen down to pen up, and the size of the pad in pixels.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Ink {
    /// The strokes in the order they were written.
    pub strokes: Vec<Vec<InkPoint>>,
    /// The pad's width and height in px.
    pub pad: (u32, u32),
}

/// Why what was written is no signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum InkRefused {
    /// Nothing was written.
    #[error("nothing was written")]
    Empty,
    /// A tap, a slip of the pen, a mark too short or too small to be anyone's hand.
    #[error("too little was written to be a signature")]
    TooSmall,
}

impl Ink {
    /// Refuses a pad that was only touched. A signature takes at least eight points, covers 40 px in its longer
    /// direction, and its pen went 60 px: less than the shortest initials, more than a slip.
    pub fn check(&self) -> Result<(), InkRefused> {
        let points = || self.strokes.iter().flatten();
        let span = |of: fn(&InkPoint) -> i32| {
            let (low, high) = (points().map(of).min(), points().map(of).max());
            low.zip(high).map_or(0, |(low, high)| i64::from(high) - i64::from(low))
        };
        let steps = self.strokes.iter().flat_map(|stroke| stroke.windows(2));
        let way: u64 = steps
            .map(|step| match step {
                [from, to] => u64::from(from.x.abs_diff(to.x).max(from.y.abs_diff(to.y))),
                _ => 0,
            })
            .sum();
        match points().count() {
            0 => Err(InkRefused::Empty),
            count if count < 8 || way < 6_000 || span(|p| p.x).max(span(|p| p.y)) < 4_000 => Err(InkRefused::TooSmall),
            _ => Ok(()),
        }
    }
}

/// Draws the ink into a box whose upper left corner is at (`x`, `y`), standing on the box's lower edge, never larger
/// than the pad was drawn and never distorted.
pub(crate) fn draw_ink(page: &mut Page<'_>, ink: &Ink, x: f32, y: f32, width: f32, height: f32) {
    let points = || ink.strokes.iter().flatten();
    let (Some(left), Some(right)) = (points().map(|p| p.x).min(), points().map(|p| p.x).max()) else { return };
    let (Some(top), Some(bottom)) = (points().map(|p| p.y).min(), points().map(|p| p.y).max()) else { return };
    let pad = (pixels(i64::from(ink.pad.0) * 100).max(1.0), pixels(i64::from(ink.pad.1) * 100).max(1.0));
    let span = |low: i32, high: i32| pixels(i64::from(high) - i64::from(low)).max(1.0);
    // A small signature stays small: the pad's own width is fitted to one and a half boxes at most.
    let scale = (width / span(left, right)).min(height / span(top, bottom)).min(1.5 * width / pad.0);
    let place = |p: &InkPoint| {
        (
            x + pixels(i64::from(p.x) - i64::from(left)) * scale,
            y + height - pixels(i64::from(bottom) - i64::from(p.y)) * scale,
        )
    };
    for stroke in &ink.strokes {
        let points: Vec<(f32, f32)> = stroke.iter().map(place).collect();
        match points.as_slice() {
            [] => {}
            // A dot: a line of no length has no ends in some viewers.
            [(x, y)] => page.stroke(&[(*x, *y), (x + 0.3, *y)], 1.1, Colour::Pen),
            points => page.stroke(&smooth(points), 1.1, Colour::Pen),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a pad is far smaller than 2^23 hundredths of a pixel")]
fn pixels(hundredths: i64) -> f32 {
    hundredths as f32 / 100.0
}

/// A curve through all points (Catmull–Rom), four steps between two.
fn smooth(points: &[(f32, f32)]) -> Vec<(f32, f32)> {
    let at = |index: usize| points.get(index.min(points.len() - 1)).copied().unwrap_or_default();
    let mut curve = vec![at(0)];
    for index in 0..points.len() - 1 {
        let (a, b, c, d) = (at(index.saturating_sub(1)), at(index), at(index + 1), at(index + 2));
        for step in [0.25_f32, 0.5, 0.75, 1.0] {
            let blend = |a: f32, b: f32, c: f32, d: f32| {
                let (s2, s3) = (step * step, step * step * step);
                0.5 * (2.0 * b
                    + (c - a) * step
                    + (2.0 * a - 5.0 * b + 4.0 * c - d) * s2
                    + (3.0 * b - a - 3.0 * c + d) * s3)
            };
            curve.push((blend(a.0, b.0, c.0, d.0), blend(a.1, b.1, c.1, d.1)));
        }
    }
    curve
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::float_cmp, reason = "tests")]
    use super::*;

    fn ink(strokes: &[&[(i32, i32)]]) -> Ink {
        let stroke = |points: &&[(i32, i32)]| {
            points.iter().map(|&(x, y)| InkPoint { x: x * 100, y: y * 100, at: 0 }).collect::<Vec<_>>()
        };
        Ink { strokes: strokes.iter().map(stroke).collect(), pad: (400, 120) }
    }

    #[test]
    fn a_touch_is_no_signature() {
        assert_eq!(Ink::default().check(), Err(InkRefused::Empty));
        assert_eq!(ink(&[&[]]).check(), Err(InkRefused::Empty));
        assert_eq!(ink(&[&[(5, 5)]]).check(), Err(InkRefused::TooSmall));
        let scribble: Vec<(i32, i32)> = (0..50).map(|n| (n % 2 * 5, 0)).collect();
        assert_eq!(ink(&[&scribble]).check(), Err(InkRefused::TooSmall), "long, but all on one spot");
        let slip = [(0, 0), (100, 0)];
        assert_eq!(ink(&[&slip]).check(), Err(InkRefused::TooSmall), "two points");
        let dots: Vec<[(i32, i32); 1]> = (0..9).map(|n| [(n * 20, 0)]).collect();
        let dots: Vec<&[(i32, i32)]> = dots.iter().map(|dot| &dot[..]).collect();
        assert_eq!(ink(&dots).check(), Err(InkRefused::TooSmall), "taps across the pad");
    }

    #[test]
    fn short_initials_are_a_signature() {
        let initials: Vec<(i32, i32)> = (0..10).map(|n| (n * 5, n % 3 * 10)).collect();
        assert_eq!(ink(&[&initials]).check(), Ok(()));
    }

    #[test]
    fn the_curve_goes_through_every_point_that_was_written() {
        let written = [(0.0, 0.0), (10.0, 5.0), (20.0, 0.0)];

        let curve = smooth(&written);

        assert_eq!(curve.len(), 9);
        for point in written {
            assert!(curve.contains(&point), "{point:?} in {curve:?}");
        }
    }
}
