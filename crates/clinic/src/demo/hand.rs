//! A signature that nobody has: a few loops of a pen, as a pad records them.

use serde_json::{Value, json};

use super::dice::Dice;

const WIDTH: i64 = 480;
const HEIGHT: i64 = 160;

/// Strokes and pad, as `documents.sign` takes them.
pub(super) fn signature(dice: &mut Dice) -> (Value, Value) {
    let strokes: Vec<Value> = (0..dice.between(2, 3)).map(|number| stroke(number, dice)).collect();
    (json!(strokes), json!({ "width": WIDTH, "height": HEIGHT }))
}

/// A run of loops to the right: a walk whose slope turns back towards the line it began on.
fn stroke(number: i64, dice: &mut Dice) -> Value {
    let mut x = (40 + number * 130) * 100;
    let (line, mut y) = (HEIGHT * 55, HEIGHT * 55);
    let mut rise = -dice.between(600, 1100);
    let mut time = number * 900;
    let points: Vec<(i64, i64, i64)> = (0..dice.between(22, 34))
        .map(|_| {
            let point = (x, y, time);
            rise += (line - y) / 6 + dice.between(-160, 160);
            y = (y + rise).clamp(1_500, HEIGHT * 100 - 1_500);
            x = (x + dice.between(120, 560)).min(WIDTH * 100 - 1_500);
            time += dice.between(14, 22);
            point
        })
        .collect();
    json!({ "points": points })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
    use super::*;

    #[test]
    fn a_signature_lies_on_its_pad_and_moves_over_it() {
        for seed in 0..50 {
            let (strokes, pad) = signature(&mut Dice::new(seed));
            let points: Vec<(i64, i64, i64)> = strokes
                .as_array()
                .unwrap()
                .iter()
                .flat_map(|stroke| serde_json::from_value::<Vec<(i64, i64, i64)>>(stroke["points"].clone()).unwrap())
                .collect();
            let (width, height) = (pad["width"].as_i64().unwrap() * 100, pad["height"].as_i64().unwrap() * 100);
            assert!(points.iter().all(|(x, y, _)| (0..width).contains(x) && (0..height).contains(y)));
            let xs: Vec<_> = points.iter().map(|point| point.0).collect();
            assert!(xs.iter().max().unwrap() - xs.iter().min().unwrap() > width / 4, "seed {seed}");
        }
    }
}
