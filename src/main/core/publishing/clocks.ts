/** No server of today has a clock before this, nor one that is right after that. */
const EARLIEST = Date.UTC(2024, 0)
const LATEST = Date.UTC(2100, 0)

/** What a server says of the time, in milliseconds UTC, can be believed. */
export function isPlausible(serverTime: number | null): serverTime is number {
  return serverTime !== null && serverTime >= EARLIEST && serverTime < LATEST
}
