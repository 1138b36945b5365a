// The patient arrives, is called in, and leaves, on the reception board.
import { join } from "node:path";
import { until } from "../window.mjs";

/** Which lane of the board the day's visit stands in. */
async function laneOf(scene) {
  const board = await scene.a.call("reception.board");
  const lanes = ["expected", "arrived", "in_room", "to_charge", "done"];
  return lanes.find((lane) => board[lane].some((card) => card.appointment_id === scene.visit.appointment_id));
}

const reaches = (scene, lane) => until(`the visit under ${lane}`, async () => (await laneOf(scene)) === lane);

export async function arrival(scene) {
  await scene.step("the patient arrives and is checked in on the board", async () => {
    await scene.a.go("#/reception");
    await scene.a.click("button", "Check-in: Conceição");
    await reaches(scene, "arrived");
    await scene.a.shot(join(scene.tour, "09b-reception.png"));
  });
}

export async function calledIn(scene) {
  await scene.step("she is called into the room", async () => {
    await scene.a.go("#/reception");
    await scene.a.click("button", "Chamar: Conceição");
    await scene.a.click("button", "Chamar", { within: await scene.a.find("dialog", "") });
    await reaches(scene, "in_room");
    await scene.a.shot(join(scene.tour, "12b-in-room.png"));
  });
}

export async function leaving(scene) {
  await scene.step("the treatment is finished, and she stands under what is to be charged", async () => {
    await scene.a.go("#/reception");
    await scene.a.click("button", "Finalizar: Conceição");
    await reaches(scene, "to_charge");
    await scene.a.shot(join(scene.tour, "13b-to-charge.png"));
  });
}
