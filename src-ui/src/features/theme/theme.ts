import { useEffect } from "react";
import { useTaste, type Theme } from "../../state/taste";

const DARK = "(prefers-color-scheme: dark)";
const MORE = "(prefers-contrast: more)";

/** Puts theme, contrast and size on the page and follows the system where it is left to it. */
export function useTheme(): void {
  const { theme, contrast, size } = useTaste();
  useEffect(() => {
    const [dark, more] = [matchMedia(DARK), matchMedia(MORE)];
    const apply = () => {
      const { dataset, style } = document.documentElement;
      dataset.theme = resolve(theme, dark.matches);
      dataset.contrast = contrast === "more" || more.matches ? "more" : "plain";
      style.setProperty("--scale", String(size / 100));
    };
    apply();
    for (const media of [dark, more]) media.addEventListener("change", apply);
    return () => {
      for (const media of [dark, more]) media.removeEventListener("change", apply);
    };
  }, [theme, contrast, size]);
}

export function resolve(theme: Theme, systemIsDark: boolean): "dark" | "light" {
  if (theme !== "system") return theme;
  return systemIsDark ? "dark" : "light";
}
