// A fresh computer: the first screen, in the three languages a clinic here may speak.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Spooler } from "../spooler.mjs";
import { Window } from "../window.mjs";

const NO_PRINTER = { CUPS_SERVER: "/nonexistent" };

export async function firstScreen(scene) {
  scene.desk = (letter) => {
    // Papers are saved where the system says; each desk has a place of its own.
    const [settings, saved] = [join(scene.ground, `settings-${letter}`), join(scene.ground, `saved-${letter}`)];
    for (const folder of [settings, saved]) mkdirSync(folder, { recursive: true });
    writeFileSync(join(settings, "user-dirs.dirs"), `XDG_DOWNLOAD_DIR="${saved}"\n`);
    return {
      binary: join(scene.bin, "praxis"),
      data: join(scene.ground, `desk-${letter}`),
      env: { XDG_RUNTIME_DIR: scene.ground, XDG_CONFIG_HOME: settings, ...(letter === "a" ? scene.spooler.env : NO_PRINTER) },
    };
  };
  // Only the first desk has printers; what the second one prints becomes a file.
  scene.spooler = new Spooler();
  scene.open.push(scene.spooler);
  await scene.spooler.start();
  await scene.spooler.addQueue("Balcao");
  await scene.spooler.makeDefault("Balcao");
  scene.dataA = scene.desk("a").data;
  const window = await Window.open(scene.desk("a"));
  scene.open.push(window);
  scene.a = window;

  await scene.step("an empty data folder opens on three ways to start", async () => {
    await window.inPortuguese();
    await window.find("heading", "Como você quer começar?");
    await window.shot(join(scene.tour, "01-first-screen.png"));
  });
  await scene.step("the same in Spanish and English", async () => {
    for (const [language, heading, picture] of [
      ["Español", "¿Cómo", "02-primera-pantalla.png"],
      ["English", "How", "03-first-screen-en.png"],
    ]) {
      await window.click(["radio", "button", "tab"], language);
      await window.find("heading", heading);
      await window.shot(join(scene.tour, picture));
    }
    await window.click(["radio", "button", "tab"], "Português");
    await window.find("heading", "Como você quer começar?");
  });
}
