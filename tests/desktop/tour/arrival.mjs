// The patient arrives, is called in, and leaves, on the reception board.
import { join } from "node:path";
import { CONCEICAO } from "./registration.mjs";

/** Waits until that person's card stands in a lane of the board. */
export async function stands(window, lane, who) {
  await window.find("article", who, { within: await window.find("region", lane) });
}

/** Chooses the room for who is called in, which Enter confirms. */
export async function callIn(window, who, room) {
  await window.click("button", `Chamar: ${who}`);
  const within = await window.find("dialog", `Chamar ${who}`);
  await window.choose("Sala", room, { within });
  await window.press("Enter");
  await window.gone("dialog", `Chamar ${who}`);
  await stands(window, "Em sala", who);
}

export async function arrival(scene) {
  await scene.step("the patient arrives and is checked in on the board", async () => {
    await scene.a.press("Alt", "2");
    await scene.a.click("button", `Check-in: ${CONCEICAO}`);
    await stands(scene.a, "Chegaram", CONCEICAO);
    await scene.a.shot(join(scene.tour, "09b-reception.png"));
  });
}

export async function calledIn(scene) {
  await scene.step("she is called into the room", async () => {
    await scene.a.press("Alt", "2");
    await callIn(scene.a, CONCEICAO, "Sala 1");
    await scene.a.shot(join(scene.tour, "12b-in-room.png"));
  });
}

export async function leaving(scene) {
  await scene.step("the treatment is finished, and she stands under what is to be charged", async () => {
    await scene.a.press("Alt", "2");
    await scene.a.click("button", `Finalizar: ${CONCEICAO}`);
    await stands(scene.a, "A cobrar", CONCEICAO);
    await scene.a.shot(join(scene.tour, "13b-to-charge.png"));
  });
}
