// The chapters of the day, in order.
import { firstScreen } from "./first-screen.mjs";
import { founding } from "./founding.mjs";
import { money, registration } from "./money.mjs";
import { reopening } from "./reopening.mjs";
import { settingUp } from "./setting-up.mjs";
import { consent, consentPaper, note, visit } from "./visit.mjs";

export const chapters = [firstScreen, founding, settingUp, registration, visit, consent, consentPaper, note, money, reopening];
