// The chapters of the day, in order.
import { firstScreen } from "./first-screen.mjs";

export const chapters = [firstScreen];
