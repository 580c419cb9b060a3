import { readFileSync } from 'node:fs';
import path from 'node:path';
import { commands, errorCodes, serverEvents, type CommandName } from '../../protocol/index.ts';
import { routes } from '../../server/http/route-table.ts';
import type { Route } from '../../server/http/routes/route.ts';
import { statusOf } from '../../server/http/wire-errors.ts';
import { rootDir } from '../support/paths.ts';
import { commandNotes } from './command-notes.ts';
import type { DocComments } from './doc-comments.ts';

/** The page for people. */
export const apiPageFile = 'docs/api.md';

const callers: Readonly<Record<Route['caller'], string>> = {
  anyone: 'anyone',
  operator: 'operator, console',
  house: 'a house, signed',
};

/** The page as it lies in the checkout, with every table that it marks made anew: `<!-- table: errors -->`. */
export function apiPage(docs: DocComments): string {
  return withTables(readFileSync(path.join(rootDir, apiPageFile), 'utf8'), {
    routes: [
      ['call', 'by', 'what it does'],
      ...Object.values<Route>(routes).map(({ method, path: address, caller, summary }) => [
        `\`${method} ${address.replaceAll(/:(\w+)/g, '{$1}')}\``,
        callers[caller],
        summary,
      ]),
    ],
    commands: [
      ['command', 'by', 'what it does'],
      ...(Object.keys(commands) as CommandName[]).map((name) => [
        `\`${name}\``,
        commands[name].roles.join(', '),
        commandNotes[name].summary,
      ]),
    ],
    events: [
      ['event', 'what it tells'],
      ...Object.keys(serverEvents).map((name) => [`\`${name}\``, docs.get(`serverEvents.${name}`) ?? '']),
    ],
    errors: [
      ['code', 'HTTP', 'what it means'],
      ...errorCodes.map((code) => [
        `\`${code}\``,
        String(statusOf[code]),
        docs.get(`errorCodes.${code}`) ?? '',
      ]),
    ],
  });
}

/** Rows of cells by a table's name; the first row is the head. */
type Tables = Readonly<Record<string, readonly (readonly string[])[]>>;

/**
 * Puts each table below the line that names it, in place of the one that is there.
 *
 * @throws Error a line names a table that is not there
 */
export function withTables(page: string, tables: Tables): string {
  return page.replaceAll(/^<!-- table: (\S+) -->\n(?:\n*\|[^]*?\n(?=\n|$))?/gm, (_, name: string) => {
    const rows = tables[name];
    if (!rows) throw new Error(`There is no table ${name}.`);
    return `<!-- table: ${name} -->\n\n${asTable(rows)}`;
  });
}

function asTable([head = [], ...rows]: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, at) => Math.max(3, ...cells.map((row) => Array.from(row[at] ?? '').length)));
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, at) => (row[at] ?? '').padEnd(width)).join(' | ')} |\n`;
  const [top = [], ...below] = cells;
  return line(top) + line(widths.map((width) => '-'.repeat(width))) + below.map(line).join('');
}
