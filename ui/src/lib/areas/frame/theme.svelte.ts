type Theme = "system" | "light" | "dark";
const place = "praxis.theme";

/** Light, dark or as the system says; kept on this computer. */
class ThemeChoice {
  current = $state<Theme>("system");

  restore(): void {
    const kept = localStorage.getItem(place);
    if (kept === "light" || kept === "dark") this.choose(kept);
  }

  choose(theme: Theme): void {
    this.current = theme;
    localStorage.setItem(place, theme);
    if (theme === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = theme;
  }
}

export const theme = new ThemeChoice();
