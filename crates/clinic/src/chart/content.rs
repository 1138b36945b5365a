use domain::{
    canonical::Hash,
    id::{EncounterId, NoteId, PatientId, UserId, Uuid},
    time::Timestamp,
};

const MAGIC: &[u8; 6] = b"PXNOTE";
const VERSION: u8 = 1;

/// What signing a note freezes.
///
/// `clinical_note.content_hash` is BLAKE3 over these bytes; they are on disk for twenty years and never change.
/// Numbers are big-endian; an absent id is sixteen zeros.
///
/// | bytes | what |
/// |-|-|
/// | 6 | `PXNOTE` |
/// | 1 | format version, 1 |
/// | 16 | the note |
/// | 16 | the patient |
/// | 16 | the encounter, or zeros |
/// | 16 | the note it amends, or zeros |
/// | 16 | the user who wrote it |
/// | 16 | the user who signs it |
/// | 8 | when it is signed, milliseconds since 1970 UTC, signed |
/// | 4 + n | kind: length and UTF-8 |
/// | 4 + n | title: length and UTF-8 |
/// | 4 + n | text: length and UTF-8 |
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoteContent<'a> {
    /// The note.
    pub note: NoteId,
    /// Whose chart it stands on.
    pub patient: PatientId,
    /// The visit it belongs to.
    pub encounter: Option<EncounterId>,
    /// The note it amends.
    pub amends: Option<NoteId>,
    /// Who wrote it.
    pub author: UserId,
    /// Who signs it.
    pub signed_by: UserId,
    /// When it is signed.
    pub signed_at: Timestamp,
    /// The word of its kind.
    pub kind: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Its text.
    pub body: &'a str,
}

impl NoteContent<'_> {
    /// The bytes.
    pub fn encode(&self) -> Vec<u8> {
        let or_zeros = |id: Option<Uuid>| id.unwrap_or(Uuid::nil()).into_bytes();
        let mut out = Vec::with_capacity(131 + self.kind.len() + self.title.len() + self.body.len());
        out.extend_from_slice(MAGIC);
        out.push(VERSION);
        out.extend_from_slice(&self.note.bytes());
        out.extend_from_slice(&self.patient.bytes());
        out.extend_from_slice(&or_zeros(self.encounter.map(|id| id.0)));
        out.extend_from_slice(&or_zeros(self.amends.map(|id| id.0)));
        out.extend_from_slice(&self.author.bytes());
        out.extend_from_slice(&self.signed_by.bytes());
        out.extend_from_slice(&self.signed_at.millis().to_be_bytes());
        for text in [self.kind, self.title, self.body] {
            out.extend_from_slice(&u32::try_from(text.len()).unwrap_or(u32::MAX).to_be_bytes());
            out.extend_from_slice(text.as_bytes());
        }
        out
    }

    /// BLAKE3 over the bytes.
    pub fn hash(&self) -> Hash {
        *blake3::hash(&self.encode()).as_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content() -> NoteContent<'static> {
        let id = |last: u128| Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0000 + last);
        NoteContent {
            note: NoteId(id(1)),
            patient: PatientId(id(2)),
            encounter: None,
            amends: Some(NoteId(id(3))),
            author: UserId(id(4)),
            signed_by: UserId(id(5)),
            signed_at: Timestamp::from_millis(1_795_009_268_000),
            kind: "progress_note",
            title: "Evolução",
            body: "Boa resposta.",
        }
    }

    #[test]
    fn the_bytes_are_the_golden_ones() {
        let told = hex::encode(content().encode());
        assert_eq!(told, include_str!("content.golden.txt").trim(), "signed notes are kept for twenty years");
    }

    #[test]
    fn no_word_can_move_from_the_title_into_the_text_unnoticed() {
        let moved = NoteContent { title: "Evolução Boa", body: "resposta.", ..content() };
        let plain = NoteContent { title: "Evolução", body: " Boaresposta.", ..content() };
        assert_ne!(moved.hash(), plain.hash());
    }
}
