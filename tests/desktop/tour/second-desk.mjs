// The clinic gets a server, and a second computer joins with a one-use code.
import { join } from "node:path";
import { until, Window } from "../window.mjs";
import { card } from "./agenda.mjs";
import { CLINIC } from "./founding.mjs";
import { CONCEICAO } from "./registration.mjs";
import { Server } from "./server.mjs";

export const RECEPTION = { name: "Bruno Sá", password: "sete pontes de pedra" };

/** Asks for agreement with F5 until nothing waits on this desk. A card that waits for a person is no reason to go on. */
export function agreed(window) {
  return until("agreement with the server", async () => {
    await window.press("F5");
    return until("an answer", async () => {
      const { state, pending } = await window.call("system.sync_status");
      return pending === 0 && (state === "up_to_date" || state === "needs_you");
    }, 2_000);
  }, 60_000);
}

/** Gives this computer another name, in the settings. */
async function rename(window, name) {
  const { session } = await window.call("system.status");
  await window.click("button", `Mudar: ${session.desk.name}`);
  const within = await window.find("dialog", "Nome do computador");
  await window.focused("textbox", "Nome", { within });
  await window.press("Ctrl", "a");
  await window.type(name);
  await window.press("Enter");
  await window.gone("dialog", "Nome do computador");
}

export async function secondDesk(scene) {
  const { a } = scene;
  await scene.step("a server starts, and the clinic is handed over to it in the settings", async () => {
    scene.server = new Server(scene);
    scene.open.unshift(scene.server);
    await scene.server.start();
    await a.press("Alt", "5");
    await a.click("link", "Computadores");
    await a.fill("Servidor", scene.server.address);
    await a.click("button", "Usar este servidor");
    await a.find("button", "Convidar");
    await agreed(a);
    const { server, acknowledged_at: acknowledged } = await a.call("system.sync_status");
    if (server !== scene.server.address || !acknowledged) throw new Error(`${server}, ${acknowledged}`);
    return server;
  });
  await scene.step("this computer gets a name that people know", async () => {
    await rename(a, "Recepção");
    await a.find("row", "Recepção");
  });
  await scene.step("a person is added, and a second computer is invited for them", async () => {
    await a.click("link", "Pessoas");
    await a.fill("Nome", RECEPTION.name);
    await a.choose("Papel", "Administrador");
    await a.fill("Senha inicial", RECEPTION.password);
    await a.press("Enter");
    await a.find("row", RECEPTION.name);
    await agreed(a);
    await a.click("link", "Computadores");
    await a.choose("Quem vai usar", RECEPTION.name);
    await a.click("button", "Convidar");
    scene.code = await until("the code", () =>
      a.run(`return document.querySelector("[data-testid=invitation-code]")?.innerText.trim()`),
    );
    await a.shot(join(scene.tour, "16-invitation.png"));
    return RECEPTION.name;
  });
  await scene.step("it joins with the code: a window and an encrypted folder of its own", async () => {
    scene.b = await Window.open(scene.desk("b"));
    scene.open.push(scene.b);
    const { b } = scene;
    await b.inPortuguese();
    await b.click("button", "Entrar em uma clínica");
    await b.focused("textbox", "Servidor");
    await b.type(scene.server.address);
    await b.fill("Código de entrada", scene.code);
    await b.fill("Sua senha na clínica", RECEPTION.password);
    await b.shot(join(scene.tour, "17-join.png"));
    await b.press("Enter");
    await b.find(["link", "button"], "Agenda", { patience: 60_000 });
    const { session } = await b.call("system.status");
    if (session.clinic.name !== CLINIC || session.user.name !== RECEPTION.name)
      throw new Error(`${session.user.name} at ${session.clinic.name}`);
    scene.prefixes = [scene.session.desk.prefix, session.desk.prefix];
    if (scene.prefixes[0] === scene.prefixes[1]) throw new Error(`both desks number as ${session.desk.prefix}`);
    await card(b, CONCEICAO, "10:00");
    await b.shot(join(scene.tour, "18-second-desk.png"));
    return `series ${scene.prefixes.join(" and ")}`;
  });
  await scene.step("it gets a name of its own too", async () => {
    await scene.b.press("Alt", "5");
    await scene.b.click("link", "Computadores");
    await rename(scene.b, "Sala de cima");
    await agreed(scene.b);
    await scene.b.find("row", "Sala de cima");
    await scene.b.press("Alt", "1");
  });
}
