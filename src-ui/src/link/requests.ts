import type { Failure } from "../gen/Failure";
import type { Reply } from "../gen/Reply";
import type { Request } from "../gen/Request";
import type { RequestWithoutCommand } from "./types";

/**
 * What becomes of a request when its connection is lost before the answer:
 * a command is sent again with the same command id (LO5), a query is simply asked again,
 * what belongs to one connection fails with it. So does what is done `once`: the host does not remember it, and doing
 * it twice is not the same as doing it once.
 */
type Fate = "command" | "once" | "query" | "connection";

const FATES: Readonly<Record<Request["method"], Fate>> = {
  hello: "connection",
  subscribe: "connection",
  unsubscribe: "connection",
  watch_directory: "connection",
  watch_files: "connection",
  unwatch_files: "connection",
  attach_terminal: "connection",
  detach_terminal: "connection",
  typing: "connection",
  look: "connection",
  page: "query",
  blob: "query",
  item_text: "query",
  log_page: "query",
  known_hosts: "query",
  digest: "query",
  agents: "query",
  usage: "query",
  host_usage: "query",
  changes: "query",
  file_change: "query",
  read_file: "query",
  find_files: "query",
  makers: "query",
  work: "query",
  rewind_preview: "query",
  folder: "query",
  risks: "query",
  worktrees: "query",
  folders: "query",
  disk_use: "query",
  read_picture: "query",
  push_target: "query",
  setup: "query",
  both_sides: "query",
  approve_changes: "command",
  reject_changes: "command",
  revert_commit: "command",
  restore_files: "command",
  rewind_conversation: "command",
  write_file: "command",
  merge_base: "command",
  settle_conflict: "command",
  apply_work: "command",
  clone_repository: "command",
  remove_repository: "command",
  import_worktree: "command",
  push_work: "command",
  ask_pull: "command",
  trust_setup: "command",
  forget_setup: "command",
  run_setup: "command",
  fork_session: "command",
  rename_workspace: "command",
  archive_workspace: "command",
  return_workspace: "command",
  delete_workspace: "command",
  fork_workspace: "command",
  terminals: "query",
  probe_agent: "query",
  repository_agents: "query",
  health: "query",
  shares: "query",
  invites: "query",
  people: "query",
  my_devices: "query",
  settings: "query",
  nearby: "query",
  layout: "query",
  keep_layout: "query",
  prompt: "command",
  edit_prompt: "command",
  withdraw_prompt: "command",
  accept_suggestion: "command",
  edit_suggestion: "command",
  drop_suggestion: "command",
  release_queue: "command",
  retry_turn: "command",
  stop_turn: "command",
  ask_to_drive: "command",
  hand_over: "command",
  take_lock: "command",
  vote: "command",
  override_ballot: "command",
  go_on_without_voter: "command",
  go_on_without_answer: "command",
  answer: "command",
  answer_permission: "command",
  redact: "command",
  delete_session: "command",
  rename_session: "command",
  tag_session: "command",
  choose_agent: "command",
  pause_session: "command",
  resume_session: "command",
  end_session: "command",
  reopen_session: "command",
  add_repository: "command",
  try_sample: "command",
  create_workspace: "command",
  open_session: "command",
  open_terminal: "command",
  resize_terminal: "command",
  close_terminal: "command",
  mint_share: "command",
  edit_share: "command",
  stop_share: "command",
  mint_invite: "command",
  cancel_invite: "command",
  start_pairing: "command",
  stop_pairing: "command",
  admit: "command",
  refuse_knock: "command",
  mute: "command",
  unmute: "command",
  kick: "command",
  revoke_person: "command",
  revoke_device: "command",
  answer_fork_offer: "command",
  change_settings: "command",
  set_agent_enabled: "command",
  trust_repository_agents: "command",
  forget_repository_agents: "command",
  add_my_device: "command",
  revoke_my_device: "command",
  rename_me: "command",
  leave: "command",
  open_link: "command",
  join_host: "command",
  pair_host: "command",
  forget_host: "command",
  // Sent again, it would stop the host that was started since.
  stop_host: "once",
};

/** A typed no of the host, or of the link when nothing can be sent any more. */
export class RequestFailed extends Error implements Failure {
  readonly code: Failure["code"];
  readonly retry: Failure["retry"];
  readonly rejection?: NonNullable<Failure["rejection"]>;

  constructor(failure: Failure) {
    super(failure.message);
    this.name = "RequestFailed";
    this.code = failure.code;
    this.retry = failure.retry;
    if (failure.rejection) this.rejection = failure.rejection;
  }
}

const lost: Failure = { code: "host_stopping", message: "", retry: "after" };

/** Requests that wait for their answer, in the order in which they were made. */
export class Requests {
  private readonly waiting = new Map<number, Waiting>();
  private last = 0;

  /** `id` names it in every frame that carries it, on this connection and on later ones. */
  add(asked: RequestWithoutCommand): { id: number; request: Request; answer: Promise<Reply> } {
    const request = withCommand(asked);
    const id = ++this.last;
    const answer = new Promise<Reply>((resolve, reject) => this.waiting.set(id, { request, resolve, reject }));
    return { id, request, answer };
  }

  settle(id: number, reply: Reply): void {
    this.take(id)?.resolve(reply);
  }

  fail(id: number, failure: Failure): void {
    this.take(id)?.reject(new RequestFailed(failure));
  }

  /** The connection is gone: what belonged to it fails, the rest waits for the next one. */
  connectionLost(): void {
    for (const [id, { request }] of [...this.waiting]) {
      if (belongsToConnection(request)) this.fail(id, lost);
    }
  }

  /** Nothing will be sent again. */
  failAll(failure: Failure): void {
    for (const id of [...this.waiting.keys()]) this.fail(id, failure);
  }

  *unanswered(): Iterable<readonly [number, Request]> {
    for (const [id, { request }] of this.waiting) yield [id, request];
  }

  private take(id: number): Waiting | undefined {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    return waiting;
  }
}

type Waiting = { request: Request; resolve: (reply: Reply) => void; reject: (failed: RequestFailed) => void };

/** Asked now or not at all. */
export function belongsToConnection({ method }: RequestWithoutCommand): boolean {
  return FATES[method] === "connection" || FATES[method] === "once";
}

function withCommand(asked: RequestWithoutCommand): Request {
  if (FATES[asked.method] !== "command" && FATES[asked.method] !== "once") return asked as Request;
  const params = "params" in asked ? asked.params : {};
  return { method: asked.method, params: { ...params, command: crypto.randomUUID() } } as Request;
}
