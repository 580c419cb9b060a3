import type { BucketSize } from '../../core/token-bucket.ts';

/** A boutique's devices share one address, so an address may do more than a device. */
export const devicesOfAnAddress: BucketSize = { burst: 60, perSecond: 2 };
export const oneDevice: BucketSize = { burst: 12, perSecond: 0.5 };

/** People who mistype are below it. */
export const signInsOfAnAddress: BucketSize = { burst: 10, perSecond: 0.2 };

/** What one house's systems may send together, from wherever they send it. */
export const oneHouse: BucketSize = { burst: 200, perSecond: 20 };
/** What may be tried from one address without a good signature. A house behind the same proxy is not held up by it. */
export const oneStranger: BucketSize = { burst: 50, perSecond: 1 };

/** Lists that phones of one address make: those of a boutique or a carrier share one. */
export const listsOfAnAddress: BucketSize = { burst: 30, perSecond: 0.1 };
/** Lists that phones make for one Maison, from wherever: above what its clients do, and a bound for its tables. */
export const listsOfAMaison: BucketSize = { burst: 240, perSecond: 0.5 };

/** Largest webhook or EPCIS document, in bytes. */
export const largestMessage = 2 * 1024 * 1024;
