// Founding a clinic in the window, as its first person does it.
import { join } from "node:path";

export const OWNER = { name: "Ana Prado", password: "quatro cavalos no rio" };
export const CLINIC = "Clínica Jardim Paulista";

export async function founding(scene) {
  const window = scene.a;
  const shot = (name) => window.shot(join(scene.tour, name));

  await scene.step("a clinic is founded: its data", async () => {
    await window.click("button", "Começar uma clínica");
    await window.find("heading", "Dados da clínica");
    await window.fill("Nome que o paciente conhece", CLINIC);
    await window.fill("CNPJ", "11.222.333/0001-81");
    await window.fill("Telefone", "(11) 98888-7777");
    await window.fill("Chave PIX", "11222333000181");
    await window.fill("Endereço", "Rua das Açucenas, 120");
    await window.fill("Cidade", "São Paulo");
    await window.fill("Estado (UF)", "SP");
    await window.fill("CEP", "01426-000");
    await shot("04-clinic.png");
    await window.click("button", "Continuar");
  });
  await scene.step("its owner, and the file is encrypted", async () => {
    await window.find("heading", "Quem administra");
    await window.fill("Seu nome", OWNER.name);
    await window.fill("Senha", OWNER.password);
    await window.fill("Repita a senha", OWNER.password);
    await window.click("button", "Criar a clínica");
    await window.find("heading", "Guarde estas palavras", { patience: 60_000 });
  });
  await scene.step("the recovery words are shown once", async () => {
    const words = await window.run("return [...document.querySelectorAll('ol li')].map((li) => li.innerText.trim())");
    if (words.length < 8) throw new Error(`${words.length} words`);
    await window.click("checkbox", "Guardei estas palavras");
    await window.click("button", "Abrir a clínica");
    await window.find(["link", "button"], "Agenda");
    const { session } = await window.call("system.status");
    if (session.clinic.name !== CLINIC) throw new Error(`signed in to ${session.clinic.name}`);
    scene.session = session;
    await shot("05-agenda-empty.png");
    return `${words.length} words`;
  });
}
