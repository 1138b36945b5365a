//! A signature as it was written: whether it is one, and how it is kept.
//!
//! # On disk
//!
//! `signature.strokes` holds these bytes; they are kept for twenty years. A *number* is unsigned LEB128; a *step* is a
//! signed number, zigzag-coded (0, −1, 1, −2 … as 0, 1, 2, 3 …) and then unsigned LEB128. Steps are taken from the
//! point before, across strokes, and from zero for the first. Nothing may follow.
//!
//! | what | how |
//! |-|-|
//! | `PXINK`, version 1 | 5 bytes, 1 byte |
//! | the pad's width and height in CSS pixels | 2 numbers |
//! | strokes | 1 number |
//! | for each stroke: points | 1 number |
//! | for each point: x and y in 1/100 px, milliseconds since the first touch | 3 steps |

use papers::{Ink, InkPoint};
use thiserror::Error;

const MAGIC: &[u8; 5] = b"PXINK";
const VERSION: u8 = 1;

/// More points than a minute of the fastest pen: whatever this is, it is no signature, and it would burden every desk.
const MOST_POINTS: usize = 20_000;

/// Why strokes are not taken for a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotASignature {
    /// Nothing was drawn: no stroke, or only dots.
    #[error("nothing was drawn")]
    Empty,
    /// A slip of the pen: too little ink, or all of it in one corner or one straight line.
    #[error("too small to be a signature")]
    TooSmall,
    /// More than any signature has.
    #[error("too long to be a signature")]
    TooLarge,
}

/// Judges whether strokes are a signature. An initial or a cross is one (people who do not write sign so); a dot, a
/// tick at the edge or a line drawn by a sleeve is not.
///
/// The ink must be at least 12 % of the pad's width long, its box at least 4 % of the pad's width wide and 5 % of the
/// pad's height high, and one of the two must reach twice that.
pub fn judge(ink: &Ink) -> Result<(), NotASignature> {
    let points = || ink.strokes.iter().flatten();
    if points().count() > MOST_POINTS {
        return Err(NotASignature::TooLarge);
    }
    let length: i64 = ink.strokes.iter().map(|stroke| stroke_length(stroke)).sum();
    if length == 0 {
        return Err(NotASignature::Empty);
    }
    let extent = |of: fn(&InkPoint) -> i32| {
        let (low, high) = (points().map(of).min().unwrap_or(0), points().map(of).max().unwrap_or(0));
        i64::from(high) - i64::from(low)
    };
    let (width, height) = (extent(|point| point.x), extent(|point| point.y));
    // 1 % of the pad, in hundredths of a pixel, is its size in pixels.
    let (pad_width, pad_height) = (i64::from(ink.pad.0), i64::from(ink.pad.1));
    let long_enough = length >= 12 * pad_width;
    let in_two_directions = width >= 4 * pad_width && height >= 5 * pad_height;
    let large_enough = width >= 8 * pad_width || height >= 10 * pad_height;
    if long_enough && in_two_directions && large_enough { Ok(()) } else { Err(NotASignature::TooSmall) }
}

/// The length of a stroke in hundredths of a pixel, each step cut to a whole one.
fn stroke_length(stroke: &[InkPoint]) -> i64 {
    let steps = stroke.iter().zip(stroke.iter().skip(1));
    steps
        .map(|(from, to)| {
            let (dx, dy) = (from.x.abs_diff(to.x), from.y.abs_diff(to.y));
            let squared = u64::from(dx).pow(2).saturating_add(u64::from(dy).pow(2));
            i64::try_from(squared.isqrt()).unwrap_or(i64::MAX)
        })
        .fold(0, i64::saturating_add)
}

