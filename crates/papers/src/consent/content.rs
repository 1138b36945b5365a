//! The canonical content of a consent form: what its hash and the code on the page stand for.
//!
//! The code cannot sign the bytes it stands in, so it signs the content instead: every field that can be read on the
//! page, in one fixed order. Texts and lists carry their length (32 bits, big-endian) before them, an absent value is
//! one zero byte and a present one a one before it. The order is the order of the code below; it never changes within
//! a version, for the hash must be found again from the record in twenty years.

use sha2::{Digest, Sha256};

use super::{Block, Consent, Role, Signature};

const CONTEXT: &[u8] = b"praxis consent content v1";

/// SHA-256 of a form's canonical content.
pub type ContentHash = [u8; 32];

/// The sixteen digits by which people name a document: `7F3A 91C2 04DE 5B60`.
pub fn short_code(hash: &ContentHash) -> String {
    let pairs = hash.chunks_exact(2).take(4).map(|pair| match *pair {
        [high, low] => format!("{high:02X}{low:02X}"),
        _ => String::new(),
    });
    pairs.collect::<Vec<_>>().join(" ")
}

impl Consent {
    /// The hash of everything this form says, its signatures included and the code left out.
    pub fn content_hash(&self) -> ContentHash {
        let mut content = Content(Sha256::new());
        content.bytes(CONTEXT);
        content.bytes(self.id.as_bytes());
        content.text(self.setting.locale.tag());
        content.text(self.setting.zone.name());
        content.flag(self.setting.demo);
        content.text(&self.clinic.name);
        for text in
            [&self.clinic.legal_name, &self.clinic.tax_id, &self.clinic.address, &self.clinic.phone, &self.clinic.email]
        {
            content.optional(text.as_deref());
        }
        content.text(&self.title);
        content.number(i64::from(self.version));
        content.text(&self.patient);
        content.number(self.made_at.millis());
        content.count(self.blocks.len());
        for block in &self.blocks {
            match block {
                Block::Heading(text) => {
                    content.flag(true);
                    content.text(text);
                }
                Block::Paragraph(runs) => {
                    content.flag(false);
                    content.count(runs.len());
                    for run in runs {
                        content.flag(run.bold);
                        content.text(&run.text);
                    }
                }
            }
        }
        content.count(self.purposes.len());
        for purpose in &self.purposes {
            content.text(&purpose.label);
            content.optional(purpose.detail.as_deref());
            content.flag(purpose.required);
            content.number(purpose.granted.map_or(2, i64::from));
        }
        content.count(self.signatures.len());
        for signature in &self.signatures {
            content.signature(signature);
        }
        content.0.finalize().into()
    }
}

struct Content(Sha256);

impl Content {
    fn bytes(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn count(&mut self, count: usize) {
        self.bytes(&u32::try_from(count).unwrap_or(u32::MAX).to_be_bytes());
    }

    fn number(&mut self, number: i64) {
        self.bytes(&number.to_be_bytes());
    }

    fn flag(&mut self, flag: bool) {
        self.bytes(&[u8::from(flag)]);
    }

    fn text(&mut self, text: &str) {
        self.count(text.len());
        self.bytes(text.as_bytes());
    }

    fn optional(&mut self, text: Option<&str>) {
        self.flag(text.is_some());
        if let Some(text) = text {
            self.text(text);
        }
    }

    fn signature(&mut self, signature: &Signature) {
        self.text(match signature.role {
            Role::Patient => "patient",
            Role::Guardian => "guardian",
            Role::Practitioner => "practitioner",
            Role::Witness => "witness",
        });
        self.text(&signature.name);
        self.optional(signature.detail.as_deref());
        self.flag(signature.written.is_some());
        if let Some(written) = &signature.written {
            self.number(written.at.millis());
            self.number(i64::from(written.ink.pad.0));
            self.number(i64::from(written.ink.pad.1));
            self.count(written.ink.strokes.len());
            for stroke in &written.ink.strokes {
                self.count(stroke.len());
                for point in stroke {
                    self.number(i64::from(point.x));
                    self.number(i64::from(point.y));
                    self.number(i64::from(point.at));
                }
            }
        }
    }
}
