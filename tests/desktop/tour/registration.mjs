// A patient is registered from wherever one is, and found again.
import { join } from "node:path";

export const CONCEICAO = "Conceição Ñandú Müller";

export async function registration(scene) {
  const window = scene.a;
  await scene.step("a patient is registered from the palette; a document with a slip is not taken", async () => {
    await window.press("Ctrl", "k");
    await window.focused("combobox", "Buscar e agir");
    await window.type(CONCEICAO);
    await window.click("option", `Cadastrar “${CONCEICAO}”`);
    const within = await window.find("dialog", "Novo paciente");
    await window.focused("textbox", "Nome", { within });
    await window.fill("Nascimento", "14/03/1987", { within });
    await window.choose("Sexo", "feminino", { within });
    await window.fill("Telefone", "(11) 97777-6655", { within });
    await window.fill("Documento", "529.982.247-24", { within });
    await window.press("Ctrl", "Enter");
    await window.sees("terminaria em 25");
    await window.shot(join(scene.tour, "06-register.png"));
    await window.fill("Documento", "529.982.247-25", { within });
    await window.press("Ctrl", "Enter");
    await window.find("heading", CONCEICAO);
    await window.sees("529.982.247-25");
    [scene.patient] = await window.call("people.search", { text: CONCEICAO });
    return scene.patient.code;
  });
  await scene.step("she is found by part of the name, by document and by telephone", async () => {
    await window.press("Alt", "3");
    await window.focused("textbox", "Buscar paciente");
    for (const text of ["nandu conc", "52998224725", "776655"]) {
      await window.fill("Buscar paciente", "ninguém");
      await window.sees("Ninguém com “ninguém”.");
      await window.fill("Buscar paciente", text);
      await window.find("row", CONCEICAO);
    }
    await window.fill("Buscar paciente", "");
  });
  await scene.step("the same CPF is refused, and says whose it is", async () => {
    await window.press("Alt", "n");
    const within = await window.find("dialog", "Novo paciente");
    await window.focused("textbox", "Nome", { within });
    await window.type("Outra");
    await window.fill("Documento", "52998224725", { within });
    await window.press("Ctrl", "Enter");
    await window.find("link", "Abrir quem já existe", { within });
    const said = await window.run("return arguments[0].innerText", within);
    if (!said.includes(CONCEICAO)) throw new Error(said);
    await window.shot(join(scene.tour, "06-already-registered.png"));
    await window.click("link", "Abrir quem já existe", { within });
    await window.find("heading", CONCEICAO);
    if ((await window.call("people.search", { text: "outra" })).length) throw new Error("she was registered all the same");
    return said.match(/[^\n]*Conceição[^\n]*/)[0];
  });
}
