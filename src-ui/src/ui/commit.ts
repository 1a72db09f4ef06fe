/** As people name a commit. */
export function shortCommit(commit: string): string {
  return commit.slice(0, 7);
}
