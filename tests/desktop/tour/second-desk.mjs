// The clinic gets a server, and a second computer joins with a one-use code.
import { join } from "node:path";
import { until, Window } from "../window.mjs";
import { Server } from "./server.mjs";
import { CLINIC } from "./founding.mjs";

export const RECEPTION = { name: "Bruno Sá", password: "sete pontes de pedra" };

/** Agrees until nothing waits on this desk. A card that waits for a person is no reason to go on asking. */
export function agreed(window) {
  return until("agreement with the server", async () => {
    const { state, pending } = await window.call("system.sync_now");
    return pending === 0 && (state === "up_to_date" || state === "needs_you");
  }, 60_000);
}

export async function secondDesk(scene) {
  const { a } = scene;
  await scene.step("a server starts, and the clinic is handed over to it in the settings", async () => {
    scene.server = new Server(scene);
    scene.open.unshift(scene.server);
    await scene.server.start();
    await a.go("#/settings/computers");
    await a.fill("Servidor", scene.server.address);
    await a.click("button", "Usar este servidor");
    await a.find("button", "Convidar");
    await agreed(a);
    const { server, acknowledged_at: acknowledged } = await a.call("system.sync_status");
    if (server !== scene.server.address || !acknowledged) throw new Error(`${server}, ${acknowledged}`);
    return server;
  });
  await scene.step("a second computer is invited", async () => {
    const { id } = await a.call("organization.add_user", { ...RECEPTION, role: "admin" });
    await agreed(a);
    await a.click("link", "Pessoas");
    await a.sees(RECEPTION.name);
    await a.click("link", "Computadores");
    await until(`${RECEPTION.name} among the people`, async () =>
      a.run(
        `const choice = [...document.querySelectorAll("select")].find((one) => [...one.options].some((o) => o.textContent.trim() === arguments[0]));
         if (!choice) return false;
         choice.selectedIndex = [...choice.options].findIndex((o) => o.textContent.trim() === arguments[0]);
         choice.dispatchEvent(new Event("change", { bubbles: true }));
         return true;`,
        RECEPTION.name,
      ),
    );
    await a.click("button", "Convidar");
    scene.code = await until("the code", () =>
      a.run(`return document.querySelector("[data-testid=invitation-code]")?.innerText.trim()`),
    );
    await a.shot(join(scene.tour, "16-invitation.png"));
    return id;
  });
  await scene.step("it joins with the code: a window and an encrypted folder of its own", async () => {
    scene.b = await Window.open(scene.desk("b"));
    scene.open.push(scene.b);
    const { b } = scene;
    await b.inPortuguese();
    await b.click("button", "Entrar em uma clínica");
    await b.fill("Servidor", scene.server.address);
    await b.fill("Código de entrada", scene.code);
    await b.fill("Sua senha na clínica", RECEPTION.password);
    await b.shot(join(scene.tour, "17-join.png"));
    await b.click("button", "Entrar na clínica");
    await b.find(["link", "button"], "Agenda", { patience: 60_000 });
    const { session } = await b.call("system.status");
    if (session.clinic.name !== CLINIC || session.user.name !== RECEPTION.name)
      throw new Error(`${session.user.name} at ${session.clinic.name}`);
    scene.prefixes = [scene.session.desk.prefix, session.desk.prefix];
    if (scene.prefixes[0] === scene.prefixes[1]) throw new Error(`both desks number as ${session.desk.prefix}`);
    await b.go(`#/agenda/${scene.session.today}`);
    await b.sees("Conceição");
    await b.shot(join(scene.tour, "18-second-desk.png"));
    return `series ${scene.prefixes.join(" and ")}`;
  });
}
