//! One page and what can be put on it.

use std::collections::BTreeSet;

use printpdf::{
    Color, FontId, LineCapStyle, LineJoinStyle, LinePoint, Op, PaintMode, PdfFontHandle, Point, Polygon, PolygonRing,
    Pt, Rect, Rgb, TextItem, TextMatrix, WindingOrder,
};

use super::{Face, Fonts};

/// Millimetres in points.
pub(crate) const fn mm(millimetres: f32) -> f32 {
    millimetres * 72.0 / 25.4
}

/// The sheet's size in points.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Paper {
    pub(crate) width: f32,
    pub(crate) height: f32,
}

impl Paper {
    pub(crate) const A4: Self = Self { width: mm(210.0), height: mm(297.0) };
}

/// The few colours a paper uses; all but `Ghost` keep 4.5:1 against white, also on a monochrome printer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Colour {
    /// Text.
    Ink,
    /// Secondary text.
    Muted,
    /// Lines between rows.
    Hairline,
    /// Lines around what belongs together.
    Border,
    /// A written signature.
    Pen,
    /// A watermark behind everything.
    Ghost,
    /// What must be noticed.
    Alert,
    White,
}

impl Colour {
    fn rgb(self) -> Color {
        let (r, g, b) = match self {
            Self::Ink => (0x17, 0x20, 0x22),
            Self::Muted => (0x52, 0x60, 0x64),
            Self::Hairline => (0xd5, 0xdc, 0xdd),
            Self::Border => (0xa9, 0xb5, 0xb7),
            Self::Pen => (0x10, 0x2f, 0x52),
            Self::Ghost => (0xee, 0xf2, 0xf2),
            Self::Alert => (0x9b, 0x1c, 0x1c),
            Self::White => (0xff, 0xff, 0xff),
        };
        let share = |byte: u8| (f32::from(byte) / 255.0 * 1000.0).round() / 1000.0;
        Color::Rgb(Rgb { r: share(r), g: share(g), b: share(b), icc_profile: None })
    }
}

/// How a piece of text looks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    pub(crate) face: Face,
    pub(crate) size: f32,
    pub(crate) colour: Colour,
}

impl Style {
    pub(crate) const fn new(face: Face, size: f32, colour: Colour) -> Self {
        Self { face, size, colour }
    }
}

/// A page being drawn. `y` of text is its baseline.
pub(crate) struct Page<'f> {
    pub(crate) fonts: &'f Fonts,
    pub(crate) paper: Paper,
    pub(crate) ops: Vec<Op>,
    pub(crate) used: [BTreeSet<char>; 2],
}

impl<'f> Page<'f> {
    pub(crate) fn new(fonts: &'f Fonts, paper: Paper) -> Self {
        Self { fonts, paper, ops: Vec::new(), used: [BTreeSet::new(), BTreeSet::new()] }
    }

    /// Text from `x` to the right.
    pub(crate) fn text(&mut self, x: f32, y: f32, style: Style, text: &str) {
        let matrix = [1.0, 0.0, 0.0, 1.0, round(x), round(self.paper.height - y)];
        self.text_at(matrix, style, text);
    }

    /// Text that ends at `x`.
    pub(crate) fn text_right(&mut self, x: f32, y: f32, style: Style, text: &str) {
        let width = self.fonts.width(text, style.face, style.size);
        self.text(x - width, y, style, text);
    }

    /// Text from `x` to the right, cut with `…` where it would be wider than `width`: for lines that only name a paper
    /// again, never for what it says.
    pub(crate) fn text_within(&mut self, x: f32, y: f32, style: Style, width: f32, text: &str) {
        let wide = |text: &str| self.fonts.width(text, style.face, style.size) > width;
        if !wide(text) {
            return self.text(x, y, style, text);
        }
        let mut short = text.to_owned();
        while short.pop().is_some() && wide(&format!("{short}…")) {}
        self.text(x, y, style, &format!("{}…", short.trim_end()));
    }

    /// Text with its middle at `x`.
    pub(crate) fn text_centre(&mut self, x: f32, y: f32, style: Style, text: &str) {
        let width = self.fonts.width(text, style.face, style.size);
        self.text(x - width / 2.0, y, style, text);
    }

    /// Text across the page from lower left to upper right, behind what is drawn later.
    pub(crate) fn watermark(&mut self, text: &str) {
        let size = self.paper.width / 4.2;
        let style = Style::new(Face::Bold, size, Colour::Ghost);
        let width = self.fonts.width(text, style.face, size);
        let (sin, cos) = 0.9_f32.sin_cos();
        let x = self.paper.width / 2.0 - width / 2.0 * cos + size * 0.36 * sin;
        let y = self.paper.height / 2.0 - width / 2.0 * sin - size * 0.36 * cos;
        self.text_at([cos, sin, -sin, cos, x, y].map(round_fine), style, text);
    }

