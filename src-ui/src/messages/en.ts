import { aside } from "./en/aside";
import { cards } from "./en/cards";
import { changes } from "./en/changes";
import { comments } from "./en/comments";
import { digest } from "./en/digest";
import { exchange } from "./en/exchange";
import { files } from "./en/files";
import { folders } from "./en/folders";
import { forks } from "./en/forks";
import { heard } from "./en/heard";
import { hosts } from "./en/hosts";
import { judge } from "./en/judge";
import { link } from "./en/link";
import { notices } from "./en/notices";
import { outside } from "./en/outside";
import { providers } from "./en/providers";
import { repositories } from "./en/repositories";
import { room } from "./en/room";
import { setup } from "./en/setup";
import { sharing } from "./en/sharing";
import { shell } from "./en/shell";
import { suggestions } from "./en/suggestions";
import { terminals } from "./en/terminals";
import { usage } from "./en/usage";
import { work } from "./en/work";
import { workspaces } from "./en/workspaces";

/** Every sentence and word that people see. Plain, short, in the second person, no exclamation marks. */
export const en = { ...shell, ...aside, ...link, ...room, ...cards, ...changes, ...comments, ...notices, ...suggestions, ...sharing, ...digest, ...files, ...folders, ...forks, ...heard, ...hosts, ...outside, ...providers, ...terminals, ...usage, ...work, ...judge, ...workspaces, ...repositories, ...exchange, ...setup } as const;
