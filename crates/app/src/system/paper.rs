//! Papers: shown as they are, printed through the system's spooler, saved as files. Each is a reading that the
//! journal keeps.

use std::path::{Path, PathBuf};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use clinic::{Command, Failure, Never, Stop, Topic, billing, documents};
use domain::{
    id::{DocumentId, InvoiceId, PaymentId, Uuid},
    permission::Permission,
};
use papers::receipt::Sheet;
use serde::{Deserialize, Serialize};
use store::{StoreError, View, history};
use ts_rs::TS;

use crate::{Desk, OpenFolder, Printer, PrinterRefusal, catalogue::DeskCommand, router::broken};

/// A paper of the clinic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum PaperRef {
    /// A consent form or other document.
    Document(#[ts(type = "string")] Uuid),
    /// An invoice.
    Invoice(#[ts(type = "string")] Uuid),
    /// The receipt of a payment.
    Receipt(#[ts(type = "string")] Uuid),
}

/// A paper's bytes and how to call it.
pub(crate) struct Rendered {
    pub(crate) title: String,
    pub(crate) file_name: String,
    pub(crate) pdf: Vec<u8>,
    /// The detached seal that is saved beside a sealed document.
    pub(crate) seal: Option<Vec<u8>>,
}

/// Why there is no paper.
#[derive(Debug, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// No such paper.
    NotFound,
    /// The role does not include looking at this kind of paper. Reads as the router's own refusal.
    NotPermitted {
        /// The permission it takes.
        needs: Permission,
    },
    /// This machine has no printer.
    NoPrinter,
    /// The chosen printer is not there any more.
    PrinterGone {
        /// Which.
        printer: String,
    },
    /// The printer is stopped and would keep the paper to itself.
    PrinterStopped {
        /// Which.
        printer: String,
        /// The spooler's own words.
        reason: String,
    },
    /// The spooler said no.
    PrinterRefused {
        /// Its own words.
        detail: String,
    },
}

/// Renders a paper, has it handed over by `hand`, and keeps in the journal that it was. What nobody received was not
/// read: a print that the printer refused makes no copy of the next one.
fn hand_out<T>(
    desk: &Desk,
    paper: PaperRef,
    command: &str,
    hand: impl FnOnce(Rendered) -> Result<T, Stop<Refusal>>,
) -> Result<T, Stop<Refusal>> {
    let open = desk.open().ok_or(Failure::Damaged("the open folder"))?;
    let (table, id, needs) = match paper {
        PaperRef::Document(id) => ("document", id, Permission::DocumentsView),
        PaperRef::Invoice(id) => ("invoice", id, Permission::BillingView),
        PaperRef::Receipt(id) => ("payment", id, Permission::BillingView),
    };
    if open.role(desk.now())?.is_none_or(|role| !role.may(needs)) {
        return Err(Stop::Refused(Refusal::NotPermitted { needs }));
    }
    let rendered = rendered(desk, &open, paper)?.ok_or(Stop::Refused(Refusal::NotFound))?;
    let handed = hand(rendered)?;
    open.note_read(command, desk.now(), table, id)?;
    Ok(handed)
}

fn rendered(desk: &Desk, open: &OpenFolder, paper: PaperRef) -> Result<Option<Rendered>, Stop<Refusal>> {
    let looked = open.store.read(open.user, desk.now(), |view| {
        Ok::<_, StoreError>(match paper {
            PaperRef::Document(id) => documents::paper(view, DocumentId(id)).map(|paper| {
                paper.map(|paper| Rendered {
                    title: paper.title,
                    file_name: paper.file_name,
                    pdf: paper.pdf,
                    seal: paper.seal,
                })
            }),
            PaperRef::Invoice(id) => billing::invoice_paper(view, InvoiceId(id), printed_before(view, id)?)
                .map(|paper| paper.map(of_billing)),
            PaperRef::Receipt(id) => billing::receipt_paper(view, PaymentId(id), printed_before(view, id)?, Sheet::A4)
                .map(|paper| paper.map(of_billing)),
        })
    });
    Ok(looked??)
}

/// Whether this desk has printed the paper before: then it is a copy and says so.
fn printed_before(view: &View<'_>, id: Uuid) -> Result<bool, StoreError> {
    Ok(history::of_record(view, id)?.iter().any(|entry| entry.header.command == Print::NAME))
}

fn of_billing(paper: billing::BillingPaper) -> Rendered {
    Rendered { title: paper.title, file_name: paper.file_name, pdf: paper.pdf, seal: None }
}

/// Asks for a paper to show.
#[derive(Debug, Deserialize, TS)]
pub struct Paper {
    /// Which.
    paper: PaperRef,
}

/// A paper to show.
#[derive(Debug, Serialize, TS)]
pub struct ShownPaper {
    /// The name of its file.
    file_name: String,
    /// Its title.
    title: String,
    /// The PDF's bytes.
    pdf_base64: String,
}

impl Command for Paper {
    const NAME: &'static str = "system.paper";
    // And what the kind of paper needs.
    const NEEDS: Permission = Permission::PeopleView;
    const TOPICS: &'static [Topic] = &[Topic::Documents, Topic::Billing];
    type Output = ShownPaper;
    type Refusal = Refusal;
}

impl DeskCommand for Paper {
    const SESSION: bool = true;
    const CHANGES: bool = false;

    fn run(self, desk: &Desk) -> Result<ShownPaper, Stop<Refusal>> {
        hand_out(desk, self.paper, Self::NAME, |rendered| {
            Ok(ShownPaper {
                file_name: rendered.file_name,
                title: rendered.title,
                pdf_base64: BASE64_STANDARD.encode(rendered.pdf),
            })
        })
    }
}

/// Prints a paper.
#[derive(Debug, Deserialize, TS)]
pub struct Print {
    /// Which.
    paper: PaperRef,
    /// Where; the system's default where absent.
    #[serde(default)]
    #[ts(optional = nullable)]
    printer: Option<String>,
    /// How many; one where absent.
    #[serde(default)]
    #[ts(optional = nullable)]
    copies: Option<u16>,
}

/// A job at the spooler.
#[derive(Debug, Serialize, TS)]
pub struct PrintJob {
    /// Its name there.
    job: String,
}

impl Command for Print {
    const NAME: &'static str = "system.print";
    const NEEDS: Permission = Permission::SystemPrint;
    const TOPICS: &'static [Topic] = &[];
    type Output = PrintJob;
    type Refusal = Refusal;
}

impl DeskCommand for Print {
    const SESSION: bool = true;
    const CHANGES: bool = false;

    fn run(self, desk: &Desk) -> Result<PrintJob, Stop<Refusal>> {
        let copies = self.copies.unwrap_or(1).clamp(1, 20);
        hand_out(desk, self.paper, Self::NAME, |rendered| {
            // The file's name stands for the paper in the spooler's books: unlike the title, it names no patient.
            match desk.host().print(&rendered.pdf, &rendered.file_name, self.printer.as_deref(), copies) {
                Ok(job) => Ok(PrintJob { job }),
                Err(refusal) => Err(Stop::Refused(match refusal {
                    PrinterRefusal::NoPrinter => Refusal::NoPrinter,
                    PrinterRefusal::Gone(printer) => Refusal::PrinterGone { printer },
                    PrinterRefusal::Stopped { printer, reason } => Refusal::PrinterStopped { printer, reason },
                    PrinterRefusal::Refused(detail) => Refusal::PrinterRefused { detail },
                })),
            }
        })
    }
}

/// Saves a paper as a file, with its seal beside it where it has one.
#[derive(Debug, Deserialize, TS)]
pub struct SavePaper {
    /// Which.
    paper: PaperRef,
}

/// Where a paper was saved.
#[derive(Debug, Serialize, TS)]
pub struct SavedPaper {
    /// The file.
    path: String,
}

impl Command for SavePaper {
    const NAME: &'static str = "system.save_paper";
    const NEEDS: Permission = Permission::SystemPrint;
    const TOPICS: &'static [Topic] = &[];
    type Output = SavedPaper;
    type Refusal = Refusal;
}

impl DeskCommand for SavePaper {
    const SESSION: bool = true;
    const CHANGES: bool = false;

    fn run(self, desk: &Desk) -> Result<SavedPaper, Stop<Refusal>> {
        hand_out(desk, self.paper, Self::NAME, |rendered| {
            let path = save(&desk.host().downloads(), &rendered);
            let path = path.map_err(|error| broken(crate::DeskError::File(error)))?;
            Ok(SavedPaper { path: path.display().to_string() })
        })
    }
}

/// Saves under a name that is not taken: a file is never replaced.
fn save(folder: &Path, paper: &Rendered) -> std::io::Result<PathBuf> {
    std::fs::create_dir_all(folder)?;
    let stem = paper.file_name.strip_suffix(".pdf").unwrap_or(&paper.file_name);
    for number in 1..1000 {
        let name = if number == 1 { format!("{stem}.pdf") } else { format!("{stem} ({number}).pdf") };
        let path = folder.join(&name);
        match std::fs::File::create_new(&path) {
            Ok(mut file) => {
                std::io::Write::write_all(&mut file, &paper.pdf)?;
                if let Some(seal) = &paper.seal {
                    std::fs::write(folder.join(format!("{name}.seal")), seal)?;
                }
                return Ok(path);
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(std::io::ErrorKind::AlreadyExists.into())
}

/// Asks for this machine's printers.
#[derive(Debug, Deserialize, TS)]
pub struct Printers {}

impl Command for Printers {
    const NAME: &'static str = "system.printers";
    const NEEDS: Permission = Permission::SystemPrint;
    const TOPICS: &'static [Topic] = &[];
    type Output = Vec<Printer>;
    type Refusal = Never;
}

impl DeskCommand for Printers {
    const SESSION: bool = true;
    const CHANGES: bool = false;

    fn run(self, desk: &Desk) -> Result<Vec<Printer>, Stop<Never>> {
        Ok(desk.host().printers())
    }
}
