import { useState } from "react";
import { commentBlock } from "../../state/comment-words";
import { useLineComments } from "../../state/line-comments";

export type Comments = {
  /** How many there are, along or left out. */
  count: number;
  /** They stay here this time. */
  left: boolean;
  leave: (left: boolean) => void;
  /** What goes out behind the message; nothing is the empty text. */
  block: string;
  /** The message was accepted with them. */
  sent: () => void;
};

/** This person's comments on the workspace's changes, which go along with the next message (CH4). */
export function useComments(workspace: string): Comments {
  const { all, takeAway } = useLineComments(workspace);
  const [left, leave] = useState(false);
  const along = left ? [] : all;
  return {
    count: all.length,
    left,
    leave,
    block: commentBlock(along),
    sent: () => {
      takeAway(along);
      leave(false);
    },
  };
}
