import { useImperativeHandle, type ReactNode, type Ref, type RefObject } from "react";
import type { VirtualizerHandle } from "virtua";

export type { VirtualizerHandle };

type Props<T> = {
  ref?: Ref<Pick<VirtualizerHandle, "scrollToIndex">>;
  data: readonly T[];
  children: (row: T) => ReactNode;
  scrollRef?: RefObject<HTMLElement | null>;
};

/** In place of the library: every row of the list is drawn. */
export function Virtualizer<T>({ ref, data, children, scrollRef }: Props<T>) {
  useImperativeHandle(ref, () => ({ scrollToIndex: () => scrollRef?.current?.scrollTo(0, scrollRef.current.scrollHeight) }));
  return <div>{data.map(children)}</div>;
}
