/** What the window says to somebody who looks elsewhere, and asks at its end. */
export const outside = {
  "closing.title": "Close while something is going on?",
  "closing.running.one": "{count} session is running.",
  "closing.running.other": "{count} sessions are running.",
  "closing.needs_you.one": "{count} session waits for an answer.",
  "closing.needs_you.other": "{count} sessions wait for an answer.",
  "closing.guests.one": "{count} guest is inside.",
  "closing.guests.other": "{count} guests are inside.",
  "closing.about":
    "Without its window Conclave goes on: open it again from the tray, or by starting it once more. To quit stops every agent and closes the door to guests.",
  "closing.keep": "Keep running in the tray",
  "closing.quit": "Stop and quit",
  "link.nowhere": "That link leads nowhere in Conclave",
  "link.nowhere_about": "It may be cut off, or made for a newer version.",
  "notice.needs_you": "{title} needs you",
  "notice.at_rest": "{title} is done",
  "notice.broke_off": "{title} broke off",
  "notice.knock": "{name} wants to come in",
  "notice.knock_about": "They wait at the door until you let them in.",
  "action.notices_on": "Notify me when something needs me",
  "action.notices_off": "Notify me no more",
} as const;
