import { useEffect } from "react";
import { useTaste, type Theme } from "../../state/taste";

const DARK = "(prefers-color-scheme: dark)";

/** Puts the chosen theme on the page and follows the system where it is left to it. */
export function useTheme(): void {
  const { theme } = useTaste();
  useEffect(() => {
    const system = matchMedia(DARK);
    const apply = () => {
      document.documentElement.dataset.theme = resolve(theme, system.matches);
    };
    apply();
    system.addEventListener("change", apply);
    return () => system.removeEventListener("change", apply);
  }, [theme]);
}

export function resolve(theme: Theme, systemIsDark: boolean): "dark" | "light" {
  if (theme !== "system") return theme;
  return systemIsDark ? "dark" : "light";
}
