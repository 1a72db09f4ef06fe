/** Shells in workspaces. */
export const terminals = {
  terminals: "Terminals",
  "terminal.tab": "Terminal{number} · {workspace}",
  "terminal.whose": "Opened by {name}",
  "terminal.of": "Terminal{number} of {name}",
  "terminal.ended_of": "Terminal{number} of {name}, ended",
  "terminal.new": "New terminal",
  "terminal.none": "No terminal is open here.",
  "terminal.close": "Close",
  "terminal.view_only": "You can watch this terminal, not type into it.",
  "terminal.ended": "Its shell has ended (exit code {code}).",
  "terminal.killed": "Its shell was ended: {signal}.",
  "terminal.gone": "This terminal is not open any more.",
  "terminal.refused": "What you typed did not reach the terminal.",
  "terminal.search": "Search the terminal",
  "terminal.search_close": "Close the search",
  "terminal.nothing_found": "Nothing found",
} as const;
