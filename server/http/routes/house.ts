import * as z from 'zod/mini';
import { CaptureJob } from '../../oms/epcis/capture-desk.ts';
import { EpcisDocument } from '../../oms/epcis/epcis-document.ts';
import { WebhookBody, WebhookReply } from '../../oms/inbox.ts';
import { largestMessage, oneHouse, oneStranger } from './bounds.ts';
import type { Routes } from './route.ts';

/** A Maison is not parsed here: who names one that is not is told no more than who signs wrongly. */
export const HouseParams = z.object({ maisonId: z.string() });
const CaptureParams = z.object({ maisonId: z.string(), captureId: z.string() });

/** Of a Maison’s own systems. */
export const houseRoutes = {
  'oms.webhook': {
    method: 'POST',
    path: '/api/oms/webhooks/:maisonId',
    summary:
      'A house’s system tells where something may have changed; what it counts there is then read again.',
    caller: 'house',
    params: HouseParams,
    body: WebhookBody,
    reply: WebhookReply,
    status: 202,
    refusals: ['not-found'],
    perAddress: oneStranger,
    perHouse: oneHouse,
    maxBodyBytes: largestMessage,
  },
  'epcis.capture': {
    method: 'POST',
    path: '/api/epcis/:maisonId/capture',
    summary: 'Takes RFID reads as an EPCIS 2.0 document in JSON-LD; each read is a hint and never a number.',
    caller: 'house',
    params: HouseParams,
    body: EpcisDocument,
    reply: CaptureJob,
    status: 202,
    headers: {
      location: 'Where the capture job can be read.',
      'gs1-epcis-version': 'The version of EPCIS that is spoken.',
    },
    refusals: [],
    perAddress: oneStranger,
    perHouse: oneHouse,
    maxBodyBytes: largestMessage,
  },
  'epcis.job': {
    method: 'GET',
    path: '/api/epcis/:maisonId/capture/:captureId',
    summary: 'What came of a capture, for a week.',
    caller: 'house',
    params: CaptureParams,
    reply: CaptureJob,
    refusals: ['not-found'],
    perAddress: oneStranger,
    perHouse: oneHouse,
  },
} as const satisfies Routes;
