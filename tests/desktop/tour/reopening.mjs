// The application is closed and started again: nobody is signed in, the password opens, everything is there.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { Window } from "../window.mjs";
import { card } from "./agenda.mjs";
import { OWNER } from "./founding.mjs";
import { CONCEICAO } from "./registration.mjs";

function* filesUnder(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* filesUnder(path);
    else if (statSync(path).isFile()) yield path;
  }
}

export async function reopening(scene) {
  await scene.step("no file of the data folder holds a patient's name, in any encoding", async () => {
    const names = ["Conceição", "Ñandú", "conceicao", "nandu muller", "Toxina botul"];
    const needles = names.flatMap((name) => [Buffer.from(name, "utf8"), Buffer.from(name, "utf16le")]);
    let files = 0;
    for (const file of filesUnder(scene.dataA)) {
      const bytes = readFileSync(file);
      files += 1;
      for (const needle of needles) if (bytes.includes(needle)) throw new Error(`${needle} stands in ${file}`);
    }
    return `${files} files`;
  });
  await scene.step("closed and opened again, the password brings everything back", async () => {
    await scene.a.close();
    scene.open.splice(scene.open.indexOf(scene.a), 1);
    scene.a = await Window.open(scene.desk("a"));
    scene.open.push(scene.a);
    await scene.a.find("heading", "Quem está aqui?");
    await scene.a.shot(join(scene.tour, "15-sign-in.png"));
    await scene.a.focused("textbox", "Senha");
    await scene.a.type(OWNER.password);
    await scene.a.press("Enter");
    await scene.a.find(["link", "button"], "Agenda");
    await card(scene.a, CONCEICAO, "10:00");
    const [found] = await scene.a.call("people.search", { text: "conceicao" });
    if (found?.id !== scene.patient.id) throw new Error("the patient is not there");
    return found.name;
  });
}
