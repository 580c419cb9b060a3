/**
 * Milliseconds on the host's monotonic clock, whose origin all processes of one host share: a time taken in one can be
 * subtracted from a time taken in another.
 */
export function hostMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** CPU that this process has used so far, user and system together, in microseconds. */
export function cpuUs(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** Resolves after `delayMs`. */
export async function pause(delayMs: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, delayMs));
}
