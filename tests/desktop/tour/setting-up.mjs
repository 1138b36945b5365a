// Who treats, what is offered, and where.
import { join } from "node:path";

export async function settingUp(scene) {
  const window = scene.a;
  await scene.step("practitioners, services, a room and opening hours", async () => {
    const practitioners = [
      { given: "Helena", family: "Bastos", title: "Dra.", type: "doctor", council: { body: "CRM", number: "145233", state: "SP" } },
      { given: "Rui", family: "Falcão", title: null, type: "biomedical", council: { body: "CRBM", number: "20871", state: "SP" } },
    ];
    scene.practitioners = [];
    for (const practitioner of practitioners) {
      const made = await window.call("staff.add", practitioner);
      const hours = [0, 1, 2, 3, 4, 5, 6].map((day) => ({ day, start: "07:00", end: "21:00" }));
      await window.call("resources.set_hours", { resource_id: made.resource_id, hours });
      scene.practitioners.push(made);
    }
    scene.room = await window.call("resources.add_room", { name: "Sala 1" });
    const services = [
      { name: "Toxina botulínica", price: "1800.00", duration_min: 45 },
      { name: "Limpeza de pele", price: "220.00", duration_min: 60 },
    ];
    scene.services = [];
    for (const service of services) {
      scene.services.push(
        await window.call("catalogue.add", { category: null, buffer_before_min: 0, buffer_after_min: 0, ...service }),
      );
    }
    await window.go("#/agenda");
    await window.shot(join(scene.tour, "06-agenda-practitioners.png"));
    return scene.practitioners.map((practitioner) => practitioner.name).join(", ");
  });
}