/// The bytes that are kept.
pub fn encode(ink: &Ink) -> Vec<u8> {
    let points: usize = ink.strokes.iter().map(Vec::len).sum();
    let mut out = Vec::with_capacity(16 + points * 5);
    out.extend_from_slice(MAGIC);
    out.push(VERSION);
    put(&mut out, u64::from(ink.pad.0));
    put(&mut out, u64::from(ink.pad.1));
    put_count(&mut out, ink.strokes.len());
    let mut last = (0, 0, 0);
    for stroke in &ink.strokes {
        put_count(&mut out, stroke.len());
        for point in stroke {
            let here = (i64::from(point.x), i64::from(point.y), i64::from(point.at));
            for step in [here.0 - last.0, here.1 - last.1, here.2 - last.2] {
                put(&mut out, zigzag(step));
            }
            last = here;
        }
    }
    out
}

/// Reads what was kept; anything but exactly one signature is refused.
pub fn decode(bytes: &[u8]) -> Option<Ink> {
    let mut rest = bytes.strip_prefix(MAGIC)?.strip_prefix(&[VERSION])?;
    let pad = (u32::try_from(take(&mut rest)?).ok()?, u32::try_from(take(&mut rest)?).ok()?);
    let mut strokes = Vec::new();
    let mut last = (0_i64, 0_i64, 0_i64);
    for _ in 0..take(&mut rest)? {
        let mut stroke = Vec::new();
        for _ in 0..take(&mut rest)? {
            let mut step = || take(&mut rest).map(unzigzag);
            last.0 = last.0.checked_add(step()?)?;
            last.1 = last.1.checked_add(step()?)?;
            last.2 = last.2.checked_add(step()?)?;
            stroke.push(InkPoint {
                x: i32::try_from(last.0).ok()?,
                y: i32::try_from(last.1).ok()?,
                at: u32::try_from(last.2).ok()?,
            });
        }
        strokes.push(stroke);
    }
    rest.is_empty().then_some(Ink { strokes, pad })
}

const fn zigzag(step: i64) -> u64 {
    (step.cast_unsigned() << 1) ^ (step >> 63).cast_unsigned()
}

const fn unzigzag(coded: u64) -> i64 {
    (coded >> 1).cast_signed() ^ -((coded & 1).cast_signed())
}

fn put_count(out: &mut Vec<u8>, count: usize) {
    put(out, u64::try_from(count).unwrap_or(u64::MAX));
}

fn put(out: &mut Vec<u8>, mut number: u64) {
    loop {
        let [low, ..] = number.to_le_bytes();
        number >>= 7;
        if number == 0 {
            out.push(low & 0x7F);
            return;
        }
        out.push(low | 0x80);
    }
}