    fn text_at(&mut self, matrix: [f32; 6], style: Style, text: &str) {
        let text = self.fonts.prepare(text);
        if text.trim().is_empty() {
            return;
        }
        if let Some(used) = self.used.get_mut(style.face as usize) {
            used.extend(text.chars());
        }
        let font = PdfFontHandle::External(FontId(style.face.resource().to_owned()));
        self.ops.extend([
            Op::StartTextSection,
            Op::SetFont { font, size: Pt(style.size) },
            Op::SetFillColor { col: style.colour.rgb() },
            Op::SetTextMatrix { matrix: TextMatrix::Raw(matrix) },
            Op::ShowText { items: vec![TextItem::Text(text)] },
            Op::EndTextSection,
        ]);
    }

    /// A horizontal line.
    pub(crate) fn rule(&mut self, x: f32, y: f32, width: f32, thickness: f32, colour: Colour) {
        self.stroke(&[(x, y), (x + width, y)], thickness, colour);
    }

    /// A line through points, with round ends and joins.
    pub(crate) fn stroke(&mut self, points: &[(f32, f32)], thickness: f32, colour: Colour) {
        let points = points.iter().map(|&(x, y)| self.point(x, y)).collect();
        self.ops.extend([
            Op::SetOutlineColor { col: colour.rgb() },
            Op::SetOutlineThickness { pt: Pt(thickness) },
            Op::SetLineCapStyle { cap: LineCapStyle::Round },
            Op::SetLineJoinStyle { join: LineJoinStyle::Round },
            Op::DrawLine { line: printpdf::Line { points, is_closed: false } },
        ]);
    }

    /// A filled rectangle; `y` is its upper edge.
    pub(crate) fn fill(&mut self, x: f32, y: f32, width: f32, height: f32, colour: Colour) {
        self.ops.push(Op::SetFillColor { col: colour.rgb() });
        self.fill_again(x, y, width, height);
    }

    /// [`Page::fill`] in the colour that is already set.
    pub(crate) fn fill_again(&mut self, x: f32, y: f32, width: f32, height: f32) {
        let rectangle = Rect {
            x: Pt(round(x)),
            y: Pt(round(self.paper.height - y - height)),
            width: Pt(round(width)),
            height: Pt(round(height)),
            mode: Some(PaintMode::Fill),
            winding_order: None,
        };
        self.ops.push(Op::DrawRectangle { rectangle });
    }

    /// The outline of a box with rounded corners, filled with `ground`.
    pub(crate) fn card(&mut self, x: f32, y: f32, width: f32, height: f32, edge: Colour, ground: Colour) {
        const RADIUS: f32 = 3.0;
        // How far a cubic's control points stand off to look like a quarter of a circle.
        let bend = RADIUS * 0.448;
        let (right, bottom) = (x + width, y + height);
        let mut points = Vec::with_capacity(16);
        for (corner, from, to) in [
            ((x, y), (0.0, 1.0), (1.0, 0.0)),
            ((right, y), (-1.0, 0.0), (0.0, 1.0)),
            ((right, bottom), (0.0, -1.0), (-1.0, 0.0)),
            ((x, bottom), (1.0, 0.0), (0.0, -1.0)),
        ] {
            let at = |way: (f32, f32), far: f32| self.point(corner.0 + way.0 * far, corner.1 + way.1 * far);
            let curve = |way, far| LinePoint { bezier: true, ..at(way, far) };
            points.extend([at(from, RADIUS), curve(from, bend), curve(to, bend), at(to, RADIUS)]);
        }
        self.ops.extend([
            Op::SetOutlineColor { col: edge.rgb() },
            Op::SetFillColor { col: ground.rgb() },
            Op::SetOutlineThickness { pt: Pt(0.7) },
            Op::DrawPolygon {
                polygon: Polygon {
                    rings: vec![PolygonRing { points }],
                    mode: PaintMode::FillStroke,
                    winding_order: WindingOrder::NonZero,
                },
            },
        ]);
    }

    fn point(&self, x: f32, y: f32) -> LinePoint {
        LinePoint { p: Point { x: Pt(round(x)), y: Pt(round(self.paper.height - y)) }, bezier: false }
    }
}

/// Hundredths of a point are finer than any printer and shorter in the file.
fn round(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}

fn round_fine(value: f32) -> f32 {
    (value * 10_000.0).round() / 10_000.0
}
