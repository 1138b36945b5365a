const place = "praxis.density";

/** How much stands on a screen: comfortable, or more rows in the same height; kept on this computer. */
class Density {
  compact = $state(false);

  restore(): void {
    this.choose(localStorage.getItem(place) === "compact");
  }

  choose(compact: boolean): void {
    this.compact = compact;
    localStorage.setItem(place, compact ? "compact" : "comfortable");
    if (compact) document.documentElement.dataset["density"] = "compact";
    else delete document.documentElement.dataset["density"];
  }
}

export const density = new Density();
