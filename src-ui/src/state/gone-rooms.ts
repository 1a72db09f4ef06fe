import { useEffect } from "react";
import type { Directory } from "../gen/Directory";
import type { OtherHost } from "./hosts";
import { knowGoneRooms } from "./taste";

/** What is kept of rooms that are in no directory any more gives way first; one that is not in reach may have them yet. */
export function useGoneRooms(directory: Directory | null, hosts: readonly OtherHost[] | null): void {
  useEffect(() => {
    const gone = (key: string): boolean => {
      const slash = key.lastIndexOf("/");
      const session = key.slice(slash + 1);
      const other = hosts?.find(({ row }) => row.key === key.slice(0, slash));
      if (slash >= 0 && hosts !== null && !other) return true;
      const there = slash < 0 ? directory : other?.directory;
      return there ? !there.sessions.some((row) => row.session === session) : false;
    };
    knowGoneRooms(gone);
    return () => knowGoneRooms(() => false);
  }, [directory, hosts]);
}
