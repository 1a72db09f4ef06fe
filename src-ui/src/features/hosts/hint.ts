const BYTES = 4;

/** The first eight hex digits of a host's key, as a host that is seen nearby shows them. */
export function hintOf(key: string): string {
  try {
    const bytes = atob(key.replaceAll("-", "+").replaceAll("_", "/")).slice(0, BYTES);
    return [...bytes].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("");
  } catch {
    return "";
  }
}
