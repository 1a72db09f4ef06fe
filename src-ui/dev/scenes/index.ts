import type { Scene } from "../scene";
import { agentScenes } from "./agents";
import { ballots } from "./ballots";
import { busy } from "./busy";
import { cardScenes } from "./cards";
import { doors } from "./doors";
import { elsewhereScenes } from "./elsewhere";
import { inboxScenes } from "./inbox";
import { lengthy } from "./lengthy";
import { suggestionScenes } from "./suggesting";
import { workScenes } from "./worked";

export const SCENES: Record<string, Scene> = { ...agentScenes, ...ballots, ...busy, ...cardScenes, ...doors, ...elsewhereScenes, ...inboxScenes, ...lengthy, ...suggestionScenes, ...workScenes };
