import type { CrowdAsks, Opened } from './asks.ts';
import { answerAsks } from './child.ts';
import { cpuUs, hostMs, pause } from './host-time.ts';
import { Member } from './member.ts';

/** How often the receipts are looked at. Off the messages' path: that must cost both crowds the same. */
const lookEveryMs = 2;

let members: Member[] = [];
let receivedAtMs: number[] = [];
let newestText = '';

function received(text: string): void {
  receivedAtMs.push(hostMs());
  newestText = text;
}

/** Opens all members, `atOnce` at a time, until all are in, one is refused or the time is up. */
async function openAll(url: string, atOnce: number, withinMs: number): Promise<Opened> {
  const startedMs = hostMs();
  const waiting = members.values();
  let opened = 0;
  let fault: string | null = null;
  const lane = async () => {
    for (const member of waiting) {
      if (fault !== null) return;
      if (hostMs() - startedMs > withinMs) {
        fault = 'the time was up';
        return;
      }
      try {
        await member.open(url);
        opened += 1;
      } catch (thrown) {
        fault = thrown instanceof Error ? thrown.message : String(thrown);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return { opened, tookMs: hostMs() - startedMs, fault };
}

answerAsks<CrowdAsks>({
  open: async ({ url, greeting, count, atOnce, withinMs }) => {
    if (members.length === 0) {
      const tokenOf = (index: number) =>
        greeting.kind === 'device' ? (greeting.tokens[index % greeting.tokens.length] ?? null) : null;
      members = Array.from({ length: count }, (_, index) => new Member(tokenOf(index), received));
    }
    return await openAll(url, atOnce, withinMs);
  },
  cut: () => {
    for (const member of members) member.cut();
    return null;
  },
  expect: () => {
    receivedAtMs = [];
    return null;
  },
  receipts: async ({ count, withinMs }) => {
    const startedMs = hostMs();
    while (receivedAtMs.length < count && hostMs() - startedMs < withinMs) await pause(lookEveryMs);
    return { atMs: Float64Array.from(receivedAtMs), text: newestText };
  },
  behind: ({ truth }) => ({
    behind: members.reduce((sum, member) => sum + member.behind(truth), 0),
    gaps: members.reduce((sum, member) => sum + member.gaps, 0),
  }),
  cpuUs,
});
