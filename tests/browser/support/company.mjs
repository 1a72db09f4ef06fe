// The owner and guests, together in one session.

import { Door, letIn, Room } from "../pages/room.mjs";
import { agent, session } from "./work.mjs";

/**
 * @param {import("./stage.mjs").Stage} stage
 * @param {string} name of an agent that plays the script
 * @param {object} script
 * @param {string[]} names of the guests, each with a page of their own
 */
export async function company(stage, name, script, names) {
  await agent(stage, name, script);
  const link = await stage.host.start();
  const { worktree } = await session(stage, name);
  const ada = new Room(await stage.person());
  await ada.open(link);
  await ada.choose("Together");
  const guests = [];
  for (const guest of names) guests.push(await comesIn(stage, ada, guest));
  return { ada, guests, worktree };
}

async function comesIn(stage, ada, name) {
  const page = await stage.person();
  const invite = await stage.invite("together");
  await new Door(page).knock(invite, name);
  await letIn(ada.page, name);
  const room = new Room(page);
  await room.message.waitFor();
  await ada.seesPerson(name);
  return { room, door: invite.split("#")[0] };
}
