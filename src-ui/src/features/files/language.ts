/** What the highlighter knows under another name than the file's ending. */
const BY_ENDING: Record<string, string> = {
  lock: "ini",
  cfg: "ini",
  conf: "ini",
  env: "bash",
  vue: "xml",
  svelte: "xml",
  mdx: "markdown",
  scm: "plaintext",
  jsonc: "json",
  json5: "json",
  webmanifest: "json",
  gradle: "java",
  inl: "cpp",
};
const BY_NAME: Record<string, string> = { makefile: "makefile", gnumakefile: "makefile", gemfile: "ruby", rakefile: "ruby", ".bashrc": "bash", ".profile": "bash", ".gitconfig": "ini", ".editorconfig": "ini" };

/** What the highlighter calls the language of a file, as far as its name tells it. */
export function languageOf(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  const ending = name.slice(name.lastIndexOf(".") + 1);
  return BY_NAME[name] ?? BY_ENDING[ending] ?? ending;
}
