/** The host a guest's page is about, as far as it is known before the host has said a word. */
export type Door = {
  /** Where the page came from, `192.168.1.20:7421`. */
  address: string;
  /** Of the host that made the invite, in groups to compare by voice; only while the link is at hand (PA11). */
  fingerprint: string | null;
};

const FINGERPRINT = 2;
const BYTES = 32;

export function doorOf(page: { host: string; fragment: string }): Door {
  const text = page.fragment.replace(/^#/, "");
  const part = /^\d+\./.test(text) ? (text.split(".")[FINGERPRINT] ?? "") : "";
  return { address: page.host, fingerprint: grouped(part) };
}

/** As the host writes it for people: groups of four hex digits. */
function grouped(base64url: string): string | null {
  try {
    const bytes = [...atob(base64url.replaceAll("-", "+").replaceAll("_", "/"))];
    if (bytes.length !== BYTES) return null;
    const hex = bytes.map((byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("");
    return hex.replace(/(.{4})(?=.)/g, "$1 ");
  } catch {
    return null;
  }
}
