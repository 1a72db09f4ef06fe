import type { WorkCommit } from "../../gen/WorkCommit";

/** As many letters as a title may have. */
export const TITLE_MOST = 256;

/** Words for a pull request, to be changed: what was approved last is its title, all that was approved is its body. */
export function proposedPull(name: string, commits: readonly WorkCommit[]): { title: string; body: string } {
  const messages = commits.flatMap(({ reverted, message }) => (reverted || message.trim() === "" ? [] : [message.trim()]));
  const title = messages.at(-1)?.split("\n")[0] ?? name;
  const body = messages.map((message) => `- ${message.replaceAll(/\n(?=[^\n])/g, "\n  ")}`).join("\n");
  return { title: title.slice(0, TITLE_MOST), body };
}
