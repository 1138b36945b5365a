// Who treats, what is offered, and where: typed into the settings.
import { join } from "node:path";

export const HELENA = "Dra. Helena Bastos";
export const RUI = "Rui Falcão";
export const VERA = "Vera Nunes";
export const TOXIN = "Toxina botulínica";
export const CLEANING = "Limpeza de pele";

const PRACTITIONERS = [
  { given: "Helena", family: "Bastos", title: "Dra.", type: "Médico", council: "CRM", number: "145233", name: HELENA },
  { given: "Rui", family: "Falcão", type: "Biomédico", council: "CRBM", number: "20871", name: RUI },
  { given: "Vera", family: "Nunes", type: "Esteticista", name: VERA },
];
const SERVICES = [
  { name: TOXIN, price: "1800,00", duration: "45", template: "Termo de consentimento: toxina" },
  { name: CLEANING, price: "220,00", duration: "60", template: "Termo de consentimento: limpeza" },
];

export async function settingUp(scene) {
  const window = scene.a;
  const part = async (name) => {
    await window.click("link", name);
    await window.find("link", name);
  };

  await scene.step("those who treat are added in the settings", async () => {
    await window.press("Alt", "5");
    await part("Profissionais");
    for (const one of PRACTITIONERS) {
      await window.click("button", "Incluir profissional");
      const within = await window.find("dialog", "Incluir profissional");
      await window.focused("textbox", "Nome", { within });
      await window.type(one.given);
      await window.fill("Sobrenome", one.family, { within });
      if (one.title) await window.fill("Tratamento", one.title, { within });
      await window.choose("Profissão", one.type, { within });
      if (one.council) {
        await window.fill("Conselho", one.council, { within });
        await window.fill("Número do registro", one.number, { within });
        await window.fill("Estado", "SP", { within });
      }
      await window.press("Ctrl", "Enter");
      await window.gone("dialog", "Incluir profissional");
      await window.find("row", one.name);
    }
    return (await window.call("staff.list")).map(({ name, council }) => `${name}${council ? ` (${council.body} ${council.number})` : ""}`).join(", ");
  });
  await scene.step("one of them also works at the weekend, so that this day is never a closed one", async () => {
    await window.click("button", `Horários: ${HELENA}`);
    const within = await window.find("dialog", "Horários");
    for (const day of ["sábado", "domingo"]) {
      await window.click("button", `Incluir horário: ${day}`, { within });
      await window.fill(`${day}: às`, "18:00", { within });
    }
    await window.shot(join(scene.tour, "06-hours.png"));
    await window.press("Ctrl", "Enter");
    await window.gone("dialog", "Horários");
    const { hours } = (await window.call("resources.list")).find((one) => one.name === HELENA);
    if (new Set(hours.map(({ day }) => day)).size !== 7) throw new Error(JSON.stringify(hours));
  });
  await scene.step("two rooms, and two services with their consents", async () => {
    await part("Salas");
    for (const room of ["Sala 1", "Sala 2"]) {
      await window.fill("Nome da sala", room);
      await window.press("Enter");
      await window.find("row", room);
    }
    await part("Serviços");
    for (const one of SERVICES) {
      await window.click("button", "Incluir serviço");
      const within = await window.find("dialog", "Incluir serviço");
      await window.focused("textbox", "Nome", { within });
      await window.type(one.name);
      await window.fill("Preço", one.price, { within });
      await window.fill("Duração", one.duration, { within });
      await window.choose("Termo pedido", one.template, { within });
      await window.press("Ctrl", "Enter");
      await window.gone("dialog", "Incluir serviço");
      await window.find("row", one.name);
    }
    await window.shot(join(scene.tour, "06-services.png"));
    const offered = await window.call("catalogue.list");
    return offered.map(({ name, price, duration_min: minutes }) => `${name} ${price.amount}, ${minutes} min`).join("; ");
  });
  await scene.step("the day's agenda has a column for each of them", async () => {
    await window.press("Alt", "1");
    for (const { name } of PRACTITIONERS) await window.find("group", name);
    await window.shot(join(scene.tour, "06-agenda-practitioners.png"));
  });
}
