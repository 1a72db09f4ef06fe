import { en } from "./en";

export type Key = keyof typeof en;

type Names<S extends string> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type Params<K extends Key> = Record<Names<(typeof en)[K]>, string | number>;
type Rest<K extends Key> = [Names<(typeof en)[K]>] extends [never] ? [] : [params: Params<K>];

/** Keys that have a `.one` and an `.other` form. */
export type CountKey = Key extends infer K ? (K extends `${infer Stem}.one` ? Stem : never) : never;

export function t<K extends Key>(key: K, ...rest: Rest<K>): string {
  // PA10: a newer host may say a word that this page does not know yet.
  const text: string | undefined = en[key];
  return fill(text ?? key.slice(key.lastIndexOf(".") + 1).replaceAll("_", " "), rest[0] ?? {});
}

export function tn(key: CountKey, count: number): string {
  const form = count === 1 ? `${key}.one` : `${key}.other`;
  return fill(en[form as Key], { count });
}

function fill(text: string, params: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}
