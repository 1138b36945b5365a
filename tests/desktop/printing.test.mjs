// Printing, from the window's button to the paper that a real spooler hands to its printer.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Spooler } from "./spooler.mjs";
import { Window } from "./window.mjs";

const data = mkdtempSync(join(tmpdir(), "praxis-printing-"));
const spooler = new Spooler();
let window, patient;

before(async () => {
  await spooler.start();
  window = await Window.open({
    binary: process.env.PRAXIS_BINARY,
    data,
    env: { XDG_RUNTIME_DIR: data, ...spooler.env },
  });
  await window.call("organization.found", {
    profile: "aesthetic-br",
    locale: "pt-BR",
    clinic: { name: "Clínica Jardim Paulista", tax_id: "11.222.333/0001-81" },
    admin: { name: "Ana Prado", password: "quatro cavalos no rio" },
  });
  patient = await window.call("people.register", { given: "Conceição", family: "Ñandú Müller" });
});

after(async () => {
  await window?.close();
  await spooler.close();
  rmSync(data, { recursive: true, force: true });
});

async function issued() {
  const draft = await window.call("billing.draft", { patient_id: patient.id });
  const lines = [{ description: "Limpeza de pele", quantity: "1", unit: "220.00" }];
  await window.call("billing.amend_draft", { invoice_id: draft.id, lines });
  return window.call("billing.issue", { invoice_id: draft.id });
}

/** Opens the paper as if for the first time today: the queues of this computer are asked for anew. */
async function look(invoice) {
  await window.go(`#/paper/invoice/${invoice.id}`);
  await window.run("location.reload()").catch(() => undefined);
  await window.find("heading", "Impressão");
}

const text = (file) => execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" });
const chosen = () => window.run("return document.querySelector('.beside select').value");

test("without a printer the window says so and offers a file", async () => {
  const invoice = await issued();
  await look(invoice);

  await window.sees("Nenhuma impressora neste computador");
  assert.ok(await window.has("button", "Salvar"));
  assert.ok(!(await window.has("button", "Imprimir")));
  await assert.rejects(window.call("system.print", { paper: { kind: "invoice", id: invoice.id } }), (complaint) => {
    assert.deepEqual(complaint.reply, { refused: { reason: { code: "no_printer" } } });
    return true;
  });
});

test("an invoice comes out of the default printer with the bytes that the screen shows, and again as a copy", async () => {
  for (const queue of ["Balcao", "Consultorio"]) await spooler.addQueue(queue);
  await spooler.makeDefault("Consultorio");
  const invoice = await issued();
  const paper = { kind: "invoice", id: invoice.id };
  const { pdf_base64: shown } = await window.call("system.paper", { paper });
  await look(invoice);
  await window.find("button", "Imprimir");
  assert.equal(await chosen(), "Consultorio", "the system's default is chosen");

  await window.click("button", "Imprimir");
  await window.sees("Enviado à impressora: Consultorio-1");
  const first = await spooler.paper("Consultorio-1");
  assert.ok(readFileSync(first.file).equals(Buffer.from(shown, "base64")));
  assert.match(text(first.file), new RegExp(invoice.number));
  assert.doesNotMatch(text(first.file), /2ª via/);
  assert.equal(first.copies, 1);
  assert.equal(first.title, `invoice-${invoice.number}.pdf`, "the spooler's books name no patient");

  await window.fill("Vias", "2");
  await window.click("button", "Imprimir");
  await window.sees("Enviado à impressora: Consultorio-2");
  const second = await spooler.paper("Consultorio-2");
  assert.match(text(second.file), /2ª via/);
  assert.match(text(second.file), new RegExp(invoice.number));
  assert.equal(second.copies, 2);
});

test("a stopped printer, one that takes no jobs and one that is gone are refused by name, and nothing waits in them", async () => {
  const invoice = await issued();
  await look(invoice);
  await window.find("button", "Imprimir");

  await spooler.stop("Consultorio", "sem papel");
  await window.click("button", "Imprimir");
  await window.sees("A impressora Consultorio está parada (sem papel).");

  await spooler.resume("Consultorio");
  await spooler.turnAway("Consultorio", "em manutenção");
  await window.click("button", "Imprimir");
  await window.sees("A impressora Consultorio está parada (em manutenção).");

  await spooler.removeQueue("Consultorio");
  await window.click("button", "Imprimir");
  await window.sees("A impressora Consultorio não está mais neste computador.");
  assert.deepEqual(await spooler.waiting(), []);

  await look(invoice);
  await window.find("button", "Imprimir");
  assert.equal(await chosen(), "Balcao");
  await window.click("button", "Imprimir");
  await window.sees("Enviado à impressora: Balcao-");
  const [, job] = /Enviado à impressora: (\S+)/.exec(await window.text());
  assert.doesNotMatch(text((await spooler.paper(job)).file), /2ª via/, "what was refused was no print");
});
