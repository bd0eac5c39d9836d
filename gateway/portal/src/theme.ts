import { useEffect, useLayoutEffect, useState } from "react";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];
const KEPT = "kim-theme";
const DARK = matchMedia("(prefers-color-scheme: dark)");

/** What the person chose; the device decides where nothing was chosen. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>(
    () => THEMES.find((one) => one === localStorage.getItem(KEPT)) ?? "system",
  );
  useLayoutEffect(() => {
    document.documentElement.style.colorScheme = theme === "system" ? "light dark" : theme;
    localStorage.setItem(KEPT, theme);
    dispatchEvent(new Event("kim-theme"));
  }, [theme]);
  return [theme, setTheme];
}

/** What is really shown, for parts that do not follow the style sheet: "light" or "dark". */
export function useShade(): "light" | "dark" {
  const shown = () => {
    const scheme = document.documentElement.style.colorScheme;
    return scheme === "dark" || (scheme !== "light" && DARK.matches) ? "dark" : "light";
  };
  const [shade, setShade] = useState<"light" | "dark">(shown);
  useEffect(() => {
    const changed = () => setShade(shown());
    changed();
    DARK.addEventListener("change", changed);
    addEventListener("kim-theme", changed);
    return () => {
      DARK.removeEventListener("change", changed);
      removeEventListener("kim-theme", changed);
    };
  }, []);
  return shade;
}
