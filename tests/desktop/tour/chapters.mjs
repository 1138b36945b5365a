// The chapters of the day, in order.
import { apart, together } from "./apart.mjs";
import { arrival, calledIn, leaving } from "./arrival.mjs";
import { closing } from "./closing.mjs";
import { firstScreen } from "./first-screen.mjs";
import { founding } from "./founding.mjs";
import { money } from "./money.mjs";
import { registration } from "./registration.mjs";
import { reopening } from "./reopening.mjs";
import { secondDesk } from "./second-desk.mjs";
import { settingUp } from "./setting-up.mjs";
import { consent, consentPaper, note, visit } from "./visit.mjs";

const alone = [firstScreen, founding, settingUp, registration, visit];
const treated = [arrival, consent, consentPaper, calledIn, note, leaving, money, reopening];
const joined = [secondDesk, apart, together, closing];

export const chapters = [...alone, ...treated, ...joined];
