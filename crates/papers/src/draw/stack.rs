//! Breaking a column of pieces into pages.
//!
//! A piece is as high as it says and is never cut. Pieces that are kept together move to the next page together; a
//! section's head (a table's) is drawn again wherever the section goes on.

use super::{Fonts, Page, Paper};

type Draw<'a> = Box<dyn Fn(&mut Page<'_>, f32) + 'a>;

/// Something to be drawn with its upper edge at a given y.
pub(crate) struct Piece<'a> {
    height: f32,
    keep: bool,
    gap: bool,
    draw: Draw<'a>,
}

impl<'a> Piece<'a> {
    pub(crate) fn new(height: f32, draw: impl Fn(&mut Page<'_>, f32) + 'a) -> Self {
        Self { height, keep: false, gap: false, draw: Box::new(draw) }
    }

    /// Empty space, left out at the top of a page.
    pub(crate) fn gap(height: f32) -> Self {
        Self { height, keep: false, gap: true, draw: Box::new(|_, _| {}) }
    }

    /// Not to be parted from the piece that follows.
    pub(crate) fn kept(mut self) -> Self {
        self.keep = true;
        self
    }

    #[cfg(test)]
    pub(crate) fn is_kept(&self) -> bool {
        self.keep
    }
}

/// Keeps the lines of one paragraph from standing alone: the first two and the last two stay together.
pub(crate) fn hold_together(lines: &mut [Piece<'_>]) {
    let count = lines.len();
    for (index, line) in lines.iter_mut().enumerate() {
        line.keep |= count > 1 && (index == 0 || index + 2 == count);
    }
}

/// Ties the end of a column to what follows it: at least `lines` pieces with something on them go along.
pub(crate) fn keep_with_next(pieces: &mut [Piece<'_>], lines: usize) {
    let mut held = 0;
    for piece in pieces.iter_mut().rev() {
        if held >= lines {
            break;
        }
        piece.keep = true;
        held += usize::from(!piece.gap);
    }
}

/// Pieces with a head that is repeated on every page they reach.
#[derive(Default)]
pub(crate) struct Section<'a> {
    pub(crate) head: Option<Piece<'a>>,
    pub(crate) pieces: Vec<Piece<'a>>,
}

/// Where the column runs on the first page and on those that follow.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame {
    pub(crate) paper: Paper,
    pub(crate) top_first: f32,
    pub(crate) top_next: f32,
    pub(crate) bottom: f32,
}

struct Cursor<'f> {
    fonts: &'f Fonts,
    frame: Frame,
    pages: Vec<Page<'f>>,
    page: Page<'f>,
    y: f32,
    at_top: bool,
    head_drawn: bool,
}

impl Cursor<'_> {
    fn turn(&mut self) {
        let done = std::mem::replace(&mut self.page, Page::new(self.fonts, self.frame.paper));
        self.pages.push(done);
        self.y = self.frame.top_next;
        self.at_top = true;
        self.head_drawn = false;
    }

    fn place(&mut self, piece: &Piece<'_>) {
        if !(piece.gap && self.at_top) {
            (piece.draw)(&mut self.page, self.y);
            self.y += piece.height;
            self.at_top = false;
        }
    }
}

/// Draws the sections one below the other on as many pages as they need; at least one.
pub(crate) fn flow<'f>(fonts: &'f Fonts, frame: Frame, sections: &[Section<'_>]) -> Vec<Page<'f>> {
    let page = Page::new(fonts, frame.paper);
    let mut at = Cursor { fonts, frame, pages: vec![], page, y: frame.top_first, at_top: true, head_drawn: false };
    for section in sections {
        at.head_drawn = false;
        let head = section.head.as_ref();
        for group in section.pieces.split_inclusive(|piece| !piece.keep) {
            let head_height = |at: &Cursor<'_>| if at.head_drawn { 0.0 } else { head.map_or(0.0, |h| h.height) };
            let needed: f32 = group.iter().map(|piece| piece.height).sum::<f32>() + head_height(&at);
            if at.y + needed > frame.bottom && !at.at_top {
                at.turn();
            }
            for piece in group {
                // Only a group higher than a whole page comes here twice.
                if at.y + piece.height + head_height(&at) > frame.bottom && !at.at_top {
                    at.turn();
                }
                if let Some(head) = head.filter(|_| !at.head_drawn) {
                    at.place(head);
                    at.head_drawn = true;
                }
                at.place(piece);
            }
        }
    }
    at.pages.push(at.page);
    at.pages
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use std::cell::RefCell;

    const FRAME: Frame =
        Frame { paper: Paper { width: 100.0, height: 100.0 }, top_first: 0.0, top_next: 0.0, bottom: 100.0 };

    /// Flows named pieces and tells which stand on which page.
    fn pages(head: Option<f32>, pieces: Vec<(&'static str, f32, bool)>) -> Vec<Vec<&'static str>> {
        let fonts = Fonts::open().unwrap();
        let drawn: RefCell<Vec<(&'static str, f32)>> = RefCell::new(Vec::new());
        let note = |name: &'static str, height: f32| {
            let drawn = &drawn;
            Piece::new(height, move |_, y| drawn.borrow_mut().push((name, y)))
        };
        let section = Section {
            head: head.map(|height| note("head", height)),
            pieces: pieces
                .into_iter()
                .map(|(name, height, keep)| if keep { note(name, height).kept() } else { note(name, height) })
                .collect(),
        };
        let count = flow(&fonts, FRAME, &[section]).len();
        let mut told: Vec<Vec<&'static str>> = vec![vec![]];
        let mut last = -1.0;
        for &(name, y) in drawn.borrow().iter() {
            if y <= last {
                told.push(vec![]);
            }
            told.last_mut().unwrap().push(name);
            last = y;
        }
        assert_eq!(count, told.len());
        told
    }

    #[test]
    fn pieces_that_are_kept_move_together() {
        assert_eq!(
            pages(None, vec![("a", 80.0, false), ("b", 15.0, true), ("c", 15.0, false)]),
            [vec!["a"], vec!["b", "c"]]
        );
    }

    #[test]
    fn a_head_is_repeated_and_never_stands_alone() {
        assert_eq!(
            pages(Some(20.0), vec![("a", 50.0, false), ("b", 50.0, false), ("c", 30.0, false)]),
            [vec!["head", "a"], vec!["head", "b", "c"]]
        );
    }

    #[test]
    fn a_group_higher_than_a_page_is_broken_all_the_same() {
        assert_eq!(
            pages(None, vec![("a", 60.0, true), ("b", 60.0, true), ("c", 60.0, false)]),
            [vec!["a"], vec!["b"], vec!["c"]]
        );
    }

    #[test]
    fn a_paragraph_leaves_no_line_alone() {
        let mut lines: Vec<_> = (0..4).map(|_| Piece::new(1.0, |_, _| {})).collect();
        hold_together(&mut lines);
        assert_eq!(lines.iter().map(Piece::is_kept).collect::<Vec<_>>(), [true, false, true, false]);
    }
}
