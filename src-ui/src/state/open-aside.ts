/** In a tab of its own, or in the system's browser: the desktop window passes on only links that are clicked. */
export function openAside(address: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.target = "_blank";
  link.rel = "noreferrer noopener";
  document.body.append(link);
  link.click();
  link.remove();
}
