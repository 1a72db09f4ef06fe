/** What is only said, to who can't see a transcript change. */
export const heard = {
  "heard.asks": "{name} drives and asks: {text}",
  "heard.adds": "{name} adds: {text}",
  "heard.tool_failed": "A step failed: {what}",
  "heard.done": "The turn is done",
  "heard.stopped": "The turn was stopped",
  "heard.interrupted": "The turn was interrupted",
  "heard.failed": "The turn failed: {reason}",
  "heard.plan": "A plan waits for you",
  "heard.plan_others": "A plan waits for others",
  "heard.question": "A question waits for you: {text}",
  "heard.question_others": "A question waits for others: {text}",
  "heard.permission": "{what}: waits for your permission",
  "heard.permission_others": "{what}: waits for the permission of others",
  "heard.skipped": "{count} more before that.",
} as const;
