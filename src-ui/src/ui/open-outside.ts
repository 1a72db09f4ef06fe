/** As if a link was pressed: the window has it opened by the browser, and so does the browser itself. */
export function openOutside(address: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.target = "_blank";
  link.rel = "noreferrer noopener";
  document.body.append(link);
  link.click();
  link.remove();
}
