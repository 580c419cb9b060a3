import type { Sku, StoreId } from '../../../protocol/index.ts';
import {
  HouseConnector,
  type HoldAsk,
  type HoldOutcome,
  type HoldRelease,
  type LevelOutcome,
  type OmsCapability,
  type OmsReading,
  type ReleaseOutcome,
} from '../../../protocol/connector/index.ts';

/** A house that says what the test has it say, call by call. */
export class ScriptedHouse extends HouseConnector {
  readonly name = 'scripted';
  readonly capabilities: ReadonlySet<OmsCapability> = new Set(['holds']);
  onLevels: () => Promise<OmsReading> = async () => ({ asOfMs: 0, levels: [] });
  onLevel: (storeId: StoreId, sku: Sku) => Promise<LevelOutcome> = async () => ({ kind: 'unknown-sku' });
  onHold: (ask: HoldAsk) => Promise<HoldOutcome> = async () => ({ kind: 'unknown-sku' });
  onRelease: (release: HoldRelease) => Promise<ReleaseOutcome> = async () => ({ kind: 'ended' });

  levels(): Promise<OmsReading> {
    return this.onLevels();
  }
  level(storeId: StoreId, sku: Sku): Promise<LevelOutcome> {
    return this.onLevel(storeId, sku);
  }
  override hold(ask: HoldAsk): Promise<HoldOutcome> {
    return this.onHold(ask);
  }
  override releaseHold(release: HoldRelease): Promise<ReleaseOutcome> {
    return this.onRelease(release);
  }
}
