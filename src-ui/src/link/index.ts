export { aroundThisPage, type Around, type Leave, type Note, type Notice, type Standing } from "./around";
export type { Credentials, Keep, Page } from "./credentials";
export type { Door } from "./door";
export { isOwnWindow, linksOfThisPage, type Links } from "./environment";
export { Link } from "./link";
export { RequestFailed } from "./requests";
export type { Shown } from "./terminal-frames";
export type { Connection, Transport, TransportEvents } from "./transport";
export type { LinkState, RefusedReason, RequestWithoutCommand } from "./types";
