//! From pages to bytes: the same pages always give the same bytes.

use std::collections::{BTreeMap, BTreeSet};

use domain::time::Timestamp;
use lopdf::{Dictionary, Document, Object, StringFormat};
use printpdf::{FontId, PdfDocument, PdfFont, PdfPage, PdfSaveOptions, Pt};
use sha2::{Digest, Sha256};

use super::{Face, Fonts, Page};
use crate::PaperError;

/// What the file says about itself.
pub(crate) struct About<'a> {
    pub(crate) title: &'a str,
    pub(crate) author: &'a str,
    /// BCP 47 tag of the text's language.
    pub(crate) language: &'a str,
    /// The only date in the file, from the data: a paper has no clock.
    pub(crate) made_at: Timestamp,
}

/// Writes the pages as a PDF. printpdf draws the document's ids from a process-wide counter and marks every file as
/// PDF/X; both are put right here, and the title, language and dates are set.
pub(crate) fn to_bytes(fonts: &Fonts, pages: Vec<Page<'_>>, about: &About<'_>) -> Result<Vec<u8>, PaperError> {
    let mut document = PdfDocument::new(about.title);
    for face in Face::ALL {
        let used: BTreeSet<char> =
            pages.iter().filter_map(|page| page.used.get(face as usize)).flatten().copied().collect();
        if !used.is_empty() {
            let font = PdfFont::new(fonts.cut_down(face, &used)?);
            document.resources.fonts.map.insert(FontId(face.resource().to_owned()), font);
        }
    }
    document.pages = pages
        .into_iter()
        .map(|page| PdfPage::new(Pt(page.paper.width).into(), Pt(page.paper.height).into(), page.ops))
        .collect();

    let mut file = printpdf::to_lopdf_doc(&document, &PdfSaveOptions::default(), &mut Vec::new());
    "1.7".clone_into(&mut file.version);
    share_resources(&mut file);
    file.prune_objects();
    describe(&mut file, about)?;
    file.renumber_objects();
    file.compress();

    // The identity is the content's: written once with none, hashed, and written again with it.
    let mut blank = Vec::new();
    file.trailer.set("ID", Object::Null);
    file.save_to(&mut blank).map_err(|_| PaperError::Write)?;
    let hash = Sha256::digest(&blank);
    let id = Object::String(hash.iter().take(16).copied().collect(), StringFormat::Hexadecimal);
    file.trailer.set("ID", Object::Array(vec![id.clone(), id]));
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).map_err(|_| PaperError::Write)?;
    Ok(bytes)
}

/// Every page gets an equal resource dictionary of its own; one is enough. Empty lists say nothing.
fn share_resources(file: &mut Document) {
    let mut known: BTreeMap<Vec<u8>, Object> = BTreeMap::new();
    for page in file.page_iter().collect::<Vec<_>>() {
        let Some(reference) = file.get_dictionary(page).ok().and_then(|page| page.get(b"Resources").ok()).cloned()
        else {
            continue;
        };
        let Some(mut shown) = reference.as_reference().ok().and_then(|id| file.get_dictionary(id).ok()).cloned() else {
            continue;
        };
        for name in [b"XObject".as_slice(), b"ExtGState", b"Shading"] {
            shown.remove(name);
        }
        let key = format!("{shown:?}").into_bytes();
        let shared = known.entry(key).or_insert_with(|| Object::Reference(file.add_object(shown))).clone();
        if let Ok(page) = file.get_object_mut(page).and_then(Object::as_dict_mut) {
            page.set("Resources", shared);
            page.remove(b"Annots");
        }
    }
}

fn describe(file: &mut Document, about: &About<'_>) -> Result<(), PaperError> {
    let date = Object::string_literal(pdf_date(about.made_at));
    let mut info = Dictionary::new();
    info.set("Title", lopdf::text_string(about.title));
    info.set("Author", lopdf::text_string(about.author));
    info.set("Creator", Object::string_literal("Praxis"));
    info.set("Producer", Object::string_literal("Praxis"));
    info.set("CreationDate", date.clone());
    info.set("ModDate", date);
    let info = file.add_object(info);
    file.trailer.set("Info", info);

    let mut viewer = Dictionary::new();
    viewer.set("DisplayDocTitle", true);
    let catalog = file.catalog_mut().map_err(|_| PaperError::Write)?;
    catalog.set("Lang", Object::string_literal(about.language));
    catalog.set("ViewerPreferences", viewer);
    file.prune_objects();
    Ok(())
}

/// `D:20261118134108Z`.
fn pdf_date(at: Timestamp) -> String {
    let digits: String = at.to_string().chars().filter(char::is_ascii_digit).take(14).collect();
    format!("D:{digits}Z")
}
