import { globSync } from 'node:fs';
import * as protocol from '../../protocol/index.ts';
import { CaptureJob } from '../../server/oms/epcis/capture-desk.ts';
import { EpcisDocument } from '../../server/oms/epcis/epcis-document.ts';
import { WebhookBody, WebhookReply } from '../../server/oms/inbox.ts';
import { rootDir } from '../support/paths.ts';
import { readDocComments, type DocComments } from './doc-comments.ts';

/** Schemas by the names under which the contract publishes them: those of their exports. */
export const namedSchemas: Readonly<Record<string, unknown>> = {
  ...protocol,
  CaptureJob,
  EpcisDocument,
  WebhookBody,
  WebhookReply,
};

/** The doc comments beside all of them. */
export function contractComments(): DocComments {
  const files = globSync('protocol/*.ts', { cwd: rootDir }).filter((file) => !file.endsWith('.test.ts'));
  return readDocComments([
    ...files.sort(),
    'server/oms/inbox.ts',
    'server/oms/epcis/capture-desk.ts',
    'server/oms/epcis/epcis-document.ts',
  ]);
}
