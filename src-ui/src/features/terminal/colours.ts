import type { ITheme } from "@xterm/xterm";

/** The page's own tokens as a terminal's sixteen colours, so that it follows theme and contrast. */
export function coloursOf(style: CSSStyleDeclaration): ITheme {
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const [dim, light] = [token("fg3"), token("fg")];
  return {
    background: token("bg1"),
    foreground: token("fg"),
    cursor: token("acc"),
    cursorAccent: token("bg1"),
    selectionBackground: token("acc-bg"),
    selectionForeground: token("fg"),
    selectionInactiveBackground: token("bg3"),
    black: token("bg3"),
    brightBlack: dim,
    white: token("fg2"),
    brightWhite: light,
    red: token("bad"),
    brightRed: token("del-fg"),
    green: token("ok"),
    brightGreen: token("add-fg"),
    yellow: token("warn"),
    brightYellow: token("code-number"),
    blue: token("acc"),
    brightBlue: token("code-name"),
    magenta: token("code-keyword"),
    brightMagenta: token("code-keyword"),
    cyan: token("code-type"),
    brightCyan: token("code-type"),
  };
}
