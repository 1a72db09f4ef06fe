import type { LongText } from "../../gen/LongText";
import { useWhole } from "../../state/whole";
import { Markdown } from "../../ui/markdown";
import { Rest } from "../../ui/rest";

/** Markdown of a long text, with a way to get the part that was left out. */
export function Whole({ session, text }: { session: string; text: LongText }) {
  const whole = useWhole(session, text);
  return (
    <>
      <Markdown text={whole.text} />
      <Rest whole={whole} />
    </>
  );
}
