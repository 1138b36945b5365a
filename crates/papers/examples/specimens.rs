//! Writes a specimen of every paper into a folder: `cargo run -p papers --example specimens -- FOLDER`.

#[path = "../tests/samples/mod.rs"]
#[allow(unreachable_pub, reason = "shared with the tests")]
mod samples;

use std::path::Path;

use domain::money::Locale;
use papers::receipt::Sheet;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("which folder?")?;
    let save = |name: &str, bytes: Vec<u8>| std::fs::write(Path::new(&folder).join(name), bytes);
    let signed = samples::consent(Locale::PtBr);
    let mut draft = signed.clone();
    draft.code = None;
    draft.purposes.iter_mut().for_each(|purpose| purpose.granted = None);
    draft.signatures.iter_mut().for_each(|signature| signature.written = None);
    let mut copy = samples::invoice();
    (copy.copy, copy.setting.demo) = (true, true);

    save("consent.pdf", papers::consent::consent(&signed)?)?;
    save("consent-draft.pdf", papers::consent::consent(&draft)?)?;
    save("invoice.pdf", papers::invoice::invoice(&samples::invoice())?)?;
    save("invoice-30.pdf", papers::invoice::invoice(&samples::long_invoice(30))?)?;
    save("invoice-200.pdf", papers::invoice::invoice(&samples::long_invoice(200))?)?;
    save("invoice-copy.pdf", papers::invoice::invoice(&copy)?)?;
    save("receipt.pdf", papers::receipt::receipt(&samples::receipt(), Sheet::A4)?)?;
    save("receipt-80mm.pdf", papers::receipt::receipt(&samples::receipt(), Sheet::Roll80)?)?;
    Ok(())
}