fn take(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for shift in (0..63).step_by(7) {
        let (&byte, tail) = rest.split_first()?;
        *rest = tail;
        number |= u64::from(byte & 0x7F) << shift;
        if byte & 0x80 == 0 {
            // A number has one form: no zeros at the high end.
            return (byte != 0 || shift == 0).then_some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use proptest::prelude::*;

    const PAD: (u32, u32) = (400, 120);

    /// Strokes in pixels.
    fn ink(strokes: &[&[(i32, i32)]]) -> Ink {
        let mut at = 0;
        let mut point = |&(x, y): &(i32, i32)| {
            at += 8;
            InkPoint { x: x * 100, y: y * 100, at }
        };
        Ink { strokes: strokes.iter().map(|stroke| stroke.iter().map(&mut point).collect()).collect(), pad: PAD }
    }

    #[test]
    fn nothing_and_dots_are_no_signature() {
        assert_eq!(judge(&ink(&[])), Err(NotASignature::Empty));
        assert_eq!(judge(&ink(&[&[]])), Err(NotASignature::Empty));
        assert_eq!(judge(&ink(&[&[(50, 50)], &[(90, 20)], &[(300, 100)]])), Err(NotASignature::Empty));
        assert_eq!(judge(&ink(&[&[(50, 50), (50, 50), (50, 50)]])), Err(NotASignature::Empty));
    }

    #[test]
    fn a_slip_a_tick_and_a_straight_line_are_no_signature() {
        assert_eq!(judge(&ink(&[&[(10, 10), (14, 18)]])), Err(NotASignature::TooSmall), "a slip");
        assert_eq!(judge(&ink(&[&[(10, 10), (20, 22), (36, 4)]])), Err(NotASignature::TooSmall), "a tick");
        assert_eq!(judge(&ink(&[&[(20, 60), (380, 60)]])), Err(NotASignature::TooSmall), "a line along the pad");
        assert_eq!(judge(&ink(&[&[(200, 2), (200, 118)]])), Err(NotASignature::TooSmall), "a line across the pad");
    }

    #[test]
    fn a_name_an_initial_and_a_cross_are_signatures() {
        let name: Vec<(i32, i32)> = (0..60).map(|i| (40 + i * 5, if i % 2 == 0 { 40 } else { 80 })).collect();
        assert_eq!(judge(&ink(&[&name])), Ok(()));
        assert_eq!(judge(&ink(&[&[(100, 30), (120, 80), (140, 30)], &[(108, 55), (132, 55)]])), Ok(()), "an initial");
        assert_eq!(judge(&ink(&[&[(100, 40), (136, 76)], &[(136, 40), (100, 76)]])), Ok(()), "a cross");
    }

    #[test]
    fn more_points_than_a_hand_can_write_are_refused() {
        let endless: Vec<(i32, i32)> = (0..20_001).map(|i| (i % 300, i % 100)).collect();
        assert_eq!(judge(&ink(&[&endless])), Err(NotASignature::TooLarge));
    }

    #[test]
    fn the_form_on_disk_is_the_golden_one() {
        let drawn = ink(&[&[(1, 2), (3, 1)], &[(0, 0)]]);
        let told = hex::encode(encode(&drawn));
        assert_eq!(told, "5058494e4b019003780202c8019003109003c7011001d704c70110");
        assert_eq!(decode(&encode(&drawn)), Some(drawn));
    }

    #[test]
    fn a_byte_too_many_or_too_few_is_refused() {
        let bytes = encode(&ink(&[&[(1, 2), (3, 1)], &[(0, 0)]]));
        for cut in 0..bytes.len() {
            assert_eq!(decode(bytes.get(..cut).unwrap()), None, "cut at {cut}");
        }
        assert_eq!(decode(&[&bytes[..], &[0]].concat()), None);
    }

    prop_compose! {
        fn any_ink()(
            strokes in prop::collection::vec(
                prop::collection::vec((any::<i32>(), any::<i32>(), any::<u32>()), 0..20), 0..6),
            pad in any::<(u32, u32)>(),
        ) -> Ink {
            let point = |(x, y, at)| InkPoint { x, y, at };
            Ink { strokes: strokes.into_iter().map(|s| s.into_iter().map(point).collect()).collect(), pad }
        }
    }

    proptest! {
        #[test]
        fn what_is_kept_reads_back(ink in any_ink()) {
            prop_assert_eq!(decode(&encode(&ink)), Some(ink));
        }

        #[test]
        fn any_bytes_are_read_or_refused_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            let framed = [&MAGIC[..], &[VERSION], &bytes].concat();
            if let Some(ink) = decode(&framed) { prop_assert_eq!(encode(&ink), framed); }
        }

        #[test]
        fn judging_never_overflows_and_more_of_the_same_hand_stays_a_signature(ink in any_ink(), pad in (1u32..2000, 1u32..1000)) {
            let once = judge(&ink);
            let twice = Ink { strokes: [ink.strokes.clone(), ink.strokes.clone()].concat(), pad: ink.pad };
            if once.is_ok() { prop_assert_eq!(judge(&twice), Ok(())); }
            let nothing = Ink { pad, strokes: Vec::new() };
            prop_assert_eq!(judge(&nothing), Err(NotASignature::Empty));
        }
    }
}
