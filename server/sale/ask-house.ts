import type { Answer } from '../../protocol/index.ts';
import { OmsFault } from '../../protocol/connector/index.ts';
import { done, refuse } from '../core/answers.ts';

/** Asks the house's own system. Whether it is away or lets us in no longer: to the advisor it is the same, and they ask again. */
export async function askHouse<Value>(work: () => Promise<Value>): Promise<Answer<Value>> {
  try {
    return done(await work());
  } catch (fault) {
    if (!(fault instanceof OmsFault)) throw fault;
    return refuse('oms-unavailable', 'The house’s system does not answer.');
  }
}
