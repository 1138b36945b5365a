import { untrack } from "svelte";

/** One key of a place: what it does, and whether the strip at the foot shows it. */
export interface Binding {
  /** "F2", "Ctrl+K", "Alt+1", "T", "?", "Delete", "ArrowUp", "Shift+ArrowUp" */
  key: string;
  /** Absent where the control itself hears the key and the strip only says so. */
  run?: (event: KeyboardEvent) => void;
  /** Word beside the cap; without it the key acts in silence. */
  label?: string;
  /** Named in the list of all keys, not in the strip at the foot. */
  quiet?: boolean;
  /** What the cap shows when the key's name is no good. */
  cap?: string;
  /** Also while somebody types in a field. Function keys and chords with Ctrl or Alt always do. */
  whileTyping?: boolean;
}

interface Layer {
  bindings: () => Binding[];
  /** Nothing below is heard while this layer is open (dialogs, palette). */
  modal: boolean;
  depth: number;
}

/** From far to near. What is nearer is heard first and stands first in the strip, whichever came first. */
const depths = { frame: 0, person: 1, place: 2 };

/** Replaced, never changed in place: a component that adds its keys must not depend on the list it adds to. */
let layers = $state.raw<readonly Layer[]>([]);

/** The name a binding uses for what was pressed. */
export function nameOf(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">): string {
  const key = event.key === " " ? "Space" : event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const named = key.length > 1 || /[A-Z0-9]/.test(key);
  const ctrl = event.ctrlKey || event.metaKey ? "Ctrl+" : "";
  const alt = event.altKey ? "Alt+" : "";
  // The shift that makes "?" out of a key is part of the character, not of the chord.
  const shift = event.shiftKey && named ? "Shift+" : "";
  return `${ctrl}${alt}${shift}${key}`;
}

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit"].includes(target.type)));

const alwaysHeard = (name: string): boolean => /^(F\d+|Ctrl\+|Alt\+|Escape$)/.test(name);

/** The keys that act here and now, nearest place first, each name once. */
export function active(): Binding[] {
  const seen = new Set<string>();
  const found: Binding[] = [];
  for (let at = layers.length - 1; at >= 0; at -= 1) {
    const layer = layers[at];
    if (!layer) continue;
    for (const binding of layer.bindings()) {
      if (seen.has(binding.key)) continue;
      seen.add(binding.key);
      found.push(binding);
    }
    if (layer.modal) break;
  }
  return found;
}

/** Hears one key press; true when it acted. */
export function hear(event: KeyboardEvent): boolean {
  if (event.defaultPrevented) return false;
  const name = nameOf(event);
  const binding = active().find((candidate) => candidate.key === name);
  if (!binding?.run) return false;
  if (isField(event.target) && !alwaysHeard(name) && !binding.whileTyping) return false;
  // Enter and Space on a control belong to the control.
  if ((name === "Enter" || name === "Space") && (event.target as HTMLElement | null)?.closest("a[href],button,summary"))
    return false;
  event.preventDefault();
  if (name !== "Escape") tell(event.target);
  binding.run(event);
  return true;
}

/**
 * A field says what was typed when it is left; what a key does while somebody types in it must find it said. (The
 * browser does not count this telling: who listens to "change" listens to "blur" too.)
 */
function tell(target: EventTarget | null): void {
  if (target instanceof HTMLInputElement && isField(target))
    target.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Adds this component's keys while it lives. Call during its setup. */
export function bindKeys(bindings: () => Binding[], how: { modal?: boolean; near?: keyof typeof depths } = {}): void {
  $effect(() => {
    const layer: Layer = { bindings, modal: how.modal ?? false, depth: depths[how.near ?? "place"] };
    layers = [...untrack(() => layers), layer].sort((a, b) => a.depth - b.depth);
    return () => {
      layers = untrack(() => layers).filter((other) => other !== layer);
    };
  });
}

/** "Ctrl+K" as a cap shows it. */
export const capOf = (binding: Binding): string =>
  binding.cap ?? binding.key.replaceAll("+", " ").replace("Escape", "Esc").replace("Delete", "Del");
